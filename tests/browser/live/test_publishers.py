"""Sites of notebooks, by the programs that make them: each has a live page, set as our docs say."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import FrameLocator, Page, Route

from gd_widget import GDWidget
from tests.browser import static_pages
from tests.browser.lab import View
from tests.browser.live import publishers
from tests.browser.servers import serving
from tests.browser.static_pages import ANYWIDGET, HTML_MANAGER, REQUIRE, SAVED_STEP
from tools.environments import environment

pytestmark = pytest.mark.hosts

OTHERS = {
    "html-manager": HTML_MANAGER,
    "require": REQUIRE,
    "anywidget": ANYWIDGET,
}
"""What pages ask other servers for, by a part of the address; the rest they do without."""


@pytest.fixture(scope="module")
def run_notebook() -> nbformat.NotebookNode:
    """A notebook that has been run, the widget's state saved with it."""
    return static_pages.notebook()


def stateless(made: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """As JupyterLab saves it, unless it is told to save the state of widgets."""
    bare = copy.deepcopy(made)
    del bare.metadata["widgets"]
    return bare


def with_html(made: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """With HTML(w.to_html()) at the end of the cell."""
    w = GDWidget(n=100, lr=0.1)
    w.step(SAVED_STEP)
    bare = stateless(made)
    bare.cells[-1].outputs = [
        nbformat.v4.new_output("execute_result", {"text/html": w.to_html()}, execution_count=2)
    ]
    return bare


def trains(page: Page, site: Path, place: Callable[[Page], FrameLocator | Page]) -> None:
    """Open a site, without a network, and have the widget make a step."""
    with serving(site, {}) as address:

        def answer(route: Route) -> None:
            url = route.request.url
            if url.startswith(("http://127.0.0.1", "data:")):
                return route.continue_()
            found = [file for part, file in OTHERS.items() if part in url]
            return route.fulfill(path=found[0]) if found else route.abort()

        page.route("**/*", answer)
        page.goto(f"{address}/index.html")
        view = View(place(page).locator(".gd-widget"))
        view.root.scroll_into_view_if_needed()
        view.expect_step(SAVED_STEP)
        view.button("Step").click()
        view.expect_step(SAVED_STEP + 1)


def framed(page: Page) -> FrameLocator:
    return page.frame_locator(".gd-widget-page > iframe")


def itself(page: Page) -> Page:
    return page


CASES = {
    "myst-nb": (publishers.myst_nb, stateless, framed),
    "myst-nb, state saved": (publishers.myst_nb, copy.deepcopy, framed),
    "Jupyter Book 1": (publishers.jupyter_book, stateless, framed),
    "Jupyter Book 1, state saved": (publishers.jupyter_book, copy.deepcopy, framed),
    "nbsphinx, HTML": (publishers.nbsphinx, with_html, framed),
    "nbsphinx, state saved": (publishers.nbsphinx, copy.deepcopy, itself),
    "mkdocs-jupyter": (publishers.mkdocs, stateless, framed),
    "mkdocs-jupyter, state saved": (publishers.mkdocs, copy.deepcopy, itself),
}
"""Each row of the table in docs/without-a-kernel.md: the builder, the notebook, where it shows."""


@pytest.mark.parametrize("case", CASES)
def test_the_site_of_a_notebook_has_a_live_widget(
    site_page: Page, tmp_path: Path, run_notebook: nbformat.NotebookNode, case: str
) -> None:
    build, prepared, place = CASES[case]
    site = build(environment("publishers"), tmp_path, prepared(run_notebook))
    trains(site_page, site, place)


def test_zensical_shows_what_is_pasted_and_the_element(site_page: Page, tmp_path: Path) -> None:
    site = publishers.zensical(environment("publishers"), tmp_path)
    trains(site_page, site, framed)
    with serving(site, {}) as address:
        site_page.goto(f"{address}/index.html")
        View(site_page.locator("gradient-descent .gd-widget")).expect_step(0)


@pytest.mark.parametrize("build", [publishers.hugo, publishers.pandoc])
def test_what_is_pasted_into_markdown_is_live(
    site_page: Page, tmp_path: Path, build: Callable[[Path, Path], Path]
) -> None:
    trains(site_page, build(environment("publishers"), tmp_path), framed)


def test_asciidoc_has_one_line(tmp_path: Path, run_notebook: nbformat.NotebookNode) -> None:
    text = publishers.asciidoc(environment("publishers"), tmp_path, stateless(run_notebook))
    assert "A still view of step 3" in text
    assert len(text) < 1000
