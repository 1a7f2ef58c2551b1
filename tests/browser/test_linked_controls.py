"""A control that ipywidgets links to the widget, on a page without a kernel."""

from __future__ import annotations

from pathlib import Path

from ipywidgets import FloatText, ToggleButton, jslink
from playwright.sync_api import Page, expect

from gd_widget import GDWidget
from tests.browser import static_pages
from tests.browser.lab import View
from tests.browser.servers import serving


def test_a_linked_field_and_button_steer_a_page_without_a_kernel(
    page: Page, tmp_path: Path
) -> None:
    w = GDWidget(n=100, lr=0.1)
    rate = FloatText(0.1, description="Rate")
    plays = ToggleButton(False, description="Let it run")
    links = [jslink((rate, "value"), (w, "lr")), jslink((plays, "value"), (w, "playing"))]
    static_pages.embed(tmp_path, [rate, plays, w], links)
    with serving(tmp_path, {}) as address:
        page.goto(f"{address}/index.html")
        view = View(page.locator(".gd-widget"))
        view.expect_step(0)
        field = page.locator(".widget-text input")
        field.fill("0.25")
        field.press("Enter")
        expect(view.root.get_by_label("Learning rate, typed")).to_have_value("0.25")
        page.get_by_role("button", name="Let it run").click()
        view.wait_for_step_beyond(5)
        page.get_by_role("button", name="Let it run").click()
        expect(view.button("Play")).to_be_visible()
        assert {row["lr"] for row in view.saved_rows()[1:]} == {"0.25"}
