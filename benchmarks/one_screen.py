"""What a person meets first, and how smoothly it plays, with every target, in one run.

    python -m benchmarks.one_screen --beside FOLDER            a quarter of an hour
    python -m benchmarks.one_screen --beside FOLDER --quick    a few of each: some minutes
    python -m benchmarks.one_screen --beside FOLDER --readme   puts the table into README.md, too

FOLDER is a checkout of an older state of this repository, in which the front end was built. All
is measured by the parts that have a name of their own, which are given less time here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks import first_cell, kept, many_points, many_widgets, page, playing
from benchmarks.lab import chromium_version, lab_in_chromium
from benchmarks.page import Times, Trial
from benchmarks.ratios import LIST, Comparison, list_row, reasons
from benchmarks.readme import FIRST, block, put
from benchmarks.table import header, table

PACKAGES = ["torch", "numpy", "matplotlib", "anywidget", "jupyterlab", "ipykernel"]
LOAD = 2  # processes that compute all the time, beside the kernel and the browser


@dataclass(frozen=True)
class Lengths:
    """How often, or how long, each is measured."""

    first_cells: int
    notebooks: int
    points: int
    alone: Times
    beside_others: Times
    frames: int


WHOLE = Lengths(5, 3, 10_000_000, Times(20, 60, 0), Times(20, 20, 0), 5)
QUICK = Lengths(1, 1, 1_000_000, Times(3, 3, 0), Times(3, 3, 0), 1)


def timed(name: str, part: Callable[[], list[Comparison]]) -> list[Comparison]:
    """What a part comes to; how long it took is said at once."""
    start = perf_counter()
    pairs = part()
    print(f"{name}: {perf_counter() - start:.0f} s", flush=True)
    return pairs


def played(lengths: Lengths, trials: list[Trial]) -> list[Comparison]:
    """Frames a second, alone and beside other work; each trial alone is put into the list."""
    with lab_in_chromium() as lab:
        for ms in page.SETTLING:
            trials += [page.measure(lab, rate, ms, lengths.alone) for rate in page.RATES]
        with page.other_work(LOAD):
            pressed = [page.measure(lab, rate, 0, lengths.beside_others) for rate in page.RATES]
    beside = f", {LOAD} processes beside it"
    return [
        *[page.comparison(trial, page.TARGET) for trial in trials],
        *[page.comparison(trial, page.UNDER_LOAD, beside) for trial in pressed],
    ]


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description="What a person meets first, with all targets.")
    parser.add_argument("--beside", type=Path, required=True, help="a checkout with another build")
    parser.add_argument("--quick", action="store_true", help="a few of each")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    lengths = QUICK if options.quick else WHOLE
    trials: list[Trial] = []
    parts: dict[str, Callable[[], list[Comparison]]] = {
        "first cell": lambda: first_cell.comparisons(lengths.first_cells),
        "kept": lambda: kept.comparisons(options.beside),
        "many widgets": lambda: many_widgets.comparisons(lengths.notebooks, options.beside),
        "memory": lambda: many_points.in_memory(lengths.points),
        "playing": lambda: played(lengths, trials),
        "main thread": lambda: playing.comparisons(lengths.frames, options.beside),
    }
    facts = header(*PACKAGES, Chromium=chromium_version())
    print(facts, "\n", flush=True)
    pairs = [pair for name, part in parts.items() for pair in timed(name, part)]
    print()
    print(table("One screen, one second, few bytes", LIST, [list_row(pair) for pair in pairs]))
    stalled = [len(trial.counted.stalled(trial.rate)) for trial in trials]
    stalls = f"Frames that stalled, of each speed alone: {stalled}, wanted: none."
    print("\n".join([stalls, *reasons(pairs)]))
    if options.readme:
        put(FIRST, f"{block(facts, [], pairs)}\n\n{stalls}")


if __name__ == "__main__":
    main()
