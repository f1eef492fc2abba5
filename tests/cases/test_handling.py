"""Taking a case, working on it, settling it."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from linggong.accounts.permissions import NotAllowed
from linggong.cases import operations as cases
from linggong.cases import queries
from linggong.cases.models import Case, CaseStep
from linggong.cases.operations import CaseClosed, StepRefused
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.notices.models import Notice
from linggong.pay.models import Wage
from tests import cast
from tests.attendance.day import Day, a_day

OFFICER = Viewer(role="rights_officer", name="周正", division=cast.COUNTY)


@pytest.fixture
def day(db: None) -> Day:
    return a_day()


@pytest.fixture
def case(day: Day) -> Case:
    return disputed(day)


def disputed(day: Day) -> Case:
    """The evening of the work, when no money came."""
    wage = day.settled()
    with clock.at(day.ends):
        return cases.dispute_wage(wage=wage, by=day.as_worker, words="没给钱")


def steps(case: Case) -> list[str]:
    with within(system("test")):
        return list(CaseStep.objects.filter(case=case).values_list("text", flat=True))


def wage_state(day: Day) -> str:
    with within(system("test")):
        return Wage.objects.get(placement=day.placement).state


def told(topic: str) -> list[str]:
    with within(system("test")):
        return sorted(Notice.objects.filter(topic=topic, channel="app").values_list("recipient", flat=True))


def test_somebody_takes_the_case_and_the_worker_knows_who(case: Case) -> None:
    taken = cases.take(case=case, by=OFFICER)
    assert (taken.state, taken.handler) == ("working", "周正")
    assert told("case.taken") == ["worker"]


def test_taking_it_twice_is_one_step_and_handing_it_over_is_another(case: Case) -> None:
    cases.take(case=case, by=OFFICER)
    cases.take(case=case, by=OFFICER)
    taken = cases.take(case=case, by=cast.clerk())
    assert taken.handler == "刘芳"
    assert steps(case) == ["周正 受理。", "刘芳 受理。"]


def test_steps_are_appended(case: Case) -> None:
    cases.add_step(case=case, by=OFFICER, text="给老板打了电话")
    cases.add_step(case=case, by=OFFICER, text="约了明天调解")
    assert steps(case) == ["给老板打了电话", "约了明天调解"]


def test_a_case_is_taken_today_reported_on_in_three_days_and_settled_in_seven(case: Case) -> None:
    opened = clock.local(case.created_at).date()
    due = [case.next_due_on]
    due.append(cases.take(case=case, by=OFFICER).next_due_on)
    cases.add_step(case=case, by=OFFICER, text="给老板打了电话")
    with within(OFFICER):
        due.append(queries.case(case.id, viewer=OFFICER).next_due_on)
    assert due == [opened, opened + timedelta(days=3), opened + timedelta(days=7)]


def test_a_step_needs_words(case: Case) -> None:
    with pytest.raises(StepRefused):
        cases.add_step(case=case, by=OFFICER, text=" \u200b ")


def test_all_of_it_recovered_the_wage_is_received(case: Case, day: Day) -> None:
    settled = cases.settle(case=case, by=OFFICER, recovered_fen=22000, text="当面付清")
    assert (settled.state, settled.recovered_fen) == ("settled", 22000)
    assert wage_state(day) == Wage.State.RECEIVED
    assert told("case.settled") == ["employer", "worker"]


def test_a_part_of_it_recovered_the_wage_stays_disputed(case: Case, day: Day) -> None:
    cases.settle(case=case, by=OFFICER, recovered_fen=10000, text="先付一部分")
    assert wage_state(day) == Wage.State.DISPUTED


@pytest.mark.parametrize("fen", [-1, 22001])
def test_no_more_than_the_claim_is_recovered(case: Case, fen: int) -> None:
    with pytest.raises(StepRefused) as refused:
        cases.settle(case=case, by=OFFICER, recovered_fen=fen, text="付清")
    assert refused.value.field == "recovered_fen"
    assert steps(case) == []


def test_a_settled_case_is_closed(case: Case) -> None:
    cases.settle(case=case, by=OFFICER, recovered_fen=22000, text="付清")
    for act in (
        lambda: cases.take(case=case, by=OFFICER),
        lambda: cases.add_step(case=case, by=OFFICER, text="再问一句"),
        lambda: cases.settle(case=case, by=OFFICER, recovered_fen=0, text="改主意"),
    ):
        with pytest.raises(CaseClosed):
            act()


def test_only_rights_officers_and_clerks_of_the_place_handle_it(case: Case, day: Day) -> None:
    bureau = Viewer(role="bureau_officer", name="局", division=cast.COUNTY)
    elsewhere = Viewer(role="rights_officer", name="外县", division=cast.NEIGHBOUR)
    for by in (day.as_worker, day.as_employer, bureau, elsewhere, cast.neighbour_clerk()):
        with pytest.raises(NotAllowed):
            cases.take(case=case, by=by)
    assert cases.take(case=case, by=cast.town_clerk()).handler == "赵敏"


# ------------------------------------------------------------------ reading


def test_open_cases_come_by_their_day_and_settled_ones_not_at_all(case: Case) -> None:
    other = disputed(a_day())
    cases.settle(case=other, by=OFFICER, text="付清")
    with within(OFFICER):
        assert queries.open_cases(viewer=OFFICER) == [case]


def test_the_worker_sees_his_case_the_employer_and_the_neighbour_do_not(case: Case, day: Day) -> None:
    with within(day.as_worker):
        assert queries.cases_of_worker(day.worker.id, viewer=day.as_worker) == [case]
    for viewer in (day.as_employer, cast.neighbour_clerk()):
        with within(viewer):
            assert queries.open_cases(viewer=viewer) == []
            with pytest.raises(queries.CaseNotFound):
                queries.case(case.id, viewer=viewer)


def test_a_case_carries_its_evidence(case: Case, day: Day, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cases.add_step(case=case, by=OFFICER, text="给老板打了电话")
    with within(OFFICER), django_assert_num_queries(3):
        found = queries.case(case.id, viewer=OFFICER)
        assert found.placement.attendance.minutes == 540
        assert found.placement.wage.owed_fen == 22000
        assert list(found.placement.wage.payments.all()) == []
        assert [step.text for step in found.steps.all()] == ["给老板打了电话"]


def test_a_case_without_a_wage_can_be_read(day: Day) -> None:
    day.arrives()
    with within(system("test")):
        made = Case(
            kind="injury",
            placement=day.placement,
            worker=day.worker,
            worker_name=day.worker.name,
            employer=day.employer,
            employer_name=day.employer.name,
            division=day.placement.division,
            text="砸了脚",
            due_on=day.ends.date(),
        )
        made.save(force_insert=True)
    with within(OFFICER):
        assert queries.case(made.id, viewer=OFFICER).text == "砸了脚"
