"""A cross-entropy of probabilities, whose gradient dies out where these are nearly 0 or 1.

By PyTorch's binary_cross_entropy() the derivative by a probability p is (p - y) / (p·(1 - p)), but
it divides by no less than 1e-12 (aten/src/ATen/native/Loss.cpp). The sigmoid then multiplies by
p·(1 - p), so that below a guess of about -27.6 next to nothing is left.
"""

from __future__ import annotations

import numpy as np

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.losses import design, sigmoid
from gd_widget.core.types import FloatArray, Params
from gd_widget.data.points import are_many
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.predictions import EXACT

LEAST_DIVISOR = 1e-12
LEAST = 3
"""Gradients that have to be the ones predicted."""


def lost_gradient(case: Case) -> Diagnosis | None:
    """Every gradient is the one that PyTorch's division leaves, and less than half the exact one.

    Where nothing at all is left, it could as well be that of anything flat.
    """
    points, shown = case.points, case.shown
    if shown.kind != "cross_entropy" or shown.has_penalty or points is None or are_many(points):
        return None
    seen = [
        (e.grad, e.at) for e in case.records if e.n_backward == 1 and e.grad and e.at is not None
    ]
    x, y = design(points.x), np.asarray(points.y, np.float64)
    is_lost = len(seen) >= LEAST and all(_is_lost(case, x, y, grad, at) for grad, at in seen)
    return (
        case.diagnosis("other_kind", kind="lost_gradient", shown=shown.kind, delta=None)
        if is_lost
        else None
    )


def _is_lost(case: Case, x: FloatArray, y: FloatArray, grad: Params, at: Params) -> bool:
    guess = x @ np.array(at)
    share = sigmoid(guess)
    spread = share * sigmoid(-guess)  # 1 - share has no digits left near 1
    by_guess = (share - y) * spread / np.maximum(spread, LEAST_DIVISOR)
    predicted = np.array(case.scaled((by_guess @ x / len(y)).tolist()))
    exact, off = case.scaled(case.exact(at)), np.array(case.scaled(grad)) - predicted
    left = float(np.linalg.norm(predicted))
    return 0 < left < 0.5 * float(np.linalg.norm(exact)) and bool(
        np.linalg.norm(off) <= EXACT * left
    )
