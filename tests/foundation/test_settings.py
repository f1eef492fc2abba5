"""The program refuses to start on anything unsafe, and what can be set is documented."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def start_with(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "import linggong.settings"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"LINGGONG_HOSTS": "lg.example.org"}, "needs https"),
        (
            {"LINGGONG_HOSTS": "lg.example.org", "LINGGONG_HTTPS": "1", "LINGGONG_DEBUG": "1"},
            "shows the program's inside",
        ),
        ({"LINGGONG_SECRET_KEY": "short"}, "too short"),
        ({"DATABASE_URL": "mysql://root@localhost/x"}, "must look like postgresql"),
    ],
)
def test_unsafe_settings_are_refused_with_a_sentence(environment: dict[str, str], words: str) -> None:
    done = start_with(**environment)
    assert done.returncode != 0
    assert words in done.stderr


def test_every_environment_variable_is_documented() -> None:
    sources = [PROJECT / "linggong" / name for name in ("settings.py", "home.py", "database.py")]
    read = {name for file in sources for name in re.findall(r'environ(?:\.get)?[(\[]"(\w+)"', file.read_text())}
    read |= set(re.findall(r'_flag\("(\w+)"', sources[0].read_text()))
    manual = (PROJECT / "docs" / "operations.md").read_text()
    assert {name for name in read if name not in manual} == set()
