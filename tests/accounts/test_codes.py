"""Codes by telephone: what they open, for how long, how often, and what they give away."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from linggong.accounts import queries
from linggong.accounts.models import LoginCode
from linggong.accounts.operations import CodeWrong, TooManyCodes, prove_telephone, send_login_code
from linggong.foundation.scope import within
from linggong.foundation.viewer import PUBLIC, system
from linggong.lib import clock
from linggong.lib.telephone import TelephoneRefused
from linggong.notices.models import Notice
from linggong.notices.operations import deliver
from tests.accounts.conftest import TELEPHONE, codes_sent, newest_code

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


@contextmanager
def after(**passed: float) -> Iterator[None]:
    with clock.at(NOON + timedelta(**passed)):
        yield


def send(telephone: str = TELEPHONE, **passed: float) -> str:
    with after(**passed):
        send_login_code(telephone=telephone)
    return newest_code()


def prove(code: str, telephone: str = TELEPHONE, **passed: float) -> str:
    with after(**passed):
        return prove_telephone(telephone=telephone, code=code)


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.usefixtures("db")
class TestACode:
    def test_proves_the_telephone_it_went_to(self) -> None:
        assert prove(send()) == TELEPHONE

    def test_is_taken_however_code_and_number_are_typed(self) -> None:
        code = send("+86 138-3551-2345")
        full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
        assert prove(f" {full_width[:3]} {full_width[3:]}", "１３８３５５１２３４５") == TELEPHONE

    def test_opens_once(self) -> None:
        code = send()
        prove(code)
        with pytest.raises(CodeWrong):
            prove(code)

    def test_expires_after_ten_minutes(self) -> None:
        code = send()
        with pytest.raises(CodeWrong):
            prove(code, minutes=10)

    def test_still_opens_just_before(self) -> None:
        assert prove(send(), minutes=9, seconds=59)

    def test_is_worthless_after_five_wrong_tries(self) -> None:
        code = send()
        for _ in range(5):
            with pytest.raises(CodeWrong):
                prove(another(code))
        with pytest.raises(CodeWrong):
            prove(code)
        assert prove(send(minutes=2), minutes=2) == TELEPHONE

    def test_still_opens_after_four(self) -> None:
        code = send()
        for _ in range(4):
            with pytest.raises(CodeWrong):
                prove(another(code))
        assert prove(code) == TELEPHONE

    def test_is_replaced_by_a_newer_one(self) -> None:
        old, new = send(), send(minutes=2)
        assert old != new, "one in a million: run again"
        with pytest.raises(CodeWrong):
            prove(old, minutes=3)
        assert prove(new, minutes=3)

    def test_opens_no_other_number(self) -> None:
        code = send()
        with pytest.raises(CodeWrong):
            prove(code, "13935512345")

    @pytest.mark.parametrize("telephone", ["0355-2022222", "12345", ""])
    def test_goes_only_to_mobiles(self, telephone: str) -> None:
        with pytest.raises(TelephoneRefused) as refused:
            send(telephone)
        assert refused.value.field == "telephone"


@pytest.mark.usefixtures("db")
class TestThePace:
    def test_is_one_a_minute(self) -> None:
        send()
        with pytest.raises(TooManyCodes):
            send(seconds=59)
        send(seconds=61)

    def test_is_five_an_hour(self) -> None:
        for minute in range(5):
            send(minutes=2 * minute)
        with pytest.raises(TooManyCodes):
            send(minutes=30)
        send(minutes=61)

    def test_of_one_number_does_not_hold_up_another(self) -> None:
        send()
        send("13935512345")
        assert codes_sent() == 2


@pytest.mark.usefixtures("committed")
def test_of_many_requests_at_once_one_code_goes_out() -> None:
    with ThreadPoolExecutor(6) as askers:
        assert sorted(askers.map(lambda _: _asks(), range(6))) == [False] * 5 + [True]
    assert codes_sent() == 1


@pytest.mark.usefixtures("committed")
def test_of_many_guesses_at_once_five_count() -> None:
    send_login_code(telephone=TELEPHONE)
    wrong = another(newest_code())
    with ThreadPoolExecutor(6) as guessers:
        list(guessers.map(lambda _: _guesses(wrong), range(12)))
    assert LoginCode.objects.get().attempts == 5


def _asks() -> bool:
    try:
        send_login_code(telephone=TELEPHONE)
        return True
    except TooManyCodes:
        return False
    finally:
        connection.close()


def _guesses(code: str) -> None:
    try:
        with pytest.raises(CodeWrong):
            prove_telephone(telephone=TELEPHONE, code=code)
    finally:
        connection.close()


@pytest.mark.usefixtures("db")
class TestTheOutbox:
    def test_shows_neither_the_code_nor_the_number(self) -> None:
        code = send()
        with within(system("test")), connection.cursor() as cursor:
            cursor.execute("SELECT n::text FROM notices_notice n UNION ALL SELECT c::text FROM accounts_logincode c")
            rows = " ".join(row for (row,) in cursor.fetchall())
        assert code not in rows
        assert TELEPHONE not in rows

    def test_is_read_by_nobody_from_outside(self) -> None:
        send()
        with within(PUBLIC):
            assert not Notice.objects.exists()

    def test_finds_the_telephone_when_it_delivers(self) -> None:
        send()
        sent: list[tuple[str, str]] = []

        class Taker:
            def send(self, message: object) -> None:
                sent.append((message.telephone, message.text))  # type: ignore[attr-defined]

        with after(seconds=5):
            deliver(Taker(), lambda notice: queries.telephone_of_code(notice.about_id))  # type: ignore[arg-type]
        assert [telephone for telephone, _ in sent] == [TELEPHONE]
