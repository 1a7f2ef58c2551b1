"""The loss at every step, drawn once: a curve for each run, down to the floor that nothing beats.

js/views/loss draws the same on a page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeGuard

import numpy as np

from gd_widget.core.types import FloatArray
from gd_widget.drawing.axes import LARGEST, Box, Frame, LogScale, Scale, axes, grid
from gd_widget.drawing.look import (
    BEST,
    CIRCLE,
    GOAL,
    HELD_BACK,
    LINE,
    OVER,
    QUIET,
    SMALL,
    Look,
    beside,
)
from gd_widget.drawing.numerals import fixed
from gd_widget.drawing.svg import Markup, element, escaped, joined, pair, width_of
from gd_widget.words.say import say

LOG_FROM = 20
"""A logarithmic scale helps where the loss falls by more than this factor."""

HIGHEST = 1e3
"""Times the first loss: a run that diverges does not flatten the others."""

DECADES = 1e-12
"""Of the first loss: so far the loss of an exact fit, which falls for ever, is followed."""

SMALLEST = 1e-300
EXACT = 1e-9
"""A floor at most this share of the highest loss is none."""

BESIDE, NUMBER = 8, 60
"""Pixels from a curve's place to its name on the left; and at the end, for that of the best fit."""

ABOVE, BELOW, HIGH = -7, 18, 22
"""Pixels from a curve down to its name; which is below it where it is less far from the top."""

SLITS = 150
"""Of a long curve: in each, no more is drawn than where it is lowest and highest."""


def frame_of(losses: Sequence[FloatArray], floor: float, space: Box) -> Frame:
    """The chart of the losses of some runs at steps 0, 1, 2, …; `space` as Frame.within has it.

    losses : that of points held back among them, which may be below the floor.

    A function may be less than zero, where there are no logarithms.
    """
    first = min(max(float(losses[0][0]), SMALLEST), LARGEST)
    low = min(float(each.min()) for each in losses)
    high = max(float(each.max()) for each in losses)
    steps = max(1, *(len(each) - 1 for each in losses))
    if low < 0:
        ends = 1.08 * max(low, -LARGEST), 1.08 * min(max(high, 0), LARGEST)
        return Frame.beside(space, (0, steps), Scale(*ends, space[3], space[2]))
    high = min(max(high, first), (HIGHEST if len(losses) > 1 else 1 / DECADES) * first, LARGEST)
    lowest = max(low, DECADES * first, SMALLEST)
    is_exact = floor <= EXACT * high
    bottom = 10.0 ** math.floor(math.log10(lowest)) if is_exact else min(floor, lowest)
    y: Scale = Scale(0, 1.08 * high, space[3], space[2])
    if high / bottom >= LOG_FROM:
        y = LogScale(0.7 * bottom, 1.3 * high, space[3], space[2])
    return Frame.beside(space, (0, steps), y)


def background(floor: float | None, frame: Frame) -> Markup:
    """What stands still below the curves: the axes, and the loss of the best fit, if it is told."""
    left, right, _, _ = frame.box
    parts = [grid(frame), axes(frame, say("step"), say("loss"))]
    if is_seen(floor, frame):
        parts.append(element("path", d=f"M{pair(left, frame.y.at(floor))}H{right:.1f}", **GOAL))
    return joined(parts)


def name_of_best(floor: float | None, digits: int, frame: Frame) -> Markup:
    """What stands still above them: the name of that line."""
    if not is_seen(floor, frame):
        return Markup("")
    said = say("best fit {loss}", loss=fixed(floor, digits))
    return element(
        "text", escaped(said), x=frame.x.end - 6, y=frame.y.at(floor) - 5, fill=BEST, **OVER
    )


def is_seen(floor: float | None, frame: Frame) -> TypeGuard[float]:
    """Whether there is a line of the best fit."""
    return floor is not None and floor > frame.y.low


def marks(losses: Sequence[FloatArray], frame: Frame) -> Markup:
    """The curves of all runs up to a step, the last of each array, and where each is then."""
    looks = [LINE, *(LINE | beside(i) for i in range(len(losses) - 1))]
    both = reversed(list(zip(losses, looks, strict=True)))
    return joined(_curve(each, look, frame) for each, look in both)


def held_back(losses: FloatArray, frame: Frame) -> Markup:
    """The same of points that are held back: dashed, with its name where it has come to."""
    left, right, top, _ = frame.box
    name = say("held back")
    long, best = width_of(name, SMALL), width_of(say("best fit"), SMALL)
    x, _ = _places(losses, np.array([len(losses) - 1]), frame)[0]
    end = min(max(x - BESIDE, left + long + BESIDE), right - best - NUMBER)
    below = np.searchsorted(frame.x.at(np.arange(len(losses), dtype=float)), end - long / 2)
    _, y = _places(losses, np.array([min(below, len(losses) - 1)]), frame)[0]
    at = y + (BELOW if y - top < HIGH else ABOVE)
    written = element("text", escaped(name), x=end, y=at, fill=QUIET, **OVER)
    return joined([_curve(losses, LINE | HELD_BACK, frame), written])


def _curve(losses: FloatArray, look: Look, frame: Frame) -> Markup:
    places = [pair(*place) for place in _places(losses, _some(losses), frame)]
    path = f"M{' '.join(places)}"
    x, y = _places(losses, np.array([len(losses) - 1]), frame)[0]
    return joined(
        [
            element("path", d=path, **look | {"fill": "none", "stroke_linejoin": "round"}),
            element("circle", cx=x, cy=y, r=4.5, **CIRCLE | {"stroke": look["stroke"]}),
        ]
    )


def _places(losses: FloatArray, steps: FloatArray, frame: Frame) -> FloatArray:
    """Where the losses of some steps are, in pixels; what is beyond the chart, at its edge."""
    values = np.clip(losses[steps.astype(int)], frame.y.low, frame.y.high)
    return np.stack([frame.x.at(steps), frame.y.at(values)], axis=1)


def _some(losses: FloatArray) -> FloatArray:
    """The steps to be drawn: all; of a long curve the lowest and the highest in every slit."""
    n = len(losses)
    if n <= 2 * SLITS:
        return np.arange(n, dtype=float)
    found = [0, n - 1]
    for slit in np.array_split(np.arange(n), SLITS):
        found += [slit[losses[slit].argmin()], slit[losses[slit].argmax()]]
    return np.unique(found).astype(float)
