"""How fast messages are read on one core, how soon the command starts, and what it keeps in memory."""

import resource
import subprocess
import sys
import time
import tracemalloc

from linggong.intake import read
from tests.intake.examples import SAMPLE, TUNING

MESSAGES = [(each.text, each.posted_at) for each in SAMPLE + TUNING]
SLICES = [MESSAGES[at : at + 20] for at in range(0, len(MESSAGES), 20)]


def _seconds(rounds: int = 15) -> float:
    """Seconds of one core for all messages: each slice's best round, so that a busy neighbour counts little."""
    best = [float("inf")] * len(SLICES)
    for _ in range(rounds):
        for at, messages in enumerate(SLICES):
            began = time.process_time()
            for text, posted_at in messages:
                read(text, posted_at)
            best[at] = min(best[at], time.process_time() - began)
    return sum(best)


def test_two_thousand_messages_a_second() -> None:
    _seconds(rounds=1)
    rate = len(MESSAGES) / _seconds()
    print(f"\n{rate:,.0f} messages a second on one core")
    assert rate >= 2000


def test_the_command_starts_within_a_second() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([sys.executable, "-m", "linggong.intake", "read", "-"], input=b"", check=True, timeout=30)
    taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    print(f"\nstarted and ended in {taken:.2f} s of one core")
    assert taken < 1


def test_memory_stays_small() -> None:
    tracemalloc.start()
    for text, posted_at in MESSAGES * 3:
        read(text, posted_at)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"\n{kept / 1e6:.1f} MB kept after {3 * len(MESSAGES)} messages, {peak / 1e6:.1f} MB at the peak")
    assert peak < 50e6
