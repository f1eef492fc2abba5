import subprocess
import sys

USE = """
from numba.core import event
from linggong.matching.warming import warm_shifts, warm_workers
with event.install_recorder("numba:compile") as compilations:
    warm_workers()
    warm_shifts()
print(sum(one.is_start for _, one in compilations.buffer))
"""


def compilations():
    """How many functions a fresh process compiles to use the indexes in every way."""
    run = subprocess.run([sys.executable, "-c", USE], capture_output=True, text=True, check=True)
    return int(run.stdout.split()[-1])


def test_what_one_process_has_compiled_the_next_one_only_loads():
    compilations()
    assert compilations() == 0
