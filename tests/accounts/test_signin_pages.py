"""The sign-in pages, as a browser without scripts walks them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linggong.accounts import operations
from linggong.accounts.models import Account
from linggong.employers import operations as employers
from linggong.employers.records import NewEmployer
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.credit_code import make_credit_code
from tests import cast
from tests.accounts.conftest import TELEPHONE, codes_sent, newest_code

pytestmark = pytest.mark.usefixtures("county")
PASSWORD = "ma-chang-zhen-2026"
CHIEF = Viewer(role="administrator", name="管理员", division=cast.COUNTY)


@pytest.fixture
def clerk() -> Account:
    return operations.create_staff(
        username="liufang", name="刘芳", role="window_clerk", division=cast.COUNTY, password=PASSWORD, by=CHIEF
    )


def an_employer(seed: int, name: str, kind: str = "firm") -> None:
    new = NewEmployer(kind, name, make_credit_code(seed), "张建国", TELEPHONE, cast.TOWN)
    employers.register(new=new, by=cast.clerk(), source="desk")


def ask(client: Client, door: str = "worker", telephone: str = TELEPHONE) -> Any:
    return client.post(f"/signin/{door}/", {"telephone": telephone})


def prove(client: Client, door: str = "worker", telephone: str = TELEPHONE) -> Any:
    ask(client, door, telephone)
    return client.post(f"/signin/{door}/code/", {"code": newest_code()})


def signed_in(client: Client) -> Account | None:
    user = client.get("/signin/staff/").wsgi_request.user
    return user if isinstance(user, Account) else None


class TestByTelephone:
    def test_a_worker_lands_on_their_page(self, client: Client) -> None:
        worker = cast.worker(telephone=TELEPHONE)
        answer = prove(client)
        assert answer.headers["Location"] == "/worker/"
        account = signed_in(client)
        assert account and (account.role, account.worker_id) == ("worker", worker.id)

    def test_the_second_time_it_is_the_same_login(self, client: Client) -> None:
        cast.worker(telephone=TELEPHONE)
        prove(client)
        first = signed_in(client)
        client.post("/signout/")
        with clock.at(clock.now() + timedelta(minutes=2)):
            prove(client)
        assert signed_in(client) == first

    def test_somebody_new_goes_on_to_register_with_the_number_proven(self, client: Client) -> None:
        for door in ("worker", "employer"):
            other = Client()
            number = cast.telephone()
            assert prove(other, door, number).headers["Location"] == f"/{door}/register/"
            assert other.session["proven_telephone"] == number
            assert signed_in(other) is None

    def test_a_family_chooses_who_it_is(self, client: Client) -> None:
        father, son = (cast.worker(name, telephone=TELEPHONE) for name in ("王建国", "王小军"))
        assert prove(client).headers["Location"] == "/signin/worker/who/"
        page = client.get("/signin/worker/who/").content.decode()
        assert father.name in page and str(son.card_number) in page
        client.post("/signin/worker/who/", {"who": str(son.id)})
        account = signed_in(client)
        assert account and account.worker_id == son.id

    def test_nobody_can_choose_a_person_of_another_telephone(self, client: Client) -> None:
        cast.worker("王建国", telephone=TELEPHONE)
        cast.worker("王小军", telephone=TELEPHONE)
        stranger = cast.worker("李强")
        prove(client)
        client.post("/signin/worker/who/", {"who": str(stranger.id)})
        assert signed_in(client) is None

    def test_nobody_can_choose_without_a_code_or_long_after_it(self, client: Client) -> None:
        for name in ("王建国", "王小军"):
            cast.worker(name, telephone=TELEPHONE)
        assert client.get("/signin/worker/who/").headers["Location"] == "/signin/worker/"
        ask(client)
        assert client.get("/signin/worker/who/").headers["Location"] == "/signin/worker/"
        client.post("/signin/worker/code/", {"code": newest_code()})
        with clock.at(clock.now() + timedelta(minutes=11)):
            assert client.get("/signin/worker/who/").headers["Location"] == "/signin/worker/"

    @pytest.mark.parametrize(("kind", "role"), [("firm", "employer"), ("agency", "agency")])
    def test_employers_and_agencies_land_on_theirs(self, client: Client, kind: str, role: str) -> None:
        an_employer(1, "宏达搬运", kind)
        assert prove(client, "employer").headers["Location"] == "/employer/"
        account = signed_in(client)
        assert account and account.role == role

    def test_one_telephone_may_stand_for_several_firms(self, client: Client) -> None:
        an_employer(1, "宏达搬运")
        an_employer(2, "安泰超市", "shop")
        prove(client, "employer")
        page = client.get("/signin/employer/who/").content.decode()
        assert "宏达搬运" in page and "安泰超市" in page

    def test_a_known_and_an_unknown_number_get_the_same_answer(self) -> None:
        cast.worker(telephone=TELEPHONE)
        known, unknown = Client(), Client()
        asked = [ask(known), ask(unknown, telephone="13935512345")]
        assert len({(answer.status_code, answer.headers["Location"]) for answer in asked}) == 1
        assert codes_sent() == 2
        pages = [client.post("/signin/worker/code/", {"code": "000000x"}) for client in (known, unknown)]
        shown = {_without_token(page.content.decode()).replace("139****2345", "138****2345") for page in pages}
        assert len(shown) == 1

    def test_wrong_codes_count_through_the_page(self, client: Client) -> None:
        cast.worker(telephone=TELEPHONE)
        ask(client)
        right = newest_code()
        for _ in range(5):
            page = client.post("/signin/worker/code/", {"code": "000000" if right != "000000" else "111111"})
            assert "验证码不对" in page.content.decode()
        client.post("/signin/worker/code/", {"code": right})
        assert signed_in(client) is None

    def test_another_code_too_soon_is_refused_in_words(self, client: Client) -> None:
        ask(client)
        page = client.post("/signin/worker/code/", {"again": "1"}, follow=True)
        assert "请等一分钟" in page.content.decode()
        with clock.at(clock.now() + timedelta(minutes=2)):
            page = client.post("/signin/worker/code/", {"again": "1"}, follow=True)
        assert "已经发出" in page.content.decode()
        assert codes_sent() == 2

    def test_a_mistyped_number_keeps_what_was_typed(self, client: Client) -> None:
        page = ask(client, telephone="1383551234").content.decode()
        assert "1383551234" in page and "11位" in page
        assert codes_sent() == 0

    def test_the_page_of_the_code_needs_a_number_first(self, client: Client) -> None:
        assert client.get("/signin/worker/code/").headers["Location"] == "/signin/worker/"

    def test_a_closed_login_is_told_whom_to_ask(self, client: Client) -> None:
        worker = cast.worker(telephone=TELEPHONE)
        account = operations.account_for(role="worker", subject_id=worker.id, name=worker.name, by=system("test"))
        operations.deactivate(account=account, by=system("test"))
        assert "已停用" in prove(client).content.decode()
        assert signed_in(client) is None

    def test_the_whole_number_stands_on_no_page(self, client: Client) -> None:
        page = client.get(ask(client).headers["Location"]).content.decode()
        assert TELEPHONE not in page and "138****2345" in page


class TestByPassword:
    def sign_in(self, client: Client, password: str = PASSWORD, query: str = "") -> Any:
        return client.post(f"/signin/staff/{query}", {"username": "liufang", "password": password})

    def test_staff_land_on_the_desk(self, client: Client, clerk: Account) -> None:
        assert self.sign_in(client).headers["Location"] == "/desk/"
        assert signed_in(client) == clerk

    def test_or_where_they_wanted_to_be(self, client: Client, clerk: Account) -> None:
        client.get("/signin/staff/?next=/desk/workers/")
        assert self.sign_in(client).headers["Location"] == "/desk/workers/"

    @pytest.mark.parametrize("wanted", ["https://elsewhere.cn/desk/", "//elsewhere.cn", "/worker/", "javascript:1"])
    def test_but_nowhere_else(self, client: Client, clerk: Account, wanted: str) -> None:
        client.get("/signin/staff/", {"next": wanted})
        assert self.sign_in(client).headers["Location"] == "/desk/"

    def test_the_fifth_failure_locks_the_name_even_for_the_right_password(self, client: Client, clerk: Account) -> None:
        answers = [self.sign_in(client, "wrong") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 4 + [429]
        locked = self.sign_in(client)
        assert locked.status_code == 429
        assert "锁定 15 分钟" in locked.content.decode()
        assert signed_in(client) is None

    def test_other_names_stay_open(self, client: Client, clerk: Account) -> None:
        for _ in range(5):
            client.post("/signin/staff/", {"username": "somebody", "password": "wrong"})
        assert self.sign_in(client).headers["Location"] == "/desk/"

    def test_an_unknown_name_and_a_wrong_password_look_the_same(self, client: Client, clerk: Account) -> None:
        pages = [
            client.post("/signin/staff/", {"username": name, "password": "wrong"}).content.decode()
            for name in ("liufang", "nobody1")
        ]
        assert len({_without_token(page.replace("nobody1", "liufang")) for page in pages}) == 1

    def test_a_session_dies_with_its_login(self, client: Client, clerk: Account) -> None:
        self.sign_in(client)
        operations.deactivate(account=clerk, by=CHIEF)
        assert signed_in(client) is None

    def test_a_new_password_ends_the_sessions_of_the_old(self, client: Client, clerk: Account) -> None:
        self.sign_in(client)
        operations.set_password(account=clerk, password="another-one-2026", by=CHIEF)
        assert signed_in(client) is None
        assert self.sign_in(client, "another-one-2026").headers["Location"] == "/desk/"

    def test_the_password_never_comes_back_on_the_page(self, client: Client, clerk: Account) -> None:
        assert "wrong-but-close" not in self.sign_in(client, "wrong-but-close").content.decode()


class TestOut:
    def test_signing_out_ends_the_session_and_forgets_the_telephone(self, client: Client) -> None:
        cast.worker(telephone=TELEPHONE)
        prove(client)
        client.post("/signout/")
        assert signed_in(client) is None
        assert "asked_telephone" not in client.session

    def test_a_link_alone_signs_nobody_out(self, client: Client) -> None:
        assert client.get("/signout/").status_code == 405

    def test_who_is_in_goes_from_the_doors_to_their_page(self, client: Client) -> None:
        cast.worker(telephone=TELEPHONE)
        prove(client)
        assert client.get("/signin/").headers["Location"] == "/worker/"


def test_every_page_stands_in_both_languages(client: Client) -> None:
    ask(client)
    for path in ("/signin/", "/signin/staff/", "/signin/worker/", "/signin/employer/", "/signin/worker/code/"):
        chinese = client.get(path, headers={"accept-language": "zh-hans"}).content.decode()
        english = client.get(path, headers={"accept-language": "en"}).content.decode()
        assert "登录" in chinese
        assert "登录" not in english


def _without_token(page: str) -> str:
    return re.sub('name="csrfmiddlewaretoken" value="[^"]+"', "", page)
