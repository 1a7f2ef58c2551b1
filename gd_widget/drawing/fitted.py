"""What the model says, as it is drawn: a line, a curve, or of several features dots.

js/views/fit/fitted.js does the same on a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from gd_widget.core.losses import sigmoid
from gd_widget.core.model import Model
from gd_widget.core.types import Array, FloatArray, Params, Vector
from gd_widget.data.points import Sample, TrainingData, is_in_a_plane
from gd_widget.drawing.axes import Frame, Range, Scale
from gd_widget.drawing.svg import pair

PIECES = 60
"""Of a curve."""

Ends = tuple[float, float, float, float]
"""Where something straight begins and ends, x and y of both ends."""


class YesOrNo(NamedTuple):
    """A model of yes or no, as it is drawn: how probable yes is."""

    model: Model

    @property
    def is_line(self) -> bool:
        """No: it is a curve."""
        return False

    @property
    def features(self) -> Sequence[str]:
        """What its features are called."""
        return self.model.features

    def predict(self, params: Vector, features: FloatArray) -> FloatArray:
        """How probable yes is, shape (…), at features of shape (…, k)."""
        return sigmoid(self.model.predict(params, features))


Drawn = Model | YesOrNo


def drawn_as(model: Model, kind: str) -> Drawn:
    """The model as it is drawn where it is trained down a loss of some kind."""
    return YesOrNo(model) if kind == "cross_entropy" else model


def is_wide(model: Drawn) -> bool:
    """Whether a picture of the plane has not all there is: then predictions are drawn against y."""
    return len(model.features) > 1


def extent(points: TrainingData) -> tuple[Range, Range]:
    """Where the points are, their x and y; of several features, what is predicted is to be y.

    Those that are held back count.
    """
    held = [] if points.held is None else [points.held]
    if not is_in_a_plane(points):
        ys = _around([_ends(some.y) for some in (points.sample, *held)])
        return ys, ys
    x, y = points.extent
    xs = _around([x, *(_ends(some.features) for some in held)])
    return xs, _around([y, *(_ends(some.y) for some in held)])


def _ends(values: FloatArray) -> Range:
    return float(values.min()), float(values.max())


def _around(ranges: Sequence[Range]) -> Range:
    """The range that holds them all."""
    lows, highs = zip(*ranges, strict=True)
    return min(lows), max(highs)


def dots(
    points: Sample, model: Drawn, params: Vector, some: Array[np.intp]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Where some points stand, across and up, and what they should be at, or be met by, upwards."""
    features, y = points.features[some], points.y[some]
    with np.errstate(over="ignore", invalid="ignore"):
        guesses = np.nan_to_num(model.predict(params, features))
    return (y, guesses, y) if is_wide(model) else (features[:, 0], y, guesses)


def curve(model: Drawn, params: Vector, xs: Range) -> tuple[FloatArray, FloatArray]:
    """Places along what a model of one feature says, x and y; of a line both ends."""
    x = np.linspace(*xs, 2 if model.is_line else PIECES + 1)
    with np.errstate(over="ignore", invalid="ignore"):
        return x, np.nan_to_num(model.predict(params, x[:, None]))


def across(model: Drawn, params: Vector, frame: Frame) -> str:
    """What of that is in the chart, as a path."""
    if model.is_line:
        found = cut_to(frame, (params[0], params[1]))
        return path([found] if found else [], frame)
    x, y = curve(model, params, (frame.x.low, frame.x.high))
    places = list(zip(x.tolist(), y.tolist(), strict=True))
    cut = [_cut(*one, *other, frame.y) for one, other in pairwise(places)]
    return path([piece for piece in cut if piece], frame)


def path(pieces: list[Ends], frame: Frame) -> str:
    """Straight pieces one after the other, those that meet without a gap."""
    said, last = "", ""
    for x1, y1, x2, y2 in pieces:
        start = pair(frame.x.at(x1), frame.y.at(y1))
        end = pair(frame.x.at(x2), frame.y.at(y2))
        said += f" {end}" if start == last else f"M{start} {end}"
        last = end
    return said


def cut_to(frame: Frame, line: Params) -> Ends | None:
    """Where a line begins and ends in the chart; None if it is not in it.

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


def _cut(x1: float, y1: float, x2: float, y2: float, y: Scale) -> Ends | None:
    """What of a piece is neither above the chart nor below it."""
    if max(y1, y2) < y.low or min(y1, y2) > y.high:
        return None
    found: list[float] = []
    for at in (y1, y2):
        cut = min(max(at, y.low), y.high)
        share = (cut - y1) / (y2 - y1) if y2 != y1 else float(len(found) > 0)
        found += [x1 + share * (x2 - x1), cut]
    return found[0], found[1], found[2], found[3]
