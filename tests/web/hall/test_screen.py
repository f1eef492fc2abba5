"""The hall screen in a real browser, by a clock that the test turns: news, calls, a server that goes and comes."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from linggong.lib import clock
from tests import cast

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

SITE = "http://linggong.test"
HALL = f"/hall/{cast.COUNTY}/"
DATA = f"{HALL}data.json"
POLL_SECONDS = 7
SETTLED = """async () => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
    });
}"""
"""What the page was doing with an answer is done; its timers stand still, so that they cannot tell."""
MORNING = datetime(2026, 11, 23, 6, 50, tzinfo=clock.SHANGHAI)


@dataclass
class Server:
    """Answers as the real one did, until it is told to be away."""

    page: str
    policy: str
    board: dict[str, Any]
    away: bool = False
    asked: int = 0
    loaded: int = 0
    etags: list[str | None] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if self.away:
            route.abort("connectionrefused")
        elif path == HALL:
            self.loaded += 1
            route.fulfill(body=self.page, content_type="text/html", headers={"Content-Security-Policy": self.policy})
        elif path == DATA:
            self._news(route)
        elif found := finders.find(path.removeprefix("/static/")):
            route.fulfill(path=str(found))
        else:
            route.fulfill(status=404)

    def _news(self, route: Route) -> None:
        self.asked += 1
        body = json.dumps(self.board)
        etag = f'"{hash(body)}"'
        known = route.request.headers.get("if-none-match")
        self.etags.append(known)
        if known == etag:
            route.fulfill(status=304)
        else:
            route.fulfill(body=body, content_type="application/json", headers={"ETag": etag})


@pytest.fixture
def server(client: Client) -> Server:
    """With eight jobs: two pages."""
    cast.county()
    employer = cast.employer()
    for number in range(8):
        cast.shift(employer, pay_fen=20000 + 100 * number)
    with clock.at(clock.now().replace(minute=0)):  # when the first page is shown
        shown = client.get(HALL)
        return Server(shown.content.decode(), shown["Content-Security-Policy"], client.get(DATA).json())


@pytest.fixture
def screen(server: Server) -> Iterator[Page]:
    """A browser of 1920 x 1080 at 6:50 in the morning; what the policy or a script complains about fails the test."""
    complaints: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None
        )
        page.route("**/*", server.answer)
        page.clock.install(time=MORNING)
        page.clock.pause_at(MORNING + timedelta(seconds=1))
        page.goto(SITE + HALL)
        yield page
        browser.close()
    assert not complaints


def pass_time(page: Page, seconds: int) -> None:
    """The page's own clock goes on; what it asked meanwhile is answered."""
    for _ in range(seconds):
        page.clock.run_for(1000)
        page.evaluate(SETTLED)


def poll(page: Page, server: Server) -> None:
    """Time goes on until the screen has asked once more and was answered."""
    asked = server.asked
    page.clock.run_for((POLL_SECONDS + 1) * 1000)
    for _ in range(200):
        page.evaluate(SETTLED)
        if server.asked > asked:
            break
    page.evaluate(SETTLED)
    assert server.asked > asked


def test_jobs_fit_the_screen_and_the_pages_turn_by_themselves(screen: Page, server: Server) -> None:
    poll(screen, server)
    assert screen.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [
        1920,
        1080,
    ]
    assert screen.get_by_text("第 1 页，共 2 页").is_visible()
    assert screen.locator(".hall-job:visible").count() == 6
    pass_time(screen, 13)
    assert screen.get_by_text("第 2 页，共 2 页").is_visible()
    assert screen.locator(".hall-job:visible").count() == 2


def test_news_replace_what_was_there(screen: Page, server: Server) -> None:
    poll(screen, server)
    server.board = server.board | {"at": "6:52", "rows": server.board["rows"][:1]}
    server.board["figures"] = server.board["figures"] | {"registered": 46}
    poll(screen, server)
    screen.get_by_text("6:52 的数").wait_for()
    assert screen.locator("[data-figure=registered]").inner_text() == "46"
    assert screen.locator(".hall-job:visible").count() == 1


def test_a_call_is_shown_at_once_and_spoken_once(screen: Page, server: Server) -> None:
    screen.evaluate(
        "() => { window.said = []; window.speechSynthesis.speak = (speech) => window.said.push(speech.text); }"
    )
    poll(screen, server)
    call = {"id": "1", "text": "请卡号 1037 到 2 号窗口", "spoken": "请卡号 1 0 3 7 到 2 号窗口"}
    server.board = server.board | {"calls": [call]}
    poll(screen, server)
    screen.get_by_text("请卡号 1037 到 2 号窗口").wait_for()
    poll(screen, server)
    assert screen.evaluate("window.said") == ["请卡号 1 0 3 7 到 2 号窗口。请卡号 1 0 3 7 到 2 号窗口"]
    server.board = server.board | {"calls": []}
    poll(screen, server)
    screen.get_by_text("到窗口说一声").wait_for()


def test_a_server_that_is_away_is_told_in_one_line_and_everything_stays_until_it_is_back(
    screen: Page, server: Server
) -> None:
    poll(screen, server)
    jobs = screen.locator("#jobs").inner_text()
    stale = screen.get_by_text(f"和服务器断开了。上面是 {server.board['at']} 的情况，连上后自己更新。")
    server.away = True
    pass_time(screen, 3 * POLL_SECONDS)
    stale.wait_for()
    assert screen.locator("#jobs").inner_text() == jobs
    assert screen.evaluate("document.documentElement.scrollHeight") == 1080
    server.away = False
    asked = server.asked
    pass_time(screen, 65)
    stale.wait_for(state="hidden")
    assert server.asked > asked


def test_a_lone_lost_question_changes_nothing(screen: Page, server: Server) -> None:
    poll(screen, server)
    server.away = True
    pass_time(screen, POLL_SECONDS)
    server.away = False
    assert screen.locator("#stale").is_hidden()


def test_two_hundred_questions_leave_no_element_behind(screen: Page, server: Server) -> None:
    poll(screen, server)
    nodes = "document.querySelectorAll('*').length"
    before = screen.evaluate(nodes)
    for number in range(200):
        server.board = server.board | {"at": f"{number % 24}:07", "rows": server.board["rows"][number % 2 :]}
        server.board["rows"] = (server.board["rows"] * 3)[: 3 + number % 10]
        poll(screen, server)
    assert server.asked >= 200
    assert screen.evaluate(nodes) == before


def test_nothing_new_is_asked_with_what_is_known(screen: Page, server: Server) -> None:
    for _ in range(3):
        poll(screen, server)
    assert server.etags[0] is None
    assert all(server.etags[1:])
    assert screen.locator("#stale").is_hidden()


def test_it_dims_in_the_evening_and_loads_itself_anew_after_four(screen: Page, server: Server) -> None:
    poll(screen, server)
    night = "document.documentElement.classList.contains('night')"
    assert not screen.evaluate(night)
    screen.clock.fast_forward("14:30:00")
    poll(screen, server)
    assert screen.evaluate(night)
    assert server.loaded == 1
    screen.clock.fast_forward("06:50:00")
    with screen.expect_navigation():
        screen.clock.run_for(15_000)
    assert server.loaded == 2
