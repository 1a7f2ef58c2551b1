"""Makes forecasts.json: how many steps rules take on points of any condition up to 1e9, exactly.

Most are too many to be made: so the power of the matrix that is one step is taken, with 60 digits. The
front end forecasts, too. Run `python -m tests.golden.make_forecasts` to make it again. It shares no code
with gd_widget.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import wraps
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("forecasts.json")
SOON = 1_000
SHARES = 0.0003, 0.004, 0.05, 0.3, 0.7, 0.95
"""Of the critical rate."""
CASES = 90

Axis = tuple[Decimal, Decimal]
"""Along a principal direction, the curvature, and what the error adds to the loss."""


def digits(count):
    """Decorate what computes with so many."""

    def decorate(compute):
        @wraps(compute)
        def computing(*args):
            with localcontext() as context:
                context.prec = count
                return compute(*args)

        return computing

    return decorate


@digits(60)
def bowl(
    x: Sequence[float], y: Sequence[float], start: Sequence[float]
) -> tuple[list[Axis], Decimal]:
    """The axes, and how far above the floor counts as near it."""
    n = len(x)
    x, y = [Decimal(one) for one in x], [Decimal(one) for one in y]
    mean_x, mean_y = sum(x) / n, sum(y) / n
    var_x, var_y = (
        sum((one - mean) ** 2 for one in all_of) / n for all_of, mean in ((x, mean_x), (y, mean_y))
    )
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / n / var_x
    intercept = mean_y - slope * mean_x
    floor = sum((b - slope * a - intercept) ** 2 for a, b in zip(x, y, strict=True)) / n
    # The Hessian is 2 [[square, mean_x], [mean_x, 1]].
    square = var_x + mean_x**2
    steep = square + 1 + ((square - 1) ** 2 + 4 * mean_x**2).sqrt()
    off = Decimal(start[0]) - slope, Decimal(start[1]) - intercept
    axes = []
    for curvature in (4 * var_x / steep, steep):
        along = (2 * mean_x, curvature - 2 * square)
        if abs(curvature - 2 * square) < abs(curvature - 2):
            along = (curvature - 2, 2 * mean_x)
        length = (along[0] ** 2 + along[1] ** 2).sqrt()
        error = sum(a * b for a, b in zip(off, along, strict=True)) / length
        axes.append((curvature, curvature / 2 * error**2))
    spread = max(var_y, Decimal("1e-12") * (mean_y**2 + var_y))
    first = floor + axes[0][1] + axes[1][1]
    is_exact = floor <= Decimal("1e-9") * spread
    return axes, Decimal("1e-6") * first - floor if is_exact else floor / 100


def critical(optimizer: str, momentum: float, steepest: Decimal) -> float:
    """The rate above which it diverges. Source: Polyak (1987), section 3.2, and by its matrix."""
    wider = {"gd": 1.0, "momentum": 1 + momentum, "nesterov": (1 + momentum) / (1 + 2 * momentum)}
    return wider[optimizer] * 2 / float(steepest)


def step(optimizer: str, lr: float, momentum: float, curvature: Decimal) -> list[list[Decimal]]:
    """What a step does to (error, velocity): torch.optim.SGD, written down."""
    rate, keeps = Decimal(lr), Decimal(momentum) if optimizer != "gd" else Decimal(0)
    velocity = [curvature, keeps]
    heeded = velocity
    if optimizer == "nesterov":
        heeded = [curvature + keeps * velocity[0], keeps * velocity[1]]
    return [[1 - rate * heeded[0], -rate * heeded[1]], velocity]


def product(a: list[list[Decimal]], b: list[list[Decimal]]) -> list[list[Decimal]]:
    """Of two matrices."""
    return [[a[i][0] * b[0][j] + a[i][1] * b[1][j] for j in (0, 1)] for i in (0, 1)]


@digits(60)
def left(axes: Sequence[Axis], optimizer: str, lr: float, momentum: float, count: int) -> Decimal:
    """What so many steps leave of the loss, above the floor."""
    total = Decimal(0)
    for curvature, error in axes:
        power, rest = [[Decimal(1), Decimal(0)], [Decimal(0), Decimal(1)]], count
        square = step(optimizer, lr, momentum, curvature)
        while rest:
            if rest % 2:
                power = product(power, square)
            square, rest = product(square, square), rest // 2
        total += error * power[0][0] ** 2
    return total


def steps(axes: Sequence[Axis], goal: Decimal, *rule: Any) -> int:
    """The first that leaves no more than the goal, where swings have died away by SOON steps."""
    for count in range(SOON):
        if left(axes, *rule, count) <= goal:
            return count
    before, after = SOON - 1, SOON
    while left(axes, *rule, after) > goal:
        before, after = after, 2 * after
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (before, middle) if left(axes, *rule, middle) <= goal else (middle, after)
    return after


def points(far: float, of_x: float, of_y: float, noise: float, seed: int) -> dict[str, list[float]]:
    """The mean of x is so many powers of ten times what it varies by; sizes are powers of ten."""
    random = np.random.default_rng(seed)
    z = random.uniform(-1, 1, 12)
    x = 10**of_x * (10**far - 1 + z)
    y = 10**of_y * (2 * z + noise * random.normal(size=12))
    return {"x": x.tolist(), "y": y.tolist(), "start": [10 ** (of_y - of_x), 10**of_y]}


def make() -> list[dict[str, Any]]:
    """Every case: points, a rule, the first step that is near; what is left after 1,000, as a share of it."""
    cases = []
    random = np.random.default_rng(27)
    while len(cases) < CASES:
        seed = int(random.integers(10**6))
        powers = random.uniform([0, -1, -3], [4.3, 1, 3]).tolist()
        given = points(*powers, [0.0, 0.01, 1.0][seed % 3], seed)
        axes, goal = bowl(given["x"], given["y"], given["start"])
        (flat, _), (steep, _) = axes
        optimizer = ["gd", "momentum", "nesterov"][len(cases) % 3]
        momentum, share = [0.0, 0.5, 0.9][seed % 7 % 3], SHARES[len(cases) // 3 % len(SHARES)]
        condition = float(steep / flat)
        if goal <= 0 or not 10 ** (len(cases) // 10) <= condition <= 10 ** (1 + len(cases) // 10):
            continue
        lr = share * critical(optimizer, momentum, steep)
        rule = optimizer, lr, momentum
        plan = {"optimizer": optimizer, "lr": lr, "momentum": momentum}
        made = {"steps": steps(axes, goal, *rule), "slowest": lr * float(flat)}
        after = float(left(axes, *rule, SOON) / goal)
        cases.append({**given, "condition": condition, "plan": plan, **made, "after_1000": after})
    return cases


if __name__ == "__main__":
    FILE.write_text("[\n" + ",\n".join(json.dumps(case) for case in make()) + "\n]\n")
