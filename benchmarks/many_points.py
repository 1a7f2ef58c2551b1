"""Ten million points in JupyterLab, and a billion that Dask makes as they are read.

    python -m benchmarks.many_points            needs 3 GB of memory, some minutes
    python -m benchmarks.many_points --quick    a million, and ten million by Dask

In JupyterLab: from the constructor's call to the first painting, beside 100 points and beside
matplotlib's picture of the same points; then playing at 60 steps/s, beside 100 points. Memory: see
memory.py. Dask: `GDWidget(x, y)` beside the sums that fitting needs, alone, on its own scheduler.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from time import perf_counter

import dask
import dask.array as da

from benchmarks.animations import measure, show, watched
from benchmarks.lab import lab_in_chromium
from benchmarks.memory import peak_bytes
from benchmarks.ratios import LIST, Comparison, Wanted, list_row, reasons
from benchmarks.table import header, table
from benchmarks.ways import LOOK_AT_IMAGE, LOOK_AT_OURS, LR, RATE, Way
from gd_widget import GDWidget

PACKAGES = ["numpy", "torch", "dask", "matplotlib", "jupyterlab", "ipykernel"]
FEW = 100
STEPS = 300
CHUNK = 5_000_000
"""Points in one of Dask's pieces."""

POINTS = "import time\nfrom gd_widget import GDWidget, make_line\npoints = make_line({n})"

# What is timed is all of it: `made` is before the work, not after.
OURS = f"""
made = time.time()
w = GDWidget(
    points.x, points.y, lr={LR}, n_epochs={STEPS}, steps_per_second={RATE}, engine="numpy"
)
w
"""

MATPLOTLIB = """
%matplotlib inline
import matplotlib.pyplot as plt
made = time.time()
fig, ax = plt.subplots()
ax.plot(points.x, points.y, ",")
ax.plot([-1, 1], [2, 0])
plt.close(fig)
display(fig)
"""

OUR_WAY = Way("GDWidget", OURS, LOOK_AT_OURS, button=".gd-widget [aria-label=Play]")

PICTURE_TOO = "the picture of where the points are is in it, too"


def in_jupyterlab(n: int, shows: int) -> list[Comparison]:
    """N points in memory: shown, and played."""
    with lab_in_chromium() as lab:
        few, many = (measure(lab, OUR_WAY, STEPS, shows, POINTS.format(n=m)) for m in (FEW, n))
        with watched(lab, LOOK_AT_IMAGE, POINTS.format(n=n)) as notebook:
            show(notebook, MATPLOTLIB)
            drawn = [show(notebook, MATPLOTLIB) for _ in range(shows)]
    rate = "steps on the screen at 60/s"
    beside = f"{FEW} points"
    return [
        Comparison(
            f"made and painted, {n:,} points, ms",
            "matplotlib's plot(x, y, ',')",
            many.first_paints,
            drawn,
            Wanted(more=False),
        ),
        Comparison(
            f"{rate}, {n:,} points",
            beside,
            [many.steps_per_second],
            [few.steps_per_second],
            Wanted(more=True, bound=0.95),
        ),
        Comparison(
            f"sent per step, {n:,} points, kB",
            beside,
            [many.kilobytes_per_step],
            [few.kilobytes_per_step],
            Wanted(more=False, bound=1.1),
        ),
        Comparison(
            f"saved notebook, {n:,} points, kB",
            beside,
            [many.saved / 1000],
            [few.saved / 1000],
            Wanted(more=False, bound=2, why=PICTURE_TOO),
        ),
    ]


def in_memory(n: int) -> list[Comparison]:
    """The most memory that n points take, in MB, beside what they are themselves."""
    pairs = []
    for engine in ("numpy", "torch"):
        peak, data = peak_bytes(n, engine)
        pairs.append(
            Comparison(
                f'peak memory, {n:,} points, engine="{engine}", MB',
                "x and y themselves",
                [peak / 1e6],
                [data / 1e6],
                Wanted(more=False, bound=1.3),
            )
        )
    return pairs


def by_dask(n: int, rounds: int) -> list[Comparison]:
    """A fit of n points that Dask makes as they are read, beside the sums alone; in turn."""
    random = da.random.default_rng(1)
    x = random.uniform(-1, 1, size=n, chunks=CHUNK)
    y = 3 * x + 2 + random.random(size=n, chunks=CHUNK)
    ours, sums = [], []
    for _ in range(rounds):
        start = perf_counter()
        dask.compute(x.sum(), y.sum(), (x * x).sum(), (x * y).sum(), (y * y).sum())
        sums.append(perf_counter() - start)
        start = perf_counter()
        with redirect_stdout(StringIO()):  # it shows its progress
            GDWidget(x, y)
        ours.append(perf_counter() - start)
    beside = "the five sums by Dask alone"
    return [Comparison(f"{n:,} points by Dask, s", beside, ours, sums, Wanted(False, bound=2))]


def comparisons(n: int, shows: int, dask_points: int, rounds: int) -> list[Comparison]:
    """Everything about many points."""
    return [*in_jupyterlab(n, shows), *in_memory(n), *by_dask(dask_points, rounds)]


def text(pairs: Sequence[Comparison]) -> str:
    """What is printed."""
    rows = [list_row(pair) for pair in pairs]
    return "\n".join([table("Many points", LIST, rows), *reasons(pairs)])


def main() -> None:
    """Measure and print it."""
    parser = argparse.ArgumentParser(description="Ten million points, and a billion by Dask.")
    parser.add_argument("--points", type=int, default=10_000_000, help="in memory")
    parser.add_argument("--shows", type=int, default=3, help="how often they are shown")
    parser.add_argument("--dask-points", type=int, default=1_000_000_000, help="by Dask")
    parser.add_argument("--rounds", type=int, default=2, help="of Dask's")
    parser.add_argument("--quick", action="store_true", help="a tenth, a hundredth, once each")
    options = parser.parse_args()
    if options.quick:
        options.points, options.dask_points = options.points // 10, options.dask_points // 100
        options.shows = options.rounds = 1
    print(header(*PACKAGES), "\n")
    print(text(comparisons(options.points, options.shows, options.dask_points, options.rounds)))


if __name__ == "__main__":
    main()
