"""The desk's one box finds people by whatever the clerk happens to know."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.workers import operations, queries
from linggong.workers.errors import NotFound
from linggong.workers.models import Worker
from tests import cast


@pytest.fixture(autouse=True)
def a_county(db: None) -> None:
    cast.county()


@pytest.fixture
def wang() -> Worker:
    return cast.worker("王建国", telephone="13835512345")


def names(text: str, viewer: Viewer | None = None, **options: Any) -> list[str]:
    viewer = viewer or cast.clerk()
    with within(viewer):
        return [worker.name for worker in queries.search(text, viewer, **options)]


@pytest.mark.parametrize(
    "typed",
    [
        "王",
        "王建国",
        " 王 建国",
        "wang",
        "wangjian",
        "WJG",
        "wj",
        "2345",
        "13835512345",
        "138 3551-2345",
        "+8613835512345",
    ],
)
def test_a_worker_is_found_by(wang: Worker, typed: str) -> None:
    assert names(typed) == ["王建国"]


def test_a_worker_is_found_by_card_and_by_identity_number(wang: Worker) -> None:
    assert names(str(wang.card_number)) == ["王建国"]
    assert names(wang.identity_number.open().lower()) == ["王建国"]


@pytest.mark.parametrize("typed", ["", "  ", "李", "0000", "建国x", "\x00", "%", "_", "' OR 1=1", "9" * 400])
def test_what_is_nobodys_finds_nobody(wang: Worker, typed: str) -> None:
    assert names(typed) == []


def test_the_readings_of_a_family_name_all_lead_to_the_person() -> None:
    cast.worker("单雄信")
    assert names("shanxiong") == names("dxx") == names("sxx") == ["单雄信"]


def test_the_exact_name_comes_before_longer_ones() -> None:
    cast.worker("王刚强")
    cast.worker("王刚")
    assert names("王刚") == ["王刚", "王刚强"]


def test_the_holder_of_a_card_comes_before_telephones_that_end_so(wang: Worker) -> None:
    cast.worker("李四", telephone=f"1390000{wang.card_number:04d}")
    assert names(str(wang.card_number)) == ["王建国", "李四"]


def test_a_list_ends_at_its_limit() -> None:
    for _ in range(4):
        cast.worker()
    assert len(names("wjg", limit=3)) == 3


def test_search_reaches_no_further_than_the_viewers_division(wang: Worker) -> None:
    for typed in ("王建国", "2345", str(wang.card_number), "13835512345"):
        assert names(typed, cast.town_clerk()) == ["王建国"]
        assert names(typed, cast.neighbour_clerk()) == []


def test_the_number_of_queries_does_not_depend_on_what_is_found() -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            names("wjg")
        return len(queries_made)

    cast.worker()
    few = asked()
    for _ in range(9):
        cast.worker(trades=("loader", "cook"))
    assert asked() == few


def test_a_changed_name_is_found_and_the_old_one_no_more(wang: Worker) -> None:
    operations.update(worker=wang, changes={"name": "李建国", "telephone": "13900007777"}, by=cast.clerk())
    assert names("ljg") == names("7777") == ["李建国"]
    assert names("wjg") == names("2345") == []


def test_a_card_leads_to_its_holder(wang: Worker) -> None:
    with within(cast.clerk()):
        assert queries.by_card(f" {wang.card_number} ", cast.clerk()) == wang


@pytest.mark.parametrize("number", ["", "abc", "-1", "9" * 30, "1.5", 0])
def test_a_card_that_nobody_holds_is_not_found(number: str | int) -> None:
    with within(cast.clerk()), pytest.raises(NotFound):
        queries.by_card(number, cast.clerk())


def test_who_is_out_of_scope_is_not_found(wang: Worker) -> None:
    with within(cast.neighbour_clerk()), pytest.raises(NotFound):
        queries.worker(wang.id, cast.neighbour_clerk())
    for missing in (uuid4(), "no-id"):
        with within(cast.clerk()), pytest.raises(NotFound):
            queries.worker(missing, cast.clerk())


def test_a_worker_sees_themselves_and_nobody_else(wang: Worker) -> None:
    other = cast.worker("李四")
    viewer = cast.viewer_of_worker(wang)
    with within(viewer):
        assert queries.worker(wang.id, viewer) == wang
        with pytest.raises(NotFound):
            queries.worker(other.id, viewer)
