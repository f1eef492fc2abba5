"""How cases come about."""

from datetime import timedelta

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.audit.models import Entry
from linggong.cases import operations as cases
from linggong.cases.models import Case, CaseStep
from linggong.followups import operations as followups
from linggong.followups.models import CallBack
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.notices.models import Notice
from linggong.pay import operations as pay
from linggong.pay.models import Wage
from linggong.pay.operations import AlreadyReceived, NotDueYet
from tests import cast
from tests.attendance.day import Day, a_day

OFFICER = Viewer(role="rights_officer", name="周正", division=cast.COUNTY)


@pytest.fixture
def day(db: None) -> Day:
    return a_day()


def all_cases() -> list[Case]:
    with within(system("test")):
        return list(Case.objects.order_by("created_at"))


def state_of(wage: Wage) -> str:
    with within(system("test")):
        return Wage.objects.get(pk=wage.pk).state


def told(topic: str) -> list[str]:
    with within(system("test")):
        return sorted(Notice.objects.filter(topic=topic, channel="app").values_list("recipient", flat=True))


def disputed(day: Day, wage: Wage, words: str = "") -> Case:
    """The worker says so on the evening of the work."""
    with clock.at(day.ends):
        return cases.dispute_wage(wage=wage, by=day.as_worker, words=words)


def late(day: Day, days: int) -> int:
    with clock.at(day.ends + timedelta(days=days)):
        return cases.open_overdue()


# ------------------------------------------------------------------ the worker's word


def test_no_money_came_and_a_case_is_open_for_seven_days(day: Day) -> None:
    wage = day.settled()
    case = disputed(day, wage, words="老板不接电话")
    assert (case.kind, case.state, case.claim_fen) == ("arrears", "open", 22000)
    assert case.due_on == clock.local(day.ends).date() + timedelta(days=7)
    assert case.text == "老板不接电话"
    assert state_of(wage) == Wage.State.DISPUTED


def test_all_three_sides_are_told(day: Day) -> None:
    disputed(day, day.settled())
    assert told("case.opened") == ["desk", "employer", "worker"]


def test_only_what_is_left_is_claimed(day: Day) -> None:
    wage = day.settled()
    pay.record_payment(wage=wage, amount_fen=20000, way="cash", by=day.as_employer)
    assert disputed(day, wage).claim_fen == 2000


def test_the_whole_is_claimed_where_one_says_paid_and_the_other_not_received(day: Day) -> None:
    wage = day.settled()
    pay.record_payment(wage=wage, amount_fen=22000, way="cash", by=day.as_employer)
    assert disputed(day, wage).claim_fen == 22000


def test_saying_it_again_gives_the_same_case(day: Day) -> None:
    wage = day.settled()
    assert disputed(day, wage) == disputed(day, wage)
    assert len(all_cases()) == 1


def test_a_clerk_says_it_for_him_and_that_is_recorded(day: Day) -> None:
    case = cases.dispute_wage(wage=day.settled(), by=cast.clerk())
    with within(system("test")):
        assert Entry.objects.get(act="case.opened", object_id=case.id).on_behalf_of == "王建国"


def test_what_has_come_is_not_disputed(day: Day) -> None:
    wage = day.settled()
    pay.confirm_receipt(wage=wage, by=day.as_worker)
    with pytest.raises(AlreadyReceived):
        disputed(day, wage)
    assert all_cases() == []


def test_before_its_day_nothing_is_late_unless_a_clerk_has_heard_why(db: None) -> None:
    day = a_day(settlement="weekly")
    wage = day.settled()
    with pytest.raises(NotDueYet):
        disputed(day, wage)
    with clock.at(day.ends):
        assert cases.dispute_wage(wage=wage, by=cast.clerk(), words="老板说不给了").claim_fen == 22000


def test_nobody_disputes_the_wage_of_another(day: Day) -> None:
    wage = day.settled()
    with within(system("test")):
        stranger = cast.viewer_of_worker(cast.worker("李明"))
    for by in (stranger, day.as_employer, cast.neighbour_clerk()):
        with pytest.raises(NotAllowed):
            cases.dispute_wage(wage=wage, by=by)


def test_after_a_case_was_settled_without_money_a_new_one_can_be_opened(day: Day) -> None:
    wage = day.settled()
    first = disputed(day, wage)
    cases.settle(case=first, by=OFFICER, text="老板答应月底付")
    again = disputed(day, wage, words="月底也没付")
    assert again != first
    assert again.state == "open"


# ------------------------------------------------------------------ the calendar


def test_three_days_late_is_a_warning_and_four_days_a_case(day: Day) -> None:
    day.settled()
    assert [late(day, days) for days in (0, 3, 4)] == [0, 0, 1]
    (case,) = all_cases()
    assert (case.kind, case.claim_fen) == ("arrears", 22000)


def test_it_becomes_a_case_once_even_after_that_case_is_settled(day: Day) -> None:
    day.settled()
    late(day, 4)
    assert late(day, 5) == 0
    cases.settle(case=all_cases()[0], by=OFFICER, text="材料移交劳动监察")
    assert late(day, 30) == 0


def test_what_is_paid_or_disputed_becomes_no_second_case(day: Day) -> None:
    pay.record_payment(wage=day.settled(), amount_fen=22000, way="cash", by=day.as_employer)
    other = a_day()
    disputed(other, other.settled())
    assert late(day, 10) == 0


def test_nothing_owed_is_never_late(day: Day) -> None:
    day.arrives()
    with clock.at(day.ends):
        pay.settle(placement=day.placement, by=day.as_employer, left_at=day.starts)
    assert late(day, 10) == 0


# ------------------------------------------------------------------ what a call brings to light


def called(day: Day, outcome: str, note: str = "") -> None:
    with clock.at(day.ends):
        followups.plan_call_backs()
    with within(system("test")):
        call = CallBack.objects.get(worker=day.worker, kind="first_day")
    with clock.at(day.ends + timedelta(hours=16)):
        followups.record_call(call_back=call, outcome=outcome, note=note, by=cast.clerk())


def followed(day: Day) -> int:
    with clock.at(day.ends + timedelta(hours=17)):
        return cases.follow_calls()


def test_unpaid_on_the_telephone_is_a_disputed_wage(day: Day) -> None:
    wage = day.settled()
    called(day, "unpaid", "说没给钱")
    assert followed(day) == 1
    (case,) = all_cases()
    assert (case.kind, case.claim_fen, case.text) == ("arrears", 22000, "说没给钱")
    assert state_of(wage) == Wage.State.DISPUTED


def test_unpaid_before_anything_was_settled_is_a_case_all_the_same(day: Day) -> None:
    day.arrives()
    called(day, "unpaid")
    followed(day)
    assert [(case.kind, case.claim_fen) for case in all_cases()] == [("arrears", 0)]


def test_trouble_is_a_dispute_of_which_the_employer_is_not_told(day: Day) -> None:
    day.arrives()
    called(day, "trouble", "和工头吵起来了")
    followed(day)
    assert [case.kind for case in all_cases()] == ["dispute"]
    assert told("case.opened") == ["desk", "worker"]


def test_a_call_is_followed_once_even_after_its_case_is_settled(day: Day) -> None:
    day.settled()
    called(day, "unpaid")
    followed(day)
    with clock.at(day.ends + timedelta(hours=18)):
        cases.settle(case=all_cases()[0], by=OFFICER, text="说好了")
    assert followed(day) == 0


def test_all_well_opens_nothing(day: Day) -> None:
    day.settled()
    called(day, "finished_well")
    assert followed(day) == 0


def test_what_a_call_adds_to_an_open_case_is_a_step_of_it(day: Day) -> None:
    disputed(day, day.settled())
    called(day, "unpaid", "今天还是没给")
    assert followed(day) == 0
    with within(system("test")):
        assert list(CaseStep.objects.values_list("by_name", "text")) == [("刘芳", "今天还是没给")]
