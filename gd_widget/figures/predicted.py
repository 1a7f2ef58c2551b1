"""The fit of several features: what is predicted of each point, against its y."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gd_widget.data.points import evenly_spaced
from gd_widget.drawing import fit as chart
from gd_widget.drawing.axes import padded
from gd_widget.drawing.fitted import dots, drawn_as
from gd_widget.drawing.look import BEST, ERROR, PAPER
from gd_widget.figures.following import following
from gd_widget.figures.marks import (
    RUNS,
    STILL,
    axes,
    bqplot,
    down,
    figure,
    fit_into,
    frame_of,
    linear_scales,
    put,
)
from gd_widget.figures.moment import look_at
from gd_widget.words.say import say, translated

if TYPE_CHECKING:
    from bqplot import Figure

    from gd_widget.widget import GDWidget


def predicted_figure(w: GDWidget) -> Figure:
    """What is predicted of each point against its y, at most 500 of them; the goal is the diagonal.

    Its marks are the diagonal; the residuals, one line with gaps, not shown in a race; the points;
    where some are held back, those of the first run, hollow; and in a race a cloud for each other.
    """
    b = bqplot()
    scales = linear_scales(b)
    is_answer = w.runs[0].trainer.told_loss.kind == "cross_entropy"  # which has no residuals
    goal = b.Lines(scales=scales, colors=[BEST], line_style="dashed", stroke_width=1, **STILL)
    residuals = b.Lines(scales=scales, colors=[ERROR], opacities=[0.45], stroke_width=1, **STILL)
    residuals.visible = len(w.runs) == 1 and not is_answer
    clouds = [
        b.Scatter(scales=scales, colors=[color], default_size=20, names=[], **STILL)
        for color, _ in RUNS[: len(w.runs)]
    ]
    look = {"colors": [PAPER], "stroke": RUNS[0][0], "stroke_width": 1.5, "default_size": 24}
    held_back = [b.Scatter(scales=scales, **look, **STILL)] if w.held_back else []
    across, up = axes(b, scales)
    marks = [goal, residuals, clouds[0], *held_back, *clouds[1:]]
    fig = figure(b, marks, [across, up], legend_location="top-left")
    drawn: tuple[Any, ...] = ()
    frame = frame_of((0, 1), (0, 1))

    def draw(w: GDWidget) -> None:
        nonlocal drawn, frame
        now = look_at(w)
        points, kind = now.points, now.ways[0].kind
        fig.title, across.label = translated(w.title), w.y_label
        up.label = say("{name}, predicted", name=w.y_label)
        if drawn != (points, now.guess):  # else the axes are the reader's, to zoom in
            drawn = points, now.guess
            ends = padded(0, 1, 0.06), padded(0, 1, 0.06)
            if kind != "cross_entropy":
                ends = chart.ranges(points, now.guess, now.guess, kind)
            frame = frame_of(*ends)
            fit_into(frame, scales)
            low, high = max(frame.x.low, frame.y.low), min(frame.x.high, frame.y.high)
            put(goal, [low, high], [low, high])
        sides = [(points.sample, mark, way) for mark, way in zip(clouds, now.ways, strict=True)]
        if points.held is not None:
            sides += [(points.held, mark, now.ways[0]) for mark in held_back]
        for some, mark, way in sides:
            which = evenly_spaced(len(some), chart.MOST_POINTS)
            x, y, _ = dots(some, drawn_as(points.model, way.kind), way.params, which)
            y = np.clip(y, frame.y.low, frame.y.high)  # one that runs away is seen at the end
            put(mark, x, y)
            if mark is clouds[0]:
                put(residuals, *down(x, y, x))

    return following(w, fig, draw)
