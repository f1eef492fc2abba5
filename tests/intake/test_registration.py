"""Who writes that they want work gets a draft registration."""

from datetime import date, datetime

from linggong.intake import read
from linggong.intake.registration import DraftRegistration, draft
from linggong.lib.clock import SHANGHAI

POSTED = datetime(2026, 11, 21, 7, 0, tzinfo=SHANGHAI)


def drafted(text: str) -> DraftRegistration | None:
    return draft(text, read(text, POSTED))


def test_a_seeker_s_message_becomes_a_draft() -> None:
    text = "窗口登记：李先生，57周岁，愿意做架子工，会电焊，有登高架设证，一天350，25号以后能上班，介休，18307633654"
    found = drafted(text)
    assert found is not None
    assert (found.name, found.sex, found.age) == ("李先生", "male", 57)
    assert found.trades == ("scaffolder", "welder")
    assert found.certificates == ("登高架设证",)
    assert (found.pay_fen_min, found.pay_unit) == (35000, "day")
    assert found.free_from == date(2026, 11, 25)
    assert (found.place, found.phones) == ("介休", ("18307633654",))
    assert found.remarks == text


def test_what_is_not_said_stays_open() -> None:
    found = drafted("下岗了，啥都能干，给口饭吃的营生就中，18988405974")
    assert found is not None
    assert (found.name, found.sex, found.age, found.trades, found.pay_fen_min) == (None, None, None, (), None)


def test_a_post_is_no_registration() -> None:
    assert drafted("招瓦工3名，一天300，龙湾花园，13812345678") is None
