"""Losses that are no bowls: what drawing them costs beside a bowl, and their heights beside steps.

    python -m benchmarks.landscapes

A frame is drawn as in draw.py: the scrubber is moved to another step, and what that costs is timed,
in turn on a landscape and on a bowl, with the same panels. Where there are three parameters, the
plane that is seen moves with each step, and its level sets are looked for anew: coarsely, until it
is at rest.

A page asks the kernel for the heights of a function of the reader's own when the frame moves, and
not while it stands still. A function is asked for all places at once where that can be done, and
else for a few: both are measured.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import torch
from playwright.sync_api import Page, sync_playwright

from benchmarks.draw import TIMED_FRAMES, milliseconds
from benchmarks.ratios import LIST, Comparison, Wanted, list_row, reasons
from benchmarks.table import header, table
from gallery.make import State, record, trained, write
from gallery.other_losses import with_outlier, yes_or_no, yes_or_no_of_two
from gd_widget import GDWidget
from gd_widget.page.answers import GRID
from gd_widget.training.engines.autograd_function import heights
from tools.browsers import CHROMIUM_OPTIONS, find_chromium

PACKAGES = ["numpy", "torch"]
STEPS = 20
Function = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


PANELS: dict[str, Any] = {"panels": ("surface", "loss")}
BOWL = State("bowl", "A bowl", partial(trained, **PANELS))
DRAWN = [
    State("mae", "absolute values", partial(trained, *with_outlier(), loss="mae", **PANELS)),
    State("huber", "Huber's", partial(trained, *with_outlier(), loss="huber", **PANELS)),
    State(
        "logistic", "cross-entropy", partial(trained, *yes_or_no(), loss="cross_entropy", **PANELS)
    ),
    State(
        "two",
        "cross-entropy of two features",
        partial(trained, *yes_or_no_of_two(), loss="cross_entropy", **PANELS),
    ),
    State("himmelblau", "Himmelblau's function", partial(trained, function="himmelblau", **PANELS)),
    State("rosenbrock", "Rosenbrock's function", partial(trained, function="rosenbrock", **PANELS)),
]
"""What is drawn beside a bowl, after so many steps as the gallery has."""


def drawn(n_rounds: int) -> list[Comparison]:
    """Milliseconds of script and layout in a frame, the median of 300, in turn."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        recordings = [record(state) for state in (BOWL, *DRAWN)]
        address = write(Path(folder), recordings).as_uri()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_OPTIONS)

        def opened(state: State) -> Page:
            page = browser.new_page(viewport={"width": 1000, "height": 1000})
            page.add_init_script(TIMED_FRAMES)
            page.goto(f"{address}?state={state.name}")
            page.locator(".gd-widget .surface .handle").wait_for()
            return page

        bowl, made = opened(BOWL), []
        for state in DRAWN:
            page = opened(state)
            ours: list[float] = []
            theirs: list[float] = []
            for _ in range(n_rounds):
                for shown, times in ((page, ours), (bowl, theirs)):
                    shown.bring_to_front()
                    times.append(milliseconds(shown, scrubs=True)[0])
            measured = f"drawing a frame, {state.heading}, ms"
            made.append(Comparison(measured, "of a bowl", ours, theirs, Wanted(False, 2)))
            page.close()
        browser.close()
    return made


def waves(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Computed of all places at once."""
    return torch.sin(x) * torch.cos(y) + (x * x + y * y) / 10


def two_slopes(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Decides by a value, so that it is asked for one place after the other."""
    return x * x + y * y if x > 0 else 2 * x * x + y * y


def comparison(name: str, function: Function, n_rounds: int) -> Comparison:
    """Milliseconds, in turn."""
    w = GDWidget(function=function, guess=(1.0, 2.0), lr=0.01)
    x, y = np.linspace(-3, 3, GRID[0]), np.linspace(-3, 3, GRID[1])
    ours, theirs = [], []
    for i in range(n_rounds + 1):
        began = perf_counter()
        heights(function, x, y)
        between = perf_counter()
        w.step(STEPS)
        ended = perf_counter()
        if i:  # the first time, things are imported
            ours.append(1e3 * (between - began))
            theirs.append(1e3 * (ended - between))
    beside = f"{STEPS} steps on it"
    return Comparison(f"heights of a frame, {name}, ms", beside, ours, theirs, Wanted(False, 1))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--quick", action="store_true", help="three rounds")
    options = parser.parse_args()
    n_rounds = 3 if options.quick else options.rounds
    print(header(*PACKAGES), "\n")
    all_made = [
        *drawn(1 if options.quick else 5),
        comparison("all places at once", waves, n_rounds),
        comparison("one after the other", two_slopes, n_rounds),
    ]
    print(table("Landscapes", LIST, [list_row(one) for one in all_made]))
    print("\n".join(reasons(all_made)))


if __name__ == "__main__":
    main()
