"""Assignment problems in the two published text formats: DIMACS (`asn`) and OR-Library.

DIMACS: `c` comments, `p asn NODES ARCS`, `n ID` for each source, `a SOURCE TARGET COST` for each pair (D. S. Johnson,
C. C. McGeoch, "Network Flows and Matching: First DIMACS Implementation Challenge", 1993). OR-Library: the number of
rows, then the square cost matrix row by row (J. E. Beasley, "OR-Library: distributing test problems by electronic
mail", Journal of the Operational Research Society 41, 1990).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from linggong.lib.errors import Refusal
from linggong.matching.pairs import LARGEST_FIT, Ints, Longs, Pairs, TooLarge, pairs_of

LARGEST_SIDE = 100_000_000


class Unreadable(Refusal):
    """The file is not what it should be."""

    code = "unreadable"


class Instance(NamedTuple):
    """Rows to be assigned to columns, with the cost of every allowed pair."""

    rows: int
    columns: int
    row: Ints
    column: Ints
    cost: Longs


def recognised(text: str) -> str:
    """The name of the format, by the first character."""
    return "orlib" if text.lstrip()[:1].isdigit() else "dimacs"


def read_orlib(text: str) -> Instance:
    """An instance of the OR-Library."""
    numbers = integers(text.split())
    rows = int(numbers[0]) if len(numbers) else 0
    if rows < 1 or len(numbers) != 1 + rows * rows:
        raise Unreadable("文件应当先写行数 n, 再写 n × n 个费用。")
    row, column = np.divmod(np.arange(rows * rows, dtype=np.int64), rows)
    return Instance(rows, rows, row.astype(np.int32), column.astype(np.int32), numbers[1:])


def read_dimacs(text: str) -> Instance:
    """An instance in DIMACS form. Sources are the nodes named by `n` lines, all others are targets."""
    by_kind: dict[str, list[str]] = {"p": [], "n": [], "a": []}
    for number, line in enumerate(text.splitlines(), 1):
        kind, *fields = line.split() or ["c"]
        if kind == "c":
            continue
        if kind not in by_kind or len(fields) != {"p": 3, "n": 1, "a": 3}[kind]:
            raise Unreadable(f"第 {number} 行看不懂: {line[:60]}")
        by_kind[kind].extend(fields)
    if len(by_kind["p"]) != 3 or by_kind["p"][0] != "asn":
        raise Unreadable("文件里应当有一行 “p asn 点数 边数”。")
    nodes, arcs = (int(number) for number in integers(by_kind["p"][1:]))
    return numbered(nodes, arcs, integers(by_kind["n"]), integers(by_kind["a"]).reshape(-1, 3))


def numbered(nodes: int, arcs: int, sources: Longs, table: Longs) -> Instance:
    """The instance with sources as rows and other nodes as columns, both numbered from 0."""
    if not 0 < nodes <= LARGEST_SIDE or len(table) != arcs:
        raise Unreadable(f"文件说有 {nodes} 个点和 {arcs} 条边, 实际有 {len(table)} 条边。")
    ends = np.concatenate((sources, table[:, 0], table[:, 1]))
    if ends.min(initial=1) < 1 or ends.max(initial=1) > nodes:
        raise Unreadable(f"点的编号必须是 1 到 {nodes}。")
    is_source = np.zeros(nodes + 1, np.bool_)
    is_source[sources] = True
    if not is_source[table[:, 0]].all() or is_source[table[:, 1]].any():
        raise Unreadable("每条边必须从 n 行列出的点出发, 到没有列出的点。")
    place = np.where(is_source, np.cumsum(is_source), np.cumsum(~is_source) - 1) - 1
    rows = int(is_source.sum())
    row, column = place[table[:, 0]].astype(np.int32), place[table[:, 1]].astype(np.int32)
    return Instance(rows, nodes - rows, row, column, table[:, 2])


def integers(fields: list[str]) -> Longs:
    """The fields as 64-bit integers. Raises `Unreadable`."""
    try:
        return np.array(fields, dtype=np.int64)
    except (ValueError, OverflowError) as error:
        raise Unreadable("文件里有不是整数的内容, 或者数太大。") from error


FORMATS: dict[str, Callable[[str], Instance]] = {"dimacs": read_dimacs, "orlib": read_orlib}


def pairs_for(instance: Instance, *, maximise: bool) -> tuple[Pairs, Callable[[int, int], int]]:
    """The pairs to assign, and the function from (pairs chosen, their total fit) back to their total cost."""
    lowest, highest = int(instance.cost.min(initial=0)), int(instance.cost.max(initial=0))
    if highest - lowest > LARGEST_FIT:
        raise TooLarge("最大和最小的费用相差太大, 不能超过 2147483647。")
    base, sign = (lowest, 1) if maximise else (highest, -1)
    fit = (sign * (instance.cost - base)).astype(np.int32)
    kept = best_of_parallel(instance, fit)
    places = np.ones(instance.columns, np.int64)
    pairs = pairs_of(instance.rows, instance.row[kept], instance.column[kept], fit[kept], places)
    return pairs, lambda chosen, total_fit: base * chosen + sign * total_fit


def best_of_parallel(instance: Instance, fit: Ints) -> Longs:
    """The entries to keep: of several between the same two nodes only the best."""
    between = instance.row.astype(np.int64) * instance.columns + instance.column
    order = np.lexsort((-fit, between))
    first = np.ones(len(order), np.bool_)
    first[1:] = np.diff(between[order]) != 0
    kept: Longs = order[first]
    return kept
