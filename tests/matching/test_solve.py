import subprocess
import sys
from pathlib import Path

import pytest

from linggong.matching.command import main

ASSIGN100 = Path(__file__).parent / "data" / "assign100.txt"

SMALL = """c three workers, three places
p asn 6 7
n 1
n 2
n 3
a 1 4 5
a 1 5 9
a 2 4 8
a 2 5 3
a 3 6 -2
a 3 4 7
a 3 6 4
"""


def solved(capsys, *arguments):
    code = main(["solve", *map(str, arguments)])
    return code, capsys.readouterr().out.splitlines()


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.asn"
    path.write_text(SMALL)
    return path


def test_the_published_optimum_of_the_or_library_is_found(capsys):
    assert solved(capsys, ASSIGN100, "--format", "orlib") == (0, ["optimal 305", "certificate ok"])


def test_the_format_is_recognised(capsys):
    assert solved(capsys, ASSIGN100)[1][0] == "optimal 305"


def test_a_dimacs_file_is_minimised_and_of_parallel_pairs_the_better_counts(capsys, small):
    assert solved(capsys, small) == (0, ["optimal 6", "certificate ok"])


def test_or_maximised(capsys, small):
    assert solved(capsys, small, "--format", "dimacs", "--maximise") == (0, ["optimal 21", "certificate ok"])


def test_without_a_perfect_matching_the_most_rows_are_matched_first_and_it_is_said(capsys, small):
    small.write_text("p asn 5 4\nn 1\nn 2\nn 3\na 1 4 100\na 2 4 1\na 3 4 2\na 3 5 50\n")
    assert solved(capsys, small) == (
        0,
        ["no perfect matching: 2 of 3 rows, the most there can be", "optimal 51", "certificate ok"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3\n1 2 3",
        "2\n1 2 3 x",
        "p asn 2 1\nn 1\na 1 2",
        "p asn 2 2\nn 1\na 1 2 3",
        "p asn 2 1\nn 1\na 2 1 3",
        "p asn 2 1\nn 1\na 1 9 3",
        "p max 2 1\nn 1\na 1 2 3",
        "p asn 2 1\nn 1\na 1 2 99999999999999999999",
        "p asn 3 2\nn 1\na 1 2 0\na 1 3 2147483648",
        "零工",
    ],
)
def test_a_file_that_is_none_gets_a_sentence_and_code_2(capsys, small, text):
    small.write_text(text)
    assert main(["solve", str(small)]) == 2
    output = capsys.readouterr()
    assert output.err.strip() and not output.out


def test_a_missing_file_gets_a_sentence(capsys, tmp_path):
    assert main(["solve", str(tmp_path / "none")]) == 2
    assert "打不开文件" in capsys.readouterr().err


def test_it_runs_as_a_module_of_its_own():
    done = subprocess.run(
        [sys.executable, "-m", "linggong.matching", "solve", str(ASSIGN100)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "optimal 305\ncertificate ok\n"


def test_what_is_compiled_ahead_makes_the_first_answer_of_a_fresh_process_quick():
    """The compiled code is found again: without it the solver alone takes many times as long to start."""
    assert main(["warm"]) == 0
    program = (
        "import time; from linggong.matching.command import main; before = time.process_time();"
        f"main(['solve', {str(ASSIGN100)!r}]); print(time.process_time() - before)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert float(done.stdout.split()[-1]) < 2
