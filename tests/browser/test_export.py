"""JupyterLab's own "Save and Export Notebook As": what a reader of the page gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.lab import SHOW, Notebook, View

RUN = f"{SHOW.removesuffix('w')}w.step(3)\nw"


def export(notebook: Notebook, sanitize: bool, path: Path) -> None:
    """Save the notebook, and export it as HTML by the menu; the dialog asks first."""
    page = notebook.page
    notebook.command("docmanager:save")
    page.get_by_role("menuitem", name="File", exact=True).click()
    items = page.locator(".lm-Menu-item")  # those with a menu of their own bear no role
    items.get_by_text("Save and Export Notebook As").click()
    items.get_by_text("HTML", exact=True).click()
    tick = page.get_by_label("Sanitize HTML output")
    expect(tick).to_be_checked()
    tick.set_checked(sanitize)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Ok", exact=True).click()
    waiting.value.save_as(path)


@pytest.fixture
def offline(page: Page) -> Page:
    """A page that asks nobody but the disk."""

    def answer(route: Route) -> None:
        route.continue_() if route.request.url.startswith("file:") else route.abort()

    other = page.context.new_page()
    other.route("**/*", answer)
    return other


@pytest.fixture
def trained(notebook: Notebook, view: View) -> Notebook:
    """A notebook that shows a widget at step 3."""
    notebook.open("exported.ipynb", [RUN])
    notebook.run_all()
    view.expect_step(3)
    return notebook


def test_sanitized_as_it_is_proposed_it_has_one_line_and_no_source(
    trained: Notebook, offline: Page, tmp_path: Path
) -> None:
    export(trained, sanitize=True, path=tmp_path / "page.html")
    offline.goto((tmp_path / "page.html").as_uri())
    output = offline.locator(".jp-OutputArea-output")
    expect(output).to_contain_text("GDWidget(n=100, lr=0.1, step=3")
    expect(output).to_contain_text("A still view of step 3")
    assert len(output.inner_text()) < 400
    assert "srcdoc" not in offline.locator("body").inner_text()


def test_without_the_tick_it_is_live(trained: Notebook, offline: Page, tmp_path: Path) -> None:
    export(trained, sanitize=False, path=tmp_path / "page.html")
    offline.goto((tmp_path / "page.html").as_uri())
    view = View(offline.frame_locator("iframe").locator(".gd-widget"))
    view.expect_step(3)
    view.button("Step").click()
    view.expect_step(4)
