"""Registration with a proven telephone, one's own data, and messages."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from linggong.accounts.models import Account
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.lib.credit_code import make_credit_code
from linggong.lib.identity import make_identity_number
from linggong.posts.vetting import approve
from linggong.web.signin import PROVEN
from tests import cast
from tests.web.employer.conftest import SYSTEM, Phone, phone_of

ADDRESS = "/employer/register/"


def typed(**changed: str) -> dict[str, str]:
    """A shop in 马厂镇."""
    usual = {
        "kind": "shop",
        "name": "马厂镇王记饭店",
        "register_number": make_credit_code(77),
        "contact_name": "王桂英",
    }
    return {**usual, "division": cast.TOWN, "address": "马厂街 3 号", **changed}


@pytest.fixture
def proven(county: None) -> Client:
    """Somebody who has read the code sent to their telephone."""
    client = Client()
    session = client.session
    session[PROVEN] = "13900007777"
    session.save()
    return client


def registered() -> list[Employer]:
    with within(SYSTEM):
        return list(Employer.objects.all())


def test_without_a_proven_telephone_the_way_leads_to_the_door(county: None) -> None:
    assert Client().get(ADDRESS)["Location"] == reverse("signin:employer")


def test_a_shop_registers_enters_and_reads_what_happens_next(proven: Client) -> None:
    page = proven.post(ADDRESS, typed(), follow=True).content.decode()
    assert "登记好了" in page and "还在核验" in page and "一个工作日" in page
    [employer] = registered()
    assert (employer.state, employer.latitude is not None) == (Employer.State.PENDING, True)
    assert Account.objects.get().role == "employer"


def test_an_agency_gets_the_login_of_an_agency(proven: Client) -> None:
    proven.post(ADDRESS, typed(kind="agency"))
    assert Account.objects.get().role == "agency"


def test_a_household_gives_an_identity_number_that_is_masked(proven: Client) -> None:
    number = make_identity_number("140403", date(1980, 5, 6), 31)
    proven.post(ADDRESS, typed(kind="household", name="王桂英", register_number=number))
    page = proven.get("/employer/me/").content.decode()
    assert number not in page and number[:3] in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"register_number": "123"}, "信用代码"),
        ({"register_number": ""}, "请填写"),
        ({"kind": ""}, "请选一个"),
        ({"kind": "king"}, "选"),
        ({"name": " "}, "请填写"),
        ({"name": "长" * 81}, "80"),
        ({"contact_name": "123"}, "姓名"),
        ({"division": "999999"}, "选"),
        ({"division": ""}, "选"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    proven: Client, wrong: dict[str, str], sentence: str
) -> None:
    page = proven.post(ADDRESS, typed(**wrong)).content.decode()
    assert sentence in page and "马厂街 3 号" in page
    assert not registered()


def test_a_known_licence_says_where_it_is_registered(proven: Client) -> None:
    proven.post(ADDRESS, typed())
    again = Client()
    session = again.session
    session[PROVEN] = "13900008888"
    session.save()
    page = again.post(ADDRESS, typed()).content.decode()
    assert "登记过" in page and len(registered()) == 1


def test_whoever_is_signed_in_does_not_register_again(phone: Phone) -> None:
    assert phone.client.get(ADDRESS)["Location"] == "/employer/"


def test_how_people_are_taken_is_chosen_for_the_next_jobs(phone: Phone) -> None:
    assert "改好了" in phone.sent("me", instant="no")
    assert registered()[0].instant_confirmation is False
    assert "选择一个有效的选项" in phone.sent("me", instant="perhaps")
    assert registered()[0].instant_confirmation is False


def test_messages_are_read_and_stay_readable(county: None) -> None:
    employer = cast.employer(vetted=False)
    with within(SYSTEM):
        approve(employer=employer, by=cast.clerk())
    phone = phone_of(employer)
    assert "通过核验" in phone.read("messages") and "新的" in phone.read("messages")
    assert "新的" not in phone.sent("messages") and "通过核验" in phone.read("messages")


def test_an_empty_surface_says_what_to_do_next(phone: Phone) -> None:
    assert "两分钟就发布" in phone.read("home") and "两分钟就发布" in phone.read("jobs")
    assert "没有要付的工钱" in phone.read("pay")
