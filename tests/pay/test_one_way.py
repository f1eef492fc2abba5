"""Money goes one way, and a change goes together with its trail and its messages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linggong.attendance import operations as attendance
from linggong.audit.models import Entry
from linggong.cases import operations as cases
from linggong.dispatch.models import Placement
from linggong.followups import operations as followups
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.notices.models import Notice
from linggong.pay import operations as pay
from linggong.pay.models import Payment, Wage
from tests import cast
from tests.attendance.day import Day, a_day

FROM_EMPLOYER_TO_WORKER = {
    "cases.Case.claim_fen",
    "cases.Case.recovered_fen",
    "pay.Payment.amount_fen",
    "pay.Wage.owed_fen",
    "pay.Wage.paid_fen",
    "posts.Job.pay_fen",
    "workers.Worker.pay_asked_fen",
    "places.MinimumWage.hourly_fen",
    "places.MinimumWage.monthly_fen",
}


def test_no_table_can_hold_a_sum_that_a_worker_owes() -> None:
    sums = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and field.name.endswith(("_fen", "_yuan", "amount", "fee", "price", "debt"))
    }
    assert sums == FROM_EMPLOYER_TO_WORKER


def test_sums_cannot_be_negative() -> None:
    for label in FROM_EMPLOYER_TO_WORKER:
        app, model, field = label.split(".")
        kind = apps.get_model(app, model)._meta.get_field(field)
        assert isinstance(kind, models.PositiveIntegerField), label


def test_the_database_itself_lets_nobody_be_paid_more_than_owed(db: None) -> None:
    wage = a_day().settled()
    with within(system("test")), pytest.raises(IntegrityError), transaction.atomic():
        Wage.objects.filter(pk=wage.pk).update(paid_fen=wage.owed_fen + 1)


# ------------------------------------------------------------------ any sequence of acts

WHO: dict[str, Callable[[Day], Viewer]] = {
    "worker": lambda day: day.as_worker,
    "employer": lambda day: day.as_employer,
    "clerk": lambda day: cast.clerk(),
    "neighbour": lambda day: cast.neighbour_clerk(),
    "rights officer": lambda day: Viewer(role="rights_officer", name="周正", division=cast.COUNTY),
    "bureau officer": lambda day: Viewer(role="bureau_officer", name="局", division=cast.COUNTY),
}
ACTS: dict[str, Callable[[Day, Wage, Viewer, int], object]] = {
    "settle": lambda day, wage, by, n: pay.settle(placement=day.placement, by=by),
    "correct": lambda day, wage, by, n: pay.settle(
        placement=day.placement, by=by, left_at=day.starts + timedelta(hours=n % 10 + 1)
    ),
    "pay": lambda day, wage, by, n: pay.record_payment(wage=wage, amount_fen=n, way="cash", by=by),
    "confirm": lambda day, wage, by, n: pay.confirm_receipt(wage=wage, by=by),
    "dispute": lambda day, wage, by, n: cases.dispute_wage(wage=wage, by=by, words="没收到"),
    "overdue": lambda day, wage, by, n: cases.open_overdue(),
}
PAYERS = {"employer", "clerk"}

steps = st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(sorted(WHO)), st.integers(-5, 23000))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(steps, max_size=10))
def test_whatever_anybody_does_paid_never_passes_owed_and_only_the_employers_side_pays(
    acts: list[tuple[str, str, int]],
) -> None:
    day = a_day()
    wage = day.settled()
    with clock.at(day.ends + timedelta(days=5)):
        for act, who, number in acts:
            before = paid_and_owed(wage)
            done = attempt(lambda act=act, who=who, n=number: ACTS[act](day, wage, WHO[who](day), n))  # type: ignore[misc]
            after = paid_and_owed(wage)
            assert 0 <= after[0] <= after[1]
            if after[0] != before[0]:
                assert done
                assert act == "pay"
                assert who in PAYERS
                assert after[0] == before[0] + number


def attempt(act: Callable[[], object]) -> bool:
    try:
        act()
    except Refusal:
        return False
    return True


def paid_and_owed(wage: Wage) -> tuple[int, int]:
    """As the wage says; the sum of its payments must say the same."""
    with within(system("test")):
        found = Wage.objects.get(pk=wage.pk)
        total = sum(Payment.objects.filter(wage=wage).values_list("amount_fen", flat=True))
    assert found.paid_fen == total
    return found.paid_fen, found.owed_fen


# ------------------------------------------------------------------ together or not at all


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of the four apps, of audit and of notices."""
    kinds = [m for m in apps.get_models() if m._meta.app_label in ("attendance", "pay", "followups", "cases")]
    kinds += [Placement, Entry, Notice]
    with within(system("test")):
        return {kind._meta.label: list(kind._default_manager.order_by("pk").values()) for kind in kinds}


def come(day: Day) -> object:
    return attendance.check_in(placement=day.placement, by=day.as_employer, way="employer")


def settle(day: Day) -> object:
    return pay.settle(placement=day.placement, by=day.as_employer)


def wage_of(day: Day) -> Wage:
    with within(system("test")):
        return Wage.objects.get(placement=day.placement)


PREPARED: dict[str, tuple[tuple[Callable[[Day], object], ...], Callable[[Day], object], bool]] = {
    "check-in": ((), come, False),
    "settling": ((come,), settle, True),
    "payment": (
        (come, settle),
        lambda day: pay.record_payment(wage=wage_of(day), amount_fen=100, way="cash", by=day.as_employer),
        True,
    ),
    "confirmation": ((come, settle), lambda day: pay.confirm_receipt(wage=wage_of(day), by=day.as_worker), True),
    "dispute": (
        (come, settle),
        lambda day: cases.dispute_wage(wage=wage_of(day), by=day.as_worker, words="没收到"),
        True,
    ),
    "alarm": ((), lambda day: attendance.raise_missing(clock.now()), True),
    "rating": (
        (come, settle),
        lambda day: followups.rate(placement=day.placement, side="employer", stars=5, by=day.as_employer),
        False,
    ),
}


class Broken(Exception):
    pass


def breaks(*args: object, **kwargs: object) -> None:
    raise Broken


@pytest.mark.parametrize("name", PREPARED)
def test_without_its_trail_nothing_changes(db: None, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert_nothing_changes_without(Entry, monkeypatch, name)


@pytest.mark.parametrize("name", [name for name, (_, _, tells) in PREPARED.items() if tells])
def test_without_its_messages_nothing_changes(db: None, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert_nothing_changes_without(Notice, monkeypatch, name)


def assert_nothing_changes_without(kind: type[models.Model], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before, act, _tells = PREPARED[name]
    day = a_day()
    with clock.at(day.starts + timedelta(minutes=20)):
        for earlier in before:
            earlier(day)
        rows = everything()
        monkeypatch.setattr(kind, "save", breaks)
        with pytest.raises(Broken):
            act(day)
        assert everything() == rows
