"""The status graph of an employer: what it allows, and that it allows nothing else."""

from itertools import product

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.audit.models import Entry
from linggong.employers import operations
from linggong.employers.models import Employer
from linggong.employers.operations import ReasonMissing, StateRefused
from linggong.employers.queries import NotFound
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.notices.models import Notice
from tests.employers.conftest import BUREAU, CLERK, ELSEWHERE, a_firm

pytestmark = pytest.mark.usefixtures("divisions")
ACTS = {act: getattr(operations, act) for act in ("approve", "refuse", "suspend", "blacklist", "reinstate")}
LEADS_TO = {
    ("pending", "approve"): "approved",
    ("refused", "approve"): "approved",
    ("pending", "refuse"): "refused",
    ("approved", "suspend"): "suspended",
    ("pending", "blacklist"): "blacklisted",
    ("approved", "blacklist"): "blacklisted",
    ("refused", "blacklist"): "blacklisted",
    ("suspended", "blacklist"): "blacklisted",
    ("suspended", "reinstate"): "approved",
    ("blacklisted", "reinstate"): "approved",
}


def an_employer(state: str = "pending") -> Employer:
    employer = operations.register(new=a_firm(), by=CLERK, source="desk")
    with within(system("test")):
        Employer.objects.update(state=state)
    return employer


def state_of(employer: Employer) -> str:
    with within(CLERK):
        return Employer.objects.get(pk=employer.pk).state


@pytest.mark.parametrize(("start", "act"), list(LEADS_TO))
def test_a_step_of_the_graph_is_taken(start: str, act: str) -> None:
    employer = ACTS[act](employer=an_employer(start), by=CLERK, reason="核对过")
    assert employer.state == state_of(employer) == LEADS_TO[start, act]


@pytest.mark.parametrize(("start", "act"), sorted(set(product(Employer.State.values, ACTS)) - set(LEADS_TO)))
def test_any_other_step_is_refused_and_changes_nothing(start: str, act: str) -> None:
    employer = an_employer(start)
    with pytest.raises(StateRefused):
        ACTS[act](employer=employer, by=CLERK, reason="核对过")
    assert state_of(employer) == start


@pytest.mark.parametrize(("start", "act"), [("pending", "refuse"), ("approved", "suspend"), ("approved", "blacklist")])
def test_what_harms_an_employer_needs_a_reason(start: str, act: str) -> None:
    employer = an_employer(start)
    with pytest.raises(ReasonMissing):
        ACTS[act](employer=employer, by=CLERK, reason="  ")
    assert state_of(employer) == start


@pytest.mark.parametrize(("viewer", "error"), [(BUREAU, NotAllowed), (ELSEWHERE, NotFound)])
def test_nobody_else_vets(viewer: Viewer, error: type[Exception]) -> None:
    employer = an_employer()
    with pytest.raises(error):
        operations.approve(employer=employer, by=viewer)
    assert state_of(employer) == "pending"


def test_the_employer_is_told_why_and_the_audit_keeps_who() -> None:
    employer = operations.blacklist(employer=an_employer("approved"), by=CLERK, reason="拖欠工钱不还")
    with within(CLERK):
        told = Notice.objects.filter(topic="employer.state", recipient_id=employer.id)
        assert {notice.channel for notice in told} == {"app", "sms"}
        assert all("拖欠工钱不还" in notice.text for notice in told)
        entry = Entry.objects.get(act="employer.blacklist")
    assert (entry.name, entry.detail["before"], entry.detail["after"]) == ("李梅", "approved", "blacklisted")
