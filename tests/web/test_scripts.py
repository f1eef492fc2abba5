"""The small scripts in a real browser, under the site's own security policy; and the accessibility of every surface."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

SITE = "http://linggong.test"
AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Render = Callable[..., dict[str, str]]


@pytest.fixture
def rendered(client: Client) -> Render:
    """Pages by path, made before the browser starts: its loop and the database do not share a thread."""

    def render(*paths: str, sent: dict[str, str] | None = None, language: str = "zh-hans") -> dict[str, str]:
        client.cookies["django_language"] = language
        answers = {path: client.get(path) if sent is None else client.post(path, sent) for path in paths}
        return {path: answer.content.decode() for path, answer in answers.items()}

    return render


@contextmanager
def opened(pages: dict[str, str], path: str, *, width: int = 1280, strict: bool = True) -> Iterator[Page]:
    """A browser at one of the pages; whatever a script or the security policy complains about fails the test."""

    def answer(route: Route) -> None:
        wanted = HASH.sub("", urlsplit(route.request.url).path)
        if wanted in pages:
            route.fulfill(body=pages[wanted], content_type="text/html", headers=policy)
        elif found := finders.find(wanted.removeprefix("/static/")):
            route.fulfill(path=str(found))
        else:
            route.fulfill(status=404)

    policy = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:"} if strict else {}
    complaints: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.route("**/*", answer)
        page.goto(SITE + path)
        yield page
        browser.close()
    assert not complaints


def has_focus(page: Page, selector: str) -> bool:
    return bool(page.locator(selector).evaluate("element => element === document.activeElement"))


def test_j_and_k_walk_the_rows_so_that_enter_does_the_act(rendered: Render) -> None:
    with opened(rendered("/styleguide/desk/"), "/styleguide/desk/") as page:
        page.keyboard.press("j")
        assert has_focus(page, "[data-row] [data-act] >> nth=0")
        page.keyboard.press("j")
        assert has_focus(page, "[data-row] [data-act] >> nth=1")
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        assert page.url.endswith("#tables")


def test_on_a_phone_the_bar_of_the_desk_is_one_line_and_its_links_open_below(rendered: Render) -> None:
    with opened(rendered("/styleguide/desk/"), "/styleguide/desk/", width=360) as page:
        bar, links = page.locator(".bar"), page.locator(".bar nav, .bar .bar-nav").first
        assert bar.evaluate("bar => bar.offsetHeight") < 60
        assert not links.is_visible()
        page.get_by_text("菜单").click()
        assert links.is_visible()


def test_letters_typed_into_the_search_box_stay_letters(rendered: Render) -> None:
    with opened(rendered("/styleguide/desk/"), "/styleguide/desk/") as page:
        page.keyboard.press("/")
        page.keyboard.type("jk?/g")
        assert page.input_value("#search") == "jk?/g"
        page.keyboard.press("Escape")
        assert not has_focus(page, "#search")


def test_the_help_lists_the_shortcuts_of_the_page_and_can_switch_letters_off(rendered: Render) -> None:
    with opened(rendered("/styleguide/desk/"), "/styleguide/desk/") as page:
        page.keyboard.press("?")
        assert page.locator("#keys-help dd", has_text="打印").is_visible()
        page.get_by_label("用单个字母作快捷键").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert not has_focus(page, "[data-row] [data-act] >> nth=0")


def test_a_half_filled_form_is_found_again_after_another_page(rendered: Render) -> None:
    with opened(rendered("/styleguide/desk/", "/styleguide/"), "/styleguide/desk/") as page:
        page.get_by_label("您叫什么名字？").fill("张三")
        page.get_by_label("电动车").check()
        page.goto(f"{SITE}/styleguide/")
        page.goto(f"{SITE}/styleguide/desk/")
        assert page.get_by_label("您叫什么名字？").input_value() == "张三"
        assert page.get_by_label("电动车").is_checked()
        page.get_by_role("button", name="清空重写").click()
        assert page.get_by_label("您叫什么名字？").input_value() == ""


def test_what_has_been_sent_is_not_filled_in_again(rendered: Render) -> None:
    with opened(rendered("/styleguide/desk/"), "/styleguide/desk/") as page:
        page.get_by_label("您叫什么名字？").fill("张三")
        page.get_by_role("button", name="保存").click()
        page.wait_for_load_state()
        assert page.get_by_label("您叫什么名字？").input_value() == ""


def test_without_a_network_the_form_says_so_and_keeps_everything(rendered: Render) -> None:
    with opened(rendered("/styleguide/worker/"), "/styleguide/worker/", width=360) as page:
        page.get_by_label("您叫什么名字？").fill("张三")
        page.context.set_offline(True)
        page.get_by_role("button", name="保存").click()
        assert page.get_by_text("现在没有网络，还没有发出去。").is_visible()
        assert page.get_by_label("您叫什么名字？").input_value() == "张三"


@pytest.mark.parametrize(("language", "largest"), [("zh-hans", "字号 30"), ("en", "Aa, size 30")])
def test_the_text_grows_at_once_and_nothing_sticks_out(rendered: Render, language: str, largest: str) -> None:
    with opened(rendered("/styleguide/worker/", language=language), "/styleguide/worker/", width=360) as page:
        page.get_by_role("button", name=largest).click()
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "30px"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("surface", ["", "worker/", "employer/", "desk/", "hall/"])
def test_axe_finds_nothing_on_any_surface(rendered: Render, surface: str, width: int) -> None:
    path = f"/styleguide/{surface}"
    with opened(rendered(path, sent={"name": ""}), path, width=width, strict=False) as page:
        page.add_script_tag(path=AXE)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(problem["id"], problem["nodes"][0]["html"]) for problem in found] == []
