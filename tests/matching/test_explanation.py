import pytest

from linggong.matching.eligibility import Reason
from linggong.matching.explanation import refusal_sentence, sentence
from linggong.matching.fit import fit
from tests.matching.people import SITE, WANG, site, wang


def test_the_worker_reads_trade_way_and_pay():
    assert sentence(WANG, SITE, fit(WANG, SITE)) == "会瓦工, 熟练, 离您 1.4 公里, 走路 18 分钟, 工钱够您要的 200 元一天"


def test_the_same_in_english():
    told = sentence(WANG, SITE, fit(WANG, SITE), "en")
    assert told == (
        "knows the trade (Bricklayer and tiler), skilled, 1.4 km from you, 18 minutes on foot, "
        "it pays the 200 yuan a day you ask"
    )


def test_the_employer_reads_the_record():
    told = sentence(WANG, SITE, fit(WANG, SITE), "zh", "employer")
    assert told.endswith("离工地 1.4 公里, 走路 18 分钟, 要 200 元一天, 10 次约好的活来了 9 次")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_employer_is_not_told_of_hardship(language):
    poor = wang(priority=frozenset({"subsistence"}), idle_days=90)
    assert sentence(poor, SITE, fit(poor, SITE), language, "employer") == sentence(
        WANG, SITE, fit(WANG, SITE), language, "employer"
    )


def test_the_clerk_reads_everything():
    asked = site(named=frozenset({"wang"}), certificates=frozenset({"登高证"}), transport_provided=True)
    poor = wang(priority=frozenset({"subsistence"}))
    told = sentence(poor, asked, fit(poor, asked), "zh", "clerk")
    for part in ("用工方点名", "有登高证", "有车接送", "2 天没有活了", "重点群体", f"合计 {fit(poor, asked).total} 分"):
        assert part in told


def test_one_of_a_thing_is_said_in_the_singular():
    newcomer = wang(idle_days=1, kept=1, missed=0)
    here = site(latitude=WANG.latitude, longitude=WANG.longitude)
    told = sentence(newcomer, here, fit(newcomer, here), "en", "clerk")
    assert "a day without work" in told and "1 of one agreed shift" in told and "a minute on foot" in told
    assert "1 天没有活了" in sentence(newcomer, here, fit(newcomer, here), "zh", "clerk")


def test_less_pay_is_said_plainly():
    modest, cheap = wang(open_to_less=True), site(pay_fen=15_000)
    assert "工钱比您要的 200 元一天少一些, 您说过可以" in sentence(modest, cheap, fit(modest, cheap))


def test_a_way_too_long_to_walk_is_told_in_kilometres_only():
    far = site(latitude=36.30, transport_provided=True)
    assert "离您 11.1 公里, 有车接送" in sentence(WANG, far, fit(WANG, far))


def test_an_unknown_trade_is_told_by_its_code():
    assert "会kite_maker" in sentence(
        wang(trades={"kite_maker": 0}), site(trade="kite_maker"), fit(WANG, site(trade="kite_maker"))
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_its_own_sentence(language):
    told = {refusal_sentence(reason, language) for reason in Reason}
    assert len(told) == len(Reason)
