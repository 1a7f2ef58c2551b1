"""The loss over two parameters where it is no bowl: its heights, and the level sets between them.

js/views/surface/landscape.js does the same on a page.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from gd_widget.core.contours import Grid, Range, rings, sampled
from gd_widget.core.function_loss import FunctionLoss
from gd_widget.core.types import FloatArray
from gd_widget.drawing.axes import Frame, Scale
from gd_widget.drawing.ground import Ground
from gd_widget.drawing.levels import HOW_MANY
from gd_widget.drawing.look import LEVELS
from gd_widget.drawing.svg import Markup, element, pair

PIXELS, FINE = 5, 1
"""That nodes are apart, at least; and of a function, whose valleys may be narrow."""

BEYOND = 0.02
"""Of the picture, that a grid reaches over each of its edges: there the rings that leave it are
closed."""

FEWEST, MOST = 24, 96
"""Nodes in each direction."""

WORK = 4e6
"""Looks at points that a grid may take."""

UNSEEN = 0.2
"""Pixels that an outline may be away from where it is."""

DIGITS = 3
"""Of a height that is round."""

FLAT = 0.25
"""Of a picture: where less of it is below the highest round height, much has none to be seen."""


class Relief(NamedTuple):
    """Heights at the nodes of a grid; and the losses of the level sets, the highest first."""

    grid: Grid
    levels: list[float]

    def sets(self) -> list[list[FloatArray]]:
        """The rings of each level set, in the units of the parameters."""
        return [rings(self.grid, level) for level in self.levels]


def relief_of(ground: Ground, frame: Frame) -> Relief:
    """What is drawn of a loss in a frame: round heights, each √10 times the next, as a bowl's are.

    They are above the least loss; where that is not known, the least in the frame stands for it. A
    function may have none, or be flat nearly everywhere: then each level set has as much of the
    picture as the next, but for rounding.
    """
    objective = ground.objective
    is_function = isinstance(objective, FunctionLoss)
    grid = _grid(ground, frame)
    # Where there are more than two parameters, a plane has a least loss of its own.
    floor = objective.floor if objective.d == 2 else None
    heights = np.sort(grid.heights[np.isfinite(grid.heights)])
    if not len(heights):
        return Relief(grid, [])
    least = float(heights[0]) if floor is None else floor
    top = float(heights[-1]) - least
    if not top > 0:
        return Relief(grid, [])
    highest = math.floor(2 * math.log10(top))
    is_flat = heights[round(FLAT * (len(heights) - 1))] - least > 10 ** (highest / 2)
    if is_function and (floor is None or is_flat):
        shares = 1 - np.arange(1, HOW_MANY + 1) / (HOW_MANY + 1)
        found = heights[np.round(shares * (len(heights) - 1)).astype(int)].tolist()
        return Relief(grid, [float(f"{height:.{DIGITS}g}") for height in found])
    return Relief(grid, [least + 10 ** ((highest - i) / 2) for i in range(HOW_MANY)])


def _grid(ground: Ground, frame: Frame) -> Grid:
    left, right, top, bottom = frame.box
    lengths = right - left, bottom - top
    x, y = _beyond(frame.x), _beyond(frame.y)
    if isinstance(ground.objective, FunctionLoss):
        columns, rows = (round(length / FINE) for length in lengths)
        at = np.linspace(*x, columns), np.linspace(*y, rows)
        return Grid(x, y, ground.objective.heights(*at))
    most = min(MOST, math.sqrt(WORK / ground.n))
    columns, rows = (round(max(FEWEST, min(most, length / PIXELS))) for length in lengths)
    return sampled(ground.loss, x, y, columns, rows)


def _beyond(scale: Scale) -> Range:
    more = BEYOND * (scale.high - scale.low)
    return scale.low - more, scale.high + more


def contours(relief: Relief, frame: Frame) -> Markup:
    """The level sets, each as one path."""
    paths = []
    for ringed in relief.sets():
        said = ""
        for ring in ringed:
            outline = np.stack([frame.x.at(ring[:, 0]), frame.y.at(ring[:, 1])], axis=1)
            said += f"M{' '.join(pair(*place) for place in _corners(outline))}z"
        paths.append(element("path", d=said))
    return element("g", *paths, **LEVELS)


def _corners(outline: FloatArray) -> FloatArray:
    """Those of its places, shape (n, 2), without which it would be seen to be another.

    Source: Douglas and Peucker, Algorithms for the reduction of the number of points required to
    represent a digitized line (1973).
    """
    kept = np.zeros(len(outline), bool)
    pieces = [(0, len(outline) - 1)]
    while pieces:
        first, last = pieces.pop()
        kept[[first, last]] = True
        start, way = outline[first], outline[last] - outline[first]
        between = outline[first + 1 : last] - start
        share = np.clip(between @ way / ((way @ way) or 1), 0, 1)[:, None]
        away = np.hypot(*(between - share * way).T)
        if away.max(initial=0) > UNSEEN:
            middle = first + 1 + int(away.argmax())
            pieces += [(first, middle), (middle, last)]
    return outline[kept]
