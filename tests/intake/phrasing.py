"""Messages of several shapes, into which a phrase is put whose meaning is known."""

from datetime import datetime
from typing import Any

from linggong.intake import read
from linggong.lib.clock import SHANGHAI

SATURDAY = datetime(2026, 11, 21, 6, 40, tzinfo=SHANGHAI)
SHAPES = (
    "招瓦工，{}，龙湾花园，13812345678",
    "急需泥瓦工\n{}\n地点：龙湾花园\n电话：13812345678",
    "瓦工师傅 {} 龙湾花园 13812345678",
    "龙湾花园招聘贴砖师傅。{}。联系13812345678",
)

PLACE_SHAPES = (
    "招瓦工3名，一天300，管午饭，{}，13812345678",
    "急！瓦工8人，300一天，晚上结，{} 13812345678",
    "养生馆招保洁一名，{}，3500一个月，微信baojie88，手机13812345678",
)


def cases(table: dict[Any, str]) -> list[tuple[str, Any]]:
    """Each phrase with what it means; phrases are parted by single spaces."""
    return [(phrase, meaning) for meaning, phrases in table.items() for phrase in phrases.split(" ")]


def items(phrase: str) -> list[dict[str, Any]]:
    readings = [read(shape.format(phrase), SATURDAY).as_schema() for shape in SHAPES]
    assert [reading["kind"] for reading in readings] == ["job"] * len(SHAPES)
    assert [len(reading["items"]) for reading in readings] == [1] * len(SHAPES)
    for reading in readings:
        assert reading["items"][0]["trade"] == "bricklayer"
        assert reading["items"][0]["place"] == "龙湾花园"
        assert "13812345678" in reading["items"][0]["phone"]
    return [reading["items"][0] for reading in readings]
