"""A key of the desk does one thing: what a page gives a letter to is not what the bar above gives it to."""

import re
from collections import Counter

import pytest

from tests.consistency.addresses import address, names
from tests.consistency.scene import browser, scene

KEY = re.compile(r'data-key="(.)"')


@pytest.mark.django_db
def test_no_page_of_the_desk_gives_one_key_to_two_acts() -> None:
    told = scene()
    client = browser("window_clerk", told, "zh-hans")
    pages = {name: client.get(address(name, told)) for name in names() if name.startswith("desk:")}
    keys = {
        name: Counter(KEY.findall(page.content.decode()))
        for name, page in pages.items()
        if b"<html" in page.content[:200]
    }
    assert any(keys.values())
    assert not {name: twice for name, found in keys.items() if (twice := [key for key in found if found[key] > 1])}
