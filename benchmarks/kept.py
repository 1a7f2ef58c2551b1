"""What notebooks keep: the tutorial, run and saved with its widgets' state; the page in a cell.

    python -m benchmarks.kept                    alone
    python -m benchmarks.kept --beside FOLDER    beside another build of it

FOLDER is a checkout of this repository, of any age, in which the front end was built. Both run its
tutorial, by nbclient, which saves what JupyterLab does.
"""

# mypy: disable-error-code="no-untyped-call"
# (nbformat's functions have no annotations)

from __future__ import annotations

import argparse
import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks.lab import HERE
from benchmarks.ratios import LIST, Comparison, Wanted, list_row
from benchmarks.table import header, number, table

TUTORIAL = "notebooks/gradient_descent_from_scratch.ipynb"
ONE_WIDGET = "from gd_widget import GDWidget\nGDWidget(n=100, lr=0.1)"
TARGETS = {"tutorial with its widgets' state, kB": 0.25, "page kept in a cell, kB": 0.55}
LONGEST = 600  # seconds, for a cell


def run(notebook: nbformat.NotebookNode, checkout: Path) -> nbformat.NotebookNode:
    """Run it with the package of a checkout, and put its widgets' state into it."""
    client = NotebookClient(notebook, timeout=LONGEST, store_widget_state=True)
    client.execute(env={**os.environ, "PYTHONPATH": str(checkout)})
    return notebook


def measure(checkout: Path, tutorial: Path) -> list[float]:
    """Kilobytes of a tutorial, and of the page that a cell keeps of one widget."""
    saved = run(nbformat.read(tutorial, as_version=4), checkout)
    cell = run(new_notebook(cells=[new_code_cell(ONE_WIDGET)]), checkout).cells[0]
    (page,) = [output.data["text/html"] for output in cell.outputs if "data" in output]
    return [len(text.encode()) / 1000 for text in (nbformat.writes(saved), page)]


def comparisons(beside: Path) -> list[Comparison]:
    """Both, beside another build's."""
    other = beside.resolve()
    ours, theirs = (measure(checkout, other / TUTORIAL) for checkout in (HERE.parent, other))
    return [
        Comparison(what, "an earlier build", [our], [their], Wanted(more=False, bound=bound))
        for (what, bound), our, their in zip(TARGETS.items(), ours, theirs, strict=True)
    ]


def main() -> None:
    """Measure and print it."""
    parser = argparse.ArgumentParser(description="What notebooks keep.")
    parser.add_argument("--beside", type=Path, help="a checkout with another build")
    options = parser.parse_args()
    print(header("anywidget", "nbclient"), "\n", flush=True)
    if options.beside:
        print(table("Kept", LIST, [list_row(pair) for pair in comparisons(options.beside)]))
        return
    sizes = measure(HERE.parent, HERE.parent / TUTORIAL)
    for what, size in zip(TARGETS, sizes, strict=True):
        print(f"{what}: {number(size)}")


if __name__ == "__main__":
    main()
