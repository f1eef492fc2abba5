"""`linggong intake read`: JSON lines in and out, in order, and a bad line harms no other."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from linggong.intake.command import main

GOOD = {"id": "a", "posted_at": "2026-11-21T06:40:00+08:00", "text": "招瓦工3名，一天300，13812345678"}


def run(lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    file = tmp_path / "messages.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert main(["read", str(file)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_answers_come_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps(GOOD | {"id": name}) for name in ("c", "a", "b")]
    answers = run(lines, tmp_path, capsys)
    assert [answer["id"] for answer in answers] == ["c", "a", "b"]
    assert {answer["kind"] for answer in answers} == {"job"}


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        ("not json", None),
        ("[]", None),
        ('{"id": "x"}', "x"),
        ('{"id": "x", "posted_at": "soon", "text": "招工"}', "x"),
        ('{"id": "x", "posted_at": "2026-11-21T06:40:00+08:00", "text": 5}', "x"),
    ],
)
def test_a_line_that_cannot_be_read_is_an_error_of_its_own(
    line: str, identity: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = run([line, "", json.dumps(GOOD)], tmp_path, capsys)
    assert bad["id"] == identity
    assert bad["error"]
    assert good["kind"] == "job"


def test_a_time_without_a_zone_is_china_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = GOOD | {"posted_at": "2026-11-21T23:40:00", "text": "明天招瓦工3名，13812345678"}
    (answer,) = run([json.dumps(late)], tmp_path, capsys)
    assert answer["items"][0]["start_date"] == "2026-11-22"  # type: ignore[index]


def test_it_needs_neither_django_nor_a_database() -> None:
    code = "import sys, linggong.intake.command; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=30).returncode == 0
