"""Steps that treat the parameters differently: one goes up, one stays, or all get one gradient.

The loss may be that of the points shown; what is compared is the step, part by part, with the exact
gradient.
"""

from __future__ import annotations

import numpy as np

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.rates import one_digit
from gd_widget.core.types import Params
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.factors import common
from gd_widget.own_code.other_guesses import mean_first
from gd_widget.own_code.preconditioned import is_preconditioned
from gd_widget.own_code.predictions import CLEARLY, EXACT
from gd_widget.own_code.written_out import coefficients

MOST = 20
"""Of more parameters, parts are not looked at one by one."""


def uneven_steps(case: Case) -> Diagnosis | None:
    """The one hypothesis that predicts every step, if there is one."""
    d = case.bowl.d
    if case.steps_along or case.is_frozen or len(case.seen_moves) < 3 or not 2 <= d <= MOST:
        return None
    parts = range(d)
    found = [one for i in parts if (one := _scaled(case, i))]
    if not is_preconditioned(case):
        found += [one for i in parts for one in (_turned(case, i), _stays(case, i)) if one]
        found += [one for i in parts if not _is_of_one_point(case, i) if (one := _for_all(case, i))]
        found += [one for i in parts if (one := _elsewhere(case, i))]
    if case.by_hand and not found:
        found = list(mean_first(case)) if _has_a_mean(case) else []
    return found[0] if len(found) == 1 else None if found else _overshoots(case)


def _turned(case: Case, i: int) -> Diagnosis | None:
    """All parts go down, but for one that goes up."""

    def predict(params: Params) -> Params:
        exact = case.exact(params)
        return (*exact[:i], -exact[i], *exact[i + 1 :])

    k = case.factor_for(case.seen_moves, predict)
    matters = case.changes_part(i)
    return (
        case.diagnosis("one_sign", part=i, d=case.bowl.d)
        if k is not None and k > 0 and matters
        else None
    )


def _stays(case: Case, i: int) -> Diagnosis | None:
    """All parts move as they should, but for one that never does."""

    def predict(params: Params) -> Params:
        exact = case.exact(params)
        return (*exact[:i], 0.0, *exact[i + 1 :])

    k = case.factor_for(case.seen_moves, predict)
    stays = all(e.move[i] == 0 for e in case.records) and case.changes_part(i)
    value = case.records[-1].after[i]
    found = stays and k is not None and k > 0
    return case.diagnosis("part_stays", part=i, d=case.bowl.d, value=value) if found else None


def _elsewhere(case: Case, i: int) -> Diagnosis | None:
    """Of two parameters one stays, and its step is made at the other, too."""
    if case.bowl.d != 2 or any(e.move[i] for e in case.records) or not _varies(case, i):
        return None

    def predict(params: Params) -> Params:
        both = sum(case.exact(params))
        return (both, 0.0) if i == 1 else (0.0, both)

    k = case.factor_for(case.seen_moves, predict)
    found = k is not None and k > 0
    return case.diagnosis("part_elsewhere", part=i, d=2) if found else None


def _varies(case: Case, i: int) -> bool:
    """Whether the derivative by part i is seen, and of clearly different sizes.

    Of absolute values it may be 1 or -1 all the time, as other things are, too.
    """
    sizes = [abs(case.exact(one.at)[i]) for one in case.seen_moves]
    return case.changes_part(i) and max(sizes) - min(sizes) > CLEARLY * max(sizes)


def _has_a_mean(case: Case) -> bool:
    """Whether the mean of some x is not nearly 0: there the slope would only stay."""
    sizes = case.bowl.root_mean_squares[0]
    slopes = [size for i, size in enumerate(sizes) if i != case.bowl.intercept]
    return any(
        abs(mean) > CLEARLY * size for mean, size in zip(case.bowl.mean_x, slopes, strict=True)
    )


def _overshoots(case: Case) -> Diagnosis | None:
    """Each part has a rate of its own, and one of them is too large whatever the others are.

    With rates D, steps shrink no error where an eigenvalue of D½ H D½ is above 2, and none of its
    diagonal is above its largest one.
    """
    d, hessian = case.bowl.d, case.bowl.hessian.diagonal()
    if not case.shown.is_squared:
        return None

    def columns(params: Params) -> list[list[float]]:
        exact = case.exact(params)
        return [[one if i == j else 0.0 for j, one in enumerate(exact)] for i in range(d)]

    rates = coefficients(case, columns)
    if rates is None:
        return None
    i = max(range(d), key=lambda i: rates[i] * hessian[i])
    if rates[i] * hessian[i] <= 2 * (1 + EXACT) or not case.changes_part(i):
        return None
    limits = {"critical": 2 / float(hessian[i]), "suggested": one_digit(1 / float(hessian[i]))}
    return case.diagnosis("part_overshoots", part=i, d=d, acts_as=rates[i], **limits)


def _scaled(case: Case, i: int) -> Diagnosis | None:
    """All parts move at the named rate, but for one that is a sum, or half, or twice as much.

    Of steps by hand: an optimizer's groups have rates of their own, and an intercept may have twice
    the rate on purpose.
    """
    n, lr = case.bowl.n, common([e.lr for e in case.records], least=1)
    if not lr or case.names.optimizer or not case.changes_part(i):
        return None
    factors = {n, 1 / n, 0.5, n / 2, 2.0 * n, 2.0} - ({2.0} if i == case.bowl.intercept else set())
    for factor in factors:

        def predict(params: Params, factor: float = factor) -> Params:
            exact = case.exact(params)
            return (*exact[:i], factor * exact[i], *exact[i + 1 :])

        k = case.factor_for(case.seen_moves, predict)
        if k is not None and abs(k / lr - 1) <= EXACT:
            return case.diagnosis("part_scaled", part=i, d=case.bowl.d, factor=factor)
    return None


def _is_of_one_point(case: Case, i: int) -> bool:
    """Whether a batch of one point, at x = 1, may move all parts as the derivative by part i would.

    So it is where every x is 0 or 1.
    """
    row = case.bowl.hessian[i]
    return bool(np.ptp(row) <= EXACT * abs(row).max())


def _for_all(case: Case, i: int) -> Diagnosis | None:
    """Every part gets the gradient of this one."""
    k = case.factor_for(case.seen_moves, lambda params: (case.exact(params)[i],) * case.bowl.d)
    return (
        case.diagnosis("one_gradient", part=i, d=case.bowl.d) if k is not None and k > 0 else None
    )
