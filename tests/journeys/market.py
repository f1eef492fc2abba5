"""A market that people meet in a browser: a window of desk size, phones of 360 px, and what is known before a story."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from linggong.lib import clock
from tests import cast
from tests.journeys.program import PASSWORD, Program

TOWN = "140403103"
CLERK = "wangfang"
PHONE = ViewportSize(width=360, height=760)
DESK = ViewportSize(width=1280, height=900)
WORKER, EMPLOYER = "我要找活", "我要招人"
"""The two doors of the sign-in page."""

A_SITE = ["潞州区零工市场", "--division", "140403", "--address", "英雄南路 1 号", "--telephone", "0355-2030001"]


@dataclass(frozen=True)
class Person:
    """Somebody registered: a worker with a card, or an employer without."""

    id: str
    name: str
    telephone: str
    card: str = ""


class Market:
    """A running program, a clerk at its window, and phones."""

    def __init__(self, program: Program, browser: Browser) -> None:
        self.program = program
        self.browser = browser
        program.call("divisions", "--province", "14")
        program.add_staff(CLERK, "window_clerk")
        program.call("site", *A_SITE)
        self.api = program.api(CLERK)

    # ------------------------------------------------------------------ who looks at it

    def window(self) -> Page:
        """The clerk's browser, signed in."""
        page = self._page(viewport=DESK)
        page.goto(f"{self.program.url}/desk/")
        page.get_by_label("登录名").fill(CLERK)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", name="今天", exact=True)).to_be_visible()
        return page

    def phone(self, door: str, telephone: str, **options: Any) -> Page:
        """A phone that has come in by the code it was sent."""
        page = self._page(viewport=PHONE, **options)
        page.goto(f"{self.program.url}/signin/")
        page.get_by_role("link", name=door).click()
        page.get_by_label("手机号").fill(telephone)
        page.get_by_role("button", name="发验证码给我").click()
        page.get_by_label("短信里的 6 位验证码").fill(self.code_for(telephone))
        page.get_by_role("button", name="登录").click()
        return page

    def code_for(self, telephone: str) -> str:
        """The code in the latest message to this telephone."""
        found = re.search(r"\d{6}", self.program.wait_for_message(telephone, "验证码"))
        assert found
        return found[0]

    def _page(self, **options: Any) -> Page:
        context: BrowserContext = self.browser.new_context(locale="zh-CN", **options)
        context.set_default_timeout(15_000)
        return context.new_page()

    # ------------------------------------------------------------------ what was before the story begins

    def worker(self, name: str, trade: str, **fields: Any) -> Person:
        """Somebody who registered earlier and can do one trade."""
        telephone = cast.telephone()
        typed = {
            "name": name,
            "identity_number": cast.identity_number(),
            "telephone": telephone,
            "trades": [{"trade": trade, "skill": 2}],
            "division": TOWN,
            "consent": True,
            **fields,
        }
        made = self.post("/workers", typed)
        return Person(made["id"], name, telephone, str(made["card_number"]))

    def employer(self, name: str) -> Person:
        """A firm that was vetted earlier."""
        typed = cast.new_employer()
        body = {
            "kind": "firm",
            "name": name,
            "register_number": typed.register_number,
            "contact_name": "李强",
            "telephone": typed.telephone,
            "division": TOWN,
            "latitude": 36.28,
            "longitude": 113.09,
        }
        made = self.post("/employers", body)
        self.post(f"/employers/{made['id']}/approve")
        return Person(made["id"], name, typed.telephone)

    def shift(
        self, employer: Person, title: str, trade: str, *, begins: timedelta, hours: float = 8, **fields: Any
    ) -> str:
        """An open shift for one person that begins so long from now (or began, where it is negative)."""
        begin = clock.now() + begins
        body = {
            "employer_id": employer.id,
            "trade": trade,
            "title": title,
            "place_name": "马厂镇物流园",
            "division": TOWN,
            "latitude": 36.28,
            "longitude": 113.09,
            "pay_fen": 30_00,
            "pay_unit": "hour",
            "contact_name": "李强",
            "instant_confirmation": True,
            "shifts": [
                {"starts": begin.isoformat(), "ends": (begin + timedelta(hours=hours)).isoformat(), "places": 1}
            ],
            **fields,
        }
        return str(self.post("/jobs", body)["shifts"][0]["id"])

    def place(self, worker: Person, shift: str) -> str:
        """The worker has a place on the shift; its placement."""
        return str(self.post(f"/shifts/{shift}/applications", {"worker_id": worker.id})["placement"]["id"])

    def earned(self, worker: Person, employer: Person, title: str, trade: str) -> None:
        """The worker came to a shift of two hours, and the wage has been worked out."""
        placement = self.place(worker, self.shift(employer, title, trade, begins=timedelta(minutes=-50), hours=2))
        self.post(f"/placements/{placement}/arrival")
        self.post(f"/placements/{placement}/wage")

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One act through the API, by the clerk."""
        return posted(self.api, path, body)


def posted(client: httpx.Client, path: str, body: dict[str, Any] | None = None, key: str = "") -> dict[str, Any]:
    """What the API answers to an act that succeeds."""
    answer = client.post(path, json=body or {}, headers={"Idempotency-Key": key or str(uuid4())})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def soon() -> datetime:
    """The next full minute that leaves time to be asked and to answer."""
    return clock.local(clock.now() + timedelta(seconds=105)).replace(second=0, microsecond=0)


def wait_until(moment: datetime, page: Page) -> None:
    """Until the clock has passed it."""
    page.wait_for_timeout(max((moment - clock.now()).total_seconds() + 0.5, 0) * 1000)


def row_of(page: Page, words: str) -> Locator:
    """The line of a list that says this."""
    return page.get_by_role("listitem").filter(has_text=words)


def tab(page: Page, name: str) -> None:
    """Touch one of the main pages of a phone."""
    page.get_by_role("navigation", name="主要的页").get_by_role("link", name=name, exact=True).click()
