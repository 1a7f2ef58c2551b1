"""What stands above the charts of a picture: its title, the numbers, and the names of the runs."""

from __future__ import annotations

from collections.abc import Sequence

from gd_widget.drawing.look import INK, NOW, QUIET, RUNS, Look
from gd_widget.drawing.svg import Markup, cut, element, escaped, joined, pair, width_of

MARGIN = 16
"""Pixels at both sides."""

TITLE_SIZE, TEXT_SIZE = 15, 13
LEGEND_FROM, LEGEND_SIZE = 110, 12
"""Pixels from the left: beside the number of the step."""

DASH = 14
"""Pixels from where a run's dash begins to its name."""

Said = tuple[str, str]
"""The name of a number, and the number as it is read."""


def title_line(title: str, width: float) -> Markup:
    """The title, cut to a picture so wide."""
    shown = cut(title, width - 2 * MARGIN, TITLE_SIZE, bold=True)
    look: Look = {"fill": INK, "font_size": TITLE_SIZE, "font_weight": "600"}
    return element("text", escaped(shown), x=MARGIN, y=28, **look)


def numbers_line(numbers: Sequence[Said], note: str, width: float) -> Markup:
    """The numbers, in one text, for none to run into the next; and at the end a note."""
    values = []
    for i, (name, value) in enumerate(numbers):
        apart = {"dx": 18} if i else {}
        values.append(element("tspan", escaped(name), fill=QUIET, **apart))
        values.append(escaped(f" {value} "))
    look: Look = {"fill": INK, "font_size": TEXT_SIZE, "y": 50}
    texts = [element("text", *values, x=MARGIN, **look)]
    if note:
        texts.append(element("text", escaped(note), x=width - MARGIN, text_anchor="end", **look))
    return joined(texts)


def legend(names: Sequence[str], width: float) -> Markup:
    """The names of the runs of a race, each after a dash of its colour, four to a line.

    Fewer runs have more room, where they need it.
    """
    space = width - MARGIN - LEGEND_FROM
    longest = max((width_of(name, LEGEND_SIZE) for name in names), default=0)
    column = max(space / 4, min(space / min(len(names) or 1, 4), DASH + longest + 9))
    texts = []
    for i, (name, colour) in enumerate(zip(names, (NOW, *RUNS), strict=False)):
        shown = cut(name, column - DASH - 8, LEGEND_SIZE)
        x, y = LEGEND_FROM + i % 4 * column, 46 + i // 4 * 17
        texts += [
            element("path", d=f"M{pair(x, y - 4)}h{DASH - 4}", stroke=colour, stroke_width=2.5),
            element("text", escaped(shown), x=x + DASH, y=y, fill=INK, font_size=LEGEND_SIZE),
        ]
    return joined(texts)
