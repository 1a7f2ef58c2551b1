"""The bowl from above: level sets of the loss, and the path of training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gd_widget.core.checks import problem
from gd_widget.core.types import FloatArray
from gd_widget.drawing import bowl as chart
from gd_widget.drawing.axes import Frame, Scale
from gd_widget.drawing.ground import Ground, ground_of
from gd_widget.drawing.levels import HOW_MANY, heights
from gd_widget.drawing.look import BEST, NOW
from gd_widget.drawing.relief import relief_of
from gd_widget.figures.following import following
from gd_widget.figures.level_set import level_set
from gd_widget.figures.marks import (
    STILL,
    axes,
    bqplot,
    circles,
    figure,
    fit_into,
    frame_of,
    linear_scales,
    lines,
    name_of_best,
    put,
)
from gd_widget.figures.moment import look_at
from gd_widget.words.names import shown_names
from gd_widget.words.say import say

if TYPE_CHECKING:
    from bqplot import Figure

    from gd_widget.widget import GDWidget

ROOMY = 6
"""An axis so many times longer than needed is taken in; else it keeps still as long as it can."""

AWAY = 20
"""Lengths of the axis; nothing is drawn further away, where a browser's numbers end."""


def surface_figure(w: GDWidget) -> Figure:
    """The bowl from above, and the path of training in it; of a race, each run's.

    Its marks are level sets of the loss, each √10 times as high above the best fit as the one
    inside it; a path for each run, thinned where a run is long; the current place, at the edge
    where it is beyond; the best fit, and its name.

    Of more than two parameters, in the plane of the flattest and the steepest direction.

    Raises ImportError where bqplot is not installed, and ValueError for one parameter: its loss is
    a parabola, which the widget shows.

    >>> from gd_widget import GDWidget
    >>> w = GDWidget(n=100, lr=0.1)
    >>> w.step(50)
    >>> levels, path, here, best, name = surface_figure(w).marks
    >>> (here.x[0], here.y[0]) == (path.x[-1], path.y[-1]) == w.params
    True
    """
    names = w.names
    if len(names) == 1:
        raise problem("surface_figure's widget", "of two parameters or more", names)
    b = bqplot()
    scales = linear_scales(b)
    levels = b.Lines(
        scales=scales,
        colors=[NOW],
        opacities=[0.25] * HOW_MANY,
        stroke_width=1,
        fill="inside",
        fill_colors=[NOW],
        fill_opacities=[0.07] * HOW_MANY,
        **STILL,
    )
    paths = lines(b, len(w.runs), scales)
    here = circles(b, len(paths), scales)
    best = b.Scatter(scales=scales, colors=[BEST], marker="cross", default_size=70, **STILL)
    name = name_of_best(b, scales, x_offset=9, y_offset=-9)
    across, up = axes(b, scales)
    marks = [levels, *paths, here, best, name]
    fig = figure(b, marks, [across, up], legend_location="bottom-right")
    drawn: tuple[Any, ...] = ()
    frame: Frame | None = None

    def draw(w: GDWidget) -> None:
        nonlocal drawn, frame
        now, names = look_at(w), shown_names(w.names)
        ground = ground_of(now.objective, names, now.ways[0].params, now.bowl)
        places = [ground.path_of(way.path) for way in now.ways]
        frame = _kept(frame, frame_of(*chart.ranges(ground, np.concatenate(places), None)))
        if drawn != (w.lang, now.objective, frame):  # else the axes are the reader's, to zoom in
            drawn = w.lang, now.objective, frame
            across.label, up.label = ground.names
            name.text = [say("best fit")]
            fit_into(frame, scales)
            sets = _level_sets(ground, frame)
            put(levels, [x for x, _ in sets], [y for _, y in sets])
            at = np.array(ground.best).reshape(-1, 2)
            put(best, at[:, 0], at[:, 1])
            put(name, at[:1, 0], at[:1, 1])
        best.visible = name.visible = "best" not in w.hide
        for path, way, at in zip(paths, now.ways, places, strict=True):
            put(path, *_near(at, frame, AWAY), labels=[way.name])
        put(here, *_near(np.array([at[-1] for at in places]), frame, 0))

    return following(w, fig, draw)


def _level_sets(ground: Ground, frame: Frame) -> list[tuple[FloatArray, FloatArray]]:
    """Each level set as one line, with gaps where it is in several parts; all are as long.

    bqplot takes no lines of several lengths together: what is NaN is not drawn.
    """
    if ground.bowl is not None:
        return [level_set(ground.bowl, height, frame) for height in heights(ground.bowl, frame)]
    gap = np.full((1, 2), np.nan)
    found = []
    for ringed in relief_of(ground, frame).sets():
        closed = [np.concatenate([ring, ring[:1], gap]) for ring in ringed]
        found.append(np.concatenate(closed or [gap]))
    longest = max(map(len, found), default=0)
    padded = (
        np.pad(one, ((0, longest - len(one)), (0, 0)), constant_values=np.nan) for one in found
    )
    return [(x, y) for x, y in (one.T for one in padded)]


def _kept(frame: Frame | None, wanted: Frame) -> Frame:
    """The frame as it is, but for an axis that has become too short, or far too long."""
    if frame is None:
        return wanted
    return Frame(_kept_axis(frame.x, wanted.x), _kept_axis(frame.y, wanted.y))


def _kept_axis(axis: Scale, wanted: Scale) -> Scale:
    margin = chart.MARGIN / (1 + 2 * chart.MARGIN) * (wanted.high - wanted.low)
    fits = axis.low <= wanted.low + margin and wanted.high - margin <= axis.high
    is_roomy = axis.high - axis.low > ROOMY * (wanted.high - wanted.low)
    return axis if fits and not is_roomy else wanted


def _near(path: FloatArray, frame: Frame, away: float) -> tuple[FloatArray, FloatArray]:
    """The places' x and y, none more than so many lengths of the axis beyond its end."""
    x, y = path.T
    return _clipped(x, frame.x, away), _clipped(y, frame.y, away)


def _clipped(values: FloatArray, axis: Scale, away: float) -> FloatArray:
    room = away * (axis.high - axis.low)
    clipped: FloatArray = np.clip(values, axis.low - room, axis.high + room)
    return clipped
