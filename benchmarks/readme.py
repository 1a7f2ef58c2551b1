"""The parts of README.md that say how fast the package is: written by the benchmarks themselves."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.lab import HERE
from benchmarks.ratios import LIST, Comparison, grid, list_row, markdown, reasons

README = HERE.parent / "README.md"
ALL, FIRST = "<!-- written by the benchmarks -->", "<!-- written by one_screen.py -->"
END = "<!-- until here -->"


def block(facts: str, animations: Sequence[Comparison], others: Sequence[Comparison]) -> str:
    """The tables in Markdown, under what they were measured on; no first one without animations."""
    columns, *rows = grid(animations)
    parts = [
        f"{facts}.",
        markdown(columns, rows) if rows else "",
        markdown(LIST, [list_row(pair) for pair in others]),
        "\\\n".join(reasons([*animations, *others])),
    ]
    return "\n\n".join(part for part in parts if part)


def rewritten(readme: str, begin: str, block: str) -> str:
    """The README with this block between a mark and the end that follows it.

    Raises ValueError where they are not there.
    """
    before, found, rest = readme.partition(begin)
    _, end, after = rest.partition(END)
    if not (found and end):
        raise ValueError(f"README.md must have {begin!r}, and {END!r} after it")
    return f"{before}{begin}\n\n{block}\n\n{END}{after}"


def put(begin: str, block: str) -> None:
    """Write a block into README.md."""
    README.write_text(rewritten(README.read_text(), begin, block))
