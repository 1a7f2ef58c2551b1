"""The fit: the points, and the line that is being fitted to them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from gd_widget.core.types import FloatArray
from gd_widget.data.points import evenly_spaced
from gd_widget.drawing import fit as chart
from gd_widget.drawing.axes import Frame
from gd_widget.drawing.look import DATA, ERROR
from gd_widget.figures.following import following
from gd_widget.figures.marks import (
    STILL,
    axes,
    bqplot,
    figure,
    fit_into,
    frame_of,
    linear_scales,
    lines,
    put,
)
from gd_widget.figures.moment import look_at

if TYPE_CHECKING:
    from bqplot import Figure

    from gd_widget.widget import GDWidget


def fit_figure(w: GDWidget) -> Figure:
    """The points, and the line that is being fitted to them; of a race, each run's.

    Its marks are the residuals, one line with gaps, not shown in a race; the points, at most 500
    of them, evenly spaced; and a line for each run.

    Raises ImportError where bqplot is not installed.

    >>> from gd_widget import GDWidget
    >>> residuals, points, line = fit_figure(GDWidget([0, 2], [1, 5], guess=(1, 0))).marks
    >>> points.y.tolist()
    [1.0, 5.0]
    >>> residuals.y.tolist()
    [1.0, 0.0, nan, 5.0, 2.0]
    """
    b = bqplot()
    scales = linear_scales(b)
    residuals = b.Lines(scales=scales, colors=[ERROR], opacities=[0.45], stroke_width=1, **STILL)
    residuals.visible = len(w.runs) == 1
    points = b.Scatter(scales=scales, colors=[DATA], default_size=20, **STILL)
    fits = lines(b, len(w.runs), scales)
    across, up = axes(b, scales)
    fig = figure(b, [residuals, points, *fits], [across, up], legend_location="top-left")
    drawn: tuple[Any, ...] = ()
    frame = frame_of((0, 1), (0, 1))

    def draw(w: GDWidget) -> None:
        nonlocal drawn, frame
        now = look_at(w)
        fig.title, across.label, up.label = w.title, w.x_label, w.y_label
        if drawn != (now.points, now.guess):  # else the axes are the reader's, to zoom in
            drawn = now.points, now.guess
            frame = frame_of(*chart.ranges(now.points, now.guess))
            fit_into(frame, scales)
            few = now.points.sample
            shown = evenly_spaced(len(few), chart.MOST_POINTS)
            put(points, few.x[shown], few.y[shown])
        for line, way in zip(fits, now.ways, strict=True):
            x1, y1, x2, y2 = chart.cut_to(frame, way.params) or _out_of(frame)
            put(line, [x1, x2], [y1, y2], labels=[way.name])
        slope, intercept = now.ways[0].params
        with np.errstate(over="ignore"):
            ends = np.clip(slope * points.x + intercept, frame.y.low, frame.y.high)
        put(residuals, *_down(points.x, points.y, ends))

    return following(w, fig, draw)


def _down(x: FloatArray, y: FloatArray, ends: FloatArray) -> tuple[FloatArray, FloatArray]:
    """One line from each point (x, y) to (x, end), with gaps: what is NaN is not drawn."""
    gaps = np.full(len(x), math.nan)
    return np.repeat(x, 3)[:-1], np.stack([y, ends, gaps], axis=1).ravel()[:-1]


def _out_of(frame: Frame) -> tuple[float, float, float, float]:
    """Ends of a line that is not seen: bqplot has no place for one that is nowhere."""
    above = frame.y.high + (frame.y.high - frame.y.low)
    return frame.x.low, above, frame.x.high, above
