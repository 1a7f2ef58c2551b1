"""The frame that a chart is drawn in: scales, round ticks, a thin grid, the axes' names.

js/views/charts/axes.js and scales.js do the same on a page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, overload

import numpy as np

from gd_widget.core.types import FloatArray
from gd_widget.drawing.look import GRID, QUIET, SMALL
from gd_widget.drawing.numerals import tick_label
from gd_widget.drawing.svg import Markup, cut, element, escaped, joined, pixels, width_of

Range = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, right, top and bottom, in pixels."""

PIXELS_PER_TICK_X, PIXELS_PER_TICK_Y = 80, 45
BESIDE = 8
"""Pixels between an axis and the numbers on its left, or between two numbers."""

OVERHANG = 14
"""Pixels that a number may reach beyond the end of its axis."""

LARGEST = 1e300
"""Axes end here, so that their lengths stay finite."""

FINEST = 1e-12
"""Values that differ by a smaller part of themselves are one value: a float has 16 digits."""


@dataclass(frozen=True)
class Scale:
    """From data to pixels, linearly: `low` is at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    @overload
    def at(self, values: float) -> float: ...
    @overload
    def at(self, values: FloatArray) -> FloatArray: ...
    def at(self, values: Any) -> Any:
        """The pixels of the values; infinite where they are too far away for a number."""
        with np.errstate(over="ignore"):
            share = (np.multiply(values, 0.5) - 0.5 * self.low) / (0.5 * (self.high - self.low))
            found = self.start + share * (self.end - self.start)
        return found if isinstance(values, np.ndarray) else float(found)

    def ticks(self, count: int) -> list[Decimal]:
        """About so many round numbers of those on it."""
        return ticks(self.low, self.high, count)

    @property
    def per_unit(self) -> float:
        """Pixels for one unit of data, negative where the axis points up."""
        return (self.end - self.start) / (self.high - self.low)


class LogScale(Scale):
    """On which equal factors are equal distances; all that is on it is positive."""

    def at(self, values: Any) -> Any:
        """As of a linear one."""
        ends = (math.log10(self.low), math.log10(self.high), self.start, self.end)
        return Scale(*ends).at(np.log10(values))

    def ticks(self, count: int) -> list[Decimal]:
        """Powers of ten; where fewer than two are in sight, 1, 2 and 5 times them."""
        first, last = (math.floor(math.log10(end)) for end in (self.low, self.high))
        powers = range(first, last + 1)
        found = self._in_sight([Decimal(1).scaleb(power) for power in powers])
        if len(found) < 2:
            digits = map(Decimal, (1, 2, 5))
            found = self._in_sight(sorted(d.scaleb(power) for d in digits for power in powers))
        return found[:: math.ceil(len(found) / (count + 1)) or 1]

    def _in_sight(self, values: list[Decimal]) -> list[Decimal]:
        return [value for value in values if self.low <= value <= self.high]


@dataclass(frozen=True)
class Frame:
    """The space between the axes of a chart."""

    x: Scale
    y: Scale

    @classmethod
    def within(cls, space: Box, xs: Range, ys: Range) -> Frame:
        """The chart of the ranges xs and ys.

        space : where it begins and ends, the numbers beside the vertical axis with it: longer
            ones leave less for the rest.
        """
        return cls.beside(space, xs, Scale(*ys, space[3], space[2]))

    @classmethod
    def beside(cls, space: Box, xs: Range, y: Scale) -> Frame:
        """The same with a vertical scale that there is already."""
        numbers = max((width_of(tick_label(tick), SMALL) for tick in y_ticks(y)), default=0)
        return cls(Scale(*xs, space[0] + numbers + BESIDE, space[1]), y)

    @property
    def box(self) -> Box:
        """Where the axes begin and end."""
        return self.x.start, self.x.end, self.y.end, self.y.start


def padded(low: float, high: float, margin: float) -> Range:
    """The range with a share of it added at both ends; one value has a range around it."""
    low, high = (min(max(end, -LARGEST), LARGEST) for end in (low, high))
    size = max(abs(low), abs(high))
    is_one = high - low <= max(FINEST * size, 1 / LARGEST)
    space = max(1, size) / 2 if is_one else margin * (high - low)
    return low - space, high + space


def ticks(low: float, high: float, count: int) -> list[Decimal]:
    """About so many round numbers from low to high: 1, 2 or 5 times a power of ten apart.

    >>> [str(tick) for tick in ticks(-1.1, 1.1, 4)]
    ['-1.0', '-0.5', '0.0', '0.5', '1.0']
    """
    rough = (high - low) / count
    power = math.floor(math.log10(rough))
    # The nearest in ratio: between 1 and 2 that is √2, and so on. Source: d3-array, ticks.js.
    thresholds = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2), (0, 1))
    times = next(times for least, times in thresholds if rough >= least * 10.0**power)
    step = float(f"{times}e{power}")
    # In whole steps, and as decimals, so that 0.3 is not 0.30000000000000004.
    whole = range(math.ceil(low / step), math.floor(high / step) + 1)
    return [Decimal(k * times).scaleb(power) for k in whole]


def x_ticks(x: Scale) -> list[Decimal]:
    """The ticks of a horizontal axis, so few that their numbers stand apart."""
    found = x.ticks(max(2, int((x.end - x.start) / PIXELS_PER_TICK_X)))
    half = {tick: width_of(tick_label(tick), SMALL) / 2 for tick in found}
    found = [tick for tick in found if x.at(float(tick)) + half[tick] <= x.end + OVERHANG]
    longest = 2 * max(half.values(), default=0)
    while len(found) > 1 and x.at(float(found[1])) - x.at(float(found[0])) < longest + BESIDE:
        found = found[1::2]
    return found


def y_ticks(y: Scale) -> list[Decimal]:
    """The ticks of a vertical axis."""
    return y.ticks(max(2, int((y.start - y.end) / PIXELS_PER_TICK_Y)))


def grid(frame: Frame) -> Markup:
    """Thin lines at the ticks, as one path."""
    left, right, top, bottom = map(pixels, frame.box)
    columns = (f"M{pixels(frame.x.at(float(tick)))},{top}V{bottom}" for tick in x_ticks(frame.x))
    rows = (f"M{left},{pixels(frame.y.at(float(tick)))}H{right}" for tick in y_ticks(frame.y))
    return element("path", d="".join([*columns, *rows]), stroke=GRID, shape_rendering="crispEdges")


def axes(frame: Frame, x_name: str, y_name: str) -> Markup:
    """The numbers at the ticks, and the names: any text, cut to what there is room for."""
    left, right, top, bottom = frame.box
    columns = [
        element("text", escaped(tick_label(tick)), x=frame.x.at(float(tick)), y=bottom + 16)
        for tick in x_ticks(frame.x)
    ]
    rows = [
        element("text", escaped(tick_label(tick)), x=left - BESIDE, y=frame.y.at(float(tick)) + 4)
        for tick in y_ticks(frame.y)
    ]
    x_text, y_text = (escaped(cut(name, right - left, SMALL)) for name in (x_name, y_name))
    names = [
        element("text", x_text, x=right, y=bottom + 31, text_anchor="end"),
        element("text", y_text, x=left, y=top - 7),
    ]
    return element(
        "g",
        element("g", *columns, text_anchor="middle"),
        element("g", *rows, text_anchor="end"),
        element("g", joined(names), font_style="italic"),
        fill=QUIET,
        font_size=SMALL,
    )
