"""Derivatives of a line that were written out for other points than those of its guess.

Such steps are linear in the parameters: sums of a few columns, each a vector that the parameters
make. A hypothesis says which columns; it is named if its sum makes every step, and that of no right
program does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.types import Params
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.preconditioned import is_preconditioned
from gd_widget.own_code.predictions import EXACT, LARGEST, are_in_range, changes

Columns = Callable[[Params], Sequence[Sequence[float]]]
"""The columns at some parameters."""

LEAST = 6
"""Steps that three columns have to make, at least."""

CLEAR_APART, ROUNDING = 1e-9, 1e-15
"""What right code may make is told apart from the rest as far as numbers go: a step of a penalty
near its bottom is a small difference of large columns."""

SAME = 1e-3
"""Two coefficients are the same if they differ by at most this share."""


def written_out(case: Case) -> Diagnosis | None:
    """The residuals are of another x or y, or the derivative by the slope has another x."""
    is_line = case.bowl.d == 2 and case.bowl.intercept == 1
    if not (is_line and case.by_hand) or case.is_frozen or case.steps_along:
        return None
    steps = case.seen_moves
    if len(steps) < LEAST or not changes(steps, [one.vector for one in steps]):
        return None  # steps that are nearly the same are nearly made of many sums
    if is_preconditioned(case):
        return None
    right = (coefficients(case, columns, rcond=ROUNDING) for columns in _of_right_code(case))
    if any(one is not None for one in right):
        return None
    found = [_derivative(case)]
    if case.shown.is_squared:
        found += [_residuals(case, "x"), _residuals(case, "y")]
    found = [one for one in found if one]
    return found[0] if len(found) == 1 else None


def coefficients(case: Case, columns: Columns, *, rcond: float = CLEAR_APART) -> list[float] | None:
    """How many times each column is in every step; None where their sum does not make all.

    rcond : columns that can be told apart less than this count as the same.
    """
    seen = case.seen_moves
    steps = np.array([one.vector for one in seen])
    made_of = np.array([[case.scaled(one) for one in columns(at)] for _, at, *_ in seen])
    own = np.array([case.scaled(case.exact(one.at)) for one in seen])
    with np.errstate(over="ignore"):
        lengths, grads = np.linalg.norm(steps, axis=1), np.linalg.norm(own, axis=1)
    if not (are_in_range(lengths, grads) and (np.abs(made_of) < LARGEST).all()):
        return None
    rounding = np.array([one.rounding for one in seen])
    allowed = EXACT * lengths + lengths / grads * rounding + [one.moved for one in seen]
    # Every step weighs the same: those near the bottom are the shortest.
    system = np.swapaxes(made_of / lengths[:, None, None], 1, 2).reshape(steps.size, -1)
    sizes = np.linalg.norm(system, axis=0)
    if not sizes.all():
        return None
    wanted = (steps / lengths[:, None]).ravel()
    best = np.linalg.lstsq(system / sizes, wanted, rcond=rcond)[0] / sizes
    with np.errstate(over="ignore", invalid="ignore"):  # where the sum is far from making them
        left = np.linalg.norm(steps - np.einsum("c,scd->sd", best, made_of), axis=1)
    return best.tolist() if (left <= allowed).all() else None


def _of_right_code(case: Case) -> tuple[Columns, ...]:
    """Penalties, on both parameters or on the slope; rates of their own; steps of one length."""
    exact = case.exact
    return (
        lambda a: ((1.0, 0.0), (0.0, 1.0)),
        lambda a: ((math.copysign(1, exact(a)[0]), 0.0), (0.0, math.copysign(1, exact(a)[1]))),
        lambda a: (exact(a), a),
        lambda a: (exact(a), (a[0], 0.0), (math.copysign(1, a[0]), 0.0)),
        lambda a: (exact(a), tuple(math.copysign(1, one) for one in a)),
        lambda a: ((exact(a)[0], 0.0), (0.0, exact(a)[1])),
    )


def _residuals(case: Case, which: str) -> Diagnosis | None:
    """The guess has another x, or is compared with another y, than the derivatives are written for.

    Then what the slope does to the derivatives is whatever that x makes it, or the constants in
    them are; the rest is as it should be.
    """
    exact, constants = case.exact, case.exact((0.0, 0.0))

    def columns(a: Params) -> Sequence[Sequence[float]]:
        slope, intercept = a
        if which == "x":
            return exact((0.0, intercept)), (slope, 0.0), (0.0, slope)
        of_params = [one - other for one, other in zip(exact(a), constants, strict=True)]
        return of_params, (1.0, 0.0), (0.0, 1.0)

    found = coefficients(case, columns)
    if found is None:
        return None
    first = case.seen_moves[0]
    of_derivatives = found[0] * math.hypot(*case.scaled(case.exact(first.at)))
    if of_derivatives <= SAME * math.hypot(*first.vector):
        return None
    return case.diagnosis("other_points", which=which, how="other")


def _derivative(case: Case) -> Diagnosis | None:
    """The residuals are multiplied by another x, stretched and shifted; the intercept's are right.

    Where the intercept is moved first, the slope's derivative has some of the other in it, too.
    """

    def columns(a: Params) -> Sequence[Sequence[float]]:
        by_slope, by_intercept = case.exact(a)
        return (by_slope, 0.0), (by_intercept, 0.0), (0.0, by_intercept)

    found = coefficients(case, columns)
    if found is None:
        return None
    stretched, shifted, rate = found
    parts = [abs(stretched), abs(shifted) / case.sizes[0], abs(rate)]
    if min(parts) <= SAME * max(parts):  # x has no part in it, or one of the steps is missing
        return None
    in_turn = -stretched * rate * float(case.bowl.hessian[0, 1])
    if rate <= 0 or abs(shifted - in_turn) <= SAME * abs(shifted):
        return None
    return case.diagnosis("other_derivative", part=0, d=2)
