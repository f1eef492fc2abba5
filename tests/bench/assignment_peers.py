"""The same assignment for HiGHS and scipy: the greatest (fit + bonus for each place filled) over all eligible pairs."""

from typing import NamedTuple

import numpy as np
import pytest

highspy = pytest.importorskip("highspy")  # before OR-tools, which brings symbols of another HiGHS
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
    program = highspy.HighsLp()
    program.num_col_, program.num_row_, program.sense_ = pairs, rows, highspy.ObjSense.kMaximize
    program.col_cost_ = (given.fit + given.bonus).astype(float)
    program.col_lower_, program.col_upper_ = np.zeros(pairs), np.ones(pairs)
    program.row_lower_ = np.full(rows, -highspy.kHighsInf)
    program.row_upper_ = np.concatenate((np.ones(given.workers), given.places)).astype(float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.arange(0, 2 * pairs + 1, 2, dtype=np.int32)
    program.a_matrix_.index_ = np.stack((given.worker, given.workers + given.shift), 1).ravel().astype(np.int32)
    program.a_matrix_.value_ = np.ones(2 * pairs)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.passModel(program)
    highs.run()
    return round(highs.getInfo().objective_function_value)


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
