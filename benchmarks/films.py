"""A film of 100 pictures as a GIF, beside matplotlib's of the same three charts; and its memory.

    python -m benchmarks.films

Both train in NumPy's arithmetic, draw the points with their residuals and the line, the level sets
with the path, and the curve of the loss, 640 pixels wide, and write their file. They take turns.
"""

from __future__ import annotations

import argparse
import tempfile
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter

from benchmarks.loops import GUESS, LR
from benchmarks.ratios import LIST, Comparison, Wanted, list_row
from benchmarks.table import header, table
from gd_widget import GDWidget, make_line

PACKAGES = ["numpy", "matplotlib", "pillow", "resvg"]
PICTURES = 100
FPS = 20
INCHES = (6.4, 5.16)  # of 100 pixels
LEVELS = 9


def theirs(path: Path) -> None:
    """The lesson's loop, and a picture of it after each step."""
    points = make_line(100)
    x, y = points.x, points.y
    a = np.array(GUESS)
    rows = []
    for _ in range(PICTURES):
        off = x * a[0] + a[1] - y
        rows.append((*a, (off * off).mean()))
        a = a - LR * np.array([2 * (x * off).mean(), 2 * off.mean()])
    slopes, intercepts, losses = np.array(rows).T
    fig = plt.figure(figsize=INCHES, dpi=100, layout="constrained")
    axes = fig.subplot_mosaic([["fit", "surface"], ["loss", "loss"]], height_ratios=[2, 1])
    axes["fit"].plot(x, y, ".")
    (line,) = axes["fit"].plot([], [])
    residuals = axes["fit"].vlines(x, y, y, alpha=0.45)
    across = np.linspace(-2, 6, 60)
    up = np.linspace(0, 4, 60)
    heights = ((across[:, None] * x + up[:, None, None] - y) ** 2).mean(axis=2)
    axes["surface"].contourf(across, up, heights, LEVELS)
    (path_line,) = axes["surface"].plot([], [], ".-")
    axes["loss"].set(xlim=(0, PICTURES), ylim=(losses.min(), losses.max()), yscale="log")
    (curve,) = axes["loss"].plot([], [])
    ends = np.array([x.min(), x.max()])

    def draw(step: int) -> tuple[Any, ...]:
        guess = slopes[step] * x + intercepts[step]
        line.set_data(ends, slopes[step] * ends + intercepts[step])
        residuals.set_segments(np.stack([x, y, x, guess], axis=1).reshape(-1, 2, 2))
        path_line.set_data(slopes[: step + 1], intercepts[: step + 1])
        curve.set_data(np.arange(step + 1), losses[: step + 1])
        fig.suptitle(f"step {step}  loss {losses[step]:.4f}")
        return line, residuals, path_line, curve

    film = FuncAnimation(fig, draw, PICTURES, lambda: (line, residuals, path_line, curve))
    film.save(path, PillowWriter(fps=FPS))
    plt.close()


def ours(path: Path, pictures: int = PICTURES) -> None:
    """The widget's."""
    w = GDWidget(n=100, lr=LR, guess=GUESS, engine="numpy")
    w.save(path, steps=pictures - 1, fps=FPS, progress=False)


def comparisons(n_rounds: int) -> list[Comparison]:
    """Seconds and bytes, in turn."""
    matplotlib.use("agg")
    ways = {"ours": ours, "theirs": theirs}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    sizes: dict[str, list[float]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        for i in range(n_rounds + 1):
            for name, write in ways.items():
                path = Path(folder) / f"{name}.gif"
                start = perf_counter()
                write(path)
                if i > 0:  # the first of each is not counted
                    seconds[name].append(perf_counter() - start)
                    sizes[name].append(path.stat().st_size / 1000)
    other = "matplotlib's PillowWriter"
    return [
        Comparison(
            "w.save('run.gif'), 100 pictures, s",
            other,
            seconds["ours"],
            seconds["theirs"],
            Wanted(more=False, bound=0.1),
        ),
        Comparison(
            "its file, kB", other, sizes["ours"], sizes["theirs"], Wanted(more=False, bound=0.7)
        ),
    ]


def memory() -> Comparison:
    """Megabytes at the peak, of a film ten times as long."""
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for pictures in (PICTURES, 10 * PICTURES):
            tracemalloc.start()
            ours(Path(folder) / "film.gif", pictures)
            peaks.append(tracemalloc.get_traced_memory()[1] / 1e6)
            tracemalloc.stop()
    short, long = peaks
    wanted = Wanted(more=False, bound=1.1)
    return Comparison("memory, 1,000 pictures, MB", "100 pictures", [long], [short], wanted)


def text(pairs: Sequence[Comparison]) -> str:
    """What is printed."""
    return table("Films", LIST, [list_row(pair) for pair in pairs])


def main() -> None:
    """Measure and print it."""
    parser = argparse.ArgumentParser(description="Films: seconds, bytes and memory.")
    parser.add_argument("--rounds", type=int, default=5, help="how often both take turns")
    parser.add_argument("--quick", action="store_true", help="one round")
    options = parser.parse_args()
    print(header(*PACKAGES), "\n")
    print(text([*comparisons(1 if options.quick else options.rounds), memory()]))


if __name__ == "__main__":
    main()
