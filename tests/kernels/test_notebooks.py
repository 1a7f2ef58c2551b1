"""A notebook run whole, as Voila and many readers run it, leaves each widget where its text says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tools.notebooks import FOLDER, WIDGET_VIEW, execute

STATE = "application/vnd.jupyter.widget-state+json"

PROMISED = {
    "dashboard": {"cell-12": "step 0, rate 0.03, 0.3, 0.97, ready"},
    "gradient_descent_from_scratch": {
        "cell-16": "step 0, rate 0.1, ready",  # "It stands at step 0, which is the guess itself"
        "cell-20": "step 30, rate 0.5, paused",  # "stands at step 30, at the rate 0.5"
        "cell-32": "step 0, rate 0.1, ready",  # "Set the slider to the largest rate"
        "cell-37": "step 0, rate 0.99, ready",  # "what will the line do when you press Play?"
        "cell-39": "step 506, rate 1.5, diverged",  # "keeps the last finite line"
    },
    "many_axes": {  # each to be played from the guess
        "cell-04": "step 0, rate 0.5, ready",
        "cell-07": "step 0, rate 0.1, ready",
        "cell-10": "step 0, rate 0.1, ready",
        "cell-13": "step 0, rate 0.3, ready",
        "cell-16": "step 0, rate 0.5, ready",
        "cell-19": "step 0, rate 0.3, ready",
    },
    "optimizers": {  # each to be bet on at the guess, and then played
        "cell-04": "step 0, rate 0.01, 0.1, 0.7, 0.99, ready",
        "cell-07": "step 0, rate 0.1, 0.1, 0.1, ready",
        "cell-10": "step 0, rate 0.02, 0.02, 0.02, ready",
        "cell-15": "step 0, rate 0.1, 0.1, 0.1, ready",
        "cell-18": "step 0, rate 0.1, 0.1, 0.1, 0.1, ready",
        "cell-21": "step 0, rate 0.1, ready",
    },
    "other_losses": {  # each to be played from the guess
        "cell-04": "step 0, rate 0.05, 0.05, 0.05, ready",
        "cell-07": "step 0, rate 0.5, ready",
        "cell-16": "step 0, rate 0.1, ready",
        "cell-18": "step 0, rate 0.02, 0.02, ready",
        "cell-21": "step 0, rate 0.01, ready",
    },
    "without_pytorch": {
        "cell-08": "step 0, your code, ready",  # "Press Step a few times before you press Play"
        "cell-14": "step 0, rate 0.1, 0.7, 1.1, ready",  # "the three as a race; press Play"
    },
    "your_own_data": {  # each to be played from the guess
        "cell-04": "step 0, rate 0.1, ready",  # "the learning rate is 0.1, as in the lesson"
        "cell-07": "step 0, rate 4.14e-07, ready",  # "it says which rate suits them. Take that one"
        "cell-10": "step 0, rate 0.1, ready",
        "cell-14": "step 0, rate 0.1, ready",
        "cell-17": "step 0, rate 0.1, ready",
    },
    "your_own_update": {  # as the code above left it
        "cell-04": "step 3, your code, paused",
        "cell-06": "step 40, your code, paused",
        "cell-12": "step 100, your code, paused",
        "cell-16": "step 6, your code, paused",  # "the last good step stays"
        "cell-18": "step 10, your code, paused",
        "cell-22": "step 100, rate 0.1, converged",  # "The picture moves while the cell runs"
    },
}
"""By notebook and cell, what the text beside a widget says of it: the step, the rates, the status."""


def widgets_in(models: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """The snapshots of the widgets that a view shows: of itself, or of what is in its boxes."""
    state = models[name]["state"]
    if "_snapshot" in state:
        yield json.loads(state["_snapshot"])
    for child in state.get("children", []):
        yield from widgets_in(models, child.removeprefix("IPY_MODEL_"))


def said_of(snapshot: dict[str, Any]) -> str:
    """Where a widget stands, in the words of PROMISED."""
    rates = [f"{run['lr']:.3g}" for run in snapshot["runs"] if not run["outside"]]
    rate = f"rate {', '.join(rates)}" if rates else "your code"
    return f"step {snapshot['step']}, {rate}, {snapshot['status']}"


def test_every_notebook_is_here() -> None:
    assert set(PROMISED) == {path.stem for path in FOLDER.glob("*.ipynb")}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_run_whole_leaves_each_widget_where_its_text_says(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    execute(notebook, path.parent, keep_widgets=True)
    models = notebook.metadata.widgets[STATE]["state"]
    found = {
        cell.id: said_of(snapshot)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if WIDGET_VIEW in output.get("data", {})
        for snapshot in widgets_in(models, output.data[WIDGET_VIEW]["model_id"])
    }
    assert found == PROMISED[path.stem]
