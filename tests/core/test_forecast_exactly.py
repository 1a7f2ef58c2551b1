"""Forecasts of more steps than can be made, against the exact powers of the matrix that is a step."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gd_widget.core.forecast import AHEAD, forecast
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.settings import DEFAULTS
from gd_widget.core.stretches import plan_of
from gd_widget.data.user_data import points_of
from gd_widget.training.diagnoses import diagnose_run
from gd_widget.training.trainer import Trainer
from tests.golden import make_forecasts as exact

CASES = json.loads(exact.FILE.read_text())
LINEAR = st.sampled_from(["gd", "momentum", "nesterov"])


def bowl_of(case):
    return Quadratic.of(np.array(case["x"]), np.array(case["y"]))


def plan_with(optimizer, lr, momentum):
    plan = plan_of({**DEFAULTS, "optimizer": optimizer, "momentum": momentum}, n=12)
    return {**plan, "lr": lr}


def digits(slowest):
    """How exact a count can be: what a step leaves, which is so little less than 1, is rounded."""
    return 1e-9 + 4e-16 / slowest


def test_the_file_has_conditions_up_to_1e9_and_more_steps_than_can_be_made():
    assert max(case["condition"] for case in CASES) > 5e8
    assert max(case["steps"] for case in CASES) > 1e10


@pytest.mark.parametrize("i", range(len(CASES)))
def test_it_is_that_of_the_file(i):
    case = CASES[i]
    said = forecast(plan_with(**case["plan"]), bowl_of(case), case["start"])
    assert math.isclose(said, case["steps"], rel_tol=digits(case["slowest"]), abs_tol=0.5)


@settings(max_examples=settings().max_examples // 2)
@given(
    st.tuples(
        st.floats(0, 4.3), st.floats(-1, 3), st.floats(-3, 3), st.sampled_from([0.0, 0.01, 1.0])
    ),
    st.integers(0, 10**6),
    LINEAR,
    st.sampled_from([0.0, 0.5, 0.9, 0.99, 0.999, 0.9999]),
    st.floats(-4, -0.001),
)
def test_it_is_the_first_step_that_is_near(powers, seed, optimizer, momentum, share):
    case = exact.points(*powers, seed)
    axes, goal = exact.bowl(case["x"], case["y"], case["start"])
    (flat, _), (steep, _) = axes
    assume(goal > 0 and steep <= 1e9 * float(flat))
    lr = 10**share * exact.critical(optimizer, momentum, steep)
    rule = optimizer, lr, momentum
    said = forecast(plan_with(*rule), bowl_of(case), case["start"])
    if said is None:  # it swings on
        shrunk = momentum**AHEAD * float(sum(error for _, error in axes) / goal)
        assert optimizer != "gd" and shrunk > 0.99e-6
        return
    less = digits(lr * float(flat)) * said + 1e-6
    after, before = math.floor(said + less), math.ceil(said - less) - 1
    assert exact.left(axes, *rule, after) <= goal * (1 + exact.Decimal("1e-6"))
    assert before < 0 or exact.left(axes, *rule, before) > goal * (1 - exact.Decimal("1e-6"))


def test_where_a_momentum_swings_on_it_is_not_known_who_comes_near_first():
    x = np.array([-1.0, -0.2, 0.1, 0.7, 1.0])
    y = np.array([1.0, 2.0, 0.0, 5.0, 4.0])
    for optimizer in ("momentum", "nesterov"):
        options = {"optimizer": optimizer, "momentum": 0.9999, "lr": 1e-5, "engine": "numpy"}
        trainer = Trainer(points_of(x, y), guess=(90.0, -70.0), **options)
        assert forecast(trainer.plan, trainer.bowl, trainer.guess) is None
        assert diagnose_run(trainer) == []  # the bowl is round: what creeps is its momentum
