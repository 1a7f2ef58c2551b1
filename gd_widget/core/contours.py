"""Level sets of a loss that is known at the nodes of a grid alone, by marching squares.

Source: Lorensen and Cline, Marching cubes (1987), in the plane. js/core/contours.js is the twin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gd_widget.core.plane import Place
from gd_widget.core.types import FloatArray

Range = tuple[float, float]


class Grid(NamedTuple):
    """What it covers, and the heights of its nodes, shape (rows, columns), the lowest row first."""

    x: Range
    y: Range
    heights: FloatArray


def sampled(loss: Callable[[Place], float], x: Range, y: Range, columns: int, rows: int) -> Grid:
    """The heights of a loss at so many nodes in each row and column.

    >>> sampled(lambda place: place[0] + place[1], (0, 1), (0, 2), 2, 2).heights.tolist()
    [[0.0, 1.0], [2.0, 3.0]]
    """
    across, up = np.linspace(*x, columns).tolist(), np.linspace(*y, rows).tolist()
    return Grid(x, y, np.array([[loss((right, at)) for right in across] for at in up], float))


def rings(grid: Grid, level: float) -> list[FloatArray]:
    """The rings around all places whose loss is below a level, each of shape (n, 2).

    The places are on the left of each ring. A set that leaves the grid is closed along its edge.

    >>> cone = sampled(lambda place: abs(place[0]) + abs(place[1]), (-2, 2), (-2, 2), 5, 5)
    >>> [ring.tolist() for ring in rings(cone, 0.5)]
    [[[-0.5, 0.0], [0.0, -0.5], [0.5, 0.0], [0.0, 0.5]]]
    """
    # Beyond the grid all is higher: so every ring is closed.
    nodes = np.pad(grid.heights, 1, constant_values=np.inf)
    wide = nodes.shape[1]
    ways = _ways(nodes, level)
    found = []
    while ways:
        start = edge = next(iter(ways))
        edges = [start]
        while (edge := ways.pop(edge)) != start:
            edges.append(edge)
        found.append(_places(np.array(edges), nodes.ravel(), wide, level, grid))
    return found


def _ways(nodes: FloatArray, level: float) -> dict[int, int]:
    """From each edge that a set is left by to the one that its ring leads to.

    Going round a cell counterclockwise, the set is left by some edges and entered by others: the
    ring leads from each of the first to one of the second, which the next cell is left by. The edge
    from a node to the right is twice that node, the one up from it one more.
    """
    wide = nodes.shape[1]
    low = nodes < level
    corners = np.stack([low[:-1, :-1], low[:-1, 1:], low[1:, 1:], low[1:, :-1]])
    ways = {}
    for row, column in np.argwhere(corners.any(axis=0) & ~corners.all(axis=0)).tolist():
        is_low = corners[:, row, column].tolist()
        node = row * wide + column
        edges = [2 * node, 2 * node + 3, 2 * (node + wide), 2 * node + 1]
        # Where low corners face each other, the middle of the cell says whether they are one set.
        turn = 1 if nodes[row : row + 2, column : column + 2].mean() < level else -1
        for k in range(4):
            if is_low[k] and not is_low[(k + 1) % 4]:
                to = (k + turn) % 4
                while is_low[to] or not is_low[(to + 1) % 4]:
                    to = (to + turn) % 4
                ways[edges[k]] = edges[to]
    return ways


def _places(
    edges: FloatArray, nodes: FloatArray, wide: int, level: float, grid: Grid
) -> FloatArray:
    """Where each edge has the level, shape (n, 2)."""
    ends = np.stack([edges // 2, edges // 2 + np.where(edges % 2, wide, 1)])
    low, high = np.where(nodes[ends[0]] < level, ends, ends[::-1])
    with np.errstate(invalid="ignore"):
        share = np.nan_to_num((level - nodes[low]) / (nodes[high] - nodes[low]))
    rows, columns = grid.heights.shape
    row = low // wide + share * (high // wide - low // wide) - 1
    column = low % wide + share * (high % wide - low % wide) - 1
    return np.stack([_along(grid.x, column, columns), _along(grid.y, row, rows)], axis=1)


def _along(ends: Range, node: FloatArray, count: int) -> FloatArray:
    """The value at a node, or between two."""
    return ends[0] + node / (count - 1) * (ends[1] - ends[0])
