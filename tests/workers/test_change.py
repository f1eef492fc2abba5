"""Changing what is known of a worker, and looking behind the mask."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.audit.models import Entry
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib.errors import Refusal
from linggong.workers import errors, operations, queries
from linggong.workers.models import Worker
from tests import cast


@pytest.fixture(autouse=True)
def a_county(db: None) -> None:
    cast.county()


@pytest.fixture
def wang() -> Worker:
    return cast.worker("王建国", telephone="13835512345", address="英雄南路2号", wishes="离家近")


def change(worker: Worker, by: Viewer | None = None, **changes: Any) -> Worker:
    return operations.update(worker=worker, changes=changes, by=by or cast.clerk())


def as_kept(worker: Worker) -> Worker:
    with within(cast.clerk()):
        return queries.worker(worker.id, cast.clerk())


def acts(worker: Worker) -> list[str]:
    with within(cast.clerk()):
        return list(Entry.objects.filter(object_id=worker.id).order_by("created_at").values_list("act", flat=True))


def test_what_is_not_changed_stays(wang: Worker) -> None:
    change(wang, pay_asked_fen=22000)
    kept = as_kept(wang)
    assert (kept.pay_asked_fen, kept.name, kept.wishes) == (22000, "王建国", "离家近")
    assert (kept.telephone.open(), kept.address.open()) == ("13835512345", "英雄南路2号")
    assert kept.identity_number.open() == wang.identity_number.open()
    assert kept.card_number == wang.card_number


def test_trades_and_certificates_are_replaced(wang: Worker) -> None:
    change(wang, trades=(("cook", 3),), certificates=(("健康证", date(2027, 1, 1)),))
    kept = as_kept(wang)
    assert [(row.trade, row.skill) for row in kept.trades.all()] == [("cook", 3)]
    assert [(row.name, row.expires_on) for row in kept.certificates.all()] == [("健康证", date(2027, 1, 1))]


def test_whoever_moves_lives_at_the_new_place(wang: Worker) -> None:
    moved = change(wang, division=cast.COUNTY)
    assert (moved.division, moved.latitude) == (cast.COUNTY, 36.20)
    with within(cast.clerk()):
        assert {row.division for row in moved.trades.all()} == {cast.COUNTY}


def test_nobody_is_moved_out_of_the_clerks_division(wang: Worker) -> None:
    with pytest.raises(errors.OutsideScope):
        change(wang, division=cast.NEIGHBOUR)
    assert as_kept(wang).division == cast.TOWN


def test_a_number_cannot_become_somebody_elses(wang: Worker) -> None:
    other = cast.worker("李四")
    with pytest.raises(errors.AlreadyRegistered) as refused:
        change(wang, identity_number=other.identity_number.open())
    assert refused.value.found.worker_id == other.id
    assert as_kept(wang).identity_index == wang.identity_index


def test_a_refused_change_changes_nothing(wang: Worker) -> None:
    with pytest.raises(Refusal):
        change(wang, name="李四", trades=())
    assert as_kept(wang).name == "王建国"


def test_a_worker_changes_their_own_record(wang: Worker) -> None:
    change(wang, by=cast.viewer_of_worker(wang), wishes="只做白天")
    assert as_kept(wang).wishes == "只做白天"


@pytest.mark.parametrize("stranger", [cast.neighbour_clerk, lambda: cast.viewer_of_worker(cast.worker("李四"))])
def test_a_stranger_does_not_find_the_record_to_change(wang: Worker, stranger: Callable[[], Viewer]) -> None:
    with pytest.raises(errors.NotFound):
        change(wang, by=stranger(), wishes="x")


def test_a_change_names_the_fields_in_the_audit(wang: Worker) -> None:
    change(wang, telephone="13900001111", wishes="")
    with within(cast.clerk()):
        entry = Entry.objects.get(object_id=wang.id, act="worker.updated")
    assert entry.detail == {"fields": ["telephone", "wishes"]}


def test_where_the_audit_fails_nothing_is_changed(wang: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the audit is away")

    monkeypatch.setattr("linggong.workers.operations.record", broken)
    with pytest.raises(RuntimeError):
        change(wang, name="李四")
    with pytest.raises(RuntimeError):
        operations.reveal(worker=wang, field="telephone", by=cast.clerk(), why="回访")
    assert as_kept(wang).name == "王建国"


@pytest.mark.parametrize(("field", "plain"), [("telephone", "13835512345"), ("address", "英雄南路2号")])
def test_looking_behind_the_mask_is_recorded(wang: Worker, field: str, plain: str) -> None:
    assert operations.reveal(worker=wang, field=field, by=cast.clerk(), why="电话回访") == plain
    with within(cast.clerk()):
        entry = Entry.objects.get(object_id=wang.id, act="worker.revealed")
    assert (entry.name, entry.detail) == ("刘芳", {"field": field, "why": "电话回访"})


@pytest.mark.parametrize(("field", "why"), [("telephone", " "), ("name", "回访"), ("identity_index", "回访")])
def test_without_a_reason_or_a_sealed_field_nothing_is_shown(wang: Worker, field: str, why: str) -> None:
    with pytest.raises(errors.ValueRefused):
        operations.reveal(worker=wang, field=field, by=cast.clerk(), why=why)
    assert acts(wang) == ["worker.registered"]


def test_who_may_not_look_behind_the_mask_does_not(wang: Worker) -> None:
    with pytest.raises(NotAllowed):
        operations.reveal(worker=wang, field="telephone", by=Viewer(role="auditor", division=cast.COUNTY), why="查")
    with pytest.raises(errors.NotFound):
        operations.reveal(worker=wang, field="telephone", by=cast.neighbour_clerk(), why="查")


def test_a_worker_pauses_and_comes_back(wang: Worker) -> None:
    operations.set_state(worker=wang, state="paused", by=cast.viewer_of_worker(wang))
    assert as_kept(wang).state == "paused"
    operations.set_state(worker=wang, state="active", by=cast.clerk())
    assert acts(wang) == ["worker.registered", "worker.state_changed", "worker.state_changed"]
    with pytest.raises(errors.ValueRefused):
        operations.set_state(worker=wang, state="dead", by=cast.clerk())


def test_an_archived_worker_cannot_sign_in_by_telephone(wang: Worker) -> None:
    operations.set_state(worker=wang, state="archived", by=cast.clerk())
    assert queries.of_telephone("13835512345") == []


def test_the_resume_says_it_in_words() -> None:
    worker = cast.worker(
        "王建国",
        ("bricklayer",),
        identity_number=cast.identity_number(date(1970, 5, 1)),
        pay_asked_fen=22000,
        reach_m=5000,
        weekdays=(5, 6),
        telephone="13835512345",
    )
    with within(cast.clerk()):
        told = queries.resume(worker)
    assert (told.name, told.place, told.telephone) == ("王建国", "潞州区 马厂镇", "138****2345")
    assert told.trades == (("瓦工", "熟练"),)
    assert (told.pay, told.reach, told.days, told.hours) == (
        "一天 220 元",
        "5 公里以内",
        "周六、周日",
        "什么时间都可以",
    )
