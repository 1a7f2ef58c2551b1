"""What is said of training, against plain loops, on data sets of any shape, place and size."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gd_widget.core.forecast import SLOW, SOON
from gd_widget.core.rates import suggested_lr
from gd_widget.data.user_data import points_of
from gd_widget.training.diagnoses import diagnose_run
from gd_widget.training.trainer import Trainer
from tests.training.data_sets import data_sets, made

MOST = SLOW + SLOW // 10


def near(trainer):
    """How far above the floor counts as near it."""
    bowl = trainer.bowl
    return bowl.near_floor(trainer.table.loss(0)) - bowl.floor


def above_floor(x, error):
    """The loss above the floor of a line that is so wrong in slope and intercept."""
    slope, intercept = error
    return slope**2 * x.var() + (slope * x.mean() + intercept) ** 2


def error_of(trainer):
    """How wrong its line is."""
    return tuple(np.subtract(trainer.params, trainer.bowl.least_squares).tolist())


def steps_until(goal, x, error, lr, most):
    """How many steps of gradient descent it takes, made one by one; None: more than `most`."""
    mean, var = float(x.mean()), float(x.var())
    (slope, intercept), steps = error, 0
    while slope * slope * var + (slope * mean + intercept) ** 2 > goal:
        if steps == most:
            return None
        of_mean = slope * mean + intercept
        slope, intercept = (
            slope - 2 * lr * (slope * var + mean * of_mean),
            intercept - 2 * lr * of_mean,
        )
        steps += 1
    return steps


def trained(data, share, **options):
    """A trainer at so much of the critical rate; and how wrong its first line is."""
    _, x, y = made(data)
    of_x, of_y = data[2:4]
    start = (10**of_y / 10**of_x, 10**of_y)
    trainer = Trainer(points_of(x, y), guess=start, engine="numpy", **options)
    design = np.stack([x, np.ones_like(x)])
    trainer.lr = share * 2 / np.linalg.eigvalsh(2 * design @ design.T / 30).max()
    return trainer, x, error_of(trainer)


@settings(max_examples=settings().max_examples // 5)  # of up to 22,000 steps each
@given(data_sets)
@example((4.4, 1, 0.0, 0.0, 0.01, 1))
def test_that_even_a_good_rate_creeps(data):
    trainer, x, error = trained(data, 0.5)
    goal = near(trainer)
    assume(above_floor(x, error) > 1.01 * goal)
    found = [one for one in diagnose_run(trainer) if one.code == "creeps_at_best"]
    suggested = found[0].details["suggested"] if found else suggested_lr(trainer.plan, trainer.bowl)
    made = steps_until(goal, x, error, suggested, MOST)
    if not found:
        assert made is not None and made <= 1.001 * SLOW
        return
    assert made is None or made >= 0.999 * SLOW
    said, cure = found[0].details, found[0].details["cure"]
    assert made is None or math.isclose(made, said["steps"], rel_tol=1e-3)
    if cure is None:
        return
    size = x.std() if cure == "standardize" else 1.0
    mended = (x - x.mean()) / size
    best = trainer.bowl.least_squares[0] * size, float(trainer.points.y.mean())
    wrong = tuple(np.subtract(trainer.guess, best).tolist())
    other = Trainer(points_of(mended, trainer.points.y), guess=trainer.guess, engine="numpy")
    lr = suggested_lr(other.plan, other.bowl)
    assert steps_until(near(other), mended, wrong, lr, SOON) == said["cured"]


@given(data_sets, st.floats(0.01, 3), st.integers(1, 300))
def test_that_training_has_diverged_or_not(data, share, n_steps):
    assume(abs(share - 1) > 1e-3)
    trainer, x, error = trained(data, share)
    trainer.step(n_steps)
    first, now = (above_floor(x, wrong) for wrong in (error, error_of(trainer)))
    codes = [one.code for one in diagnose_run(trainer)]
    assert ("above_critical" in codes) == (share > 1)
    if share < 1:
        assert not trainer.has_diverged and now <= (1 + 1e-9) * first
    elif trainer.diverged_at is None and not math.isclose(now, first, rel_tol=1e-9):
        assert trainer.has_diverged == (now > first)
    if trainer.has_diverged and trainer.diverged_at is None:
        for _ in range(20):
            before, _ = now, trainer.step(1)
            now = above_floor(x, error_of(trainer))
            assert trainer.diverged_at is not None or now > before


def one_step(optimizer, momentum, lr, grad, velocity):
    """What a rule moves by, and its velocity then."""
    if optimizer == "gd":
        return -lr * grad, velocity
    velocity = momentum * velocity + grad
    ahead = grad + momentum * velocity if optimizer == "nesterov" else velocity
    return -lr * ahead, velocity


def overshoots(optimizer, momentum, lr, curvature, most=1e6):
    """How far each step ends beyond the bottom, in first errors; below 0, how far before it.

    Until one does by more than `most`.
    """
    error, velocity, beyond = 1.0, 0.0, []
    while not beyond or beyond[-1] <= most:
        moved, velocity = one_step(optimizer, momentum, lr, curvature * error, velocity)
        error, before = error + moved, error
        beyond.append(-error if before > 0 else error)
    return beyond


CRITICAL = {
    "gd": lambda _: 1.0,
    "momentum": lambda m: 1 + m,
    "nesterov": lambda m: (1 + m) / (1 + 2 * m),
}
"""The rates above which each diverges, in critical rates of gradient descent, 2 / curvature."""


@given(
    st.sampled_from(sorted(CRITICAL)),
    st.floats(0, 0.999),
    st.floats(0.002, 3).map(lambda more: 1 + more),
    st.floats(1e-9, 1e9),
)
@example("nesterov", 0.9, 1.02, 1.0)
def test_that_above_the_critical_rate_steps_overshoot_by_more_and_more(
    optimizer, momentum, share, curvature
):
    """That is: each ends beyond the bottom, and by more than the one before, without a bound.

    Of Nesterov's, whose first step goes farther than most, only after a dozen.
    """
    lr = share * CRITICAL[optimizer](momentum) * 2 / curvature
    beyond = overshoots(optimizer, momentum, lr, curvature)
    assert all(one > 0 for one in beyond)
    grows = [later > one for one, later in pairwise(beyond)]
    assert all(grows[12 if optimizer == "nesterov" else 0 :])


def test_that_not_every_step_overshoots_by_more_than_the_one_before():
    first, second, *others = overshoots("nesterov", 0.9, 1.02 * CRITICAL["nesterov"](0.9) * 2, 1.0)
    assert second < first < others[-1]


spreads = st.floats(0.05, 20)
wrongs = st.tuples(st.floats(-6, 2), st.floats(-6, 2))
rates = st.floats(0.5, 1.5)


@given(
    st.sampled_from(sorted(CRITICAL)), st.floats(0, 0.97), spreads, wrongs, rates, rates,
    st.integers(0, 40),
)  # fmt: skip
@example("momentum", 0.9, 0.97, (0.0, -3.0), 1.02, 1.02, 0)
@example("gd", 0.0, 2.0, (-6.0, 0.0), 1.3, 1.01, 30)
def test_that_what_is_said_to_have_diverged_never_comes_back(
    optimizer, momentum, spread, wrong, share, later, change_at
):
    """Whatever the rule, and with another rate from some step on."""
    x = spread * np.array([-1.0, 1, -1, 1])
    points = points_of(x, x + np.array([1.0, -1, -1, 1]))
    guess = (1 + 10 ** wrong[0], 10 ** wrong[1])
    options = {"optimizer": optimizer, "momentum": momentum}
    trainer = Trainer(points, guess=guess, engine="numpy", **options)
    critical = CRITICAL[optimizer](momentum) / max(1.0, spread**2)
    trainer.lr, was_said = share * critical, False
    losses = []
    for step in range(1500):
        if step == change_at:
            trainer.lr, was_said, losses = later * critical, False, [trainer.loss]
        if not trainer.step(1):
            assert trainer.has_diverged and trainer.lr > critical
            return
        losses.append(trainer.loss)
        is_said = trainer.has_diverged
        assert trainer.lr > critical if is_said else not was_said
        assert not is_said or step < change_at or trainer.loss >= min(losses[:2])
        was_said = is_said
    assert was_said or max(losses) < 1e10 * losses[0]
