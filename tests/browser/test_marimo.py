"""A notebook of marimo's, in a real browser: cells that read the widget follow what a person does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import View
from tests.browser.ports import free_port
from tests.browser.servers import running

NOTEBOOK = """\
import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    from gd_widget import GDWidget

    runs = []
    return GDWidget, mo, runs


@app.cell
def _(GDWidget, mo):
    g = mo.ui.anywidget(GDWidget(lr=0.1, engine="numpy", steps_per_second=30))
    g
    return (g,)


@app.cell
def _(g, mo, runs):
    runs.append(g.n_steps)
    mo.md(f"read {g.lr} at {g.n_steps}, {g.status}; times {len(runs)}; {sorted(g.value)}")
    return


@app.cell
def _(g, mo):
    g.step()
    mo.md(f"trained to {g.n_steps} at {g.value['lr']}")
    return
"""


@pytest.fixture
def view(page: Page, tmp_path: Path) -> Iterator[View]:
    """The widget, which a cell reads and another trains whenever it is run."""
    path, port = tmp_path / "notebook.py", free_port()
    path.write_text(NOTEBOOK)
    command = ["-m", "marimo", "run", str(path), "--headless", "--no-token", f"--port={port}"]
    address = f"http://127.0.0.1:{port}"
    with running([sys.executable, *command], address, log=tmp_path / "marimo.log"):
        page.goto(address)
        view = View(page.locator(".gd-widget"))
        view.expect_step(1)
        yield view


def test_cells_that_read_the_widget_follow_what_a_person_does(view: View, page: Page) -> None:
    expect(page.get_by_text("trained to 1 at 0.1")).to_be_visible()
    rate = view.root.get_by_label("Learning rate, typed")
    rate.fill("0.5")
    rate.press("Enter")
    expect(page.get_by_text("trained to 2 at 0.5")).to_be_visible()
    view.expect_step(2)
    view.button("Step").click()
    expect(page.get_by_text("trained to 4 at 0.5")).to_be_visible()
    view.expect_step(4)
    values = "['intercept', 'loss', 'lr', 'n_steps', 'playing', 'slope', 'status', "
    expect(page.get_by_text(values + "'steps_per_second']")).to_be_visible()
