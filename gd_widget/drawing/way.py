"""The way that training takes, as it is drawn on a surface: a path with its steps, and an arrow.

What is far away is drawn less far, and of many steps those that an eye can tell apart.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from gd_widget.core.types import FloatArray
from gd_widget.drawing.axes import LARGEST, Frame
from gd_widget.drawing.look import ARROW, DOTS, PATH, Look
from gd_widget.drawing.svg import Markup, element, joined, pair, pixels

FAR = 1e4
"""Pixels; nothing is drawn further away, where renderers lose tenths of a pixel."""

MOST_PIECES = 60
"""Pieces that a path is drawn in."""

LONG_STEP = 100
"""Pixels; where a path is thinned, a longer step counts no more than this."""

ARROW_FROM = 14
"""Pixels; the arrow of a shorter step would be hidden by the circle."""


def places_in(places: FloatArray, frame: Frame) -> FloatArray:
    """Where places are, shape (n, 2); what is FAR away stands there, that way."""
    left, right, top, bottom = frame.box
    middle = np.array([left + right, top + bottom]) / 2
    away = np.stack([frame.x.at(places[:, 0]), frame.y.at(places[:, 1])], axis=1) - middle
    away = np.clip(away, -LARGEST, LARGEST)
    distance = np.hypot(away[:, :1], away[:, 1:])
    return middle + away * (FAR / np.maximum(distance, FAR))


def _is_far(way: FloatArray) -> npt.NDArray[np.bool_]:
    far: npt.NDArray[np.bool_] = np.abs(way).max(axis=1) > FAR / 2
    return far


def thinned(way: FloatArray) -> FloatArray:
    """Fewer places: all that matter to the eye, evenly spaced along the way.

    Not evenly in time: most of the way is made in the first few steps. What is far away, and
    so are the places before and after it, is out of the picture.
    """
    near = np.pad(~_is_far(way), 1, constant_values=True)  # the ends stay
    way = way[near[:-2] | near[1:-1] | near[2:]]
    if len(way) <= MOST_PIECES + 1:
        return way
    lengths = np.minimum(np.hypot(*np.diff(way, axis=0).T), LONG_STEP)
    come = np.concatenate([[0.0], np.cumsum(lengths)])
    kept = np.searchsorted(come, np.linspace(0, come[-1], MOST_PIECES))
    thinned: FloatArray = way[np.unique([*kept, len(way) - 1])]
    return thinned


def path_and_steps(way: FloatArray, look: Look | None = None) -> Markup:
    """The way, and a dot for each step: a line of no length with a round end."""
    places = [pair(*place) for place in way]
    line = element("path", d=f"M{' '.join(places)}", **PATH | (look or {}))
    colour = {"stroke": look["stroke"]} if look else {}
    dots = element("path", d="".join(f"M{place}h.1" for place in places), **DOTS | colour)
    return joined([line, dots])


def arrow(ahead: FloatArray) -> Markup:
    """The step to come, shape (2, 2): its tip where the step lands."""
    across, down = ahead[1] - ahead[0]
    length = math.hypot(across, down)
    if not length >= ARROW_FROM or _is_far(ahead).any():  # a step beyond numbers has no length
        return Markup("")
    turned = f"rotate({math.degrees(math.atan2(down, across)):.1f})"
    return element(
        "path",
        d=f"M{pixels(-length)},0H-9M0,0L-9,4.5V-4.5z",
        transform=f"translate({pair(*ahead[1])}) {turned}",
        **ARROW,
    )


def along(way: FloatArray) -> FloatArray:
    """Points all along a way, shape (n, 2): what a name should not cover."""
    share = np.linspace(0, 1, 50)[:, None, None]
    return ((1 - share) * way[:-1] + share * way[1:]).reshape(-1, 2)
