"""A real JupyterLab in a real browser: started, driven and read by the tests."""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page, expect

from tests.browser.ports import free_port
from tests.browser.servers import running
from tests.waiting import until

SHOW = "from gd_widget import GDWidget\nw = GDWidget(n=100, lr=0.1)\nw"
"""A cell that shows a widget."""


@contextmanager
def running_lab(
    root: Path, python: str = sys.executable, environment: Mapping[str, str] = os.environ
) -> Iterator[str]:
    """A JupyterLab serving `root` with settings of its own; yields its address.

    python : whose JupyterLab, and whose kernel.
    """
    port = free_port()
    env = own_jupyter(root / ".jupyter", environment)
    options = ["--no-browser", "--allow-root", "--IdentityProvider.token=", f"--port={port}"]
    options += ["--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={root}"]
    options += ["--LabApp.extension_manager=readonly"]
    address = f"http://127.0.0.1:{port}"
    command = [python, "-m", "jupyterlab", *options]
    with running(command, f"{address}/api", log=root / "lab.log", env=env):
        yield address


def own_jupyter(folder: Path, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment in which Jupyter keeps all it keeps in this folder.

    Nothing there pops up over what the tests look at.
    """
    _write_settings(folder / "settings")
    return {
        **environment,
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "IPYTHONDIR": str(folder / "ipython"),
    }


def _write_settings(folder: Path) -> None:
    path = folder / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    path.parent.mkdir(parents=True)
    path.write_text('{"fetchNews": "false", "checkForUpdates": false}')


def change_theme(page: Page, theme: str) -> None:
    """Of JupyterLab, to "Dark" or "Light".

    Waits until its splash screen is gone: taken away for two changes at once, it throws.
    """
    page.evaluate(
        "theme => jupyterapp.commands.execute('apputils:change-theme', { theme }).then(() => {})",
        f"JupyterLab {theme}",
    )
    expect(page.locator("#jupyterlab-splash")).to_have_count(0)


class Notebook:
    """A notebook open in JupyterLab."""

    def __init__(self, page: Page, lab: str, root: Path) -> None:
        self.page, self._lab, self._root = page, lab, root

    def open(self, name: str, cells: list[str]) -> Notebook:
        """Write a notebook of code cells, and open it."""
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(notebook, self._root / name)
        self.name = name
        return self.visit(name)

    def visit(self, name: str) -> Notebook:
        """Open a notebook that is there, and wait for its kernel."""
        self.page.goto(f"{self._lab}/lab/tree/{name}?reset")
        self.wait_for_kernel()
        return self

    def wait_for_kernel(self) -> None:
        """Until the kernel can run a cell.

        It says that it is idle while a cell runs, too, once another thread has answered a page.
        """
        self.page.wait_for_function(
            """() => {
              const { sessionContext, content } = window.jupyterapp?.shell.currentWidget ?? {};
              const isRunning = ({ model }) => model.executionState === "running";
              const isIdle = sessionContext?.session?.kernel?.status === "idle";
              return isIdle && !content.widgets.some(isRunning);
            }"""
        )

    def command(self, name: str, args: dict[str, Any] | None = None) -> None:
        """Run one of JupyterLab's own commands, and wait for its end."""
        self.page.evaluate(
            "([name, args]) => jupyterapp.commands.execute(name, args).then(() => {})",
            [name, args or {}],
        )

    def run_all(self) -> None:
        """Run every cell."""
        self.command("notebook:run-all-cells")

    def start(self, source: str) -> None:
        """Add a cell at the end and run it, without waiting for its end."""
        self.page.evaluate(
            """source => {
              const { content } = jupyterapp.shell.currentWidget;
              content.activeCellIndex = content.widgets.length - 1;
              return jupyterapp.commands.execute("notebook:insert-cell-below").then(() => {
                content.activeCell.model.sharedModel.setSource(source);
                jupyterapp.commands.execute("notebook:run-cell");
              });
            }""",
            source,
        )

    def begin(self, source: str) -> None:
        """Run a cell in place of all cells there were, without waiting for its end."""
        self.page.mouse.move(0, 0)  # away from where something might answer to it
        self.command("notebook:select-all")
        self.command("notebook:delete-cell")
        self.start(source)

    def show(self, source: str) -> View:
        """Run a cell that shows a widget, in place of all cells there were."""
        self.begin(source)
        view = View(self.page.locator(".gd-widget"))
        view.expect_step(0)
        self.wait_for_kernel()
        return view

    def run(self, source: str) -> str:
        """Run a cell at the end and return the text it printed, or its error."""
        self.start(source)
        handle = self.page.wait_for_function(
            """() => {
              const { activeCell } = jupyterapp.shell.currentWidget.content;
              const { executionState, outputs, executionCount } = activeCell.model;
              if (executionCount === null || executionState === "running") return null;
              return outputs.toJSON().map((output) => output.text ?? output.evalue ?? "").flat();
            }"""
        )
        return "".join(handle.json_value()).strip()

    def run_until(self, source: str, printed: str) -> None:
        """Run a cell until it prints this: what the page said last may be on its way."""
        answers: list[str] = []

        def is_printed() -> bool:
            answers.append(self.run(source))
            return answers[-1] == printed

        try:
            until(is_printed)
        except TimeoutError:
            raise AssertionError(f"{source} printed {answers[-1]!r}, never {printed!r}") from None

    def interrupt(self) -> None:
        """What the stop button does."""
        self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.interrupt()"
        )

    def shut_down(self) -> None:
        """Shut the kernel down, as the menu does."""
        self.page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")

    def restart(self) -> None:
        """Restart the kernel, as the menu does."""
        self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        )


class View:
    """One view of a GDWidget on a page, as a person sees it."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.step_number = root.get_by_label("Step number")
        self.notice = root.locator(".notice")

    def button(self, name: str) -> Locator:
        """A button by what it is called."""
        return self.root.get_by_role("button", name=name, exact=True)

    def pause(self) -> None:
        """Press Pause, and wait until the step at which that was is drawn."""
        self.button("Pause").click()
        expect(self.button("Pause")).to_be_hidden()

    def number(self, name: str) -> Locator:
        """One of the four numbers of the read-out."""
        return self.root.locator(f".value.{name}")

    @property
    def step(self) -> int:
        """The step shown, as soon as one is."""
        shown = self.number("step")
        expect(shown).to_have_text(re.compile(r"\d"))
        return int((shown.text_content() or "").replace(",", ""))

    def expect_step(self, step: int) -> None:
        """Wait until this step is shown."""
        expect(self.number("step")).to_have_text(f"{step:,}")

    def more(self) -> View:
        """Show the controls that are used seldom, unless they are there."""
        more = self.button("More")
        if more.get_attribute("aria-expanded") == "false":
            more.click()
        return self

    def saved_rows(self) -> list[dict[str, str]]:
        """The history that the view knows, as it saves it."""
        self.more().root.locator("summary", has_text="Save").click()
        with self.root.page.expect_download() as waiting:
            # Not by the mouse: a dialog of the host's may close the menu in between.
            self.button("Save history as CSV").dispatch_event("click")
        return list(csv.DictReader(waiting.value.path().read_text().splitlines()))

    def wait_for_step_beyond(self, step: int) -> None:
        """Wait until playing has gone beyond a step."""
        self.root.page.wait_for_function(
            "([element, step]) => Number(element.textContent.replaceAll(',', '')) > step",
            arg=[self.number("step").element_handle(), step],
        )
