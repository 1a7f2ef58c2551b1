"""Makes points.json: what NumPy draws of a seed, and the bowls of points, by exact arithmetic.

The front end makes both, too. Run `python -m tests.golden.make_points` to make it again. It
shares no code with gd_widget.
"""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("points.json")

# (seed, number of points, noise, slope, intercept)
LINES = [
    (0, 1, "uniform", 3, 2),
    (1, 100, "uniform", 3, 2),
    (7, 40, "gaussian", -2, 0.5),
    (12345, 300, "gaussian", 3, 2),
    (2**32 - 1, 10, "uniform", 0.1, -1000 / 3),
    (2**32, 10, "uniform", 1e-9, 7),
    (2**53 - 1, 50, "gaussian", 3, 2),
    (2**130 + 2**64 + 5, 10, "gaussian", 3, 2),  # more words than fit into NumPy's pool
]

# Seeds of long streams of standard normal deviates, and how many are drawn.
STREAMS = [(0, 100_000), (2024, 100_000)]

# Where the ziggurat's tail begins: there alone a logarithm enters into what is drawn.
TAIL = 3.6541528853610088


# (name, number of points, x from, x to, slope, intercept, noise, seed)
BOWLS = [
    ("the lesson", 30, -1, 1, 3, 2, 0.25, 1),
    ("milliseconds since 1970", 40, 1.7e12, 1.7e12 + 11, 2.5, 7, 0.25, 2),
    ("y far from zero, too", 40, 1.7e12, 1.7e12 + 11, 2.5, 1e9, 0.25, 3),
    ("equal x", 5, 1.7e12, 1.7e12, 0, 1e9, 3, 4),
]


def line(seed: int, n: int, noise: str, slope: float, intercept: float) -> dict[str, object]:
    """Points about a line. The seed is kept as digits: JavaScript's numbers end at 2**53."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, n)
    y = slope * x + intercept
    y += rng.uniform(0, 1, n) if noise == "uniform" else rng.normal(0, 0.25, n)
    made = {"seed": str(seed), "n": n, "noise": noise, "true_params": [slope, intercept]}
    return {**made, "x": x.tolist(), "y": y.tolist()}


def stream(seed: int, n: int) -> dict[str, object]:
    """Normal deviates: all of the tail, and of the others sums, one of them of their very bits."""
    z = np.random.default_rng(seed).normal(0, 1, n)
    is_tail = np.abs(z) > TAIL
    return {
        "seed": str(seed),
        "n": n,
        "sum": math.fsum(z),
        "sum_of_squares": math.fsum(z * z),
        "last": z[-1].item(),
        # The 64 bits of each as a whole number, added up modulo 2**64.
        "bits": str(z[~is_tail].view(np.uint64).sum().item()),
        "tail": [[i.item(), z[i].item()] for i in np.flatnonzero(is_tail)],
    }


def bowl(
    name: str, n: int, low: float, high: float, slope: float, at_low: float, noise: float, seed: int
) -> dict[str, object]:
    """Points about a line, and the six numbers of their bowl, each rounded once, at the end."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(low, high, n).tolist()
    y = [at_low + slope * (a - low) + e for a, e in zip(x, rng.normal(0, noise, n), strict=True)]
    mean_x, mean_y = (sum(map(Fraction, values)) / n for values in (x, y))
    dx, dy = [Fraction(a) - mean_x for a in x], [Fraction(b) - mean_y for b in y]
    xx, xy = sum(a * a for a in dx), sum(a * b for a, b in zip(dx, dy, strict=True))
    best = xy / xx if xx else mean_x * mean_y / (1 + mean_x * mean_x)
    floor = sum((b - best * a) ** 2 for a, b in zip(dx, dy, strict=True)) / n
    numbers = {"mean_x": mean_x, "mean_y": mean_y, "var_x": xx / n, "best_slope": best}
    exact = {name: float(number) for name, number in {**numbers, "floor": floor}.items()}
    return {"name": name, "x": x, "y": y, "bowl": {"n": n, **exact}}


def make() -> dict[str, list[dict[str, object]]]:
    """Everything the file holds."""
    return {
        "lines": [line(*case) for case in LINES],
        "streams": [stream(*s) for s in STREAMS],
        "bowls": [bowl(*case) for case in BOWLS],
    }


if __name__ == "__main__":
    lists = (
        f'"{name}": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]"
        for name, cases in make().items()
    )
    FILE.write_text("{" + ",\n".join(lists) + "}\n")
