"""Several features that no memory need hold: Dask's, seen once, piece by piece.

As of points (dask_points.py), a few sums of each piece are put together: d × d of them, and no
more, however many examples there are. This file is imported where Dask is, and not before.
"""

from __future__ import annotations

from functools import reduce
from typing import Any, NamedTuple

import dask
import dask.array as da
import numpy as np

from gd_widget.core.checks import problem
from gd_widget.core.model import Model
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.sums import Sums, added, standardized, sums_of_columns
from gd_widget.core.types import FloatArray
from gd_widget.data.columns import column
from gd_widget.data.dask_points import FAN, computed
from gd_widget.data.data_error import must_be_there, must_match
from gd_widget.data.features import Examples, must_have_digits
from gd_widget.data.points import CHUNK, SAMPLE, evenly_spaced


class Seen(NamedTuple):
    """What there is to know of some finite examples.

    largest : the largest sizes in x and in y.
    """

    sums: Sums
    largest: tuple[float, float]
    sample: Examples


class Part(NamedTuple):
    """n examples; how many numbers of x and of y are not finite; what was seen, if all are."""

    n: int
    missing: tuple[int, int]
    seen: Seen | None = None


class LazyFeatures:
    """Examples of which only the bowl and a sample are kept."""

    engines = ("numpy",)
    are_held = False
    held = None

    def __init__(self, x: Any, y: Any, model: Model, bowl: Quadratic, sample: Examples) -> None:
        self.x = self.given = x
        self.y, self.model, self.names = y, model, model.names
        self.bowl, self.sample = bowl, sample

    def __len__(self) -> int:
        return self.bowl.n


def lazy_features(
    x: Any, y: Any, names: tuple[str, ...], *, intercept: bool, standardize: bool
) -> LazyFeatures:
    """The examples of a Dask array of shape (n, k), or a Dask frame, and of y beside it.

    A column of ones is the intercept's; without one, an intercept comes last if there is to be any.

    Raises ValueError for what is not finite numbers, and for pieces that do not match.
    """
    part_of, together = dask.delayed(_part, pure=True), dask.delayed(_together, pure=True)
    tasks = [part_of(*pieces, intercept) for pieces in _pieces(x, y)]
    while len(tasks) > 1:
        tasks = [together(tasks[i : i + FAN]) for i in range(0, len(tasks), FAN)]
    part: Part = computed(tasks[0])
    for name, missing in zip("xy", part.missing, strict=True):
        must_be_there(name, missing, part.n)
    if part.seen is None:
        raise problem("x", "of shape (n, d), n at least 1", (part.n, len(names)))
    sums, largest, sample = part.seen
    place = len(names) if intercept else None
    # About the first row, equal values have a mean and a variance without rounding.
    ones = np.flatnonzero((sums.mean_x == 1) & (sums.cov_x.diagonal() == 0))
    if intercept and ones.size:
        place = int(ones[-1])
        names = tuple(name for i, name in enumerate(names) if i != place)
        sums = _without(sums, place)
        sample = Examples(np.delete(sample.features, place, axis=1), sample.y)
    model = Model(names, intercept=place)
    if standardize:
        model = model.scaled(sums.mean_x, np.sqrt(sums.cov_x.diagonal()))
        sums = standardized(sums)
    bowl = Quadratic.from_sums(sums._replace(intercept=place))
    bowl.must_be_finite(*largest)
    must_have_digits(bowl, names)
    return LazyFeatures(x, y, model, bowl, sample)


def _pieces(x: Any, y: Any) -> list[tuple[Any, Any]]:
    """The blocks of both, in pairs; each has all columns."""
    if hasattr(x, "to_dask_array"):
        x = x.to_dask_array(lengths=True)
    if hasattr(y, "to_dask_array"):
        y = y.to_dask_array(lengths=True)
    y = y if isinstance(y, da.Array) else da.from_array(column("y", y))
    x = x.rechunk({1: -1})
    must_match(x.shape[0], y.shape[0])
    y = y.reshape(-1).rechunk((x.chunks[0],))
    blocks = [np.ravel(values.to_delayed(optimize_graph=False)).tolist() for values in (x, y)]
    return list(zip(*blocks, strict=True))


def _part(x: Any, y: Any, intercept: bool) -> Part:
    """What there is to know of one piece."""
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    missing = _not_finite(x), _not_finite(y)
    if any(missing) or len(x) == 0:
        return Part(len(x), missing)
    place = x.shape[1] if intercept else None
    chunks = [slice(start, start + CHUNK) for start in range(0, len(x), CHUNK)]
    sums = reduce(added, (sums_of_columns(x[chunk], y[chunk], place) for chunk in chunks))
    largest = float(max(x.max(), -x.min())), float(max(y.max(), -y.min()))
    return Part(len(x), missing, Seen(sums, largest, _some(Examples(x, y), SAMPLE)))


def _not_finite(values: FloatArray) -> int:
    """How many are not; where all are, their sum says so sooner."""
    with np.errstate(over="ignore", invalid="ignore"):
        return 0 if np.isfinite(values.sum()) else int((~np.isfinite(values)).sum())


def _together(parts: list[Part]) -> Part:
    """What there is to know of some parts."""
    n = sum(part.n for part in parts)
    missing = sum(part.missing[0] for part in parts), sum(part.missing[1] for part in parts)
    seen = [part.seen for part in parts if part.seen is not None]
    return Part(n, missing, None if any(missing) or not seen else reduce(_both, seen))


def _both(one: Seen, other: Seen) -> Seen:
    n = one.sums.n + other.sums.n
    samples = [_some(each.sample, round(SAMPLE * each.sums.n / n)) for each in (one, other)]
    return Seen(
        added(one.sums, other.sums),
        (max(one.largest[0], other.largest[0]), max(one.largest[1], other.largest[1])),
        Examples(
            np.concatenate([each.features for each in samples]),
            np.concatenate([each.y for each in samples]),
        ),
    )


def _some(examples: Examples, most: int) -> Examples:
    """At most so many of them, evenly spaced."""
    some = evenly_spaced(len(examples), most)
    return Examples(examples.features[some], examples.y[some])


def _without(sums: Sums, place: int) -> Sums:
    """The sums of all features but one, which does not vary."""
    return sums._replace(
        origin_x=np.delete(sums.origin_x, place),
        offset_x=np.delete(sums.offset_x, place),
        cov_x=np.delete(np.delete(sums.cov_x, place, axis=0), place, axis=1),
        best_slopes=np.delete(sums.best_slopes, place),
    )
