"""How many points lie where: a grid of counts, for more points than can be drawn one by one.

The cells are powers of two wide, and their edges multiples of that, so the cells of a coarser
grid are made of whole cells of a finer one. Therefore counts of parts of the data, each on the
finest grid that its own range allows, add up to those of the whole in any order, in one pass,
with nobody knowing the range beforehand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from gd_widget.core.types import Array, FloatArray

Counts = Array[np.int64]
Range = tuple[float, float]
Extent = tuple[Range, Range]
"""The least and the greatest x, and the same of y."""

MOST_CELLS = 256
"""In each direction: a cell is then about two pixels of a panel."""

LEAST_LEVEL = -1000
"""2**1000 is still a float64, and so is what is multiplied by it."""


class Cells(NamedTuple):
    """Cells side by side along one axis: the i-th begins at (first + i) * 2**level."""

    level: int
    first: int
    n: int

    @property
    def low(self) -> float:
        """Where the first cell begins."""
        return math.ldexp(self.first, self.level)

    @property
    def high(self) -> float:
        """Where the last cell ends."""
        return math.ldexp(self.first + self.n, self.level)

    @property
    def stop(self) -> int:
        """The number of the cell after the last."""
        return self.first + self.n

    def at_level(self, level: int) -> Cells:
        """The coarser cells that these are parts of."""
        up = level - self.level
        first = self.first >> up
        return Cells(level, first, ((self.stop - 1) >> up) - first + 1)


def cells_for(extent: Range, most: int = MOST_CELLS) -> Cells:
    """The finest cells of which at most `most` hold all from extent[0] to extent[1]."""
    low, high = extent
    size = max(abs(low), abs(high))
    # Of one value alone, cells that are small beside it; never finer than its digits are.
    width = (high - low) / most or max(size, 1.0) / most
    finest = math.frexp(size)[1] - 53 if size else LEAST_LEVEL
    level = max(math.frexp(width)[1] - 1, finest, LEAST_LEVEL)
    while True:
        first, last = (math.floor(math.ldexp(end, -level)) for end in extent)
        if last - first < most:
            return Cells(level, first, last - first + 1)
        level += 1


def cells_of(
    extent: Extent, within: Extent | None = None, most: int = MOST_CELLS
) -> tuple[Cells, Cells]:
    """Where to count: all of an extent, or what of it is in a part of the plane."""
    parts = zip(extent, within or extent, strict=True)
    x, y = (cells_for(_cut(own, part), most) for own, part in parts)
    return x, y


def _cut(own: tuple[float, float], part: tuple[float, float]) -> tuple[float, float]:
    low, high = (min(max(end, own[0]), own[1]) for end in part)
    return low, high


class Density(NamedTuple):
    """Counts of points: `counts[j, i]` lie in the i-th cell of `x` and the j-th of `y`."""

    x: Cells
    y: Cells
    counts: Counts

    @classmethod
    def of(cls, chunks: Iterable[tuple[FloatArray, FloatArray]], x: Cells, y: Cells) -> Density:
        """Count points in these cells; what lies outside is left out.

        chunks : x and y, a part of the points at a time.
        """
        counts = np.zeros(x.n * y.n, np.int64)
        for xs, ys in chunks:
            columns, rows = _places(xs, x), _places(ys, y)
            inside = (columns >= 0) & (columns < x.n) & (rows >= 0) & (rows < y.n)
            rows *= x.n
            rows += columns
            np.add.at(counts, (rows if inside.all() else rows[inside]).astype(np.intp), 1)
        return cls(x, y, counts.reshape(y.n, x.n))

    def together(self, other: Density, most: int = MOST_CELLS) -> Density:
        """The counts of these points and others, in at most `most` cells in each direction."""
        x, y = _common(self.x, other.x, most), _common(self.y, other.y, most)
        counts = np.zeros((y.n, x.n), np.int64)
        for one in (self.coarsened(x.level, y.level), other.coarsened(x.level, y.level)):
            j, i = one.y.first - y.first, one.x.first - x.first
            counts[j : j + one.y.n, i : i + one.x.n] += one.counts
        return Density(x, y, counts)

    def coarsened(self, x_level: int, y_level: int) -> Density:
        """The same counts in larger cells."""
        x, y = self.x.at_level(x_level), self.y.at_level(y_level)
        counts = np.add.reduceat(self.counts, _starts(self.y, y), axis=0)
        return Density(x, y, np.add.reduceat(counts, _starts(self.x, x), axis=1))

    def within(self, extent: Extent, most: int = MOST_CELLS) -> Density:
        """The part in this extent, in at most `most` cells in each direction."""
        wanted = [cells_for(range_, most) for range_ in extent]
        x, y = (  # no finer than these are
            cells if cells.level >= mine.level else cells.at_level(mine.level)
            for cells, mine in zip(wanted, (self.x, self.y), strict=True)
        )
        whole = self.coarsened(x.level, y.level)
        cut_x, cut_y = _overlap(whole.x, x), _overlap(whole.y, y)
        j, i = cut_y.first - whole.y.first, cut_x.first - whole.x.first
        counts = whole.counts[j : j + cut_y.n, i : i + cut_x.n]
        return Density(cut_x, cut_y, counts)

    def packed(self) -> tuple[dict[str, Any], bytes]:
        """What a page is told of it as JSON, and one byte for each cell, the lowest y first.

        A byte is 0 where no point lies, and else grows with the count's logarithm up to 255.
        """
        most = int(self.counts.max(initial=0))
        if most > 1:
            logarithms = np.log(np.maximum(self.counts, 1)) / math.log(most)
            shades = np.where(self.counts > 0, 1 + np.round(254 * logarithms), 0)
        else:
            shades = 255.0 * self.counts
        about = {
            "x": [self.x.low, self.x.high],
            "y": [self.y.low, self.y.high],
            "columns": self.x.n,
            "rows": self.y.n,
            "most": most,
        }
        return about, shades.astype(np.uint8).tobytes()


def _places(values: FloatArray, cells: Cells) -> FloatArray:
    """Which cell each value lies in, counted from the first: whole numbers, as floats."""
    places: FloatArray = np.floor(values * 2.0**-cells.level)
    places -= cells.first
    return places


def _common(one: Cells, other: Cells, most: int) -> Cells:
    """The finest cells that hold both, made of whole cells of both."""
    level = max(one.level, other.level)
    while True:
        a, b = one.at_level(level), other.at_level(level)
        first, stop = min(a.first, b.first), max(a.stop, b.stop)
        if stop - first <= most:
            return Cells(level, first, stop - first)
        level += 1


def _starts(fine: Cells, coarse: Cells) -> Array[np.intp]:
    """Where in the fine cells each coarse one begins."""
    up = min(coarse.level - fine.level, 63)  # of 64 bits
    within = np.arange(fine.first, fine.stop) >> up
    return np.searchsorted(within, np.arange(coarse.first, coarse.stop))


def _overlap(whole: Cells, part: Cells) -> Cells:
    """The cells of `whole` that are in `part`, of one level; of none, the nearest one."""
    first = min(max(part.first, whole.first), whole.stop - 1)
    stop = max(min(part.stop, whole.stop), first + 1)
    return Cells(whole.level, first, stop - first)
