"""One person's story on one page, and what the desk does for them."""

from django.test import Client

from linggong.audit.models import Entry
from linggong.dispatch.models import Placement
from linggong.foundation.scope import within
from linggong.workers.models import Worker
from tests import cast
from tests.web.desk.pages import said


def test_the_page_masks_and_the_whole_number_is_shown_once_with_a_reason(desk: Client) -> None:
    worker = cast.worker(telephone="13800005678")
    address = f"/desk/workers/{worker.id}/"
    assert "138****5678" in said(desk.get(address))
    shown = desk.post(f"{address}reveal/", {"field": "telephone", "why": "本人来问"})
    assert "13800005678" in said(shown)
    assert "13800005678" not in said(desk.get(address))
    with within(cast.clerk()):
        entry = Entry.objects.get(act="worker.revealed")
    assert (entry.name, entry.detail["why"]) == ("刘芳", "本人来问")


def test_without_a_reason_nothing_is_shown(desk: Client) -> None:
    worker = cast.worker(telephone="13800005678")
    page = desk.post(f"/desk/workers/{worker.id}/reveal/", {"field": "telephone", "why": " "}, follow=True)
    assert "请写明为什么要看" in said(page)
    assert "13800005678" not in said(page)


def test_a_caller_is_booked_into_a_shift_by_one_act(desk: Client) -> None:
    shift, worker = cast.shift(), cast.worker(reach_m=20000)
    address = f"/desk/workers/{worker.id}/"
    page = desk.get(address)
    book = f"{address}book/{shift.id}/"
    assert book in page.content.decode()
    assert "离工地" in said(page) and "离您" not in said(page), "the clerk reads it, not the worker"
    assert "已定好" in said(desk.post(book, {"next": address}, follow=True))
    with within(cast.clerk()):
        assert Placement.objects.get().worker_id == worker.id


def test_booking_twice_books_once(desk: Client) -> None:
    shift, worker = cast.shift(), cast.worker()
    for _time in range(2):
        desk.post(f"/desk/workers/{worker.id}/book/{shift.id}/")
    with within(cast.clerk()):
        assert Placement.objects.count() == 1


def test_a_full_shift_says_so_and_offers_standing_by(desk: Client) -> None:
    shift = cast.shift(places=1)
    cast.placement(cast.worker(), shift)
    late = cast.worker("迟到者")
    full = desk.post(f"/desk/workers/{late.id}/book/{shift.id}/", follow=True)
    assert "名额刚刚满了" in said(full)
    waits = desk.post(f"/desk/workers/{late.id}/standby/{shift.id}/", follow=True)
    assert "已排上候补" in said(waits)
    assert "迟到者" in said(desk.get(f"/desk/shifts/{shift.id}/"))


def test_who_pauses_is_served_again_by_one_act(desk: Client) -> None:
    worker = cast.worker()
    address = f"/desk/workers/{worker.id}/"
    assert "暂不找活" in said(desk.post(f"{address}state/", {"state": "paused"}, follow=True))
    assert "又在找活了" in said(desk.post(f"{address}serve/", follow=True))
    with within(cast.clerk()):
        assert Worker.objects.get().state == "active"


def test_a_way_back_that_leads_elsewhere_is_not_taken(desk: Client) -> None:
    worker = cast.worker()
    answer = desk.post(f"/desk/workers/{worker.id}/state/", {"state": "paused", "next": "https://evil.example/"})
    assert answer["Location"] == f"/desk/workers/{worker.id}/"


def test_resume_and_card_print_with_the_code_of_the_card(desk: Client) -> None:
    worker = cast.worker("王建国", ("bricklayer",))
    for sheet in ("resume", "card"):
        page = desk.get(f"/desk/workers/{worker.id}/{sheet}/")
        assert 'class="qr"' in page.content.decode()
        assert "王建国" in said(page)
    assert "瓦工 (熟练)" in said(desk.get(f"/desk/workers/{worker.id}/resume/"))


def test_the_trail_tells_who_did_what(desk: Client) -> None:
    worker = cast.worker()
    desk.post(f"/desk/workers/{worker.id}/state/", {"state": "paused"})
    assert "刘芳 改了求职状态" in said(desk.get(f"/desk/workers/{worker.id}/"))
