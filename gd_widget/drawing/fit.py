"""The fit, drawn once: the points, the line that is being fitted, its residuals, earlier lines.

js/views/fit/fit.js draws the same on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from gd_widget.core.types import FloatArray, Params
from gd_widget.data.points import Data, are_many, evenly_spaced
from gd_widget.drawing.axes import Frame, Range, axes, grid, padded
from gd_widget.drawing.density import shades
from gd_widget.drawing.look import GHOSTS, LINE, POINTS, RESIDUALS, SOME_POINTS, beside
from gd_widget.drawing.svg import Markup, element, joined, pair, pixels

EARLIER = (0, 1, 3, 7, 15, 31, 63)
"""Steps whose lines stay, faintly."""

FARTHEST_LINE = 1.5
"""Heights of the cloud of points that a first line may be away from it and still be held."""

MOST_POINTS = 500
"""Drawn of the points."""

AMONG_SHADES = 100
"""Drawn of the points where all of them are shades."""


def ranges(points: Data, first: Params) -> tuple[Range, Range]:
    """What the axes hold, of x and of y: the points, and the first line unless that is far off."""
    xs, (low, high) = points.extent
    reach = FARTHEST_LINE * (high - low or max(1, abs(low)))
    slope, intercept = first
    ends = [min(max(slope * x + intercept, low - reach), high + reach) for x in xs]
    return padded(*xs, 0.04), padded(min(low, *ends), max(high, *ends), 0.06)


def picture(
    points: Data,
    path: FloatArray,
    frame: Frame,
    x_name: str,
    y_name: str,
    others: Sequence[FloatArray] = (),
) -> Markup:
    """The chart. Nothing of it is outside the frame.

    path : the params from the guess to the step that is shown, shape (n, 2); of the first ones,
        whose lines stay, none is left out.
    others : those of the other runs of a race, whose lines are drawn too.
    """
    steps = [step for step in EARLIER if step < len(path) - 1]
    *earlier, now = [(slope, intercept) for slope, intercept in path[[*steps, -1]].tolist()]
    return joined(
        [
            grid(frame),
            *(shades(points, frame) if are_many(points) else []),
            axes(frame, x_name, y_name),
            element("path", d=_across(earlier, frame), **GHOSTS),
            *_points(points, now, frame),
            *(
                element("path", d=_across([tuple(other[-1].tolist())], frame), **LINE | beside(i))
                for i, other in enumerate(others)
            ),
            element("path", d=_across([now], frame), **LINE),
        ]
    )


def _points(points: Data, line: Params, frame: Frame) -> list[Markup]:
    """The residuals, from each point to the line; and on top the points, as lines of no length."""
    many, few = are_many(points), points.sample
    of_them = evenly_spaced(len(few), AMONG_SHADES if many else MOST_POINTS)
    xs, ys = few.x[of_them], few.y[of_them]
    slope, intercept = line
    with np.errstate(over="ignore"):
        ends = frame.y.at(slope * xs + intercept)
    _, _, top, bottom = frame.box
    ends = np.clip(ends, top, bottom)  # a diverging line is far away
    places = [pair(x, y) for x, y in zip(frame.x.at(xs), frame.y.at(ys), strict=True)]
    down = [f"M{place}V{pixels(end)}" for place, end in zip(places, ends, strict=True)]
    dots = [f"M{place}h0" for place in places]
    return [
        element("path", d="".join(down), **RESIDUALS),
        element("path", d="".join(dots), **(SOME_POINTS if many else POINTS)),
    ]


def _across(lines: Iterable[Params], frame: Frame) -> str:
    """The parts of the lines that are in the chart, as one path."""
    ends = [cut_to(frame, line) for line in lines]
    return "".join(
        f"M{pair(frame.x.at(x1), frame.y.at(y1))} {pair(frame.x.at(x2), frame.y.at(y2))}"
        for x1, y1, x2, y2 in filter(None, ends)
    )


def cut_to(frame: Frame, line: Params) -> tuple[float, float, float, float] | None:
    """Where a line begins and ends in the chart, x and y of both ends; None if it is not in it.

    In the units of the data: when training diverges, pixels would have no digits left.
    """
    slope, intercept = line
    x, y = frame.x, frame.y
    heights = [slope * end + intercept for end in (x.low, x.high)]
    if max(heights) < y.low or min(heights) > y.high:
        return None
    found = []
    for end, height in zip((x.low, x.high), heights, strict=True):
        cut = min(max(height, y.low), y.high)
        if cut != height:
            end = min(max((cut - intercept) / slope, x.low), x.high)
        found += [end, cut]
    return found[0], found[1], found[2], found[3]
