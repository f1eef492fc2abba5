"""axe finds nothing on any page with real rows behind it, and phones never scroll sideways.

Django's own test client brings the pages, so that one market of the tests stands behind every address.
"""

import mimetypes
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Error, Page, Route

from tests.consistency.addresses import address, names
from tests.consistency.scene import Scene, scene
from tests.consistency.scene import browser as signed_in
from tests.journeys.program import PROJECT

pytestmark = pytest.mark.xdist_group("accessibility")

HOST = "http://linggong.test"
AXE = PROJECT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SURFACES = {
    "public": ("public:", "signin:", "hall:", "styleguide:"),
    "worker": ("worker:",),
    "employer": ("employer:",),
    "window_clerk": ("desk:",),
    "administrator": ("desk:matching", "desk:message_rules"),
}
"""Who looks at what."""
ON_PHONES = ("public:", "signin:", "worker:", "employer:", "desk:")
RUN_AXE = """async tags => (await axe.run(document, {runOnly: tags, resultTypes: ["violations"]})).violations
    .map(found => `${found.id}: ${found.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ")}`)"""
SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def told(browser: Browser, db: None) -> Scene:
    """The market behind the pages; the browser comes first, as it lets Django work beside its event loop."""
    return scene()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce", bypass_csp=True)
    context.add_init_script(AXE.read_text())
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", SURFACES)
def test_every_page_can_be_used_by_everybody(told: Scene, page: Page, role: str, language: str) -> None:
    client = signed_in(role, told, language)
    complaints = [
        f"{where} {name}: {complaint}"
        for name in names()
        if name.startswith(SURFACES[role])
        for where, complaint in complaints_about(page, client, name, told)
    ]
    assert complaints == []


def complaints_about(page: Page, client: Client, name: str, told: Scene) -> Iterator[tuple[str, str]]:
    """At phone and at desk size; what is no page (an act, a picture, a redirect) has nothing to complain about."""
    path = address(name, told)
    seen = client.get(path)
    if seen.status_code != 200 or not seen["Content-Type"].startswith("text/html") or b"<html" not in seen.content:
        return
    page.unroute_all()
    page.route("**/*", static_or_nothing)
    page.route(HOST + path, lambda route: route.fulfill(content_type="text/html", body=seen.content))
    page.set_viewport_size({"width": 360, "height": 760})
    page.goto(HOST + path)
    if name.startswith(ON_PHONES) and page.evaluate(SIDEWAYS):
        yield "360", "scrolls sideways"
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for found in page.evaluate(RUN_AXE, TAGS):
            yield str(width), found


def static_or_nothing(route: Route) -> None:
    """Styles and scripts from where they are written; what a page asks for later stays unanswered."""
    path = urlsplit(route.request.url).path
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    with suppress(Error):  # the page that asked may have been left meanwhile
        if isinstance(found, str):
            route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0] or "application/octet-stream")
        else:
            route.abort()
