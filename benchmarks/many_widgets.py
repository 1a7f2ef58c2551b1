"""Twenty widgets in a notebook of JupyterLab, all cells run: until the last is painted; the bytes.

    python -m benchmarks.many_widgets                    three rounds
    python -m benchmarks.many_widgets --quick            one
    python -m benchmarks.many_widgets --beside FOLDER    beside another build of it

Beside widgets that each carry the whole front end, as they do where no notebook is: gd_widget is
told so. FOLDER is a checkout of this repository, of any age, in which the front end was built: its
widgets stand in the place of those. Both have a page and a kernel of their own, and take turns.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.animations import SAVE_STATE, saved_size
from benchmarks.lab import Lab, ask, lab_in_chromium, source
from benchmarks.ratios import LIST, Comparison, Wanted, list_row, reasons
from benchmarks.table import header, table

WIDGETS = 20
CELL = "GDWidget(n=100, lr=0.1, engine='numpy')"
TALL = 1000 * WIDGETS
"""Pixels of a screen that has them all: what is out of sight is not painted."""

ONCE = "from gd_widget import GDWidget, front_end"
EACH = f"{ONCE}\nfront_end.get_ipython = lambda: None"
OTHER = "import sys; sys.path.insert(0, {folder!r}); from gd_widget import GDWidget"
TARGET = 0.5  # of another build, until the last is painted

RUN_ALL = """async (count) => {
  const places = () => [...document.querySelectorAll(".jp-OutputArea-output *")];
  const viewIn = (place) => (place.shadowRoot ?? place).querySelector(".gd-widget");
  const isDrawn = (view) => Number(view.querySelector(".fit line.line")?.getAttribute("x2")) > 0;
  let areDrawn;
  const painted = new Promise((resolve) => {
    areDrawn = resolve;
  });
  let found = 0;
  eachPainting(() => {
    const cells = [...document.querySelectorAll(".jp-OutputArea-output")];
    if (cells.length < count || found === count) return;
    const views = new Set(places().map(viewIn).filter(Boolean));
    found = [...views].filter(isDrawn).length;
    if (found === count) areDrawn(performance.now());
  });
  const start = performance.now();
  jupyterapp.commands.execute("notebook:run-all-cells");
  return (await painted) - start;
}"""


@dataclass(frozen=True)
class Shown:
    """One notebook.

    ms : from the command that runs all cells to the painting that has the last widget.
    bytes : of the notebook with its widgets' state.
    """

    ms: float
    bytes: int


def measure(lab: Lab, code: str) -> Shown:
    """Run and save a notebook in whose kernel this code has run."""
    with lab.page() as notebook:
        notebook.page.set_viewport_size({"width": 1300, "height": TALL})
        notebook.open("many.ipynb", [CELL] * WIDGETS)
        notebook.page.evaluate(source("paintings.js"))
        ask(notebook.page, "None", after=code)
        ms = notebook.page.evaluate(RUN_ALL, WIDGETS)
        notebook.wait_for_kernel()
        notebook.command(SAVE_STATE)
        size = saved_size(notebook, lab)
        notebook.command(SAVE_STATE)
        return Shown(float(ms), size)


def comparisons(rounds: int, beside: Path | None = None) -> list[Comparison]:
    """Both in turn; the one that begins changes each round."""
    once: list[Shown] = []
    each: list[Shown] = []
    other = OTHER.format(folder=str(beside.resolve())) if beside else EACH
    with lab_in_chromium() as lab:
        measure(lab, ONCE)  # what is loaded from the disk is in memory from here on
        for i in range(rounds):
            for code, shown in [(ONCE, once), (other, each)][:: 1 if i % 2 else -1]:
                shown.append(measure(lab, code))
    parts: dict[str, Callable[[Shown], float]] = {
        "run all, s": lambda one: one.ms / 1000,
        "saved with their state, kB": lambda one: one.bytes / 1000,
    }
    return [
        Comparison(
            f"{WIDGETS} widgets, {what}",
            "an earlier build" if beside else "each with its own front end",
            [of(one) for one in once],
            [of(one) for one in each],
            Wanted(more=False, bound=TARGET if beside else 1),
        )
        for what, of in parts.items()
    ]


def text(pairs: list[Comparison]) -> str:
    """What is printed."""
    said = table("Many widgets in one notebook", LIST, [list_row(pair) for pair in pairs])
    return "\n".join([said, *reasons(pairs)])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Twenty widgets in one notebook.")
    parser.add_argument("--quick", action="store_true", help="one round")
    parser.add_argument("--beside", type=Path, help="a checkout with another build")
    options = parser.parse_args()
    print(header("anywidget", "jupyterlab"), "\n", flush=True)
    print(text(comparisons(1 if options.quick else 3, options.beside)))


if __name__ == "__main__":
    main()
