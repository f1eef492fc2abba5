"""Weights and rules: seen by all staff, changed by an administrator with a reason, tried before they are saved."""

from typing import Any

import pytest
from django.test import Client

from linggong.dispatch import pool, rules, weights
from linggong.dispatch.models import MatchingWeights
from linggong.foundation.scope import within
from linggong.matching.fit import USUAL_WEIGHTS
from tests import cast
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import said, text

PAGE, RULES = "/desk/matching/", "/desk/matching/rules/"


@pytest.fixture
def administrator(signed_in: SignIn) -> Client:
    return signed_in("administrator", name="吴芳")


def typed(act: str, **changes: Any) -> dict[str, Any]:
    usual = {term: getattr(USUAL_WEIGHTS, term) for term in weights.TERMS}
    return {"act": act, "seen": weights.weights_of(cast.COUNTY).version, **usual, **changes}


def versions() -> list[str]:
    with within(cast.clerk()):
        return list(MatchingWeights.objects.order_by("valid_from").values_list("version", flat=True))


def test_everybody_at_the_desk_reads_what_each_weight_means_and_only_an_administrator_changes_it(
    desk: Client, administrator: Client
) -> None:
    page = said(desk.get(PAGE))
    assert "离得近" in page and "正好够给一半" in page and "要改请找本地管理员" in page
    assert "看看会怎样" in said(administrator.get(PAGE))
    assert desk.post(PAGE, typed("save", distance=900, reason="路远")).status_code == 403
    assert desk.post(RULES, {"rules-priority_percent": 50, "rules-reason": "试行"}).status_code == 403
    assert versions() == []


def test_the_effect_on_an_open_shift_is_shown_before_anything_is_saved(administrator: Client) -> None:
    near = cast.worker("近邻", latitude=36.252, longitude=113.131, reach_m=9000)
    far = cast.worker("远客", latitude=36.18, longitude=113.131, reach_m=9000, priority_groups=("migrant",))
    shift = cast.shift()
    assert [each.worker for each in pool.shortlist(shift).suggestions] == [near, far]
    page = text(administrator.post(PAGE, typed("try", priority=900, shift=str(shift.id))))
    before, after = page.split("改了以后的前十")
    assert before.index("近邻") < before.index("远客") and after.index("远客") < after.index("近邻")
    assert "原来第 2" in after
    assert versions() == []
    [first, *_] = pool.trial(shift, weights.proposed(cast.COUNTY, {"priority": 900}))[1]
    assert str(first.suggestion.fit) in after


def test_saved_with_a_reason_it_is_a_new_version_and_the_old_one_is_kept(administrator: Client) -> None:
    cast.worker(reach_m=9000), cast.shift()
    assert "请写一句为什么改" in text(administrator.post(PAGE, typed("save", distance=400)))
    administrator.post(PAGE, typed("save", distance=400, reason="路远的人来不了"))
    administrator.post(PAGE, typed("save", distance=400, pay=200, reason="工钱更要紧"))
    assert versions() == [f"{cast.COUNTY}-1", f"{cast.COUNTY}-2"]
    now = weights.weights_of(cast.COUNTY)
    assert (now.distance, now.pay) == (400, 200)
    page = said(administrator.get(PAGE))
    assert "250 → 400" in page and "150 → 200" in page and "路远的人来不了" in page and "吴芳" in page
    assert page.index("工钱更要紧") < page.index("路远的人来不了")


def test_whoever_changes_what_somebody_else_has_just_changed_is_told(administrator: Client) -> None:
    stale = typed("save", distance=400, reason="路远")
    administrator.post(PAGE, typed("save", pay=200, reason="工钱更要紧"))
    page = text(administrator.post(PAGE, stale))
    assert "刚才有人改过了" in page and len(versions()) == 1


@pytest.mark.parametrize("changes", [{"distance": -1}, {"distance": "很多"}, {"distance": ""}, {"pay": 99999}])
def test_what_is_no_number_of_points_is_said_at_its_field(administrator: Client, changes: dict[str, Any]) -> None:
    response = administrator.post(PAGE, typed("save", reason="试行", **changes))
    assert response.status_code == 200 and b"aria-invalid" in response.content
    assert versions() == []


def test_points_that_no_index_can_hold_are_refused_in_words(administrator: Client) -> None:
    heavy = dict.fromkeys(("trade", "skill_step", "distance", "pay", "kept", "rating"), 9999)
    assert "最多 32767 分" in text(administrator.post(PAGE, typed("try", **heavy)))


def test_nothing_changed_is_no_new_version(administrator: Client) -> None:
    assert "和现在的一样" in text(administrator.post(PAGE, typed("save", reason="试行")))
    assert versions() == []


def test_the_rules_of_plans_are_set_with_a_reason(administrator: Client) -> None:
    sent = {"rules-priority_percent": "30", "rules-week_hours": "44", "rules-reason": "照顾困难群体"}
    assert administrator.post(RULES, sent).status_code == 302
    assert rules.rules_of(cast.TOWN) == rules.Rules(30, 44)
    page = said(administrator.get(PAGE))
    assert "重点群体 30%" in page and "每周最多 44 小时" in page and "照顾困难群体" in page
    assert "请填 0 到 100" in text(administrator.post(RULES, sent | {"rules-priority_percent": "130"}))
    assert "请填 8 到 84 小时" in text(administrator.post(RULES, sent | {"rules-week_hours": "2"}))
    assert "请填写" in text(administrator.post(RULES, sent | {"rules-reason": "", "rules-week_hours": ""}))
    assert rules.rules_of(cast.TOWN) == rules.Rules(30, 44)


def test_the_versions_of_a_wave_lead_here(desk: Client) -> None:
    worker, shift = cast.worker(reach_m=20000), cast.shift()
    assert PAGE.encode() in desk.get(f"/desk/shifts/{shift.id}/why/{worker.id}/").content
