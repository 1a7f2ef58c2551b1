"""Very many points, drawn as shades: the darker, the more of them lie there.

js/views/fit/density.js draws the same on a page, in finer cells and more shades.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from gd_widget.core.types import FloatArray
from gd_widget.data.density import Cells, Density
from gd_widget.data.points import Data
from gd_widget.drawing.axes import Frame
from gd_widget.drawing.look import DATA, Look
from gd_widget.drawing.svg import Markup, element, pair, pixels

MOST_CELLS = (128, 64)
"""Cells in each direction: so many, or the second number where that takes too many letters."""

MOST_LETTERS = 40_000
"""Letters that the finer cells may take."""

SHADES = 6
FAINTEST, DARKEST = 0.12, 0.62
"""Opacities of one point and of the most there are. The faintest is where these are very many."""

OVERLAP = 0.3
"""Pixels by which rows reach into each other, for no gap to be seen between them."""


def shades(points: Data, frame: Frame) -> list[Markup]:
    """One path for each shade, in cells as fine as a picture of some 60 kB has room for."""
    density = points.density()
    fine, coarse = (density.within(points.extent, most) for most in MOST_CELLS)
    paths = _shades(fine, frame)
    return paths if sum(map(len, paths)) <= MOST_LETTERS else _shades(coarse, frame)


def _shades(density: Density, frame: Frame) -> list[Markup]:
    """Those of the darker shades lie on the others, which go on below."""
    levels = _levels(density)
    rows = frame.y.at(_edges(density.y))
    height = float(abs(rows[1] - rows[0])) + OVERLAP
    look: Look = {"stroke": DATA, "stroke_width": height, "fill": "none"}
    before, paths = 0.0, []
    for level, opacity in enumerate(_opacities(int(density.counts.max())), 1):
        runs = "".join(_runs(levels >= level, frame, density.x, rows))
        added = 1 - (1 - opacity) / (1 - before)  # to those below
        before = opacity
        if runs:
            paths.append(element("path", d=runs, stroke_opacity=f"{added:.2f}", **look))
    return paths


def _levels(density: Density) -> npt.NDArray[np.int64]:
    """The shade of each cell, 1 to SHADES by the logarithm of its count; 0 where it is empty."""
    with np.errstate(divide="ignore"):
        shares = np.log(density.counts) / (math.log(density.counts.max()) or 1.0)
    levels = 1 + np.floor(np.clip(shares, 0, 1) * SHADES)
    return np.where(density.counts > 0, np.minimum(levels, SHADES), 0).astype(np.int64)


def _opacities(most: int) -> FloatArray:
    """The opacity of each shade, when so many points are in the fullest cell."""
    return np.linspace(max(FAINTEST, DARKEST / (1 + math.log(most))), DARKEST, SHADES)


def _edges(cells: Cells) -> FloatArray:
    """Where the cells begin, and where the last one ends."""
    edges: FloatArray = np.ldexp(np.arange(cells.first, cells.stop + 1, dtype=float), cells.level)
    return edges


def _runs(
    filled: npt.NDArray[np.bool_], frame: Frame, cells: Cells, rows: FloatArray
) -> Iterator[str]:
    """Lines along the middle of the rows, over the cells that are filled.

    rows : where the rows begin and end, in pixels.
    """
    left, right, _, _ = frame.box
    columns = np.clip(frame.x.at(_edges(cells)), left, right)
    beside = np.pad(filled, ((0, 0), (1, 1)))
    changes = np.argwhere(beside[:, 1:] != beside[:, :-1])
    for (row, start), (_, end) in zip(changes[::2], changes[1::2], strict=True):
        middle = (rows[row] + rows[row + 1]) / 2
        yield f"M{pair(columns[start], middle)}h{pixels(columns[end] - columns[start])}"
