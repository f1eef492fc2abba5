from datetime import timedelta

from linggong.matching.ranking import best_shifts, best_workers
from tests.matching.people import SEVEN_THIRTY, SITE, WANG, site, wang


def ids(ranked):
    return [one.worker.id for one in ranked]


def test_the_better_fit_comes_first_and_who_is_not_eligible_does_not_come():
    master = wang(id="master", trades={"bricklayer": 3})
    cook = wang(id="cook", trades={"cook": 3})
    assert ids(best_workers(SITE, [WANG, master, cook], 10)) == ["master", "wang"]
    assert ids(best_workers(SITE, [WANG, master, cook], 1)) == ["master"]


def test_among_equals_who_waited_longest_comes_first():
    long, longer = wang(id="long", idle_days=70), wang(id="longer", idle_days=80)
    assert ids(best_workers(SITE, [long, longer], 2)) == ["longer", "long"]


def test_the_order_of_arrival_of_the_rows_does_not_matter():
    crowd = [wang(id=f"w{number}") for number in range(50)]
    assert ids(best_workers(SITE, crowd, 20)) == ids(best_workers(SITE, crowd[::-1], 20))


def test_a_worker_finds_the_best_shifts_and_the_earlier_of_equals():
    better = site(id="better", pay_fen=26_000)
    later = site(id="later", starts=SEVEN_THIRTY + timedelta(days=1), ends=SEVEN_THIRTY + timedelta(days=1, hours=10))
    full = site(id="full", open_places=0)
    assert [one.shift.id for one in best_shifts(WANG, [later, full, SITE, better], 5)] == [
        "better",
        "site-wed",
        "later",
    ]
