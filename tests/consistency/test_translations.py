"""Everything the program says in Chinese it can say in English too, and the catalogues say nothing else."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from django.apps import apps
from django.conf import settings

from tests.consistency.messages import CHINESE, PACKAGE, catalogues, constants, first, said

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|(?<!\{)\{(\w*)\}")
TAGS_WITH_TEXT = re.compile(
    r"\{%-?\s*blocktrans.*?endblocktrans(?:late)?\s*%\}|\{%\s*comment.*?endcomment\s*%\}"
    r"""|\{#.*?#\}|\{%\s*translate\s+(?:"[^"]*"|'[^']*')|_\((?:"[^"]*"|'[^']*')\)|<[^>]*\blang="zh[^"]*"[^>]*>[^<]*""",
    re.DOTALL,
)


def test_each_text_has_its_english() -> None:
    english = {first(m.id) for found in catalogues().values() for m in found if all(_forms(m.string))}
    missing = defaultdict(list)
    for text, place in said().items():
        if text not in english:
            missing[place].append(text)
    assert len(said()) > 500
    assert not missing, "\n".join(f"{place}: {texts}" for place, texts in sorted(missing.items()))


def test_no_catalogue_translates_what_nobody_says() -> None:
    spoken = said().keys() | constants()
    stale = [(_short(file), first(m.id)) for file, found in catalogues().items() for m in found]
    assert not [(file, text) for file, text in stale if text not in spoken]


def test_one_text_has_one_english() -> None:
    """Catalogues are merged: where two disagree, one of them is never heard."""
    told: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for found in catalogues().values():
        for message in found:
            told[message.context, first(message.id)].add(" | ".join(_forms(message.string)))
    assert not {text: ways for text, ways in told.items() if len(ways) > 1}


def test_english_names_no_value_that_the_chinese_does_not_give() -> None:
    wrong = [
        (_short(file), first(m.id))
        for file, found in catalogues().items()
        for m in found
        for form in _forms(m.string)
        if not _values(form) <= _values(first(m.id))
    ]
    assert not wrong


def test_english_is_english() -> None:
    assert not [
        (_short(file), form)
        for file, found in catalogues().items()
        for m in found
        for form in _forms(m.string)
        if CHINESE.search(form)
    ]


def test_each_catalogue_is_one_that_django_reads() -> None:
    read = {Path(folder) for folder in settings.LOCALE_PATHS} | {
        Path(app.path) / "locale" for app in apps.get_app_configs()
    }
    assert not [_short(file) for file in catalogues() if file.parents[2] not in read]


def test_templates_say_nothing_that_is_not_translated() -> None:
    bare = {}
    for template in (PACKAGE / "templates").rglob("*.html"):
        left = TAGS_WITH_TEXT.sub("", template.read_text(encoding="utf-8"))
        if found := [line.strip() for line in left.splitlines() if CHINESE.search(line)]:
            bare[_short(template)] = found
    assert not bare


def _forms(string: str | Sequence[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def _values(text: str) -> set[str]:
    return {named or braced for named, braced in PLACEHOLDER.findall(text)}


def _short(file: Path) -> str:
    return str(file.relative_to(PACKAGE))
