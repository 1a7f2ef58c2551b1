"""The first cell of a fresh kernel in JupyterLab: from running it to its picture.

    python -m benchmarks.first_cell            some minutes
    python -m benchmarks.first_cell --quick    once each

With PyTorch, which need not be imported for it, beside the same with NumPy, and beside matplotlib's
`plot`. Each has a page and a kernel of its own each time; they take turns, and the one that
begins moves on by one each round. A round before is not counted: it fills the disk's cache.
"""

from __future__ import annotations

import argparse

from benchmarks.animations import MOST_MS
from benchmarks.lab import Lab, chromium_version, lab_in_chromium, source
from benchmarks.ratios import LIST, Comparison, Wanted, list_row
from benchmarks.table import header, table
from benchmarks.ways import LOOK_AT_IMAGE

PACKAGES = ["torch", "matplotlib", "numpy", "jupyterlab", "ipykernel"]

LOOK_AT_PLAY = """() => {
  const places = [...document.querySelectorAll(".jp-OutputArea-output *")];
  const views = places.map((place) => place.shadowRoot?.querySelector(".gd-widget"));
  const play = views.find(Boolean)?.querySelector("[aria-label=Play]");
  return play?.checkVisibility() ? "Play" : null;
}"""

OURS = "from gd_widget import GDWidget\nGDWidget(n=100, lr=0.1{engine})"
CELLS = {
    "torch": (OURS.format(engine=""), LOOK_AT_PLAY),
    "numpy": (OURS.format(engine=', engine="numpy"'), LOOK_AT_PLAY),
    "matplotlib": ("import matplotlib.pyplot as plt\nplt.plot([3, 1, 2]);", LOOK_AT_IMAGE),
}

RUN = """() => {
  window.began = performance.timeOrigin + performance.now();
  jupyterapp.commands.execute("notebook:run-cell");
}"""


def to_picture(lab: Lab, cell: str, look: str) -> float:
    """The ms from running a cell, the first in its kernel, to the first painting of its picture."""
    with lab.page() as notebook:
        page = notebook.open("first-cell.ipynb", [cell]).page
        page.evaluate(source("paintings.js"))
        page.evaluate(f"({source('watch.js')})({look})")
        page.evaluate(RUN)
        page.wait_for_function("() => watch.times.length > 0", timeout=MOST_MS)
        return float(page.evaluate("watch.times[0] - began"))


def comparisons(rounds: int) -> list[Comparison]:
    """With PyTorch beside with NumPy, and beside matplotlib."""
    times: dict[str, list[float]] = {name: [] for name in CELLS}
    names = list(CELLS)
    with lab_in_chromium() as lab:
        for i in range(rounds + 1):
            for name in names[i % 3 :] + names[: i % 3]:
                times[name].append(to_picture(lab, *CELLS[name]))
    torch, numpy, matplotlib = (all_of_them[1:] for all_of_them in times.values())
    measured = "first cell of a kernel to its picture, ms"
    return [
        Comparison(measured, 'the same, engine="numpy"', torch, numpy, Wanted(False, bound=1.2)),
        Comparison(measured, "matplotlib's plot", torch, matplotlib, Wanted(False, bound=0.8)),
    ]


def main() -> None:
    """Measure and print it."""
    parser = argparse.ArgumentParser(description="The first cell of a fresh kernel.")
    parser.add_argument("--rounds", type=int, default=5, help="that are counted")
    parser.add_argument("--quick", action="store_true", help="one of them")
    options = parser.parse_args()
    print(header(*PACKAGES, Chromium=chromium_version()), "\n")
    pairs = comparisons(1 if options.quick else options.rounds)
    print(table("First cell", LIST, [list_row(pair) for pair in pairs]))


if __name__ == "__main__":
    main()
