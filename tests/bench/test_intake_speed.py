"""How fast messages are read on one core, how soon the command starts, and what it keeps in memory."""

import resource
import subprocess
import sys
import time
import tracemalloc

from linggong.intake import read
from tests.intake.examples import SAMPLE, TUNING

MESSAGES = [(each.text, each.posted_at) for each in SAMPLE + TUNING]


def _seconds(rounds: int = 5) -> float:
    """The best of several rounds over all messages, in seconds of one core."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for text, posted_at in MESSAGES:
            read(text, posted_at)
        best = min(best, time.process_time() - began)
    return best


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
