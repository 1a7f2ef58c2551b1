"""What is called converged is at the floor, and still is after twice as many steps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special

from gd_widget.core.losses import Loss
from gd_widget.core.rates import critical_lr
from gd_widget.core.rules import RULES
from gd_widget.data.user_data import points_of
from gd_widget.training.trainer import Trainer


def is_near(trainer, params):
    """Whether the loss on the points themselves is that of the best line, practically."""
    x, y = trainer.points.x, trainer.points.y
    slope, intercept = np.subtract(params, trainer.bowl.least_squares)
    excess = np.mean((slope * (x - x.mean()) + slope * x.mean() + intercept) ** 2)
    return excess <= 1e-12 * np.var(y)


@pytest.mark.parametrize("optimizer", RULES)
@given(
    st.floats(-3, 3),
    st.sampled_from([0.0, 1.0, -20.0]),
    st.floats(0.05, 0.95),
    st.sampled_from([3, 20, 100, 400]),
    st.integers(0, 1000),
)
def test_it_is_seen_from_the_steps_that_are_made(optimizer, power, mean, share, n_steps, seed):
    random, size = np.random.default_rng(seed), 10.0**power
    x = size * (mean + random.uniform(-1, 1, 30))
    y = x / size + random.normal(size=30)
    trainer = Trainer(points_of(x, y), engine="numpy", optimizer=optimizer)
    critical = critical_lr(trainer.plan, trainer.bowl)
    trainer.lr = share * critical if np.isfinite(critical) else 0.1 * share
    trainer.step(n_steps)
    said = trainer.converged
    trainer.step(n_steps)
    made = [is_near(trainer, row[:2]) for row in trainer.rows(n_steps)]
    assert said == all(made)


@given(
    st.sampled_from(["gd", "momentum", "adam", "newton"]),
    st.sampled_from([1, 8, 29, 30]),
    st.floats(0.05, 0.9),
    st.sampled_from([3, 60, 300]),
    st.integers(0, 1000),
)
def test_so_it_is_of_batches(optimizer, batch_size, share, n_steps, seed):
    x = np.random.default_rng(seed).uniform(-1, 1, 30)
    trainer = Trainer(points_of(x, 3 * x + 2 + x**2), engine="numpy", optimizer=optimizer)
    trainer.set(lr=share * 0.5, batch_size=batch_size)
    trainer.step(n_steps)
    said = trainer.converged
    trainer.step(n_steps)
    assert said == all(is_near(trainer, row[:2]) for row in trainer.rows(n_steps))


def loss_of(kind, guess, y):
    """Each as its textbook has it."""
    if kind == "huber":
        return special.huber(1.0, guess - y).mean()
    return (np.logaddexp(0, guess) - y * guess).mean()


@pytest.mark.parametrize("kind", ["huber", "cross_entropy"])
@given(st.sampled_from(["gd", "newton", "bfgs"]), st.sampled_from([5, 100]), st.integers(0, 1000))
def test_so_it_is_of_losses_whose_least_is_looked_for(kind, optimizer, n_steps, seed):
    random = np.random.default_rng(seed)
    x, far = random.uniform(-1, 1, 60), random.normal(size=60)
    y = 2 * x + far if kind == "huber" else (x + far > 0).astype(float)

    def loss(a):
        return loss_of(kind, a[0] * x + a[1], y)

    least = optimize.minimize(loss, (0, 0), method="BFGS", options={"gtol": 1e-9}).fun
    options = {"engine": "numpy", "optimizer": optimizer, "loss": Loss(kind)}
    trainer = Trainer(points_of(x, y), lr=1.0, **options)
    trainer.step(n_steps)
    said = trainer.converged
    trainer.step(n_steps)
    above = max(loss(row[:2]) - least for row in trainer.rows(n_steps)) / loss((0, 0))
    assert above < 3e-12 if said else above > 3e-13
