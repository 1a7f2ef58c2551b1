"""The update rules: what one step of training does with the gradient.

Each rule is one pure function from (params, grad, memory, settings) to (params, memory).
`memory` is whatever the rule carries from one step to the next, as a tuple of floats; plain
gradient descent carries nothing. This file knows nothing of where a gradient comes from.
"""

from __future__ import annotations

from typing import NamedTuple

from gd_widget.data import Params

Memory = tuple[float, ...]


class Settings(NamedTuple):
    """What the user can turn while training."""

    lr: float


def gradient_descent(
    params: Params, grad: Params, memory: Memory, settings: Settings
) -> tuple[Params, Memory]:
    """Move against the gradient, by the learning rate: a -= lr * a.grad."""
    slope, intercept = params
    grad_slope, grad_intercept = grad
    lr = settings.lr
    return (slope - lr * grad_slope, intercept - lr * grad_intercept), memory
