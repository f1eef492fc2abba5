"""The design system keeps its promises: light, readable, plain, in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

import linggong
from linggong.lib.errors import Refusal
from linggong.web.preferences import TEXT_SIZES
from linggong.web.styleguide.sample import SampleForm
from linggong.web.templatetags import ui

PACKAGE = Path(linggong.__file__).parent
STATIC = PACKAGE / "static/linggong"
CSS = (STATIC / "linggong.css").read_text("utf-8")
SURFACES = ["", "worker/", "employer/", "desk/", "hall/"]
GOOD = {
    "name": "张三",
    "card": "1037",
    "pay": "２２０元",
    "day": "2026-11-23",
    "starts": "07:30",
    "trade": "loader",
    "way": "foot",
    "consent": "on",
}


@pytest.fixture
def browser(client: Client) -> Client:
    client.cookies["django_language"] = "zh-hans"
    return client


# ---- light and strict


def test_the_stylesheet_is_under_40_kb() -> None:
    assert len(CSS.encode()) < 40_000


@pytest.mark.django_db
def test_a_phone_loads_less_than_100_kb_at_first(browser: Client) -> None:
    page = browser.get("/styleguide/worker/").content
    loaded = [STATIC / name for name in ("linggong.css", "keep.js", "worker.js", "mark.svg")]
    assert len(page) + sum(path.stat().st_size for path in loaded) < 100_000


@pytest.mark.django_db
@pytest.mark.parametrize("surface", SURFACES)
def test_nothing_is_inline_that_the_security_policy_refuses(browser: Client, surface: str) -> None:
    page = browser.get(f"/styleguide/{surface}").content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


# ---- readable


def tokens(selector: str) -> dict[str, str]:
    block = CSS[CSS.index(selector + " {") :].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


GROUNDS = ["paper", "sheet", "shade"]
TEXTS = [(text, ground) for text in ("ink", "muted", "pine", "brick", "amber") for ground in GROUNDS] + [
    ("on-pine", "pine"),
    ("on-pine", "pine-deep"),
    ("on-pine", "brick"),
    ("ink", "pine-tint"),
    ("pine", "pine-tint"),
    ("ink", "amber-tint"),
    ("amber", "amber-tint"),
    ("ink", "brick-tint"),
    ("brick", "brick-tint"),
]
OUTLINES = [("edge", "paper"), ("edge", "sheet"), ("amber-mark", "sheet"), ("pine", "sheet"), ("brick", "sheet")]


@pytest.mark.parametrize("looks", [":root", "html.hall", "html.hall.night"])
def test_words_stand_out_from_their_ground(looks: str) -> None:
    colours = tokens(":root") | (tokens("html.hall") if looks != ":root" else {}) | tokens(looks)
    faint = {pair: round(ratio, 2) for pair in TEXTS if (ratio := contrast(*(colours[c] for c in pair))) < 4.5}
    assert not faint


@pytest.mark.parametrize("looks", [":root", "html.hall", "html.hall.night"])
def test_outlines_of_what_can_be_touched_are_seen(looks: str) -> None:
    colours = tokens(":root") | (tokens("html.hall") if looks != ":root" else {}) | tokens(looks)
    faint = {pair: round(ratio, 2) for pair in OUTLINES if (ratio := contrast(*(colours[c] for c in pair))) < 3}
    assert not faint


def test_the_worker_never_reads_less_than_18_px() -> None:
    assert min(TEXT_SIZES) >= 18
    assert all(f"html.worker.size-{size}" in CSS or size == 20 for size in TEXT_SIZES)


# ---- plain words, both languages


@pytest.mark.django_db
@pytest.mark.parametrize("surface", SURFACES)
def test_an_english_page_has_no_chinese_left(client: Client, surface: str) -> None:
    client.cookies["django_language"] = "en"
    page = client.get(f"/styleguide/{surface}").content.decode()
    assert '<html lang="en"' in page
    assert set(re.findall(r"[\u4e00-\u9fff]+", page)) <= {"中文"}


@pytest.mark.django_db
def test_one_key_switches_the_language_and_stays_on_the_page(browser: Client) -> None:
    answer = browser.post(reverse("set_language"), {"language": "en", "next": "/styleguide/desk/"}, follow=True)
    assert answer.redirect_chain == [("/styleguide/desk/", 302)]
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_every_error_page_says_what_to_do_next_even_without_a_request(code: str) -> None:
    from django.template.loader import render_to_string

    with translation.override("zh-hans"):
        page = render_to_string(f"{code}.html")
    assert "回到首页" in page
    assert page.count("<p") >= 3


# ---- text size


@pytest.mark.django_db
def test_the_chosen_text_size_is_remembered_without_scripts(browser: Client) -> None:
    answer = browser.post(reverse("set_text_size"), {"size": "30", "next": "/styleguide/worker/"}, follow=True)
    assert 'class="worker size-30"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("size", ["", "31", "9999999", "30;x", "三十"])
def test_a_size_that_is_not_offered_changes_nothing(browser: Client, size: str) -> None:
    answer = browser.post(reverse("set_text_size"), {"size": size, "next": "/styleguide/worker/"}, follow=True)
    assert 'class="worker size-20"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_choosing_a_size_never_leads_off_the_site(browser: Client, page: str) -> None:
    assert browser.post(reverse("set_text_size"), {"size": "24", "next": page})["Location"] == "/"


# ---- forms


@pytest.mark.django_db
def test_each_error_stands_on_top_and_at_its_field_and_leads_there(browser: Client) -> None:
    page = browser.post("/styleguide/", GOOD | {"name": "", "pay": "-5", "way": ""}).content.decode()
    summary = page[page.index('class="error-summary"') :].split("</div>", 1)[0]
    led_to = re.findall(r'href="#(\w+)"', summary)
    assert led_to == ["id_name", "id_pay", "id_way"]
    assert all(f'id="{target}"' in page and f'id="{target}_error"' in page for target in led_to)
    assert "有 3 处要改" in summary
    assert 'aria-describedby="id_name_helptext id_name_error"' in page


@pytest.mark.django_db
def test_what_was_typed_stays_in_a_refused_form(browser: Client) -> None:
    page = browser.post("/styleguide/", GOOD | {"name": "", "pay": "二百二"}).content.decode()
    assert 'value="二百二"' in page
    assert 'value="1037"' in page


@pytest.mark.django_db
def test_what_was_typed_is_shown_as_text_and_not_run(browser: Client) -> None:
    page = browser.post("/styleguide/", GOOD | {"name": "<script>x</script>", "card": ""}).content.decode()
    assert "<script>x" not in page


def test_yuan_become_fen_and_back() -> None:
    form = SampleForm(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["pay"] == 22_000
    assert 'value="220.50"' in str(SampleForm(initial={"pay": 22_050})["pay"])


def test_a_refusal_stands_at_the_field_it_is_about() -> None:
    form = SampleForm(GOOD)
    form.refuse(Refusal("这张卡已经发给别人了。", field="card"))
    form.refuse(Refusal("这一班已经满了。", field="elsewhere"))
    assert form["card"].errors == ["这张卡已经发给别人了。"]
    assert form.non_field_errors() == ["这一班已经满了。"]


# ---- pictures


def icons_named_in_templates() -> Iterator[str]:
    for path in PACKAGE.glob("templates/**/*.html"):
        text = path.read_text("utf-8")
        yield from re.findall(r'{% icon "([\w-]+)"', text)
        yield from re.findall(r'icon_name="([\w-]+)"', text)
        yield from re.findall(r'{% tab "[\w:-]+" "([\w-]+)"', text)


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    assert set(icons_named_in_templates()) <= set(ui.sprite())


def test_a_code_carries_its_address_and_says_what_it_is() -> None:
    with translation.override("zh-hans"):
        drawn = ui.qr("https://example.org/c/7Q2M")
    assert 'role="img" aria-label="二维码"' in drawn
    assert "style=" not in drawn


# ---- where one is


@pytest.mark.parametrize(
    ("path", "entry", "inside"),
    [
        ("/worker/pay/", "/worker/pay/", True),
        ("/worker/pay/7Q2M/", "/worker/pay/", True),
        ("/worker/pay/", "/worker/", False),
        ("/worker/", "/worker/", True),
        ("/jobs/7Q2M/", "/jobs/", True),
        ("/jobs/", "/", False),
    ],
)
def test_a_tab_is_current_on_its_page_and_below(path: str, entry: str, inside: bool) -> None:
    assert ui._is_within(path, entry) is inside
