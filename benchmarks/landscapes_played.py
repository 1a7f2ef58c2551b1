"""Losses that are no bowls, played at 60 steps/s in JupyterLab: whether anything stands still.

    python -m benchmarks.landscapes_played            a minute of each
    python -m benchmarks.landscapes_played --quick    a few seconds of each

Each stands beside itself while nothing plays, and beside a bowl: seen from outside, as in page.py.
The rates are so low that none of them arrives within five minutes, where Play would end.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from benchmarks.frames import Recording
from benchmarks.lab import lab_in_chromium
from benchmarks.page import (
    FRAME_COLUMNS,
    SETTLING,
    frame_cells,
    record_idle,
    record_playing,
    widget_on,
)
from benchmarks.ratios import LIST, Comparison, Wanted, list_row, reasons
from benchmarks.table import header, table
from tests.browser.lab import Notebook

PACKAGES = ["numpy", "torch", "anywidget", "jupyterlab", "ipykernel"]
RATE = 60

CELL = """
import numpy as np
import torch
from gd_widget import GDWidget

random = np.random.default_rng(0)
X = random.normal(size=(100, 2))
y = X @ [1, 2] + random.normal(size=100)
x, yes = X[:, 0], (y > 0).astype(float)

def waves(a, b):
    return torch.sin(a) * torch.cos(b) + (a * a + b * b) / 10

w = GDWidget({arguments}, n_epochs=None, steps_per_second={rate})
w
"""

BOWL = "a bowl"
LANDSCAPES = {
    BOWL: "x, y, lr=1e-4",
    "absolute values": 'x, y, loss="mae", lr=1e-3',
    "Huber's": 'x, y, loss="huber", lr=1e-3',
    "cross-entropy": 'x, yes, loss="cross_entropy", lr=1e-3',
    "cross-entropy of two features": 'X, yes, loss="cross_entropy", lr=1e-3',
    "Himmelblau's function": 'function="himmelblau", lr=1e-5',
    "a function of one's own": "function=waves, guess=(1.0, 2.0), lr=1e-3",
}
"""The arguments of each; the bowl is played first, and the others stand beside it."""


@dataclass(frozen=True)
class Played:
    """One landscape's frames: while nothing plays, and while it plays."""

    idle: Recording
    playing: Recording


def measure(notebook: Notebook, arguments: str, seconds: float) -> Played:
    """The same time of both; the first second after the click on Play is not counted."""
    view = widget_on(notebook, CELL.format(arguments=arguments, rate=RATE))
    idle = record_idle(notebook.page, seconds)
    settling = SETTLING[0]
    playing = record_playing(view, seconds + settling)
    return Played(idle, playing.after_click(settling))


def comparisons(name: str, one: Played, bowl: Played) -> list[Comparison]:
    """Frames beside none playing, steps beside what was asked for, the longest gap beside a bowl's.

    These gaps are times in which the number of the step stands still.
    """
    idle, playing = one.idle, one.playing
    pairs = [
        ("frames playing, 1/s", "idle", playing.frames_per_second, idle.frames_per_second),
        ("steps on the screen, 1/s", "asked for", playing.steps_per_second, RATE),
    ]
    made = [
        Comparison(f"{what}, {name}", beside, [ours], [other], Wanted(True, 0.95))
        for what, beside, ours, other in pairs
    ]
    gaps = [playing.longest_still], [bowl.playing.longest_still]
    return [*made, Comparison(f"longest gap, ms, {name}", BOWL, *gaps, Wanted(False, 2))]


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description="Losses that are no bowls, at 60 steps/s.")
    parser.add_argument("--seconds", type=float, default=60, help="of playing, for each")
    parser.add_argument("--quick", action="store_true", help="5 seconds of each")
    options = parser.parse_args()
    seconds = 5 if options.quick else options.seconds
    all_played = {}
    with lab_in_chromium() as lab:
        version = lab.browser.version
        for name, arguments in LANDSCAPES.items():
            with lab.page() as notebook:
                all_played[name] = measure(notebook, arguments, seconds)

    print(header(*PACKAGES, Chromium=version), "\n")
    rows = [[name, *frame_cells(one.idle, one.playing, RATE)] for name, one in all_played.items()]
    print(table("Landscapes at 60 steps/s", ["landscape", *FRAME_COLUMNS], rows))
    bowl = all_played.pop(BOWL)
    pairs = [pair for name, one in all_played.items() for pair in comparisons(name, one, bowl)]
    print("\n".join([table("Ratios", LIST, list(map(list_row, pairs))), *reasons(pairs)]))


if __name__ == "__main__":
    main()
