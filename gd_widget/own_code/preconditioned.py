"""Steps by hand that go down the loss of the points shown by one matrix: those of right programs.

A rate for each parameter, Newton's step, or training on centred x whose intercept is brought back:
each step is -P·gradient with the same P, by which every step goes down.
"""

from __future__ import annotations

import numpy as np

from gd_widget.own_code.comparison import Case
from gd_widget.own_code.predictions import EXACT, are_in_range

LEAST = 1e-9
"""The least that such a P does to a direction, as a share of the most."""


def is_preconditioned(case: Case) -> bool:
    """Whether one P that never goes up makes every step of the exact gradient, within rounding.

    Where the gradients show few directions, or some hardly at all, of P only that part is asked
    which acts on the others.
    """
    seen = case.seen_moves
    if not seen:
        return False
    steps = np.array([one.vector for one in seen])
    grads = np.array([case.scaled(case.exact(one.at)) for one in seen])
    with np.errstate(over="ignore"):
        lengths, of_grads = np.linalg.norm(steps, axis=1), np.linalg.norm(grads, axis=1)
    if not are_in_range(lengths, of_grads):
        return False
    ratios = lengths / of_grads
    rounding = np.array([one.rounding for one in seen])
    allowed = EXACT * lengths + ratios * rounding + [one.moved for one in seen]
    # Every gradient weighs the same: those near the bottom are the shortest.
    weights = 1 / of_grads[:, None]
    left, values, directions = np.linalg.svd(grads * weights, full_matrices=False)
    for rank in range(1, int((values > 0).sum()) + 1):
        shown = directions[:rank]
        by_p = (left[:, :rank] / values[:rank]).T @ (steps * weights)
        with np.errstate(over="ignore", invalid="ignore"):  # where P is far too large to be one
            left_over = np.linalg.norm(steps - grads @ shown.T @ by_p, axis=1)
        if (left_over <= allowed).all():
            down = by_p * np.square(case.sizes) @ shown.T  # a step's parts are in other units
            values_down = np.linalg.eigvalsh(down + down.T)
            if values_down[0] > LEAST * values_down[-1]:
                return True
    return False
