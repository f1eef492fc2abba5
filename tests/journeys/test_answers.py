"""What a worker may answer: no, a mate instead, I wait, I cannot come; and how the employer and the mate see it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.journeys.market import EMPLOYER, WORKER, Market, row_of, tab

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

TOMORROW = timedelta(hours=20)
IN_AN_HOUR = timedelta(hours=1)


def test_somebody_new_registers_on_the_phone(market: Market) -> None:
    phone = market.phone(WORKER, cast.telephone())
    phone.get_by_label("您叫什么名字？").fill("赵秀兰")
    phone.get_by_label("身份证号").fill("14041119700230001X")
    phone.get_by_label("您住在哪里？").select_option(label="马厂镇")
    phone.get_by_role("button", name="下一步").click()
    expect(phone.get_by_label("身份证号")).to_have_value("14041119700230001X")
    expect(phone.get_by_role("alert")).to_be_visible()

    number = cast.identity_number()
    phone.get_by_label("身份证号").fill(number)
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_label("找一个活").fill("做饭")
    phone.get_by_role("button", name="找", exact=True).click()
    phone.get_by_role("checkbox").first.check()
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_label("熟练").first.check()
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_label("想要多少工钱？").fill("180")
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_label("我同意").check()
    phone.get_by_role("button", name="登记", exact=True).click()

    expect(phone.get_by_text("登记好了。您的卡号是")).to_be_visible()
    tab(phone, "我的")
    expect(phone.get_by_text("赵秀兰").first).to_be_visible()
    expect(phone.get_by_text(number)).to_have_count(0)


def test_a_worker_says_no_and_why(market: Market) -> None:
    worker, firm = market.worker("孙大勇", "bricklayer"), market.employer("潞州一建")
    shift = market.shift(firm, "砌围墙", "bricklayer", begins=IN_AN_HOUR)
    market.program.wait_for_message(worker.telephone, "砌围墙")

    phone = market.phone(WORKER, worker.telephone)
    phone.get_by_role("link", name="不去", exact=True).click()
    phone.get_by_label("太远").check()
    phone.get_by_role("button", name="不去", exact=True).click()

    window = market.window()
    window.goto(f"{market.program.url}/desk/shifts/{shift}/")
    expect(window.get_by_text("0 人确认")).to_be_visible()
    expect(window.get_by_role("heading", name="问了还没答的")).to_have_count(0)


def test_a_worker_passes_the_job_on_to_a_mate(market: Market) -> None:
    firm = market.employer("清华苑饭店")
    worker, mate = market.worker("周桂英", "cook"), market.worker("吴小梅", "cook", may_be_contacted=True)
    market.shift(firm, "婚宴掌勺", "cook", begins=IN_AN_HOUR)
    market.program.wait_for_message(worker.telephone, "婚宴掌勺")

    phone = market.phone(WORKER, worker.telephone)
    phone.get_by_role("link", name="看地图和为什么找您").click()
    phone.get_by_role("link", name="我去不了，介绍给工友").click()
    phone.get_by_label("工友的卡号或者手机号").fill(mate.card)
    phone.get_by_role("button", name="问他去不去").click()

    assert "婚宴掌勺" in market.program.wait_for_message(mate.telephone, "婚宴掌勺")
    other = market.phone(WORKER, mate.telephone)
    other.get_by_role("button", name="去", exact=True).click()
    expect(other.get_by_role("heading", name="定好了")).to_be_visible()


def test_who_stands_by_is_called_when_somebody_cancels(market: Market) -> None:
    firm = market.employer("淮海花园物业")
    first, second = market.worker("郑有才", "gardener"), market.worker("冯二妮", "gardener")
    shift = market.shift(firm, "修剪树木", "gardener", begins=TOMORROW)
    market.place(first, shift)

    waiting = market.phone(WORKER, second.telephone)
    waiting.goto(f"{market.program.url}/worker/jobs/{shift}/")
    waiting.get_by_role("button", name="有人来不了就叫我").click()
    expect(waiting.get_by_text("您在候补里")).to_be_visible()

    leaving = market.phone(WORKER, first.telephone)
    leaving.get_by_role("link", name="看这个活").click()
    leaving.get_by_role("link", name="去不了了，取消").click()
    leaving.get_by_label("家里有事").check()
    leaving.get_by_role("button", name="取消这个活").click()
    expect(leaving.get_by_text("取消了，用工方已经知道")).to_be_visible()

    market.program.wait_for_message(second.telephone, "修剪树木")
    tab(waiting, "首页")
    waiting.get_by_role("button", name="去", exact=True).click()
    expect(waiting.get_by_role("heading", name="定好了")).to_be_visible()
    market.program.wait_for_message(firm.telephone, "郑有才")


def test_an_employer_chooses_among_those_who_apply(market: Market) -> None:
    worker, firm = market.worker("褚春花", "cleaner"), market.employer("鑫源宾馆")
    market.shift(firm, "客房保洁", "cleaner", begins=IN_AN_HOUR, instant_confirmation=False)
    phone = market.phone(WORKER, worker.telephone)
    tab(phone, "找活")
    phone.get_by_role("link", name="客房保洁").first.click()
    phone.get_by_role("button", name="我要去").click()
    expect(phone.get_by_text("等用工方回话")).to_be_visible()

    boss = market.phone(EMPLOYER, firm.telephone)
    row_of(boss, "褚春花").get_by_role("button", name="要他").click()
    market.program.wait_for_message(worker.telephone, "定好了")
    tab(phone, "我的活")
    expect(phone.get_by_role("link", name="客房保洁").first).to_be_visible()


def test_a_worker_arrives_by_the_code_at_the_site(market: Market) -> None:
    worker, firm = market.worker("卫铁柱", "welder"), market.employer("潞安机修厂")
    shift = market.shift(firm, "焊护栏", "welder", begins=IN_AN_HOUR)
    market.place(worker, shift)

    boss = market.phone(EMPLOYER, firm.telephone)
    boss.get_by_role("link", name="焊护栏", exact=True).first.click()
    boss.get_by_role("link", name="让他们扫码").click()
    letters = re.search(r"[0-9a-f]{6,}", boss.get_by_text("也可以输这几个字").text_content() or "")
    assert letters

    phone = market.phone(WORKER, worker.telephone)
    phone.get_by_role("link", name="我到了").first.click()
    phone.get_by_label("码下面的字").fill(letters[0])
    phone.get_by_role("button", name="签到", exact=True).click()
    expect(phone.get_by_text("签到了，好好干，注意安全。")).to_be_visible()
    boss.get_by_role("link", name="返回").click()
    expect(boss.get_by_text("已上岗").first).to_be_visible()


def test_one_key_to_english(market: Market) -> None:
    phone = market.phone(WORKER, market.worker("蒋四海", "security_guard").telephone)
    phone.get_by_role("button", name="English").click()
    expect(phone.get_by_role("link", name="Find work").first).to_be_visible()
    phone.get_by_role("button", name="中文").click()
    expect(phone.get_by_role("link", name="找活").first).to_be_visible()
