"""A level set of the bowl as a line through points: bqplot has no mark for an ellipse.

drawing/levels.py draws the same ones, of the same heights, in SVG, which has one.
"""

from __future__ import annotations

import math

import numpy as np

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import FloatArray
from gd_widget.drawing.axes import Frame

HALF_ROUND = np.linspace(0, math.pi, 37)
"""Angles of its corners: so many that its sides are a thousandth inside at most."""


def level_set(bowl: Quadratic, height: float, frame: Frame) -> tuple[FloatArray, FloatArray]:
    """The two parameters, or places, whose loss is so far above the floor: an outline.

    Of slope and intercept, quadratic.py writes that as cov_x · off² + e² = height, where off is
    the slope's distance from the best one, and e = mean_x · slope + intercept - mean_y. So each
    slope has two intercepts, one above the middle line e = 0 and one below: all that is left is to
    choose the slopes, from the leftmost to the rightmost. Where the set leaves the frame it is cut
    off there, for it may be long beyond numbers.

    >>> from gd_widget.drawing.axes import Scale
    >>> bowl = Quadratic(4, 1, (0.0,), 1.0, ((1.0,),), best_slopes=(2.0,), floor=0.5)
    >>> frame = Frame(Scale(-9, 9, 0, 1), Scale(-9, 9, 0, 1))
    >>> slopes, intercepts = level_set(bowl, 4.0, frame)
    >>> [round(float(end), 3) for at in (slopes, intercepts) for end in (at.min(), at.max())]
    [0.0, 4.0, -1.0, 3.0]
    """
    if bowl.intercept != 1:
        return _of_two_features(bowl, height, frame)
    (mean_x,), ((cov_x,),), (best_slope,) = bowl.mean_x, bowl.cov_x, bowl.best_slopes
    low, high = _slopes(bowl, height, frame)
    slopes = (low + high) / 2 - (high - low) / 2 * np.cos(HALF_ROUND)
    off = slopes - best_slope
    e = np.sqrt(np.maximum(0, height - cov_x * off * off))
    middle = bowl.mean_y - mean_x * slopes
    return (
        np.concatenate([slopes, slopes[::-1], slopes[:1]]),
        np.concatenate([middle + e, (middle - e)[::-1], (middle + e)[:1]]),
    )


def _slopes(bowl: Quadratic, height: float, frame: Frame) -> tuple[float, float]:
    """The least and the largest slope to draw: of the level set, or just outside the frame."""
    beyond = 0.05 * (frame.x.high - frame.x.low)  # where the cut is not seen
    low, high = frame.x.low - beyond, frame.x.high + beyond
    side, (mean_x,), (best_slope,) = math.sqrt(height), bowl.mean_x, bowl.best_slopes
    if mean_x != 0:  # where the middle line is in the frame, or nearly
        edges = [frame.y.low - side, frame.y.high + side]
        ends = sorted((bowl.mean_y - edge) / mean_x for edge in edges)
        low, high = max(low, ends[0]), min(high, ends[1])
    steps = bowl.level_set(height)
    far = math.inf if steps is None else float(steps[0, 0])
    return max(low, best_slope - far), min(high, best_slope + far)


def _of_two_features(bowl: Quadratic, height: float, frame: Frame) -> tuple[FloatArray, FloatArray]:
    """The same of any two parameters, as a · dx² + 2 b · dx · dy + c · dy² = height."""
    (a, b), (_, c) = (np.array(bowl.hessian) / 2).tolist()
    best_x, best_y = bowl.least_squares
    beyond = 0.05 * (frame.x.high - frame.x.low)
    shape = a - b * b / c
    far = math.sqrt(height / shape) if shape > 0 else math.inf
    low, high = max(frame.x.low - beyond, best_x - far), min(frame.x.high + beyond, best_x + far)
    x = (low + high) / 2 - (high - low) / 2 * np.cos(HALF_ROUND)
    e = np.sqrt(np.maximum(0, height - shape * (x - best_x) ** 2) / c)
    middle = best_y - b / c * (x - best_x)
    return (
        np.concatenate([x, x[::-1], x[:1]]),
        np.concatenate([middle + e, (middle - e)[::-1], (middle + e)[:1]]),
    )
