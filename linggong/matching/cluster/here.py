"""All shards in this process, one after the other."""

from collections.abc import Sequence
from typing import Any

from linggong.matching.cluster.day import Members, grouped
from linggong.matching.cluster.shard import Shard


class Here:
    """A crew without a cluster; with one shard it is the single machine."""

    def __init__(self, members: Members, shards: int = 1) -> None:
        self.shards = [Shard(group) for group in grouped(members, shards)]
        self.size = len(self.shards)
        self.spent = 0.0

    def each(self, method: str, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Calls a method of every shard, each with its own arguments."""
        return [getattr(shard, method)(*given) for shard, given in zip(self.shards, arguments, strict=True)]
