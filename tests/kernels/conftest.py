"""Fixtures of the kernels' tests: one kernel of each version, and a page of a new widget in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernels.kernel import Kernel, Page, running_kernel
from tools.environments import environment

HERE = "of the tests"
VERSIONS = [
    pytest.param(HERE),
    pytest.param("7.3", marks=pytest.mark.hosts),
    pytest.param("6.31", marks=pytest.mark.hosts),
]


@pytest.fixture(scope="package", params=VERSIONS)
def kernel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kernel]:
    version = request.param
    python = Path(sys.executable) if version == HERE else environment(f"ipykernel-{version}")
    with running_kernel(python, tmp_path_factory.mktemp("kernel")) as kernel:
        kernel.run("import threading, time\nimport numpy as np\nfrom gd_widget import GDWidget")
        running = kernel.run("import ipykernel; print(ipykernel.__version__)")
        assert version == HERE or running.startswith(f"{version}.")
        yield kernel


@pytest.fixture(scope="package", params=["shell", "subshell"])
def subshell(request: pytest.FixtureRequest, kernel: Kernel) -> str | None:
    """Where a page's messages go: None is the main shell, as it is in a kernel without others."""
    return kernel.open_subshell() if request.param == "subshell" else None


@pytest.fixture
def page(kernel: Kernel, subshell: str | None) -> Page:
    """The page of a new widget, as it is before anything was asked."""
    assert kernel.run('w = GDWidget(n=30, lr=0.1, engine="numpy")') == ""
    return Page(kernel, subshell)
