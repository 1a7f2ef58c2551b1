"""The fit, drawn once: the points, what is fitted to them, its residuals, and where it was before.

Of a line or a curve it is drawn among the points; of several features, what is predicted of each
point against its y, with the diagonal as the goal. decision.py draws yes or no of two.
js/views/fit/fit.js draws the same on a page.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gd_widget.core.types import Array, FloatArray, Params
from gd_widget.data.points import TrainingData, are_many, evenly_spaced, is_in_a_plane
from gd_widget.drawing import decision
from gd_widget.drawing.axes import Frame, Range, axes, grid, padded
from gd_widget.drawing.density import shades
from gd_widget.drawing.fitted import (
    Drawn,
    YesOrNo,
    across,
    curve,
    cut_to,
    dots,
    drawn_as,
    extent,
    is_wide,
    path,
)
from gd_widget.drawing.look import (
    GHOSTS,
    GOAL,
    HOLLOW,
    LINE,
    POINTS,
    RESIDUALS,
    SOME_POINTS,
    Look,
    beside,
    guesses,
)
from gd_widget.drawing.svg import Markup, element, joined, pair, pixels
from gd_widget.words.say import say

EARLIER = (0, 1, 3, 7, 15, 31, 63)
"""Steps whose lines stay, faintly."""

CLOUDS = 2
"""Of them, where each is as many dots as there are points."""

FAINT: Look = {"stroke_opacity": GHOSTS["stroke_opacity"]}

FARTHEST_FIT = 1.5
"""Heights of the cloud of points that a first fit may be away from it and still be held."""

MOST_POINTS = 500
"""Drawn of the points."""

AMONG_SHADES = 100
"""Drawn of the points where all of them are shades."""


def ranges(
    points: TrainingData, first: Params, now: Params, kind: str = "mse"
) -> tuple[Range, Range]:
    """What both axes hold: the points, and the first fit unless that is far off.

    Of several features, dots that move as training does: those of now, too.

    kind : of the loss.
    """
    if decision.is_decision(points.model, kind):
        return decision.ranges(points)
    model = drawn_as(points.model, kind)
    xs, (low, high) = extent(points)
    reach = FARTHEST_FIT * (high - low or max(1, abs(low)))
    if is_wide(model):
        few, some = points.sample, _some(points)
        said = np.concatenate([dots(few, model, at, some)[1] for at in (first, now)])
    else:
        _, said = curve(model, first, xs)
    ends = np.clip(said, low - reach, high + reach).tolist()
    return padded(*xs, 0.04), padded(min(low, *ends), max(high, *ends), 0.06)


def names(points: TrainingData, x_name: str, y_name: str, kind: str = "mse") -> tuple[str, str]:
    """What both axes are called."""
    if decision.is_decision(points.model, kind):
        first, second = points.model.features
        return first, second
    if is_wide(points.model):
        return y_name, say("{name}, predicted", name=y_name)
    return x_name, y_name


def picture(
    points: TrainingData,
    path: FloatArray,
    frame: Frame,
    x_name: str,
    y_name: str,
    others: Sequence[FloatArray] = (),
    best: Params | None = None,
    kinds: Sequence[str] = (),
) -> Markup:
    """The chart. Nothing of it is outside the frame.

    path : the params from the guess to the step that is shown, shape (n, d); of the first ones,
        which stay faintly, none is left out.
    others : those of the other runs of a race, which are drawn too.
    best : the params of the best curve; None: it is not drawn. Among points, a line has none.
    kinds : of the losses of all runs; none: the mean squared error is that of each.
    """
    drawn = marks(points, path, frame, others, best, kinds)
    kind = kinds[0] if kinds else "mse"
    return joined([background(points, frame, x_name, y_name, kind), drawn])


def background(
    points: TrainingData, frame: Frame, x_name: str, y_name: str, kind: str = "mse"
) -> Markup:
    """What stands still while training moves."""
    shaded = shades(points, frame) if is_in_a_plane(points) and are_many(points) else []
    return joined([grid(frame), *shaded, axes(frame, *names(points, x_name, y_name, kind))])


def marks(
    points: TrainingData,
    path: FloatArray,
    frame: Frame,
    others: Sequence[FloatArray] = (),
    best: Params | None = None,
    kinds: Sequence[str] = (),
) -> Markup:
    """What is fitted, and the points with their residuals; the arguments are those of `picture`."""
    if kinds and decision.is_decision(points.model, kinds[0]):
        now, *lasts = (way[-1].tolist() for way in (path, *others))
        return joined(decision.marks(points, now, frame, lasts, _earlier(path), best))
    models = [drawn_as(points.model, kind) for kind in kinds or ["mse"] * (1 + len(others))]
    ends = [(model, other[-1].tolist()) for model, other in zip(models[1:], others, strict=True)]
    parts = _predicted if is_wide(points.model) else _among_points
    return joined(parts(points, models[0], path, ends, frame, _goals(models[0], frame, best)))


Ended = list[tuple[Drawn, Params]]
"""Of each other run, what is fitted, and the params that it has come to."""


def _among_points(
    points: TrainingData,
    model: Drawn,
    path: FloatArray,
    others: Ended,
    frame: Frame,
    goals: list[Markup],
) -> list[Markup]:
    """A line or a curve of each run, and earlier ones of the first."""
    now = path[-1].tolist()
    earlier = "".join(across(model, params, frame) for params in _earlier(path))
    look = LINE if model.is_line else LINE | {"fill": "none", "stroke_linejoin": "round"}
    return [
        element("path", d=earlier, **(GHOSTS if model.is_line else GHOSTS | {"fill": "none"})),
        *_points(points, model, now, frame, SOME_POINTS if are_many(points) else POINTS),
        *goals,
        *(
            element("path", d=across(other, params, frame), **look | beside(i))
            for i, (other, params) in enumerate(others)
        ),
        element("path", d=across(model, now, frame), **look),
    ]


def _earlier(path: FloatArray) -> list[Params]:
    """The params of some steps before the last one."""
    return [tuple(path[step].tolist()) for step in EARLIER if step < len(path) - 1]


def _goals(model: Drawn, frame: Frame, best: Params | None) -> list[Markup]:
    """What should be come to: of several features the diagonal, of one the best curve."""
    if is_wide(model):
        diagonal = cut_to(frame, (1.0, 0.0))
        return [element("path", d=path([diagonal] if diagonal else [], frame), **GOAL)]
    if model.is_line or best is None:
        return []
    return [element("path", d=across(model, best, frame), **GOAL)]


def _predicted(
    points: TrainingData,
    model: Drawn,
    path: FloatArray,
    others: Ended,
    frame: Frame,
    goals: list[Markup],
) -> list[Markup]:
    """The diagonal, and of each run a dot for each point; two earlier clouds of the first."""
    few, some = points.sample, _some(points)
    looks = [(model, params, guesses(0) | FAINT) for params in _earlier(path)[-CLOUDS:]]
    looks += [(one, params, guesses(i)) for i, (one, params) in enumerate(others, 1)]
    return [
        *goals,
        *(_dots(*dots(few, one, params, some)[:2], frame, look) for one, params, look in looks),
        *_points(points, model, path[-1].tolist(), frame, guesses(0)),
    ]


def _some(points: TrainingData) -> Array[np.intp]:
    """Which of the sample are drawn."""
    is_shaded = are_many(points) and is_in_a_plane(points)
    return evenly_spaced(len(points.sample), AMONG_SHADES if is_shaded else MOST_POINTS)


def _points(
    points: TrainingData, model: Drawn, now: Params, frame: Frame, look: Look
) -> list[Markup]:
    """The residuals, from each dot to where it should be or is met; and on top all dots.

    Of yes or no there are none: the loss is not of how far the probability is from 0 or 1.
    """
    x, y, ends = dots(points.sample, model, now, _some(points))
    dotted = [_dots(x, y, frame, look), *_held_back(points, model, now, frame, look)]
    if isinstance(model, YesOrNo):
        return dotted
    _, _, top, bottom = frame.box
    with np.errstate(over="ignore"):  # a diverging fit is far away
        starts, ends = (np.clip(frame.y.at(values), top, bottom) for values in (y, ends))
    down = [
        f"M{pair(at, start)}V{pixels(end)}"
        for at, start, end in zip(frame.x.at(x), starts, ends, strict=True)
    ]
    return [element("path", d="".join(down), **RESIDUALS), *dotted]


def _held_back(
    points: TrainingData, model: Drawn, now: Params, frame: Frame, look: Look
) -> list[Markup]:
    """Points that are held back: hollow, for what is fitted does not see them."""
    if points.held is None:
        return []
    x, y, _ = dots(points.held, model, now, evenly_spaced(len(points.held), MOST_POINTS))
    return [_dots(x, y, frame, look | part) for part in HOLLOW]


def _dots(x: FloatArray, y: FloatArray, frame: Frame, look: Look) -> Markup:
    """The dots that are in the chart, as lines of almost no length: see pointPath in paths.js."""
    seen = (y >= frame.y.low) & (y <= frame.y.high)
    places = zip(frame.x.at(x[seen]), frame.y.at(y[seen]), strict=True)
    return element("path", d="".join(f"M{pair(*place)}h.1" for place in places), **look)
