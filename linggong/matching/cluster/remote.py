"""The shards as actors on a Ray cluster; the only module that imports Ray (`linggong[cluster]`).

The packed counties stay with the program that asks, in Ray's store. If a node is lost, Ray makes its actors anew on
another and repeats the calls they were at; all that passes from one call to the next goes through the asker, so an
actor only has to unpack its counties again.
"""

import os
import socket
from collections.abc import Sequence
from importlib import import_module
from time import process_time
from typing import Any

from linggong.lib.errors import Refusal
from linggong.matching.cluster.day import Members, grouped
from linggong.matching.cluster.shard import Shard

LOOPBACK = "127.0.0.1", "localhost"

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")


class Unreachable(Refusal):
    """There is no cluster at that address, or no Ray here."""

    code = "unreachable"


def outward() -> str:
    """The address under which other machines see this one. (Connecting a datagram socket sends nothing.)"""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return LOOPBACK[0]
        return str(probe.getsockname()[0])


def answers(host: str, port: str) -> bool:
    """Whether anything listens there."""
    try:
        with socket.create_connection((host, int(port)), timeout=2):
            return True
    except (OSError, ValueError, OverflowError):
        return False


def check(address: str) -> None:
    """Raises `Unreachable` if nothing listens at `address` (host:port).

    Ray takes a loopback address for the machine's outward one, unless it is told that there is no cluster beyond this
    machine: a cluster that lives on loopback alone is said to be one.
    """
    host, _, port = address.rpartition(":")
    if host in LOOPBACK and not answers(outward(), port):
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    if address != "auto" and not answers(host, port):
        raise Unreachable(f"{address} 没有 Ray 集群应答。请核对地址, 例如 10.0.0.1:6379。")


class Seat:
    """Where a shard works. Every call brings where the packed counties are kept, in a list of one: for the first
    call, and for the first after the seat was lost and made anew."""

    def __init__(self) -> None:
        self.shard: Shard | None = None

    def call(self, kept: list[Any], method: str, *given: Any) -> tuple[Any, float]:
        """Calls a method of the shard; its answer, and the processor seconds it took."""
        began = process_time()
        self.shard = self.shard or Shard(import_module("ray").get(kept[0]))
        return getattr(self.shard, method)(*given), process_time() - began


class Remote:
    """A crew on the cluster at `address` (host:port, or `auto`), a shard for each node unless told otherwise."""

    def __init__(self, address: str, members: Members, shards: int | None = None) -> None:
        check(address)
        try:
            ray = import_module("ray")
        except ImportError as error:
            raise Unreachable("没有装 Ray。请先安装: pip install 'linggong[cluster]'") from error
        self.ray = ray
        try:
            ray.init(address, log_to_driver=False, logging_level="ERROR")
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise Unreachable(f"连不上 {address} 的 Ray 集群: {error}") from error
        nodes = sorted(node["NodeID"] for node in ray.nodes() if node["Alive"])
        self.kept = [ray.put(group) for group in grouped(members, shards or len(nodes))]
        self.size, self.spent = len(self.kept), 0.0
        lasting = ray.remote(max_restarts=-1, max_task_retries=-1)(Seat)
        self.seats = [
            lasting.options(scheduling_strategy=self.preferring(nodes[at % len(nodes)])).remote()
            for at in range(self.size)
        ]
        ray.get([seat.__ray_ready__.remote() for seat in self.seats])

    def preferring(self, node: str) -> object:
        """On this node, or on any other should it be lost."""
        return self.ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy(node, soft=True)

    def each(self, method: str, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Calls a method of every shard at once, each with its own arguments; the answers in order."""
        asked = [
            seat.call.remote([kept], method, *given)
            for seat, kept, given in zip(self.seats, self.kept, arguments, strict=True)
        ]
        try:
            answers = self.ray.get(asked)
        except self.ray.exceptions.RayTaskError as error:
            raise error.cause if isinstance(error.cause, Refusal) else error from None
        self.spent += max(seconds for _, seconds in answers)
        return [answer for answer, _ in answers]

    def close(self) -> None:
        """Leaves the cluster; the shards end with it."""
        self.ray.shutdown()
