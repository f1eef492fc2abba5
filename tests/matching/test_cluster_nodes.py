"""A real Ray cluster of two nodes on this machine, all on loopback: the same optimum, also when a node is killed."""

import os
import re
import subprocess
import sys

import pytest

pytest.importorskip("ray")
pytestmark = pytest.mark.xdist_group("ray")

MEGABYTE = 1024 * 1024
RUN = [sys.executable, "-m", "linggong.matching", "run"]


@pytest.fixture(scope="module")
def cluster():
    """Two nodes with little memory, gone at the end whatever happens."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "node_ip_address": "127.0.0.1", "include_dashboard": False}
    node["object_store_memory"] = 100 * MEGABYTE
    cluster = Cluster(initialize_head=True, head_node_args=node)
    try:
        cluster.other = cluster.add_node(**node)
        yield cluster
    finally:
        cluster.shutdown()


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    path = tmp_path_factory.mktemp("day") / "day.zip"
    alone = subprocess.run(
        [*RUN, "--province", "3000x400", "--save", path], check=True, capture_output=True, text=True
    ).stdout
    return path, figures(alone)


def figures(text):
    """Places filled and total fit, where the certificate is ok."""
    found = re.search(r"places filled (\d+)\ntotal fit (\d+)\ncertificate ok", text)
    assert found, text
    return found.groups()


def test_two_nodes_have_the_optimum_of_one_machine(cluster, day):
    path, alone = day
    ran = subprocess.run([*RUN, "--days", path, "--cluster", cluster.address], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "shards 2\n" in ran.stdout
    assert figures(ran.stdout) == alone


def test_a_node_killed_in_the_run_changes_nothing(cluster, day):
    path, alone = day
    with subprocess.Popen(
        [*RUN, "--days", path, "--cluster", cluster.address], stdout=subprocess.PIPE, text=True
    ) as running:
        before = running.stdout.readline()
        assert before.startswith("start ")
        cluster.remove_node(cluster.other, allow_graceful=False)
        after = running.stdout.read()
    assert running.returncode == 0
    assert figures(after) == alone
