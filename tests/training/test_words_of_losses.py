"""What is said of other losses than squares, against plain loops, at conditions up to 1e9."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import minimize

from gd_widget.core.losses import Loss
from gd_widget.data.user_data import points_of
from gd_widget.training.loss_diagnoses import diagnose_loss
from gd_widget.training.trainer import Trainer
from tests.training.data_sets import data_sets, made

DELTA = 1.0


def plain(kind, guess, y):
    """The mean of a loss over the points, as its formula is written."""
    wrong = np.abs(guess - y)
    if kind == "mae":
        return wrong.mean()
    if kind == "huber":
        return np.where(wrong < DELTA, wrong**2 / 2, DELTA * (wrong - DELTA / 2)).mean()
    return (np.logaddexp(0, guess) - y * guess).mean()


def trained(kind, data, optimizer, share):
    """A trainer at so much of the critical rate, where there is one; z, the x of no condition."""
    z, x, y = made(data)
    y = (y > 0).astype(float) if kind == "cross_entropy" else y
    told = Loss(kind, DELTA)
    options = {"guess": (0.0, 0.0), "engine": "numpy", "optimizer": optimizer}
    trainer = Trainer(points_of(x, y), loss=told, **options)
    critical = trainer.objective.critical_lr
    trainer.lr = share * critical if critical > 0 else share / np.abs(x).max()
    return trainer, x, y, z


def least_of(kind, z, y):
    """The least loss, found where nothing is ill-conditioned."""
    scale = max(1.0, float(np.abs(y).max()))

    def loss(line):
        return plain(kind, scale * (line[0] * z + line[1]), y)

    starts = [np.zeros(2), np.polyfit(z, y, 1) / scale]
    return min(minimize(loss, one, method="Powell", tol=1e-15).fun for one in starts)


@given(
    st.sampled_from(["huber", "cross_entropy"]),  # "mae" has a kink, and no such rate
    data_sets,
    st.floats(0.01, 0.999),
    st.integers(1, 200),
)
@example("cross_entropy", (4.4, 1, 3.0, 0.0, 1.0, 1), 0.999, 50)
def test_that_below_the_critical_rate_no_step_goes_up(kind, data, share, n_steps):
    trainer, x, y, _ = trained(kind, data, "gd", share)
    trainer.step(n_steps)
    rows = trainer.rows()
    made = np.array([plain(kind, slope * x + intercept, y) for slope, intercept in rows[:, :2]])
    assert (np.diff(made) <= 1e-12 * made[0]).all()
    assert not trainer.has_diverged


@given(
    st.sampled_from(["mae", "huber", "cross_entropy"]),
    data_sets,
    st.sampled_from(["gd", "newton", "bfgs", "adam"]),
    st.integers(1, 60),
)
@example("cross_entropy", (4.4, 1, 3.0, 0.0, 1.0, 1), "newton", 20)
@example("huber", (4.4, -1, -3.0, 0.0, 0.3, 1), "newton", 20)
def test_that_training_has_converged(kind, data, optimizer, n_steps):
    trainer, x, y, z = trained(kind, data, optimizer, 0.5)
    trainer.step(n_steps)
    if not trainer.converged:
        return
    assert kind != "mae"
    size, least = plain(kind, 0 * x, y), least_of(kind, z, y)
    for _ in range(2):
        slope, intercept = trainer.params
        assert plain(kind, slope * x + intercept, y) <= least + 1e-10 * size
        trainer.step(n_steps)


@given(data_sets)
@example((4.4, 1, 3.0, 0.0, 0.0, 1))
def test_that_classes_can_be_told_apart_or_not(data):
    trainer, _, y, z = trained("cross_entropy", data, "gd", 0.5)
    zeros, ones = z[y == 0], z[y == 1]
    can = not len(zeros) or not len(ones) or zeros.max() < ones.min() or ones.max() < zeros.min()
    said = [one.code for one in diagnose_loss(trainer)]
    assert said == (["separable"] if can else [])
