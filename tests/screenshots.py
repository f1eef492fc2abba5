"""`python -m tests.screenshots`: the README's pictures, taken of a demo county made for them."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.journeys.program import PROJECT, Program

CHROMIUM = "/usr/bin/chromium"
PICTURES = PROJECT / "docs" / "screenshots"
LARGEST = 300_000
WHO = """
from linggong.dispatch.models import Offer
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.posts.models import Shift
with within(system("screenshots")):
    asked = Offer.objects.filter(state="waiting").exclude(worker__telephone_masked="").latest("deadline")
    busy = Shift.objects.filter(listed=True, taken__gt=0).select_related("job__employer").order_by("starts")[0]
    print(asked.worker.telephone.open(), busy.job.employer.telephone.open())
"""
"""A worker who is being asked, and an employer of whose places some are taken."""
PHONE = ViewportSize(width=360, height=760)


def main() -> None:
    program = Program(PROJECT / "var" / "screenshots", demo=True)
    try:
        program.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            take(browser, program)
            browser.close()
    finally:
        program.stop()


def take(browser: Browser, program: Program) -> None:
    """One picture of each surface, as the person it is for sees it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    worker, employer = program.call("manage", "shell", "--no-imports", "-c", WHO).split()
    keep(phone(browser, program, "我要找活", worker), "worker")
    keep(phone(browser, program, "我要招人", employer), "employer")
    keep(window(browser, program), "desk")
    keep(hall(browser, program), "hall")


def phone(browser: Browser, program: Program, door: str, telephone: str) -> Page:
    """A phone's first page after signing in by the code of the SMS inbox."""
    page = browser.new_context(
        viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True, locale="zh-CN"
    ).new_page()
    page.goto(f"{program.url}/signin/")
    page.get_by_role("link", name=door).click()
    page.get_by_label("手机号").fill(telephone)
    page.get_by_role("button", name="发验证码给我").click()
    code = re.search(r"\d{6}", program.wait_for_message(telephone, "验证码"))
    assert code
    page.get_by_label("短信里的 6 位验证码").fill(code[0])
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state("networkidle")
    return page


def window(browser: Browser, program: Program) -> Page:
    """The day of a clerk of the county's market."""
    username, password = re.findall(r"password (\S+): (\w+)", (program.home / "serve.log").read_text())[0][::-1]
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN").new_page()
    page.goto(f"{program.url}/desk/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state("networkidle")
    return page


def hall(browser: Browser, program: Program) -> Page:
    """The screen of the county's market, at two thirds of its size."""
    page = browser.new_context(
        viewport={"width": 1920, "height": 1080}, device_scale_factor=2 / 3, locale="zh-CN"
    ).new_page()
    page.goto(f"{program.url}/hall/140403/")
    page.wait_for_load_state("load")
    page.wait_for_timeout(3000)
    return page


def keep(page: Page, name: str) -> None:
    """As the eye meets the page: the top of it, no larger than a README should carry."""
    picture: Path = PICTURES / f"{name}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size < LARGEST, f"{picture.name} is larger than {LARGEST} bytes"
    print(f"{picture.relative_to(PROJECT)}: {picture.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
