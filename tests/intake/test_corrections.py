"""A correction changes in the earlier post what it speaks of, and nothing else."""

from datetime import datetime

import pytest

from linggong.intake import read
from linggong.intake.corrections import Change, correct, is_correction
from linggong.intake.shape import Reading
from linggong.lib.clock import SHANGHAI

MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=SHANGHAI)
NEXT_DAY = datetime(2026, 11, 22, 7, 0, tzinfo=SHANGHAI)


@pytest.fixture
def one_job() -> Reading:
    return read("招瓦工3名，一天300，早上7点开工，明天开工，管午饭，龙湾花园，13812345678", MORNING)


@pytest.fixture
def two_jobs() -> Reading:
    return read("招瓦工3名300一天，小工5名180一天，明天开工，龙湾花园，13812345678", MORNING)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("更正：昨天那个瓦工改成320", {"pay_min": 320, "pay_max": 320}),
        ("更正一下，工资300改成350", {"pay_min": 350, "pay_max": 350}),
        ("刚才发错了，时间应该是8点，不是7点", {"start_time": "08:00"}),
        ("更正：人数改为5人", {"headcount": 5}),
        ("打错了，要5个，一天310", {"headcount": 5, "pay_min": 310, "pay_max": 310}),
        ("电话写错了，应该是13912345678", {"phone": ["13912345678"]}),
        ("地点改到城南花园", {"place": "城南花园"}),
        ("时间改到后天开工", {"start_date": "2026-11-24"}),
        ("补充：管住", {"lodging": True}),
        ("更正：不管饭，自带午饭", {"meals": False}),
        ("发错了，一个月6000", {"pay_min": 6000, "pay_max": 6000, "pay_unit": "month"}),
    ],
)
def test_what_a_correction_says_holds(text: str, changed: dict[str, object], one_job: Reading) -> None:
    corrected = correct(one_job, text, NEXT_DAY)
    assert corrected.reading.items[0].as_schema() == one_job.items[0].as_schema() | changed
    assert {change.field: change.after for change in corrected.changes} == changed
    assert all(change.before == one_job.items[0].as_schema()[change.field] for change in corrected.changes)


def test_of_several_jobs_the_one_named_is_changed(two_jobs: Reading) -> None:
    corrected = correct(two_jobs, "更正：小工改成200一天", NEXT_DAY)
    assert corrected.changes == (Change(1, "pay_min", 180, 200), Change(1, "pay_max", 180, 200))
    assert corrected.reading.items[0] == two_jobs.items[0]


def test_what_all_jobs_share_is_changed_in_all(two_jobs: Reading) -> None:
    corrected = correct(two_jobs, "地点发错了，应该是城南花园", NEXT_DAY)
    assert [item.as_schema()["place"] for item in corrected.reading.items] == ["城南花园", "城南花园"]


def test_what_might_mean_either_job_changes_none(two_jobs: Reading) -> None:
    assert correct(two_jobs, "更正：工资改成350", NEXT_DAY).changes == ()


def test_a_changed_field_points_at_no_place_in_the_earlier_text(one_job: Reading) -> None:
    item = correct(one_job, "更正：改成320", NEXT_DAY).reading.items[0]
    assert item.pay_min is not None and item.pay_min.spans == ()
    assert item.place == one_job.items[0].place


@pytest.mark.parametrize("text", ["昨天那个瓦工不用了", "人已经招到了，取消", "够了够了，人已满了"])
def test_a_withdrawal_is_told(text: str, one_job: Reading) -> None:
    corrected = correct(one_job, text, NEXT_DAY)
    assert (corrected.withdrawn, corrected.changes) == (True, ())


def test_a_correction_is_known_by_its_words() -> None:
    assert is_correction("更正：昨天那个瓦工改成320")
    assert not is_correction("招瓦工3名，一天300")
