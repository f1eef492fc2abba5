"""Every sentence that a small part says to a person can also be said in English."""

import ast
from pathlib import Path

from babel.messages.pofile import read_po

import linggong
from linggong.lib import errors

PACKAGE = Path(linggong.__file__).parent
SENTENCES = {
    node.value
    for module in Path(errors.__file__).parent.glob("*.py")
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith("。")
}


def test_each_sentence_has_its_english() -> None:
    with (PACKAGE / "locale/en/LC_MESSAGES/django.po").open("rb") as po:
        english = {message.id: message.string for message in read_po(po)}
    assert len(SENTENCES) > 30
    assert not [sentence for sentence in SENTENCES if not english.get(sentence)]
