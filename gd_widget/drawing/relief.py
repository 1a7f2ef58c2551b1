"""The loss over two parameters where it is no bowl: its heights, and the level sets between them.

js/views/surface/landscape.js does the same on a page.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gd_widget.core.contours import Grid, Range, rings, sampled
from gd_widget.core.plane import Place
from gd_widget.core.types import FloatArray
from gd_widget.drawing.axes import Frame, Scale
from gd_widget.drawing.levels import HOW_MANY
from gd_widget.drawing.look import LEVELS
from gd_widget.drawing.svg import Markup, element, pair

PIXELS = 5
"""That nodes are apart, at least."""

BEYOND = 0.02
"""Of the picture, that a grid reaches over each of its edges: there the rings that leave it are
closed."""

FEWEST, MOST = 24, 96
"""Nodes in each direction."""

WORK = 4e6
"""Looks at points that a grid may take."""

DIGITS = 2
"""Of a height that is round."""


class Relief(NamedTuple):
    """Heights at the nodes of a grid; and the losses of the level sets, the highest first."""

    grid: Grid
    levels: list[float]

    def sets(self) -> list[list[FloatArray]]:
        """The rings of each level set, in the units of the parameters."""
        return [rings(self.grid, level) for level in self.levels]


def relief_of(
    loss: Callable[[Place], float], frame: Frame, n: int, floor: float | None, is_function: bool
) -> Relief:
    """What is drawn of a loss in a frame: round heights, each √10 times the next, as a bowl's are.

    n : how many points one loss is a mean over; 1 for a function.
    floor : the least loss, above which they are; None: it is not known, and the least in the frame
        stands for it.
    is_function : whether it is no loss on points, and may have no least value: where none is known,
        each level set has as much of the picture as the next, but for rounding.
    """
    most = math.sqrt(WORK / n)
    left, right, top, bottom = frame.box
    columns, rows = (
        round(max(FEWEST, min(MOST, most, length / PIXELS)))
        for length in (right - left, bottom - top)
    )
    grid = sampled(loss, _beyond(frame.x), _beyond(frame.y), columns, rows)
    heights = np.sort(grid.heights[np.isfinite(grid.heights)])
    if not len(heights):
        return Relief(grid, [])
    if floor is None and is_function:
        shares = 1 - np.arange(1, HOW_MANY + 1) / (HOW_MANY + 1)
        found = heights[np.round(shares * (len(heights) - 1)).astype(int)].tolist()
        return Relief(grid, [float(f"{height:.{DIGITS}g}") for height in found])
    least = float(heights[0]) if floor is None else floor
    top_height = float(heights[-1]) - least
    if not top_height > 0:
        return Relief(grid, [])
    highest = math.floor(2 * math.log10(top_height))
    return Relief(grid, [least + 10 ** ((highest - i) / 2) for i in range(HOW_MANY)])


def _beyond(scale: Scale) -> Range:
    more = BEYOND * (scale.high - scale.low)
    return scale.low - more, scale.high + more


def contours(relief: Relief, frame: Frame) -> Markup:
    """The level sets, each as one path."""
    paths = []
    for ringed in relief.sets():
        said = ""
        for ring in ringed:
            places = zip(frame.x.at(ring[:, 0]), frame.y.at(ring[:, 1]), strict=True)
            said += f"M{' '.join(pair(*place) for place in places)}z"
        paths.append(element("path", d=said))
    return element("g", *paths, **LEVELS)
