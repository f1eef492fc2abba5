"""The same job is known again, and what changed is shown."""

from datetime import datetime, timedelta

import pytest

from linggong.intake.corrections import Change
from linggong.intake.duplicates import Known, known, matches
from linggong.lib.clock import SHANGHAI

MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=SHANGHAI)
POST = "招瓦工3名，一天300，管午饭，明天开工，龙湾花园，13812345678"


def said(text: str, *, hours: float = 24, sender: str | None = None) -> Known:
    return known("new", text, MORNING + timedelta(hours=hours), sender)


@pytest.fixture
def earlier() -> list[Known]:
    return [
        known("post", POST, MORNING, "王工"),
        known("other trade", "招服务员3名，2800一月，包吃住，迎泽食府，13812345678", MORNING, "王工"),
        known("other place", "招瓦工6名，一天310，临县碛口工地，管住，15912345678", MORNING, "李工"),
        known("chat", "今天真冷", MORNING, "王工"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        POST,
        "【转发】" + POST + "👏👏",
        "急！招瓦工三名，300块一天，管午饭，龙湾花园，电话１３８１２３４５６７８",
        "招瓦工3名，一天300，管午饭，明天开工，龙湾花园，15512345678",
    ],
)
def test_the_same_job_is_known_from_another_group_or_telephone(text: str, earlier: list[Known]) -> None:
    first, *_ = matches(said(text, hours=1), earlier)
    assert (first.known.id, first.kinship) == ("post", "same")


def test_a_changed_number_and_pay_are_shown(earlier: list[Known]) -> None:
    first, *_ = matches(said("招瓦工5名，一天320，管午饭，龙湾花园，13812345678"), earlier)
    assert (first.known.id, first.kinship) == ("post", "changed")
    assert Change(0, "headcount", 3, 5) in first.changes
    assert Change(0, "pay_min", 300, 320) in first.changes


@pytest.mark.parametrize(
    "text",
    [
        "招电工2名，一天350，龙湾花园，13812345678",
        "招瓦工2名，一天280，平遥南政，18812345678",
        "本人瓦工，找活，13812345678",
    ],
)
def test_another_job_is_another(text: str, earlier: list[Known]) -> None:
    assert matches(said(text), earlier) == ()


def test_a_correction_is_linked_to_the_sender_s_last_post(earlier: list[Known]) -> None:
    (match,) = matches(said("刚才发错了，时间应该是8点，不是7点", hours=1, sender="李工"), earlier)
    assert (match.known.id, match.kinship) == ("other place", "correction")


def test_a_correction_without_an_earlier_post_stands_alone() -> None:
    assert matches(said("刚才发错了，时间应该是8点"), []) == ()


def test_a_correction_comes_within_days(earlier: list[Known]) -> None:
    assert matches(said("刚才发错了，应该是8点", hours=24 * 9, sender="王工"), earlier) == ()
