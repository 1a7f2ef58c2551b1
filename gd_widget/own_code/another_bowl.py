"""Gradients of some bowl that is not that of the points shown, or of theirs and a penalty."""

from __future__ import annotations

import numpy as np

from gd_widget.own_code.comparison import Case
from gd_widget.own_code.predictions import EXACT


def is_another_bowl(case: Case) -> bool:
    """Whether the gradients are those of one bowl in every step, and not that of the points.

    That is H·a - c, with a symmetric H, the same in all steps: a random batch's is not. A ridge
    (weight decay in the loss) only adds to the diagonal, and is meant. The gradients have to be
    many and different: those of other losses may change little for a while.
    """
    seen, d = case.seen_gradients, case.bowl.d
    if case.by_hand or d > 20 or len({one.vector for one in seen}) < 2 * (d + 3):
        return False
    own = np.array([case.scaled(case.exact(one.at)) for one in seen])
    grads = np.array([one.vector for one in seen])
    at = np.array([one.at for one in seen]) * case.sizes
    if not (np.abs(np.hstack([own, grads, at])) < 1e100).all():
        return False
    lengths = np.linalg.norm(own, axis=1)
    allowed = EXACT * lengths + np.array([one.rounding for one in seen])
    is_bowl = (_left(grads, at, lengths, _symmetric(d)) <= allowed).all()
    is_ridge = (_left(grads - own, at, lengths, _diagonal(d)) <= allowed).all()
    return bool(is_bowl and not is_ridge)


def may_be_penalized(case: Case) -> bool:
    """Whether the gradients are those of the points and a penalty: a ridge, or a lasso.

    A lasso adds the signs of the parameters, all or without the intercept, times one number. As
    long as the signs stay, another y would add a constant, too.
    """
    if case.by_hand:
        return False
    seen, d = case.seen_gradients, case.bowl.d
    own = np.array([case.scaled(case.exact(one.at)) for one in seen])
    rest = np.array([one.vector for one in seen]) - own
    at = np.array([one.at for one in seen])
    if not (np.abs(np.hstack([own, rest, at])) < 1e100).all():
        return False
    lengths = np.linalg.norm(own, axis=1)
    allowed = EXACT * lengths + np.array([one.rounding for one in seen])
    slopes_alone = np.arange(d) != case.bowl.intercept
    for kept in (np.ones(d), slopes_alone):
        columns = np.stack([at * kept, np.sign(at) * kept], axis=2) / np.array(case.sizes)[:, None]
        system = columns.reshape(len(seen) * d, 2)
        best = np.linalg.lstsq(system, rest.ravel(), rcond=1e-12)[0]
        is_left = np.linalg.norm(rest - columns @ best, axis=1) > allowed
        if not is_left.any() and best.min() > -EXACT:
            return True
    return False


def _left(
    grads: np.ndarray, at: np.ndarray, lengths: np.ndarray, shapes: list[np.ndarray]
) -> np.ndarray:
    """What no sum of these matrices leaves of each gradient, nor a constant beside it."""
    n, d = grads.shape
    constants = np.broadcast_to(np.eye(d), (n, d, d)) if len(shapes) > d else np.empty((n, d, 0))
    of_shapes = np.stack([at @ shape for shape in shapes], axis=2)
    columns = np.concatenate([of_shapes, constants], axis=2)
    weights = 1 / np.maximum(lengths, 1e-300)
    system = (columns * weights[:, None, None]).reshape(n * d, -1)
    best = np.linalg.lstsq(system, (grads * weights[:, None]).ravel(), rcond=1e-12)[0]
    left: np.ndarray = np.linalg.norm(grads - columns @ best, axis=1)
    return left


def _symmetric(d: int) -> list[np.ndarray]:
    unit = np.eye(d)
    return [
        np.outer(unit[i], unit[j]) + (np.outer(unit[j], unit[i]) if i != j else 0)
        for i in range(d)
        for j in range(i, d)
    ]


def _diagonal(d: int) -> list[np.ndarray]:
    return [np.diag(row) for row in np.eye(d)]
