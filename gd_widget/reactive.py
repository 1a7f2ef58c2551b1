"""marimo: cells that read a widget run again when a page has changed it.

marimo runs them when a page saves a trait of its model; our pages send messages instead. So that
it hears of what they do, a page there counts in a trait what a person did, when that is done, and a
few times a second at most (js/sources/kernel-traits.js). What code does is not counted: a cell that
trains the widget would run for ever.
"""

from __future__ import annotations

import sys
from typing import Any

SETTINGS = ("lr", "playing", "steps_per_second")


def runs_cells_again() -> bool:
    """Whether this runs in a notebook of marimo's."""
    running = getattr(sys.modules.get("marimo"), "running_in_notebook", None)
    return running is not None and bool(running())


def value(told: dict[str, Any], params: dict[str, float]) -> dict[str, Any]:
    """What marimo's cells see as the value of a widget.

    told : the traits.
    params : by their names.
    """
    names = ("n_steps", *SETTINGS, "loss", "validation_loss", "status")
    read = {name: told[name] for name in names if told[name] is not None}
    return {**params, **read}
