"""All that one looks at while training, and steers by, is in one screen, and nothing there moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gd_widget import GDWidget
from gd_widget.page.bundle import BUNDLE
from tests.browser.engines.page import Engine
from tests.browser.gallery import ROOT, faults, moved, places, settle
from tests.browser.lab import Notebook, View
from tests.browser.place import Place
from tests.browser.shown import Shown
from tests.waiting import until

WATCHED = (".fit-cell", ".surface-cell", ".loss-cell", ".status", ".transport", ".speed", ".lr")
STEPS = 60
"""Of the mouse, from one end of the slider to the other."""

BOTTOMS = """(root, selectors) => selectors.map((selector) =>
  root.querySelector(selector).getBoundingClientRect().bottom - root.getBoundingClientRect().top)"""

SMALLEST = """(root) => Math.min(...[...root.querySelectorAll("*")]
  .filter((el) => el.checkVisibility() && !el.closest(".spoken") &&
    [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((el) => parseFloat(getComputedStyle(el).fontSize) * (el.currentCSSZoom ?? 1)))"""
"""The smallest type that is read, in pixels of the screen."""

IN_SIGHT = """(root, selectors) => {
  const panel = root.getRootNode().host.closest(".jp-WindowedPanel-outer").getBoundingClientRect();
  return selectors.filter((selector) => {
    const { top, bottom } = root.querySelector(selector).getBoundingClientRect();
    return top < panel.top - 1 || bottom > panel.bottom + 1;
  });
}"""
"""What is not within what JupyterLab shows of a notebook."""


IS_AT = """(name, x, y) => {
  const { left, top, width, height } = named(name).getBoundingClientRect();
  return Math.hypot(left + width / 2 - x, top + height / 2 - y) < 2;
}"""


def bottoms(view: View, *selectors: str) -> list[float]:
    """How far below the view's top its parts end."""
    settle(view.root.page)
    answer: list[float] = view.root.evaluate(BOTTOMS, selectors)
    return answer


@pytest.fixture
def saved(page: Page, tmp_path: Path) -> View:
    """A widget on a page of its own."""
    GDWidget(n=100, lr=0.1).save(tmp_path / "post.html")
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(path=ROOT / "gallery" / "checks.js")
    page.goto((tmp_path / "post.html").as_uri())
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    return view


@pytest.mark.parametrize(
    ("width", "height"), [(848, 720), (910, 768), (960, 700), (1280, 720), (700, 720)]
)
def test_charts_controls_and_folded_code_are_in_560_pixels(
    saved: View, width: int, height: int
) -> None:
    saved.root.page.set_viewport_size({"width": width, "height": height})
    *watched, code = bottoms(saved, *WATCHED, ".code")
    most = max(560, height - 160)
    assert max(*watched, code) <= most
    assert max(watched) > most - 60, "what room there is, is used"


def test_on_a_phone_what_one_steers_by_is_in_the_first_560_pixels(
    browser: Browser, tmp_path: Path
) -> None:
    GDWidget(n=100, lr=0.1, noise="gaussian").save(tmp_path / "post.html")
    phone = {"width": 390, "height": 750}
    context = browser.new_context(viewport=phone, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto((tmp_path / "post.html").as_uri())
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    first = [".fit-cell", ".loss-cell", ".status", ".transport", ".lr"]
    *steered, surface, code = bottoms(view, *first, ".surface-cell", ".code")
    assert max(steered) <= 560 < surface < code
    assert page.evaluate("document.documentElement.scrollHeight") <= 750
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_no_width_in_between_is_too_narrow(saved: View) -> None:
    page = saved.root.page
    found = []
    for width in range(320, 860, 30):
        page.set_viewport_size({"width": width, "height": 720})
        settle(page)
        found += [f"{width}: {words}" for words in faults(saved, ["outside", "overlappingText"])]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [360, 390, 620, 848])
def test_a_rate_is_read_as_a_whole(saved: View, width: int) -> None:
    saved.root.page.set_viewport_size({"width": width, "height": 720})
    field = saved.root.get_by_label("Learning rate, typed")
    field.fill("0.0667")
    assert field.evaluate("field => field.scrollWidth <= field.clientWidth")


def test_taller_screens_have_taller_charts_and_the_code_open(saved: View) -> None:
    page = saved.root.page
    page.set_viewport_size({"width": 900, "height": 720})
    before, _ = bottoms(saved, ".fit-cell", ".code")
    expect(saved.root.locator(".code-line")).to_have_count(0)
    page.set_viewport_size({"width": 900, "height": 1000})
    expect(saved.root.locator(".code-line")).to_have_count(5)
    after, code = bottoms(saved, ".fit-cell", ".code")
    assert after > before + 50
    assert code <= 1000 - 160


def test_the_height_can_be_said(page: Page, tmp_path: Path) -> None:
    for height in (420, 680):
        GDWidget(n=100, lr=0.1, height=height).save(tmp_path / "post.html")
        page.goto((tmp_path / "post.html").as_uri())
        view = View(page.locator(".gd-widget"))
        view.expect_step(0)
        (code,) = bottoms(view, ".code")
        assert height - 12 <= code <= height


def steer(view: View) -> list[str]:
    """Drag the rate slowly from end to end; what has moved meanwhile."""
    page = view.root.page
    view.step_number.scroll_into_view_if_needed()
    slider = view.root.get_by_label("Learning rate", exact=True).bounding_box()
    assert slider
    left, right, y = slider["x"] + 8, slider["x"] + slider["width"] - 8, slider["y"] + 16
    field = view.root.get_by_label("Learning rate, typed")
    page.mouse.move(left, y)
    page.mouse.down()
    before, rates, found = places(view), set(), []
    for i in range(STEPS + 1):
        page.mouse.move(left + (right - left) * i / STEPS, y)
        found += moved(before, places(view))
        rates.add(field.input_value())
    page.mouse.up()
    assert len(rates) > STEPS / 2, "the slider was dragged"
    return found


@pytest.mark.parametrize("width", [390, 848])
def test_no_control_moves_while_the_rate_is_dragged_over_its_limit(saved: View, width: int) -> None:
    saved.root.page.set_viewport_size({"width": width, "height": 720})
    saved.button("Step").click()
    saved.expect_step(1)
    assert steer(saved) == []
    expect(saved.notice).to_contain_text("is above")


def test_no_control_moves_by_what_is_said(saved: View) -> None:
    saved.root.page.set_viewport_size({"width": 848, "height": 720})
    field = saved.root.get_by_label("Learning rate, typed")
    before = places(saved)
    field.fill("-1")
    field.press("Enter")
    expect(saved.notice).to_contain_text("lr must be a positive number; got -1")
    assert moved(before, places(saved)) == []
    field.fill("1.5")
    field.press("Enter")
    expect(saved.notice).to_contain_text("The learning rate 1.5 is above")
    assert moved(before, places(saved)) == []
    saved.notice.click()
    assert saved.notice.evaluate("notice => notice.open")
    summaries = {name for name in before if "summary" in name}
    still = {name: box for name, box in before.items() if name not in summaries}
    assert moved(still, places(saved)) == []
    saved.root.page.keyboard.press("Escape")
    assert not saved.notice.evaluate("notice => notice.open")


PAGE = """<!doctype html><meta charset="utf-8"><title>A page</title>
<style>
.panel { float: left; width: 40%; margin: 50px; }
.controls button { visibility: hidden; }
.status, .code, summary { display: none; }
</style>
<gradient-descent></gradient-descent><script type="module">{bundle}</script>
"""


def test_a_page_with_classes_of_the_same_names_leaves_it_as_it_is(page: Page) -> None:
    page.set_viewport_size({"width": 848, "height": 720})
    bundle = BUNDLE.read_text("utf-8")
    boxes = []
    for style in ("", "media='print'"):  # the second time it says nothing here
        html = PAGE.replace("<style>", f"<style {style}>").replace("{bundle}", bundle)
        page.set_content(html)
        view = View(page.locator(".gd-widget"))
        view.expect_step(0)
        expect(view.button("Play")).to_be_visible()
        boxes.append(bottoms(view, *WATCHED, ".code"))
    assert boxes[0] == boxes[1]


def test_on_a_full_screen_type_and_charts_grow_with_it(saved: View) -> None:
    page = saved.root.page
    page.set_viewport_size({"width": 1280, "height": 720})
    assert saved.root.evaluate(SMALLEST) >= 12
    (before,) = bottoms(saved, ".fit-cell")
    saved.button("Full screen").click()
    until(lambda: saved.root.evaluate("root => root.matches(':fullscreen')"))
    until(lambda: round(saved.root.evaluate(SMALLEST), 3) >= 20)
    *charts, code = bottoms(saved, ".fit-cell", ".code")
    assert charts[0] > before
    assert code <= 720
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    # What is dragged follows the hand there, too.
    end = saved.root.get_by_label("Left end of the line").locator("circle.now")
    box = end.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 40, steps=4)
    page.mouse.up()
    settle(page)
    box = end.bounding_box()
    assert box
    assert box["y"] + box["height"] / 2 == pytest.approx(y + 40, abs=1)
    saved.button("Full screen").click()
    until(lambda: not saved.root.evaluate("root => root.matches(':fullscreen')"))
    assert bottoms(saved, ".fit-cell") == [before]


def test_large_type_is_large_and_still_in_one_screen(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 848, "height": 720})
    GDWidget(n=100, lr=0.1, size="large").save(tmp_path / "post.html")
    page.goto((tmp_path / "post.html").as_uri())
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    assert view.root.evaluate(SMALLEST) >= 16
    assert max(bottoms(view, *WATCHED, ".code")) <= 570


@pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True)
def test_what_is_dragged_follows_the_hand_in_large_type(engine: Engine, tmp_path: Path) -> None:
    GDWidget(n=100, lr=0.1, size="large").save(tmp_path / "post.html")
    with engine.page() as page:
        page.visit((tmp_path / "post.html").as_uri())
        shown = Shown(Place(page))
        shown.wait_for_step(0)
        end = "Left end of the line"
        x, y = shown.place.wait_for("pointOf", end)
        shown.place.drag(end, 0, 40)
        shown.place.wait_for(IS_AT, end, x, y + 40)
        assert page.complaints() == []


def test_all_is_in_sight_in_jupyterlab_and_nothing_moves_there(
    shown: Notebook, view: View, page: Page
) -> None:
    page.add_script_tag(path=ROOT / "gallery" / "checks.js")
    for width, height in ((1280, 720), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        for _ in ("open", "closed"):

            def is_in_sight() -> bool:
                view.root.evaluate("root => root.scrollIntoView()")
                settle(page)
                return view.root.evaluate(IN_SIGHT, [".header", *WATCHED, ".code"]) == []

            until(is_in_sight)
            shown.command("application:toggle-left-area")
    shown.run("w.step(1)")
    view.expect_step(1)
    assert steer(view) == []
