"""The widget in a JupyterLab that has nbgrader, whose style sheet has rules for any `.panel`."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.gallery import ROOT, moved, places, settle
from tests.browser.lab import Notebook, View, running_lab
from tests.browser.test_one_screen import IN_SIGHT, WATCHED
from tests.waiting import until
from tools.environments import environment

pytestmark = pytest.mark.hosts

SHEETS = """() => [...document.styleSheets].filter(({ ownerNode, cssRules }) =>
  ownerNode.localName === "style" &&
  [...cssRules].some(({ selectorText }) => selectorText === ".panel"))"""
"""Those of the page with a rule for every panel there is."""

TURN_OFF = f"() => {{ for (const sheet of ({SHEETS})()) sheet.disabled = true; }}"
HAS_THEM = f"() => ({SHEETS})().length > 0"


def test_all_is_in_sight_and_stands_where_it_does_without_nbgrader(
    site_page: Page, tmp_path: Path
) -> None:
    page = site_page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.add_init_script(path=ROOT / "gallery" / "checks.js")
    with running_lab(tmp_path, str(environment("nbgrader"))) as address:
        notebook = Notebook(page, address, tmp_path)
        cell = "from gd_widget import GDWidget\nGDWidget(n=100, lr=0.1, engine='numpy')"
        notebook.open("lesson.ipynb", [cell])
        page.wait_for_function(HAS_THEM)
        notebook.run_all()
        view = View(page.locator(".gd-widget"))
        view.expect_step(0)

        def is_in_sight() -> bool:
            view.root.evaluate("root => root.scrollIntoView()")
            settle(page)
            return view.root.evaluate(IN_SIGHT, [".header", *WATCHED, ".code"]) == []

        until(is_in_sight)
        with_it = places(view)
        page.evaluate(TURN_OFF)
        settle(page)
        assert moved(with_it, places(view)) == []
        notebook.shut_down()
