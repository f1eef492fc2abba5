"""`linggong import FILE --division ...` brings a roster in from the shell."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from linggong.commands import roster as command
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.workers.models import Worker
from linggong.workers.sheets import read_lines
from tests import cast
from tests.workers import sheets


@pytest.fixture(autouse=True)
def a_running_program(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def running() -> Iterator[None]:
        yield

    monkeypatch.setattr(command, "program", running)
    cast.county()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [["", "王建国", cast.identity_number(), "", "瓦工"], ["", "李四", "12", "", "瓦工"]]
    path = tmp_path / "名单.xlsx"
    path.write_bytes(sheets.xlsx(rows).read())
    return path


def test_a_file_comes_in_and_its_bad_rows_go_beside_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(file), "--division", cast.TOWN]) == 0
    assert "2 rows: 1 added, 0 merged, 0 known, 1 refused" in capsys.readouterr().out
    assert read_lines((file.parent / "名单-refused.xlsx").read_bytes())[1].cells[0] == "3"
    with within(system("test")):
        assert Worker.objects.get().division == cast.TOWN


def test_a_column_can_be_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.main([str(file), "--division", cast.TOWN, "--mapping", "note=工种, trades=期望工资"])
    assert "0 added, 0 merged, 0 known, 2 refused" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--division", "999999"],
        ["--division", "14"],
        ["--division", cast.TOWN, "--mapping", "name=没有这列"],
        ["--division", cast.TOWN, "--mapping", "age=序号"],
    ],
)
def test_what_cannot_be_ends_with_a_sentence(file: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main([str(file), *arguments])
    assert str(ended.value).startswith("linggong: ")


def test_a_missing_file_ends_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"none\.xlsx"):
        command.main([str(tmp_path / "none.xlsx"), "--division", cast.TOWN])
