"""Builds a JupyterLite site: notebooks that run in the reader's browser, with no server's Python.

    python -m tools.lite dist/lite                   Pyodide comes from its makers' server
    python -m tools.lite dist/lite --wheels FOLDER   all comes from the site itself

Any server of files can serve it. FOLDER holds NumPy's wheel for Pyodide, of Pyodide's release.
"""

# mypy: disable-error-code="no-untyped-call"
# (nbformat's functions have no annotations)

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat

from tools import pyodide
from tools.environments import MADE, PINS, ROOT, environment, run, wheel

NOTEBOOKS = ROOT / "notebooks"
ENOUGH = {"numpy", "gd_widget", *sys.stdlib_module_names}
"""What notebooks of a site may import; Pyodide has no PyTorch."""

INSTALL = "%pip install -q gd-widget"
OURS = ("anywidget", "comm", "ipywidgets", "jupyterlab-widgets", "psygnal")
"""What gd_widget needs and Pyodide does not have. The kernel gets the versions that the site's
front end has been built with: they must fit."""

KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
KERNEL_SPEC = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
AT_ONCE = ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython"]
"""Packages that a kernel loads when it starts."""


def build(site: Path, notebooks: list[Path], wheels: Path | None = None) -> None:
    """Build a site of these notebooks, in place of what there was.

    wheels : a folder with NumPy's wheel for Pyodide; None: Pyodide, and NumPy with it, is fetched
        from its makers' server by whoever opens a notebook.

    Raises RuntimeError when that fails.
    """
    python = environment("lite")
    with TemporaryDirectory() as made:
        lite = Path(made)
        write_notebooks(lite / "files", notebooks)
        index = lite / "pypi"
        index.mkdir()
        for path in (*own_wheels(), wheel()):
            shutil.copy(path, index)
        if wheels is not None:
            runtime = lite / "static" / "pyodide"
            runtime.mkdir(parents=True)
            pyodide.write(runtime, [*index.iterdir(), *kernel_wheels(python)], wheels)
        (lite / "jupyter-lite.json").write_text(json.dumps(settings(wheels is not None)))
        shutil.rmtree(site, ignore_errors=True)
        options = [f"--lite-dir={lite}", f"--contents={lite / 'files'}", f"--output-dir={site}"]
        run(str(python), "-m", "jupyter", "lite", "build", *options, folder=lite)


def settings(complete: bool) -> dict[str, Any]:
    """The site's jupyter-lite.json; `complete` where it asks nobody else."""
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": AT_ONCE}}
    config = {
        "appName": "Gradient descent",
        "exposeAppInBrowser": True,  # for the tests
        "litePluginSettings": {KERNEL: kernel if complete else {}},
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}


def own_wheels() -> list[Path]:
    """The wheels of what gd_widget needs, in the versions of the site's front end."""
    folder = MADE / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    pins = dict(re.findall(r"^([\w-]+)==(\S+)", (PINS / "lite.txt").read_text(), re.MULTILINE))
    return [pyodide.download(name, pins[name], folder) for name in OURS]


def kernel_wheels(python: Path) -> list[Path]:
    """What JupyterLite's kernel brings along: itself, and stand-ins for what a browser lacks."""
    share = python.parents[1] / "share" / "jupyter" / "labextensions"
    return sorted((share / KERNEL.split(":")[0] / "static" / "pypi").glob("*.whl"))


def write_notebooks(folder: Path, notebooks: list[Path]) -> None:
    """Copies of notebooks that begin with the cell that installs, for the kernel that is there.

    Of another kernel's notebook, JupyterLite would ask the reader which kernel to take.
    """
    folder.mkdir()
    for path in notebooks:
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(INSTALL, id="install"))
        notebook.metadata.kernelspec = KERNEL_SPEC
        nbformat.write(notebook, folder / path.name)


def fitting() -> list[Path]:
    """The notebooks here that import nothing which a site does not have."""
    return [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if imported(path) <= ENOUGH]


def imported(path: Path) -> set[str]:
    """The packages that a notebook imports."""
    cells = nbformat.read(path, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    return set(re.findall(r"^\s*(?:import|from) (\w+)", code, re.MULTILINE))


def main() -> None:
    """Build a site of the notebooks here."""
    parser = argparse.ArgumentParser(description="A JupyterLite site of the notebooks.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--wheels", type=Path, help="a folder with NumPy's wheel for Pyodide")
    arguments = parser.parse_args()
    notebooks = fitting()
    build(arguments.site.resolve(), notebooks, arguments.wheels)
    print(f"{arguments.site}: {', '.join(path.name for path in notebooks)}")


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(f"{error}")
