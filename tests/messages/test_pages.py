"""The desk's screens: the words beside the form, as it was read sent on, the next one opened."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.messages import operations
from linggong.messages.models import Delivery, Draft, Judgement, Message, RuleSetting, Source
from linggong.posts.models import Job
from linggong.workers.models import Worker
from tests import cast
from tests.consistency.forms import Form, forms_of
from tests.consistency.scene import BACKEND, staff
from tests.messages.desk import CLEAN, paste, publish
from tests.web.desk.pages import said, text

DESK = "/desk/messages/"
CLERK = cast.clerk()


@pytest.fixture
def desk() -> Client:
    return signed_in("window_clerk")


def signed_in(role: str, division: str = cast.COUNTY) -> Client:
    client = Client()
    client.force_login(staff(role, division), backend=BACKEND)
    client.cookies["django_language"] = "zh-hans"
    return client


def form_of(page: Any, address: str) -> Form:
    """The form of the job, filled in as the page shows it."""
    return next(form for form in forms_of(page.content.decode(), address) if "trade" in form.given)


def opened(desk: Client, words: str = CLEAN) -> tuple[str, Any]:
    """The screen of one pasted message and its address."""
    answer = desk.post(DESK, {"text": words, "label": "马厂镇零工群"})
    address = answer["Location"]
    return address, desk.get(address)


def send(desk: Client, address: str, **changed: Any) -> Any:
    """The form sent as it stands, with what the clerk changes."""
    form = form_of(desk.get(address), address)
    as_shown = {**form.given, "gender": "", "instant": "", "provided": []}  # what a browser sends of these
    return desk.post(address, {**as_shown, "act": "publish", **changed}, follow=True)


def in_scope(read: Any) -> Any:
    with within(CLERK):
        return read()


class Marks(HTMLParser):
    """The marked stretches of the text: what field each leads to, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and "data-says" in given:
            self._inside = True
            self.found.append((given["data-says"] or "", given["href"] or "", ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._inside:
            fields, href, words = self.found.pop()
            self.found.append((fields, href, words + data))


def test_one_message_opens_at_once_with_its_words_marked_and_the_form_filled_in(desk: Client) -> None:
    cast.employer("龙湾装修", telephone="13812345678")
    address, page = opened(desk)
    given = form_of(page, address).given
    assert (given["trade"], given["places"], given["pay"], given["pay_unit"]) == ("瓦工", "3", "300", "day")
    assert (given["starts"], given["ends"]) == ("07:00", "18:00")
    assert given["contact_telephone"] == "13812345678" and given["employer"] == "龙湾装修 5678"
    assert given["spot"] == "潞州区 马厂镇"
    marks = Marks(page.content.decode()).found
    assert ("places", "#id_places", "人数3名") in marks
    assert any(fields.startswith("pay") and href == "#id_pay" for fields, href, _words in marks)
    assert "电话13812345678" in {words for _fields, _href, words in marks}


def test_enter_publishes_as_read_and_opens_the_next(desk: Client) -> None:
    cast.employer("龙湾装修", telephone="13812345678")
    paste("招保洁2名，一天160，后天早8点到下午5点，潞州区英雄台小区，电话13612345678")
    address, _page = opened(desk)
    published = send(desk, address)
    assert "“瓦工”已经发布，正在找人" in said(published)
    assert "核对这一条" in text(published) and "保洁" in text(published)
    job = in_scope(lambda: Job.objects.get(trade="bricklayer"))
    assert (job.state, job.source, job.pay_fen, job.division) == ("open", "message", 30000, cast.TOWN)
    assert "已经处理过" in said(desk.post(address, {"act": "publish"}, follow=True)) or in_scope(Job.objects.count) == 1


def test_what_the_text_leaves_out_is_asked_for_and_takes_the_cursor(desk: Client) -> None:
    cast.employer("龙湾装修", telephone="13812345678")
    address, page = opened(desk, "招瓦工3名，一天300，马厂镇龙湾花园，电话13812345678")
    assert "原文没写" in text(page)
    html = page.content.decode()
    assert html.count(" autofocus") == 1
    assert "autofocus" in html[html.index('name="starts"') - 10 : html.index('name="starts"') + 400]
    refused = send(desk, address)
    assert "请填写" in text(refused)
    assert in_scope(Job.objects.count) == 0


def test_a_clean_message_leaves_the_cursor_on_publishing(desk: Client) -> None:
    cast.employer("龙湾装修", telephone="13812345678")
    _address, page = opened(desk)
    html = page.content.decode()
    button = html[html.index('value="publish"') : html.index('value="publish"') + 40]
    assert "autofocus" in button and html.count(" autofocus") == 1


def test_an_employer_nobody_knows_is_registered_on_the_same_screen(desk: Client) -> None:
    address, page = opened(desk)
    assert "没有登记过" in text(page)
    number = cast.new_employer().register_number
    done = send(desk, address, new_kind="shop", new_name="龙湾装修队", new_number=number, new_contact="李强")
    assert "核验通过就发布" in said(done)
    firm = in_scope(lambda: Employer.objects.get(name="龙湾装修队"))
    assert (firm.state, firm.telephone_masked) == ("pending", "138****5678")


def test_a_wrong_licence_is_said_at_its_field_and_nothing_is_kept(desk: Client) -> None:
    address, _page = opened(desk)
    answer = send(desk, address, new_kind="shop", new_name="龙湾装修队", new_number="123", new_contact="李强")
    assert 'aria-invalid="true"' in answer.content.decode()
    assert in_scope(Employer.objects.count) == in_scope(Job.objects.count) == 0


def test_what_may_not_be_published_offers_only_to_drop_it(desk: Client) -> None:
    address, page = opened(desk, CLEAN + "，先交押金200")
    assert "要求求职者先交钱" in text(page) and "劳动合同法" in text(page)
    assert "disabled" in page.content.decode()
    assert "不能发布" in text(send(desk, address, employer=_firm(), reason="老板说会退"))
    desk.post(f"{address}drop/", {"reason": ""})
    judged = in_scope(Judgement.objects.get)
    assert (judged.rule, judged.decision, judged.by_name) == ("fee_upfront", "upheld", "刘芳")


def test_a_restriction_by_sex_is_published_only_with_a_reason(desk: Client) -> None:
    words = "招保洁2名，只要女的，一天160，后天早8点到下午5点，马厂镇英雄台小区，电话13612345678"
    address, page = opened(desk, words)
    assert "为什么可以发布" in text(page)
    firm = _firm()
    assert "请写明为什么可以发布" in text(send(desk, address, employer=firm, gender="female"))
    send(desk, address, employer=firm, gender="female", reason="女浴室保洁")
    assert in_scope(lambda: Judgement.objects.get().reason) == "女浴室保洁"
    assert in_scope(lambda: Job.objects.get().state) == "open"


def test_a_restriction_that_the_clerk_adds_is_asked_about_on_the_same_page(desk: Client) -> None:
    cast.employer("龙湾装修", telephone="13812345678")
    address, page = opened(desk)
    assert "为什么可以发布" not in text(page)
    answer = send(desk, address, gender="female")
    assert "为什么可以发布" in text(answer) and 'aria-invalid="true"' in answer.content.decode()


def test_a_change_is_shown_and_applied(desk: Client) -> None:
    firm = cast.employer("龙湾装修", telephone="13812345678")
    paste(CLEAN)
    job = publish(in_scope(lambda: Draft.objects.select_related("message").get()), firm)
    address, page = opened(desk, CLEAN.replace("3名", "6名"))
    assert "内容有变化" in text(page) and "3 → 6" in text(page)
    send(desk, address, act="apply")
    assert in_scope(lambda: job.shifts.get().places) == 6


def test_a_seeker_opens_the_registration_filled_in(desk: Client) -> None:
    address, _page = opened(desk, "本人男，45岁，会贴砖，想找活，马厂镇，电话13912345678")
    page = desk.get(address, follow=True)
    form = form_with(page, "identity_number", f"{address}register/")
    assert (form.given["telephone"], form.given["trades"]) == ("13912345678", "瓦工")
    person = {"name": "孙七", "identity_number": cast.identity_number(), "division": "马厂镇", "consent": "on"}
    desk.post(f"{address}register/", {**form.given, **person})
    assert in_scope(lambda: Draft.objects.get().state) == "registered"
    assert in_scope(lambda: Worker.objects.get().source) == "message"


def form_with(page: Any, field: str, address: str) -> Form:
    return next(form for form in forms_of(page.content.decode(), address) if field in form.given)


def test_what_is_neither_is_listed_and_can_be_taken_as_a_job(desk: Client) -> None:
    page = desk.post(DESK, {"text": "今天天气真好"}, follow=True)
    assert "1 条看着不是招工也不是求职" in text(page)
    message = in_scope(Message.objects.get)
    taken = desk.post(f"{DESK}others/{message.pk}/take/", follow=True)
    assert "核对这一条" in text(taken)


def test_a_repeated_paste_says_so(desk: Client) -> None:
    opened(desk)
    again = desk.post(DESK, {"text": CLEAN}, follow=True)
    assert "以前都收过" in text(again)
    assert in_scope(Message.objects.count) == 1


def test_a_file_of_call_notes_is_taken(desk: Client) -> None:
    notes = "时间,来电人,内容\n2026-11-21 08:00,老王,招保洁2名 一天150 电话13712345678\n".encode("gb18030")
    desk.post(DESK, {"file": SimpleUploadedFile("来电.csv", notes)})
    assert in_scope(lambda: (Delivery.objects.get().way, Delivery.objects.get().label)) == ("file", "来电.csv")


def test_five_hundred_messages_are_kept_at_once_and_read_on_with_progress(desk: Client) -> None:
    words = "2026-11-21 06:{:02d}:{:02d} 老赵\n招保洁{}名，一天150，英雄台{}号"
    lines = [words.format(n // 10, n % 10, n + 1, n) for n in range(500)]
    page = desk.post(DESK, {"text": "\n".join(lines)}, follow=True)
    assert "还有 400 条正在读" in text(page)
    assert "还有 400 条正在读" in text(desk.get(f"{DESK}progress/"))
    operations.read_all_waiting()
    assert desk.get(f"{DESK}progress/")["HX-Refresh"] == "true"
    assert in_scope(Draft.objects.count) == 500


def test_the_bureau_sees_the_list_but_not_the_words() -> None:
    paste(CLEAN)
    draft = in_scope(Draft.objects.get)
    bureau = signed_in("bureau_officer")
    page = bureau.get(DESK)
    assert "瓦工 3人 300元/天" in text(page) and "13812345678" not in page.content.decode()
    assert "贴消息" not in text(page)
    assert bureau.get(f"{DESK}{draft.pk}/").status_code == 404


def test_the_neighbour_finds_nothing() -> None:
    paste(CLEAN)
    draft = in_scope(Draft.objects.get)
    neighbour = signed_in("window_clerk", cast.NEIGHBOUR)
    assert "瓦工" not in text(neighbour.get(DESK))
    assert neighbour.get(f"{DESK}{draft.pk}/").status_code == 404
    assert neighbour.post(f"{DESK}{draft.pk}/drop/", {"duplicate": "yes"}).status_code == 404


def test_an_administrator_sets_a_rule_with_a_reason_and_adds_an_assistant() -> None:
    desk = signed_in("administrator")
    sent = {"rule": "excessive_hours", "severity": "stop"}
    assert "请写明为什么改" in text(desk.post(f"{DESK}rules/", sent))
    desk.post(f"{DESK}rules/", {**sent, "reason": "县里要求"})
    assert in_scope(RuleSetting.objects.get).severity == "stop"
    page = desk.post(f"{DESK}sources/", {"name": "马厂镇零工群"})
    source = in_scope(Source.objects.get)
    assert source.secret.open() in page.content.decode()
    assert source.secret.open() not in desk.get(f"{DESK}rules/").content.decode()
    desk.post(f"{DESK}sources/{source.pk}/revoke/")
    assert in_scope(Source.objects.get).revoked_at


def test_a_clerk_sees_the_rules_but_cannot_change_them(desk: Client) -> None:
    assert "由工作人员决定" in text(desk.get(f"{DESK}rules/"))
    desk.post(f"{DESK}rules/", {"rule": "excessive_hours", "severity": "stop", "reason": "x"})
    desk.post(f"{DESK}sources/", {"name": "群"})
    assert in_scope(RuleSetting.objects.count) == in_scope(Source.objects.count) == 0


def _firm() -> str:
    made = cast.employer("英雄台物业")
    return f"{made.name} {made.telephone_masked[-4:]}"
