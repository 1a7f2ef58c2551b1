"""Opens the tutorial in JupyterLab, with a widget that is live before any cell is run.

`python -m tools.demo` takes JupyterLab's options. What it opens is a copy in dist/demo, which is
made where there is none: what one writes there stays, and is no change to the lesson.
"""

# mypy: disable-error-code="no-untyped-call"
# (nbformat's functions have no annotations)

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from gd_widget import GDWidget

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "notebooks" / "gradient_descent_from_scratch.ipynb"
COPY = ROOT / "dist" / "demo" / TUTORIAL.name

BEFORE = (
    "**A line learns to fit.** Nothing has been run yet: press **Step** a few times, then **Play**."
)
AFTER = """\
It was the page itself that made these steps. Run the cell above with Shift+Enter, and PyTorch makes
them. How that is done in a dozen lines is the lesson below."""

CELL = "from gd_widget import GDWidget\nGDWidget(n=100, lr=0.1)"

NO_NEWS = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
"""JupyterLab asks each new user whether it may fetch its news."""


def make(copy: Path) -> None:
    """Write a copy of the tutorial that begins with a widget, and have Jupyter trust it.

    The widget is the page that its cell would keep; of a notebook that is not trusted, Jupyter
    shows none.
    """
    notebook = nbformat.read(TUTORIAL, as_version=4)
    shown = GDWidget(n=100, lr=0.1)._repr_mimebundle_()
    assert shown is not None, "a GDWidget has a view"
    data = {kind: shown[0][kind] for kind in ("text/html", "text/plain")}
    cell = new_code_cell(CELL, id="first", outputs=[new_output("execute_result", data)])
    before, after = (new_markdown_cell(text) for text in (BEFORE, AFTER))
    notebook.cells[:0] = [before, cell, after]
    copy.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, copy)
    NotebookNotary().sign(notebook)


def opening(root: Path, copy: Path) -> tuple[list[str], dict[str, str]]:
    """The command, and its environment, for a JupyterLab that serves `root` and opens the copy.

    Its settings are the user's, but for one that is kept beside the copy.
    """
    config = copy.parent / ".jupyter"
    page = config / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(json.dumps(NO_NEWS))
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    paths = [str(config), others] if others else [str(config)]
    place = f"--LabApp.default_url=/lab/tree/{copy.relative_to(root).as_posix()}"
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}", place]
    return command, {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}


def main() -> None:
    """Make the copy where there is none, and become JupyterLab."""
    if not COPY.exists():
        make(COPY)
    command, environment = opening(ROOT, COPY)
    os.execve(sys.executable, [*command, *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()
