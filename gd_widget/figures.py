"""bqplot figures that follow a widget, to lay out a dashboard of one's own with ipywidgets.

They are an extra, pip install "gd-widget[bqplot]"; notebooks/dashboard.ipynb shows them in use.
The colours and shapes are those of the widget, whose drawing the package `drawing` has too.

>>> from gd_widget import GDWidget
>>> from gd_widget.figures import loss_figure
>>> w = GDWidget(n=100, lr=0.1)
>>> figure = loss_figure(w)
>>> w.step(20)
>>> best, name, curve, here = figure.marks
>>> len(curve.y)
21
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import ref

import numpy as np
import numpy.typing as npt

from gd_widget.data import FloatArray, Params, Points
from gd_widget.drawing import bowl as chart_of_bowl
from gd_widget.drawing import fit as chart_of_fit
from gd_widget.drawing.axes import LARGEST, Frame, Range, Scale
from gd_widget.drawing.levels import HOW_MANY, heights
from gd_widget.drawing.look import BEST, DATA, ERROR, GRID, INK, NOW, PAPER, SMALL
from gd_widget.outbox import Outbox
from gd_widget.quadratic import Quadratic

if TYPE_CHECKING:
    from bqplot import Figure

    from gd_widget.widget import GDWidget

WATCHED = (
    "n_steps",
    "slope",
    "intercept",
    "loss",
    "optimizer",
    "lr",
    "batch_size",
    "n_epochs",
    "title",
    "x_label",
    "y_label",
)
"""The traits of a widget that say when a figure is no longer true."""

MOST_STEPS = 500
"""Drawn of each run: what is sent does not grow with the history."""

FIRST_STEPS = 200
"""Of them, those drawn without a gap: most of the way is made in the first few steps."""

LONG_ENOUGH = 100
"""Steps on the axis of the loss where the widget plays until it has converged."""

RUNS = (
    (NOW, "solid"),
    ("#b4508c", "dashed"),
    ("#b07400", "dotted"),
    (INK, "dash_dotted"),
    ("#2f97d3", "dashed"),
    (BEST, "dash_dotted"),
    (ERROR, "dashed"),
    ("#857c00", "dotted"),
)
"""Colour and dashes of each run of a race; the colours are the ones of js/theme.css."""

ROOMY = 6
"""An axis so many times longer than needed is taken in; else it keeps still as long as it can."""

AWAY = 20
"""Lengths of the axis; nothing is drawn further away, where a browser's numbers end."""

SMALLEST = 1e-300
"""A loss below it is no loss: the axis needs numbers below it, too."""

HALF_ROUND = np.linspace(0, math.pi, 37)
"""Angles of a level set's corners, so many that its sides are a thousandth inside at most."""


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
    b = _bqplot()
    x, y = b.LinearScale(**EXACT), b.LinearScale(**EXACT)
    scales = {"x": x, "y": y}
    lines = _lines(b, len(w.runs), scales)
    points = b.Scatter(scales=scales, colors=[DATA], default_size=20, **STILL)
    residuals = b.Lines(scales=scales, colors=[ERROR], opacities=[0.45], stroke_width=1, **STILL)
    residuals.visible = len(lines) == 1
    across, up = _axes(b, scales)
    figure = _figure(b, [residuals, points, *lines], [across, up], legend_location="top-left")
    drawn: tuple[Any, ...] = ()
    frame = _frame((0, 1), (0, 1))

    def draw(w: GDWidget) -> None:
        nonlocal drawn, frame
        now = _look_at(w)
        figure.title, across.label, up.label = w.title, w.x_label, w.y_label
        if drawn != (now.points, now.guess):
            drawn = now.points, now.guess
            frame = _frame(*chart_of_fit.ranges(now.points, now.guess))
            _limit(x, frame.x.low, frame.x.high)
            _limit(y, frame.y.low, frame.y.high)
            n = len(now.points)
            most = min(n, chart_of_fit.MOST_POINTS)
            shown = np.arange(most) * n // most
            _put(points, now.points.x[shown], now.points.y[shown])
        for line, run in zip(lines, now.runs, strict=True):
            x1, y1, x2, y2 = chart_of_fit.cut_to(frame, run.params) or _out_of(frame)
            _put(line, [x1, x2], [y1, y2], labels=[run.name])
        slope, intercept = now.runs[0].params
        with np.errstate(over="ignore"):
            ends = np.clip(slope * points.x + intercept, frame.y.low, frame.y.high)
        gaps = np.full(len(ends), math.nan)
        down = np.stack([points.y, ends, gaps], axis=1)
        _put(residuals, np.repeat(points.x, 3)[:-1], down.ravel()[:-1])

    return _following(w, figure, draw)


def loss_figure(w: GDWidget) -> Figure:
    """The loss at every step up to the current one, on a logarithmic axis; of a race, each run's.

    Its marks are the loss of the best fit, and its name; a curve for each run, thinned where a
    run is long; and the current step. What is beyond the axis is drawn at its end.

    Raises ImportError where bqplot is not installed.

    >>> from gd_widget import GDWidget
    >>> w = GDWidget(lr=[0.1, 0.5])
    >>> w.step(9)
    >>> best, name, slow, fast, here = loss_figure(w).marks
    >>> slow.labels, fast.labels, here.x.tolist()
    (['0.1'], ['0.5'], [9, 9])
    """
    b = _bqplot()
    x, y = b.LinearScale(**EXACT), b.LogScale(**EXACT)
    scales = {"x": x, "y": y}
    best = b.Lines(scales=scales, colors=[BEST], line_style="dashed", stroke_width=1, **STILL)
    name = _name_of_best(b, scales, align="end", y_offset=-7)
    curves = _lines(b, len(w.runs), scales)
    here = _circles(b, len(curves), scales)
    axes = _axes(b, scales, "step", "loss")
    figure = _figure(b, [best, name, *curves, here], axes)
    drawn: tuple[float, ...] = ()

    def draw(w: GDWidget) -> None:
        nonlocal drawn
        now = _look_at(w)
        to_play = LONG_ENOUGH if w.n_epochs is None else w.n_epochs * now.per_epoch
        end = round_end(max(now.n_rows - 1, to_play))
        low, high = loss_range(now.bowl.floor, [run.losses for run in now.runs])
        if drawn != (end, low, high):  # else the axes are the reader's, to zoom in
            drawn = end, low, high
            _limit(x, 0, end)
            _limit(y, low, high)
        for curve, run in zip(curves, now.runs, strict=True):
            _put(curve, run.steps, np.clip(run.losses, low, high), labels=[run.name])
        _put(here, [curve.x[-1] for curve in curves], [curve.y[-1] for curve in curves])
        name.visible = best.visible = now.bowl.floor > low
        least = max(now.bowl.floor, low)
        _put(best, [0, end], [least, least])
        _put(name, [end], [least])

    return _following(w, figure, draw)


def surface_figure(w: GDWidget) -> Figure:
    """The bowl from above, and the path of training in it; of a race, each run's.

    Its marks are level sets of the loss, each √10 times as high above the best fit as the one
    inside it; a path for each run, thinned where a run is long; the current place, at the edge
    where it is beyond; the best fit, and its name.

    Raises ImportError where bqplot is not installed.

    >>> from gd_widget import GDWidget
    >>> w = GDWidget(n=100, lr=0.1)
    >>> w.step(50)
    >>> levels, path, here, best, name = surface_figure(w).marks
    >>> (here.x[0], here.y[0]) == (path.x[-1], path.y[-1]) == w.params
    True
    """
    b = _bqplot()
    x, y = b.LinearScale(**EXACT), b.LinearScale(**EXACT)
    scales = {"x": x, "y": y}
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
    paths = _lines(b, len(w.runs), scales)
    here = _circles(b, len(paths), scales)
    best = b.Scatter(scales=scales, colors=[BEST], marker="cross", default_size=70, **STILL)
    name = _name_of_best(b, scales, x_offset=9, y_offset=-9)
    axes = _axes(b, scales, "slope", "intercept")
    figure = _figure(b, [levels, *paths, here, best, name], axes, legend_location="bottom-right")
    drawn: tuple[Any, ...] = ()
    frame: Frame | None = None

    def draw(w: GDWidget) -> None:
        nonlocal drawn, frame
        now = _look_at(w)
        rows = np.concatenate([run.rows for run in now.runs])
        frame = kept(frame, _frame(*chart_of_bowl.ranges(now.bowl, rows, None)))
        if drawn != (now.bowl, frame):
            drawn = now.bowl, frame
            _limit(x, frame.x.low, frame.x.high)
            _limit(y, frame.y.low, frame.y.high)
            corners = [level_set(now.bowl, height, frame) for height in heights(now.bowl, frame)]
            _put(levels, [xs for xs, _ in corners], [ys for _, ys in corners])
            slope, intercept = now.bowl.least_squares
            _put(best, [slope], [intercept])
            _put(name, [slope], [intercept])
        for path, run in zip(paths, now.runs, strict=True):
            _put(path, *_near(run.rows, frame, AWAY), labels=[run.name])
        _put(here, *_near(np.array([run.rows[-1] for run in now.runs]), frame, 0))

    return _following(w, figure, draw)


# ------------------------------------------------------------------- what is drawn


class _Way(NamedTuple):
    """A run up to its current step; of a long one, some of its steps."""

    name: str
    steps: npt.NDArray[np.intp]
    rows: FloatArray  # of the table, shape (len(steps), 6)

    @property
    def params(self) -> Params:
        slope, intercept = self.rows[-1, :2].tolist()
        return slope, intercept

    @property
    def losses(self) -> FloatArray:
        return self.rows[:, 2]


class _Now(NamedTuple):
    """All of a widget that figures draw, at one moment."""

    points: Points
    bowl: Quadratic
    guess: Params
    runs: list[_Way]
    n_rows: int
    per_epoch: int


def _look_at(w: GDWidget) -> _Now:
    with w._session.lock:  # another thread may be training
        race = w._session.race
        ways = []
        for run, trainer in zip(race.runs, race.trainers, strict=True):
            steps = thinned(run.n_steps)
            ways.append(_Way(run.name, steps, trainer.table.rows_at(steps)))
        first = race.first
        slope, intercept = ways[0].rows[0, :2].tolist()
        return _Now(
            first.points, first.bowl, (slope, intercept), ways, race.n_rows, first.per_epoch
        )


def thinned(n_steps: int) -> npt.NDArray[np.intp]:
    """The steps to draw of 0 to n_steps, both among them: at most MOST_STEPS.

    The first ones all, later ones evenly. Which ones they are changes only when there are twice as
    many, so that what is drawn already keeps still.

    >>> thinned(10_000)[[0, 1, 199, 200, 201, -2, -1]].tolist()
    [0, 1, 199, 256, 320, 9984, 10000]
    """
    if n_steps < MOST_STEPS:
        return np.arange(n_steps + 1)
    every = 2
    while FIRST_STEPS + n_steps // every + 2 > MOST_STEPS:
        every *= 2
    evenly = np.arange(0, n_steps, every)
    return np.unique(np.concatenate([np.arange(FIRST_STEPS), evenly, [n_steps]]))


def round_end(steps: int) -> int:
    """The end of the axis of the steps: it moves seldom, and far.

    >>> [round_end(steps) for steps in (1, 100, 101, 499, 501)]
    [1, 100, 200, 500, 1000]
    """
    power = int(10 ** (len(str(steps)) - 1))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= steps)


def loss_range(floor: float, losses: Sequence[FloatArray]) -> Range:
    """The logarithmic axis of the loss, from the floor to the highest loss there was.

    losses : of every run, from row 0 on. Of a perfect fit the floor is zero, and the loss may fall
        for ever: twelve powers of ten are seen.
    """
    seen = np.concatenate(losses)
    first, high = float(seen[0]), float(seen.max())
    if high < SMALLEST:
        return 0.1, 1.0
    bottom = floor
    if floor <= 1e-9 * high:
        lowest = max(float(seen.min()), 1e-12 * first, SMALLEST)
        bottom = 10.0 ** math.floor(math.log10(lowest))
    # Rounded up to a power of ten, so that a loss that climbs seldom moves the axis.
    top = 1.3 * first if high <= first else 10.0 ** math.ceil(math.log10(min(high, LARGEST)))
    return 0.7 * bottom, top


def level_set(bowl: Quadratic, height: float, frame: Frame) -> tuple[FloatArray, FloatArray]:
    """Slopes and intercepts of the lines whose loss is so far above the floor: an outline.

    An exact ellipse: for every slope there are two intercepts, see quadratic.py for the loss.
    Where it leaves the frame it is cut off there, for it may be long beyond numbers.
    """
    side = math.sqrt(height)
    far = side / math.sqrt(bowl.var_x) if bowl.var_x > 0 else math.inf
    beyond = 0.05 * (frame.x.high - frame.x.low)  # where the cut is not seen
    low, high = frame.x.low - beyond, frame.x.high + beyond
    if bowl.mean_x != 0:  # where its middle line is in the frame, or nearly
        edges = [frame.y.low - side, frame.y.high + side]
        ends = sorted((bowl.mean_y - edge) / bowl.mean_x for edge in edges)
        low, high = max(low, ends[0]), min(high, ends[1])
    low, high = max(low, bowl.best_slope - far), min(high, bowl.best_slope + far)
    slopes = (low + high) / 2 - (high - low) / 2 * np.cos(HALF_ROUND)
    off = slopes - bowl.best_slope
    up = np.sqrt(np.maximum(0, height - bowl.var_x * off * off))
    middle = bowl.mean_y - bowl.mean_x * slopes
    return (
        np.concatenate([slopes, slopes[::-1], slopes[:1]]),
        np.concatenate([middle + up, (middle - up)[::-1], (middle + up)[:1]]),
    )


def kept(frame: Frame | None, wanted: Frame) -> Frame:
    """The frame as it is, but for an axis that has become too short, or far too long."""
    if frame is None:
        return wanted
    return Frame(_kept(frame.x, wanted.x), _kept(frame.y, wanted.y))


def _kept(axis: Scale, wanted: Scale) -> Scale:
    margin = chart_of_bowl.MARGIN / (1 + 2 * chart_of_bowl.MARGIN) * (wanted.high - wanted.low)
    fits = axis.low <= wanted.low + margin and wanted.high - margin <= axis.high
    is_roomy = axis.high - axis.low > ROOMY * (wanted.high - wanted.low)
    return axis if fits and not is_roomy else wanted


def _near(rows: FloatArray, frame: Frame, away: float) -> tuple[FloatArray, FloatArray]:
    """Slopes and intercepts, none so many lengths of the axis beyond its end."""
    slopes, intercepts = (
        np.clip(
            values,
            axis.low - away * (axis.high - axis.low),
            axis.high + away * (axis.high - axis.low),
        )
        for values, axis in zip(rows[:, :2].T, (frame.x, frame.y), strict=True)
    )
    return slopes, intercepts


def _out_of(frame: Frame) -> tuple[float, float, float, float]:
    """Ends of a line that is not seen: bqplot has no place for one that is nowhere."""
    above = frame.y.high + (frame.y.high - frame.y.low)
    return frame.x.low, above, frame.x.high, above


def _frame(xs: Range, ys: Range) -> Frame:
    return Frame(Scale(*xs, 0, 1), Scale(*ys, 0, 1))


# --------------------------------------------------------------------- bqplot's part


def _bqplot() -> Any:
    try:
        import bqplot
    except ImportError as error:
        raise ImportError(
            'the figures need bqplot; pip install "gd-widget[bqplot]" brings it'
        ) from error
    return bqplot


EXACT = {"allow_padding": False}
"""Of a scale: it begins and ends where it is told to. Else bqplot makes room for the marks, and in
a figure that has no size yet so much that a logarithmic axis begins at 0, and hangs the page."""

STILL = {"enable_hover": False, "interactions": {}}
"""Of a mark: nothing that the pointer does is told to the kernel."""


def _figure(b: Any, marks: list[Any], axes: list[Any], **more: Any) -> Any:
    return b.Figure(
        marks=marks,
        axes=axes,
        padding_x=0,
        padding_y=0,
        background_style={"fill": PAPER},  # in dark pages too: the colours are made for it
        fig_margin={"top": 34, "bottom": 42, "left": 52, "right": 16},
        title_style={"font-size": "15px"},
        legend_text={"font-size": "12px"},
        layout={"width": "400px", "height": "320px"},
        **more,
    )


def _axes(b: Any, scales: dict[str, Any], x_label: str = "", y_label: str = "") -> list[Any]:
    look = {"grid_color": GRID, "tick_format": "~g"}
    return [
        b.Axis(scale=scales["x"], label=x_label, **look),
        b.Axis(scale=scales["y"], label=y_label, side="left", label_offset="3.2em", **look),
    ]


def _lines(b: Any, n: int, scales: dict[str, Any]) -> list[Any]:
    """A line for each of n runs; a legend tells several apart."""
    return [
        b.Lines(
            scales=scales,
            colors=[color],
            line_style=dashes,
            stroke_width=2.5,
            display_legend=n > 1,
            **STILL,
        )
        for color, dashes in RUNS[:n]
    ]


def _circles(b: Any, n: int, scales: dict[str, Any]) -> Any:
    """Where each of n runs is: one mark, open circles where it is one run."""
    colors, edge = ([PAPER], NOW) if n == 1 else ([color for color, _ in RUNS[:n]], PAPER)
    return b.Scatter(
        scales=scales, colors=colors, stroke=edge, stroke_width=2.5, default_size=90, **STILL
    )


def _name_of_best(b: Any, scales: dict[str, Any], **where: Any) -> Any:
    return b.Label(
        scales=scales,
        text=["best fit"],
        colors=[BEST],
        default_size=SMALL,
        font_weight="normal",
        **where,
        **STILL,
    )


def _put(mark: Any, x: Any, y: Any, **more: Any) -> None:
    """Have a mark show other values, in one message; in none where they are what it shows."""
    with mark.hold_sync():
        mark.x, mark.y = x, y
        for name, value in more.items():
            setattr(mark, name, value)


def _limit(scale: Any, low: float, high: float) -> None:
    """Have an axis begin and end elsewhere."""
    with scale.hold_sync():
        scale.min, scale.max = low, high


class _Following:
    """Draws when the widget has changed, at most 20 times a second, until either is closed.

    The widget keeps this alive, and with it the figure; the figure keeps nothing of the widget.
    """

    def __init__(self, w: GDWidget, figure: Any, draw: Callable[[GDWidget], None]) -> None:
        self._w, self._figure = ref(w), ref(figure)
        self._draw: Callable[[GDWidget], None] | None = draw
        self._drawn: tuple[Any, ...] = ()
        self._outbox = Outbox(self._draw_now)
        w.observe(self._look, WATCHED)
        for widget in (w, figure):
            widget.observe(self._look_whether_closed, "comm")
        self._look()

    def _look(self, change: Any = None) -> None:
        # A step changes several traits, each of which is told of, when all have changed.
        w = self._w()
        seen = tuple(getattr(w, name) for name in WATCHED)
        if seen != self._drawn:
            self._drawn = seen
            self._outbox.post()

    def _draw_now(self) -> None:
        w = self._w()
        if w is not None and self._draw is not None:
            self._draw(w)

    def _look_whether_closed(self, change: Any) -> None:
        if change["new"] is not None or self._draw is None:
            return
        self._draw = None
        w = self._w()
        if w is not None:
            w.unobserve(self._look, WATCHED)
        for widget in (w, self._figure()):
            if widget is not None:
                widget.unobserve(self._look_whether_closed, "comm")


def _following(w: GDWidget, figure: Any, draw: Callable[[GDWidget], None]) -> Any:
    _Following(w, figure, draw)
    return figure
