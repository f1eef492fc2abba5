"""Whose rows are shown: one's own, and an agency's entrusted jobs; everybody else's are not there."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linggong.dispatch.models import Placement
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.pay.models import Wage
from linggong.posts.models import Job
from linggong.posts.operations import post
from linggong.web.employer.urls import urlpatterns
from tests import cast
from tests.web.employer.conftest import SYSTEM, Phone, applicant, during, phone_of, placed

OWN_PAGES = {"home", "jobs", "job_new", "market", "pay", "messages", "me"}


def a_paid_day(phone: Phone, **job: object) -> dict[str, UUID]:
    """One of every row that an address of the employer names."""
    shift = cast.shift(phone.employer, instant_confirmation=False, **job)
    held, offer = placed(shift, "张三"), applicant(shift, cast.worker("李四"))
    with during(shift):
        phone.send("roll_call", shift.id, came=[str(held.id)])
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(held.id)])
        with within(SYSTEM):
            wage = Wage.objects.get(placement=held)
        phone.send("wage", wage.id, amount_fen="20", way="cash")
    with within(SYSTEM):
        payment = wage.payments.get()
    return {"jobs": shift.job_id, "shifts": shift.id, "offers": offer.id, "people": held.id} | {
        "pay": wage.id,
        "receipts": payment.id,
    }


@pytest.mark.parametrize("pattern", [p for p in urlpatterns if "<uuid" in str(p.pattern)], ids=lambda p: p.name)
def test_another_employers_rows_are_not_there(county: None, pattern: object) -> None:
    theirs = a_paid_day(phone_of(cast.employer()))
    stranger = phone_of(cast.employer("别家公司"))
    address = reverse(f"employer:{pattern.name}", args=[theirs[str(pattern.pattern).split("/")[0]]])  # type: ignore[attr-defined]
    assert {stranger.client.get(address).status_code, stranger.client.post(address).status_code} <= {404, 405}
    assert 404 in {stranger.client.get(address).status_code, stranger.client.post(address).status_code}


def test_another_employers_job_does_not_fill_the_form(county: None) -> None:
    theirs = cast.job(cast.employer())
    stranger = phone_of(cast.employer("别家公司"))
    assert stranger.open("job_new", **{"from": str(theirs.id)}).status_code == 404


@pytest.mark.parametrize("route", sorted(OWN_PAGES))
def test_without_a_login_every_page_leads_to_the_door(county: None, route: str) -> None:
    answer = Client().get(reverse(f"employer:{route}"))
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("signin:employer"))


def test_an_agency_works_on_what_is_entrusted_to_it_and_on_nothing_else(county: None) -> None:
    client, agency = cast.employer(), phone_of(cast.employer("人和人力", kind="agency"), role="agency")
    with within(SYSTEM):
        job = post(new=cast.new_job(client, entrusted_to_id=agency.employer.id), by=cast.clerk(), source="desk")
    shift = job.shifts.select_related("job").get()
    other = cast.shift(client, title="装车", days=3)
    held = placed(shift, "张三")
    assert "1 人确认" in agency.read("home") and "卸货" in agency.read("jobs")
    with during(shift):
        assert "1 个人到了" in agency.sent("roll_call", shift.id, came=[str(held.id)])
    with clock.at(shift.ends):
        agency.send("hours", shift.id, who=[str(held.id)])
        assert "220 元" in agency.read("pay")
    with within(SYSTEM):
        assert Placement.objects.get(pk=held.pk).state == "finished"
        assert Job.objects.get(pk=job.pk).employer_id == client.id
    assert agency.open("shift", other.id).status_code == 404


@pytest.fixture
def busy(phone: Phone) -> Callable[[int], None]:
    """So many more shifts with applicants and confirmed people."""

    def busy(more: int) -> None:
        for n in range(more):
            shift = cast.shift(phone.employer, title=f"活{clock.now():%f}{n}", instant_confirmation=False)
            placed(shift, "张三")
            applicant(shift, cast.worker("李四"))

    return busy


@pytest.mark.parametrize("route", ["home", "jobs", "pay", "messages"])
def test_lists_of_any_length_take_the_same_number_of_queries(
    phone: Phone,
    busy: Callable[[int], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    route: str,
) -> None:
    busy(1)
    with django_assert_max_num_queries(60) as few:
        phone.read(route)
        queries = len(few)
    busy(3)
    with django_assert_max_num_queries(queries):
        phone.read(route)


@pytest.mark.parametrize("route", ["shift", "hours", "shift_pay"])
def test_a_shift_of_any_size_takes_the_same_number_of_queries(
    phone: Phone, django_assert_max_num_queries: DjangoAssertNumQueries, route: str
) -> None:
    shift = cast.shift(phone.employer, places=6)

    def more(*names: str) -> None:
        people = [placed(shift, name) for name in names]
        with during(shift):
            phone.send("roll_call", shift.id, came=[str(held.id) for held in people])
        if route == "shift_pay":
            with clock.at(shift.ends):
                phone.send("hours", shift.id, who=[str(held.id) for held in people])

    more("张三")
    with clock.at(shift.ends - timedelta(minutes=1)):
        with django_assert_max_num_queries(60) as few:
            phone.read(route, shift.id)
            queries = len(few)
        more("李四", "王五", "赵六")
        with django_assert_max_num_queries(queries):
            phone.read(route, shift.id)
