"""派工单: whom the market asks, what they answer, and what follows."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.dispatch import operations as dispatch
from linggong.dispatch import queries
from linggong.dispatch.models import Offer, Placement, Wave
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.notices.models import Notice
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast

NOON = time(12)


@pytest.fixture(autouse=True)
def market(db: None) -> None:
    cast.county()


@pytest.fixture
def boss() -> Employer:
    return cast.employer()


def near(name: str = "王建国", **fields: Any) -> Worker:
    """Somebody who lives beside the site of the cast's job."""
    return cast.worker(name, latitude=36.252, longitude=113.132, reach_m=5000, **fields)


def asked(shift: Shift) -> list[Offer]:
    with within(system("test")):
        return list(Offer.objects.filter(shift=shift).select_related("shift__job", "worker").order_by("worker_name"))


def texts(recipient: UUID) -> list[str]:
    with within(system("test")):
        return list(Notice.objects.filter(recipient_id=recipient, channel="app").values_list("text", flat=True))


def wave(shift: Shift) -> Wave | None:
    day = clock.local(shift.starts).date() - timedelta(days=1)
    with clock.at(clock.local(shift.starts).replace(year=day.year, month=day.month, day=day.day, hour=15)):
        return dispatch.advance(shift, by=system("test"))


def offered(worker: Worker, shift: Shift) -> Offer:
    with within(system("test")):
        made = dispatch.offer(shift=shift, worker=worker, by=cast.clerk(), origin="desk")
        return Offer.objects.select_related("shift__job", "worker").get(pk=made.pk)


def test_a_wave_asks_the_people_who_fit_and_says_why(boss: Employer) -> None:
    shift = cast.shift(boss, places=1)
    fitting = near()
    near("李木工", trades=("carpenter",))
    cast.worker("远方人", latitude=37.9, longitude=112.5)
    assert wave(shift) is not None
    assert [offer.worker_id for offer in asked(shift)] == [fitting.id]
    assert "装卸搬运工" in asked(shift)[0].reason_zh
    assert "去不去" in texts(fitting.id)[0]


def test_nobody_is_asked_who_wished_not_to_be(boss: Employer) -> None:
    shift = cast.shift(boss)
    near(may_be_contacted=False)
    near("周末人", weekdays=((clock.local(shift.starts).weekday() + 1) % 7,))
    near("晚上人", available_from=time(18), available_until=time(23))
    wave(shift)
    assert asked(shift) == []


def test_nobody_is_asked_twice_for_a_shift(boss: Employer) -> None:
    shift = cast.shift(boss, places=3)
    near()
    wave(shift)
    wave(shift)
    assert len(asked(shift)) == 1


def test_who_says_yes_has_the_place_and_both_sides_know(boss: Employer) -> None:
    worker, shift = near(), cast.shift(boss, places=1)
    answer = dispatch.accept(offer=offered(worker, shift), by=cast.viewer_of_worker(worker))
    assert answer.placement is not None
    assert any("定好了" in text for text in texts(worker.id))
    assert any("王建国" in text for text in texts(boss.id))


def test_saying_yes_twice_is_one_yes(boss: Employer) -> None:
    worker, shift = near(), cast.shift(boss)
    offer = offered(worker, shift)
    first = dispatch.accept(offer=offer, by=cast.viewer_of_worker(worker))
    second = dispatch.accept(offer=offer, by=cast.viewer_of_worker(worker))
    assert first.placement == second.placement
    shift.refresh_from_db()
    assert shift.taken == 1


def test_nobody_answers_for_somebody_else(boss: Employer) -> None:
    worker, stranger, shift = near(), near("陌生人"), cast.shift(boss)
    with pytest.raises(NotAllowed):
        dispatch.accept(offer=offered(worker, shift), by=cast.viewer_of_worker(stranger))


def test_when_the_last_place_goes_the_others_are_not_kept_waiting(boss: Employer) -> None:
    first, second, shift = near(), near("李慢"), cast.shift(boss, places=1)
    late = offered(second, shift)
    dispatch.accept(offer=offered(first, shift), by=cast.viewer_of_worker(first))
    with pytest.raises(dispatch.OfferClosed):
        dispatch.accept(offer=late, by=cast.viewer_of_worker(second))


def test_an_employer_who_chooses_himself_confirms_or_refuses(boss: Employer) -> None:
    chosen, other = near(), near("李四")
    shift = cast.shift(boss, instant_confirmation=False, places=1)
    mine = cast.viewer_of_employer(boss)
    applied = [dispatch.apply(shift=shift, worker=w, by=cast.viewer_of_worker(w)) for w in (chosen, other)]
    assert [answer.placement for answer in applied] == [None, None]
    dispatch.refuse(offer=applied[1].offer, by=mine, words="这次要有经验的")
    assert dispatch.confirm(offer=applied[0].offer, by=mine).worker_id == chosen.id
    assert any("没选上" in text for text in texts(other.id))


def test_another_employer_confirms_nobody_here(boss: Employer) -> None:
    worker, shift = near(), cast.shift(boss, instant_confirmation=False)
    answer = dispatch.apply(shift=shift, worker=worker, by=cast.viewer_of_worker(worker))
    with pytest.raises(NotAllowed):
        dispatch.confirm(offer=answer.offer, by=cast.viewer_of_employer(cast.employer("别家")))


def test_declining_needs_a_reason_and_keeps_it(boss: Employer) -> None:
    worker = near()
    offer = offered(worker, cast.shift(boss))
    with pytest.raises(Refusal):
        dispatch.decline(offer=offer, by=cast.viewer_of_worker(worker), reason="")
    declined = dispatch.decline(offer=offer, by=cast.viewer_of_worker(worker), reason="far", words="太远了")
    assert (declined.state, declined.decline, declined.words) == ("declined", "far", "太远了")


def test_an_offer_is_passed_on_to_a_mate_who_answers_for_himself(boss: Employer) -> None:
    worker, mate, shift = near(), near("刘工友"), cast.shift(boss)
    passed = dispatch.pass_on(
        offer=offered(worker, shift), telephone_or_card=str(mate.card_number), by=cast.viewer_of_worker(worker)
    )
    assert (passed.origin, passed.worker_id, passed.referred_by_id) == ("referral", mate.id, worker.id)
    assert {o.worker_name: o.state for o in asked(shift)} == {"王建国": "passed_on", "刘工友": "waiting"}


def test_a_mate_nobody_knows_changes_nothing(boss: Employer) -> None:
    worker, shift = near(), cast.shift(boss)
    with pytest.raises(dispatch.MateUnknown):
        dispatch.pass_on(offer=offered(worker, shift), telephone_or_card="99999", by=cast.viewer_of_worker(worker))
    assert asked(shift)[0].state == "waiting"


def test_a_request_by_name_is_marked_and_needs_no_second_yes_of_the_employer(boss: Employer) -> None:
    worker = near()
    shift = cast.shift(boss, instant_confirmation=False)
    named = dispatch.offer(shift=shift, worker=worker, by=cast.viewer_of_employer(boss), origin="named")
    assert named.origin == "named"
    assert dispatch.accept(offer=named, by=cast.viewer_of_worker(worker)).placement is not None


def test_offers_that_nobody_answered_expire(boss: Employer) -> None:
    worker = near()
    offer = offered(worker, cast.shift(boss))
    with clock.at(clock.now() + timedelta(hours=1)):
        assert dispatch.expire_offers() == 1
        with pytest.raises(dispatch.OfferClosed):
            dispatch.accept(offer=offer, by=cast.viewer_of_worker(worker))


@pytest.mark.parametrize(
    ("other", "possible"),
    [
        ((time(17, 30), time(22)), True),
        ((time(17), time(22)), False),
        ((time(22), time(7, 30)), True),
        ((time(22), time(7)), True),
        ((time(6), NOON), False),
    ],
)
def test_touching_shifts_can_both_be_worked_and_overlapping_ones_not(
    boss: Employer, other: tuple[time, time], possible: bool
) -> None:
    worker = near()
    cast.placement(worker, cast.shift(boss))
    second = cast.shift(boss, begin=other[0], end=other[1])
    try:
        dispatch.apply(shift=second, worker=worker, by=cast.viewer_of_worker(worker))
    except dispatch.AlreadyPlaced:
        assert not possible
    else:
        assert possible


def test_piecework_keeps_nobody_from_other_work(boss: Employer) -> None:
    worker = near(trades=("loader", "handcrafter"))
    due = clock.today() + timedelta(days=10)
    job = cast.job(boss, kind="piecework", pay_unit="piece", pay_fen=600, pieces=40, due_on=due, trade="handcrafter")
    cast.placement(worker, Shift.objects.select_related("job").get(job=job))
    assert cast.placement(worker, cast.shift(boss)).state == Placement.State.CONFIRMED


def test_the_worker_cancels_alone_until_two_hours_before(boss: Employer) -> None:
    worker = near()
    held = cast.placement(worker, cast.shift(boss))
    with clock.at(held.starts - timedelta(minutes=90)), pytest.raises(dispatch.TooLate):
        dispatch.cancel_by_worker(placement=held, by=cast.viewer_of_worker(worker), reason="有事")
    with clock.at(held.starts - timedelta(hours=3)):
        dispatch.cancel_by_worker(placement=held, by=cast.viewer_of_worker(worker), reason="有事")
    with within(system("test")):
        assert Shift.objects.get(pk=held.shift_id).taken == 0


def test_a_cancelled_shift_tells_everybody_who_was_confirmed(boss: Employer) -> None:
    worker, shift = near(), cast.shift(boss)
    cast.placement(worker, shift)
    dispatch.cancel_shift(shift=shift, by=cast.viewer_of_employer(boss), reason="下大雨")
    assert any("下大雨" in text for text in texts(worker.id))


def test_two_who_were_parted_are_not_brought_together_again(boss: Employer) -> None:
    worker = near()
    dispatch.block(worker=worker, employer=boss, by=cast.viewer_of_worker(worker), wished_by="worker", reason="欠过钱")
    shift = cast.shift(boss)
    wave(shift)
    assert asked(shift) == []
    with pytest.raises(dispatch.NotEligible):
        dispatch.apply(shift=shift, worker=worker, by=cast.viewer_of_worker(worker))


def test_a_certificate_that_has_run_out_is_none(boss: Employer) -> None:
    worker = near(certificates=(("健康证", clock.today()),))
    with pytest.raises(dispatch.NotEligible):
        dispatch.apply(
            shift=cast.shift(boss, certificates=("健康证",), days=3), worker=worker, by=cast.viewer_of_worker(worker)
        )


def test_the_best_jobs_of_a_worker_come_with_distance_and_reason(boss: Employer) -> None:
    worker = near()
    shift = cast.shift(boss)
    found = queries.best_shifts(worker=worker)
    assert [s.shift.id for s in found] == [shift.id]
    assert found[0].distance_m < 300
    assert "公里" in found[0].reason_zh


def test_progress_says_how_many_were_asked_and_how_many_are_missing(boss: Employer) -> None:
    worker, shift = near(), cast.shift(boss, places=2)
    dispatch.accept(offer=offered(worker, shift), by=cast.viewer_of_worker(worker))
    offered(near("李四"), shift)
    with within(cast.clerk()):
        shift.refresh_from_db()
        progress = queries.progress(shift)
    assert (progress.asked, progress.waiting, progress.confirmed, progress.open_places) == (2, 1, 1, 1)
