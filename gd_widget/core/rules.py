"""The update rules: what one step of training does with the gradient.

Each rule is one pure function from (params, grad, memory, settings) to (params, memory), of any
number of parameters d. `memory` is whatever the rule carries from one step to the next, as a list
of numbers; plain gradient descent carries nothing. Names, defaults and the order of the sums are
those of `torch.optim`, where it has the rule. This file knows nothing of where a gradient comes
from; js/core/rules.js is its twin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import hypot
from typing import Any, NamedTuple

import numpy as np

from gd_widget.core.linear_algebra import FEW, dot, minus, places, times_triangle, upper
from gd_widget.core.objective import Objective
from gd_widget.core.types import FloatArray, Vector

Step = tuple[Vector, Vector]


class Settings(NamedTuple):
    """What the user can turn while training, and the loss for those rules that look along it."""

    lr: float
    momentum: float
    alpha: float
    betas: tuple[float, float]
    history_size: int
    objective: Objective


def gradient_descent(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """Move against the gradient, by the learning rate: a -= lr * a.grad."""
    lr = settings.lr
    return [p - lr * g for p, g in zip(params, grad)], memory


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
    d = len(params)
    means, squares, t = memory[:d], memory[d:-1], memory[-1] + 1
    beta1, beta2 = settings.betas
    means = [beta1 * m + (1 - beta1) * g for m, g in zip(means, grad)]
    squares = [beta2 * s + (1 - beta2) * g * g for s, g in zip(squares, grad)]
    rate = settings.lr / (1 - beta1**t)
    size = (1 - beta2**t) ** 0.5
    steps = [rate * m / (s**0.5 / size + 1e-8) for m, s in zip(means, squares)]
    return [p - d for p, d in zip(params, steps)], [*means, *squares, t]


# ------------------------------------------- with a line search: these choose their step


def conjugate_gradient(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """Turn away from the gradient so that what earlier steps have gained is not undone.

    Source: Polak and Ribière, Note sur la convergence de méthodes de directions conjuguées (1969).
    """
    d = len(params)
    last_grad, last_direction = memory[:d], memory[d:]
    turn = max(0, dot(grad, minus(grad, last_grad)) / (dot(last_grad, last_grad) or 1))
    direction = [turn * last - g for last, g in zip(last_direction, grad)]
    return down(params, grad, direction, settings.objective), [*grad, *direction]


def bfgs(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """Guess the curvature from how the gradient changes, and aim at the bottom of that bowl.

    The memory is the guess of the inverse Hessian, of which the upper triangle says all, the last
    step and the last gradient. Source: Nocedal and Wright, Numerical Optimization (2006),
    equation 6.17.
    """
    d = len(params)
    triangle, step, last_grad = memory[: -2 * d], memory[-2 * d : -d], memory[-d:]
    change = minus(grad, last_grad)
    if is_curved(step, change):
        triangle = learned(triangle, step, change)
    new = down(params, grad, times_triangle(triangle, grad), settings.objective)
    return new, [*triangle, *minus(new, params), *grad]


def learned(triangle: Vector, step: Vector, change: Vector) -> list[float]:
    """BFGS's guess once it has seen a step, and how that has changed the gradient."""
    image, gained = times_triangle(triangle, change), dot(step, change)
    more = (1 + dot(change, image) / gained) / gained
    if len(step) <= FEW:
        return [
            part + more * step[i] * step[j] - (image[i] * step[j] + image[j] * step[i]) / gained
            for part, (i, j) in zip(triangle, places(len(step)))
        ]
    s, h, (i, j) = np.array(step), np.array(image), upper(len(step))
    with np.errstate(over="ignore", invalid="ignore"):
        mixed = (h[i] * s[j] + h[j] * s[i]) / gained
        guess: FloatArray = np.asarray(triangle) + more * s[i] * s[j] - mixed
    known: list[float] = guess.tolist()
    return known


def lbfgs(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """BFGS that remembers its last few steps instead of a matrix.

    The memory is the last step and the last gradient, and then, the newest first, earlier steps,
    each with how it changed the gradient. Source: Nocedal and Wright, Numerical Optimization
    (2006), algorithm 7.4.
    """
    d = len(params)
    room = 2 * d * n_pairs(d, settings)
    kept = [*memory[:d], *minus(grad, memory[d : 2 * d]), *memory[2 * d :]]
    if len(kept) != room:  # another history_size has left more steps than are asked for, or fewer
        kept = [*kept, *[0.0] * room][:room]
    told = []
    for i in range(0, room, 2 * d):
        step, change = kept[i : i + d], kept[i + d : i + 2 * d]
        if is_curved(step, change):
            told.append((step, change, dot(step, change)))
    rest, alongs = grad, []
    for step, change, gained in told:
        alongs.append(dot(step, rest) / gained)
        rest = [r - alongs[-1] * c for r, c in zip(rest, change)]
    for _, change, gained in told[:1]:  # the newest says how steep the bowl is
        rest = [gained / dot(change, change) * r for r in rest]
    for step, change, gained in reversed(told):
        back = alongs.pop() - dot(change, rest) / gained
        rest = [r + back * s for r, s in zip(rest, step)]
    new = down(params, grad, rest, settings.objective)
    return new, [*minus(new, params), *grad, *kept[: -2 * d]]


def newton(params: Vector, grad: Vector, memory: Vector, settings: Settings) -> Step:
    """Divide the gradient by the curvature: on a bowl, one step to the bottom."""
    return minus(params, settings.objective.newton_step(params, grad)), memory


def down(params: Vector, grad: Vector, direction: Vector, objective: Objective) -> Vector:
    """The lowest point along a direction or against it."""
    length = objective.length_along(params, grad, direction)
    return [p + length * d for p, d in zip(params, direction)]


def is_curved(step: Vector, change: Vector) -> bool:
    """Whether a step says something of the curvature: the gradient has grown along it.

    At rest it says nothing: steps whose squares would be 0 divide by it.
    """
    return dot(step, change) > 1e-10 * hypot(*step) * hypot(*change) + 1e-200


def n_pairs(d: int, settings: Settings) -> int:
    """How many steps L-BFGS learns from: on a bowl, d - 1 are enough."""
    return min(settings.history_size, max(1, d - 1))


# -------------------------------------------------------------------------------- which there are


class Rule(NamedTuple):
    """A rule.

    label : what people call it.
    step : the function.
    memory : what it carries before its first step, from the number of parameters and its settings.
    settings : those it heeds.
    critical : the rate above which it diverges on any bowl, in critical rates of plain gradient
        descent, from its settings by name; None where there is none.
    """

    label: str
    step: Callable[[Vector, Vector, Vector, Settings], Step]
    memory: Callable[[int, Settings], Vector]
    settings: tuple[str, ...]
    critical: Callable[[Mapping[str, Any]], float] | None = None

    @property
    def decides(self) -> bool:
        """Whether it looks at numbers to decide, as a line search does, and not only computes.

        Such rules have no rate.
        """
        return "lr" not in self.settings


def zeros(per_parameter: int, more: int = 0) -> Callable[[int, Settings], Vector]:
    """A memory of so many numbers for each parameter, and some more."""
    return lambda d, settings: [0.0] * (per_parameter * d + more)


def identity(d: int, settings: Settings) -> Vector:
    """BFGS's: the identity matrix, and no step yet."""
    return [*np.eye(d)[upper(d)].tolist(), *[0.0] * (2 * d)]


def no_pairs(d: int, settings: Settings) -> Vector:
    """L-BFGS's: no step yet."""
    return [0.0] * (2 * d * n_pairs(d, settings))


# With momentum β, the error's recursion, a matrix of 2 by 2, gets an eigenvalue of -1 at a rate
# of 2 (1 + β)/λmax; looking ahead, at 2 (1 + β)/((1 + 2β) λmax).
FIRST_ORDER = ("lr", "batch_size")

RULES = {
    "gd": Rule("Gradient descent", gradient_descent, zeros(0), FIRST_ORDER, lambda _: 1.0),
    "momentum": Rule(
        "Momentum",
        momentum,
        zeros(1),
        (*FIRST_ORDER, "momentum"),
        lambda settings: 1 + settings["momentum"],
    ),
    "nesterov": Rule(
        "Nesterov",
        nesterov,
        zeros(1),
        (*FIRST_ORDER, "momentum"),
        lambda settings: (1 + settings["momentum"]) / (1 + 2 * settings["momentum"]),
    ),
    "adagrad": Rule("AdaGrad", adagrad, zeros(1), FIRST_ORDER),
    "rmsprop": Rule("RMSProp", rmsprop, zeros(1), (*FIRST_ORDER, "alpha")),
    "adam": Rule("Adam", adam, zeros(2, more=1), (*FIRST_ORDER, "betas")),
    "cg": Rule("Conjugate gradient", conjugate_gradient, zeros(2), ()),
    "bfgs": Rule("BFGS", bfgs, identity, ()),
    "lbfgs": Rule("L-BFGS", lbfgs, no_pairs, ("history_size",)),
    "newton": Rule("Newton", newton, zeros(0), ()),
}
