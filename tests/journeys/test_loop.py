"""The whole loop, as people see it: registered, vetted, posted, asked, confirmed, arrived, paid, rated, called back."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.journeys.market import EMPLOYER, WORKER, Market, row_of, soon, tab, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

FIRM = "长治顺达物流有限公司"


def test_from_the_window_to_the_call_back(market: Market) -> None:
    worker_phone, firm_phone = cast.telephone(), cast.telephone()
    window = market.window()
    register_worker_by_keyboard(window, "王建国", worker_phone)

    boss = market.phone(EMPLOYER, firm_phone)
    register_firm(boss)
    vet(window)
    market.program.wait_for_message(firm_phone, "通过")

    starts = post_job(boss)
    assert "卸两车水泥" in market.program.wait_for_message(worker_phone, "去不去")

    man = market.phone(WORKER, worker_phone)
    expect(man.get_by_role("heading", name="有个活问您去不去")).to_be_visible()
    man.get_by_role("button", name="去", exact=True).click()
    expect(man.get_by_role("heading", name="定好了")).to_be_visible()

    call_the_roll(boss)
    wait_until(starts, boss)
    pay_the_day(boss)

    confirm_receipt_and_rate(man)
    rate_the_worker(boss)
    call_back(window, worker_phone)


def register_worker_by_keyboard(window: Page, name: str, telephone: str) -> None:
    keys = window.keyboard
    keys.press("n")
    expect(window.get_by_label("姓名", exact=True)).to_be_focused()
    for typed in (name, cast.identity_number(), telephone, "搬运", "马厂镇"):
        keys.type(typed, delay=5)
        window.wait_for_timeout(250)
        keys.press("Tab")
    expect(window.get_by_label("已读给本人听，本人同意登记")).to_be_focused()
    keys.press("Space")
    keys.press("Enter")
    expect(window.get_by_text("登记好了")).to_be_visible()
    expect(window.get_by_role("link", name="登记下一个")).to_be_focused()


def register_firm(boss: Page) -> None:
    boss.get_by_label("企业", exact=True).check()
    boss.get_by_label("名称").fill(FIRM)
    boss.get_by_label("统一社会信用代码").fill(cast.new_employer().register_number)
    boss.get_by_label("联系人姓名").fill("李强")
    boss.get_by_label("在哪个乡镇、街道？").select_option(label="马厂镇")
    boss.get_by_label("详细地址").fill("马厂镇物流园 3 号")
    boss.get_by_role("button", name="提交登记").click()
    expect(boss.get_by_text("还在核验")).to_be_visible()


def vet(window: Page) -> None:
    window.keyboard.press("d")
    row_of(window, FIRM).get_by_role("link", name="核验").click()
    window.get_by_role("button", name="核验通过").click()
    expect(window.get_by_text("已核验").first).to_be_visible()


def post_job(boss: Page) -> datetime:
    tab(boss, "今天")
    boss.get_by_role("link", name="发布新活").first.click()
    boss.get_by_label("要干什么活？").fill("装卸搬运工")
    boss.get_by_label("怎么叫这个活？").fill("卸两车水泥")
    boss.get_by_label("要几个人？").fill("1")
    boss.get_by_label("工钱多少？").fill("220")
    starts = soon()
    boss.get_by_label("哪天？").fill(f"{starts:%Y-%m-%d}")
    boss.get_by_label("几点到？").fill(f"{starts:%H:%M}")
    boss.get_by_label("几点下班？").fill(f"{starts + timedelta(hours=8):%H:%M}")
    boss.get_by_role("button", name="下一步：看一眼再发布").click()
    expect(boss.get_by_role("heading", name="工人看到的是这样")).to_be_visible()
    boss.get_by_role("button", name="发布这个活").click()
    expect(boss.get_by_text("发布了，正在帮您找人。")).to_be_visible()
    return starts


def call_the_roll(boss: Page) -> None:
    open_shift(boss)
    expect(boss.get_by_role("heading", name="谁到了？打勾")).to_be_visible()
    boss.get_by_role("checkbox", name="王建国").check()
    boss.get_by_role("button", name="打勾的到了").click()
    expect(boss.get_by_text("记下了，1 个人到了。")).to_be_visible()


def open_shift(boss: Page) -> None:
    tab(boss, "今天")
    boss.get_by_role("link", name="卸两车水泥", exact=True).first.click()


def pay_the_day(boss: Page) -> None:
    open_shift(boss)
    boss.get_by_role("link", name="提前收工，确认工时").click()
    boss.get_by_role("button", name="打勾的都对，算工钱").click()
    expect(boss.get_by_text("一共 220 元")).to_be_visible()
    boss.get_by_label("微信").check()
    boss.get_by_role("button", name="打勾的都付了").click()
    expect(boss.get_by_text("等工人说收到了，就全部结清。")).to_be_visible()


def confirm_receipt_and_rate(man: Page) -> None:
    tab(man, "首页")
    expect(man.get_by_text("收到了吗？")).to_be_visible()
    man.get_by_role("button", name="收到了").click()
    tab(man, "我的活")
    man.get_by_role("link", name="卸两车水泥").click()
    man.get_by_role("link", name="说说这家怎么样").click()
    man.get_by_label("★★★★★ 很好").check()
    man.get_by_role("button", name="说好了").click()
    expect(man.get_by_text("您给了 5 颗星。")).to_be_visible()


def rate_the_worker(boss: Page) -> None:
    open_shift(boss)
    boss.get_by_role("link", name="评一评").click()
    boss.get_by_label("很好，还想请他").check()
    boss.get_by_role("button").filter(has_text="评").click()


def call_back(window: Page, telephone: str) -> None:
    window.keyboard.press("/")
    window.keyboard.type(telephone)
    window.keyboard.press("Enter")
    window.get_by_role("link", name="打电话").first.click()
    window.get_by_role("button", name="在干，一切正常").click()
    expect(window.get_by_text("王建国 的回访记下了。")).to_be_visible()
