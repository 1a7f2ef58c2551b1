"""What the kernel takes for the heights of a frame, beside steps of training on the same function.

    python -m benchmarks.landscapes

A page asks for heights when the frame moves. A function is asked for all places at once where that
can be done, and else for a few: both are measured.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import perf_counter

import numpy as np
import torch

from benchmarks.ratios import LIST, Comparison, Wanted, list_row
from benchmarks.table import header, table
from gd_widget import GDWidget
from gd_widget.page.answers import GRID
from gd_widget.training.engines.autograd_function import heights

PACKAGES = ["numpy", "torch"]
STEPS = 20
Function = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


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
        comparison("all places at once", waves, n_rounds),
        comparison("one after the other", two_slopes, n_rounds),
    ]
    print(table("Landscapes", LIST, [list_row(one) for one in all_made]))


if __name__ == "__main__":
    main()
