"""A real Ray cluster of two nodes on this machine, all on loopback: the same optimum, also when a node is killed."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager

import pytest

pytest.importorskip("ray")
pytestmark = pytest.mark.xdist_group("ray")

MEGABYTE = 1024 * 1024
RUN = [sys.executable, "-m", "linggong.matching", "run"]


@contextmanager
def two_nodes(megabytes=100):
    """A cluster and its second node, each with so much memory for objects; gone at the end whatever happens."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "node_ip_address": "127.0.0.1", "include_dashboard": False}
    node["object_store_memory"] = megabytes * MEGABYTE
    cluster = Cluster(initialize_head=True, head_node_args=node)
    try:
        yield cluster, cluster.add_node(**node)
    finally:
        cluster.shutdown()


def run(*arguments):
    """What the command prints."""
    ran = subprocess.run([*RUN, *arguments], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def figures(text):
    """Places filled and total fit, where the certificate is ok."""
    found = re.search(r"places filled (\d+)\ntotal fit (\d+)\ncertificate ok", text)
    assert found, text
    return found.groups()


@pytest.fixture(scope="module")
def cluster():
    with two_nodes() as nodes:
        yield nodes


def saved_day(folder, size):
    """The path of a day file, and the figures of one machine."""
    path = folder / "day.zip"
    return path, figures(run("--province", size, "--save", path))


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    return saved_day(tmp_path_factory.mktemp("day"), "3000x400")


def outcome_when_killed_after(line, path, cluster, other):
    """The figures of a run whose second node is killed as soon as the run has printed this line."""
    command = [*RUN, "--days", path, "--cluster", cluster.address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        while not running.stdout.readline().startswith(line):
            assert running.poll() is None
        cluster.remove_node(other, allow_graceful=False)
        rest = running.stdout.read()
    assert running.returncode == 0
    return figures(rest)


def test_two_nodes_have_the_optimum_of_one_machine(cluster, day):
    path, alone = day
    printed = run("--days", path, "--cluster", cluster[0].address)
    assert "shards 2\n" in printed
    assert figures(printed) == alone


def test_a_node_killed_in_the_run_changes_nothing(cluster, day):
    path, alone = day
    assert outcome_when_killed_after("start", path, *cluster) == alone


@pytest.mark.long
def test_a_node_killed_after_its_answers_were_used_changes_nothing(tmp_path):
    path, alone = saved_day(tmp_path, "60000x6000")
    with two_nodes() as nodes:
        assert outcome_when_killed_after("load", path, *nodes) == alone
