"""Fixtures of the browser tests: one Chromium, one JupyterLab, a fresh page for each test.

They end with this package: Playwright keeps an event loop running, which other tests must not
find.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.lab import Notebook, View, running_lab
from tools.chromium import OPTIONS, find_chromium


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="package")
def lab(root: Path) -> Iterator[str]:
    with running_lab(root) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    yield page
    context.close()
    assert not mistakes, "the page reported errors"


@pytest.fixture
def notebook(page: Page, lab: str, root: Path) -> Notebook:
    return Notebook(page, lab, root)


@pytest.fixture
def view(page: Page) -> View:
    return View(page.locator(".gd-widget").first)
