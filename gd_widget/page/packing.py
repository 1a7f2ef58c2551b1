"""Rows, points and pictures as bytes, for the page: js/sources/unpack.js reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from gd_widget.core.table import Steps, Table
from gd_widget.core.types import FloatArray
from gd_widget.data.points import TrainingData, are_many, is_in_a_plane
from gd_widget.page.shadow import Shadow

MOST_NUMBERS = 7000
"""Numbers one message may carry, 56 kB: twenty of them a second stay near 1 MB/s."""

MOST_AT_ONCE = 28_000
"""Numbers that a page is sent when it opens, 224 kB."""

MOST_SAVED_ROWS = 128
"""Rows kept for a page without a kernel, which can compute those between them."""

MOST_EXACT = 1000
"""Points that travel in all their digits."""


class Packed(NamedTuple):
    """Some rows of a run: their bytes, how many numbers each has, and what made them.

    A row is little-endian float64: the step, the fields of the table, and the rule's memory.
    What made the rows between, Table.stretches_of says where it is not too much.
    """

    bytes: bytes
    width: int
    stretches: list[dict[str, Any]]


def pack_rows(
    tables: Sequence[Table],
    start: int,
    stop: int,
    most: int = MOST_NUMBERS,
    shadow: Shadow | None = None,
) -> tuple[list[Packed], int]:
    """The rows start to stop - 1 of each run, or as many as it has; or their shadows.

    Of more than `most` numbers, every k-th row, and always the first and the last; k is the
    second thing returned.
    """
    widths = [7 if shadow else 1 + t.width + t.memory_width(start, stop) for t in tables]
    every = -(-(stop - start) * sum(widths) // most) or 1
    steps = [_every(every, start, min(stop, len(table))) for table in tables]
    return [_pack(table, some, shadow) for table, some in zip(tables, steps, strict=True)], every


def _every(k: int, start: int, stop: int) -> Steps:
    steps = np.arange(stop - 1, start - 1, -k)[::-1]
    return steps if len(steps) == 0 or steps[0] == start else np.concatenate([[start], steps])


def _pack(table: Table, steps: Steps, shadow: Shadow | None) -> Packed:
    rows = table.rows_at(steps)
    return _packed(table, steps, shadow.rows(rows) if shadow else rows, has_memory=not shadow)


def pack_saved_rows(
    table: Table, steps: Steps, shadow: Shadow | None = None, is_whole: bool = False
) -> Packed:
    """Rows for a page without a kernel: step, parameters, lr, and the rule's memory.

    The loss and the gradient are left out, where the page can compute them: not of a shadow, and
    not where is_whole says so.
    """
    if shadow is not None or is_whole:
        return _pack(table, steps, shadow)
    return _packed(table, steps, table.rows_at(steps)[:, [*range(table.d), -1]])


def _packed(table: Table, steps: Steps, rows: FloatArray, has_memory: bool = True) -> Packed:
    memories = [table.memories_at(steps)] if has_memory else []
    numbers = np.column_stack([steps, rows, *memories])
    return Packed(
        numbers.astype("<f8", copy=False).tobytes(),
        numbers.shape[1],
        [stretch.as_json() for stretch in table.stretches_of(steps)],
    )


class PackedPoints(NamedTuple):
    """The sample's features, one after the other, and its y, as bytes; and how to read them.

    Points that are held back come after the others.

    What is packed are offsets from the means, `middle`, in units of the largest, `spread`, which
    have a number for each feature and one for y: as little-endian float64, or, of more than
    MOST_EXACT points, as float32, seven digits of the spread whatever its size. Where some are held
    back their loss is computed of them, and all travel in all their digits.
    """

    bytes: bytes
    middle: list[float]
    spread: list[float]


def pack_points(points: TrainingData, shadow: Shadow | None = None) -> PackedPoints:
    """What a page is sent of the points themselves."""
    sample = shadow.sample() if shadow else points.sample
    parts = [sample] if points.held is None else [sample, points.held]
    columns = np.vstack([np.column_stack([part.features, part.y]) for part in parts])
    if not len(columns):  # of a function
        return PackedPoints(b"", [0.0] * columns.shape[1], [1.0] * columns.shape[1])
    middle = columns.mean(axis=0)
    columns -= middle
    spread = np.abs(columns).max(axis=0)
    spread[spread == 0] = 1
    is_exact = len(points) <= MOST_EXACT or points.held is not None
    numbers = "<f8" if is_exact else "<f4"
    packed = (columns / spread).T.astype(numbers).tobytes()
    return PackedPoints(packed, middle.tolist(), spread.tolist())


def pack_picture(points: TrainingData) -> tuple[dict[str, Any] | None, bytes]:
    """The density of points of which only a sample travels, as JSON and bytes; else None and none.

    See Density.packed; `extent` is what the axes hold.
    """
    if not (are_many(points) and is_in_a_plane(points)):
        return None, b""
    about, shades = points.density().packed()
    return {**about, "extent": [list(ends) for ends in points.extent]}, shades
