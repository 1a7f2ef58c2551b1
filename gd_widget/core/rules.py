"""The update rules: what one step of training does with the gradient.

Each rule is one pure function from (params, grad, memory, settings) to (params, memory).
`memory` is whatever the rule carries from one step to the next, as a list of numbers; plain
gradient descent carries nothing. Names, defaults and the order of the sums are those of
`torch.optim`, where it has the rule. This file knows nothing of where a gradient comes from;
js/core/rules.js is its twin.
"""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from typing import NamedTuple

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Vector

Step = tuple[Vector, Vector]


class Settings(NamedTuple):
    """What the user can turn while training, and the bowl for those rules that look at it."""

    lr: float
    momentum: float
    alpha: float
    betas: tuple[float, float]
    history_size: int
    bowl: Quadratic


def gradient_descent(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """Move against the gradient, by the learning rate: a -= lr * a.grad."""
    slope, intercept = params
    grad_slope, grad_intercept = grad
    lr = settings.lr
    return (slope - lr * grad_slope, intercept - lr * grad_intercept), memory


# ------------------------------------------------------- first order, with a memory of gradients


def momentum(params: Vector, grad: Vector, velocity: Vector, settings: Settings) -> Step:
    """Keep a share of the last step's velocity, and add the gradient to it.

    Source: Polyak, Some methods of speeding up the convergence of iteration methods (1964);
    torch.optim.SGD(momentum=0.9).
    """
    velocity = [settings.momentum * v + g for v, g in zip(velocity, grad)]
    return [p - settings.lr * v for p, v in zip(params, velocity)], velocity


def nesterov(params: Vector, grad: Vector, velocity: Vector, settings: Settings) -> Step:
    """Momentum that looks ahead: the gradient, and the velocity it has just changed.

    Source: Sutskever et al., On the importance of initialization and momentum in deep learning
    (2013); torch.optim.SGD(momentum=0.9, nesterov=True).
    """
    velocity = [settings.momentum * v + g for v, g in zip(velocity, grad)]
    ahead = [g + settings.momentum * v for g, v in zip(grad, velocity)]
    return [p - settings.lr * d for p, d in zip(params, ahead)], velocity


def adagrad(params: Vector, grad: Vector, squares: Vector, settings: Settings) -> Step:
    """A rate of its own for each parameter: less, the more it has been moved already.

    Source: Duchi, Hazan and Singer, Adaptive subgradient methods (2011); torch.optim.Adagrad.
    """
    squares = [s + g * g for s, g in zip(squares, grad)]
    steps = [settings.lr * g / (s**0.5 + 1e-10) for g, s in zip(grad, squares)]
    return [p - d for p, d in zip(params, steps)], squares


def rmsprop(params: Vector, grad: Vector, squares: Vector, settings: Settings) -> Step:
    """AdaGrad that forgets: the gradient over its own size of late.

    Source: Tieleman and Hinton, lecture 6.5 (2012); torch.optim.RMSprop.
    """
    alpha = settings.alpha
    squares = [alpha * s + (1 - alpha) * g * g for s, g in zip(squares, grad)]
    steps = [settings.lr * g / (s**0.5 + 1e-8) for g, s in zip(grad, squares)]
    return [p - d for p, d in zip(params, steps)], squares


def adam(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """Momentum over RMSProp's size, both freed of their beginning at zero.

    Source: Kingma and Ba, Adam (2015); torch.optim.Adam.
    """
    means, squares, t = memory[0:2], memory[2:4], memory[4] + 1
    beta1, beta2 = settings.betas
    means = [beta1 * m + (1 - beta1) * g for m, g in zip(means, grad)]
    squares = [beta2 * s + (1 - beta2) * g * g for s, g in zip(squares, grad)]
    rate = settings.lr / (1 - beta1**t)
    size = (1 - beta2**t) ** 0.5
    steps = [rate * m / (s**0.5 / size + 1e-8) for m, s in zip(means, squares)]
    return [p - d for p, d in zip(params, steps)], [*means, *squares, t]


# ------------------------------------------- with an exact line search: these choose their step


def conjugate_gradient(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """Turn away from the gradient so that what the last step has gained is not undone.

    Source: Polak and Ribière, Note sur la convergence de méthodes de directions conjuguées (1969).
    """
    last_grad, last = memory[0:2], memory[2:4]
    turn = dot(grad, minus(grad, last_grad)) / (dot(last_grad, last_grad) or 1)
    direction = [max(0, turn) * d - g for d, g in zip(last, grad)]
    return down(params, grad, direction, settings.bowl), [*grad, *direction]


def bfgs(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """Guess the curvature from how the gradient changes, and aim at the bottom of that bowl.

    Source: Nocedal and Wright, Numerical Optimization (2006), equation 6.17.
    """
    a, b, d = memory[0:3]  # the guess of the inverse Hessian, [[a, b], [b, d]]
    (s1, s2), last_grad = memory[3:5], memory[5:7]
    y1, y2 = minus(grad, last_grad)
    gained = s1 * y1 + s2 * y2
    if is_curved((s1, s2), (y1, y2)):
        h1, h2 = a * y1 + b * y2, b * y1 + d * y2
        more = (1 + (y1 * h1 + y2 * h2) / gained) / gained
        a += more * s1 * s1 - 2 * h1 * s1 / gained
        b += more * s1 * s2 - (h1 * s2 + h2 * s1) / gained
        d += more * s2 * s2 - 2 * h2 * s2 / gained
    direction = [-a * grad[0] - b * grad[1], -b * grad[0] - d * grad[1]]
    new = down(params, grad, direction, settings.bowl)
    return new, [a, b, d, *minus(new, params), *grad]


def lbfgs(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """BFGS that remembers steps instead of a matrix: the last one, which in a plane is enough.

    Source: Nocedal and Wright, Numerical Optimization (2006), algorithm 7.4.
    """
    step, last_grad = memory[0:2], memory[2:4]
    change = minus(grad, last_grad)
    direction = [-g for g in grad]
    if is_curved(step, change):
        gained, size = dot(step, change), dot(change, change)
        along = dot(step, grad) / gained
        rest = [gained / size * (g - along * c) for g, c in zip(grad, change)]
        back = along - dot(change, rest) / gained
        direction = [-r - back * s for r, s in zip(rest, step)]
    new = down(params, grad, direction, settings.bowl)
    return new, [*minus(new, params), *grad]


def newton(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """Divide the gradient by the curvature: on a bowl, one step to the bottom."""
    return minus(params, settings.bowl.over_hessian(grad)), memory


def down(params: Vector, grad: Vector, direction: Vector, bowl: Quadratic) -> Vector:
    """The lowest point along a direction: on a bowl there is a formula for it."""
    curvature = bowl.curvature_along(direction)
    length = -dot(grad, direction) / curvature if curvature > 0 else 0.0
    return [p + length * d for p, d in zip(params, direction)]


def is_curved(step: Vector, change: Vector) -> bool:
    """Whether a step says something of the curvature: the gradient has grown along it.

    At rest it says nothing: steps whose squares would be 0 divide by it.
    """
    return dot(step, change) > 1e-10 * hypot(*step) * hypot(*change) + 1e-200


def dot(one: Vector, other: Vector) -> float:
    """The inner product."""
    return one[0] * other[0] + one[1] * other[1]


def minus(one: Vector, other: Vector) -> Vector:
    """The difference, component by component."""
    return one[0] - other[0], one[1] - other[1]


# -------------------------------------------------------------------------------- which there are


class Rule(NamedTuple):
    """A rule, what it carries before its first step, and which settings it heeds."""

    step: Callable[[Vector, Vector, Vector, Settings], Step]
    memory: Vector
    settings: tuple[str, ...]

    @property
    def decides(self) -> bool:
        """Whether it looks at numbers to decide, as a line search does, and not only computes."""
        return "lr" not in self.settings


FIRST_ORDER = ("lr", "batch_size")

RULES = {
    "gd": Rule(gradient_descent, (), FIRST_ORDER),
    "momentum": Rule(momentum, (0, 0), (*FIRST_ORDER, "momentum")),
    "nesterov": Rule(nesterov, (0, 0), (*FIRST_ORDER, "momentum")),
    "adagrad": Rule(adagrad, (0, 0), FIRST_ORDER),
    "rmsprop": Rule(rmsprop, (0, 0), (*FIRST_ORDER, "alpha")),
    "adam": Rule(adam, (0, 0, 0, 0, 0), (*FIRST_ORDER, "betas")),
    "cg": Rule(conjugate_gradient, (0, 0, 0, 0), ()),
    "bfgs": Rule(bfgs, (1, 0, 1, 0, 0, 0, 0), ()),
    "lbfgs": Rule(lbfgs, (0, 0, 0, 0), ("history_size",)),
    "newton": Rule(newton, (), ()),
}

MOST_MEMORY = max(len(rule.memory) for rule in RULES.values())
