"""The loss at every step, on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gd_widget.core.types import FloatArray
from gd_widget.drawing.axes import LARGEST, Range
from gd_widget.drawing.look import BEST, NOW, QUIET
from gd_widget.figures.following import following
from gd_widget.figures.marks import (
    EXACT,
    STILL,
    axes,
    bqplot,
    circles,
    figure,
    limit,
    lines,
    name,
    name_of_best,
    put,
)
from gd_widget.figures.moment import look_at
from gd_widget.words.say import say

if TYPE_CHECKING:
    from bqplot import Figure

    from gd_widget.widget import GDWidget

LONG_ENOUGH = 100
"""Steps on the axis where the widget plays until it has converged."""

PERFECT = 1e-9
"""A floor at most this share of the highest loss is none: the fit is perfect."""

DECADES = 12
"""Powers of ten below the first loss: so far the loss of a perfect fit is followed."""

SMALLEST = 1e-300
"""A loss below it is no loss: the axis needs numbers below it, too."""


def loss_figure(w: GDWidget) -> Figure:
    """The loss at every step up to the current one, on a logarithmic axis; of a race, each run's.

    Its marks are the loss of the best fit, and its name; a curve for each run, thinned where a
    run is long; where points are held back, the first run's loss on those, dashed, and its name;
    and the current step. What is beyond the axis is drawn at its end.

    Raises ImportError where bqplot is not installed.

    >>> from gd_widget import GDWidget
    >>> w = GDWidget(lr=[0.1, 0.5])
    >>> w.step(9)
    >>> best, name, slow, fast, here = loss_figure(w).marks
    >>> slow.labels, fast.labels, here.x.tolist()
    (['0.1'], ['0.5'], [9, 9])
    """
    b = bqplot()
    x, y = b.LinearScale(**EXACT), b.LogScale(**EXACT)
    scales = {"x": x, "y": y}
    best = b.Lines(scales=scales, colors=[BEST], line_style="dashed", stroke_width=1, **STILL)
    best_name = name_of_best(b, scales, align="end", y_offset=-7)
    curves = lines(b, len(w.runs), scales)
    held_back = []
    if w.held_back:
        dashed = b.Lines(
            scales=scales, colors=[NOW], line_style="dashed", stroke_width=1.75, **STILL
        )
        held_back = [dashed, name(b, scales, QUIET, y_offset=-7)]
    here = circles(b, len(curves), scales)
    across, up = axes(b, scales)
    fig = figure(b, [best, best_name, *curves, *held_back, here], [across, up])
    drawn: tuple[Any, ...] = ()

    def draw(w: GDWidget) -> None:
        nonlocal drawn
        now = look_at(w)
        to_play = LONG_ENOUGH if w.n_epochs is None else w.n_epochs * now.per_epoch
        end = round_end(max(now.n_rows - 1, to_play))
        floor = now.objective.floor or 0.0  # as good as none where it is not known
        losses = [way.losses for way in now.ways]
        held = [] if now.held_back is None else [now.held_back]
        low, high = loss_range(floor, [*losses, *held])
        if drawn != (w.lang, end, low, high):  # else the axes are the reader's, to zoom in
            drawn = w.lang, end, low, high
            across.label, up.label, best_name.text = say("step"), say("loss"), [say("best fit")]
            limit(x, 0, end)
            limit(y, low, high)
        for curve, way in zip(curves, now.ways, strict=True):
            put(curve, way.steps, np.clip(way.losses, low, high), labels=[way.name])
        for values in held if held_back else []:
            dashed, its_name = held_back
            put(dashed, now.ways[0].steps, np.clip(values, low, high))
            # On the side where there is room for it.
            align, aside = ("start", 8) if dashed.x[-1] < end / 4 else ("end", -8)
            where = {"align": align, "x_offset": aside, "text": [say("held back")]}
            put(its_name, dashed.x[-1:], dashed.y[-1:], **where)
        put(here, [curve.x[-1] for curve in curves], [curve.y[-1] for curve in curves])
        best_name.visible = best.visible = floor > low and "best" not in w.hide
        least = max(floor, low)
        put(best, [0, end], [least, least])
        put(best_name, [end], [least])

    return following(w, fig, draw)


def round_end(steps: int) -> int:
    """The end of the axis of the steps: it moves seldom, and far.

    >>> [round_end(steps) for steps in (1, 100, 101, 499, 501)]
    [1, 100, 200, 500, 1000]
    """
    power = int(10 ** (len(str(steps)) - 1))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= steps)


def loss_range(floor: float, losses: Sequence[FloatArray]) -> Range:
    """The axis of the loss, from the floor to the highest loss there was.

    losses : of every run, from row 0 on, and of points held back. Where the fit is perfect they may
        fall for ever.

    >>> loss_range(1.0, [np.array([10.0, 4.0, 2.0])])
    (0.7, 13.0)
    >>> low, high = loss_range(0.0, [np.array([10.0, 1e-30])])
    >>> f"{low:.1e}"
    '7.0e-12'
    """
    seen = np.concatenate(losses)
    first, high = float(seen[0]), float(seen.max())
    if high < SMALLEST:
        return 0.1, 1.0
    lowest = max(float(seen.min()), 10**-DECADES * first, SMALLEST)
    is_perfect = floor <= PERFECT * high
    bottom = 10.0 ** math.floor(math.log10(lowest)) if is_perfect else min(floor, lowest)
    # Rounded up to a power of ten, so that a loss that climbs seldom moves the axis.
    top = 1.3 * first if high <= first else 10.0 ** math.ceil(math.log10(min(high, LARGEST)))
    return 0.7 * bottom, top
