"""The documentation site as readers have it: for all eyes and hands, on a phone, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.servers import serving
from tools.docs import build

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page.relative_to(ROOT / "docs").with_suffix("").as_posix()
    for page in (ROOT / "docs").rglob("*.md")
)
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
VIOLATIONS = """async (rules) => (await axe.run(rules)).violations
  .map(({ id, nodes }) => `${id}: ${nodes[0].target}`)"""
"""And nothing of what is as it should be: to tell that takes longer than to find it."""

TOO_WIDE = """() => [...document.querySelectorAll("article pre, .table-wrapper")]
  .filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.innerText.slice(0, 60))"""
"""Tables and code that one has to move sideways."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site") / "docs"
    assert build(folder) == 0
    with serving(folder) as address:
        yield address


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_every_page_is_for_everybody_and_asks_nobody_else(
    browser: Browser, site: str, width: int, theme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if theme == "dark" else "light",
    )
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: said.type in ("error", "warning") and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    asked: list[str] = []
    faults: list[str] = []
    for name in PAGES:
        page.goto(f"{site}/{name}.html")
        widgets = page.locator("gradient-descent")
        for i in range(widgets.count()):
            expect(widgets.nth(i).get_by_role("button", name="Step", exact=True)).to_be_attached()
        page.evaluate(Axe().axe_script)
        faults += [f"{name}: {found}" for found in page.evaluate(VIOLATIONS, RULES)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{name}: wider than the page")
        if width > 1000:
            faults += [f"{name}: {wide}" for wide in page.evaluate(TOO_WIDE)]
    context.close()
    elsewhere = [url for url in asked if not url.startswith((site, "data:", "blob:"))]
    assert (faults, elsewhere) == ([], [])


def test_the_first_page_has_a_live_widget_and_is_fit_for_paper(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    skip = page.get_by_text("Skip to content")
    skip.wait_for(state="attached")
    page.emulate_media(media="print")
    expect(skip, "it would lie on the text of every sheet").to_be_hidden()
    page.set_viewport_size({"width": 680, "height": 900})  # as wide as A4 within its margins
    page.goto(f"{site}/course/optimizers.html")
    assert page.evaluate(TOO_WIDE) == [], "of paper nothing can be moved sideways"
    page.goto(f"{site}/index.html")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.get_by_role("slider", name="Step number")).to_have_value("1")


def test_words_are_found_from_any_page_and_light_and_dark_are_changed(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/course/batches.html")
    page.get_by_role("button", name="Toggle Light / Dark / Auto color theme").click()
    expect(page.locator("body")).to_have_attribute("data-theme", "dark")
    page.get_by_role("textbox", name="Search").fill("standardize")
    page.keyboard.press("Enter")
    found = page.locator(".search a").get_by_text("Your own data")
    found.click()
    expect(page).to_have_url(f"{site}/how-to/own-data.html")
    expect(page.locator(".highlighted").first).to_have_text("standardize")
    expect(page.locator("body")).to_have_attribute("data-theme", "dark")
