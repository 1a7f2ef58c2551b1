"""What `make demo` opens: a widget that plays, before anything is run, and nothing in its way."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import View
from tests.browser.ports import free_port
from tests.browser.servers import running
from tools.demo import COPY, ROOT, make, opening


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """JupyterLab as `make demo` starts it, for someone who has never used it."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    copy = tmp_path / "root" / "demo" / "copy.ipynb"
    make(copy)
    command, env = opening(tmp_path / "root", copy)
    port = free_port()
    command += [f"--port={port}", "--no-browser", "--allow-root", "--IdentityProvider.token="]
    command += ["--LabApp.expose_app_in_browser=True"]
    with running(command, f"http://127.0.0.1:{port}/api", log=tmp_path / "lab.log", env=env):
        yield f"http://127.0.0.1:{port}"


def test_the_first_screen_has_a_live_widget_and_no_question(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(address)
    beginning = page.get_by_role("paragraph").get_by_text("A line learns to fit")
    expect(beginning).to_be_in_viewport()
    view = View(page.frame_locator("iframe[srcdoc]").locator(".gd-widget"))
    view.expect_step(0)
    for name in ("Play", "Step"):
        expect(view.button(name)).to_be_in_viewport(ratio=1)
    kernel = "jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status"
    page.wait_for_function(f"() => {kernel} === 'idle'")  # all has been loaded
    expect(page.get_by_text("Jupyter news")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    view.button("Step").click()
    view.expect_step(1)
    expect(page.locator(".jp-InputPrompt").nth(1)).to_have_text("[ ]:")


def test_the_copy_is_no_change_to_the_lesson() -> None:
    ignored = subprocess.run(["git", "check-ignore", "--quiet", str(COPY)], cwd=ROOT)
    assert ignored.returncode == 0
