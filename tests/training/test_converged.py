"""What is called converged is at the floor, and still is after twice as many steps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
