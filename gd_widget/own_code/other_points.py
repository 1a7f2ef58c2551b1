"""The bowls of points that are others than those shown: their x or y scaled, shifted, exchanged."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from gd_widget.core.model import Model
from gd_widget.core.quadratic import Quadratic
from gd_widget.own_code.predictions import Seen

SAME = 1e-4
"""Two means or spreads are the same if they differ by at most this share of the spread."""


class OtherPoints(NamedTuple):
    """A bowl, and in what its points are others: "x", "y" or "x and y", and how."""

    bowl: Quadratic
    which: str
    how: str


def standardized(bowl: Quadratic) -> Iterator[OtherPoints]:
    """Those with mean 0, and mostly a spread of 1, as n or n - 1 count it."""
    if bowl.intercept is None or bowl.n < 2:
        return
    sd_x = np.sqrt(np.array(bowl.cov_x).diagonal())
    sd_y = math.sqrt(bowl.var_y)
    if not (sd_x.all() and sd_y):
        return
    kept = np.ones_like(sd_x), False, 1.0, False
    is_there = np.allclose(sd_x, 1) and np.allclose(bowl.mean_x, 0, atol=1e-6)
    for by_n in (1.0, math.sqrt(bowl.n / (bowl.n - 1))):
        xs = by_n * sd_x
        how = "divided" if is_there else "standardized"  # by another standard deviation
        yield OtherPoints(_changed(bowl, xs, True, *kept[2:]), "x", how)
        yield OtherPoints(_changed(bowl, *kept[:2], by_n * sd_y, True), "y", "standardized")
        yield OtherPoints(_changed(bowl, xs, True, by_n * sd_y, True), "x and y", "standardized")
        yield OtherPoints(_changed(bowl, xs, True, 1.0, True), "x and y", "standardized")
    yield OtherPoints(_changed(bowl, kept[0], True, *kept[2:]), "x", "shifted")
    yield OtherPoints(_changed(bowl, *kept[:2], 1.0, True), "y", "shifted")
    yield OtherPoints(_changed(bowl, kept[0], True, 1.0, True), "x and y", "shifted")


def as_given(bowl: Quadratic, model: Model | None) -> OtherPoints | None:
    """The columns before they were standardized; None where they were not."""
    if model is None or model.means is None or model.scales is None:
        return None
    scales, slopes = np.array(model.scales), np.array(bowl.best_slopes)
    other = bowl._replace(
        mean_x=model.means,
        cov_x=tuple(map(tuple, (np.array(bowl.cov_x) * np.outer(scales, scales)).tolist())),
        best_slopes=tuple((slopes / scales).tolist()),
    )
    return OtherPoints(other, "x", "as given")


def _changed(
    bowl: Quadratic, by_x: np.ndarray, x_is_centred: bool, by_y: float, y_is_centred: bool
) -> Quadratic:
    """That of x and y divided by these, and their means subtracted or not."""
    mean_x = np.zeros_like(by_x) if x_is_centred else np.array(bowl.mean_x) / by_x
    return bowl._replace(
        mean_x=tuple(mean_x.tolist()),
        cov_x=tuple(map(tuple, (np.array(bowl.cov_x) / np.outer(by_x, by_x)).tolist())),
        mean_y=0.0 if y_is_centred else bowl.mean_y / by_y,
        best_slopes=tuple((np.array(bowl.best_slopes) * by_x / by_y).tolist()),
        floor=bowl.floor / by_y**2,
    )


def fitted(
    bowl: Quadratic, seen: Sequence[Seen], sizes: Sequence[float], k: float
) -> OtherPoints | None:
    """The line's points, scaled and shifted, whose gradients were seen, k times each.

    With z and v for the other x and y, a gradient is 2(s·E z² + b·E z - E zv, s·E z + b - E v):
    linear in four means, which so are found by least squares.
    """
    rows, values = [], []
    for one in seen:
        s, b = one.at
        of_slope, of_intercept = (
            v * size / (2 * k) for v, size in zip(one.vector, sizes, strict=True)
        )
        rows += [(b, s, -1.0, 0.0), (s, 0.0, 0.0, -1.0)]
        values += [of_slope, of_intercept - b]
    means, _, rank, _ = np.linalg.lstsq(np.array(rows), np.array(values), rcond=1e-9)
    if rank < 4 or not np.isfinite(means).all():
        return None
    mean_z, mean_zz, mean_zv, mean_v = means.tolist()
    var_z, cov_zv = mean_zz - mean_z**2, mean_zv - mean_z * mean_v
    var_x, best = bowl.cov_x[0][0], bowl.best_slopes[0]
    if not (var_z > 0 < var_x and best):
        return None
    by_x = math.sqrt(var_z / var_x)
    by_y = cov_zv / (by_x * var_x * best)
    other = bowl._replace(
        mean_x=(mean_z,),
        cov_x=((var_z,),),
        mean_y=mean_v,
        best_slopes=(cov_zv / var_z,),
        floor=bowl.floor * by_y**2,
    )
    spread_x, spread_y = math.sqrt(var_x), math.sqrt(bowl.var_y)
    same_x = abs(by_x - 1) < SAME and abs(mean_z - bowl.mean_x[0]) < SAME * spread_x
    same_y = abs(by_y - 1) < SAME and abs(mean_v - bowl.mean_y) < SAME * spread_y
    turned_x = abs(by_y + 1) < SAME and abs(mean_v - bowl.mean_y) < SAME * spread_y
    if same_x == (same_y or turned_x):
        return OtherPoints(other, "", "")
    # Any other y has some slope and some mean, as a scaled and shifted one has.
    return OtherPoints(other, "y", "other") if same_x else OtherPoints(other, "x", "scaled")
