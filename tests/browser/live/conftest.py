"""Fixtures of the tests of live hosts: a host's server, and a page of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as PlaywrightPage

from tests.browser.engines.chromium import Chromium
from tests.browser.engines.page import Page
from tests.browser.live.hosts import HOSTS, Host
from tools.environments import environment


def params() -> list[object]:
    """The hosts by name; those that `make test` does without are marked."""
    return [
        pytest.param(name, marks=() if host.is_in_every_test else pytest.mark.hosts)
        for name, host in HOSTS.items()
    ]


@pytest.fixture(scope="package", params=params())
def host(request: pytest.FixtureRequest) -> Host:
    return HOSTS[request.param]


@pytest.fixture(scope="package")
def addresses(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The host serves, and says where each cell is shown."""
    python = environment(host.environment) if host.environment else Path(sys.executable)
    with host.serve(python, tmp_path_factory.mktemp("host")) as addresses:
        yield addresses


@pytest.fixture
def page(browser: Browser, host: Host) -> Iterator[Page]:
    with Chromium(browser).page() as page:
        for address, file in host.answers.items():
            page.answer(address, file)
        yield page


@pytest.fixture
def site_page(browser: Browser) -> Iterator[PlaywrightPage]:
    """A page of a site that has errors of its own, which are none of ours."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    yield context.new_page()
    context.close()
