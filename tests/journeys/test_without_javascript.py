"""A phone without JavaScript and with one bar of signal: the worker's whole part of the loop, on plain pages."""

from datetime import timedelta

import pytest
from playwright.sync_api import Request, expect

from tests.journeys.market import PHONE, WORKER, Market, tab

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

FIRST_LOAD = 100_000
"""Bytes; at 50 kbit/s this is 16 seconds."""


def test_asked_placed_and_paid_without_javascript(market: Market) -> None:
    worker, firm = market.worker("丁满仓", "sewing_worker"), market.employer("红星服装")
    market.earned(worker, firm, "钉扣子", "sewing_worker")
    market.shift(firm, "锁边", "sewing_worker", begins=timedelta(hours=4))
    market.program.wait_for_message(worker.telephone, "锁边")

    phone = market.phone(WORKER, worker.telephone, java_script_enabled=False)
    phone.get_by_role("button", name="去", exact=True).click()
    expect(phone.get_by_role("heading", name="定好了")).to_be_visible()
    expect(phone.get_by_text("李强").first).to_be_visible()

    tab(phone, "首页")
    phone.get_by_role("button", name="收到了", exact=True).click()
    tab(phone, "工钱")
    phone.get_by_role("link", name="钉扣子").click()
    expect(phone.get_by_text("说收到了")).to_be_visible()


def test_the_first_page_is_light(market: Market) -> None:
    known = market.phone(WORKER, market.worker("崔小山", "driver").telephone)
    fresh = market.browser.new_context(storage_state=known.context.storage_state(), viewport=PHONE)
    phone, loaded = fresh.new_page(), list[Request]()
    phone.on("requestfinished", lambda request: loaded.append(request))
    phone.goto(f"{market.program.url}/worker/", wait_until="networkidle")
    sizes = [request.sizes() for request in loaded]
    assert 0 < sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes) < FIRST_LOAD
