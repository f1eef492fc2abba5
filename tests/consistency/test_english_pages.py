"""A page in English speaks English: what is left in Chinese is data, and marked as such."""

from html.parser import HTMLParser

import pytest

from tests.consistency.addresses import address
from tests.consistency.messages import CHINESE
from tests.consistency.scene import Scene, browser
from tests.consistency.test_permissions import ROWS, SURFACES, surface_of

READERS = {"everybody": "public", "staff": "administrator", "clerks": "administrator", "employers": "employer"}
SPOKEN = ("alt", "aria-label", "aria-description", "label", "placeholder", "title")
"""Attributes that a person reads or hears."""
DATA = {
    "public:sitemap",
    "public:robots",
    "desk:roster_errors",
    "desk:job_sheet_template",
    "employer:receipt",
    "hall:data",
}
"""Not pages."""
NAMES = ("潞州区", "马厂镇", "姓名", "身份证号", "工种")
"""Places and a roster's own columns, offered in lists whose other entries are words of the page."""
SILENT = ("script", "style", "title")
"""A page's title may name whom it is about; it cannot mark a part of itself as Chinese."""
EMPTY = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")


class Chinese(HTMLParser):
    """Collects Chinese words outside elements that say so by their `lang`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _marked(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        marked = given["lang"].startswith("zh") if "lang" in given else self._marked or tag in SILENT
        if not marked:
            spoken = [given[name] for name in SPOKEN if name in given]
            offered = tag == "optgroup"
            self.found += [text for text in spoken if CHINESE.search(_without_names(text) if offered else text)]
        if tag not in EMPTY:
            self._open.append((tag, marked))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        offered = bool(self._open) and self._open[-1][0] == "option"
        if not self._marked and CHINESE.search(_without_names(data) if offered else data):
            self.found.append(data.strip())


def _without_names(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return text


def chinese_in(page: str) -> list[str]:
    reader = Chinese()
    reader.feed(page)
    return reader.found


def test_unmarked_chinese_is_found_and_marked_is_not() -> None:
    assert chinese_in('<p>Name <b lang="zh">王建国<i>卡</i></b> 找活<img alt="图"></p>') == ["找活", "图"]


@pytest.mark.parametrize("surface", [surface for surface in SURFACES if surface != "api"])
def test_pages_in_english_speak_english(surface: str, told: Scene) -> None:
    readers = {role: browser(role, told, "en") for role in ("public", "administrator", "worker", "employer")}
    found = {}
    for name, (who, how) in ROWS.items():
        if surface_of(name) == surface and how in ("open", "door") and name not in DATA:
            page = readers[READERS.get(who, "employer" if who == "owner" else who)].get(address(name, told))
            if chinese := chinese_in(page.content.decode()):
                found[name] = chinese
    assert not found, "\n".join(f"{name}: {chinese}" for name, chinese in found.items())
