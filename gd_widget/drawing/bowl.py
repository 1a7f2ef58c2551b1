"""The bowl from above, drawn once: its level sets, the path of training, what stands where.

js/views/surface/surface.js draws the same on a page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gd_widget.core.plane import Place
from gd_widget.core.types import FloatArray
from gd_widget.drawing.axes import LARGEST, Frame, Range, axes, grid, padded
from gd_widget.drawing.ground import Ground
from gd_widget.drawing.labels import Label, placed
from gd_widget.drawing.levels import levels
from gd_widget.drawing.look import (
    ARROW,
    BEST,
    CIRCLE,
    CROSS,
    DOTS,
    PAPER,
    PATH,
    QUIET,
    RING,
    Look,
    beside,
)
from gd_widget.drawing.numerals import rounded
from gd_widget.drawing.parabola import parabola
from gd_widget.drawing.svg import Markup, element, joined, pair, pixels

MARGIN = 0.12
OVERSHOOT = 0.6
"""How far the axes reach beyond the best fit, as a share of the way there from the guess."""

PATH_WITHIN = 5
"""Lengths of the picture, about the best fit: so far the axes hold a path that runs away. On a page
they follow the current place further, for they come back with it; here there is no way back."""

FAR = 1e4
"""Pixels; nothing is drawn further away, where renderers lose tenths of a pixel."""

MOST_PIECES = 60
"""Pieces that a path is drawn in."""

LONG_STEP = 100
"""Pixels; where a path is thinned, a longer step counts no more than this."""

RADIUS = 6
"""Pixels: how large the circle is that marks the current place."""

ARROW_FROM = 14
"""Pixels; the arrow of a shorter step would be hidden by the circle."""


def ranges(ground: Ground, path: FloatArray, truth: Place | None) -> tuple[Range, Range]:
    """What the axes hold: whatever has a name, and the path.

    path : the places from the guess on, shape (n, 2). One that runs away is followed for a while.
    truth : that of the params that the data were made with, None where nobody knows.
    """
    best, guess = np.array(ground.best), path[0]
    with np.errstate(over="ignore"):
        beyond = best + OVERSHOOT * (best - guess)
        if ground.is_parabola:
            beyond[1] = guess[1]  # nothing is below the floor
        named = np.array([best, best if truth is None else truth, guess, beyond])
        low, high = named.min(axis=0), named.max(axis=0)
        length = np.where(high > low, high - low, np.maximum(1, np.abs(low)))
        near = (np.abs(path - best) <= PATH_WITHIN * length).all(axis=1)
    seen = np.concatenate([named, path[near]])
    across, up = zip(seen.min(axis=0).tolist(), seen.max(axis=0).tolist(), strict=True)
    return padded(*across, MARGIN), padded(*up, MARGIN)


def picture(
    ground: Ground,
    path: FloatArray,
    landing: Place | None,
    truth: Place | None,
    frame: Frame,
    paper: tuple[float, float],
    others: Sequence[FloatArray] = (),
) -> Markup:
    """The chart, and a mat that covers all the rest of the paper: to be drawn first.

    path : the places from the guess to the step that is shown, or some of them, shape (n, 2).
    landing : where the step to come leads, which an arrow shows; None: no arrow.
    truth : the place of the params that the data were made with, None where nobody knows.
    paper : width and height of the whole picture, in pixels.
    others : the paths of the other runs of a race.
    """
    way = _thinned(_pixels(path, frame))
    ahead = _pixels(np.array([path[-1], path[-1] if landing is None else landing]), frame)
    best = _pixels(np.array([ground.best]), frame)[0]
    here = _inside(way[-1], best, frame)
    made = _pixels(np.array([truth or ground.best]), frame)[0]
    is_above = best[1] <= made[1]
    named = [Label("best fit", best[0], best[1], BEST, is_above)]
    ring = Markup("")
    if truth is not None:
        ring = element("circle", cx=made[0], cy=made[1], r=3.5, **RING)
        text = f"true ({', '.join(map(rounded, truth))})"
        named.append(Label(text, made[0], made[1], QUIET, not is_above))
    things = [_along(way), _along(ahead), _around(here[0], here[1])]
    things += [_around(name.x, name.y) for name in named]
    if len(path) > 1:
        named.append(Label("guess", way[0, 0], way[0, 1], QUIET, may_go=True))
    return joined(
        [
            parabola(ground.bowl, path[-1, 0], frame)
            if ground.is_parabola
            else levels(ground.bowl, frame),
            grid(frame),
            *(_path(_thinned(_pixels(other, frame)), beside(i)) for i, other in enumerate(others)),
            _path(way),
            _arrow(ahead) if (here == way[-1]).all() else Markup(""),
            _mat(frame, paper),
            axes(frame, *ground.names),
            ring,
            element("circle", cx=here[0], cy=here[1], r=RADIUS, **CIRCLE),
            element("path", d=f"M{pair(best[0] - 5, best[1])}h10m-5,-5v10", **CROSS),
            placed(named, np.concatenate(things), frame.box),
        ]
    )


def _pixels(places: FloatArray, frame: Frame) -> FloatArray:
    """Where places are, shape (n, 2); what is FAR away stands there, that way."""
    left, right, top, bottom = frame.box
    middle = np.array([left + right, top + bottom]) / 2
    away = np.stack([frame.x.at(places[:, 0]), frame.y.at(places[:, 1])], axis=1) - middle
    away = np.clip(away, -LARGEST, LARGEST)
    distance = np.hypot(away[:, :1], away[:, 1:])
    return middle + away * (FAR / np.maximum(distance, FAR))


def _inside(place: FloatArray, best: FloatArray, frame: Frame) -> FloatArray:
    """The place; one beyond the chart is shown at its edge, on the way there from the best fit."""
    left, right, top, bottom = frame.box
    room = RADIUS + 2  # the circle is inside as a whole
    low, high = np.array([left, top]) + room, np.array([right, bottom]) - room
    away = place - best
    moved = away != 0
    share = ((np.where(away > 0, high, low) - best)[moved] / away[moved]).min(initial=1)
    return place if share == 1 else best + share * away


def _is_far(way: FloatArray) -> npt.NDArray[np.bool_]:
    far: npt.NDArray[np.bool_] = np.abs(way).max(axis=1) > FAR / 2
    return far


def _thinned(way: FloatArray) -> FloatArray:
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


def _path(way: FloatArray, look: Look | None = None) -> Markup:
    """The way, and a dot for each step: a line of no length with a round end."""
    places = [pair(*place) for place in way]
    line = element("path", d=f"M{' '.join(places)}", **PATH | (look or {}))
    colour = {"stroke": look["stroke"]} if look else {}
    dots = element("path", d="".join(f"M{place}h0" for place in places), **DOTS | colour)
    return joined([line, dots])


def _arrow(ahead: FloatArray) -> Markup:
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


def _mat(frame: Frame, paper: tuple[float, float]) -> Markup:
    """Paper with a window in it: the inner outline is drawn the other way round."""
    left, right, top, bottom = map(pixels, frame.box)
    width, height = map(pixels, paper)
    window = f"M{left},{top}V{bottom}H{right}V{top}z"
    return element("path", d=f"M0,0H{width}V{height}H0z{window}", fill=PAPER)


def _along(way: FloatArray) -> FloatArray:
    """Points all along a way, shape (n, 2): what a name should not cover."""
    share = np.linspace(0, 1, 50)[:, None, None]
    return ((1 - share) * way[:-1] + share * way[1:]).reshape(-1, 2)


def _around(x: float, y: float) -> FloatArray:
    """Points about a mark, shape (9, 2)."""
    turns = np.linspace(0, 2 * math.pi, 8, endpoint=False)
    ring = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    return (x, y) + (RADIUS + 2) * np.concatenate([ring, [[0, 0]]])
