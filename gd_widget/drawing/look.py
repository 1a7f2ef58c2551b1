"""How things look, wherever they are: the colours of js/theme.css, which are Okabe and Ito's.

All of it is said in attributes, for viewers that drop style sheets drop style attributes too.
"""

from __future__ import annotations

from typing import Any

Look = dict[str, Any]
"""Attributes of an element; see svg.element."""

INK, QUIET, GRID, PAPER = "#1f2933", "#5f6b7a", "#e8ebef", "#fff"
DATA, NOW, ERROR, BEST = "#4b5563", "#0072b2", "#d55e00", "#00795a"

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"
SMALL = 11
"""Pixels: the size of what is written in a chart."""

POINTS: Look = {"stroke": DATA, "stroke_width": 5, "stroke_linecap": "round"}
SOME_POINTS: Look = POINTS | {"stroke_width": 3.5}
HOLLOW: tuple[Look, Look] = ({"stroke_width": 6.5}, {"stroke": PAPER, "stroke_width": 3.5})
"""Of points that are held back: drawn twice, the second time in the colour of paper."""
CROSSES: Look = {"fill": "none", "stroke": DATA, "stroke_width": 1.75, "stroke_linecap": "round"}
HOLLOW_CROSSES: tuple[Look, Look] = ({"stroke_width": 4.5}, {"stroke": PAPER, "stroke_width": 2})
RESIDUALS: Look = {"stroke": ERROR, "stroke_opacity": "0.45"}
GHOSTS: Look = {"stroke": NOW, "stroke_width": 1.5, "stroke_opacity": "0.22"}
LINE: Look = {"stroke": NOW, "stroke_width": 2.5}
GOAL: Look = {"fill": "none", "stroke": BEST, "stroke_width": 1.5, "stroke_dasharray": "4 4"}

LEVELS: Look = {"fill": NOW, "fill_opacity": "0.07", "stroke": NOW, "stroke_opacity": "0.25"}
PATH: Look = {"fill": "none", "stroke": NOW, "stroke_width": 2, "stroke_linejoin": "round"}
DOTS: Look = {"stroke": NOW, "stroke_width": 5, "stroke_linecap": "round"}
ARROW: Look = {"fill": ERROR, "stroke": ERROR, "stroke_width": 2, "stroke_linejoin": "round"}
CIRCLE: Look = {"fill": PAPER, "stroke": NOW, "stroke_width": 2.5}
CROSS: Look = {"stroke": BEST, "stroke_width": 2.5}
RUNS = ("#b4508c", "#b07400", INK, "#2f97d3", BEST, ERROR, "#6f8500")
"""The colours of the runs beside the first one."""


def beside(i: int) -> Look:
    """A line of the i-th run beside the first one."""
    return {"stroke": RUNS[i], "stroke_width": 1.5}


OVER: Look = {
    **{"font_size": SMALL, "stroke": PAPER, "stroke_opacity": "0.85", "stroke_width": 4},
    **{"stroke_linejoin": "round", "paint_order": "stroke", "text_anchor": "end"},
}
"""Words over curves."""

HELD_BACK: Look = {"stroke_width": 1.75, "stroke_dasharray": "5 4"}
"""Of the line of a loss, where that is of points that are held back."""


def guesses(i: int) -> Look:
    """Dots of the i-th run, the first of which is 0."""
    return POINTS | {"stroke": (NOW, *RUNS)[i]}


RING: Look = {"fill": "none", "stroke": QUIET, "stroke_width": 1.5}
