"""Words and marks explain themselves where they stand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from gd_widget.page.bundle import BUNDLE
from tests.browser.lab import View

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<gradient-descent n-epochs="100"></gradient-descent><script type="module">{bundle}</script></html>
"""

MARKS = {
    ".value.slope": None,
    ".name[data-term=slope]": "How much the line rises where x grows by 1.",
    "[data-term=true]": "What the points were made with",
    ".zone-words span:first-child": "After 1,000 steps the loss is not yet",
    ".landing line": "Where the next step leads.",
    ".ghost:nth-of-type(3)": "The fit at earlier steps.",
    ".lr > [data-term='learning rate']": "How far a step goes",
    ".lr > .forecast": "How many steps this rate takes",
    ".surface .level:nth-of-type(2)": "All fits on one ring",
}


def shown(page: Page) -> View:
    page.set_content(PAGE.format(bundle=BUNDLE.read_text("utf-8")))
    view = View(page.locator(".gd-widget"))
    page.emulate_media(reduced_motion="reduce")
    for step in range(1, 9):
        view.button("Step").click()
        view.expect_step(step)
    return view


def middle(page: Page, selector: str) -> tuple[float, float]:
    element = page.locator(selector).element_handle()
    element.wait_for_element_state("stable")
    box = element.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize(("mark", "sentence"), MARKS.items())
def test_where_a_mouse_rests(page: Page, mark: str, sentence: str | None) -> None:
    view = shown(page)
    tip = view.root.get_by_role("tooltip")
    page.mouse.move(*middle(page, mark))
    if sentence is None:
        page.mouse.move(*middle(page, ".title"))
        expect(tip).to_be_hidden()
        return
    expect(tip).to_contain_text(sentence)
    inside = tip.bounding_box()
    assert inside and inside["x"] >= 0 and inside["x"] + inside["width"] <= 1300
    page.keyboard.press("Escape")
    view.button("Play").focus()
    page.mouse.move(*middle(page, ".title"))
    expect(tip).to_be_hidden()


def test_where_the_keyboard_comes(page: Page) -> None:
    view = shown(page)
    page.mouse.click(*middle(page, ".title"))
    page.keyboard.press("Tab")
    expect(view.root.get_by_role("tooltip")).to_contain_text("One update of all parameters")
    view.root.get_by_label("Learning rate", exact=True).focus()
    expect(view.root.get_by_role("tooltip")).to_contain_text("If it is too small, training creeps")


def test_where_a_finger_taps(browser: Browser) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 750})
    page = context.new_page()
    view = shown(page)
    tip = view.root.get_by_role("tooltip")
    page.touchscreen.tap(*middle(page, ".name[data-term=loss]"))
    expect(tip).to_contain_text("How badly the model fits")
    page.touchscreen.tap(*middle(page, ".title"))
    expect(tip).to_be_hidden()
    context.close()


def test_the_code_says_what_a_and_at_are(page: Page) -> None:
    page.set_viewport_size({"width": 900, "height": 700})  # the lines are folded
    view = shown(page)
    page.get_by_role("button", name="The five lines", exact=True).click()
    expect(view.root).to_contain_text("y_guess = [")
    page.mouse.move(*middle(page, ".source[data-term=a]"))
    expect(view.root.get_by_role("tooltip")).to_contain_text("a = [slope, intercept]")
