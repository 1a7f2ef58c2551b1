"""More points than can be drawn one by one, in JupyterLab and on a saved page: their picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Page, WebSocket, expect

from gd_widget import GDWidget
from tests.browser.engines.page import Engine
from tests.browser.lab import Notebook, View
from tests.browser.place import Place
from tests.waiting import until

CELL = """\
import numpy as np
from gd_widget import GDWidget
rng = np.random.default_rng(1)
x = rng.normal(size=1_000_000)
y = 3 * x + 2 + rng.normal(size=1_000_000)
w = GDWidget(x, y, lr=0.001, n_epochs=None, steps_per_second=20)
w
"""

PIXELS = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => data[4 * (row * width + column) + 3]));
}"""
"""The opacity of each pixel, row by row."""


def pixels(view: View) -> np.ndarray:
    """What the picture of the points looks like: opacities, shape (height, width)."""
    return np.array(view.root.locator("canvas.density").evaluate(PIXELS))


def steps_across(view: View) -> int:
    """How often the opacity changes along the middle row."""
    rows = pixels(view)
    return int(np.count_nonzero(np.diff(rows[len(rows) // 2])))


@pytest.fixture
def million(notebook: Notebook, view: View, request: pytest.FixtureRequest) -> Notebook:
    """A notebook that shows a million points."""
    notebook.open(f"{request.node.name[:40]}.ipynb", [CELL])
    notebook.run_all()
    view.expect_step(0)
    return notebook


def test_the_points_are_a_picture(million: Notebook, view: View) -> None:
    expect(view.root.locator(".caption")).to_have_text(
        "1,000,000 points, shaded by number. Zoom in to see more."
    )
    seen = pixels(view)
    assert 0.1 < np.count_nonzero(seen) / seen.size < 0.9
    # The cloud of a rising line: its darkest part in the middle, its corners on the diagonal.
    height, width = seen.shape
    middle = seen[height // 3 : 2 * height // 3, width // 3 : 2 * width // 3]
    assert middle.max() == seen.max() > 140
    assert not seen[: height // 8, : width // 8].any()
    assert not seen[-height // 8 :, -width // 8 :].any()


def test_a_closer_look_brings_a_finer_picture_while_it_plays(
    page: Page, notebook: Notebook, view: View, request: pytest.FixtureRequest
) -> None:
    asked = listen(page)
    request.getfixturevalue("million")
    whole = pixels(view)
    assert asked() == 0, "the picture of all is fine enough"
    view.button("Play").click()
    view.wait_for_step_beyond(5)
    for _ in range(3):
        view.button("Zoom in").click()
    coarse = steps_across(view)
    until(lambda: steps_across(view) > 2 * coarse)
    assert asked() >= 1
    view.wait_for_step_beyond(view.step + 10)
    view.button("Show all").click()
    expect(view.button("Show all")).to_be_disabled()
    until(lambda: np.array_equal(pixels(view), whole))
    view.wait_for_step_beyond(view.step + 10)
    view.pause()
    notebook.run_until("print(w.n_steps, w.error)", str(view.step))


def listen(page: Page) -> Callable[[], int]:
    """How often the kernel was asked for a picture."""
    asked: list[str] = []

    def sent(payload: str | bytes) -> None:
        text = payload if isinstance(payload, str) else payload.decode("latin-1")
        asked.extend(re.findall(r'"type\\*": ?\\*"picture', text))

    def opened(socket: WebSocket) -> None:
        socket.on("framesent", sent)

    page.on("websocket", opened)
    return lambda: len(asked)


def test_a_saved_page_shows_the_picture_and_plays(page: Page, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=100_000)
    widget = GDWidget(x, 3 * x + 2 + rng.normal(size=100_000))
    widget.step(5)
    widget.save(tmp_path / "post.html")
    page.goto((tmp_path / "post.html").as_uri())
    view = View(page.locator(".gd-widget"))
    view.expect_step(5)
    assert np.count_nonzero(pixels(view))
    view.button("Play").click()
    view.wait_for_step_beyond(8)
    view.pause()
    # There is no finer picture to be had: this one is drawn larger.
    view.button("Zoom in").click()
    expect(view.button("Zoom out")).to_be_enabled()
    assert np.count_nonzero(pixels(view))
    expect(view.notice).to_have_text("")


INK = """() => {
  const canvas = find("canvas.density");
  if (!canvas?.width) return null;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let [filled, sum] = [0, [0, 0, 0]];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 100) continue;
    filled += 1;
    sum = sum.map((all, k) => all + data[i + k]);
  }
  if (!filled) return null; // the canvas is there before its picture
  return [filled / (data.length / 4), ...sum.map((all) => all / filled)];
}"""
"""How much of the picture is dark, and in which colour."""


def test_every_engine_draws_the_picture(engine: Engine, tmp_path: Path) -> None:
    GDWidget(n=30_000, noise="gaussian").save(tmp_path / "index.html")
    with engine.page() as shown:
        shown.visit((tmp_path / "index.html").as_uri())
        place = Place(shown)
        share, *colour = place.wait_for(INK)
        assert 0.02 < share < 0.5
        np.testing.assert_allclose(colour, [75, 85, 99], atol=4)  # --data in theme.css
        place.click("Zoom in")
        place.wait_for(
            f"(before) => {{ const now = ({INK})(); return now && now[0] > 1.3 * before; }}", share
        )
        place.click("Show all")
        place.wait_for(
            f"(before) => {{ const now = ({INK})(); return now && now[0] === before; }}", share
        )
        assert shown.complaints() == []


def test_what_is_saved_as_svg_has_the_picture(page: Page, tmp_path: Path) -> None:
    GDWidget(n=30_000).save(tmp_path / "post.html")
    page.goto((tmp_path / "post.html").as_uri())
    view = View(page.locator(".gd-widget"))
    view.expect_step(0)
    view.more().root.locator("summary", has_text="Save").click()
    with page.expect_download() as waiting:
        view.button("Save as SVG").click()
    svg = ElementTree.parse(waiting.value.path()).getroot()
    (image,) = svg.iter("{http://www.w3.org/2000/svg}image")
    canvas = view.root.locator("canvas.density")
    assert image.get("href") == canvas.evaluate("canvas => canvas.toDataURL()")
    box = canvas.bounding_box()
    assert box
    assert float(image.get("width", "")) == pytest.approx(box["width"])
