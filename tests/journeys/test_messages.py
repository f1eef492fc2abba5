"""A morning's chat of two hundred messages at the desk: pasted, read, and worked through without a mouse."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.market import Market, Person, row_of

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

GROUP = Path(__file__).with_name("group.txt")
"""Two hundred messages: `{telephone}` is that of the employer who wrote the first."""
MORE = "瓦工 6人 320元"


def test_a_mornings_chat_is_worked_through_by_keyboard(market: Market) -> None:
    firm = market.employer("龙湾装修")
    window = market.window()
    paste(window, chat_of(firm))
    expect(window.get_by_text("收下 200 条，0 条以前收过")).to_be_visible()
    expect(window.get_by_text(re.compile("条正在读"))).to_have_count(0, timeout=60_000)
    expect(row_of(window, "先收钱").first).to_be_visible()
    expect(row_of(window, "限性别").first).to_be_visible()
    expect(row_of(window, "瓦工 6人").get_by_text("有变化")).to_be_visible()
    assert duplicates(window) > 10

    press(window, "b")
    expect(window.get_by_role("link", name="人数4名")).to_be_visible()
    expect(window.get_by_label("要几个人")).to_have_value("4")
    expect(window.get_by_role("combobox", name="谁要人")).to_have_value(f"龙湾装修 {firm.telephone[-4:]}")
    expect(window.get_by_role("button", name="发布，看下一条")).to_be_focused()
    window.get_by_label("要几个人").focus()
    expect(window.get_by_role("link", name="人数4名")).to_have_class(re.compile("lit"))
    press(window, "Enter")
    expect(window.get_by_text("“瓦工”已经发布，正在找人。")).to_be_visible()
    expect(
        window.get_by_role("heading", name="核对这一条").or_(window.get_by_role("heading", name="登记求职的人"))
    ).to_be_visible()

    press(window, "Escape")
    press(window, "i")
    window.get_by_role("link", name=MORE).press("Enter")
    expect(window.get_by_text("4 → 6")).to_be_visible()
    expect(window.get_by_role("button", name="改到原来的岗位上")).to_be_focused()
    press(window, "Enter")
    expect(window.get_by_text("“瓦工”已经改好。")).to_be_visible()
    window.goto(f"{market.program.url}/jobs/?trade=bricklayer")
    expect(window.get_by_text("龙湾花园二期").first).to_be_visible()

    window.goto(f"{market.program.url}/desk/messages/")
    row_of(window, "先收钱").first.get_by_role("link").first.press("Enter")
    expect(window.get_by_text("不能发布：").first).to_be_visible()
    expect(window.get_by_role("button", name="发布，看下一条")).to_be_disabled()
    press(window, "x")
    expect(window.get_by_text("没有发布，原因记下了。")).to_be_visible()

    paste(window, chat_of(firm))
    expect(window.get_by_text("这些消息以前都收过，没有变化。")).to_be_visible()


def test_what_a_clerk_corrects_is_written_out_without_a_telephone(market: Market) -> None:
    firm = market.employer("英雄台物业")
    window = market.window()
    paste(window, f"招油漆工2名，一天280，明天早8点到下午6点，马厂镇英雄台小区，电话{firm.telephone}")
    window.get_by_label("要几个人").fill("7")
    press(window, "Enter")
    expect(window.get_by_text("“油漆粉刷工”已经发布，正在找人。")).to_be_visible()
    lines = market.program.call("intake", "examples")
    assert '"headcount": 7' in lines and firm.telephone not in lines


def press(window: Page, key: str) -> None:
    """A key, once the page's scripts are there to hear it."""
    window.wait_for_load_state()
    window.keyboard.press(key)


def paste(window: Page, words: str) -> None:
    """Into the box by keys alone, wherever the clerk is."""
    press(window, "Escape")
    press(window, "i")
    expect(window.get_by_role("heading", name="收消息")).to_be_visible()
    press(window, "Escape")  # an empty list has the cursor in the box already
    press(window, "p")
    expect(window.get_by_label("消息原文")).to_be_focused()
    window.keyboard.insert_text(words)
    press(window, "Control+Enter")


def duplicates(window: Page) -> int:
    """How many of them said nothing new."""
    label = window.get_by_role("link", name=re.compile(r"^重复 \d+")).inner_text()
    return int(label.split()[-1])


def chat_of(firm: Person) -> str:
    return GROUP.read_text(encoding="utf-8").replace("{telephone}", firm.telephone)
