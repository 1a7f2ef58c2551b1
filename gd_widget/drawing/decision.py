"""Yes or no of two features, drawn once: their points, and the line between yes and no.

Both axes are features. js/views/fit/yes-or-no.js draws the same on a page.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gd_widget.core.model import Model
from gd_widget.core.types import Array, Params
from gd_widget.data.points import Sample, TrainingData, evenly_spaced
from gd_widget.drawing.axes import Frame, Range, padded
from gd_widget.drawing.fitted import path
from gd_widget.drawing.look import (
    CROSSES,
    GHOSTS,
    GOAL,
    HOLLOW,
    HOLLOW_CROSSES,
    LINE,
    POINTS,
    Look,
    beside,
)
from gd_widget.drawing.svg import Markup, element, pair

CROSS = "m-3,-3l6,6m0,-6l-6,6"

MOST_POINTS = 500
"""Drawn of the points."""


def is_decision(model: Model, kind: str) -> bool:
    """Whether a model tells yes from no by a line in the plane of its two features.

    kind : of the loss.
    """
    return kind == "cross_entropy" and len(model.features) == 2 and model.intercept is not None


def ranges(points: TrainingData) -> tuple[Range, Range]:
    """What both axes hold: all points, those held back, too."""
    held = [] if points.held is None else [points.held.features]
    features = np.concatenate([points.sample.features, *held])
    (left, bottom), (right, top) = features.min(axis=0).tolist(), features.max(axis=0).tolist()
    return padded(left, right, 0.04), padded(bottom, top, 0.06)


def marks(
    points: TrainingData,
    now: Params,
    frame: Frame,
    others: Sequence[Params],
    earlier: Sequence[Params],
    best: Params | None,
) -> list[Markup]:
    """The points, and the lines of all runs; of the first, earlier ones and where it should end.

    now, others, earlier : the params of the first run, of the other ones, and of the first before.
    """

    def line(params: Params) -> str:
        return decision_line(points.model, params, frame)

    held = [] if points.held is None else _hollow(points.held, frame)
    return [
        element("path", d="".join(map(line, earlier)), **GHOSTS),
        *_yes_and_no(points.sample, frame, POINTS, CROSSES),
        *held,
        *([] if best is None else [element("path", d=line(best), **GOAL)]),
        *(element("path", d=line(one), **LINE | beside(i)) for i, one in enumerate(others)),
        element("path", d=line(now), **LINE),
    ]


def decision_line(model: Model, params: Params, frame: Frame) -> str:
    """Where yes is as probable as no, as a path; empty where that is not in the chart.

    While both features count nothing there is no such line.
    """
    slopes = list(model.coefficients(params))
    score = slopes.pop(model.intercept or 0)
    # Along both axes from 0 to 1.
    right, up = (
        slope * (axis.high - axis.low)
        for slope, axis in zip(slopes, (frame.x, frame.y), strict=True)
    )
    corner = score + slopes[0] * frame.x.low + slopes[1] * frame.y.low
    ends = []
    for side in (0.0, 1.0):
        if up:
            ends.append((side, -(corner + right * side) / up))
        if right:
            ends.append((-(corner + up * side) / right, side))
    seen = sorted(end for end in ends if all(0 <= share <= 1 for share in end))
    if len(seen) < 2:
        return ""
    x1, y1, x2, y2 = (
        axis.low + share * (axis.high - axis.low)
        for end in (seen[0], seen[-1])
        for axis, share in zip((frame.x, frame.y), end, strict=True)
    )
    return path([(x1, y1, x2, y2)], frame)


def _yes_and_no(points: Sample, frame: Frame, dots: Look, crosses: Look) -> list[Markup]:
    """Points of yes as crosses, those of no as dots."""
    some = evenly_spaced(len(points), MOST_POINTS)
    x, y = frame.x.at(points.features[some, 0]), frame.y.at(points.features[some, 1])
    is_yes = points.y[some] == 1

    def drawn(which: Array[np.bool_], mark: str) -> str:
        places = zip(x[which].tolist(), y[which].tolist(), strict=True)
        return "".join(f"M{pair(*place)}{mark}" for place in places)

    return [
        element("path", d=drawn(~is_yes, "h.1"), **dots),
        element("path", d=drawn(is_yes, CROSS), **crosses),
    ]


def _hollow(points: Sample, frame: Frame) -> list[Markup]:
    """Points that are held back: drawn twice, the second time in the colour of paper."""
    looks = zip(HOLLOW, HOLLOW_CROSSES, strict=True)
    return [
        mark
        for dots, crosses in looks
        for mark in _yes_and_no(points, frame, POINTS | dots, CROSSES | crosses)
    ]
