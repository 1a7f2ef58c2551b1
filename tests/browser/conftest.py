"""Fixtures of the browser tests: the browsers, one JupyterLab, a fresh page for each test.

They end with this package: Playwright keeps an event loop running, which other tests must not
find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.engines.chromium import Chromium, running_chromium
from tests.browser.engines.firefox import Firefox
from tests.browser.engines.page import Engine
from tests.browser.engines.webkit import WebKit
from tests.browser.lab import SHOW, Notebook, View, running_lab
from tools.browsers import find_firefox, find_webkit

collect_ignore = ["engines/webkit_app.py"]  # runs in the system's Python, which has GTK


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """WebKitGTK has ended under a test that shows nothing to end it: then that has a second run.

    What ends it each time, as a page of ours might, still fails.
    """
    ended = pytest.mark.flaky(reruns=1, only_rerun=["InvalidSessionIdException"])
    for item in items:
        if "[webkit" in item.name:
            item.add_marker(ended)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def engines(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Engine]]:
    """Engines by name, each started when a test of the file first asks for it.

    No longer than that: WebKitGTK keeps memory of each page it has shown, 0.9 GB after 54 tests.
    """
    with ExitStack() as stack:

        @cache
        def started(name: str) -> Engine:
            if name == "chromium":
                return Chromium(browser)
            folder = tmp_path_factory.mktemp(name)
            firefox = name == "firefox"
            engine = Firefox(find_firefox(), folder) if firefox else WebKit(find_webkit(), folder)
            return stack.enter_context(closing(engine))

        yield started


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def engine(request: pytest.FixtureRequest, engines: Callable[[str], Engine]) -> Engine:
    """One engine after the other."""
    return engines(request.param)


@pytest.fixture(scope="package")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="package")
def lab(root: Path) -> Iterator[str]:
    with running_lab(root) as address:
        yield address


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """A page that is to report no errors."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    yield page
    context.close()
    assert not mistakes, "the page reported errors"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with new_page(browser) as page:
        yield page


@pytest.fixture(scope="module")
def shared(
    browser: Browser, lab: str, root: Path, request: pytest.FixtureRequest
) -> Iterator[Notebook]:
    """A notebook that all tests of a file share, and its kernel: see Notebook.show."""
    with new_page(browser) as page:
        notebook = Notebook(page, lab, root).open(f"{request.path.stem}.ipynb", [""])
        notebook.run("import torch, gd_widget")  # once; it takes longer than what is tested
        yield notebook


@pytest.fixture
def notebook(page: Page, lab: str, root: Path) -> Notebook:
    return Notebook(page, lab, root)


@pytest.fixture
def view(page: Page) -> View:
    return View(page.locator(".gd-widget").first)


@pytest.fixture
def shown(notebook: Notebook, view: View, request: pytest.FixtureRequest) -> Notebook:
    """A notebook that shows one widget."""
    notebook.open(f"{request.node.name[:40]}.ipynb", [SHOW])
    notebook.run_all()
    view.expect_step(0)
    return notebook
