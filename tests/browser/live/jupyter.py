"""Hosts that run notebooks: each serves one for every cell, and says where.

Each function yields an address by the name of each cell; `python` is that of the host's own
environment, `folder` is empty.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat

from tests.browser.lab import own_jupyter
from tests.browser.live.cells import CELLS
from tests.browser.ports import free_port
from tests.browser.servers import running

KERNEL = {"name": "python3", "display_name": "Python 3"}

RUN_ALL = """async () => {
  const kernel = globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
  if (kernel?.status !== "idle") return null;
  await jupyterapp.commands.execute("notebook:run-all-cells");
  return true;
}"""
"""To be called in JupyterLab, or what is made of it, until it returns true."""

RUN_ALL_CLASSIC = """async () => {
  const notebook = globalThis.Jupyter?.notebook;
  if (!notebook?._fully_loaded || !notebook.kernel?.is_connected()) return null;
  if (notebook.get_cells()[0].input_prompt_number === "*") return null;
  const isOurs = ({ shadowRoot }) => shadowRoot?.querySelector(".gd-widget");
  for (let i = 0; i < 60; i++) {
    if ([...document.querySelectorAll(".output *")].some(isOurs)) return true;
    await new Promise(requestAnimationFrame);
  }
  notebook.execute_all_cells();
  return null;
}"""
"""The same for Notebook 6, where a cell that is run while the page still loads shows no widget."""


def write_notebooks(folder: Path) -> None:
    """One notebook for each cell."""
    for name, cell in CELLS.items():
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(f"{cell}\nw")], metadata={"kernelspec": KERNEL}
        )
        nbformat.write(notebook, folder / f"{name}.ipynb")


@contextmanager
def jupyter(
    python: Path, folder: Path, module: str, where: str, *options: str
) -> Iterator[dict[str, str]]:
    """A server of Jupyter's, with settings of its own.

    where : its address of a notebook, without the name.
    """
    write_notebooks(folder)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [str(python), "-m", module, f"--port={port}", "--no-browser", *options]
    env = own_jupyter(folder / ".jupyter")
    with running(command, address, log=folder / f"{module}.log", env=env):
        yield {name: f"{address}/{where}/{name}.ipynb?reset" for name in CELLS}


def lab(python: Path, folder: Path):
    """JupyterLab."""
    options = ["--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"]
    return jupyter(python, folder, "jupyterlab", "lab/tree", *open_to_all(folder), *options)


def lab_with_xeus(python: Path, folder: Path):
    """The tests' JupyterLab, and the kernel xeus-python of this Python."""
    kernel = folder / ".jupyter" / "data" / "kernels" / KERNEL["name"]
    kernel.mkdir(parents=True)
    argv = [str(python), "-m", "xpython_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "xeus-python", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec))
    return lab(Path(sys.executable), folder)


def notebook(python: Path, folder: Path):
    """Notebook 7."""
    option = "--JupyterNotebookApp.expose_app_in_browser=True"
    return jupyter(python, folder, "notebook", "notebooks", *open_to_all(folder), option)


def notebook_6(python: Path, folder: Path):
    """Notebook 6."""
    options = ["--allow-root", "--NotebookApp.token=", f"--NotebookApp.notebook_dir={folder}"]
    return jupyter(python, folder, "notebook", "notebooks", *options)


def open_to_all(folder: Path) -> list[str]:
    return ["--allow-root", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]


def voila(python: Path, folder: Path):
    """Voila."""
    options = [f"--Voila.root_dir={folder}", str(folder)]
    return jupyter(python, folder, "voila", "voila/render", *options)
