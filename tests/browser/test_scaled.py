"""What is dragged stays under the pointer where a page shows the widget larger, or smaller."""

from __future__ import annotations

from pathlib import Path

import pytest

from gd_widget.page.bundle import BUNDLE
from tests.browser.engines.page import Engine
from tests.browser.place import Place
from tests.browser.shown import Shown
from tests.browser.static_pages import page as page_of

SCALES = {
    "transform": "transform: scale(0.6) translate(10px, 20px); transform-origin: 0 0",
    "zoom": "zoom: 2",
    "both": "transform: scale(0.8); zoom: 1.5; transform-origin: 0 0",
}

MEASURED = """(name) => {
  const { left, top, width, height } = named(name).getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
"""Where the browser says that something is: in pixels of one size, whichever that is."""

MIDDLE = f"""async (name) => {{
  const at = (x, y) => {{
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) found = found.shadowRoot.elementFromPoint(x, y);
    return found;
  }};
  const before = String(({MEASURED})(name));
  for (let i = 0; i < 10; i++) await nextFrame();
  if (before !== String(({MEASURED})(name))) return null;
  const wanted = named(name);
  const places = (left, top, right, bottom, every) => {{
    const found = [];
    for (let y = top; y < bottom; y += every)
      for (let x = left; x < right; x += every) if (wanted.contains(at(x, y))) found.push([x, y]);
    return found;
  }};
  const roughly = places(0, 0, innerWidth, innerHeight, 12);
  const [xs, ys] = [0, 1].map((i) => roughly.map((place) => place[i]));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const found = places(left - 12, top - 12, Math.max(...xs) + 12, Math.max(...ys) + 12, 4);
  const mean = (i) => found.reduce((sum, place) => sum + place[i], 0) / found.length;
  return found.length ? [mean(0), mean(1)] : null;
}}"""
"""Where it is once it stands still, looked for: what is zoomed, browsers measure differently.

Roughly first, and closely only around what is found: a browser takes its time for each look."""

HAS_MOVED = f"""(name, from, by, unit) => {{
  const place = ({MEASURED})(name);
  return place.every((measured, i) => Math.abs((measured - from[i]) * unit - by[i]) < 2);
}}"""


@pytest.mark.parametrize("scale", SCALES)
def test_what_is_dragged_stays_under_the_pointer(
    engine: Engine, tmp_path: Path, scale: str
) -> None:
    widget = "<gradient-descent></gradient-descent>"
    style = f"width: 600px; {SCALES[scale]}"
    script = f'<script type="module">{BUNDLE.read_text("utf-8")}</script>'
    path = tmp_path / "scaled.html"
    path.write_text(page_of(f'<div style="{style}">{widget}</div>{script}'), "utf-8")
    with engine.page() as page:
        page.visit(path.as_uri())
        shown = Shown(Place(page))
        shown.wait_for_step(0)
        for name in ("Left end of the line", "Slope and intercept"):
            x, y = shown.place.wait_for(MIDDLE, name)
            measured = shown.place.call(MEASURED, name)
            dx, dy = (0, 30) if "Left" in name else (40, -25)
            page.move(x, y)
            page.press()
            page.move(x + dx / 2, y + dy / 2)
            page.move(x + dx, y + dy)
            shown.place.wait_for(HAS_MOVED, name, measured, [dx, dy], x / measured[0])
            page.release()
        assert page.complaints() == []
