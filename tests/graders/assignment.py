"""An assignment as a teacher writes it, of the cells in docs/teaching-a-class.md; and submissions."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/teaching-a-class.md").read_text()
CELLS = re.findall(r"```python\n(.*?)```", PAGE.split("## Assignments")[1], re.DOTALL)
FIRST, GRADES, CONFIG, *OTTER_TESTS = CELLS

TRIES = """\
w = GDWidget(x, y, params=a, update=update)
w.step(20)
w"""
"""What stands between: the grade must not depend on where it leaves `a`."""

RIGHT = """\
def update():
    errors = a[0] * x + a[1] - y
    a[:] -= 0.1 * 2 * np.array([(errors * x).mean(), errors.mean()])"""

UPDATES = {
    "right": RIGHT,
    "half-right": RIGHT.replace("-=", "+="),
    "wrong": RIGHT.replace("errors * x", "errors * z"),
}
"""Solutions by the student who hands them in."""

LEFT = "# YOUR CODE HERE"


def notebook(*cells: NotebookNode) -> NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=list(cells), metadata={"kernelspec": kernel})


def code(source: str, **metadata: object) -> NotebookNode:
    return nbformat.v4.new_code_cell(source.strip(), metadata=metadata)


def write_assignment(path: Path) -> None:
    """What each of the students hands in and gets for it, one after the other, in one notebook."""
    graded = [code(cell) for update in UPDATES.values() for cell in (update, GRADES)]
    nbformat.write(notebook(code(FIRST), graded[0], code(TRIES), *graded[1:]), path)


def handed_in(released: Path, update: str, target: Path) -> None:
    """What a student has made of the released notebook."""
    made = nbformat.read(released, as_version=4)
    [own] = [cell for cell in made.cells if "YOUR CODE HERE" in cell.source or cell.source == "..."]
    own.source = update
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, target)
