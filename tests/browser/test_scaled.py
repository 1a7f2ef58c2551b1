"""What is dragged stays under the pointer where a page shows the widget larger, or smaller."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gd_widget.page.bundle import BUNDLE
from tests.browser.engines.page import Engine, Page
from tests.browser.place import Place
from tests.browser.shown import Shown
from tests.browser.static_pages import page as page_of

SCALES = {
    "transform": "transform: scale(0.6) translate(10px, 20px); transform-origin: 0 0",
    "zoom": "zoom: 2",
    "zoom out": "zoom: 0.6",
    "both": "transform: scale(0.8); zoom: 1.5; transform-origin: 0 0",
}

MEASURED = """(name) => {
  const found = name.startsWith(".") ? find(name) : named(name);
  const { left, top, width, height } = found.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
"""Where the browser says that something is: in pixels of one size, whichever that is."""

MIDDLE = f"""async (name) => {{
  const at = (x, y) => {{
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) found = found.shadowRoot.elementFromPoint(x, y);
    return found;
  }};
  const look = () => (name.startsWith(".") ? find(name) : named(name));
  const wanted = look();
  if (!wanted) return null;
  const before = String(({MEASURED})(name));
  for (let i = 0; i < 10; i++) await nextFrame();
  if (look() !== wanted || before !== String(({MEASURED})(name))) return null;
  const places = (left, top, right, bottom, every) => {{
    const found = [];
    for (let y = top; y < bottom; y += every)
      for (let x = left; x < right; x += every) if (wanted.contains(at(x, y))) found.push([x, y]);
    return found;
  }};
  const roughly = places(0, 0, innerWidth, innerHeight, 8);
  const [xs, ys] = [0, 1].map((i) => roughly.map((place) => place[i]));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const found = places(left - 8, top - 8, Math.max(...xs) + 8, Math.max(...ys) + 8, 4);
  const mean = (i) => found.reduce((sum, place) => sum + place[i], 0) / found.length;
  return found.length ? [mean(0), mean(1)] : null;
}}"""
"""Where it is once it stands there still, looked for: what is zoomed, browsers measure differently.

Roughly first, and closely only around what is found: a browser takes its time for each look."""

HAS_MOVED = f"""(name, from, by, unit) => {{
  const place = ({MEASURED})(name);
  return place.every((measured, i) => Math.abs((measured - from[i]) * unit - by[i]) < 2);
}}"""


TURNED = """(name, by, unit) => {
  const turn = named(name);
  const svg = turn.ownerSVGElement;
  const scale = unit * svg.getBoundingClientRect().width / Number(svg.getAttribute("width"));
  const [around, up] = turn.getAttribute("aria-valuetext").match(/\\d+/g).map(Number);
  return [around, up, ...by.map((pixels) => 180 / Math.PI * 0.01 * pixels / scale)];
}"""
"""How far the picture is turned, in degrees, and how far these pixels are to turn it."""


@dataclass(frozen=True)
class Scaled:
    """The widget of a page that shows it larger, or smaller."""

    page: Page
    place: Place

    def follows(self, name: str, dx: float, dy: float) -> None:
        """Drag something by so many of the page's pixels; it stays under the pointer."""
        x, y, left, top = self.measured(name)
        self.pull(x, y, dx, dy)
        self.place.wait_for(HAS_MOVED, name, [left, top], [dx, dy], x / left)
        self.page.release()

    def measured(self, name: str) -> tuple[float, ...]:
        """Where something is, and where the browser says so."""
        return (*self.place.wait_for(MIDDLE, name), *self.place.call(MEASURED, name))

    def pull(self, x: float, y: float, dx: float, dy: float) -> None:
        """Press, and move."""
        self.page.move(x, y)
        self.page.press()
        self.page.move(x + dx / 2, y + dy / 2)
        self.page.move(x + dx, y + dy)


@contextmanager
def scaled(engine: Engine, folder: Path, scale: str, asked: str = "") -> Iterator[Scaled]:
    """The element on a page of its own; what is asked of it stands in the address."""
    style = f"width: 600px; {SCALES[scale]}"
    script = f'<script type="module">{BUNDLE.read_text("utf-8")}</script>'
    element = "<gradient-descent></gradient-descent>"
    path = folder / "scaled.html"
    path.write_text(page_of(f'<div style="{style}">{element}</div>{script}'), "utf-8")
    with engine.page() as page:
        page.visit(path.as_uri() + asked)
        place = Place(page)
        Shown(place).wait_for_step(0)
        yield Scaled(page, place)
        assert page.complaints() == []


@pytest.mark.parametrize("scale", SCALES)
def test_what_is_dragged_stays_under_the_pointer(
    engine: Engine, tmp_path: Path, scale: str
) -> None:
    with scaled(engine, tmp_path, scale) as shown:
        shown.follows("Left end of the line", 0, 30)
        shown.follows("Slope and intercept", 40, -25)


def test_a_picture_turns_as_far_as_the_pointer_goes(engine: Engine, tmp_path: Path) -> None:
    with scaled(engine, tmp_path, "both") as shown:
        shown.page.move(*shown.place.wait_for(MIDDLE, "3-D"))
        shown.page.press()
        shown.page.release()
        x, y, left, _ = shown.measured("Turn the picture")
        unit, by = x / left, (30, -12)
        around, up, right, down = shown.place.call(TURNED, "Turn the picture", by, unit)
        shown.pull(x, y, *by)
        shown.place.wait_for(
            f"""(...asked) => {{
              const [around, up] = ({TURNED})(...asked.slice(0, 3));
              return Math.abs(around - asked[3]) < 2 && Math.abs(up - asked[4]) < 2;
            }}""",
            *("Turn the picture", by, unit, around + right, up + down),
        )
        shown.page.release()


IS_THERE = f"""async (name, x, y) => {{
  const found = await ({MIDDLE})(name);
  return found !== null && Math.hypot(found[0] - x, found[1] - y) < 4;
}}"""


@pytest.mark.parametrize("scale", SCALES)
def test_a_point_is_added_where_one_clicks_twice_and_zoomed_about(
    engine: Engine, tmp_path: Path, scale: str
) -> None:
    with scaled(engine, tmp_path, scale) as shown:
        place, page = shown.place, shown.page
        left, top = place.wait_for(MIDDLE, "Left end of the line")
        right, _ = place.wait_for(MIDDLE, "Right end of the line")
        # Above the line's left end, where no point is.
        x, y = left + (right - left) / 4, top - (right - left) / 4
        loss = place.text(".value.loss")
        page.double_click(x, y)
        place.wait_for("(loss) => find('.value.loss').textContent !== loss", loss)
        page.move(x + 2, y + 2)
        place.wait_for(IS_THERE, "Points", x, y)
        page.wheel_with_control(x + 2, y + 2, -40)
        place.wait_for("() => find('svg.fit.zoomed') !== null")
        page.move(x - 2, y - 2)
        place.wait_for(IS_THERE, "Points", x, y)


COLOUR = """() => getComputedStyle(find("path.points")).stroke.match(/\\d+/g).map(Number)"""


def test_points_are_no_larger_than_dots(engine: Engine, tmp_path: Path) -> None:
    """Firefox makes streaks of lines that have no length, where a page is zoomed."""
    with scaled(engine, tmp_path, "zoom") as shown:
        colour = shown.place.call(COLOUR)
        image = np.asarray(Image.open(BytesIO(shown.page.screenshot())).convert("RGB"))
        drawn = (image == colour).all(axis=2).sum()
        dot = np.pi * 5**2  # twice as wide as without the zoom
        assert 40 * dot < drawn < 100 * dot  # they lie over each other


IS_BESIDE = f"""(name) => {{
  const tip = find(".tip");
  if (!tip || tip.hidden) return null;
  const [x, y] = ({MEASURED})(name);
  const {{ left, top }} = tip.getBoundingClientRect();
  return Math.abs(left - x) < 3 && Math.abs(top - y - 20) < 3;
}}"""
"""Whether what is told of a word stands just under the mouse, which is in the word's middle."""


@pytest.mark.parametrize("scale", SCALES)
def test_a_word_explains_itself_beside_the_mouse(
    engine: Engine, tmp_path: Path, scale: str
) -> None:
    with scaled(engine, tmp_path, scale) as shown:
        word = ".name[data-term=intercept]"
        shown.page.move(*shown.place.wait_for(MIDDLE, word))
        shown.place.wait_for(IS_BESIDE, word)


BETS = {
    "next_step": {"Left end of the line": (0, 30), "Slope and intercept": (30, -20)},
    "draw_loss+10": {"Your loss at step 10": (0, 20)},
}
"""What is asked, and what is dragged to answer it."""


@pytest.mark.parametrize("asked", BETS)
def test_what_is_dragged_for_a_bet_does_too(engine: Engine, tmp_path: Path, asked: str) -> None:
    with scaled(engine, tmp_path, "both", f"#gradient-descent?ask={asked}") as shown:
        for name, by in BETS[asked].items():
            shown.follows(name, *by)
