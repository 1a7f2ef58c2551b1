"""How many steps training will take until its loss is within 1% of the floor.

A rule that is linear in the gradient takes the error along each principal direction of the bowl by
itself: each step multiplies the error there, and what the rule remembers of it, by the same small
matrix. So what is left after any number of steps is known without making them: of gradient descent,
the square of (1 - lr · curvature) is left by each. Source: Polyak, Introduction to Optimization
(1987), sections 1.4 and 3.2. What other rules do is seen by running ahead.

js/core/forecast.js is the twin.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.rates import critical_lr
from gd_widget.core.rules import RULES
from gd_widget.core.settings import rule_settings
from gd_widget.core.stretches import Plan
from gd_widget.core.types import FloatArray, Vector

AHEAD = 10_000
"""So many steps are looked at one by one. Where swings have died away by then, what is left after
them only shrinks; where a momentum near 1 lets them go on, who comes near first is not known."""

SLOW = 20_000
"""A good rate that takes more steps is worth a word."""

SOON = 1_000
"""What converges is within 1% of the floor after so many steps; what takes more, creeps."""

BLOCK = 256
MOST_STEPS = 2**53


def forecast(plan: Plan, bowl: Quadratic, start: Vector) -> float | None:
    """The first step from `start` on whose loss is within 1% of the floor, see near_floor.

    math.inf : there is none; training diverges, or its steps are too small to add up.
    None : that is not known: of batches, of code that is not ours, and of rules that are not linear
        in the gradient, or whose momentum lets them swing on, and need more than AHEAD steps.
    """
    rule = RULES.get(plan["optimizer"])
    if rule is None or plan.get("outside") or plan.get("batch_size"):
        return None
    goal = bowl.near_floor(bowl.loss(start)) - bowl.floor
    if rule.critical is None:
        return _run_ahead(plan, bowl, start, bowl.floor + goal)
    at_first = left_after(0, plan, bowl, start)
    if at_first <= goal:
        return 0
    found = _first_within(goal, plan, bowl, start)
    if found is not None:
        return found
    if not 0 < plan["lr"] < critical_lr(plan, bowl):
        return math.inf
    # What swings, shrinks by the momentum: the square of the error, by all of it.
    keeps = plan["momentum"] if "momentum" in rule.settings else 0.0
    if keeps**AHEAD > 1e-6 * goal / at_first:
        return None
    return _beyond(goal, plan, bowl, start)


def left_after(count: int, plan: Plan, bowl: Quadratic, start: Vector) -> float:
    """What is left of the loss, above the floor, after so many steps of a rule that is linear."""
    curvatures, errors = zip(*bowl.errors_along_axes(start), strict=True)
    shares = np.linalg.matrix_power(steps_along(curvatures, plan, bowl), count)[:, 0, 0]
    return float(np.array(errors) @ shares**2)


def steps_along(curvatures: Sequence[float], plan: Plan, bowl: Quadratic) -> FloatArray:
    """What a rule that is linear does along directions of these curvatures, shape (d, 1+m, 1+m).

    Of each, the matrix of (error, memory), whose columns are what the rule makes of one of them.
    """
    rule, settings = RULES[plan["optimizer"]], rule_settings(plan, bowl)
    states = np.eye(1 + len(rule.memory(1, settings))).tolist()

    def after(error: float, memory: Vector, curvature: float) -> list[float]:
        (error,), memory = rule.step([error], [curvature * error], memory, settings)
        return [error, *memory]

    columns = [[after(error, memory, one) for error, *memory in states] for one in curvatures]
    return np.array(columns).transpose(0, 2, 1)


def _first_within(goal: float, plan: Plan, bowl: Quadratic, start: Vector) -> int | None:
    """The first of AHEAD steps that leaves no more than `goal`; None: none does."""
    curvatures, errors = zip(*bowl.errors_along_axes(start), strict=True)
    more = steps_along(curvatures, plan, bowl).transpose(0, 2, 1)
    states = np.zeros((len(more), 1, more.shape[1]))
    states[:, :, 0] = 1
    with np.errstate(over="ignore", invalid="ignore"):
        while states.shape[1] < BLOCK:
            states = np.concatenate([states, states @ more], axis=1)
            more = more @ more
    for first in range(0, AHEAD, BLOCK):
        with np.errstate(over="ignore", invalid="ignore"):  # above the critical rate
            is_within = np.array(errors) @ states[:, :, 0] ** 2 <= goal
            states = states @ more
        if is_within.any():
            return first + int(is_within.argmax())
    return None


def _beyond(goal: float, plan: Plan, bowl: Quadratic, start: Vector) -> float:
    """The same of steps after these."""
    before, after = AHEAD, 2 * AHEAD
    while left_after(after, plan, bowl, start) > goal:
        before, after = after, 2 * after
        if after > MOST_STEPS:
            return math.inf
    while after - before > 1:
        middle = (before + after) // 2
        is_within = left_after(middle, plan, bowl, start) <= goal
        before, after = (before, middle) if is_within else (middle, after)
    return after


def _run_ahead(plan: Plan, bowl: Quadratic, start: Vector, goal: float) -> float | None:
    """The first step whose loss is at most `goal`, by making steps."""
    rule, settings = RULES[plan["optimizer"]], rule_settings(plan, bowl)
    params, memory = start, rule.memory(len(start), settings)
    for step in range(AHEAD + 1):
        loss, *grad = bowl.gradient(params)
        if loss <= goal:
            return step
        if not math.isfinite(loss):
            return math.inf
        params, memory = rule.step(params, grad, memory, settings)
    return None
