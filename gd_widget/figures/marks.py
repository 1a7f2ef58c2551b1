"""The parts that figures are made of: bqplot's figure, axes and marks, looking like the widget.

`b` is bqplot, which is imported when the first figure is made.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gd_widget.core.types import FloatArray
from gd_widget.drawing import look
from gd_widget.drawing.axes import Frame, Range, Scale
from gd_widget.drawing.look import BEST, GRID, NOW, PAPER, SMALL

DASHES = (
    *("solid", "dashed", "dotted", "dash_dotted"),
    *("dashed", "dash_dotted", "dashed", "dotted"),
)
RUNS = tuple(zip((NOW, *look.RUNS), DASHES, strict=True))
"""Colour and dashes of each run of a race."""

EXACT = {"allow_padding": False}
"""For a scale that begins and ends where it is told to. Else bqplot makes room for the marks, in a
figure that has no size yet so much that a logarithmic axis begins at 0, and hangs the page."""

WIDTH, HEIGHT = 400, 320
MARGINS = {"top": 34, "bottom": 42, "left": 52, "right": 16}
"""Pixels, of a figure and around its plot."""

STILL = {"enable_hover": False, "interactions": {}}
"""For a mark: nothing that the pointer does is told to the kernel."""


def bqplot() -> Any:
    """The package; raises ImportError, saying how to install it, where it is not."""
    try:
        import bqplot
    except ImportError as error:
        raise ImportError(
            'the figures need bqplot; pip install "gd-widget[bqplot]" brings it'
        ) from error
    return bqplot


def linear_scales(b: Any) -> dict[str, Any]:
    """Those of x and y, as marks and axes take them."""
    return {"x": b.LinearScale(**EXACT), "y": b.LinearScale(**EXACT)}


def axes(b: Any, scales: dict[str, Any], x_label: str = "", y_label: str = "") -> list[Any]:
    """The axis of x and that of y."""
    like = {"grid_color": GRID, "tick_format": "~g"}
    return [
        b.Axis(scale=scales["x"], label=x_label, **like),
        b.Axis(scale=scales["y"], label=y_label, side="left", label_offset="3.2em", **like),
    ]


def figure(b: Any, marks: list[Any], axes: list[Any], legend_location: str = "top-right") -> Any:
    """A figure of these, the last mark on top."""
    return b.Figure(
        marks=marks,
        axes=axes,
        legend_location=legend_location,
        padding_x=0,
        padding_y=0,
        background_style={"fill": PAPER},  # in dark pages too: the colours are made for it
        fig_margin=MARGINS,
        title_style={"font-size": "15px"},
        legend_text={"font-size": "12px"},
        layout={"width": f"{WIDTH}px", "height": f"{HEIGHT}px"},
    )


def lines(b: Any, n: int, scales: dict[str, Any]) -> list[Any]:
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


def circles(b: Any, n: int, scales: dict[str, Any]) -> Any:
    """Where each of n runs is: one mark; of one run an open circle."""
    colors, edge = ([PAPER], NOW) if n == 1 else ([color for color, _ in RUNS[:n]], PAPER)
    return b.Scatter(
        scales=scales, colors=colors, stroke=edge, stroke_width=2.5, default_size=90, **STILL
    )


def name_of_best(b: Any, scales: dict[str, Any], **where: Any) -> Any:
    """The name of the best fit, to be put where that is; `where` it stands beside it."""
    return name(b, scales, BEST, **where)


def name(b: Any, scales: dict[str, Any], color: str, **where: Any) -> Any:
    """A name, to be put beside what it names."""
    return b.Label(
        scales=scales,
        colors=[color],
        default_size=SMALL,
        font_weight="normal",
        **where,
        **STILL,
    )


def put(mark: Any, x: Any, y: Any, **more: Any) -> None:
    """Have a mark show other values, in one message; in none where they are what it shows."""
    with mark.hold_sync():
        mark.x, mark.y = x, y
        for name, value in more.items():
            setattr(mark, name, value)


def down(x: FloatArray, y: FloatArray, ends: FloatArray) -> tuple[FloatArray, FloatArray]:
    """One line from each point (x, y) to (x, end), with gaps: what is NaN is not drawn."""
    gaps = np.full(len(x), math.nan)
    return np.repeat(x, 3)[:-1], np.stack([y, ends, gaps], axis=1).ravel()[:-1]


def frame_of(xs: Range, ys: Range) -> Frame:
    """The space between axes that hold these, in pixels of a figure of the usual size."""
    width = WIDTH - MARGINS["left"] - MARGINS["right"]
    height = HEIGHT - MARGINS["top"] - MARGINS["bottom"]
    return Frame(Scale(*xs, 0, width), Scale(*ys, height, 0))


def limit(scale: Any, low: float, high: float) -> None:
    """Have an axis begin and end elsewhere."""
    with scale.hold_sync():
        scale.min, scale.max = low, high


def fit_into(frame: Frame, scales: dict[str, Any]) -> None:
    """Have the axes of x and y be those of the frame."""
    limit(scales["x"], frame.x.low, frame.x.high)
    limit(scales["y"], frame.y.low, frame.y.high)
