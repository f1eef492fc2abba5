"""Every text of the program that is to be translated, and every catalogue that translates it."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import linggong
from linggong.lib.errors import Refusal

PACKAGE = Path(linggong.__file__).parent
CHINESE = re.compile("[㐀-鿿]")
PURE = ("lib", "matching", "intake")
_ONE, _COUNTED, _IN_CONTEXT = None, (1, 2), ((1, "c"), 2)
KEYWORDS = {
    **dict.fromkeys(("_", "_t", "gettext", "gettext_lazy", "gettext_noop"), _ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _COUNTED),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _IN_CONTEXT),
}
_CALL = re.compile(r" ((?:n|p)?gettext|_)\((.*?)\) ", re.DOTALL)


@cache
def said() -> dict[str, str]:
    """Each text to be translated, with the file that says it."""
    return {text: place for place, text in (*_of_python(), *_of_templates(), *_of_pure_parts())}


@cache
def constants() -> frozenset[str]:
    """Every string constant of the program, also those that are translated by a variable's name."""
    return frozenset(
        node.value
        for module in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def catalogues() -> dict[Path, list[Message]]:
    """The messages of every English catalogue."""
    found = {}
    for source in sorted(PACKAGE.rglob("locale/en/LC_MESSAGES/django.po")):
        with source.open("rb") as po:
            found[source] = [message for message in read_po(po) if message.id]
    return found


def first(text: str | tuple[str, ...] | list[str]) -> str:
    """The singular of a message or its only form."""
    return text if isinstance(text, str) else text[0]


def _of_python() -> Iterator[tuple[str, str]]:
    for module in PACKAGE.rglob("*.py"):
        with module.open("rb") as source:
            for _, text, _, _ in extract("python", source, KEYWORDS):
                yield _name(module), first(text)


def _of_templates() -> Iterator[tuple[str, str]]:
    for template in (PACKAGE / "templates").rglob("*.html"):
        for call in _CALL.finditer(f" {templatize(template.read_text(encoding='utf-8'))} "):
            arguments = ast.parse(f"f({call[2]})", mode="eval").body.args  # type: ignore[attr-defined]
            yield _name(template), ast.literal_eval(arguments[1 if call[1] == "pgettext" else 0])


def _of_pure_parts() -> Iterator[tuple[str, str]]:
    """Pure packages know no gettext: the sentences of their refusals are translated where they are shown."""
    refusals = {kind.__name__ for kind in _all_refusals()}
    for module in (file for part in PURE for file in (PACKAGE / part).rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in refusals:
                for text in (a.value for a in node.args if isinstance(a, ast.Constant)):
                    if isinstance(text, str) and CHINESE.search(text):
                        yield _name(module), text


def _all_refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    if kind is Refusal:
        for part in PURE:
            root = importlib.import_module(f"linggong.{part}")
            for found in pkgutil.walk_packages(root.__path__, f"linggong.{part}."):
                if not found.name.endswith("__main__"):
                    importlib.import_module(found.name)
    yield kind
    for narrower in kind.__subclasses__():
        yield from _all_refusals(narrower)


def _name(file: Path) -> str:
    return str(file.relative_to(PACKAGE))
