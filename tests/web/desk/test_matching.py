"""Why two are brought together, and whom a wave asked, as the desk and the auditor read it."""

from datetime import timedelta

from django.test import Client

from linggong.dispatch import operations as dispatch
from linggong.dispatch import pool
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from tests import cast
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import said


def test_a_pair_is_explained_in_a_sentence_and_term_by_term(desk: Client) -> None:
    worker, shift = cast.worker(reach_m=20000), cast.shift()
    [suggestion] = pool.shortlist(shift).suggestions
    page = said(desk.get(f"/desk/shifts/{shift.id}/why/{worker.id}/"))
    assert "会装卸搬运工" in page and "没有什么不合适的" in page
    assert str(suggestion.fit) in page and str(suggestion.terms["distance"]) in page
    assert "2026-1" in page


def test_what_speaks_against_a_pair_is_named(desk: Client) -> None:
    worker, shift = cast.worker(trades=("cook",), reach_m=20000), cast.shift()
    assert "为什么不能派" in said(desk.get(f"/desk/shifts/{shift.id}/why/{worker.id}/"))


def test_nobody_of_another_county_is_explained_here(signed_in: SignIn) -> None:
    worker, shift = cast.worker(), cast.shift()
    neighbour = signed_in(division=cast.NEIGHBOUR)
    assert neighbour.get(f"/desk/shifts/{shift.id}/why/{worker.id}/").status_code == 404


def test_each_wave_says_whom_it_asked_in_which_order_and_by_what(desk: Client) -> None:
    for name in ("甲", "乙"):
        cast.worker(name, reach_m=20000)
    shift = cast.shift()
    order = [each.worker.name for each in pool.shortlist(shift).suggestions]
    assert "还没有成批问过人" in said(desk.get(f"/desk/shifts/{shift.id}/why/"))
    with clock.at(shift.starts - timedelta(hours=16)):
        dispatch.advance(shift, by=system("test"))
    with within(cast.clerk()):
        wave = shift.waves.get()
    page = said(desk.get(f"/desk/shifts/{shift.id}/why/"))
    assert page.index(order[0]) < page.index(order[1])
    assert "第 1 批" in page and "估计 30% 会去" in page
    assert str(wave.log_position) in page and "通常的可能性" in page
    assert "离工地" in page and "离您" not in page
