"""bqplot figures beside a GDWidget in a real JupyterLab: drawn, and in step with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.browser.conftest import new_page
from tests.browser.lab import Notebook
from tests.waiting import until
from tools.notebooks import FOLDER

IMPORTS = """
from ipywidgets import HBox, VBox
from gd_widget import GDWidget
from gd_widget.figures import fit_figure, loss_figure, surface_figure
"""


class Figure:
    """A bqplot figure on a page, as what is drawn in it."""

    def __init__(self, root: Locator) -> None:
        self.root = root

    def lines(self) -> list[list[tuple[float, float]]]:
        """The corners of each of its lines, in shares of the plot, the origin at its lower left."""
        size = self.root.locator(".plotarea_events").evaluate(
            "e => [e.width.baseVal.value, e.height.baseVal.value]"
        )
        paths = self.root.locator(".curve path.line").evaluate_all(
            "them => them.map(e => e.getAttribute('d'))"
        )
        corners = [re.findall(r"([-\d.e]+),([-\d.e]+)", path) for path in paths]
        return [[(float(x) / size[0], 1 - float(y) / size[1]) for x, y in path] for path in corners]


@pytest.fixture
def page(shared: Notebook) -> Page:
    """That of the file's notebook."""
    return shared.page


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser says of pictures that cannot be drawn; at the end, nothing."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        heard.append(message.text)

    page.on("console", hear)
    yield heard
    page.remove_listener("console", hear)
    assert [text for text in heard if "attribute" in text] == []


def figures(page: Page, n: int) -> list[Figure]:
    """The n figures there are, when all of them are drawn."""
    expect(page.locator(".bqplot.figure .plotarea_events")).to_have_count(n)
    return [Figure(page.locator(".bqplot.figure").nth(i)) for i in range(n)]


@pytest.mark.parametrize("kind", ["fit", "loss", "surface"])
def test_a_figure_alone_is_drawn(
    shared: Notebook, page: Page, complaints: list[str], kind: str
) -> None:
    shared.begin(f"{IMPORTS}w = GDWidget()\nw.step(9)\n{kind}_figure(w)")
    (figure,) = figures(page, 1)
    until(lambda: figure.lines() and len(figure.lines()[-1]) > 1)
    expect(figure.root.locator(".axislabel")).to_have_count(2)
    shared.run("w.step(10)")
    if kind != "fit":
        until(lambda: len(figure.lines()[-1]) == 20)


def test_figures_follow_a_widget_that_plays(
    shared: Notebook, page: Page, complaints: list[str]
) -> None:
    show = "w = GDWidget()\nfit, surface, loss = fit_figure(w), surface_figure(w), loss_figure(w)\n"
    view = shared.show(f"{IMPORTS}{show}VBox([w, HBox([fit, surface, loss])])")
    fit, surface, loss = figures(page, 3)
    until(lambda: len(fit.lines()) == 2 and len(loss.lines()) == 2)

    view.button("Play").click()
    seen = set()
    while len(seen) < 5:  # the line moves on while it plays
        assert view.step < 100
        seen.add(str(fit.lines()[-1]))
    view.wait_for_step_beyond(20)
    view.pause()
    step = view.step
    shared.run_until("print(w.n_steps)", str(step))

    until(lambda: len(loss.lines()[-1]) == step + 1)
    assert len(surface.lines()[-1]) == step + 1
    x, y, slope, intercept = (
        [float(text) for text in shared.run(f"print({axis}.min, {axis}.max)").split()]
        for axis in [f"{name}.axes[{i}].scale" for name in ("fit", "surface") for i in (0, 1)]
    )
    w = [float(text) for text in shared.run("print(w.slope, w.intercept)").split()]

    (x1, y1), (x2, y2) = fit.lines()[-1]
    rise = (y2 - y1) * (y[1] - y[0]) / ((x2 - x1) * (x[1] - x[0]))
    assert rise == pytest.approx(w[0], abs=1e-3)
    at_x1 = w[0] * (x[0] + x1 * (x[1] - x[0])) + w[1]
    assert y[0] + y1 * (y[1] - y[0]) == pytest.approx(at_x1, abs=1e-3)

    last = surface.lines()[-1][-1]
    assert slope[0] + last[0] * (slope[1] - slope[0]) == pytest.approx(w[0], abs=1e-3)
    assert intercept[0] + last[1] * (intercept[1] - intercept[0]) == pytest.approx(w[1], abs=1e-3)

    view.button("Reset").click()
    until(lambda: len(loss.lines()[-1]) == 1)
    before = fit.root.locator(".object_grp").first.get_attribute("transform")
    view.more().button("New data").click()
    expect(fit.root.locator(".object_grp").first).not_to_have_attribute("transform", before or "")


def test_the_legend_of_a_race_follows_the_names(
    shared: Notebook, page: Page, complaints: list[str]
) -> None:
    shared.begin(f"{IMPORTS}w = GDWidget(lr=[0.1, 1.2], title='<i>race</i>')\nfit_figure(w)")
    (figure,) = figures(page, 1)
    names = figure.root.locator(".legendtext")
    expect(names).to_have_text(["0.1", "1.2"])
    expect(figure.root.locator(".mainheading")).to_have_text("<i>race</i>")
    shared.run("w.step(30); w.lr = [0.2, 0.3]; w.y_label = '<b>'")
    expect(names).to_have_text(["0.2", "0.3"])
    expect(figure.root.locator(".axislabel").nth(1)).to_have_text("<b>")


@pytest.fixture
def dashboard(browser: Browser, lab: str, root: Path) -> Iterator[Notebook]:
    """The notebook of that name, on a page of its own."""
    name = "dashboard.ipynb"
    (root / name).write_bytes((FOLDER / name).read_bytes())
    with new_page(browser) as page:
        yield Notebook(page, lab, root).visit(name)


def test_the_dashboard_plays(dashboard: Notebook) -> None:
    page = dashboard.page
    dashboard.run_all()
    _, surface, loss, _ = figures(page, 4)
    page.locator(".widget-play button").first.click()
    until(lambda: len(loss.lines()[-1]) > 10)
    page.locator(".widget-play button").first.click()
    dashboard.wait_for_kernel()
    steps = int(dashboard.run("print(w.n_steps)"))
    until(lambda: len(loss.lines()[-1]) == steps + 1)
    expect(page.locator(".widget-label").get_by_text(f"step {steps}:")).to_be_visible()
    page.get_by_role("button", name="Step", exact=True).first.click()
    until(lambda: len(surface.lines()[-1]) == steps + 2)
