"""The linked views in JupyterLab: drag one, see the others; and what is drawn is what is so.

Numbers are computed here, independently of the widget's own arithmetic.
"""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import SHOW, Notebook, View

# Pixels of a chart to its units, by two of its tick labels.
UNITS = """(svg) => {
  const ticks = [...svg.querySelectorAll('.ticks text:not(.name)')];
  const value = (text) => Number(text.textContent.replace('−', '-'));
  const line = (ticks, pixel) => {
    const [a, b] = [ticks[0], ticks[ticks.length - 1]];
    const scale = (value(b) - value(a)) / (pixel(b) - pixel(a));
    return [value(a) - scale * pixel(a), scale];
  };
  const across = ticks.filter((t) => t.classList.contains('middle'));
  const up = ticks.filter((t) => /^[−.0-9]+$/.test(t.textContent) && !t.classList.contains('middle'));
  return {
    x: line(across, (t) => Number(t.getAttribute('x'))),
    y: line(up, (t) => Number(t.getAttribute('y')) - 4),
  };
}"""


def units(page: Page, panel: str):
    """A function from pixels in a panel's svg to its units."""
    found = page.locator(f"svg.{panel}").evaluate(UNITS)
    return lambda x, y: (
        found["x"][0] + found["x"][1] * x,
        found["y"][0] + found["y"][1] * y,
    )


def drawn_params(page: Page) -> tuple[float, float]:
    """Slope and intercept of the line as it is drawn in the fit panel."""
    line = page.locator("svg.fit line.line").evaluate(
        "(l) => ['x1', 'y1', 'x2', 'y2'].map((name) => Number(l.getAttribute(name)))"
    )
    to_data = units(page, "fit")
    (x1, y1), (x2, y2) = to_data(*line[:2]), to_data(*line[2:])
    slope = (y2 - y1) / (x2 - x1)
    return slope, y1 - slope * x1


def place_on_surface(page: Page) -> tuple[float, float]:
    """Slope and intercept of the open circle in the surface panel."""
    circle = page.locator("svg.surface .handle .now")
    x, y = float(circle.get_attribute("cx") or 0), float(circle.get_attribute("cy") or 0)
    return units(page, "surface")(x, y)


@pytest.fixture
def page(shared: Notebook) -> Page:
    """That of the file's notebook, for `view` too."""
    return shared.page


@pytest.fixture
def shown(shared: Notebook) -> Notebook:
    """The notebook, showing a new widget."""
    shared.show(SHOW).root.scroll_into_view_if_needed()
    return shared


def numbers(notebook: Notebook, *expressions: str) -> list[float]:
    """What these expressions are in the kernel."""
    return json.loads(notebook.run(f"import json; print(json.dumps([{', '.join(expressions)}]))"))


# A real press, so that the pointer can be captured; then one synthetic move, and a look in the
# very next frame: what was asked for by the move must be on the page by then.
SAME_FRAME = """([handle, dx, dy]) => new Promise((resolve) => {
  const { left, top, width, height } = handle.getBoundingClientRect();
  const clientX = left + width / 2 + dx, clientY = top + height / 2 + dy;
  const pointerId = 1; // the mouse's, in Chromium
  handle.dispatchEvent(
    new PointerEvent('pointermove', { clientX, clientY, pointerId, bubbles: true, composed: true }),
  );
  requestAnimationFrame(() => resolve(true));
})"""


@pytest.mark.parametrize(
    "label", ["Slope and intercept", "Left end of the line", "Right end of the line", "Whole line"]
)
def test_dragging_in_either_space_moves_the_other_within_the_frame(
    shown: Notebook, view: View, page: Page, label: str
) -> None:
    handle = view.root.get_by_label(label, exact=True)
    box = handle.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24 or label == "Whole line"
    before = drawn_params(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.evaluate(SAME_FRAME, [handle.element_handle(), 0, -40])
    moved = drawn_params(page)
    assert moved == pytest.approx(place_on_surface(page), abs=0.02)
    assert np.hypot(moved[0] - before[0], moved[1] - before[1]) > 0.2
    page.mouse.up()
    shown.run_until("print(w.n_steps, len(w.history))", "0 1")
    shown.run_until(
        "s, i = w.params; print(f'{s:.2f} {i:.2f}')",
        " ".join(view.number(n).inner_text().replace("−", "-") for n in ("slope", "intercept")),
    )
    view.button("Step").click()
    view.expect_step(1)


def test_arrow_keys_move_the_line_and_shift_moves_it_further(
    shown: Notebook, view: View, page: Page
) -> None:
    handle = view.root.get_by_label("Slope and intercept", exact=True)
    start = place_on_surface(page)
    # Each press takes the focus first: JupyterLab may just have given it to a cell.
    handle.press("ArrowRight")
    handle.press("Shift+ArrowUp")
    expect(view.number("slope")).not_to_have_text("−1.00")
    expect(view.number("intercept")).not_to_have_text("1.00")
    moved = place_on_surface(page)
    assert 0 < moved[0] - start[0] < moved[1] - start[1] + 0.2
    assert moved[1] - start[1] > 0.1


def test_ellipses_arrow_and_marks_are_where_the_numbers_say(
    shown: Notebook, view: View, page: Page
) -> None:
    shown.run("w.step(3)")
    view.expect_step(3)
    to_params = units(page, "surface")
    x, y = (np.array(v) for v in numbers(shown, "w.x.tolist()", "w.y.tolist()"))
    levels = page.locator("svg.surface .level").evaluate_all(
        "(all) => all.map((c) => c.getAttribute('transform'))"
    )
    assert len(levels) >= 6
    heights = []
    for level in levels:
        a, b, c, d, e, f = (float(v) for v in re.findall(r"-?[\d.]+(?:e-?\d+)?", level))
        angles = np.linspace(0, 2 * np.pi, 24)
        slopes, intercepts = to_params(
            a * np.cos(angles) + c * np.sin(angles) + e, b * np.cos(angles) + d * np.sin(angles) + f
        )
        losses = [np.mean((s * x + i - y) ** 2) for s, i in zip(slopes, intercepts, strict=True)]
        floor = np.mean((np.polyval(np.polyfit(x, y, 1), x) - y) ** 2)
        above = np.array(losses) - floor
        assert np.ptp(above) < 0.02 * above.mean(), "one loss along the whole ellipse"
        heights.append(above.mean())
    ratios = np.array(heights[:-1]) / np.array(heights[1:])
    np.testing.assert_allclose(ratios, np.sqrt(10), rtol=0.03)

    tip = page.locator("svg.surface .landing path").get_attribute("d") or ""
    px, py = (float(v) for v in re.findall(r"M([^,]+),([^L]+)L", tip)[0])
    slope, intercept, gs, gi = numbers(shown, "*w.params", "*w.grad")
    assert to_params(px, py) == pytest.approx((slope - 0.1 * gs, intercept - 0.1 * gi), abs=0.02)
    assert place_on_surface(page) == pytest.approx((slope, intercept), abs=0.02)
    best = re.findall(r"M(\S+),(\S+?)h", page.locator(".best-mark").get_attribute("d") or "")[0]
    expected = np.polyfit(x, y, 1)
    assert to_params(float(best[0]) + 6, float(best[1])) == pytest.approx(tuple(expected), abs=0.02)


def test_a_point_says_what_it_adds_and_can_be_moved_added_removed_and_put_back(
    shown: Notebook, view: View, page: Page
) -> None:
    plot = page.locator("svg.fit rect.plot").bounding_box()
    first = page.locator("svg.fit .points").get_attribute("d") or ""
    px, py = (float(v) for v in re.findall(r"M([\d.]+),([\d.]+)h\.1", first)[0])
    frame = page.locator("svg.fit").bounding_box()
    assert plot and frame
    page.mouse.move(frame["x"] + px, frame["y"] + py)
    caption = page.locator(".caption")
    expect(caption).to_contain_text("residual")
    words = caption.inner_text()
    number = int(re.findall(r"point (\d+)", words)[0]) - 1
    slope, intercept = numbers(shown, "*w.params")
    x, y = numbers(shown, f"w.x[{number}]", f"w.y[{number}]")
    residual = slope * x + intercept - y
    said = [float(v.replace("−", "-")) for v in re.findall(r"−?\d+\.\d+", words)]
    shares = [residual, residual**2, 2 / 100 * residual * x, 2 / 100 * residual]
    assert said == pytest.approx(shares, rel=0.01, abs=0.006)

    page.locator("svg.fit").scroll_into_view_if_needed()
    frame = page.locator("svg.fit").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + px, frame["y"] + py + 1)
    expect(caption).to_contain_text("residual")
    page.mouse.down()
    page.mouse.move(frame["x"] + px + 10, frame["y"] + py - 60, steps=4)
    page.mouse.up()
    shown.run_until(f"print(bool(w.y[{number}] > {y} + 0.3), w.n_steps, len(w.x))", "True 0 100")
    page.locator("svg.fit").scroll_into_view_if_needed()  # what ran has scrolled the notebook
    plot = page.locator("svg.fit rect.plot").bounding_box()
    assert plot
    page.mouse.dblclick(plot["x"] + 0.3 * plot["width"], plot["y"] + 0.15 * plot["height"])
    expect(page.locator("svg.surface text").first).to_have_css("user-select", "none")
    shown.run_until("print(len(w.x))", "101")
    points = view.root.get_by_label("Points", exact=True)
    points.press("ArrowRight")
    points.press("Delete")
    shown.run_until("print(len(w.x))", "100")
    for left in ("101", "100"):
        view.root.press("Control+z")
        shown.run_until("print(len(w.x))", left)
    view.root.press("Control+z")
    shown.run_until(f"print(round(w.y[{number}], 4))", f"{y:.4f}".rstrip("0"))


def test_a_slow_step_walks_the_five_lines_and_then_makes_the_step(
    shown: Notebook, view: View, page: Page
) -> None:
    slow = view.button("Slow step")
    current = view.root.locator('[aria-current="step"]')
    for line in range(5):
        slow.click()
        expect(view.root.get_by_role("listitem").nth(line)).to_have_attribute(
            "aria-current", "step"
        )
        expect(current).to_have_count(1)
        view.expect_step(0)
    slow.click()
    view.expect_step(1)
    expect(current).to_have_count(0)
    expect(view.root).to_contain_text("[−0.73, 1.32] − 0.1 · [−2.5")


def test_keys_do_what_the_help_says(shown: Notebook, view: View, page: Page) -> None:
    cells = page.locator(".jp-Cell").count()
    view.more().root.get_by_label("Keys").click()
    expect(view.root).to_contain_text("on the timeline play, pause")
    view.root.get_by_label("Keys").click()
    view.step_number.press("Space")
    view.wait_for_step_beyond(3)
    view.step_number.press("Space")
    expect(view.button("Play")).to_be_visible()
    step = view.step
    view.button("Play").press("ArrowRight")
    view.expect_step(step + 1)
    view.button("Play").press("ArrowLeft")
    view.expect_step(step)
    view.button("Play").press("Home")
    view.expect_step(0)
    view.button("Step").press("Space")
    view.expect_step(1)
    view.button("Step").press("r")
    view.expect_step(0)
    page.locator("svg.surface").click(position={"x": 70, "y": 60})
    page.keyboard.press("ArrowRight")  # a picture is none of those
    view.expect_step(0)
    expect(page.locator(".jp-Cell")).to_have_count(cells)


def test_panels_are_chosen_and_ordered(shared: Notebook, page: Page) -> None:
    shared.show(SHOW.replace("lr=0.1", "lr=0.1, panels=['loss', 'fit']"))
    cells = page.locator(".gd-widget .cell").evaluate_all("(all) => all.map((e) => e.className)")
    assert cells == ["cell loss-cell", "cell fit-cell"]


def test_data_for_which_the_rate_diverges_are_answered_with_a_rate_that_does_not(
    shared: Notebook,
) -> None:
    view = shared.show(
        "from gd_widget import GDWidget, make_line\n"
        "line = make_line()\n"
        "w = GDWidget(50 * (line.x + 1), line.y, lr=0.1)\nw"
    )
    expect(view.notice).to_contain_text("The learning rate 0.1 is above 0.000")
    view.root.get_by_role("button", name=re.compile("Try 0.000")).click()
    expect(view.notice).to_contain_text("Even at 0.0002, a good learning rate for these data")
    view.button("Play").click()
    view.wait_for_step_beyond(5)
    assert shared.run("print(w.loss < w.history['loss'][0])") == "True"
