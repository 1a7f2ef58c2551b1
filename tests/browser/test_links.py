"""A link, from Python to a page, and from the page to the next reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gd_widget import GDWidget
from gd_widget.page.bundle import BUNDLE
from tests.browser.lab import View

PAGE = """
<!doctype html><meta charset="utf-8"><title>A page</title>
<script type="module">{bundle}</script>
<gradient-descent lr="0.3"></gradient-descent>
"""


@pytest.fixture
def address(tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(bundle=BUNDLE.read_text("utf-8")), encoding="utf-8")
    return path.as_uri()


def test_a_link_opens_where_python_is_and_goes_on_from_reader_to_reader(
    page: Page, address: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    w = GDWidget(seed=5, lr=0.4, optimizer="momentum")
    w.step(12)
    page.goto(w.link(address))
    view = View(page.locator(".gd-widget"))
    view.expect_step(12)
    slope = page.locator(".value.slope").inner_text().replace("\u2212", "-")
    assert float(slope) == pytest.approx(w.slope, abs=0.006)
    view.button("Step").click()
    view.expect_step(13)
    view.more().root.locator("summary", has_text="Save").click()
    view.button("Copy link").click()
    expect(view.button("Copy link")).not_to_be_visible()
    copied: str = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.url
    w.step()
    assert copied == w.link(address)
    page.goto("about:blank")
    page.goto(copied)
    View(page.locator(".gd-widget")).expect_step(13)


def test_a_bad_link_is_said_and_the_page_is_there(page: Page, address: str) -> None:
    page.goto(f"{address}#gradient-descent?optimizer=%3Cscript%3E&step=5")
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    expect(view.notice).to_contain_text("The link is ignored: optimizer must be one of 'gd'")
