"""A county with two towns, a clerk in it, and what an employer brings to the counter."""

import pytest

from linggong.employers.records import NewEmployer
from linggong.foundation.viewer import Viewer
from linggong.lib.credit_code import make_credit_code
from linggong.lib.text import sort_key
from linggong.places.models import Division

CLERK = Viewer(role="window_clerk", name="李梅", division="140403")
ELSEWHERE = Viewer(role="window_clerk", name="王芳", division="140404")
BUREAU = Viewer(role="bureau_officer", name="赵处", division="140403")


def add_divisions() -> None:
    names = {"14": "山西省", "1404": "长治市", "140403": "潞州区", "140404": "上党区", "140403103": "马厂镇"}
    for code, name in names.items():
        Division(code=code, name=name, level=len(code), sort_key=sort_key(name), initials="").save(force_insert=True)


@pytest.fixture
def divisions(db: None) -> None:
    add_divisions()


def a_firm(seed: int = 1, **changes: object) -> NewEmployer:
    given: dict[str, object] = {
        "kind": "firm",
        "name": "长治市潞州区宏达搬运有限公司",
        "register_number": make_credit_code(seed),
        "contact_name": "张建国",
        "telephone": "13835512345",
        "division": "140403103",
    }
    return NewEmployer(**{**given, **changes})  # type: ignore[arg-type]
