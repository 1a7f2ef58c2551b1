"""How wide a view is in places that are as wide as what is in them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from gd_widget.page.bundle import BUNDLE
from tests.browser.lab import View

PAGE = """<!doctype html><meta charset="utf-8"><title>A page</title>
<div style="width: {width}px"><div style="{place}"><gradient-descent></gradient-descent></div></div>
<script type="module">{bundle}</script>
"""


@pytest.mark.parametrize("place", ["width: fit-content", "display: flex", "float: left"])
@pytest.mark.parametrize(("width", "expected"), [(300, 300), (600, 600), (1200, 824)])
def test_it_is_as_wide_as_there_is_room_within_reason(
    page: Page, place: str, width: int, expected: int
) -> None:
    page.set_content(PAGE.format(width=width, place=place, bundle=BUNDLE.read_text("utf-8")))
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    box = view.root.bounding_box()
    assert box
    assert box["width"] == expected


def test_the_table_of_a_race_fits_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    race = '<gradient-descent lr="0.1 1000" optimizer="momentum adam"></gradient-descent>'
    html = PAGE.format(width=304, place="", bundle=BUNDLE.read_text("utf-8"))
    page.set_content(html.replace("<gradient-descent></gradient-descent>", race))
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    table = view.root.get_by_role("table").bounding_box()
    root = view.root.bounding_box()
    assert table and root
    assert table["x"] + table["width"] <= root["x"] + root["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == 320
