"""Hosts of apps: each serves one for every cell, and says where. As in jupyter.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.browser.live.cells import CELLS, indented
from tests.browser.ports import free_port
from tests.browser.servers import running

MARIMO = """\
import marimo

app = marimo.App()


@app.cell
def _():
{cell}
    w
    return
"""

SHINY = """\
from shiny import express
from shinywidgets import render_widget


@render_widget
def shown():
{cell}
    return w
"""

SOLARA = """\
import solara


def made():
{cell}
    return w


@solara.component
def Page():
    solara.display(solara.use_memo(made, []))
"""

PANEL = """\
import panel as pn

pn.extension("ipywidgets")


def made():
{cell}
    return w


pn.panel(made()).servable()
"""


@contextmanager
def apps(
    python: Path, folder: Path, template: str, *command: str, where: str = ""
) -> Iterator[dict[str, str]]:
    """A server for each cell's app.

    command : the module that serves, and its arguments, with {app} and {port} to be filled in.
    where : the app's address at its server.
    """
    addresses = {}
    with ExitStack() as stack:
        for name, cell in CELLS.items():
            app, port = folder / f"{name}.py", free_port()
            app.write_text(template.format(cell=indented(cell)))
            filled = [part.format(app=app, port=port) for part in command]
            address = f"http://127.0.0.1:{port}/{where.format(name=name)}"
            log = folder / f"{name}.log"
            stack.enter_context(running([str(python), "-m", *filled], address, log=log))
            addresses[name] = address
        yield addresses


def marimo(python: Path, folder: Path):
    """`marimo run`."""
    options = ["--headless", "--no-token", "--port={port}"]
    return apps(python, folder, MARIMO, "marimo", "run", "{app}", *options)


def shiny(python: Path, folder: Path):
    """Shiny, by shinywidgets."""
    return apps(python, folder, SHINY, "shiny", "run", "--port={port}", "{app}")


def solara(python: Path, folder: Path):
    """Solara."""
    return apps(
        python,
        folder,
        SOLARA,
        "solara",
        "run",
        "{app}",
        "--port={port}",
        "--no-open",
        "--production",
    )


def panel(python: Path, folder: Path):
    """Panel, by ipywidgets_bokeh."""
    return apps(python, folder, PANEL, "panel", "serve", "{app}", "--port={port}", where="{name}")
