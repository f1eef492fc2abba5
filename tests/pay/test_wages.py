"""From the work to the money in the worker's hand."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from linggong.accounts.permissions import NotAllowed
from linggong.attendance.models import Attendance
from linggong.attendance.operations import NotArrived
from linggong.audit.models import Entry
from linggong.dispatch.models import Placement, Reputation
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.notices.models import Notice
from linggong.pay import operations as pay
from linggong.pay import queries
from linggong.pay.models import Payment, Wage
from linggong.pay.operations import AlreadyReceived, OverPayment, PaymentRefused, WageFixed
from linggong.pay.receipts import ReceiptRefused
from linggong.places.models import MinimumWage
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast
from tests.attendance.day import Day, a_day


@pytest.fixture
def day(db: None) -> Day:
    return a_day()


def settle(day: Day, by: Viewer | None = None, **work: Any) -> Wage:
    with clock.at(day.ends):
        return pay.settle(placement=day.placement, by=by or day.as_employer, **work)


def paid(wage: Wage, amount_fen: int, day: Day, **more: Any) -> Payment:
    with clock.at(day.ends):
        return pay.record_payment(wage=wage, amount_fen=amount_fen, **{"way": "wechat", "by": day.as_employer, **more})


def now(wage: Wage) -> Wage:
    with within(system("test")):
        return Wage.objects.get(pk=wage.pk)


def told(topic: str) -> list[tuple[str, str]]:
    with within(system("test")):
        rows = Notice.objects.filter(topic=topic, channel="app").order_by("created_at")
        return list(rows.values_list("recipient", "text"))


# ------------------------------------------------------------------ what is owed


def test_a_whole_day_is_owed_as_agreed_on_the_same_day(day: Day) -> None:
    wage = day.settled()
    assert (wage.owed_fen, wage.state, wage.due_on) == (22000, Wage.State.OWED, clock.local(day.ends).date())
    assert wage.lines == [{"label_zh": "天数", "label_en": "Days", "fen": 22000, "count": "1.00", "unit_fen": 22000}]


def test_the_placement_is_finished_and_the_worker_has_kept_his_word(day: Day) -> None:
    day.settled()
    with within(system("test")):
        assert Placement.objects.get(pk=day.placement.pk).state == Placement.State.FINISHED
        assert Reputation.objects.get(worker=day.worker).kept == 1
        assert Worker.objects.get(pk=day.worker.pk).last_worked_on == clock.local(day.ends).date()


def test_the_worker_is_told_how_much_and_when(day: Day) -> None:
    day.settled()
    (recipient, text), *others = told("wage.owed")
    assert recipient == "worker"
    assert "220 元" in text
    assert not others


def test_nobody_is_paid_who_is_not_known_to_have_come(day: Day) -> None:
    with pytest.raises(NotArrived):
        settle(day)


def test_settling_again_gives_the_same_wage_and_counts_once(day: Day) -> None:
    assert day.settled() == settle(day) == settle(day, break_minutes=60)
    with within(system("test")):
        assert Reputation.objects.get(worker=day.worker).kept == 1


def test_hours_are_corrected_while_nothing_is_paid_and_the_trail_says_so(day: Day) -> None:
    wage = day.settled()
    corrected = settle(day, left_at=day.starts + timedelta(hours=5))
    assert (corrected.pk, corrected.owed_fen) == (wage.pk, 11000)
    assert "原来是 220 元" in told("wage.owed")[-1][1]
    with within(system("test")):
        entry = Entry.objects.get(act="wage.corrected", object_id=wage.id)
    assert entry.detail == {"before_fen": 22000, "owed_fen": 11000}


def test_hours_are_fixed_once_something_is_paid(day: Day) -> None:
    wage = day.settled()
    paid(wage, 100, day)
    with pytest.raises(WageFixed):
        settle(day, left_at=day.starts + timedelta(hours=5))
    with within(system("test")):
        assert Attendance.objects.get(placement=day.placement).minutes == 540


def test_a_disputed_wage_is_not_made_smaller(day: Day) -> None:
    wage = day.settled()
    with clock.at(day.ends):
        pay.dispute_receipt(wage=wage, by=day.as_worker, words="没给")
    with pytest.raises(WageFixed):
        settle(day, left_at=day.starts + timedelta(hours=1))


def test_pieces_are_counted(db: None) -> None:
    day = a_day(pay_unit="piece", pay_fen=350)
    day.arrives()
    assert settle(day, pieces=60).owed_fen == 21000


def test_work_taken_home_is_paid_by_the_piece(db: None) -> None:
    with within(system("test")):
        cast.county()
        due = clock.today() + timedelta(days=5)
        job = cast.job(kind="piecework", pay_unit="piece", pay_fen=300, due_on=due, pieces=500)
        shift = Shift.objects.select_related("job").get(job=job)
    day = a_day(shift=shift)
    day.arrives()
    wage = settle(day, pieces=40)
    assert (wage.owed_fen, wage.under_minimum) == (12000, False)


def test_less_than_the_legal_minimum_is_marked_and_the_desk_told(db: None) -> None:
    day = a_day(pay_unit="hour", pay_fen=1900)
    MinimumWage.objects.create(
        division="14", valid_from=date(2020, 1, 1), hourly_fen=2000, monthly_fen=200000, source="晋政办发"
    )
    assert day.settled().under_minimum
    assert [recipient for recipient, _text in told("wage.under_minimum")] == ["desk"]


def test_the_day_is_due_by_the_settlement_that_was_agreed(db: None) -> None:
    day = a_day(settlement="weekly")
    assert day.settled().due_on == clock.local(day.ends).date() + timedelta(days=7)


def test_only_the_employer_and_clerks_of_the_place_settle(day: Day) -> None:
    day.arrives()
    with within(system("test")):
        other = cast.viewer_of_employer(cast.employer("别家"))
    for by in (day.as_worker, other, cast.neighbour_clerk()):
        with pytest.raises(NotAllowed):
            settle(day, by=by)
    assert settle(day, by=cast.town_clerk()).owed_fen == 22000


# ------------------------------------------------------------------ what is paid


def test_paid_in_parts_it_is_paid_when_the_sum_is_there(day: Day) -> None:
    wage = day.settled()
    paid(wage, 10000, day)
    assert (now(wage).state, now(wage).left_fen) == (Wage.State.OWED, 12000)
    paid(wage, 12000, day)
    assert (now(wage).state, now(wage).left_fen) == (Wage.State.PAID, 0)
    assert "还差 120 元" in told("wage.paid")[0][1]
    assert "收到了吗" in told("wage.paid")[1][1]


def test_more_than_owed_is_refused_with_what_is_left(day: Day) -> None:
    wage = day.settled()
    paid(wage, 20000, day)
    with pytest.raises(OverPayment, match="20 元"):
        paid(wage, 2001, day)
    assert now(wage).paid_fen == 20000


@pytest.mark.parametrize("change", [{"amount_fen": 0}, {"amount_fen": -100}, {"way": "barter"}])
def test_a_payment_that_cannot_be_is_refused(day: Day, change: dict[str, Any]) -> None:
    wage = day.settled()
    said = {"amount_fen": 100, "way": "cash", "by": day.as_employer, **change}
    with pytest.raises(PaymentRefused) as refused:
        pay.record_payment(wage=wage, **said)
    assert refused.value.field == next(iter(change))


def test_nobody_but_the_employers_side_states_a_payment(day: Day) -> None:
    wage = day.settled()
    with within(system("test")):
        other = cast.viewer_of_employer(cast.employer("别家"))
    for by in (day.as_worker, other, cast.neighbour_clerk(), Viewer(role="rights_officer", division=cast.COUNTY)):
        with pytest.raises(NotAllowed):
            paid(wage, 100, day, by=by)


def test_a_clerk_states_it_in_the_employers_name(day: Day) -> None:
    wage = day.settled()
    paid(wage, 22000, day, by=cast.clerk(), way="cash")
    with within(system("test")):
        entry = Entry.objects.get(act="wage.paid", object_id=wage.id)
    assert (entry.name, entry.on_behalf_of) == ("刘芳", wage.employer_name)


def test_a_receipt_is_kept_under_a_random_name(day: Day, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    wage = day.settled()
    upload = BytesIO(b"\x89PNG\r\n\x1a\n picture")
    upload.name = "../../etc/passwd.php"
    payment = paid(wage, 22000, day, receipt=upload)
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert payment.receipt.name == str(kept.relative_to(tmp_path))
    assert kept.read_bytes() == b"\x89PNG\r\n\x1a\n picture"
    assert kept.suffix == ".png"


def test_a_refused_receipt_leaves_no_payment(day: Day, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    wage = day.settled()
    with pytest.raises(ReceiptRefused):
        paid(wage, 22000, day, receipt=BytesIO(b"<script>"))
    assert now(wage).paid_fen == 0
    assert not list(tmp_path.rglob("*"))


# ------------------------------------------------------------------ the worker's word


def test_the_worker_says_it_has_come(day: Day) -> None:
    wage = day.settled()
    paid(wage, 22000, day)
    assert pay.confirm_receipt(wage=wage, by=day.as_worker).state == Wage.State.RECEIVED
    assert [recipient for recipient, _text in told("wage.received")] == ["employer"]


def test_saying_it_twice_tells_the_employer_once(day: Day) -> None:
    wage = day.settled()
    pay.confirm_receipt(wage=wage, by=day.as_worker)
    pay.confirm_receipt(wage=wage, by=day.as_worker)
    assert len(told("wage.received")) == 1


def test_a_clerk_says_it_for_him_and_that_is_recorded(day: Day) -> None:
    wage = day.settled()
    pay.confirm_receipt(wage=wage, by=cast.clerk())
    with within(system("test")):
        assert Entry.objects.get(act="wage.received", object_id=wage.id).on_behalf_of == "王建国"


def test_the_employer_never_confirms_for_the_worker(day: Day) -> None:
    with pytest.raises(NotAllowed):
        pay.confirm_receipt(wage=day.settled(), by=day.as_employer)


def test_what_was_received_is_neither_paid_again_nor_disputed(day: Day) -> None:
    wage = day.settled()
    pay.confirm_receipt(wage=wage, by=day.as_worker)
    with pytest.raises(AlreadyReceived):
        paid(wage, 100, day)
    with pytest.raises(AlreadyReceived):
        pay.dispute_receipt(wage=wage, by=day.as_worker, words="没有")


# ------------------------------------------------------------------ reading


def test_both_sides_read_their_own_wages_and_nobody_elses(day: Day) -> None:
    wage, other = day.settled(), a_day().settled()
    with within(day.as_worker):
        assert queries.wages_of_worker(viewer=day.as_worker) == [wage]
    with within(day.as_employer):
        assert queries.wages_of_employer(viewer=day.as_employer) == [wage]
        assert queries.wages_of_employer(viewer=day.as_employer, state="received") == []
        with pytest.raises(queries.WageNotFound):
            queries.wage(other.id, viewer=day.as_employer)


def test_pages_of_wages_go_on_where_the_last_one_ended(db: None) -> None:
    with within(system("test")):
        cast.county()
        worker = cast.worker()
    wages = [a_day(worker=worker, shift=_shift_on(number)).settled() for number in (1, 2, 3)]
    viewer = cast.viewer_of_worker(worker)
    with within(viewer):
        first = queries.wages_of_worker(viewer=viewer, limit=2)
        rest = queries.wages_of_worker(viewer=viewer, before=(first[-1].created_at, first[-1].id))
    assert [*first, *rest] == wages[::-1]


def _shift_on(days: int) -> Shift:
    with within(system("test")):
        return cast.shift(cast.employer(), days=days)


def test_what_is_late_is_unpaid_after_its_day(day: Day) -> None:
    wage = day.settled()
    with within(cast.clerk()):
        with clock.at(day.ends):
            assert queries.overdue(viewer=cast.clerk()) == []
        with clock.at(day.ends + timedelta(days=1)):
            assert queries.overdue(viewer=cast.clerk()) == [wage]
    paid(wage, 22000, day)
    with clock.at(day.ends + timedelta(days=1)), within(cast.clerk()):
        assert queries.overdue(viewer=cast.clerk()) == []


def test_one_wage_brings_its_job_and_payments(day: Day, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    wage = day.settled()
    payment = paid(wage, 5000, day)
    with within(day.as_worker):
        with django_assert_num_queries(2):
            found = queries.wage(wage.id, viewer=day.as_worker)
            assert found.placement.shift.job.title == "卸货"
            assert list(found.payments.all()) == [payment]
        assert queries.payment(payment.id, viewer=day.as_worker).amount_fen == 5000


def test_work_taken_home_and_handed_in_early_counts_for_that_day(db: None) -> None:
    with within(system("test")):
        cast.county()
        job = cast.job(
            kind="piecework", pay_unit="piece", pay_fen=300, due_on=clock.today() + timedelta(days=9), pieces=500
        )
        shift = Shift.objects.select_related("job").get(job=job)
    day = a_day(shift=shift)
    day.arrives()
    handed_in = day.starts + timedelta(days=3)
    with clock.at(handed_in):
        pay.settle(placement=day.placement, by=day.as_employer, pieces=40)
    with within(system("test")):
        assert Worker.objects.get(pk=day.worker.pk).last_worked_on == clock.local(handed_in).date()
