"""A link, from Python to a page, and from the page to the next reader."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from gd_widget import GDWidget, make_line
from gd_widget.page.bundle import BUNDLE
from tests.browser.lab import View

PAGE = """
<!doctype html><meta charset="utf-8"><title>A page</title>
<script type="module">{bundle}</script>
<gradient-descent lr="0.3"></gradient-descent>
"""


@pytest.fixture(params=["the element", "a saved page", "a saved page of features"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    if request.param == "the element":
        path.write_text(PAGE.format(bundle=BUNDLE.read_text("utf-8")), encoding="utf-8")
    else:
        points = make_line(n=20)
        several = np.stack([points.x, points.x**3], axis=1)
        x = points.x if request.param == "a saved page" else several
        saved = GDWidget(x, points.y, lr=0.3, engine="numpy")
        saved.save(path)
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


def test_a_saved_page_says_what_of_a_link_it_has_no_part_for(page: Page, tmp_path: Path) -> None:
    w = GDWidget(title="Mine")
    w.step(4)
    w.save(tmp_path / "page.html")
    page.goto(f"{(tmp_path / 'page.html').as_uri()}#gradient-descent?loss=mae&step=7")
    view = View(page.locator(".gd-widget"))
    view.expect_step(4)
    said = "The link is ignored: this page was saved without what loss takes."
    expect(view.notice).to_contain_text(said)
    page.evaluate("location.hash = '#gradient-descent?lr=0.5&step=7'")
    view.expect_step(7)
    expect(view.root.locator(".title")).to_have_text("Mine")


def test_who_has_a_page_in_a_frame_sees_no_address(page: Page, tmp_path: Path) -> None:
    (tmp_path / "around.html").write_text(GDWidget().to_html(), encoding="utf-8")
    page.goto((tmp_path / "around.html").as_uri())
    view = View(page.frame_locator("iframe").locator(".gd-widget"))
    view.expect_step(0)
    view.more().root.locator("summary", has_text="Save").click()
    expect(view.button("Save as SVG")).to_be_visible()
    for name in ("Copy link", "Save as GIF"):
        expect(view.button(name)).to_have_count(0)
