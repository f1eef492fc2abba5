"""A day on two Ray nodes beside the same day on one machine, in one run.

Both read the same day file. Where the two nodes share processors with others, the clock says little, so processor
seconds are compared: on the cluster those of the asking program and of the busiest shard in each step, which is what
would pass on machines of their own.
"""

import re
from statistics import median

import pytest

from tests.matching.test_cluster_nodes import figures, run, saved_day, two_nodes


def seconds(printed):
    """Wall and processor seconds of every phase."""
    return {name: (float(wall), float(worked)) for name, wall, worked in re.findall(PHASE, printed, re.MULTILINE)}


PHASE = r"^(\w+) ([\d.]+) s, processor ([\d.]+) s$"


@pytest.mark.parametrize(("size", "repeats"), [("30000x3000", 3), ("300000x30000", 1)])
def test_two_nodes_have_the_same_optimum_sooner(tmp_path, size, repeats):
    path, alone = saved_day(tmp_path, size)
    one, two = [], []
    with two_nodes(megabytes=200) as (cluster, _):
        for _ in range(repeats):
            one.append(run("--days", path))
            two.append(run("--days", path, "--cluster", cluster.address))
            assert figures(one[-1]) == figures(two[-1]) == alone
    print(f"\n{size}, {alone[0]} places filled")
    for name, runs in (("one machine", one), ("two nodes", two)):
        times = [seconds(printed) for printed in runs]
        for phase in times[0]:
            wall, worked = (median(time[phase][which] for time in times) for which in (0, 1))
            print(f"  {name}: {phase} {wall:.2f} s, processor {worked:.2f} s")
    alone_worked, shared_worked = (median(seconds(printed)["all"][1] for printed in runs) for runs in (one, two))
    print(f"  two nodes against one, by processor seconds: {alone_worked / shared_worked:.2f} times")
    assert alone_worked > shared_worked
