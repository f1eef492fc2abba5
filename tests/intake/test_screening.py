"""Every rule finds what it is there for, and keeps quiet where the text denies it."""

import pytest

from linggong.intake.screening import RULES, PostFacts, screen_post, screen_text


def rules_of(text: str) -> set[str]:
    return {finding.rule for finding in screen_text(text)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("入职先交押金200，干满一月退", "fee_upfront"),
        ("报名费50元交给前台", "fee_upfront"),
        ("服装费自己出，一百八", "fee_upfront"),
        ("淘宝刷单，一单一结", "suspected_scam"),
        ("高价租微信号，一天150", "suspected_scam"),
        ("在家打字，日赚三百", "suspected_scam"),
        ("缅甸那边招客服，月薪三万包机票", "suspected_scam"),
        ("念小学的娃娃星期天来也收", "underage"),
        ("15岁以上就能来", "underage"),
        ("身份证押在店里，辞工再还", "document_withholding"),
        ("来了以后证件统一保管", "document_withholding"),
        ("KTV招陪酒小妹", "sexual_or_illegal"),
        ("找人替考科目一", "sexual_or_illegal"),
        ("需购买保温箱和工服共260元", "fee_upfront"),
        ("手机号借我接个码，一次五十", "suspected_scam"),
        ("十四五的丫头小子都行", "underage"),
        ("学生证先收上来，干完再发还", "document_withholding"),
        ("证件一律船东拿着，上岸还", "document_withholding"),
        ("散装酒灌进名牌瓶，夜里干", "sexual_or_illegal"),
        ("夜里偷着挖河沙，天亮前撤", "sexual_or_illegal"),
        ("按摩会馆招技师，提供全套，日薪1000", "sexual_or_illegal"),
        ("印点证件、章子，一个月两万", "sexual_or_illegal"),
        ("用自己银行卡帮平台收款，日佣1500", "suspected_scam"),
    ],
)
def test_a_rule_finds_its_signs(text: str, rule: str) -> None:
    assert rule in rules_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "不要押金，不收任何费用",
        "凡是收报名费的都是骗子",
        "免服装费，体检费公司报销",
        "无押金，工资日结",
        "带好身份证登记，不扣证件",
        "身份证复印件一份",
        "未成年勿扰",
        "接送小学生，辅导作业",
        "住家保姆，带一个3岁娃娃，做饭",
        "砌墙师傅3名，一天300，管午饭",
        "押金体检费统统不要",
        "押金、体检费老板全包",
        "前台收银，负责收押金退房卡",
        "黑砖窑那种咱不干",
        "陪读阿姨，孩子上初中，管做饭",
        "白酒厂灌装工，流水线",
    ],
)
def test_a_denied_sign_is_none(text: str) -> None:
    assert rules_of(text) == set()


def test_a_finding_points_at_the_words_and_names_the_law() -> None:
    text = "招洗碗工👏，先交押金２００"
    (finding,) = screen_text(text)
    assert finding.span is not None
    assert text[slice(*finding.span)] in {"押金", "先交押金２００"}
    assert "劳动合同法" in finding.ground


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_words_and_a_ground(rule: str) -> None:
    post = PostFacts(
        title="押金200 刷单 陪酒 身份证押在厂里",
        pay_fen_min=100,
        pay_unit="hour",
        hours_per_day=13,
        age_min=15,
        gender="male",
        minimum_wage_fen_per_hour=2000,
    )
    found = {finding.rule: finding for finding in screen_post(post)}
    assert found[rule].sentence_zh and found[rule].sentence_en and "《" in found[rule].ground


def test_a_lawful_ground_lifts_the_restriction_by_sex() -> None:
    assert screen_post(PostFacts(gender="male", gender_ground="矿山井下作业")) == ()
    assert [each.rule for each in screen_post(PostFacts(gender="male"))] == ["gender_restriction"]


@pytest.mark.parametrize(
    ("pay_fen", "unit", "hours", "under"),
    [
        (1999, "hour", None, True),
        (2000, "hour", None, False),
        (16000, "day", 8, False),
        (16000, "day", 10, True),
        (15999, "day", None, True),
        (197999, "month", None, True),
        (198000, "month", 14, False),
        (100, "piece", None, False),
        (None, "day", 8, False),
    ],
)
def test_pay_is_held_against_the_minimum_of_the_place(
    pay_fen: int | None, unit: str, hours: float | None, under: bool
) -> None:
    post = PostFacts(
        pay_fen_min=pay_fen,
        pay_unit=unit,  # type: ignore[arg-type]
        hours_per_day=hours,
        minimum_wage_fen_per_hour=2000,
        minimum_wage_fen_per_month=198000,
    )
    assert ("pay_under_minimum" in {each.rule for each in screen_post(post)}) is under


def test_without_an_hourly_minimum_the_monthly_one_is_spread_over_the_hours() -> None:
    post = PostFacts(pay_fen_min=1000, pay_unit="hour", minimum_wage_fen_per_month=198000)
    assert [each.rule for each in screen_post(post)] == ["pay_under_minimum"]
