"""The day in shards: the same optimum as on one machine, wherever the borders run and whoever is lost."""

import gzip
import re
from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pytest

from linggong.matching.assignment import finish
from linggong.matching.cluster import run
from linggong.matching.cluster.best import best
from linggong.matching.cluster.day import grouped, members_of, packed, unpacked, zipped
from linggong.matching.cluster.here import Here
from linggong.matching.cluster.province import province
from linggong.matching.cluster.run import named, plan_country
from linggong.matching.cluster.shard import Shard
from linggong.matching.command import main
from linggong.matching.files import Unreadable
from linggong.matching.index import WorkerIndex
from tests.matching.crowd import Crowd

COUNTIES = ["a", "b", "c", "d"]


def without_report(_phase):
    return nullcontext()


def crowded(seed, workers=120, shifts=30, spread=1):
    """Four counties in each other's midst: almost every shift finds somebody across a border."""
    crowd = Crowd(seed)
    people = [moved(crowd.worker(number), spread) for number in range(workers)]
    work = [moved(crowd.shift(number, workers), spread) for number in range(shifts)]
    members = {name: packed(people[at::4], work[at::4]) for at, name in enumerate(COUNTIES)}
    return people, work, members


def moved(one, spread):
    """So many times as far from the middle of the crowd."""
    return replace(
        one, latitude=36.2 + (one.latitude - 36.2) * spread, longitude=113.1 + (one.longitude - 113.1) * spread
    )


def fits(people, work):
    """The fit of every eligible pair, by ids, as one index has it."""
    index = WorkerIndex()
    index.load(people)
    found = [(shift.id, *pair) for shift in work for pair in zip(*index.everybody(shift), strict=True)]
    return {(index.ids[row], shift): fit for shift, row, fit in found}


def outcome(members, shards):
    _, plan = plan_country(Here(members, shards), without_report)
    assert plan.certificate.ok
    return plan.certificate.filled, plan.certificate.total_fit


@pytest.mark.parametrize("seed", range(8))
def test_the_sharded_day_has_the_optimum_of_one_machine(seed):
    _, _, members = crowded(seed)
    assert outcome(members, 2) == outcome(members, 4) == outcome(members, 1)


def test_a_province_has_the_same_optimum_however_it_is_cut():
    members = province(3000, 400, counties=12)
    assert outcome(members, 2) == outcome(members, 5) == outcome(members, 1)


def test_all_pairs_are_found_and_none_twice():
    people, work, members = crowded(1, workers=300, spread=8)
    expected = fits(people, work)
    crew = Here(members, 4)
    country, _ = plan_country(crew, without_report)
    shards = crew.shards
    found = [
        ((*shards[home].named([worker], [])[0], *shards[site].named([], [shift])[1]), fit)
        for site, row in enumerate(country.found)
        for home, pairs in enumerate(row)
        for worker, shift, fit in zip(pairs.worker, pairs.shift, pairs.fit, strict=True)
    ]
    assert len(found) == len(expected) and dict(found) == expected
    assert any(len(country.found[site][home].worker) for site in range(4) for home in range(4) if site != home)


def share_moved_by_the_finish(monkeypatch, members):
    shares = []

    def counting(pairs, holding, bonus):
        before = holding.shift_of.copy()
        plan = finish(pairs, holding, bonus)
        shares.append((before != plan.shift_of).sum() / plan.certificate.filled)
        return plan

    monkeypatch.setattr(run, "finish", counting)
    outcome(members, 4)
    return shares[0]


def test_the_exchange_along_the_borders_leaves_the_finish_less_to_move(monkeypatch):
    _, _, members = crowded(7, workers=400, shifts=100)
    with_guests = share_moved_by_the_finish(monkeypatch, members)
    monkeypatch.setattr(run, "visitors", nobody_crosses)
    assert with_guests < share_moved_by_the_finish(monkeypatch, members)


def nobody_crosses(country, standings, site):
    """Guests who have it so good at home that they never come."""
    neighbours = [country.found[site][home] for home in range(len(standings)) if home != site]
    return [(found, np.full(len(found.guests()[0]), 1 << 24)) for found in neighbours]


def test_the_best_for_a_shift_are_those_of_one_index():
    people, work, members = crowded(2)
    index = WorkerIndex()
    index.load(people)
    crew = Here(members, 4)
    assert best(crew, work, 5) == [index.best(shift, 5) for shift in work]


def test_who_goes_where_is_named():
    people, work, members = crowded(3)
    crew = Here(members, 3)
    country, plan = plan_country(crew, without_report)
    placed = list(named(crew, country, plan))
    fit = fits(people, work)
    assert len({worker for worker, _ in placed}) == len(placed) == plan.certificate.filled
    assert sum(fit[pair] for pair in placed) == plan.certificate.total_fit


def test_a_shard_made_anew_in_the_middle_gives_the_same_plan():
    class Forgetful(Here):
        def each(self, method, arguments):
            self.shards[0] = Shard(self.shards[0].members)
            return super().each(method, arguments)

    _, _, members = crowded(4)
    _, plan = plan_country(Forgetful(members, 3), without_report)
    assert plan.certificate.ok
    assert (plan.certificate.filled, plan.certificate.total_fit) == outcome(members, 1)


def test_a_day_file_gives_back_the_day():
    people, work, members = crowded(5)
    again = members_of(zipped(members))
    read = [unpacked(name, member) for name, member in again.items()]
    assert sorted((worker.id, worker) for workers, _ in read for worker in workers) == sorted(
        (worker.id, worker) for worker in people
    )
    assert {shift.id: shift for _, shifts in read for shift in shifts} == {shift.id: shift for shift in work}


def test_counties_are_grouped_in_order_and_none_is_empty():
    members = {"1": b"x" * 90, "2": b"x", "3": b"x", "4": b"x" * 90}
    assert [sorted(group) for group in grouped(members, 2)] == [["1", "2"], ["3", "4"]]
    assert [sorted(group) for group in grouped({"1": b"x", "2": b"x", "3": b"x" * 98}, 3)] == [["1"], ["2"], ["3"]]
    assert len(grouped(members, 9)) == 4


def test_somebody_who_is_in_two_counties_is_refused():
    people, work, _ = crowded(6)
    here = replace(people[0], contactable=True)
    with pytest.raises(Unreadable, match="不止一次"):
        outcome({"a": packed([here], work), "b": packed([here], [])}, 2)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"horse":{}}', '{"worker":{"id":"w"}}', '{"worker":{"id":"w","speed":3}}', "7"]
)
def test_a_line_that_is_no_worker_and_no_shift_is_refused_with_its_number(line):
    with pytest.raises(Unreadable, match=r"140481.jsonl.gz 第 1 行"):
        unpacked("140481", gzip.compress(line.encode()))


@pytest.mark.parametrize("content", [b"", b"PK nothing", zipped({}), zipped({"a": b"not gzip"})])
def test_a_file_that_is_no_day_is_refused_by_the_command(content, tmp_path, capsys):
    path = tmp_path / "day.zip"
    path.write_bytes(content)
    assert main(["run", "--days", str(path)]) == 2
    assert capsys.readouterr().err


def test_a_missing_file_and_a_missing_cluster_are_told(capsys):
    assert main(["run", "--days", "/nowhere/day.zip"]) == 2
    assert main(["run", "--province", "10x2", "--cluster", "127.0.0.1:1"]) == 2
    assert "127.0.0.1:1" in capsys.readouterr().err


def test_the_command_writes_the_day_and_who_goes_where(tmp_path, capsys):
    day, plan = tmp_path / "day.zip", tmp_path / "plan.csv"
    assert main(["run", "--province", "300x40", "--save", str(day), "--plan", str(plan)]) == 0
    first = capsys.readouterr().out
    assert main(["run", "--days", str(day), "--shards", "3"]) == 0
    assert figures(first) == figures(capsys.readouterr().out)
    assert len(plan.read_text().splitlines()) == 1 + int(figures(first)[0])


def figures(text):
    """Places filled and total fit, where the certificate is ok."""
    found = re.search(r"places filled (\d+)\ntotal fit (\d+)\ncertificate ok", text)
    assert found, text
    return found.groups()
