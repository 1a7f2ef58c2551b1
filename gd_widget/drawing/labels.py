"""Names beside what they name, each where it covers nothing, if there is such a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from gd_widget.core.types import FloatArray
from gd_widget.drawing.axes import Box
from gd_widget.drawing.look import SMALL
from gd_widget.drawing.svg import Markup, element, escaped, joined, width_of

BESIDE, ABOVE, BELOW, LEVEL = 9, -9, 17, 4
"""Pixels from a thing to its name: to the side, and down to the name's baseline."""

PART = {"start": 0.0, "middle": 0.5, "end": 1.0}
CLEAR = 3
"""Pixels that are kept free around a name."""

OUTSIDE = 1_000_000
"""Things covered, so to speak, by a name that leaves the chart."""

Place = tuple[int, int, str]
"""Where a name stands: pixels right of the thing and down from it, and which part is there."""


class Label(NamedTuple):
    """A name for what is at (x, y), in pixels.

    is_above : where it stands if it can.
    may_go : whether it is left out where no place is free.
    """

    text: str
    x: float
    y: float
    fill: str
    is_above: bool = False
    may_go: bool = False


def placed(labels: Iterable[Label], things: FloatArray, box: Box) -> Markup:
    """The labels, one after the other, none over another one where that can be.

    things : what should not be covered, as points of shape (n, 2), in pixels.
    box : left, right, top and bottom of the chart.
    """
    written = []
    for label in labels:
        places = _places(label)
        rects = [_rect(label, place, box) for place in places]
        covered = [_covered(rect, things, box) for rect in rects]
        least = min(covered)
        if label.may_go and least > 0:
            continue
        _, down, anchor = places[covered.index(least)]
        rect = rects[covered.index(least)]
        where = {"x": rect[0] + PART[anchor] * (rect[1] - rect[0]), "y": label.y + down}
        text = escaped(label.text)
        written.append(element("text", text, **where, text_anchor=anchor, fill=label.fill))
        things = np.concatenate([things, _raster(rect)])
    return element("g", joined(written), font_size=SMALL)


def _places(label: Label) -> list[Place]:
    first, second = (ABOVE, BELOW) if label.is_above else (BELOW, ABOVE)
    return [
        (BESIDE, first, "start"),
        (BESIDE, second, "start"),
        (-BESIDE, first, "end"),
        (-BESIDE, second, "end"),
        (BESIDE + 4, LEVEL, "start"),
        (-BESIDE - 4, LEVEL, "end"),
        (0, first, "middle"),
        (0, second, "middle"),
    ]


def _rect(label: Label, place: Place, box: Box) -> Box:
    """Where the name would be, about; it is moved aside, not to leave the chart at its sides."""
    right, down, anchor = place
    width = width_of(label.text, SMALL)
    left, baseline = label.x + right - PART[anchor] * width, label.y + down
    left = max(box[0], min(left, box[1] - width))
    return left, left + width, baseline - 0.8 * SMALL, baseline + 0.25 * SMALL


def _covered(rect: Box, things: FloatArray, box: Box) -> int:
    left, right, top, bottom = rect
    if left < box[0] or right > box[1] or top < box[2] or bottom > box[3]:
        return OUTSIDE
    x, y = things.T
    inside = (x > left - CLEAR) & (x < right + CLEAR) & (y > top - CLEAR) & (y < bottom + CLEAR)
    return int(inside.sum())


def _raster(rect: Box) -> FloatArray:
    left, right, top, bottom = rect
    across, down = np.linspace(left, right, 20), np.linspace(top, bottom, 4)
    return np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
