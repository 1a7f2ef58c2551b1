"""A function of the reader's own, in JupyterLab: only the kernel knows it, and the page draws it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.lab import Notebook

CELL = """
from gd_widget import GDWidget


def two_dips(x, y):
    return (x**2 - 1) ** 2 + y**2 + 0.3 * x


w = GDWidget(function=two_dips, guess=(1.8, 0.5), lr=0.02)
w
"""


def test_its_level_sets_are_drawn_and_steps_go_down(shared: Notebook) -> None:
    view = shared.show(CELL)
    expect(view.root.locator(".surface .level").first).to_be_attached()
    view.button("Step").click()
    view.expect_step(1)
    shared.run_until("print(w.n_steps, w.history['loss'][1] < w.history['loss'][0])", "1 True")
