"""Makes functions.json: where rules with a line search, and Newton's, go on the named functions.

Run `python -m tests.golden.make_functions` to make it again. It shares no code with gd_widget: the
functions are written out here, and PyTorch's autograd differentiates them; for the rules see
make_losses.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch

from tests.golden.make_losses import Fit, line_searches, newton

FILE = Path(__file__).with_name("functions.json")
STEPS = 60

Function = Callable[[Any, Any], Any]
FUNCTIONS: dict[str, tuple[tuple[float, float], Function]] = {
    "saddle": ((1.5, 0.001), lambda x, y: x**2 - y**2),
    "rosenbrock": ((-1.2, 1.0), lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2),
    "himmelblau": ((0.0, 0.0), lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2),
    "beale": (
        (1.0, 1.0),
        lambda x, y: sum((c - x * (1 - y**k)) ** 2 for k, c in ((1, 1.5), (2, 2.25), (3, 2.625))),
    ),
    "valley": ((-1.8, 0.8), lambda x, y: (x**2 + 100 * y**2) / 2),
    "plateau": ((-4.0, 3.0), lambda x, y: 1 - 1 / (1 + x**2 + y**2)),
}
"""Each with the guess that goes with its name."""


class Landscape(Fit):
    """A function, and what autograd makes of it; its guess off by a share of `nudge`."""

    def __init__(self, name: str, nudge: float = 0.0) -> None:
        guess, self._f = FUNCTIONS[name]
        self.guess = tuple(value * (1 + nudge) for value in guess)

    def loss(self, a: torch.Tensor, seen: Any = slice(None)) -> torch.Tensor:
        value: torch.Tensor = self._f(*a)
        return value


def rows_of(name: str, rule: str, nudge: float) -> list[list[float]]:
    fit = Landscape(name, nudge)
    ways: Iterator[list[float]] = newton(fit) if rule == "newton" else line_searches(fit, rule)
    return list(islice(ways, STEPS + 1))


def make() -> list[dict[str, Any]]:
    """Each rule on each function, row by row.

    A case ends where a difference in the last bits of the guess begins to matter: from there on the
    ways part. It ends, too, where there is no way down, and where a loss falls on for 1024 lengths
    of a direction.
    """
    cases = []
    for name in FUNCTIONS:
        for rule in ("newton", "cg", "bfgs", "lbfgs"):
            rows, others = (rows_of(name, rule, nudge) for nudge in (0.0, 1e-15))
            both = min(len(rows), len(others))
            sizes = 1 + np.abs(rows[:both]) + np.abs(rows[0])
            apart = (np.abs(np.subtract(rows[:both], others[:both])) > 5e-14 * sizes).any(axis=1)
            kept = rows[: apart.argmax() if apart.any() else both]
            cases.append({"function": name, "guess": rows[0][:2], "optimizer": rule, "rows": kept})
    return cases


if __name__ == "__main__":
    cases = make()
    for case in cases:
        print(case["function"], case["optimizer"], len(case["rows"]) - 1, case["rows"][-1])
    FILE.write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
