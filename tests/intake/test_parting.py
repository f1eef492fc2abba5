"""Two jobs in one message, parted in many ways."""

import pytest

from linggong.intake import read
from tests.intake.phrasing import SATURDAY

PARTINGS = (
    "{0}3名300一天，{1}5名180一天，管午饭，龙湾花园，13812345678",
    "招{0}三名，日薪300；{1}五名，日薪180。管午饭。龙湾花园，13812345678",
    "急招：\n1、{0} 3人 300/天\n2、{1} 5人 180/天\n管午饭\n地点：龙湾花园\n13812345678",
    "需要{0}3个，{1}5个，{0}300，{1}180，管午饭，龙湾花园 13812345678",
    "3名{0}（300/天），5名{1}（180/天），管午饭，龙湾花园13812345678",
    "{0}(3人)日薪300 {1}(5人)日薪180 管午饭 龙湾花园 13812345678",
    "①{0}：3名，300元/天②{1}：5名，180元/天。管午饭。龙湾花园，13812345678",
    "招聘{0}、{1}，{0}3人每天300，{1}5人每天180，都管午饭，龙湾花园13812345678",
)
PAIRS = (
    ("瓦工", "小工", "bricklayer", "labourer"),
    ("木工", "钢筋工", "carpenter", "rebar_fixer"),
    ("厨师", "服务员", "cook", "waiter"),
    ("电焊工", "装卸工", "welder", "loader"),
    ("保安", "保洁", "security_guard", "cleaner"),
)


@pytest.mark.parametrize("shape", PARTINGS)
@pytest.mark.parametrize(("first", "second", "one", "other"), PAIRS)
def test_two_jobs_in_one_message(shape: str, first: str, second: str, one: str, other: str) -> None:
    found = read(shape.format(first, second), SATURDAY).as_schema()["items"]
    assert [(item["trade"], item["headcount"], item["pay_min"], item["pay_unit"]) for item in found] == [
        (one, 3, 300, "day"),
        (other, 5, 180, "day"),
    ]
    assert {(item["meals"], item["place"], *item["phone"]) for item in found} == {(True, "龙湾花园", "13812345678")}


EACH = (
    "招{0}、{1}各3名，200一天，龙湾花园，13812345678",
    "{0}{1}各三人，日薪200，龙湾花园，13812345678",
    "需{0}和{1}各3个，工资都是200一天，龙湾花园，13812345678",
)


@pytest.mark.parametrize("shape", EACH)
@pytest.mark.parametrize(("first", "second", "one", "other"), PAIRS[:3])
def test_so_many_of_each(shape: str, first: str, second: str, one: str, other: str) -> None:
    found = read(shape.format(first, second), SATURDAY).as_schema()["items"]
    assert [(item["trade"], item["headcount"], item["pay_min"]) for item in found] == [(one, 3, 200), (other, 3, 200)]
