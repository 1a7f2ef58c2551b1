"""The bowl from above, drawn once: its level sets, the path of training, what stands where.

js/views/surface/surface.js draws the same on a page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gd_widget.core.plane import Place
from gd_widget.core.types import FloatArray
from gd_widget.drawing.axes import Frame, Range, axes, grid, padded
from gd_widget.drawing.ground import Ground
from gd_widget.drawing.labels import Label, placed
from gd_widget.drawing.levels import levels
from gd_widget.drawing.look import (
    BEST,
    CIRCLE,
    CROSS,
    PAPER,
    QUIET,
    RING,
    beside,
)
from gd_widget.drawing.numerals import rounded
from gd_widget.drawing.parabola import parabola, tangent
from gd_widget.drawing.relief import contours, relief_of
from gd_widget.drawing.svg import Markup, element, joined, pair, pixels
from gd_widget.drawing.way import along, arrow, path_and_steps, places_in, thinned
from gd_widget.words.say import list_mark, say

MARGIN = 0.12
OVERSHOOT = 0.6
"""How far the axes reach beyond the best fit, as a share of the way there from the guess."""

PATH_WITHIN = 5
"""Lengths of the picture, about the best fit: so far the axes hold a path that runs away. On a page
they follow the current place further, for they come back with it; here there is no way back."""

RADIUS = 6
"""Pixels: how large the circle is that marks the current place."""


def ranges(ground: Ground, path: FloatArray, truth: Place | None) -> tuple[Range, Range]:
    """What the axes hold: whatever has a name, and the path.

    path : the places from the guess on, shape (n, 2). One that runs away is followed for a while.
    truth : that of the params that the data were made with, None where nobody knows.
    """
    guess = path[0]
    best = np.array([*ground.best, ground.about or guess][0])
    with np.errstate(over="ignore"):
        beyond = best + OVERSHOOT * (best - guess)
        if ground.is_curve:
            beyond[1] = guess[1]  # nothing is below the floor
        named = np.array([best, best if truth is None else truth, guess, beyond])
        if ground.frame:
            named = np.array(ground.frame).T
        low, high = named.min(axis=0), named.max(axis=0)
        length = np.where(high > low, high - low, np.maximum(1, np.abs(low)))
        near = (np.abs(path - best) <= PATH_WITHIN * length).all(axis=1)
    seen = np.concatenate([named, path[near]])
    (left, bottom), (right, top) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
    across = padded(left, right, MARGIN)
    more = max(0, ground.upright * (across[1] - across[0]) - (top - bottom)) / 2
    return across, padded(bottom - more, top + more, MARGIN)


def picture(
    ground: Ground,
    path: FloatArray,
    landing: Place | None,
    truth: Place | None,
    frame: Frame,
    paper: tuple[float, float],
    others: Sequence[FloatArray] = (),
    shows_best: bool = True,
) -> Markup:
    """The chart, and a mat that covers all the rest of the paper: to be drawn first.

    path : the places from the guess to the step that is shown, or some of them, shape (n, 2).
    landing : where the step to come leads, which an arrow shows; None: no arrow.
    truth : the place of the params that the data were made with, None where nobody knows.
    paper : width and height of the whole picture, in pixels.
    others : the paths of the other runs of a race.
    shows_best : whether the best fit has its mark and its name.
    """
    return joined(
        [
            landscape(ground, frame),
            movement(ground, path, landing, frame, others),
            _mat(frame, paper),
            axes(frame, *ground.names),
            here(ground, path, frame),
            names(ground, path, landing, truth, frame, shows_best),
        ]
    )


def landscape(ground: Ground, frame: Frame) -> Markup:
    """The loss from above, or its parabola. Some of it is outside the frame."""
    if ground.is_curve:
        drawn = parabola(ground.objective, frame)
    elif ground.bowl is not None:
        drawn = levels(ground.bowl, frame)
    else:
        drawn = contours(relief_of(ground, frame), frame)
    return joined([drawn, grid(frame)])


def movement(
    ground: Ground,
    path: FloatArray,
    landing: Place | None,
    frame: Frame,
    others: Sequence[FloatArray] = (),
) -> Markup:
    """The paths, and the step to come, as `picture` has them. Some of it is outside the frame."""
    way, ahead = thinned(places_in(path, frame)), _ahead(path, landing, frame)
    is_in_sight = (_here(ground, path, frame) == way[-1]).all()
    return joined(
        [
            tangent(ground.objective, path[-1, 0], frame) if ground.is_curve else Markup(""),
            *(
                path_and_steps(thinned(places_in(other, frame)), beside(i))
                for i, other in enumerate(others)
            ),
            path_and_steps(way),
            arrow(ahead) if is_in_sight else Markup(""),
        ]
    )


def here(ground: Ground, path: FloatArray, frame: Frame) -> Markup:
    """The circle that marks the current place, the last of the path."""
    x, y = _here(ground, path, frame)
    return element("circle", cx=x, cy=y, r=RADIUS, **CIRCLE)


def names(
    ground: Ground,
    path: FloatArray,
    landing: Place | None,
    truth: Place | None,
    frame: Frame,
    shows_best: bool = True,
) -> Markup:
    """The best fit, the truth and the guess, marked and named where nothing is covered."""
    way = thinned(places_in(path, frame))
    best = (
        places_in(np.array(ground.best).reshape(-1, 2), frame) if shows_best else np.empty((0, 2))
    )
    made = places_in(np.array([] if truth is None else [truth]).reshape(-1, 2), frame)
    is_above = all(at <= other for at in best[:, 1] for other in made[:, 1])
    called = say("best fit") if ground.frame is None else say("minimum")
    named = [Label(called, x, y, BEST, is_above) for x, y in best]
    if truth is not None:
        text = say("true ({params})", params=list_mark().join(map(rounded, truth)))
        named.append(Label(text, made[0, 0], made[0, 1], QUIET, not is_above))
    things = [along(way), along(_ahead(path, landing, frame))]
    things += [_around(x, y) for x, y in [_here(ground, path, frame), *best, *made]]
    if len(path) > 1:
        named.append(Label(say("guess"), way[0, 0], way[0, 1], QUIET, may_go=True))
    marks = [element("circle", cx=x, cy=y, r=3.5, **RING) for x, y in made]
    marks += [element("path", d=f"M{pair(x - 5, y)}h10m-5,-5v10", **CROSS) for x, y in best]
    return joined([*marks, placed(named, np.concatenate(things), frame.box)])


def _ahead(path: FloatArray, landing: Place | None, frame: Frame) -> FloatArray:
    """The step to come, from the current place to where it leads; no step has no length."""
    return places_in(np.array([path[-1], path[-1] if landing is None else landing]), frame)


def _here(ground: Ground, path: FloatArray, frame: Frame) -> FloatArray:
    """Where the current place is shown: within the frame."""
    (now,) = places_in(path[-1:], frame)
    left, right, top, bottom = frame.box
    middle = np.array([left + right, top + bottom]) / 2
    best = places_in(np.array(ground.best[:1]), frame)[0] if ground.best else middle
    return _inside(now, best, frame)


def _inside(place: FloatArray, best: FloatArray, frame: Frame) -> FloatArray:
    """The place; one beyond the chart is shown at its edge, on the way there from the best fit."""
    left, right, top, bottom = frame.box
    room = RADIUS + 2  # the circle is inside as a whole
    low, high = np.array([left, top]) + room, np.array([right, bottom]) - room
    away = place - best
    moved = away != 0
    share = ((np.where(away > 0, high, low) - best)[moved] / away[moved]).min(initial=1)
    return place if share == 1 else best + share * away


def _mat(frame: Frame, paper: tuple[float, float]) -> Markup:
    """Paper with a window in it: the inner outline is drawn the other way round."""
    left, right, top, bottom = map(pixels, frame.box)
    width, height = map(pixels, paper)
    window = f"M{left},{top}V{bottom}H{right}V{top}z"
    return element("path", d=f"M0,0H{width}V{height}H0z{window}", fill=PAPER)


def _around(x: float, y: float) -> FloatArray:
    """Points about a mark, shape (9, 2)."""
    turns = np.linspace(0, 2 * math.pi, 8, endpoint=False)
    ring = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    return (x, y) + (RADIUS + 2) * np.concatenate([ring, [[0, 0]]])
