"""Who may open which address. An address that is missing from the table fails; so does a role without an answer.

who: `everybody`; `staff`; `clerks` (staff who act, not those who only read); `worker`; `employers`, with agencies;
`owner`, the one employer whose row it is; `key`, programs with an API key.
how: `open` gives the page; `send` takes only what is sent, so that opening it is refused with 405; `lead` leads on to
another page; `door` leads those who are signed in to their own first page.
Everybody else is led to the sign-in, or is told 403; 404 where the row is not theirs.
"""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from linggong.accounts.models import Role
from linggong.accounts.operations import account_for
from linggong.foundation.scope import within
from tests import cast
from tests.consistency.addresses import address, names, parameters
from tests.consistency.rows import all_rows
from tests.consistency.scene import BACKEND, BY, STAFF, Scene, browser, staff

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

TABLE = """
public:front                everybody  open
public:jobs                 everybody  open
public:job                  everybody  open
public:places               everybody  open
public:place                everybody  open
public:about                everybody  open
public:robots               everybody  open
public:sitemap              everybody  open
signin:doors                everybody  door
signin:staff                everybody  open
signin:worker               everybody  open
signin:worker_code          everybody  lead
signin:worker_who           everybody  lead
signin:employer             everybody  open
signin:employer_code        everybody  lead
signin:employer_who         everybody  lead
signin:signout              everybody  send
worker:home                 worker     open
worker:jobs                 worker     open
worker:job                  worker     open
worker:apply                worker     send
worker:standby              worker     send
worker:offers               worker     open
worker:offer                worker     open
worker:accept               worker     send
worker:decline              worker     open
worker:pass_on              worker     open
worker:shifts               worker     open
worker:shift                worker     open
worker:cancel               worker     open
worker:arrived              worker     open
worker:leave                worker     send
worker:contest              worker     open
worker:rate                 worker     open
worker:arrive               worker     open
worker:pay                  worker     open
worker:wage                 worker     open
worker:received             worker     send
worker:not_received         worker     open
worker:resume               worker     open
worker:looking              worker     send
worker:resume_edit          worker     open
worker:messages             worker     open
worker:register             everybody  lead
worker:register_step        everybody  lead
worker:help                 everybody  open
employer:home               employers  open
employer:register           everybody  lead
employer:jobs               employers  open
employer:job_new            employers  open
employer:market             employers  open
employer:job                owner      open
employer:repeat             owner      open
employer:withdraw           owner      open
employer:shift              owner      open
employer:places             owner      send
employer:ask_more           owner      send
employer:by_name            owner      open
employer:code               owner      open
employer:roll_call          owner      send
employer:shift_cancel       owner      open
employer:hours              owner      open
employer:shift_pay          owner      open
employer:offer_confirm      owner      send
employer:offer_refuse       owner      open
employer:person             owner      open
employer:telephone          owner      send
employer:person_cancel      owner      open
employer:rate               owner      open
employer:block              owner      open
employer:correct            owner      open
employer:pay                employers  open
employer:wage               owner      open
employer:receipt            owner      open
employer:messages           employers  open
employer:me                 employers  open
desk:home                   staff      open
desk:arrivals               staff      open
desk:search                 staff      open
desk:suggest                staff      open
desk:card                   staff      lead
desk:workers                staff      open
desk:worker_new             staff      open
desk:worker_check           staff      send
desk:worker                 staff      open
desk:worker_edit            staff      open
desk:worker_resume          staff      open
desk:worker_card            staff      open
desk:worker_reveal          staff      send
desk:worker_state           staff      send
desk:worker_serve           staff      send
desk:worker_book            staff      send
desk:worker_standby         staff      send
desk:rosters                staff      open
desk:roster                 staff      open
desk:roster_progress        staff      open
desk:roster_rows            staff      open
desk:roster_errors          clerks     open
desk:employers              staff      open
desk:employer_new           staff      open
desk:employer               staff      open
desk:employer_vet           staff      send
desk:employer_reveal        staff      send
desk:jobs                   staff      open
desk:job_new                staff      open
desk:job_sheet              staff      open
desk:job_sheet_template     staff      open
desk:market                 staff      open
desk:job                    staff      open
desk:job_decide             staff      send
desk:job_withdraw           staff      send
desk:job_repeat             staff      send
desk:messages               staff      open
desk:message_progress       staff      open
desk:message_rules          staff      open
desk:message_source_add     staff      send
desk:message_source_revoke  staff      send
desk:message_take           staff      send
desk:message                clerks     open
desk:message_drop           staff      send
desk:message_close          staff      send
desk:message_reopen         staff      send
desk:message_register       clerks     open
desk:shifts                 staff      open
desk:shift                  staff      open
desk:matching_waves         staff      open
desk:matching_pair          staff      open
desk:matching               staff      open
desk:matching_rules         staff      send
desk:shift_ask              staff      send
desk:shift_wave             staff      send
desk:shift_standby          staff      send
desk:shift_places           staff      send
desk:shift_cancel           staff      send
desk:offer_answer           staff      send
desk:placement              staff      open
desk:check_in               staff      send
desk:placement_cancel       staff      send
desk:missing_decide         staff      send
desk:missing_contest        staff      send
desk:calls                  staff      open
desk:call                   staff      open
desk:call_record            staff      send
desk:wages                  staff      open
desk:wage                   staff      open
desk:wage_received          staff      send
desk:wage_dispute           staff      send
desk:cases                  staff      open
desk:case                   staff      open
desk:case_take              staff      send
desk:case_step              staff      send
desk:notices                staff      open
hall:choose                 everybody  open
hall:hall                   everybody  open
hall:data                   everybody  open
styleguide:public           everybody  open
styleguide:worker           everybody  open
styleguide:employer         everybody  open
styleguide:desk             everybody  open
styleguide:hall             everybody  open
set_language                everybody  lead
set_text_size               everybody  send
api:openapi-json            everybody  open
api:open_shifts             everybody  open
api:sites                   everybody  open
api:find_workers            key        open
api:job                     key        open
api:candidates              key        open
api:register_worker         key        open
api:register_employer       key        send
api:approve_employer        key        send
api:post_job                key        send
api:decide_job              key        send
api:make_offer              key        send
api:apply                   key        send
api:accept                  key        send
api:decline                 key        send
api:confirm                 key        send
api:cancel                  key        send
api:check_in                key        send
api:settle                  key        send
api:record_payment          key        send
api:confirm_receipt         key        send
api:dispute                 key        send
api:rate                    key        send
api:receive_messages        key        send
api:hook_messages           everybody  send
"""
ROWS = {name: (who, how) for name, who, how in map(str.split, TABLE.split("\n")[1:-1])}
ROLES = ("public", *Role.values)
CLERKS = ("window_clerk", "station_clerk", "call_agent", "administrator")
ROLES_OF = {
    "everybody": ROLES,
    "staff": STAFF,
    "clerks": CLERKS,
    "worker": ("worker",),
    "employers": ("employer", "agency"),
    "owner": ("employer",),
    "key": (),
}
NO_PAGE = {"api:api-root"}
"""Named by the framework, but nothing stands there."""
OF_A_PERSON = {"offer_id", "placement_id", "wage_id", "missing_id", "call_id", "case_id"}
OF_THE_DESK = {"worker_id", "employer_id", "number", "roster_id", "draft_id", "message_id", "source_id"}
SURFACES = ("desk", "worker", "employer", "api", "others")


def test_the_table_names_every_address_and_no_other() -> None:
    assert set(ROWS) == set(names()) - NO_PAGE


@pytest.mark.parametrize("surface", SURFACES)
def test_each_address_answers_each_role_as_the_table_says(surface: str, told: Scene) -> None:
    browsers = {role: browser(role, told) for role in ROLES}
    wrong = [
        (name, role, answer, wanted)
        for name in ROWS
        if surface_of(name) == surface
        for role in ROLES
        for answer, wanted in [(told_by(browsers[role].get(address(name, told))), expected(name, role))]
        if answer != wanted
    ]
    assert not wrong


def test_what_is_sent_by_somebody_who_may_not_changes_nothing(told: Scene) -> None:
    browsers = {role: browser(role, told) for role in ROLES}
    before = all_rows()
    passed = [
        (name, role, answer)
        for name, (who, how) in ROWS.items()
        if who not in ("everybody", "key")
        for role in ROLES
        if role not in ROLES_OF[who]
        for answer in [told_by(browsers[role].post(address(name, told)))]
        if answer not in ("sign in", "403", "404", "405")
    ]
    assert not passed
    assert all_rows() == before


def test_those_who_only_read_change_nothing_whatever_they_send(told: Scene) -> None:
    browsers = [browser(role, told) for role in ("bureau_officer", "auditor", "trainer")]
    before = all_rows()
    answers = {
        told_by(each.post(address(name, told))) for each in browsers for name in ROWS if name.startswith("desk:")
    }
    assert answers <= {"200", "302", "403", "404", "405"}
    assert all_rows() == before


def test_rows_of_another_county_are_not_there(told: Scene) -> None:
    neighbour = Client(raise_request_exception=False)
    neighbour.force_login(staff("window_clerk", cast.NEIGHBOUR), backend=BACKEND)
    assert found_by(neighbour, told, "desk:", {*OF_A_PERSON, *OF_THE_DESK}) == []


def test_rows_of_another_worker_are_not_there(told: Scene) -> None:
    mate = Client(raise_request_exception=False)
    with within(BY):
        login = account_for(role="worker", subject_id=told.mate.id, name=told.mate.name, by=BY)
    mate.force_login(login, backend=BACKEND)
    assert found_by(mate, told, "worker:", OF_A_PERSON) == []


def found_by(browser: Client, told: Scene, surface: str, about: set[str]) -> list[tuple[str, str]]:
    """Which addresses about such a row say anything but that there is none."""
    names = [name for name in ROWS if name.startswith(surface) and parameters(name) & about]
    assert len(names) > 10
    answers = [(name, told_by(browser.post(address(name, told)))) for name in names]
    answers += [(name, told_by(browser.get(address(name, told)))) for name in names if ROWS[name][1] != "send"]
    return [(name, answer) for name, answer in answers if answer not in ("404", "405")]


def surface_of(name: str) -> str:
    surface = name.split(":")[0]
    return surface if surface in SURFACES else "others"


def expected(name: str, role: str) -> str:
    who, how = ROWS[name]
    if role in ROLES_OF[who]:
        signed_in = "302" if role != "public" else "200"
        return {"open": "200", "send": "405", "lead": "302", "door": signed_in}[how]
    if who == "key":
        return "405" if how == "send" else "401"
    if how == "send" and name.split(":")[0] in ("worker", "employer"):
        return "405"
    if role == "public":
        return "sign in"
    return "404" if role in {"owner": ("agency",), "clerks": STAFF}.get(who, ()) else "403"


def told_by(response: "Response") -> str:
    """The status; being led to a sign-in has its own word."""
    if response.status_code == 302 and "next=" in response["Location"]:
        return "sign in"
    return str(response.status_code)
