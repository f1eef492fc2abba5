"""One market and one browser for all journeys; both end with them, so that no other test finds an event loop open."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.market import Market
from tests.journeys.program import PROJECT, Program

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Playwright keeps an event loop in this thread, in which Django would otherwise refuse to ask the database."""
    expect.set_options(timeout=15_000)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def market(browser: Browser) -> Iterator[Market]:
    program = Program(PROJECT / "var" / "journey")
    try:
        program.start()
        yield Market(program, browser)
    finally:
        program.stop()
