"""The points a line is fitted to: made up, or the user's own.

This file knows nothing of fitting; see quadratic.py for what the points say about a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gd_widget.arguments import one_of, pair, point, problem, whole_number

FloatArray = npt.NDArray[np.float64]
Params = tuple[float, float]

NOISES = ("uniform", "gaussian")


@dataclass(frozen=True, eq=False)
class Points:
    """n points: `x` and `y`, both of shape (n,), float64, finite and read-only."""

    x: FloatArray
    y: FloatArray

    def __post_init__(self) -> None:
        # Views, so that locking them leaves the user's own arrays as they were.
        for name in ("x", "y"):
            view = getattr(self, name).view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    def __len__(self) -> int:
        return len(self.x)

    def spliced(self, at: int, remove: int, insert: Sequence[Params]) -> Points:
        """These points without `remove` of them from `at` on, and others in their place.

        insert : (x, y) pairs. At least one point must be left.
        """
        at = whole_number("at", at, least=0, most=len(self))
        remove = whole_number("remove", remove, least=0, most=len(self) - at)
        if len(self) - remove + len(insert) == 0:
            raise ValueError("points must be at least one; the last one cannot be removed")
        pairs = np.array([point("a point", p) for p in insert], np.float64).reshape(-1, 2)
        kept = slice(at), slice(at + remove, None)
        return Points(
            *(
                np.concatenate([old[kept[0]], new, old[kept[1]]])
                for old, new in zip((self.x, self.y), pairs.T, strict=True)
            )
        )


def make_line(
    n: int = 100,
    noise: str = "uniform",
    seed: int = 1,
    true_params: Params = (3.0, 2.0),
) -> Points:
    """Points scattered about a line.

    `x` is uniform on [-1, 1), drawn first; then `y = slope * x + intercept + noise`. The noise
    is "uniform" on [0, 1), as in fast.ai's lesson: its mean is one half, so the best fit's
    intercept is half a unit above the true one. Or it is "gaussian": N(0, 0.25²), centred.
    The same seed gives the same points on every machine.

    >>> make_line(n=3).x.round(3).tolist()
    [0.024, 0.901, -0.712]
    """
    n = whole_number("n", n, least=1)
    noise = one_of("noise", noise, NOISES)
    seed = whole_number("seed", seed, least=0)
    slope, intercept = pair("true_params", true_params)
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, n)
    y = slope * x + intercept
    y += rng.uniform(0, 1, n) if noise == "uniform" else rng.normal(0, 0.25, n)
    return Points(x, y)


def own_points(x: Any, y: Any) -> Points:
    """The user's own points, from lists, arrays or tensors of shape (n,) or (n, 1).

    `x` may also be the lesson's (n, 2) design matrix, whose second column is all ones.
    """
    points = Points(_column("x", x), _column("y", y))
    if len(points.x) != len(points.y):
        raise ValueError(
            f"x and y must be of one length; got {len(points.x)} and {len(points.y)} values"
        )
    return points


def _column(name: str, values: Any) -> FloatArray:
    if hasattr(values, "detach"):  # a tensor, perhaps on another device or with a gradient
        values = values.detach().cpu()
    try:
        array = np.asarray(values)
    except ValueError:  # a ragged list
        raise problem(name, "numbers of shape (n,)", values) from None
    if name == "x" and array.ndim == 2 and array.shape[1] == 2 and (array[:, 1] == 1).all():
        array = array[:, 0]
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1 or len(array) == 0:
        raise ValueError(f"{name} must be of shape (n,), n at least 1; got shape {array.shape}")
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} must be real numbers; got values of type {array.dtype}")
    column = np.array(array, dtype=np.float64)  # a copy: the user may go on changing theirs
    missing = len(column) - int(np.isfinite(column).sum())
    if missing:
        raise ValueError(
            f"{name} must be finite numbers; got {missing} missing or infinite of {len(column)} "
            f"(drop them with keep = np.isfinite(x) & np.isfinite(y))"
        )
    return column
