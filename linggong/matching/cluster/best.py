"""The best workers for shifts, asked of the shards that may know some."""

from collections.abc import Sequence

from linggong.matching.cluster.run import Crew, load
from linggong.matching.cluster.shard import Best
from linggong.matching.model import Shift


def best(crew: Crew, shifts: Sequence[Shift], limit: int) -> list[list[tuple[str, int]]]:
    """Ids and total points of the best `limit` workers for each shift, best first, as one index has them."""
    near = [[at for at, shift in enumerate(shifts) if one.extent.reaches(shift)] for one in load(crew)]
    answers = crew.each("best", [([shifts[at] for at in some], limit) for some in near])
    together = [list[Best]() for _ in shifts]
    for some, lists in zip(near, answers, strict=True):
        for at, found in zip(some, lists, strict=True):
            together[at] += found
    return [[(worker, -less) for less, _, _, worker in sorted(found)[:limit]] for found in together]
