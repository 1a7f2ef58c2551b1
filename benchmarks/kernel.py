"""How fast training is in the kernel, and how light the package is; no browser involved.

    python -m benchmarks.kernel

Steps: the bare loop of the lesson and `w.step(n)` train on the same points, one after the
other, in rounds; in each round the order moves on by one. A ratio is taken within each round,
where both met the same machine; shown are the median of those ratios and their range.
Import and bundle: see startup.py.
"""

from __future__ import annotations

import argparse
import math
from statistics import median
from time import perf_counter

import torch

from benchmarks.loops import Contender, bare_loop, widget_loop
from benchmarks.startup import bundle_table, import_table
from benchmarks.table import header, number, table
from gd_widget import make_line

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
TORCH_TARGET = 0.95
NUMPY_TARGETS = {100: 10, 1_000_000: 1000}

Rates = dict[str, list[float]]


def contenders_on(n: int) -> dict[str, Contender]:
    """All four on the same n points; they must agree before they are timed."""
    points = make_line(n)
    contenders = {
        "bare": bare_loop(points, torch.float64),
        "torch": widget_loop(points, "torch"),
        "bare32": bare_loop(points, torch.float32),
        "numpy": widget_loop(points, "numpy"),
    }
    for name, contender in contenders.items():
        contender.train(10)
        # Sums of ten million in float32 keep two digits, and which depends on the processor.
        tolerance = 2e-2 if name == "bare32" else 1e-9
        for own, bare in zip(contender.params(), contenders["bare"].params(), strict=True):
            if not math.isclose(own, bare, rel_tol=tolerance):
                raise RuntimeError(f"n = {n}: {name} arrived at {own}, the bare loop at {bare}")
    return contenders


def seconds_for(contender: Contender, steps: int) -> float:
    """The time that this many steps from the guess take."""
    contender.restart()
    start = perf_counter()
    contender.train(steps)
    return perf_counter() - start


def steps_for(contender: Contender, seconds: float) -> int:
    """About how many steps take this long."""
    steps = 1
    while (taken := seconds_for(contender, steps)) < seconds / 4:
        steps *= 2
    return max(1, round(steps * seconds / taken))


def measure(contenders: dict[str, Contender], rounds: int, seconds: float) -> Rates:
    """Steps a second of each contender in each round."""
    steps = {name: steps_for(contender, seconds) for name, contender in contenders.items()}
    rates: Rates = {name: [] for name in contenders}
    names = list(contenders)
    for i in range(rounds):
        first = i % len(names)
        for name in names[first:] + names[:first]:
            rates[name].append(steps[name] / seconds_for(contenders[name], steps[name]))
    return rates


def ratio(rates: Rates, name: str, to: str) -> list[str]:
    """The median of the rounds' ratios, and their range, as text."""
    ratios = [own / base for own, base in zip(rates[name], rates[to], strict=True)]
    return [number(median(ratios)), f"{number(min(ratios))} to {number(max(ratios))}"]


def speed(rates: Rates, name: str) -> str:
    """Median steps a second, as text."""
    return number(median(rates[name]))


def torch_row(n: int, rates: Rates) -> list[str]:
    """One size's row of the table for engine="torch"."""
    speeds = [speed(rates, name) for name in ("bare", "bare32", "torch")]
    in_float32, _ = ratio(rates, "torch", "bare32")
    return [f"{n:,}", *speeds, *ratio(rates, "torch", "bare"), f"{TORCH_TARGET}", in_float32]


def numpy_row(n: int, rates: Rates) -> list[str]:
    """One size's row of the table for engine="numpy"."""
    target = f"{NUMPY_TARGETS[n]:,}" if n in NUMPY_TARGETS else ""
    speeds = [speed(rates, name) for name in ("bare", "numpy")]
    return [f"{n:,}", *speeds, *ratio(rates, "numpy", "bare"), target]


def measured(rounds: int, seconds: float) -> dict[int, Rates]:
    """Steps a second at every size."""
    return {n: measure(contenders_on(n), rounds, seconds) for n in SIZES}


def text(rates_at: dict[int, Rates]) -> str:
    """What is printed of them."""
    ends = ["ratio to bare", "range", "at least"]
    columns = ["n", "bare /s", "bare float32 /s", "GDWidget /s", *ends, "ratio to float32"]
    rows = [torch_row(n, rates) for n, rates in rates_at.items()]
    by_torch = table('w.step(), engine="torch"', columns, rows)
    columns = ["n", "bare /s", "GDWidget /s", *ends]
    rows = [numpy_row(n, rates) for n, rates in rates_at.items()]
    return by_torch + "\n" + table('w.step(), engine="numpy"', columns, rows)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description="Training, import and bundle, as ratios.")
    parser.add_argument("--rounds", type=int, default=7, help="how often all take turns")
    parser.add_argument("--seconds", type=float, default=0.5, help="of each turn")
    parser.add_argument("--imports", type=int, default=15, help="fresh interpreters for each")
    options = parser.parse_args()

    print(header("torch", "numpy", "anywidget", torch_threads=torch.get_num_threads()), "\n")
    print(text(measured(options.rounds, options.seconds)))
    print(import_table(options.imports))
    print(bundle_table())


if __name__ == "__main__":
    main()
