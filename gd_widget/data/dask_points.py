"""Points that no memory need hold: Dask's, seen once, piece by piece.

What training needs of them is their bowl, six numbers; what the view needs is their density and a
sample. All of these can be had of each piece and put together in any order, so one pass is enough,
on whatever scheduler the user has. This file is imported where Dask is, and not before.
"""

from __future__ import annotations

from functools import reduce
from typing import Any, NamedTuple

import dask
import dask.array as da
import numpy as np
from dask.base import get_scheduler
from dask.diagnostics.progress import ProgressBar

from gd_widget.core.checks import problem, with_code
from gd_widget.core.model import LINE, Model
from gd_widget.core.sums import Sums, added, standardized, sums_of_columns
from gd_widget.data.columns import column, one_dimensional
from gd_widget.data.curve import must_have_powers
from gd_widget.data.data_error import (
    DataError,
    must_be_numbers,
    must_be_there,
    must_match,
    must_pair,
)
from gd_widget.data.density import Density, Extent, Range, cells_of
from gd_widget.data.points import (
    MOST_POINTS,
    SAMPLE,
    Points,
    bowl_of,
    evenly_spaced,
)
from gd_widget.data.text_numbers import telling

FINE_CELLS = 512
"""In each direction: there is no second pass to look closer, so this one looks closely."""

FAN = 8
"""Parts put together by one task."""

SILENT_SECONDS = 1.0
"""What takes less shows no progress."""


class Seen(NamedTuple):
    """What there is to know of some finite points."""

    sums: Sums
    extent: Extent
    density: Density
    sample: Points


class Part(NamedTuple):
    """n of the points; what is missing of them; what was seen, if they are finite and any.

    text : where a column is text instead: the error about it, which takes all parts to tell.
    """

    n: int
    missing: tuple[int, int] = (0, 0)
    seen: Seen | None = None
    text: DataError | None = None


class LazyPoints:
    """Points of which only the bowl, the extent, the density and a sample are kept."""

    engines = ("numpy",)
    are_held = False
    held = None

    def __init__(self, x: Any, y: Any, seen: Seen, model: Model) -> None:
        self.x, self.y, self.model, self.names = x, y, model, model.names
        sums, self.extent, self._fine, self.sample = seen
        self.bowl = bowl_of(sums, self.extent)
        is_told_apart = self.bowl.has_digits and not self.bowl.has_valley
        # Few different x leave a polynomial open.
        if not is_told_apart and len(np.unique(self.sample.x)) > model.degree > 1:
            rule = "so low that one pass can tell the powers of x apart"
            raise problem("degree", rule, model.degree)

    def __len__(self) -> int:
        return self.bowl.n

    @property
    def given(self) -> Any:
        """The same as x."""
        return self.x

    def density(self, within: Extent | None = None) -> Density:
        """How many lie where, no finer than the one pass has seen it."""
        return self._fine.within(within or self.extent)


def lazy_points(
    x: Any, y: Any, model: Model = LINE, standardize: bool = False
) -> LazyPoints | tuple[Any, Any]:
    """The points of two columns of which at least one is Dask's: an array, or a Series.

    model, standardize : what is fitted to them, and whether its columns are scaled.

    Sees them once, with Dask's own progress bar. Up to MOST_POINTS come as they are, computed:
    two columns that this process's memory holds.
    """
    part_of, together = dask.delayed(_part, pure=True), dask.delayed(_together, pure=True)
    tasks = [part_of(*pieces, model) for pieces in _pieces(x, y)]
    while len(tasks) > 1:
        tasks = [together(tasks[i : i + FAN]) for i in range(0, len(tasks), FAN)]
    part: Part = computed(tasks[0])
    if part.text is not None:
        raise part.text
    for name, missing in zip("xy", part.missing, strict=True):
        must_be_there(name, missing, part.n)
    if part.seen is None:
        raise ValueError(f"x must be of shape (n,), n at least 1; got shape ({part.n},)")
    if part.n <= MOST_POINTS:
        held: tuple[Any, Any] = dask.compute(x, y)
        return held
    if not standardize:
        return LazyPoints(x, y, part.seen, model)
    sums = part.seen.sums
    model = model.scaled(sums.mean_x, np.sqrt(sums.cov_x.diagonal()))
    return LazyPoints(x, y, part.seen._replace(sums=standardized(sums)), model)


def _pieces(x: Any, y: Any) -> list[tuple[Any, Any]]:
    """The blocks of both, in pairs."""
    if isinstance(x, da.Array) or isinstance(y, da.Array):
        x, y = _array("x", x, y), _array("y", y, x)
        if not np.isnan([*x.shape, *y.shape]).any():
            must_match(len(x), len(y))
            y = y.rechunk(x.chunks)
    for name, values, other in (("x", x, "y"), ("y", y, "x")):
        if not hasattr(values, "to_delayed"):
            rule = f"a Series of Dask's where {other} is"
            sentence = f"{problem(name, rule, type(values).__name__)}: make {other} an array with"
            array = f"{other} = {other}.to_dask_array(lengths=True)"
            raise ValueError(with_code(sentence, [array]))
    # Not optimized one by one: what both are made of is then made once.
    blocks = [np.ravel(values.to_delayed(optimize_graph=False)).tolist() for values in (x, y)]
    if len(blocks[0]) != len(blocks[1]):
        sentence = "x and y must be in the same partitions; got {} and {}".format(*map(len, blocks))
        raise DataError("x and y", "index", sentence)
    return list(zip(*blocks, strict=True))


def _array(name: str, values: Any, other: Any) -> Any:
    """A Dask array of shape (n,), in the chunks of the other where it was none."""
    if not isinstance(values, da.Array):
        if hasattr(values, "to_dask_array"):
            return values.to_dask_array()
        values = da.from_array(column(name, values))
    must_be_numbers(name, values.dtype.kind)
    return one_dimensional(name, values)


def _part(x: Any, y: Any, model: Model) -> Part:
    """What there is to know of one piece."""
    must_match(len(x), len(y))
    if len(x) == 0:
        return Part(0)
    must_pair(x, y)
    try:
        columns = column("x", x), column("y", y)
    except DataError as error:
        if error.kind != "text":
            raise
        return Part(len(x), text=telling([error]))
    missing_x, missing_y = (int((~np.isfinite(values)).sum()) for values in columns)
    if missing_x or missing_y:
        return Part(len(x), (missing_x, missing_y))
    points = Points(*columns)
    density = Density.of(points.chunks(), *cells_of(points.extent, most=FINE_CELLS))
    sums = _sums(points, model)
    return Part(len(x), (0, 0), Seen(sums, points.extent, density, _some(points, SAMPLE)))


def _sums(points: Points, model: Model) -> Sums:
    """What fixes the bowl of a model on points."""
    if model.is_line:
        return points.sums
    must_have_powers(points, model.degree)
    parts = ((model.columns_of(x[:, None]), y) for x, y in points.chunks())
    return reduce(added, (sums_of_columns(*part, model.intercept) for part in parts))


def _together(parts: list[Part]) -> Part:
    """What there is to know of some parts."""
    n = sum(part.n for part in parts)
    missing = sum(part.missing[0] for part in parts), sum(part.missing[1] for part in parts)
    seen = [part.seen for part in parts if part.seen is not None]
    texts = [part.text for part in parts if part.text is not None]
    return Part(
        n,
        missing,
        None if any(missing) or not seen else reduce(_both, seen),
        telling(texts) if texts else None,
    )


def _both(one: Seen, other: Seen) -> Seen:
    (x, y), (x2, y2) = one.extent, other.extent
    n = one.sums.n + other.sums.n
    samples = [_some(each.sample, round(SAMPLE * each.sums.n / n)) for each in (one, other)]
    return Seen(
        added(one.sums, other.sums),
        (_hull(x, x2), _hull(y, y2)),
        one.density.together(other.density, FINE_CELLS),
        Points(
            np.concatenate([each.x for each in samples]),
            np.concatenate([each.y for each in samples]),
        ),
    )


def _hull(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), max(one[1], other[1])


def _some(points: Points, most: int) -> Points:
    """At most so many of these points, evenly spaced."""
    some = evenly_spaced(len(points), most)
    return Points(points.x[some].astype(np.float64), points.y[some].astype(np.float64))


def computed(task: Any) -> Any:
    """The task's result, with progress, on the scheduler that the user has chosen."""
    client = getattr(get_scheduler(), "__self__", None)
    if client is None:
        with ProgressBar(minimum=SILENT_SECONDS):
            return task.compute()
    from distributed import progress

    future = client.compute(task)
    try:
        progress(future)
        return future.result()
    except BaseException:  # an interrupt, above all: nobody waits for it any more
        future.cancel()
        raise
