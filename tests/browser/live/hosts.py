"""The hosts that are tested, and how to have them show a widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.engines.page import NotThereError
from tests.browser.live import apps, jupyter
from tests.browser.live.lite import lite
from tests.browser.live.vscode import vscode
from tests.browser.place import Place
from tests.browser.shown import Shown
from tests.browser.static_pages import ANYWIDGET
from tests.waiting import until


@dataclass(frozen=True)
class Host:
    """A program that shows widgets.

    serve : starts it, given a Python and an empty folder; yields the address of each cell's page.
    environment : whose Python that is; None: the tests' own.
    run : what runs the cell, on a page that does not by itself: to be called until it returns true.
    answers : files in place of what pages ask of the network, by regexes of the addresses.
    is_in_every_test : whether `make test` has it too.
    """

    serve: Callable[[Path, Path], AbstractContextManager[dict[str, str]]]
    environment: str | None = "apps"
    run: str = "() => true"
    answers: Mapping[str, Path] = field(default_factory=dict)
    is_in_every_test: bool = False

    def show(self, place: Place, address: str) -> Shown:
        """The widget at an address, once its cell has been run."""
        place.page.visit(address)

        def has_run() -> bool:
            try:
                return bool(place.call(self.run))
            except NotThereError:
                return False

        until(has_run)
        return Shown(place)


HOSTS = {
    "JupyterLab": Host(jupyter.lab, environment=None, run=jupyter.RUN_ALL),
    "Notebook 7": Host(jupyter.notebook, run=jupyter.RUN_ALL),
    "Notebook 6, as on Colab": Host(
        jupyter.notebook_6, environment="colab", run=jupyter.RUN_ALL_CLASSIC
    ),
    "JupyterLite": Host(lite, environment=None, run=jupyter.RUN_ALL),
    "Voila": Host(jupyter.voila),
    "VS Code's manager of widgets": Host(vscode, environment=None),
    "JupyterLab, kernel xeus-python": Host(
        jupyter.lab_with_xeus, environment="xeus", run=jupyter.RUN_ALL
    ),
    "marimo": Host(apps.marimo, environment=None, is_in_every_test=True),
    "Shiny": Host(apps.shiny),
    "Solara": Host(apps.solara),
    "Panel": Host(apps.panel, answers={"^https://unpkg.com/anywidget@": ANYWIDGET}),
}
