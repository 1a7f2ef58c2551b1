"""What a cell keeps, on a page that is slow to load."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, Route

from tests.browser import static_pages
from tests.browser.lab import View

SEEN = "<script>addEventListener('contentvisibilityautostatechange', () => seen = 1, true)</script>"
LATE = '<script src="late.js"></script>'
ADDRESS = "https://example.org/"


def test_what_is_in_sight_before_all_is_read_begins_after_that(page: Page, tmp_path: Path) -> None:
    static_pages.kept(tmp_path)
    text = (tmp_path / "index.html").read_text("utf-8").replace("<p>More.", f"{LATE}<p>More.")
    html = "text/html; charset=utf-8"
    held: list[Route] = []
    page.route(ADDRESS, lambda route: route.fulfill(body=SEEN + text, content_type=html))
    page.route(f"{ADDRESS}late.js", lambda route: held.append(route))
    page.goto(ADDRESS, wait_until="commit")
    page.wait_for_function("globalThis.seen && document.readyState === 'loading'")
    [late] = held
    late.fulfill(body="", content_type="text/javascript")
    view = View(page.frame_locator("iframe").locator(".gd-widget"))
    view.button("Step").click()
    view.expect_step(1)
