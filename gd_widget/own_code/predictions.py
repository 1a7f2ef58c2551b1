"""Whether a hypothesis predicts what was seen: each vector, up to one factor for all of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import FloatArray, Params

EXACT = 1e-4
"""A prediction fits if what is left is at most this share of it, beside rounding."""

CLEARLY = 1e-2
"""A prediction is put to the test only where it changes by more than this share of it: else any
steps of one kind, as those of Adam or of signs, would fit."""

ROUNDINGS = 30
"""So many roundings of the largest number in a sum over the points are not more than rounding."""

FLOAT32 = float(np.finfo(np.float32).eps)
"""Of data in float32, whatever type the parameters have."""

SMALLEST, LARGEST = 1e-75, 1e75
"""Lengths between these can be divided by each other and squared within float64."""

Predict = Callable[[Params], Sequence[float]]
"""The vector that a hypothesis predicts at some parameters, up to a factor."""


class Seen(NamedTuple):
    """A gradient or a step that was seen.

    vector : its parts, in units in which lengths mean something; a step turned round.
    at : the parameters.
    rounding : what of a gradient's length may be rounding; moved : and of a step's.
    """

    vector: tuple[float, ...]
    at: Params
    rounding: float
    moved: float = 0.0


def rounding_of_guess(params: Params, eps: float, bowl: Quadratic) -> float:
    """What of a guess may be rounding, in units of y."""
    sizes, size_y = bowl.root_mean_squares
    terms = size_y + sum(abs(one) * size for one, size in zip(params, sizes, strict=True))
    return ROUNDINGS * max(eps, FLOAT32) * terms


def rounding_of_step(params: Params, eps: float) -> float:
    """What of a step may be rounding: that of the parameters themselves."""
    return 3 * eps * math.hypot(*params)


def are_in_range(*lengths: FloatArray) -> bool:
    """Whether quotients of all these lengths, and their squares, are numbers."""
    return all(((one > SMALLEST) & (one < LARGEST)).all() for one in lengths)


def factor_of_all(
    seen: Sequence[Seen], predicted: Sequence[Sequence[float]], *, least: int
) -> float | None:
    """The k for which each vector seen is k times the predicted one; None where none fits all.

    At least so many have to be there; those that drown in rounding say nothing.
    """
    pairs = [(one, p) for one, p in zip(seen, predicted, strict=True) if _says(one, p)]
    if len(pairs) < least:
        return None
    # The clearest one decides on the factor, which has to fit all.
    clearest, p = max(pairs, key=lambda pair: math.hypot(*pair[1]) / pair[0].rounding)
    k = _dot(clearest.vector, p) / _dot(p, p)
    return k if all(_fits(one, p, k) for one, p in pairs) else None


def all_along(seen: Sequence[Seen], predicted: Sequence[Sequence[float]], *, least: int) -> bool:
    """Whether each vector seen is some multiple of the predicted one."""
    pairs = [(one, p) for one, p in zip(seen, predicted, strict=True) if _says(one, p)]
    return len(pairs) >= least and all(
        _fits(one, p, _dot(one.vector, p) / _dot(p, p)) for one, p in pairs
    )


def changes(seen: Sequence[Seen], predicted: Sequence[Sequence[float]], *, least: int = 2) -> bool:
    """Whether so many of the vectors predicted differ clearly from each other, beside their sign.

    Those that drown in rounding are not put to the test, and steps of signs turn, too.
    """
    tested = [p for one, p in zip(seen, predicted, strict=True) if _says(one, p)]
    clearly = CLEARLY * max((math.hypot(*p) for p in tested), default=0.0)
    apart: list[Sequence[float]] = []
    for p in tested:
        turned = [-part for part in p]
        if all(min(math.dist(p, one), math.dist(turned, one)) > clearly for one in apart):
            apart.append(p)
        if len(apart) == least:
            return True
    return False


def _says(one: Seen, p: Sequence[float]) -> bool:
    length = math.hypot(*p)
    return length > 100 * one.rounding and 0 < _dot(p, p) < math.inf


def _fits(one: Seen, p: Sequence[float], k: float) -> bool:
    left = math.hypot(*(v - k * part for v, part in zip(one.vector, p, strict=True)))
    return left <= abs(k) * (EXACT * math.hypot(*p) + one.rounding) + one.moved


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
