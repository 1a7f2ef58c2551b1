"""The part of README.md that says how fast the package is: written by the benchmarks themselves."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.ratios import LIST, Comparison, grid, list_row, markdown, reasons

BEGIN, END = "<!-- written by the benchmarks -->", "<!-- until here -->"


def block(facts: str, animations: Sequence[Comparison], others: Sequence[Comparison]) -> str:
    """The tables in Markdown, under what they were measured on."""
    columns, *rows = grid(animations)
    parts = [
        f"{facts}.",
        markdown(columns, rows),
        markdown(LIST, [list_row(pair) for pair in others]),
        "\\\n".join(reasons([*animations, *others])),
    ]
    return "\n\n".join(part for part in parts if part)


def rewritten(readme: str, block: str) -> str:
    """The README with this block between its two marks.

    Raises ValueError where they are not there.
    """
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md must have {BEGIN!r}, and {END!r} after it")
    return f"{before}{BEGIN}\n\n{block}\n\n{END}{after}"
