"""Meals, lodging and transport: provided, refused or not said; the patterns are data in `data/provisions.toml`."""

from typing import Literal, NamedTuple

from linggong.intake.lexicon import toml
from linggong.intake.sheet import Found, Sheet
from linggong.intake.signs import Signs

Kind = Literal["meals", "lodging", "transport"]
_TOPICS: dict[str, tuple[Kind, ...]] = {
    "both": ("meals", "lodging"),
    "meals": ("meals",),
    "lodging": ("lodging",),
    "transport": ("transport",),
}


class Provision(NamedTuple):
    """One of the three, and whether it is given."""

    kind: Kind
    given: bool


SIGNS = Signs(
    ((kinds, answer == "yes"), sign)
    for answer in ("no", "yes")
    for topic, kinds in _TOPICS.items()
    for sign in toml("provisions")[topic][answer]
)
"""What each way to grant or refuse is about; refusals first."""


def read(sheet: Sheet) -> list[Found[Provision]]:
    """Every mention in the order of the text; what is refused is blotted out before what is granted is looked for."""
    found: list[Found[Provision]] = []
    for sign in SIGNS.worth_trying(sheet.held):
        if spans := sign.spans_in(sheet.left):
            kinds, given = sign.label
            found += [Found(Provision(kind, given), *span) for span in spans for kind in kinds]
            sheet.take(spans)
    return sorted(found, key=lambda each: each.start)
