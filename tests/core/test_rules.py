"""What every rule must do on any points; tests/test_golden.py has what PyTorch makes of some."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st

from gd_widget.core.batches import batch, batches_per_epoch
from gd_widget.core.rules import RULES
from gd_widget.core.settings import DEFAULTS, rule_settings
from gd_widget.data.make_line import make_line
from gd_widget.data.user_data import points_of
from gd_widget.training.trainer import Trainer
from tests.golden import make_optimizers

FIRST_ORDER = [name for name, rule in RULES.items() if not rule.decides]
LINE_SEARCH = [name for name, rule in RULES.items() if rule.decides]

# centre and half width of x
SCALES = {"-1 to 1": (0, 1), "0 to 100": (50, 50), "around 1e4": (1e4, 1), "tiny": (0, 1e-3)}


def scattered(scale, n, seed):
    """Points about some line, and a guess of it."""
    rng = np.random.default_rng(seed)
    centre, width = SCALES[scale]
    x = centre + width * rng.uniform(-1, 1, n)
    slope, intercept, *guess = rng.uniform(-5, 5, 4)
    return points_of(x, slope * x + intercept + rng.uniform(0, 1, n)), guess


def test_rules_heed_settings_there_are_and_carry_numbers():
    assert FIRST_ORDER == ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
    for rule in RULES.values():
        assert set(rule.settings) < set(DEFAULTS)
        settings = rule_settings({}, make_line().bowl)
        assert len(rule.memory(2, settings)) <= 7


# ---------------------------------------------------------------------------- where they end


@pytest.mark.parametrize("optimizer", LINE_SEARCH)
@pytest.mark.parametrize("scale", SCALES)
@given(n=st.integers(2, 60), seed=st.integers(0, 2**32))
def test_on_a_bowl_the_line_searches_end_in_two_steps_and_newton_in_one(optimizer, scale, n, seed):
    points, guess = scattered(scale, n, seed)
    trainer = Trainer(points, guess=guess, engine="numpy", optimizer=optimizer)
    at_first = trainer.loss
    trainer.step(1 if optimizer == "newton" else 2)
    smaller, larger = trainer.bowl.curvatures
    # A direction is known to as many digits as the bowl's two curvatures leave of it, and what is
    # missing of the way shows in the loss squared. Newton's way is known twice as well.
    lost = 5e-13 * (larger / smaller) ** (0.5 if optimizer == "newton" else 1)
    excess = (trainer.loss - trainer.bowl.floor) / (at_first - trainer.bowl.floor)
    assert excess <= min(1, max(lost**2, 1e-20))
    trainer.step(10)
    assert trainer.converged or lost > 1e-7


@pytest.mark.parametrize("optimizer", RULES)
@pytest.mark.parametrize("engine", ["torch", "numpy"])
def test_what_has_converged_stays_so(optimizer, engine):
    lr = {"adagrad": 1.0}.get(optimizer, 0.1)
    trainer = Trainer(make_line(), engine=engine, optimizer=optimizer, lr=lr)
    trainer.step(2000, until_converged=True)
    assert trainer.converged
    for _ in range(trainer.n_steps):  # momentum may carry it past the bottom, but not far
        assert trainer.step() == 1
        assert trainer.bowl.is_at_floor(trainer.params)


ODD = {
    "one point": ([2], [5]),
    "equal x": ([3, 3, 3], [1, 2, 6]),
    "at the origin": ([0, 0], [0, 0]),
    "on the axis": ([-1, 0, 1], [0, 0, 0]),
    "nearly equal x": ([0.99772101, 0.9993737, 0.99764629, 1.00153356], [0, 0, 0, 0]),
    "a perfect line": ([1, 2, 4], [3, 5, 9]),
}


@pytest.mark.parametrize("optimizer", RULES)
@pytest.mark.parametrize("engine", ["torch", "numpy"])
@pytest.mark.parametrize(("x", "y"), ODD.values(), ids=ODD)
def test_valleys_and_perfect_fits_blow_nothing_up(x, y, engine, optimizer):
    points = points_of(x, y)
    for guess in [(-1, 1), (7e-38, -6e-38), (0, 0), (2, 1)]:
        trainer = Trainer(points, guess=guess, engine=engine, optimizer=optimizer, lr=1e-3)
        at_first = trainer.loss
        assert trainer.step(100) == 100
        assert np.isfinite(trainer.table.memory(100)).all()
        # A rule whose steps are of a given size takes them at the bottom too.
        assert trainer.loss <= at_first * (1 + 1e-9) + 1e-4


@pytest.mark.parametrize("optimizer", LINE_SEARCH)
@given(
    n=st.integers(1, 5),
    seed=st.integers(0, 2**32),
    spread=st.integers(-3, 3),
    size=st.integers(-300, 0),
    away=st.integers(-200, 1),
)
@example(n=5, seed=0, spread=-3, size=-300, away=-38)
def test_line_searches_end_where_numbers_do(optimizer, n, seed, spread, size, away):
    """Gradients whose squares are below the least number there is are not divided by."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, n) * 10.0**spread + rng.choice([0, 1, 100])
    y = rng.uniform(-1, 1, n) * 10.0**size
    guess = rng.uniform(-1, 1, 2) * 10.0**away
    trainer = Trainer(points_of(x, y), guess=guess, engine="numpy", optimizer=optimizer)
    at_first = trainer.loss
    assert trainer.step(60) == 60
    assert trainer.loss <= at_first * (1 + 1e-9) + 1e-300


# ------------------------------------------------------------------ changed while training goes on

changes = st.fixed_dictionaries(
    {},
    optional={
        "optimizer": st.sampled_from([*RULES]),
        "lr": st.sampled_from([0.05, 0.1]),
        "momentum": st.sampled_from([0.5, 0.9]),
        "batch_size": st.sampled_from([None, 3, 4, 10, 99]),
    },
)
courses = st.lists(st.tuples(changes, st.integers(1, 6)), min_size=1, max_size=6)


def go_through(trainer, course):
    for change, n in course:
        trainer.set(**change)
        trainer.step(n)
    return trainer


def trained(course):
    return go_through(Trainer(make_line(10), engine="numpy"), course)


def assert_same(trainer, expected):
    """Up to the current step; what one has made beyond that is its own affair."""
    n = expected.n_steps
    assert trainer.n_steps == n
    np.testing.assert_array_equal(trainer.rows(0, n + 1), expected.rows(0, n + 1))
    np.testing.assert_array_equal(trainer.history["epoch"], expected.history["epoch"])
    for step in range(n + 1):
        assert trainer.table.stretch_at(step) == expected.table.stretch_at(step)
        assert trainer.table.memory(step) == expected.table.memory(step)


@given(courses, st.data())
def test_going_back_and_through_the_same_course_again_makes_the_same_rows(course, data):
    trainer, expected = trained(course), trained(course)
    for _ in range(3):
        # Back to where a part of the course began, then on, in strides that pass known rows.
        part = data.draw(st.integers(0, len(course) - 1))
        trainer.seek(sum(n for _, n in course[:part]))
        trainer.set(**DEFAULTS | {k: v for change, _ in course[:part] for k, v in change.items()})
        go_through(trainer, course[part:])
        assert_same(trainer, expected)
        # Once more, from the middle of a part, to steps beyond those there are.
        last, n = course[-1]
        trainer.back(data.draw(st.integers(0, n - 1)))
        trainer.step(expected.n_steps + 3 - trainer.n_steps)
        assert_same(trainer, trained([*course[:-1], (last, n + 3)]))
        trainer.back(3)


@given(courses, courses, st.data())
def test_a_way_not_taken_leaves_nothing_behind(course, other, data):
    trainer = trained(course[: data.draw(st.integers(0, len(course)))])
    trainer.seek(data.draw(st.integers(0, trainer.n_steps)))
    go_through(trainer, other)
    trainer.seek(0)
    trainer.set(**DEFAULTS)
    assert_same(go_through(trainer, course), trained(course))


@pytest.mark.parametrize("engine", ["torch", "numpy"])
@pytest.mark.parametrize("case", make_optimizers.FIRST_ORDER, ids=lambda case: case[0])
def test_a_rule_remembers_through_other_settings_and_forgets_through_another_rule(case, engine):
    """As in PyTorch, where a rate is changed in `param_groups`, and a rule is a new object."""
    optimizer, others, kind, arguments, _ = case
    mine = {"optimizer": optimizer, **others}
    trainer = Trainer(make_line(), engine=engine, **mine)
    line = make_optimizers.Line(trainer.points.x, trainer.points.y)
    a = torch.nn.Parameter(torch.tensor(trainer.params, dtype=torch.float64))
    theirs = kind([a], lr=0.1, **arguments)
    for change in [{}, {"lr": 0.03}, {"batch_size": 8}, {"optimizer": "gd"}, mine]:
        trainer.set(**change)
        theirs.param_groups[0]["lr"] = trainer.lr
        if change == {"optimizer": "gd"}:
            theirs = torch.optim.SGD([a], lr=trainer.lr)
        elif change == mine:
            theirs = kind([a], lr=trainer.lr, **arguments)
        for _ in range(7):
            # The batches began after 14 steps; from one rule to the next they are counted on.
            index = trainer.n_steps - 14
            seen = slice(None) if index < 0 else batch(100, 8, index).tolist()
            theirs.zero_grad()
            line.loss(a, seen).backward()
            theirs.step()
            trainer.step()
            np.testing.assert_allclose(trainer.params, a.tolist(), rtol=1e-12)


@given(courses)
def test_epochs_and_batches_are_counted_through_every_change(course):
    """By gradient descent, the rows tell which points each step has seen."""
    course = [(change | {"optimizer": "gd"}, n) for change, n in course]
    trainer = trained(course)
    x, y = trainer.points.x, trainer.points.y
    size, index, epochs, seen, rates, lr = None, 0, [0.0], [], [], DEFAULTS["lr"]
    for change, n in course:
        lr = change.get("lr", lr)
        asked = change.get("batch_size", size)
        asked = None if asked == 99 else asked
        if asked != size:
            size, index = asked, 0
        for _ in range(n):
            epochs.append(epochs[-1] + 1 / batches_per_epoch(10, size))
            seen.append(slice(None) if size is None or size >= 10 else batch(10, size, index))
            rates.append(lr)
            index += 1
    np.testing.assert_allclose(trainer.history["epoch"], epochs, rtol=1e-12)
    params = trainer.rows()[:, :2]
    for (before, after), which, lr in zip(pairwise(params), seen, rates, strict=True):
        residuals = before[0] * x[which] + before[1] - y[which]
        grad = 2 * np.mean(residuals * x[which]), 2 * np.mean(residuals)
        np.testing.assert_allclose(after, before - lr * np.array(grad), rtol=1e-12)
