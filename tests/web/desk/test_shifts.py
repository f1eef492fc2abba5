"""One shift from the first asking to the wage, at the desk."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from linggong.attendance.models import MissingArrival
from linggong.attendance.operations import raise_missing
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Offer, Placement
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.pay.models import Wage
from linggong.posts.models import Shift
from tests import cast
from tests.web.desk.pages import said


@pytest.fixture
def shift(desk: Client) -> Shift:
    return cast.shift(places=2)


@pytest.fixture
def begun(shift: Shift) -> Iterator[Placement]:
    """It is twenty minutes after the start, and 王建国 is expected."""
    placement = cast.placement(cast.worker("王建国"), shift)
    with clock.at(shift.starts + timedelta(minutes=20)):
        yield placement


def page_of(shift: Shift) -> str:
    return f"/desk/shifts/{shift.id}/"


def state_of(placement: Placement) -> str:
    with within(cast.clerk()):
        return str(Placement.objects.get(pk=placement.pk).state)


def test_candidates_come_with_reasons_and_are_asked_or_booked(desk: Client, shift: Shift) -> None:
    asked, booked = cast.worker("甲", reach_m=20000), cast.worker("乙", reach_m=20000)
    page = said(desk.get(page_of(shift)))
    assert "问了 0 人，0 人确认，还差 2 人" in page
    assert "会装卸搬运工" in page
    desk.post(f"{page_of(shift)}ask/{asked.id}/")
    desk.post(f"/desk/workers/{booked.id}/book/{shift.id}/")
    page = said(desk.get(page_of(shift)))
    assert "问了 2 人，1 人确认，还差 1 人" in page
    assert "最合适的人" not in page


def test_what_the_worker_says_on_the_telephone_is_taken_down(desk: Client, shift: Shift) -> None:
    for answer, state in (("yes", "accepted"), ("no", "declined")):
        with within(cast.clerk()):
            offer = dispatch.offer(shift=shift, worker=cast.worker(), by=cast.clerk(), origin="desk")
        desk.post(f"/desk/offers/{offer.id}/answer/", {"answer": answer})
        with within(cast.clerk()):
            assert Offer.objects.get(pk=offer.pk).state == state


def test_applicants_are_taken_or_not(desk: Client) -> None:
    shift = cast.shift(places=2, instant_confirmation=False)
    for answer, state in (("confirm", "accepted"), ("refuse", "refused")):
        worker = cast.worker()
        with within(cast.viewer_of_worker(worker)):
            offer = dispatch.apply(shift=shift, worker=worker, by=cast.viewer_of_worker(worker)).offer
        assert f"/desk/offers/{offer.id}/answer/" in desk.get(page_of(shift)).content.decode()
        desk.post(f"/desk/offers/{offer.id}/answer/", {"answer": answer})
        with within(cast.clerk()):
            assert Offer.objects.get(pk=offer.pk).state == state


def test_an_answer_that_is_none_changes_nothing(desk: Client, shift: Shift) -> None:
    with within(cast.clerk()):
        offer = dispatch.offer(shift=shift, worker=cast.worker(), by=cast.clerk(), origin="desk")
    assert desk.post(f"/desk/offers/{offer.id}/answer/", {"answer": "perhaps"}).status_code == 302
    with within(cast.clerk()):
        assert Offer.objects.get(pk=offer.pk).state == "waiting"


def test_places_are_changed_but_never_below_who_is_booked(desk: Client, shift: Shift) -> None:
    cast.placement(cast.worker(), shift)
    desk.post(f"{page_of(shift)}places/", {"places": "7"})
    shift.refresh_from_db()
    assert shift.places == 7
    for wrong in ("0", "-1", "a", "9" * 30, ""):
        assert "500" in said(desk.post(f"{page_of(shift)}places/", {"places": wrong}, follow=True))
    cast.placement(cast.worker(), shift)
    assert "已经确认的人" in said(desk.post(f"{page_of(shift)}places/", {"places": "1"}, follow=True))


def test_a_shift_is_cancelled_with_a_reason(desk: Client, shift: Shift) -> None:
    placement = cast.placement(cast.worker(), shift)
    assert "请写明取消的原因" in said(desk.post(f"{page_of(shift)}cancel/", {"reason": ""}, follow=True))
    desk.post(f"{page_of(shift)}cancel/", {"reason": "下雨"})
    assert state_of(placement) == "cancelled_by_employer"


def test_one_place_is_cancelled_for_either_side(desk: Client, shift: Shift) -> None:
    for side in ("worker", "employer"):
        placement = cast.placement(cast.worker(), shift)
        assert "本人不去了" in said(desk.get(f"/desk/placements/{placement.id}/"))
        desk.post(f"/desk/placements/{placement.id}/cancel/", {"side": side, "reason": "家里有事"})
        assert state_of(placement) == f"cancelled_by_{side}"


def test_asking_the_next_ones_and_calling_who_stands_by_say_what_came_of_it(desk: Client, shift: Shift) -> None:
    assert "候补" in said(desk.post(f"{page_of(shift)}standby/", follow=True))
    assert said(desk.post(f"{page_of(shift)}wave/", follow=True))


def test_who_arrives_is_ticked_and_paid_for_the_hours(desk: Client, begun: Placement) -> None:
    assert "到了" in said(desk.get(page_of(begun.shift)))
    desk.post(f"/desk/placements/{begun.id}/check-in/")
    assert state_of(begun) == "arrived"
    with clock.at(begun.shift.ends + timedelta(minutes=5)):
        answer = desk.post(f"/desk/placements/{begun.id}/", {"left_at": "", "break_minutes": "60", "pieces": ""})
    with within(cast.clerk()):
        wage = Wage.objects.get()
    assert answer["Location"] == f"/desk/wages/{wage.id}/"
    assert wage.owed_fen == 22000


def test_hours_are_asked_for_only_once_the_shift_has_begun(desk: Client, shift: Shift) -> None:
    placement = cast.placement(cast.worker("王建国"), shift)
    with clock.at(shift.starts - timedelta(minutes=20)):
        desk.post(f"/desk/placements/{placement.id}/check-in/")
        assert "几点走的" not in said(desk.get(f"/desk/placements/{placement.id}/"))
    with clock.at(shift.starts):
        assert "几点走的" in said(desk.get(f"/desk/placements/{placement.id}/"))


def test_hours_that_cannot_be_get_a_sentence(desk: Client, begun: Placement) -> None:
    desk.post(f"/desk/placements/{begun.id}/check-in/")
    page = desk.post(f"/desk/placements/{begun.id}/", {"left_at": "2020-01-01T10:00", "break_minutes": "5"})
    assert "比到的时间早" in said(page)
    assert 'value="5"' in page.content.decode()


def missing(begun: Placement) -> UUID:
    raise_missing(clock.now())
    with within(cast.clerk()):
        return MissingArrival.objects.get(placement=begun).id


def test_a_missing_person_is_on_the_day_and_decided_with_a_reason(desk: Client, begun: Placement) -> None:
    raised = missing(begun)
    assert "没到岗，要核实 王建国" in said(desk.get("/desk/"))
    decide = f"/desk/missing/{raised}/decide/"
    assert "请写一句原因" in said(desk.post(decide, {"decision": "no_show", "reason": ""}, follow=True))
    desk.post(decide, {"decision": "no_show", "reason": "电话不通"})
    assert state_of(begun) == "no_show"


def test_a_no_show_is_contested_for_the_worker_and_decided(desk: Client, begun: Placement) -> None:
    raised = missing(begun)
    desk.post(f"/desk/missing/{raised}/decide/", {"decision": "no_show", "reason": "电话不通"})
    contest = f"/desk/missing/{raised}/contest/"
    desk.post(contest, {"reason": "我一直在东门"})
    assert "我一直在东门" in said(desk.get("/desk/"))
    desk.post(contest, {"verdict": "came", "reason": "工头证明"})
    assert state_of(begun) == "arrived"


def test_who_came_after_all_is_written_as_arrived(desk: Client, begun: Placement) -> None:
    desk.post(f"/desk/missing/{missing(begun)}/decide/", {"decision": "arrived"})
    assert state_of(begun) == "arrived"
    assert "王建国" in said(desk.get("/desk/arrivals/"))
    assert "王建国" not in said(desk.get("/desk/arrivals/", {"show": "absent"}))


@pytest.mark.parametrize("people", [1, 6])
def test_a_shift_asks_the_database_no_more_for_more_people(
    desk: Client, people: int, django_assert_max_num_queries: Any
) -> None:
    shift = cast.shift(places=10)
    for _each in range(people):
        cast.placement(cast.worker(), shift)
        cast.worker(reach_m=20000)
    desk.get(page_of(shift))  # the market is in memory from here on; who was just registered is read again each time
    with django_assert_max_num_queries(42):
        desk.get(page_of(shift))
