"""The fit: the points, and the line or the curve that is being fitted to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gd_widget.core.types import Params
from gd_widget.data.points import evenly_spaced
from gd_widget.drawing import fit as chart
from gd_widget.drawing.axes import Frame
from gd_widget.drawing.fitted import Drawn, curve, cut_to, drawn_as, is_wide
from gd_widget.drawing.look import DATA, ERROR, PAPER
from gd_widget.figures.following import following
from gd_widget.figures.marks import (
    STILL,
    axes,
    bqplot,
    down,
    figure,
    fit_into,
    frame_of,
    linear_scales,
    lines,
    put,
)
from gd_widget.figures.moment import look_at
from gd_widget.figures.predicted import predicted_figure
from gd_widget.words.say import translated

if TYPE_CHECKING:
    from bqplot import Figure

    from gd_widget.widget import GDWidget


def fit_figure(w: GDWidget) -> Figure:
    """The points, and the line that is being fitted to them, or the curve; of a race, each run's.

    Its marks are the residuals, one line with gaps, not shown in a race; the points, at most 500
    of them, evenly spaced; where some are held back, those, hollow; and a line for each run.

    Of several features no line among points shows what is fitted: what is predicted of each point
    is drawn against its y, of cross-entropy how probable a 1 is. The goal is the diagonal, which is
    the first mark then; of a race each run has its own points.

    Raises ImportError where bqplot is not installed.

    >>> from gd_widget import GDWidget
    >>> residuals, points, line = fit_figure(GDWidget([0, 2], [1, 5], guess=(1, 0))).marks
    >>> points.y.tolist()
    [1.0, 5.0]
    >>> residuals.y.tolist()
    [1.0, 0.0, nan, 5.0, 2.0]
    """
    if is_wide(w._session.state.race.first.points.model):
        return predicted_figure(w)
    b = bqplot()
    scales = linear_scales(b)
    residuals = b.Lines(scales=scales, colors=[ERROR], opacities=[0.45], stroke_width=1, **STILL)
    is_answer = w.runs[0].trainer.told_loss.kind == "cross_entropy"  # which has no residuals
    residuals.visible = len(w.runs) == 1 and not is_answer
    points = b.Scatter(scales=scales, colors=[DATA], default_size=20, **STILL)
    look = {"colors": [PAPER], "stroke": DATA, "stroke_width": 1.5, "default_size": 24}
    held_back = [b.Scatter(scales=scales, **look, **STILL)] if w.held_back else []
    fits = lines(b, len(w.runs), scales)
    across, up = axes(b, scales)
    marks = [residuals, points, *held_back, *fits]
    fig = figure(b, marks, [across, up], legend_location="top-left")
    drawn: tuple[Any, ...] = ()
    frame = frame_of((0, 1), (0, 1))

    def draw(w: GDWidget) -> None:
        nonlocal drawn, frame
        now = look_at(w)
        fig.title, across.label, up.label = translated(w.title), w.x_label, w.y_label
        if drawn != (now.points, now.guess):  # else the axes are the reader's, to zoom in
            drawn = now.points, now.guess
            frame = frame_of(*chart.ranges(now.points, now.guess, now.guess, now.ways[0].kind))
            fit_into(frame, scales)
            both = now.points.sample, now.points.held
            for mark, few in zip((points, *held_back), both, strict=False):
                if few is not None:
                    shown = evenly_spaced(len(few), chart.MOST_POINTS)
                    put(mark, few.features[shown, 0], few.y[shown])
        for line, way in zip(fits, now.ways, strict=True):
            model = drawn_as(now.points.model, way.kind)
            put(line, *_seen(model, way.params, frame), labels=[way.name])
        with np.errstate(over="ignore", invalid="ignore"):
            said = np.nan_to_num(now.points.model.predict(now.ways[0].params, points.x[:, None]))
        ends = np.clip(said, frame.y.low, frame.y.high)
        put(residuals, *down(points.x, points.y, ends))

    return following(w, fig, draw)


def _seen(model: Drawn, params: Params, frame: Frame) -> tuple[Any, Any]:
    """The x and y of a line that are in the figure, or of a curve: that is cut off a little beyond.

    One that is not seen is above: bqplot has no place for what is nowhere.
    """
    beyond = frame.y.high - frame.y.low
    if not model.is_line:
        x, y = curve(model, params, (frame.x.low, frame.x.high))
        return x, np.clip(y, frame.y.low - beyond, frame.y.high + beyond)
    above = frame.y.high + beyond
    nowhere = (frame.x.low, above, frame.x.high, above)
    x1, y1, x2, y2 = cut_to(frame, (params[0], params[1])) or nowhere
    return [x1, x2], [y1, y2]
