"""A hundred parameters, a thousand on the screen, and twenty of ten million examples by Dask.

    python -m benchmarks.many_axes            some minutes
    python -m benchmarks.many_axes --quick    short turns, once each, and a tenth by Dask

In the kernel: `w.step()` beside the bare loop in PyTorch, as in kernel.py, on a design matrix. In
JupyterLab: a widget of a thousand parameters made, painted and played at 60 steps/s, beside one of
two. Dask: `GDWidget(X, y)` beside `X.T @ X` and `X.T @ y` alone, on its own scheduler.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from io import StringIO
from time import perf_counter

import dask
import dask.array as da
import numpy as np
import torch

from benchmarks.animations import Animation, measure
from benchmarks.kernel import TORCH_TARGET
from benchmarks.kernel import measure as take_turns
from benchmarks.lab import lab_in_chromium
from benchmarks.loops import Contender, contender_of, loop_on
from benchmarks.ratios import LIST, Comparison, Wanted, list_row, reasons
from benchmarks.table import header, table
from benchmarks.ways import LOOK_AT_OURS, RATE, Way
from gd_widget import GDWidget

PACKAGES = ["numpy", "torch", "dask", "jupyterlab", "ipykernel"]
EXAMPLES, FEATURES, NUMPY_TARGET = 100_000, 100, 100
FEW, MANY = 2, 1000
STEPS = 300
LAZY_FEATURES, CHUNK = 20, 500_000
LR = 1e-3
"""So low that 300 steps do not converge, where Play would end."""

DATA = """
import time
import numpy as np
from gd_widget import GDWidget
random = np.random.default_rng(0)
X = random.normal(size=(3_000, {d}))
y = X @ random.normal(size={d}) + random.normal(size=3_000)
"""

CELL = f"""
made = time.time()
w = GDWidget(X, y, intercept=False, lr={LR}, n_epochs={STEPS}, steps_per_second={RATE})
w
"""

LOOK_AT_PLACE = LOOK_AT_OURS.replace(
    """const line = view?.querySelector(".fit line.line");
  if (!line || !(Number(line.getAttribute("x2")) > 0)) return null;""",
    """if (!view?.querySelector(".surface .handle")) return null;""",
)
"""Of a widget that shows no line."""

OUR_WAY = Way("GDWidget", CELL, LOOK_AT_PLACE, button=".gd-widget [aria-label=Play]")

BEFORE_IT_IS_SHOWN = "the directions of a thousand parameters are found before it is shown"


def contenders() -> dict[str, Contender]:
    """The bare loop and both engines on the same examples; they must agree."""
    random = np.random.default_rng(0)
    x = random.normal(size=(EXAMPLES, FEATURES))
    y = x @ random.normal(size=FEATURES) + random.normal(size=EXAMPLES)
    bare = loop_on(torch.tensor(x), torch.tensor(y), (0.0,) * FEATURES, LR)
    all_of_them = {"bare": bare}
    for engine in ("torch", "numpy"):
        w = GDWidget(x, y, intercept=False, lr=LR, engine=engine)
        all_of_them[engine] = contender_of(w)
    for contender in all_of_them.values():
        contender.train(10)
        np.testing.assert_allclose(contender.params(), bare.params(), rtol=1e-9)
    return all_of_them


def in_the_kernel(rounds: int, seconds: float) -> list[Comparison]:
    """Steps a second of both engines, beside the bare loop's."""
    rates = take_turns(contenders(), rounds, seconds)
    return [
        Comparison(
            f'w.step(), {EXAMPLES:,} × {FEATURES}, engine="{engine}", 1/s',
            "the bare loop in PyTorch",
            rates[engine],
            rates["bare"],
            Wanted(more=True, bound=bound),
        )
        for engine, bound in (("torch", TORCH_TARGET), ("numpy", NUMPY_TARGET))
    ]


def in_jupyterlab(rounds: int) -> list[Comparison]:
    """A thousand parameters on the screen, beside two; the one that begins changes each round."""
    played: dict[int, list[Animation]] = {FEW: [], MANY: []}
    with lab_in_chromium() as lab:
        for i in range(rounds):
            for d in list(played)[:: 1 if i % 2 else -1]:
                played[d].append(measure(lab, OUR_WAY, STEPS, 3, DATA.format(d=d)))
    few, many = played[FEW], played[MANY]
    beside = f"{FEW} parameters"
    figures: list[tuple[str, Callable[[Animation], Sequence[float]], Wanted]] = [
        ("steps on the screen at 60/s", lambda one: [one.steps_per_second], Wanted(True, 0.95)),
        ("longest stall, ms", lambda one: [one.longest_stall], Wanted(False, 2)),
        ("sent per step, kB", lambda one: [one.kilobytes_per_step], Wanted(False, 2)),
        (
            "made and painted, ms",
            lambda one: one.first_paints,
            Wanted(False, 10, BEFORE_IT_IS_SHOWN),
        ),
    ]
    return [
        Comparison(
            f"{what}, {MANY:,} parameters",
            beside,
            [figure for one in many for figure in of(one)],
            [figure for one in few for figure in of(one)],
            wanted,
        )
        for what, of, wanted in figures
    ]


def by_dask(n: int, rounds: int) -> list[Comparison]:
    """A fit of n examples that Dask makes as they are read, beside two products alone; in turn."""
    random = da.random.default_rng(1)
    x = random.normal(size=(n, LAZY_FEATURES), chunks=(CHUNK, LAZY_FEATURES))
    y = x @ np.arange(float(LAZY_FEATURES)) + random.normal(size=n, chunks=CHUNK)
    ours, products = [], []
    for _ in range(rounds):
        start = perf_counter()
        dask.compute(x.T @ x, x.T @ y)
        products.append(perf_counter() - start)
        start = perf_counter()
        with redirect_stdout(StringIO()):  # it shows its progress
            GDWidget(x, y)
        ours.append(perf_counter() - start)
    measured = f"{n:,} × {LAZY_FEATURES} by Dask, s"
    beside = "X.T @ X and X.T @ y by Dask alone"
    return [Comparison(measured, beside, ours, products, Wanted(more=False, bound=2))]


def comparisons(rounds: int, seconds: float, examples: int) -> list[Comparison]:
    """Everything about many parameters."""
    return [
        *in_the_kernel(rounds, seconds),
        *in_jupyterlab(rounds),
        *by_dask(examples, rounds),
    ]


def main() -> None:
    """Measure and print it."""
    parser = argparse.ArgumentParser(description="A hundred, a thousand parameters, and by Dask.")
    parser.add_argument("--rounds", type=int, default=3, help="how often all take turns")
    parser.add_argument("--seconds", type=float, default=2, help="of each turn in the kernel")
    parser.add_argument("--examples", type=int, default=10_000_000, help="by Dask")
    parser.add_argument("--quick", action="store_true", help="short turns, once, a tenth by Dask")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds, options.examples = 1, 0.5, options.examples // 10
    print(header(*PACKAGES, torch_threads=torch.get_num_threads()), "\n", flush=True)
    pairs = comparisons(options.rounds, options.seconds, options.examples)
    print("\n".join([table("Many parameters", LIST, list(map(list_row, pairs))), *reasons(pairs)]))


if __name__ == "__main__":
    main()
