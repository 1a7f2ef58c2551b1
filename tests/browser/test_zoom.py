"""Zoom of the fit, by buttons, keys, wheel, mouse and fingers; and that the rest goes on in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from gd_widget.page.bundle import BUNDLE
from tests.browser.lab import View
from tests.waiting import until

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<gradient-descent></gradient-descent><div style="height: 3000px"></div>
<script type="module">{bundle}</script></html>
"""

RANGES = """svg => {
  const { left, top } = svg.getBoundingClientRect();
  const number = (text) => Number(text.textContent.replaceAll("−", "-"));
  const ends = (texts, at) => {
    const [first, last] = [texts[0], texts[texts.length - 1]];
    return [at(first), number(first), at(last), number(last)];
  };
  const all = [...svg.querySelectorAll(".ticks text:not(.name)")];
  return [
    ends(all.filter((one) => one.matches(".middle")), (one) => left + Number(one.getAttribute("x"))),
    ends(all.filter((one) => one.matches(".end")), (one) => top + Number(one.getAttribute("y")) - 4),
  ];
}"""
"""Of both axes, pixel and number of the first tick and of the last."""

PINCH = """([x, y, from, to]) => {
  const svg = document.querySelector("gradient-descent").shadowRoot.querySelector("svg.fit");
  const touch = (identifier, clientX) =>
    new Touch({ identifier, target: svg, clientX, clientY: y });
  const send = (type, apart) => svg.dispatchEvent(new TouchEvent(type, {
    bubbles: true, cancelable: true,
    touches: apart === null ? [] : [touch(0, x - apart / 2), touch(1, x + apart / 2)],
  }));
  return [send("touchstart", from), send("touchmove", to), send("touchend", null)];
}"""


class Fit:
    """The fit of a view, in the units of its data."""

    def __init__(self, view: View) -> None:
        self.svg = view.root.locator("svg.fit")

    def scales(self) -> np.ndarray:
        """Of x and y: a value at pixel 0 of the page, and how much one pixel is; shape (2, 2)."""
        ticks = np.array(self.svg.evaluate(RANGES))
        per_pixel = (ticks[:, 3] - ticks[:, 1]) / (ticks[:, 2] - ticks[:, 0])
        return np.stack([ticks[:, 1] - per_pixel * ticks[:, 0], per_pixel], axis=1)

    def values(self, x: float, y: float) -> np.ndarray:
        """What is at a place of the page."""
        return self.scales() @ [1, 0] + self.scales()[:, 1] * [x, y]

    def middle(self) -> tuple[float, float]:
        """A place on the page."""
        box = self.svg.locator(".plot").bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def expect_magnified(self, times: float, before: np.ndarray) -> None:
        """Wait until all is so many times as large as it was."""
        until(lambda: np.allclose(before[:, 1] / self.scales()[:, 1], times, rtol=0.02))

    def expect_at(self, place: tuple[float, float], values: np.ndarray) -> None:
        """Wait until this is at a place of the page."""
        until(lambda: np.allclose(self.values(*place), values, atol=0.02))


@pytest.fixture
def address(tmp_path: Path) -> str:
    path = tmp_path / "index.html"
    path.write_text(PAGE.format(bundle=BUNDLE.read_text("utf-8")), "utf-8")
    return path.as_uri()


@pytest.fixture
def still(page: Page, address: str) -> View:
    """A view that moves nothing by itself."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    return view


def test_buttons_and_keys(still: View) -> None:
    fit = Fit(still)
    before = fit.scales()
    for name in ("Zoom out", "Show all"):
        expect(still.button(name)).to_be_disabled()
    still.button("Zoom in").click()
    fit.expect_magnified(2, before)
    still.button("Zoom in").press("Enter")
    fit.expect_magnified(4, before)
    place = fit.middle()
    seen = fit.values(*place)
    still.button("Zoom in").press("ArrowRight")
    until(lambda: fit.values(*place)[0] > seen[0])
    still.expect_step(0)  # elsewhere, that key makes a step
    still.button("Zoom out").click()
    still.button("Zoom out").click()
    expect(still.button("Show all")).to_be_disabled()
    until(lambda: np.allclose(fit.scales(), before))


def test_it_moves_smoothly_there_and_back(page: Page, address: str) -> None:
    page.goto(address)
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    fit = Fit(view)
    before = fit.scales()
    view.button("Zoom in").click()
    fit.expect_magnified(2, before)
    view.button("Show all").click()
    expect(view.button("Show all")).to_be_disabled()
    until(lambda: np.allclose(fit.scales(), before))
    focus = "view => view.getRootNode().activeElement?.ariaLabel"
    assert view.root.evaluate(focus) == "Show all"


def test_the_wheel_with_control_zooms_about_the_pointer_and_without_it_scrolls(
    page: Page, still: View
) -> None:
    fit = Fit(still)
    before = fit.scales()
    x, y = (at + 40 for at in fit.middle())
    page.mouse.move(x, y)
    pointed_at = fit.values(x, y)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    fit.expect_magnified(np.exp(0.5), before)
    fit.expect_at((x, y), pointed_at)
    assert page.evaluate("scrollY") == 0
    page.mouse.wheel(0, 100)
    until(lambda: page.evaluate("scrollY") > 0)
    page.evaluate("scrollTo(0, 0)")
    fit.expect_magnified(np.exp(0.5), before)


def test_dragging_the_background_moves_what_is_seen(page: Page, still: View) -> None:
    fit = Fit(still)
    x, y = fit.middle()
    empty = (x - 80, y - 80)  # above the line and the points
    before = fit.scales()
    drag(page, empty, (30, 20))
    np.testing.assert_allclose(fit.scales(), before)
    still.button("Zoom in").click()
    fit.expect_magnified(2, before)
    held = fit.values(*empty)
    drag(page, empty, (30, 20))
    fit.expect_at((empty[0] + 30, empty[1] + 20), held)


def drag(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    """Take hold of what is at a place, and move it."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by[0] / 2, start[1] + by[1] / 2)
    page.mouse.move(start[0] + by[0], start[1] + by[1])
    page.mouse.up()


def test_fingers_pinch_what_is_between_them(browser: Browser, address: str) -> None:
    context = browser.new_context(has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    fit = Fit(view)
    before = fit.scales()
    x, y = fit.middle()
    between = fit.values(x + 30, y)
    assert page.evaluate(PINCH, [x + 30, y, 50, 100]) == [False, False, True]
    fit.expect_magnified(2, before)
    fit.expect_at((x + 30, y), between)
    for button in ("Zoom in", "Zoom out", "Show all"):
        box = view.button(button).bounding_box()
        assert box and min(box["width"], box["height"]) >= 24
    context.close()


def test_a_pinch_that_begins_on_the_line_leaves_it_where_it_is(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    view = View(page.locator(".gd-widget"))
    view.button("Step").click()
    view.expect_step(1)
    fit = Fit(view)
    before = fit.scales()
    box = view.root.get_by_label("Whole line").locator(".grip").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": at[0], "y": at[1], "id": i} for i, at in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (x, y))
    touch("touchStart", (x, y), (x + 50, y - 60))
    for i in range(1, 11):
        touch("touchMove", (x - 2 * i, y + 3 * i), (x + 50 + 3 * i, y - 60 - 3 * i))
    touch("touchEnd", (x - 20, y + 30))
    touch("touchMove", (x - 60, y + 90))
    touch("touchEnd")
    until(lambda: (before[:, 1] / fit.scales()[:, 1] > 1.5).all())
    view.expect_step(1)
    context.close()


@pytest.fixture
def zoomed(still: View) -> Iterator[View]:
    """A view of the middle; it stays one, whatever the test does."""
    fit = Fit(still)
    before = fit.scales()
    still.button("Zoom in").click()
    fit.expect_magnified(2, before)
    yield still
    fit.expect_magnified(2, before)


def test_it_trains_on(zoomed: View) -> None:
    zoomed.button("Play").click()
    zoomed.wait_for_step_beyond(5)
    zoomed.pause()
    zoomed.button("Reset").click()
    zoomed.expect_step(0)


def test_the_line_is_dragged(page: Page, zoomed: View) -> None:
    fit = Fit(zoomed)
    end = zoomed.root.get_by_label("Right end of the line").locator(".now").bounding_box()
    assert end
    place = (end["x"] + end["width"] / 2, end["y"] + end["height"] / 2)
    drag(page, place, (0, -40))
    (x, y) = fit.values(place[0], place[1] - 40)

    def height() -> float:
        slope, intercept = (
            float((zoomed.number(name).text_content() or "").replace("−", "-"))
            for name in ("slope", "intercept")
        )
        return slope * float(x) + intercept

    until(lambda: height() == pytest.approx(y, abs=0.03))


def test_a_point_is_dragged(page: Page, zoomed: View) -> None:
    fit = Fit(zoomed)
    path = zoomed.root.locator("path.points")
    x, y = first(path)
    box = fit.svg.bounding_box()
    assert box
    drag(page, (box["x"] + x, box["y"] + y), (10, -30))
    expect(zoomed.root.locator(".caption")).to_contain_text(re.compile(r"point \d+: residual"))
    until(lambda: first(path) == pytest.approx([x + 10, y - 30], abs=1))


def first(path: Locator) -> list[float]:
    """Where the first point of a path is."""
    return [float(at) for at in (path.get_attribute("d") or "").split("h.1")[0][1:].split(",")]


def test_other_data_are_all_seen(still: View) -> None:
    still.button("Zoom in").click()
    expect(still.button("Show all")).to_be_enabled()
    still.more().button("New data").click()
    expect(still.button("Show all")).to_be_disabled()
