"""Ten features on a page without a kernel: it trains on, and agrees with PyTorch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from gd_widget import GDWidget
from tests.browser.lab import View

D = 10
STEPS = 12


def made(**given):
    random = np.random.default_rng(D)
    x = random.normal(size=(80, D)) * np.linspace(0.5, 2, D)
    y = x @ random.normal(size=D) + random.normal(size=80)
    return GDWidget(x, y, engine="torch", lr=0.05, **given)


@pytest.mark.parametrize("given", [{}, {"batch_size": 16}, {"optimizer": "adam"}])
def test_a_saved_page_of_ten_features_trains_on_with_pytorchs_numbers(
    page: Page, view: View, given: dict, tmp_path: Path
) -> None:
    w = made(**given)
    w.step(3)
    w.save(tmp_path / "ten.html")
    page.goto((tmp_path / "ten.html").as_uri())
    view.expect_step(3)
    expect(view.root.locator(".directions")).to_be_visible()
    for step in range(4, STEPS + 1):
        view.button("Step").click()
        view.expect_step(step)
    w.step(STEPS - 3)
    rows = view.saved_rows()
    assert len(rows) == STEPS + 1
    for name in (*w.names, "loss", *(f"grad_{name}" for name in w.names)):
        ours, theirs = (
            np.array([float(row[name]) for row in table]) for table in (rows, w.history)
        )
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12 * np.abs(theirs).max())
