"""All benchmarks in one run, and what they come to: ratios.

python -m benchmarks             about three quarters of an hour, with nothing else running
python -m benchmarks --quick     a few, to see that all of it runs
python -m benchmarks --readme    puts the ratios into README.md, too
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass

from benchmarks import animations, films, first_cell, flipbook, kernel, many_points, site
from benchmarks.lab import chromium_version
from benchmarks.ratios import LIST, Comparison, Wanted, list_row, reasons
from benchmarks.readme import ALL, block, put
from benchmarks.startup import bundle_table, import_table
from benchmarks.table import header, table

PACKAGES = dict.fromkeys(
    [
        *animations.PACKAGES,
        *flipbook.PACKAGES,
        *films.PACKAGES,
        *many_points.PACKAGES,
        *site.PACKAGES,
    ]
)


RECORDS = "every step's row is recorded, and packed for the page; the bare loop forgets it"


@dataclass(frozen=True)
class Lengths:
    """How often, and how long, everything is measured: see the parts' own options."""

    steps: tuple[int, float]
    imports: int
    first_cells: int
    animations: tuple[int, int, int]
    flipbook: int
    many_points: tuple[int, int, int, int]
    site: int


WHOLE = Lengths((7, 0.5), 15, 5, (3, 300, 10), 5, (10_000_000, 3, 1_000_000_000, 2), 15)
QUICK = Lengths((1, 0.1), 1, 1, (1, 60, 3), 1, (1_000_000, 1, 10_000_000, 1), 3)


def training(rates_at: dict[int, kernel.Rates]) -> list[Comparison]:
    """Steps a second in the kernel, beside the lesson's own loop: the least points and the most."""
    return [
        Comparison(
            f'w.step(), {n:,} points, engine="{engine}", 1/s',
            "the bare loop in PyTorch",
            rates[engine],
            rates["bare"],
            Wanted(more=True, bound=bound, why=RECORDS if n == min(rates_at) else ""),
        )
        for engine, bound in (("torch", kernel.TORCH_TARGET), ("numpy", 1))
        for n, rates in (min(rates_at.items()), max(rates_at.items()))
    ]


def part(name: str, *options: str) -> None:
    """Run a part that has tables of its own."""
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=True)


def main() -> None:
    """Measure everything, print it, and write it down where that is asked for."""
    parser = argparse.ArgumentParser(description="All benchmarks in one run.")
    parser.add_argument("--quick", action="store_true", help="short turns, once each")
    parser.add_argument("--readme", action="store_true", help="put the ratios into README.md")
    options = parser.parse_args()
    lengths = QUICK if options.quick else WHOLE

    facts = header(*PACKAGES, Chromium=chromium_version())
    print(facts, "\n", flush=True)
    rates_at = kernel.measured(*lengths.steps)
    print(kernel.text(rates_at))
    print(import_table(lengths.imports))
    print(bundle_table(), flush=True)
    shown = animations.comparisons(*lengths.animations)
    print(animations.text(shown), flush=True)
    others = [animations.first_paint(shown), *first_cell.comparisons(lengths.first_cells)]
    others += training(rates_at)
    others += flipbook.comparisons(lengths.flipbook)
    others += films.comparisons(lengths.flipbook)
    others += many_points.comparisons(*lengths.many_points)
    others += site.comparisons(lengths.site)
    print(table("Ratios", LIST, [list_row(pair) for pair in others]))
    print("\n".join(reasons(others)), flush=True)
    if options.readme:
        put(ALL, block(facts, shown, others))
    part("many_axes", *(["--quick"] if options.quick else []))
    part("landscapes", *(["--quick"] if options.quick else []))
    part("landscapes_played", *(["--quick"] if options.quick else []))
    part("many_widgets", *(["--quick"] if options.quick else []))
    part("kept")
    part("page", *(["--quick"] if options.quick else []))
    part("page", "--quick", "--load", "2")
    part("draw")
    part("playing", *(["--quick"] if options.quick else []))


if __name__ == "__main__":
    main()
