"""Landscapes that are no bowls: dragged in JupyterLab and on saved pages, which train on as PyTorch does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from gallery.other_losses import with_outlier, yes_or_no
from gd_widget import GDWidget
from tests.browser.engines.page import Engine
from tests.browser.lab import Notebook
from tests.browser.place import Place
from tests.browser.shown import Shown
from tests.browser.test_linked_views import place_on_surface

HILLS = """
from gd_widget import GDWidget

w = GDWidget(function="himmelblau")
w
"""

EXAM = """
from gd_widget import GDWidget

hours, passed = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4], [0, 0, 1, 0, 1, 0, 1, 1]
w = GDWidget(hours, passed, loss="cross_entropy", lr=0.5)
w
"""


def drag(handle: Locator, dx: float, dy: float) -> None:
    """As with a mouse, by so many pixels."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = handle.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + dx, y + dy, steps=4)
    mouse.up()


@pytest.mark.parametrize(("cell", "handle"), [(HILLS, "X and y"), (EXAM, "Slope and intercept")])
def test_the_place_is_dragged_and_the_kernel_goes_on_from_there(
    shared: Notebook, cell: str, handle: str
) -> None:
    view = shared.show(cell)
    shared.run("before = w.params, w.loss")
    drag(view.root.get_by_label(handle, exact=True), 60, -25)
    x, y = place_on_surface(shared.page)
    is_there = f"abs(w.params[0] - {x}) < 0.05 and abs(w.params[1] - {y}) < 0.05"
    shared.run_until(f"print(w.n_steps, w.params != before[0], {is_there})", "0 True True")
    expect(view.root.locator(".surface .level")).to_have_count(9)
    shared.run("before = w.params, w.loss")
    view.button("Step").click()
    view.expect_step(1)
    shared.run_until("print(w.n_steps, w.loss < before[1])", "1 True")


def test_a_point_of_no_is_dragged_sideways_and_up_to_yes(shared: Notebook) -> None:
    view = shared.show(EXAM)
    points = view.root.get_by_label("Points", exact=True)
    points.press("ArrowRight")
    drag(points.locator(".grip"), 10, -120)
    shared.run_until("print(w.x[0] > 0.5, w.y[0], len(w.y), repr(w.error))", "True 1.0 8 ''")
    points.press("ArrowRight")
    points.press("ArrowDown")
    shared.run_until("print(w.x[0] > 0.5, w.y[0])", "True 0.0")


HELD_BACK = """
from gd_widget import GDWidget

w = GDWidget([0, 1, 2, 3, 4], [1, 2, 3, 4, 9], validation=[4])
w
"""


def test_a_hollow_point_is_dragged_and_the_kernel_says_its_loss(shared: Notebook) -> None:
    view = shared.show(HELD_BACK)
    points = view.root.get_by_label("Points", exact=True)
    shared.run("before = w.validation_loss, w.loss, w.params")
    points.press("ArrowLeft")
    drag(points.locator(".grip"), -10, 30)
    moved = "w.held_back[0][0] < 4, w.held_back[1][0] < 9, w.x.tolist()"
    shared.run_until(f"print({moved})", "True True [0.0, 1.0, 2.0, 3.0]")
    stays = "w.validation_loss < before[0], (w.loss, w.params) == before[1:], repr(w.error)"
    shared.run_until(f"print({stays})", "True True ''")


PAGES: dict[str, tuple[Callable[[], GDWidget], str]] = {
    "a logistic fit": (
        lambda: GDWidget(*yes_or_no(), loss="cross_entropy", lr=0.5, steps_per_second=60),
        "Slope and intercept",
    ),
    "a Huber race": (
        lambda: GDWidget(
            *with_outlier(), loss=["huber", "mse", "mae"], delta=0.5, steps_per_second=60
        ),
        "Slope and intercept",
    ),
    "points that are held back": (
        lambda: GDWidget(n=40, loss="huber", validation=0.3, steps_per_second=60),
        "Slope and intercept",
    ),
    "Himmelblau's function": (
        lambda: GDWidget(function="himmelblau"),
        "X and y",
    ),
}


def assert_as_pytorch(shown: Shown, w: GDWidget) -> None:
    """That the page has every number that the widget has at the same steps."""
    header, *lines = shown.saved_history()
    last = int(lines[-1][header.index("step")])
    w.step(last - w.n_steps)
    for run in w.runs:
        of_run = [line for line in lines if "run" not in header or line[0] == run.name]
        for i, name in enumerate(header):
            if name == "run":
                continue
            seen, expected = [float(line[i]) for line in of_run], run.history[name]
            size = 1e-12 * np.abs(expected).max()
            np.testing.assert_allclose(seen, expected, rtol=1e-12, atol=size, err_msg=name)


@pytest.mark.parametrize("name", PAGES)
def test_a_saved_page_trains_on_without_a_kernel(engine: Engine, tmp_path: Path, name: str) -> None:
    make, handle = PAGES[name]
    w = make()
    w.step(7)
    w.save(tmp_path / "post.html")
    with engine.page() as page:
        page.visit((tmp_path / "post.html").as_uri())
        shown = Shown(Place(page))
        shown.wait_for_step(7)
        shown.place.click("Play")
        shown.wait_for_step_beyond(20)
        shown.place.click("Pause")
        shown.wait_for_button("Play")
        assert_as_pytorch(shown, w)

        shown.place.drag(handle, 40, -20)
        shown.wait_for_step(0)
        shown.place.click("Step")
        shown.wait_for_step(1)
        header, first, *_ = shown.saved_history()
        at = header.index("step") + 1
        assert first[at - 1] == "0"
        w.guess = tuple(float(number) for number in first[at : at + 2])
        assert w.guess != make().guess
        assert_as_pytorch(shown, w)
        assert page.complaints() == []
