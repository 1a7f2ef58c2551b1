"""Right programs by hand whose step is the exact gradient times a matrix are left in peace."""

from __future__ import annotations

import numpy as np
import pytest

from gd_widget.data.user_data import points_of
from gd_widget.own_code import Update
from gd_widget.training.trainer import Trainer


def centred(x, y, a, lr):
    """Trains the line on x - x.mean(), and brings the intercept back."""
    mean = x.mean()

    def update():
        r = a[0] * x + a[1] - y
        slope = a[0] - lr * 2 * (r * (x - mean)).mean()
        height = a[1] + a[0] * mean - lr * 2 * r.mean()
        a[:] = slope, height - slope * mean

    return update


def centred_alone(x, y, a, lr):
    """The same without bringing it back: a line for other points."""

    def update():
        r = a[0] * (x - x.mean()) + a[1] - y
        a[:] -= lr * 2 * np.array([(r * (x - x.mean())).mean(), r.mean()])

    return update


def newton(x, y, a, lr):
    """A part of Newton's step."""
    design = np.stack([x, np.ones_like(x)], axis=1)
    hessian = 2 * design.T @ design / len(x)

    def update():
        a[:] -= lr * np.linalg.solve(hessian, 2 * design.T @ (design @ a - y) / len(x))

    return update


def rate_for_each(x, y, a, lr):
    """The slope's rate is a tenth of the intercept's."""

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= 2 * np.array([0.1 * lr, lr]) * [(r * x).mean(), r.mean()]

    return update


def found(program, x, y, start):
    """The codes of what the coach says of 20 steps, one after the other."""
    a = np.array(start)
    update = Update(program(x, y, a, 0.2), a)
    trainer = Trainer(points_of(x, y), guess=update.params, outside=update, engine="numpy")
    codes = set()
    for _ in range(20):
        trainer.step(1)
        codes |= {one.code for one in update.diagnose(trainer.bowl)}
    return codes


@pytest.mark.parametrize("program", [centred, newton, rate_for_each])
@pytest.mark.parametrize("size", [1e-3, 1.0])
@pytest.mark.parametrize("n", [2, 5, 8, 100])
def test_a_matrix_times_the_gradient_is_no_mistake(program, size, n):
    for seed in range(4):
        random = np.random.default_rng(seed)
        x = size * np.where(random.random(n) < 0.5, random.uniform(-1, 1, n), np.arange(n) % 2)
        y = 3 * x + 2 + random.choice([0, 0.1, 3]) * random.normal(size=n)
        start = random.choice([(-1.0, 1.0), (0.0, 0.0), (0.5, -2.0)])
        if np.ptp(x):
            assert found(program, x, y, start) <= {"started_at_best"}, seed


def test_other_points_are_still_named():
    x = np.random.default_rng(0).uniform(2, 4, 60)
    assert found(centred_alone, x, 2 * x + 3, (-1.0, 1.0)) == {"other_points"}
