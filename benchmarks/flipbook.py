"""A page for a blog: the lesson's flipbook of 100 frames, and a GIF, beside `w.save()`.

    python -m benchmarks.flipbook

Each way makes its picture, trains 100 steps with the same update in PyTorch, and writes its file.
They take turns, and the files are counted as they lie on the disk.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import torch
from matplotlib.animation import FuncAnimation, PillowWriter

from benchmarks.loops import GUESS, LR
from benchmarks.ratios import LIST, Comparison, Wanted, list_row
from benchmarks.table import header, table
from gd_widget import GDWidget, make_line

PACKAGES = ["torch", "matplotlib", "pillow"]
STEPS = 100


def animation() -> FuncAnimation:
    """The lesson's: each frame trains one step and sets the line."""
    points = make_line(100)
    x, y = torch.tensor(points.x), torch.tensor(points.y)
    a = torch.nn.Parameter(torch.tensor(GUESS, dtype=torch.float64))
    fig, ax = plt.subplots()
    ax.plot(points.x, points.y, ".")
    (line,) = ax.plot(points.x, (x * a[0] + a[1]).detach())

    def draw(_frame: int) -> tuple[Any]:
        loss = ((x * a[0] + a[1] - y) ** 2).mean()
        loss.backward()  # type: ignore[no-untyped-call]
        with torch.no_grad():
            assert a.grad is not None
            a.sub_(LR * a.grad)
            a.grad.zero_()
            line.set_ydata(x * a[0] + a[1])
        return (line,)

    # Without an init_func, matplotlib would draw frame 0 three times more: those are steps, too.
    return FuncAnimation(fig, draw, STEPS, lambda: (line,), interval=1000 / 30, blit=True)


def flipbook(path: Path) -> None:
    """What `HTML(animation.to_jshtml())` has in it."""
    path.write_text(animation().to_jshtml())
    plt.close()


def gif(path: Path) -> None:
    """The same frames as one GIF."""
    animation().save(path, PillowWriter(fps=30))
    plt.close()


def page(path: Path) -> None:
    """Ours, which can be played, paused and gone on with."""
    w = GDWidget(n=100, lr=LR, guess=GUESS, engine="torch")
    w.step(STEPS)
    w.save(path)


WAYS: dict[str, Callable[[Path], None]] = {
    "page.html": page,
    "flipbook.html": flipbook,
    "film.gif": gif,
}
OTHERS = {"flipbook.html": "to_jshtml(), 100 frames", "film.gif": "a GIF, 100 frames"}
LESS = Wanted(more=False)


def comparisons(n_rounds: int) -> list[Comparison]:
    """Seconds and bytes of the files, in turn."""
    matplotlib.use("agg")
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    sizes: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        for i in range(n_rounds + 1):
            for name, write in WAYS.items():
                start = perf_counter()
                write(Path(folder) / name)
                if i > 0:  # the first of each is not counted
                    seconds[name].append(perf_counter() - start)
                    sizes[name].append((Path(folder) / name).stat().st_size / 1000)
    return [
        pair
        for name, other in OTHERS.items()
        for pair in (
            Comparison(
                "w.save() of 100 steps, s", other, seconds["page.html"], seconds[name], LESS
            ),
            Comparison("w.save()'s file, kB", other, sizes["page.html"], sizes[name], LESS),
        )
    ]


def text(pairs: Sequence[Comparison]) -> str:
    """What is printed."""
    rows = [list_row(pair) for pair in pairs]
    return table("A page for a blog", LIST, rows)


def main() -> None:
    """Measure and print it."""
    parser = argparse.ArgumentParser(description="Pages for a blog: seconds and bytes.")
    parser.add_argument("--rounds", type=int, default=5, help="how often all take turns")
    parser.add_argument("--quick", action="store_true", help="one round")
    options = parser.parse_args()
    print(header(*PACKAGES), "\n")
    print(text(comparisons(1 if options.quick else options.rounds)))


if __name__ == "__main__":
    main()
