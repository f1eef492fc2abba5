"""Telephone numbers: mobiles, landlines with their area code and 400 numbers, however they are broken up."""

import re

from linggong.intake.sheet import Found, Sheet
from linggong.intake.signs import guarded

_GAP = r"[ \-.·_]{0,3}"
_DIGIT = "[0-9零〇一二三四五六七八九幺]"
_NUMBERS = guarded(
    rf"(?:(?<![0-9A-Za-z_])|(?<=[Tt][Ee][Ll]))(?:\+?86{_GAP})?(?P<mobile>1{_GAP}[3-9三四五六七八九](?:{_GAP}{_DIGIT}){{9}})(?!\d)"
    rf"|(?<![0-9A-Za-z_])\(?(?P<area>0(?:10|2\d|[3-9]\d\d))\)?{_GAP}(?P<local>[2-9](?:{_GAP}\d){{6,7}})(?!\d)"
    rf"|(?<![0-9A-Za-z_])(?P<service>[48]00(?:{_GAP}\d){{7}})(?!\d)"
    rf"|(?P<spoken>[幺一]{_GAP}[3-9三四五六七八九](?:{_GAP}{_DIGIT}){{9}})(?![\d零一二三四五六七八九十百千幺])"
)
_SPOKEN = str.maketrans("零〇一二三四五六七八九幺", "001234567891")


def read(sheet: Sheet) -> list[Found[str]]:
    """The telephones in the order of the text, digits only; each number once."""
    found: dict[str, Found[str]] = {}
    spans = []
    for match in _NUMBERS.finditer(sheet.left):
        digits = _digits(match)
        spans.append(match.span())
        found.setdefault(digits, Found(digits, match.start(), match.end(), 0.99))
    sheet.take(spans)
    return list(found.values())


def _digits(match: re.Match[str]) -> str:
    written = match["mobile"] or match["spoken"] or match["service"] or match["area"] + match["local"]
    return written if written.isdecimal() else "".join(filter(str.isdecimal, written.translate(_SPOKEN)))
