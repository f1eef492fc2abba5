"""Bad input of every kind, at every form and every address: a sentence, what was typed is kept, nothing changes."""

import io
import re
import zipfile
from collections.abc import Iterator
from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve

from tests.consistency.addresses import address
from tests.consistency.forms import Form, forms_of
from tests.consistency.rows import row_counts
from tests.consistency.scene import Scene, browser, stranger
from tests.consistency.test_english_pages import READERS
from tests.consistency.test_permissions import ROWS
from tests.consistency.test_together import undone

SURFACES = ("desk", "worker", "employer", "signin", "public", "hall")
WORDS = (
    "140411800501001",  # the old form of an identity number
    "14041119700501001Y",
    "140411197002290010",  # no leap year
    "１４０４１１１９７００５０１００１８",
    "𠮷㐱䶮",
    "\u202e\u200b\ufeff",
    "王\0刚",
    "长" * 20_000,
    "9" * 400,
    "-5",
    "-0.01",
    "0",
    "NaN",
    "Infinity",
    "1e309",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%s%(n)s{0}{{7*7}}",
    "2026-02-29",
    "9999-12-31",
    "0001-01-01",
    "99:99",
    "🙂" * 30,
    "٣٤",
    "²",
)
QUERY = ("q", "day", "before", "after", "page", "trade", "division", "near", "show", "state", "kind", "text", "next")
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "?")
IDENTIFIER = re.compile("[0-9a-f-]{36}")
SHOWS = ("desk:worker_reveal", "desk:employer_reveal", "desk:message_source_add")
"""Answers with a page that shows something once, and writes down who has seen it."""
SIGN_OUT = "signin:signout"
"""Would end what the other forms need."""
FINE = {200, 302, 304, 400, 403, 404, 405, 409, 413, 422, 429}


def _packed(size: int) -> bytes:
    """A sheet that unpacks to very much more than it seems."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return target.getvalue()


FILES = {
    "empty.xlsx": b"",
    "program.xlsx": b"MZ\x90\x00" + bytes(range(256)) * 20,
    "bomb.xlsx": _packed(30_000_000),
    "page.csv": b"<html><body>not a sheet</body></html>",
    "broken.csv": b"\xff\xfe\xfa\x80\x81,\x00\n\xff,\xff\n",
    "formula.csv": "姓名,身份证号,工种\n=1+1,=HYPERLINK(1),@SUM(A1)\n".encode(),
    "legacy.csv": "姓名,身份证号,工种\n王刚,123,保洁\n".encode("gb18030"),
    "picture.jpg": b"GIF89a" + b"\0" * 50,
}


def pages(surface: str, told: Scene) -> Iterator[tuple[Client, str, str]]:
    """Each page of a surface with somebody who may open it."""
    readers: dict[str, Client] = {}
    for name, (who, how) in ROWS.items():
        if name.startswith(f"{surface}:") and how in ("open", "door"):
            role = READERS.get(who, "employer" if who == "owner" else who)
            reader = readers.setdefault(role, browser(role, told))
            yield reader, name, address(name, told)


def forms(surface: str, told: Scene) -> Iterator[tuple[Client, Form]]:
    """Every form of a surface once."""
    known = set()
    for reader, name, page in pages(surface, told):
        if name != "employer:receipt":
            for form in forms_of(reader.get(page).content.decode(errors="replace"), page):
                key = (resolve(form.action).view_name, *form.given)
                if key not in known and key[0] != SIGN_OUT:
                    known.add(key)
                    yield reader, form


def bad_fillings(form: Form, turn: int) -> Iterator[dict[str, object]]:
    """All that is typed is bad in the same way; then one field after the other. The words take turns at the forms."""
    for word in in_turn(turn, 5):
        yield {**form.given, **dict.fromkeys(form.typed, word)}
    for number, name in enumerate(form.given):
        yield {**form.given, name: WORDS[(turn + number) % len(WORDS)]}
    for name in form.files:
        for filename, content in FILES.items():
            yield {**form.given, name: SimpleUploadedFile(filename, content)}
    yield {}


def in_turn(turn: int, count: int) -> tuple[str, ...]:
    return (WORDS * 2)[turn * count % len(WORDS) :][:count]


@pytest.mark.parametrize("surface", SURFACES[:4])
def test_bad_words_at_every_form_get_a_sentence_and_are_kept(surface: str, told: Scene) -> None:
    wrong: list[tuple[object, ...]] = []
    found = list(forms(surface, told))
    assert len(found) > 2
    before = row_counts()
    for turn, (reader, form) in enumerate(found):
        for filling in bad_fillings(form, turn):
            with undone():
                answer = reader.post(form.action, filling)
                shown = answer.content.decode(errors="replace")
                judged = form.typed and resolve(form.action).view_name not in SHOWS
                if answer.status_code not in FINE:
                    wrong.append((form.action, answer.status_code, _short(filling)))
                elif answer.status_code != 302 and judged and row_counts() != before:
                    wrong.append((form.action, "changed", _short(filling)))
                elif answer.status_code == 200 and judged and (lost := _lost(form, filling, shown)):
                    wrong.append((form.action, "lost", lost, _short(filling)))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("surface", SURFACES)
def test_bad_questions_at_every_address_get_an_answer(surface: str, told: Scene) -> None:
    wrong = [
        (name, answer.status_code, word)
        for turn, (reader, name, page) in enumerate(pages(surface, told))
        for word in in_turn(turn, 5)
        if (answer := reader.get(page.split("?")[0], dict.fromkeys(QUERY, word[:900]))).status_code not in FINE
    ]
    assert not wrong


@pytest.mark.parametrize("surface", SURFACES)
def test_broken_encodings_and_identifiers_get_an_answer(surface: str, told: Scene) -> None:
    wrong = []
    for turn, (reader, name, page) in enumerate(pages(surface, told)):
        addresses = [page.split("?")[0] + "?q=%ff%fe%00&day=%c0%af"]
        if identifiers := IDENTIFIER.findall(page):
            addresses += [page.replace(identifiers[0], bad) for bad in (str(stranger()), "not-a-uuid", "%00", "%ff")]
        answers = [reader.get(each) for each in addresses]
        answers.append(reader.post(page, b"name=%ff\xff&--x\r\n\0{", content_type=KINDS[turn % len(KINDS)]))
        wrong += [(name, answer.status_code) for answer in answers if answer.status_code not in FINE]
    assert not wrong


def _lost(form: Form, filling: dict[str, object], shown: str) -> list[str]:
    """What a person typed into this form and does not find again on the page."""
    if 'name="csrfmiddlewaretoken"' not in shown:
        return []
    kept = [name for name in form.typed if isinstance(filling.get(name), str)]
    return [name for name in kept if f'name="{name}"' in shown and escape(str(filling[name])) not in shown]


def _short(filling: dict[str, object]) -> dict[str, str]:
    return {name: str(value)[:24] for name, value in filling.items()}
