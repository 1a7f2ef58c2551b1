"""The level sets of the bowl, in pixels: exact ellipses, or the strips that long ones look like.

js/views/surface/surface.js draws the same on a page.
"""

from __future__ import annotations

import math

from gd_widget.core.model import in_order
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params
from gd_widget.drawing.axes import LARGEST, Frame
from gd_widget.drawing.look import LEVELS
from gd_widget.drawing.svg import Markup, element, pair, pixels

HOW_MANY = 9
"""Ellipses, each at √10 of the next one's height."""

LONGEST = 1e4
"""Pixels from the middle of an ellipse to its end: longer ones are straight in the picture."""

BEYOND = 5
"""Pixels that a strip reaches out of the chart, so that its ends are not seen."""


def levels(bowl: Quadratic, frame: Frame) -> Markup:
    """The lines of equal loss, one shape for each of some heights above the floor.

    All ellipses are of one shape and about one centre, the best fit: they are drawn upright
    and then turned together. (A circle under a matrix would be as exact, but the matrix would
    stretch its outline too.)
    """
    x, y = frame.x, frame.y
    right, up = bowl.least_squares
    strips, ellipses, turned = [], [], ""
    for height in heights(bowl, frame):
        longer, shorter, degrees = ellipse(bowl, height, frame)
        if longer <= LONGEST:
            ellipses.append(element("ellipse", rx=longer, ry=shorter))
            middle = f"{pixels(x.at(right))} {pixels(y.at(up))}"
            turned = f"translate({middle}) rotate({degrees:.4f})"
        else:
            strips.append(strip(bowl, height, frame))
    shapes = [*strips, element("g", *ellipses, transform=turned)] if ellipses else strips
    return element("g", *shapes, **LEVELS)


def heights(bowl: Quadratic, frame: Frame) -> list[float]:
    """Round heights above the floor, from what the corners of the chart have downwards."""
    above = bowl._replace(floor=0.0)  # not a difference of two losses, which would lose digits
    x, y = frame.x, frame.y
    top = max(above.loss((slope, at)) for slope in (x.low, x.high) for at in (y.low, y.high))
    if not top > 0:  # the square of a tiny number
        return []
    highest = math.floor(2 * math.log10(min(top, LARGEST)))
    return [10 ** ((highest - i) / 2) for i in range(HOW_MANY)]


def ellipse(bowl: Quadratic, height: float, frame: Frame) -> tuple[float, float, float]:
    """The level set's longer half axis, its shorter one, and the longer one's angle.

    In pixels and degrees, clockwise as in SVG. The level set is the unit circle under a matrix
    (see Quadratic.level_set); its half axes are that matrix's singular values. Source: Blinn,
    Consider the lowly 2 × 2 matrix (1996). In a valley, and where numbers end, the longer one is
    infinite.
    """
    steps = bowl.level_set(height)
    if steps is None:
        return math.inf, 0.0, 0.0
    right, up = steps.tolist()
    a, c = (step * frame.x.per_unit for step in right)
    b, d = (step * frame.y.per_unit for step in up)
    # [[a, c], [b, d]]: the sum and the difference of its singular values are these.
    longer = (math.hypot(a + d, b - c) + math.hypot(a - d, b + c)) / 2
    if not 0 < longer < LARGEST:
        return math.inf, 0.0, 0.0
    return (
        longer,
        abs(a * d - b * c) / longer,
        math.degrees(math.atan2(2 * (a * b + c * d), a * a + c * c - b * b - d * d)) / 2,
    )


def strip(bowl: Quadratic, height: float, frame: Frame) -> Markup:
    """The lines of one loss where they are parallels, or as good as: those on both sides.

    They are as far away, along the steepest way, as lets the loss rise by the height. Of a line in
    a valley, every one through (mean_x, mean_y) fits alike, and only what it lacks there counts.
    The strip is drawn along the axis that it goes across.
    """
    left, top = frame.x.start - BEYOND, frame.y.end - BEYOND
    right, bottom = frame.x.end + BEYOND, frame.y.start + BEYOND
    slope, intercept = bowl.least_squares
    x, y = frame.x.at(slope), frame.y.at(intercept)
    (by_right, by_up), distance = _steepest(bowl, height)
    if by_up == 0:
        by_up = by_right / LARGEST
    half = distance / abs(by_up) * abs(frame.y.per_unit)
    slant = -by_right / by_up * (frame.y.per_unit / frame.x.per_unit)
    if abs(slant) <= 1:
        ends = [(at, y + slant * (at - x) + half) for at in (left, right)]
        ends += [(at, y + slant * (at - x) - half) for at in (right, left)]
    else:
        ends = [(x + (at - y - half) / slant, at) for at in (top, bottom)]
        ends += [(x + (at - y + half) / slant, at) for at in (bottom, top)]
    if not all(math.isfinite(number) for end in ends for number in end):
        return Markup("")
    corners = [pair(*(min(max(number, -LONGEST), LONGEST) for number in end)) for end in ends]
    return element("path", d=f"M{' '.join(corners)}z")


def _steepest(bowl: Quadratic, height: float) -> tuple[Params, float]:
    """The steepest way, and how far along it, in its lengths, the loss has risen by the height."""
    if bowl.intercept is not None:
        return in_order(bowl.intercept, bowl.mean_x, 1.0), math.sqrt(height)
    curvatures, axes = bowl.principal_axes
    return tuple(axes[-1].tolist()), math.sqrt(2 * height / curvatures[-1])
