"""Every state of the widget, in pictures: readable, reachable, and still while it moves."""

from __future__ import annotations

import csv
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageSequence
from playwright.sync_api import Browser, Download, Page, expect

from gallery.make import STATES, rows
from tests.browser.gallery import (
    CHECKS,
    OF_READERS,
    Gallery,
    dress,
    faults,
    made_in,
    moved,
    places,
    resize,
    violations,
)
from tests.browser.lab import View
from tests.waiting import until

NAMES = [state.name for state in STATES]
STANDING = ("fresh", "waiting", "busy", "gone", "error", "newton", "own-error", "own-gone")
WITHOUT_TIMELINE = ("beginner", "locked", "bet-loss", "bet-curve")  # which it is moved by
MOVING = [name for name in NAMES if name not in (*STANDING, *WITHOUT_TIMELINE)]
WIDTHS = [360, 700, 950, 1300]
SVG = "{http://www.w3.org/2000/svg}"
PNG_SCALE = 2
MARGIN = 12
BLUE = (0, 114, 178)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return Gallery(made_in(tmp_path_factory.mktemp("gallery")))


def test_all_states_stand_on_one_page_that_needs_no_network(page: Page, gallery: Gallery) -> None:
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(gallery.address())
    expect(page.locator(".gd-widget")).to_have_count(len(NAMES))
    headings = page.locator("h2").all_inner_texts()
    assert headings == [state.heading for state in STATES]
    assert [url for url in asked_for if not url.startswith(("file:", "blob:", "data:"))] == []


@pytest.fixture(scope="module", params=NAMES)
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def mistakes() -> list[str]:
    """What the page of one state after the other has complained of."""
    return []


@pytest.fixture(scope="module")
def one_page(browser: Browser, mistakes: list[str]) -> Iterator[Page]:
    page = browser.new_page()
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    yield page
    page.close()


@pytest.fixture(scope="module")
def shown(one_page: Page, gallery: Gallery, state: str, mistakes: list[str]) -> Iterator[View]:
    """Each state once, for the tests that leave it as they find it."""
    yield gallery.show(one_page, state)
    one_page.evaluate("clear()")
    complaints, mistakes[:] = [*mistakes], []
    assert not complaints, "the page reported errors"


def test_axe_finds_nothing(shown: View, state: str) -> None:
    """By all rules in the light; in the dark, which changes nothing else, by those of colours."""
    page = shown.root.page
    found, read = [], []
    for theme in ("dark", "light"):
        dress(page, theme)
        is_dark = theme == "dark"
        assert ("dark" in (shown.root.get_attribute("class") or "")) == is_dark
        # But for what is said aloud, which comes and goes.
        read.append(re.sub("- status.*", "- status", shown.root.aria_snapshot()))
        broken = violations(page, of_colour_alone=is_dark)
        found += [f"{state}, {theme}: {words}" for words in broken]
    assert not found, "\n".join(found)
    assert read[0] == read[1], f"{state}: what is read depends on the theme"


def test_everything_can_be_read_and_reached(shown: View, state: str) -> None:
    found = []
    for width in WIDTHS:
        resize(shown.root.page, width)
        checks = OF_READERS if state == "markup" else CHECKS
        found += [f"{state}, {width} px: {words}" for words in faults(shown, checks)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("state", MOVING, indirect=True)
def test_nothing_jumps(shown: View, gallery: Gallery, state: str) -> None:
    found = []
    for width in (WIDTHS[0], WIDTHS[2]):
        resize(shown.root.page, width)
        later = places(shown)
        shown.step_number.press("Home")
        shown.expect_step(0)
        found += [f"{state}, {width} px: {words}" for words in moved(places(shown), later)]
        shown.step_number.press("End")
        shown.expect_step(gallery.steps(state))
    shown.step_number.blur()
    assert not found, "\n".join(found)


ON_A_FULL_SCREEN = (
    *("mid-way", "diverged", "one-parameter", "four-features", "many-features", "hundred-features"),
    *("minibatch", "race", "race-of-8", "race-diverged", "polynomial-race", "losses", "logistic"),
    *(
        "decision",
        "held-line",
        "held-powers",
        "held-race",
        "held-features",
        "himmelblau",
        "own-code",
    ),
    *("rosenbrock", "bet-step", "bet-curve", "bet-winner", "bet-step-true"),
    *("own-error", "printed", "coach", "own-gone", "bet-order", "saddle", "himmelblau-side"),
    *("absolute", "huber", "logistic-side", "logistic-bfgs", "apart", "held-decision"),
)
LARGE_ENOUGH = 20  # pixels
SMALL_TYPE = """(root, least) => {
  const sizes = [...root.querySelectorAll("*")]
    .filter((el) => el.checkVisibility() && !el.closest(".spoken") && el.textContent.trim())
    .map((el) => [el.textContent, parseFloat(getComputedStyle(el).fontSize) * el.currentCSSZoom]);
  return sizes.filter(([, size]) => Math.round(10 * size) / 10 < least);
}"""
SIZE = "({ scrollHeight, scrollWidth }) => [scrollHeight, scrollWidth]"


@pytest.mark.parametrize("state", ON_A_FULL_SCREEN, indirect=True)
def test_on_a_full_screen_all_is_seen_and_can_be_read(shown: View, state: str) -> None:
    page = shown.root.page
    page.set_viewport_size({"width": 1280, "height": 720})
    shown.button("Full screen").click()
    until(lambda: shown.root.evaluate("root => root.matches(':fullscreen')"))
    try:
        found, where = [], []
        for theme in ("light", "dark"):
            dress(page, theme)
            until(lambda: shown.root.evaluate(SMALL_TYPE, LARGE_ENOUGH) == [])
            until(lambda: shown.root.evaluate(SIZE) == [720, 1280])
            where.append(places(shown))
            if theme == "light":
                checks = [check for check in CHECKS if check != "hardToHit"]
                found += [f"{state}, {theme}: {words}" for words in faults(shown, checks)]
        found += [f"{state}, dark: {words}" for words in moved(*where)]
        assert where[0].keys() == where[1].keys(), state
    finally:
        page.evaluate("document.exitFullscreen()")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[2]])
def test_the_learning_rate_keeps_its_room_in_every_rule(
    page: Page, gallery: Gallery, width: int
) -> None:
    heights = {
        state: gallery.show(page, state, width)
        .root.locator(".lr")
        .evaluate("el => Math.round(el.getBoundingClientRect().height)")
        for state in ("mid-way", "minibatch", "momentum", "adam", "bfgs", "newton")
    }
    assert len(set(heights.values())) == 1, heights


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_run_has_one_colour_everywhere_whichever_is_chosen(
    page: Page, gallery: Gallery, theme: str
) -> None:
    view = gallery.show(page, "race-of-8", theme=theme)
    before: list[str] = []
    for chosen in (0, 3, 7):
        view.root.get_by_role("radio").nth(chosen).check()
        expect(view.root.locator(f".panels.run-{chosen}")).to_have_count(1)
        looks: dict[str, list[str]] = view.root.evaluate(
            """(root, chosen) => {
              const of = (line) => {
                const { stroke, strokeDasharray } = getComputedStyle(line);
                return `${stroke} ${strokeDasharray}`;
              };
              const inOrder = (lines) => {
                const all = [...lines].map(of);
                all.splice(chosen, 0, all.pop());
                return all;
              };
              return {
                table: [...root.querySelectorAll(".runs .line")].map(of),
                fit: inOrder(root.querySelectorAll(".fit .line")),
                path: inOrder(root.querySelectorAll(".surface .line")),
                loss: inOrder(root.querySelectorAll(".loss .line")),
              };
            }""",
            chosen,
        )
        assert len(set(looks["table"])) == 8
        assert looks["fit"] == looks["path"] == looks["loss"] == looks["table"]
        assert looks["table"] == (before or looks["table"])
        before = looks["table"]


@pytest.fixture
def mid_way(page: Page, gallery: Gallery) -> View:
    return gallery.show(page, "mid-way")


def saved(view: View, entry: str, ending: str) -> Path:
    """What an entry of the save menu has the browser save."""
    view.more().root.locator("summary", has_text="Save").click()
    with view.root.page.expect_download() as waiting:
        view.button(entry).click()
    download: Download = waiting.value
    assert download.suggested_filename == f"gradient-descent.{ending}"
    expect(view.button(entry)).not_to_be_visible()
    return download.path()


def test_the_svg_is_the_charts_and_needs_nothing_else(mid_way: View) -> None:
    picture = ElementTree.parse(saved(mid_way, "Save as SVG", "svg")).getroot()
    assert picture.tag == f"{SVG}svg"
    line = mid_way.root.locator(".fit line.line")
    ends = [line.get_attribute(name) for name in ("x1", "y1", "x2", "y2")]
    (same,) = [
        found
        for found in picture.iter(f"{SVG}line")
        if [found.get(name) for name in ("x1", "y1", "x2", "y2")] == ends
        and found.get("stroke") == "rgb(0, 114, 178)"
    ]
    assert same.get("stroke-width") == "2.5px"
    assert not [found for found in picture.iter() if found.get("class") or found.get("style")]
    words = {text for found in picture.iter(f"{SVG}text") for text in found.itertext()}
    assert {"x", "y", "step", "loss"} <= {text.strip() for text in words}
    panels = mid_way.root.locator(".panels").first.bounding_box()
    assert panels
    for length in ("width", "height"):
        assert float(picture.get(length, "")) <= panels[length] + 2 * MARGIN, "no control is in it"


def test_the_png_is_the_svg_in_pixels(mid_way: View) -> None:
    svg = ElementTree.parse(saved(mid_way, "Save as SVG", "svg")).getroot()
    png = saved(mid_way, "Save as PNG", "png").read_bytes()
    width, height, blue = mid_way.root.evaluate(
        """async (_, base64) => {
          const image = new Image();
          image.src = `data:image/png;base64,${base64}`;
          await image.decode();
          const { naturalWidth: width, naturalHeight: height } = image;
          const context = new OffscreenCanvas(width, height).getContext("2d");
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, width, height);
          let blue = 0;
          for (let i = 0; i < data.length; i += 4) {
            blue += data[i] === 0 && data[i + 1] === 114 && data[i + 2] === 178;
          }
          return [width, height, blue];
        }""",
        b64encode(png).decode(),
    )
    size = [float(svg.get(name, "")) for name in ("width", "height")]
    assert [width, height] == pytest.approx([PNG_SCALE * length for length in size], abs=1)
    assert blue > width, "the line is as long as the panel is wide, and several pixels thick"


def test_the_film_is_the_steps_one_by_one(mid_way: View) -> None:
    last = mid_way.step
    assert last > 10
    with Image.open(saved(mid_way, "Save as GIF", "gif")) as film:
        assert film.n_frames == last + 1
        assert film.info["duration"] == 100
        pictures = [np.asarray(one.convert("RGB")) for one in ImageSequence.Iterator(film)]
    mid_way.expect_step(last)  # the page is where it was
    assert len({picture.shape for picture in pictures}) == 1
    for step in (0, last // 2, last):
        mid_way.step_number.fill(str(step))
        mid_way.expect_step(step)
        x, y = line_on_the_picture(mid_way)
        blue = [int((picture[y, x] == BLUE).all(axis=1).sum()) for picture in pictures]
        assert blue[step] == max(blue) > 0.6 * len(x), "dots lie over the rest of it"
        assert blue.index(max(blue)) == step


def line_on_the_picture(view: View) -> tuple[np.ndarray, np.ndarray]:
    """Pixels of a saved picture through the middle of which the line goes."""
    x1, y1, x2, y2 = view.root.evaluate(
        """(root, margin) => {
          // The fit stands in the picture's corner.
          const { left, top } = root.querySelector("svg.fit").getBoundingClientRect();
          const line = root.querySelector(".fit line.line");
          const onScreen = line.getScreenCTM();
          return ["1", "2"].flatMap((end) => {
            const [x, y] = [`x${end}`, `y${end}`].map((name) => Number(line.getAttribute(name)));
            const point = new DOMPoint(x, y).matrixTransform(onScreen);
            return [point.x - left + margin[0], point.y - top + margin[1]];
          });
        }""",
        [MARGIN, MARGIN + 24],
    )
    x = np.linspace(x1, x2, 60)[1:-1]
    y = y1 + (x - x1) * (y2 - y1) / (x2 - x1)
    return np.floor(x).astype(int), np.floor(y).astype(int)


def test_the_csv_is_the_history(mid_way: View, gallery: Gallery) -> None:
    with saved(mid_way, "Save history as CSV", "csv").open(newline="") as file:
        header, *lines = csv.reader(file)
    columns = ["step", "slope", "intercept", "loss", "grad_slope", "grad_intercept", "lr"]
    assert header == [*columns, "epoch"]
    table = [[float(cell) for cell in line] for line in lines]
    recorded = rows(gallery.recordings["mid-way"])
    assert table == [[*row, row[0]] for row in recorded.tolist()]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_popups_are_inside_the_view_and_work_by_keyboard(
    page: Page, mid_way: View, width: int
) -> None:
    resize(page, width)
    summary = mid_way.more().root.locator("summary", has_text="Save")
    summary.press("Enter")
    first = mid_way.button("Save as SVG")
    expect(first).to_be_focused()
    assert not faults(mid_way, ["outside", "cutOffText"])
    page.keyboard.press("Tab")
    expect(mid_way.button("Save as PNG")).to_be_focused()
    page.keyboard.press("Escape")
    expect(first).not_to_be_visible()
    expect(summary).to_be_focused()
    summary.press("Enter")
    expect(first).to_be_focused()
    mid_way.root.locator(".title").click()
    expect(first).not_to_be_visible()
    mid_way.root.get_by_label("Keys").press("Enter")
    expect(mid_way.root.get_by_text("take back an edit of points")).to_be_visible()
    assert not faults(mid_way, ["outside", "cutOffText"])


@pytest.mark.parametrize("state", ["converged", "diverged", "busy", "coach"])
def test_the_mark_before_a_notice_is_seen_and_not_heard(
    page: Page, gallery: Gallery, state: str
) -> None:
    view = gallery.show(page, state)
    page.mouse.move(0, 0)
    summary = view.root.locator(".notice summary")
    mark = summary.evaluate("el => getComputedStyle(el, '::before').content")
    assert mark[1] in "▲✓…"
    assert summary.aria_snapshot().count(mark[1]) == 0
