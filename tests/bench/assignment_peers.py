"""The same assignment for HiGHS and scipy: the greatest (fit + bonus for each place filled) over all eligible pairs."""

from typing import NamedTuple

import numpy as np
import pytest

optimize = pytest.importorskip("scipy.optimize")  # its HiGHS; highspy cannot be loaded beside OR-tools
csgraph = pytest.importorskip("scipy.sparse.csgraph")
sparse = pytest.importorskip("scipy.sparse")


class Market(NamedTuple):
    """Eligible pairs, places by shift, number of workers, and the bonus for each place filled, in points."""

    worker: np.ndarray
    shift: np.ndarray
    fit: np.ndarray
    places: np.ndarray
    workers: int
    bonus: int


def highs_value(given: Market) -> int:
    """By HiGHS: the linear program, whose best corner is integral; one row for each worker and each shift."""
    pairs, rows = len(given.worker), given.workers + len(given.places)
    where = np.stack((given.worker, given.workers + given.shift), 1).ravel().astype(np.int32)
    matrix = sparse.csc_array((np.ones(2 * pairs), where, np.arange(0, 2 * pairs + 1, 2)), shape=(rows, pairs))
    most = np.concatenate((np.ones(given.workers), given.places)).astype(float)
    solved = optimize.linprog(-(given.fit + given.bonus).astype(float), matrix, most, bounds=(0, 1), method="highs")
    return round(-solved.fun)


def scipy_value(given: Market) -> int:
    """By scipy's sparse matching: a column for each place, and one of his own for each worker who may stay idle."""
    first = np.concatenate(([0], np.cumsum(given.places)))
    copies = given.places[given.shift]
    pair = np.repeat(np.arange(len(given.worker)), copies)
    place = first[given.shift][pair] + np.arange(len(pair)) - np.repeat(np.cumsum(copies) - copies, copies)
    idle, everybody = float(given.fit.max(initial=0) + given.bonus + 1), np.arange(given.workers)
    cost = np.concatenate((idle - given.fit[pair] - given.bonus, np.full(given.workers, idle)))
    rows, columns = np.concatenate((given.worker[pair], everybody)), np.concatenate((place, first[-1] + everybody))
    matrix = sparse.csr_matrix((cost, (rows, columns)), shape=(given.workers, first[-1] + given.workers))
    row, column = csgraph.min_weight_full_bipartite_matching(matrix)
    return round(idle * given.workers - matrix[row, column].sum())
