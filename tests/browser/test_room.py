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


# As JupyterLab does where a slider's function is called again: the view is made first, and then put
# in another's place. An IntersectionObserver tells of what is painted.
REPLACE = """async (bundle) => {
  const url = URL.createObjectURL(new Blob([bundle], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  const model = { get: () => undefined };
  const place = document.body.firstElementChild;
  const show = () => {
    const el = document.createElement("div");
    widget.render({ model, el });
    place.replaceChildren(el);
  };
  const painted = () => new Promise((resolve) => {
    requestAnimationFrame(() => {
      const observer = new IntersectionObserver(([{ boundingClientRect }]) => {
        observer.disconnect();
        resolve(boundingClientRect.height);
      });
      observer.observe(place);
    });
  });
  show();
  const heights = [await painted(), await painted(), await painted()];
  show();
  return [...heights, await painted(), await painted(), await painted()];
}"""


def test_a_view_is_as_high_in_its_first_frame_as_in_all_that_follow(page: Page) -> None:
    page.set_content("<!doctype html><div></div>")
    heights = page.evaluate(REPLACE, BUNDLE.read_text("utf-8"))
    assert heights == [heights[0]] * 6 and heights[0] > 400
