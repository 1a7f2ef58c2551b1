"""On a slide: what one talks about is in sight, and keys go where they belong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import static_pages
from tests.browser.gallery import settle
from tests.browser.lab import View
from tests.browser.servers import serving
from tests.waiting import until

SEEN = (".header", ".fit-cell", ".surface-cell", ".loss-cell", ".status", ".transport", ".lr")
SLIDE = """() => [...document.querySelectorAll(".slides > section")]
  .findIndex((section) => section.classList.contains("present"))"""

OUTSIDE = """(root, selectors) => selectors.filter((selector) => {
  const { left, top, right, bottom } = root.querySelector(selector).getBoundingClientRect();
  return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("slides")
    static_pages.slides(folder)
    with serving(folder) as address:
        yield f"{address}/index.html"


@pytest.fixture
def slide(page: Page, address: str) -> View:
    """The widget on the first of two slides, in a window as large as these are."""
    page.set_viewport_size({"width": 960, "height": 700})
    page.goto(address)
    view = View(page.locator(".gd-widget"))
    view.expect_step(static_pages.SAVED_STEP)
    page.locator(".reveal.ready").wait_for()
    return view


def test_charts_and_what_one_steers_by_are_on_the_slide(slide: View) -> None:
    settle(slide.root.page)
    expect(slide.button("Play")).to_be_visible()
    expect(slide.button("Step")).to_be_visible()
    until(lambda: slide.root.evaluate(OUTSIDE, list(SEEN)) == [])


def test_a_key_that_a_control_uses_turns_no_slide(slide: View) -> None:
    page = slide.root.page
    step = static_pages.SAVED_STEP
    for key in ("Space", "Enter"):
        slide.button("Step").focus()
        page.keyboard.press(key)
        step += 1
        slide.expect_step(step)
        assert page.evaluate(SLIDE) == 0
    rate = slide.root.get_by_label("Learning rate, typed")
    before = rate.input_value()
    slide.root.get_by_label("Learning rate", exact=True).focus()
    page.keyboard.press("ArrowRight")
    until(lambda: rate.input_value() != before)
    rate.select_text()
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    expect(rate).to_have_value("0.5")
    assert page.evaluate(SLIDE) == 0


@pytest.mark.parametrize("key", ["ArrowRight", "Space", "PageDown"])
def test_a_key_that_nothing_uses_turns_the_slide(slide: View, key: str) -> None:
    page = slide.root.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(key)
    until(lambda: page.evaluate(SLIDE) == 1)
    page.keyboard.press("ArrowLeft")
    until(lambda: page.evaluate(SLIDE) == 0)
    # Nor is a picture that was clicked in the way.
    slide.root.locator(".surface").click(position={"x": 4, "y": 4})
    page.keyboard.press("PageDown")
    until(lambda: page.evaluate(SLIDE) == 1)
