"""A figure of ours beside another's, from the same run; and tables of such pairs.

A ratio is ours divided by the other's, in each round: shown are medians.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.table import number


@dataclass(frozen=True)
class Wanted:
    """What a ratio should be: more or less than a bound.

    why : where it is not so, the reason.
    """

    more: bool
    bound: float = 1
    why: str = ""

    def __str__(self) -> str:
        return f"{'more' if self.more else 'less'} than {self.bound:g}"

    def met_by(self, ratio: float) -> bool:
        """Whether it is so."""
        return ratio > self.bound if self.more else ratio < self.bound


@dataclass(frozen=True)
class Comparison:
    """What was measured, beside what, and both figures in each round."""

    measured: str
    beside: str
    ours: Sequence[float]
    theirs: Sequence[float]
    wanted: Wanted

    @property
    def ratio(self) -> float:
        """Ours divided by theirs."""
        return median(ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True))

    @property
    def falls_short(self) -> bool:
        """Whether the ratio is not what it should be."""
        return not self.wanted.met_by(self.ratio)


LIST = ["measured", "beside", "GDWidget", "the other", "ratio", "wanted"]


def shown_ratio(comparison: Comparison) -> str:
    """The ratio; a dagger where it falls short."""
    return number(comparison.ratio) + ("†" if comparison.falls_short else "")


def reasons(comparisons: Sequence[Comparison]) -> list[str]:
    """A sentence for each thing measured where a ratio falls short, and has a reason."""
    whys = {pair.measured: pair.wanted.why for pair in comparisons if pair.falls_short}
    return [f"† {measured}: {why}." for measured, why in whys.items() if why]


def list_row(comparison: Comparison) -> list[str]:
    """One comparison as a row of text."""
    return [
        comparison.measured,
        comparison.beside,
        number(median(comparison.ours)),
        number(median(comparison.theirs)),
        shown_ratio(comparison),
        str(comparison.wanted),
    ]


def grid(comparisons: Sequence[Comparison]) -> list[list[str]]:
    """What was measured downwards, beside what across: its column names, then its rows.

    A cell has the ratio and, in brackets, the other's figure.
    """
    others = list(dict.fromkeys(comparison.beside for comparison in comparisons))
    rows: dict[str, list[Comparison]] = {}
    for comparison in comparisons:
        rows.setdefault(comparison.measured, []).append(comparison)
    table = [["measured", "GDWidget", *others, "wanted"]]
    for measured, row in rows.items():
        cells = [f"{shown_ratio(pair)} ({number(median(pair.theirs))})" for pair in row]
        table.append([measured, number(median(row[0].ours)), *cells, str(row[0].wanted)])
    return table


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its cells padded as prettier has them."""
    widths = [max(3, *map(len, column)) for column in zip(columns, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    return "\n".join([line(columns), line(["-" * width for width in widths]), *map(line, rows)])
