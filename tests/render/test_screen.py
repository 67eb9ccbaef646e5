"""The HTML page in a browser: no accessibility violation, no overflow, day and night, without script."""

from __future__ import annotations

import shutil

import pytest
import sample_briefs as samples

from briefing.render import THEMES, render

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core checks the page")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the driver's pipes, closed by its own process
]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for theme in THEMES:
        (folder / f"{theme}.html").write_bytes(render(samples.make_brief(4, shorts=2), "html", theme=theme))
    return folder


def open_page(browser, file, *, width=1280, scheme="light", script=True):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script, bypass_csp=True
    )
    page = context.new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_axe_finds_no_violation(browser, files, theme, scheme, width):
    page = open_page(browser, files / f"{theme}.html", scheme=scheme, width=width)
    found = axe.Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
@pytest.mark.parametrize("theme", THEMES)
def test_nothing_is_wider_than_the_screen(browser, files, theme, width):
    page = open_page(browser, files / f"{theme}.html", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_a_citation_mark_shows_its_source_in_place_by_keyboard_alone(browser, files, width):
    page = open_page(browser, files / "analyst.html", width=width)
    mark = page.locator(".quote .mark").first
    bubble = page.locator(".quote .bubble").first
    assert not bubble.is_visible()
    page.keyboard.press("Tab")
    mark.focus()
    assert bubble.is_visible()
    assert "There is room for a deal" in bubble.inner_text()
    box = bubble.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_reads_the_same_without_script(browser, files):
    with_script = open_page(browser, files / "analyst.html").inner_text("main")
    assert open_page(browser, files / "analyst.html", script=False).inner_text("main") == with_script


def test_the_page_asks_the_network_for_nothing(browser, files):
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((files / "analyst.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("file:")] == []
