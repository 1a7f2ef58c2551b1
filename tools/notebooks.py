"""Runs every notebook and keeps, of what comes out, only what is the same on every machine.

`python -m tools.notebooks` executes notebooks/*.ipynb in fresh kernels and writes them back.
Run twice, it changes nothing: a difference in git is a difference in the lesson.
"""

# mypy: disable-error-code="no-untyped-call"
# (nbformat's functions have no annotations)

from __future__ import annotations

import re
import sys
from configparser import ConfigParser
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

FOLDER = Path(__file__).parents[1] / "notebooks"
SANITIZE = FOLDER / "sanitize.cfg"
SECONDS_PER_CELL = 120
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # holds the model's id, a random one


def execute(notebook: nbformat.NotebookNode, folder: Path, *, keep_widgets: bool = False) -> None:
    """Run all cells in order in a fresh kernel, with `folder` as working directory.

    keep_widgets : whether the widgets' state is saved with the notebook.

    Raises RuntimeError when a cell fails, takes too long or kills the kernel.
    """
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        timeout=SECONDS_PER_CELL,
        coalesce_streams=True,  # how a cell's text is cut into pieces is a matter of timing
        record_timing=False,
        store_widget_state=keep_widgets,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=ERROR"],  # else kernels warn that TCP is not encrypted
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError) as error:
        raise RuntimeError(str(error)) from error


def without_front_end(html: str) -> str:
    """The same as nbval compares: a view of the widget holds the front end, which is not kept."""
    rules = ConfigParser()
    rules.read(SANITIZE)
    for rule in rules.sections():
        html = re.sub(rules[rule]["regex"], rules[rule]["replace"], html)
    return html


def clean(notebook: nbformat.NotebookNode) -> None:
    """Remove what is random or local: ids, versions, widget views. Cells keep their tags.

    Execution counts stay: in a fresh kernel they are always 1, 2, 3, and nbval takes a cell
    without one for a cell that was never run.
    Raises RuntimeError when a cell has written to stderr: readers should see no warnings.
    """
    notebook.update(nbformat=4, nbformat_minor=5)
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:02}"
        cell.metadata = {"tags": cell.metadata.tags} if cell.metadata.get("tags") else {}
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise RuntimeError(f"cell {number} warns: {output.text.strip()}")
            if "data" in output:
                output.data.pop(WIDGET_VIEW, None)
                if "text/html" in output.data:
                    output.data["text/html"] = without_front_end(output.data["text/html"])


def main() -> None:
    """Execute, clean and rewrite every notebook. One that fails is left as it was."""
    paths = sorted(FOLDER.glob("*.ipynb"))
    if not paths:
        raise RuntimeError(f"there are no notebooks in {FOLDER}")
    for path in paths:
        try:
            notebook = nbformat.read(path, as_version=4)
            execute(notebook, path.parent)
            clean(notebook)
        except (RuntimeError, ValueError) as error:
            raise RuntimeError(f"{path.name}: {error}") from error
        path.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", encoding="utf-8")
        print(path.name)


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(f"{error}")
