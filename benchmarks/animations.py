"""The same training shown in six ways in JupyterLab, in turn: how it reaches the screen, its cost.

    python -m benchmarks.animations            three rounds of 300 steps
    python -m benchmarks.animations --quick    one round of 60

ways.py has the cells. Each way has a page and a kernel of its own, on the same server. watch.js
looks at the picture just before each painting, traffic.js counts bytes, and the kernel says how
much of the processors it took.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.lab import Lab, ask, lab_in_chromium, source
from benchmarks.ratios import LIST, Comparison, Wanted, grid, list_row, reasons
from benchmarks.table import header, table
from benchmarks.ways import OUR_WAY, TRAINING, WAYS, Way
from tests.browser.lab import Notebook

PACKAGES = ["torch", "matplotlib", "ipympl", "plotly", "bqplot"]
PACKAGES += ["ipywidgets", "anywidget", "jupyterlab", "ipykernel"]
MOST_MS = 120_000

ENDED = """() =>
  watch.still > 60 &&
  jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === "idle"
"""
"""Whether nothing has moved for a second, and the kernel has nothing to do."""

SAVE_STATE = "@jupyter-widgets/jupyterlab-manager:saveWidgetState"


@dataclass(frozen=True)
class Animation:
    """One way in one round.

    times : of the paintings that showed another picture, in ms; the first is the first step's.
    sent, cpu_seconds : bytes to and from the kernel, and its use of processors, meanwhile.
    first_paints : ms from the object's making to its first painting, each time it was shown.
    saved, saved_whole : bytes of the notebook, as JupyterLab saves it, and with its widgets' state.
    """

    times: Sequence[float]
    sent: int
    cpu_seconds: float
    first_paints: Sequence[float]
    saved: int
    saved_whole: int

    @property
    def steps_per_second(self) -> float:
        """Steps that reached the screen, in a second."""
        return 1000 * (len(self.times) - 1) / (self.times[-1] - self.times[0])

    @property
    def longest_stall(self) -> float:
        """The longest time between two of them, in ms."""
        return max(after - before for before, after in pairwise(self.times))

    @property
    def kilobytes_per_step(self) -> float:
        """Sent for each step that reached the screen."""
        return self.sent / 1000 / len(self.times)

    @property
    def cpu_per_step(self) -> float:
        """The kernel's, in ms, for each step that reached the screen."""
        return 1000 * self.cpu_seconds / len(self.times)


FIRST_PAINT = "first paint, ms"
MOST_TO_PAINT = 200
"""Milliseconds, from the constructor's return to what can be seen."""

LESS = Wanted(more=False)
ONE_FRAME = "where the other shows a step in each frame, too, no one can be ahead"
KEEPS_PAGE = "its notebook keeps a live page; theirs a picture, or nothing that can be seen"
KEEPS_FRONT_END = "its front end is saved with it; theirs is fetched, or installed"

FIGURES: dict[str, tuple[Callable[[Animation], Sequence[float]], Wanted]] = {
    "steps on the screen, 1/s": (lambda a: [a.steps_per_second], Wanted(True, why=ONE_FRAME)),
    "longest stall, ms": (lambda a: [a.longest_stall], Wanted(False, why=ONE_FRAME)),
    "sent per step, kB": (lambda a: [a.kilobytes_per_step], LESS),
    "kernel's CPU per step, ms": (lambda a: [a.cpu_per_step], LESS),
    FIRST_PAINT: (lambda a: a.first_paints, Wanted(False, why="it draws four panels")),
    "saved notebook, kB": (lambda a: [a.saved / 1000], Wanted(False, why=KEEPS_PAGE)),
    "with widgets' state, kB": (
        lambda a: [a.saved_whole / 1000],
        Wanted(False, why=KEEPS_FRONT_END),
    ),
}


def show(notebook: Notebook, cell: str) -> float:
    """Show a picture in place of what there was; the ms from its making to its first painting."""
    page = notebook.page
    notebook.command("notebook:select-all")
    notebook.command("notebook:delete-cell")
    page.wait_for_function("() => watch.look() === null")
    page.evaluate("watch.restart(true)")
    notebook.start(cell)
    page.wait_for_function("() => watch.times.length > 0", timeout=MOST_MS)
    first = page.evaluate("watch.times[0]")
    notebook.wait_for_kernel()
    return float(first - 1000 * float(ask(page, "made")))


def saved_size(notebook: Notebook, lab: Lab) -> int:
    """The bytes of the notebook, saved as it is."""
    notebook.command("docmanager:save")
    return (lab.root / notebook.name).stat().st_size


def play(notebook: Notebook, way: Way, steps: int) -> tuple[list[float], int, float]:
    """Let it train: the times of the paintings, the bytes, the kernel's CPU seconds."""
    page = notebook.page
    page.wait_for_function("() => performance.now() - lastTraffic > 500")  # all is shown
    cpu = float(ask(page, "time.process_time()"))
    sent = page.evaluate("traffic")
    page.evaluate("watch.restart()")
    if way.loop:
        notebook.start(way.loop.format(steps=steps))
    else:
        page.locator(way.button).first.click()
    page.wait_for_function("() => watch.times.length > 0", timeout=MOST_MS)
    page.wait_for_function(ENDED, timeout=MOST_MS)
    sent = page.evaluate("traffic") - sent
    cpu = float(ask(page, "time.process_time()")) - cpu
    return page.evaluate("watch.times"), sent, cpu


@contextmanager
def watched(lab: Lab, look: str, code: str) -> Iterator[Notebook]:
    """An empty notebook in whose kernel this code has run, and in whose page watch.js looks."""
    with lab.page(f"({source('traffic.js')})()") as notebook:
        notebook.open("animation.ipynb", [])
        notebook.page.evaluate(source("paintings.js"))
        notebook.page.evaluate(f"({source('watch.js')})({look})")
        ask(notebook.page, "None", after=code)
        yield notebook


def measure(lab: Lab, way: Way, steps: int, shows: int, code: str = TRAINING) -> Animation:
    """One way: shown and played once, then shown again and again.

    code : what runs in the kernel before.
    """
    with watched(lab, way.look, code) as notebook:
        cell = way.cell.format(steps=steps)
        show(notebook, cell)
        times, sent, cpu = play(notebook, way, steps)
        saved = saved_size(notebook, lab)
        notebook.command(SAVE_STATE)
        saved_whole = saved_size(notebook, lab)
        notebook.command(SAVE_STATE)
        first_paints = [show(notebook, cell) for _ in range(shows)]
        return Animation(times, sent, cpu, first_paints, saved, saved_whole)


def compared(rounds: Sequence[dict[str, Animation]]) -> list[Comparison]:
    """Every figure of ours beside that of every other way."""
    others = [name for name in rounds[0] if name != OUR_WAY]

    def figures(way: str, of: Callable[[Animation], Sequence[float]]) -> list[float]:
        return [figure for animations in rounds for figure in of(animations[way])]

    return [
        Comparison(measured, other, figures(OUR_WAY, of), figures(other, of), wanted)
        for measured, (of, wanted) in FIGURES.items()
        for other in others
    ]


def comparisons(n_rounds: int, steps: int, shows: int) -> list[Comparison]:
    """All ways in turn, so many rounds; the one that begins moves on by one each round."""
    with lab_in_chromium() as lab:
        rounds = []
        for i in range(n_rounds):
            first = i % len(WAYS)
            turn = WAYS[first:] + WAYS[:first]
            rounds.append({way.name: measure(lab, way, steps, shows) for way in turn})
    return compared(rounds)


def first_paint(pairs: Sequence[Comparison]) -> Comparison:
    """Ours beside the most that it may take."""
    ours = next(pair.ours for pair in pairs if pair.measured == FIRST_PAINT)
    return Comparison(FIRST_PAINT, "the most it may take", ours, [MOST_TO_PAINT] * len(ours), LESS)


def text(pairs: Sequence[Comparison]) -> str:
    """What is printed."""
    columns, *rows = grid(pairs)
    title = "The same training shown in other ways: ratio (the other's figure)"
    limit = table("First paint", LIST, [list_row(first_paint(pairs))])
    return "\n".join([table(title, columns, rows), *reasons(pairs), "", limit])


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description="The same training, shown in several ways.")
    parser.add_argument("--rounds", type=int, default=3, help="how often all take turns")
    parser.add_argument("--steps", type=int, default=300, help="of each turn")
    parser.add_argument("--shows", type=int, default=10, help="first paints of each turn")
    parser.add_argument("--quick", action="store_true", help="one round of 60 steps, 3 shows")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.steps, options.shows = 1, 60, 3
    print(header(*PACKAGES), "\n")
    print(text(comparisons(options.rounds, options.steps, options.shows)))


if __name__ == "__main__":
    main()
