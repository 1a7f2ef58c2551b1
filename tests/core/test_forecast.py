"""How many steps it will take, against steps that are made."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gd_widget import GDWidget
from gd_widget.core.forecast import AHEAD, forecast
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.rates import critical_lr
from gd_widget.core.rules import RULES
from gd_widget.core.settings import DEFAULTS, rule_settings
from gd_widget.core.stretches import plan_of
from tests.examples import D, examples

LINEAR = [name for name, rule in RULES.items() if rule.critical is not None]
OTHERS = [name for name in RULES if name not in LINEAR]


def plan_with(optimizer, **settings):
    return plan_of({**DEFAULTS, "optimizer": optimizer, **settings}, n=100)


def losses(plan, bowl, start, n_steps):
    """Those of steps that are made."""
    rule, settings = RULES[plan["optimizer"]], rule_settings(plan, bowl)
    params, memory = start, rule.memory(len(start), settings)
    made = []
    for _ in range(n_steps + 1):
        loss, *grad = bowl.gradient(params)
        made.append(loss)
        params, memory = rule.step(params, grad, memory, settings)
    return np.array(made)


def assert_as_made(plan, bowl, start, n_steps=2000):
    """A loss that is at the limit, but for rounding, may count or not."""
    said, made = forecast(plan, bowl, start), losses(plan, bowl, start, n_steps)
    goal = bowl.near_floor(made[0])
    rounding = 1e-6 * (goal - bowl.floor) + 1e-13 * goal
    if said is not None and said <= n_steps:
        assert made[int(said)] <= goal + rounding
        assert (made[: int(said)] > goal - rounding).all()
    else:
        assert (made > goal - rounding).all()


sizes = st.floats(-3, 3).map(lambda power: 10**power)


@st.composite
def bowls(draw):
    """Of lines, on points of any size and any place."""
    spread, height = draw(sizes), draw(sizes)
    mean = spread * draw(st.sampled_from([0, 1, -30, 1e3]))
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    x = mean + spread * random.uniform(-1, 1, 40)
    noise = draw(st.sampled_from([0.0, 0.1, 1.0]))
    bowl = Quadratic.of(x, height * (x / spread + noise * random.normal(size=40)))
    smaller, larger = bowl.curvatures
    assume(larger <= 1e9 * smaller)
    return bowl, (height * draw(st.floats(-5, 5)) / spread, height * draw(st.floats(-5, 5)))


@given(
    bowls(),
    st.sampled_from(LINEAR),
    st.floats(0.01, 0.99),
    st.sampled_from([0.0, 0.5, 0.9, 0.99]),
)
def test_of_rules_that_are_linear_it_is_that_of_steps_that_are_made(made, optimizer, share, beta):
    bowl, start = made
    plan = plan_with(optimizer, momentum=beta)
    plan["lr"] = share * critical_lr(plan, bowl)
    assert_as_made(plan, bowl, start)


@given(bowls(), st.sampled_from(OTHERS), sizes)
def test_of_other_rules_too(made, optimizer, lr):
    bowl, start = made
    assert_as_made(plan_with(optimizer, lr=lr), bowl, start, n_steps=300)


@pytest.mark.parametrize("optimizer", LINEAR)
@pytest.mark.parametrize("d", D)
def test_of_any_number_of_parameters(d, optimizer):
    bowl = examples(d, intercept=d - 1).bowl
    plan = plan_with(optimizer)
    plan["lr"] = 0.7 * critical_lr(plan, bowl)
    start = np.add(bowl.least_squares, 3.0).tolist()
    errors = bowl.errors_along_axes(start)
    assert sum(error for _, error in errors) == pytest.approx(bowl.loss(start) - bowl.floor)
    assert_as_made(plan, bowl, start)


@pytest.mark.parametrize("share", [1e-4, 1e-6, 1e-9])
def test_many_steps_are_not_made_one_by_one(share):
    bowl = Quadratic.of(np.array([-1.0, 1.0, 0.0]), np.array([1.0, 2.0, 4.0]))
    lr, start = share * bowl.critical_lr, bowl.least_squares
    (flat, _), (steep, _) = bowl.errors_along_axes(start)
    start = (start[0] + 1, start[1])  # an error in one direction alone
    along = {curvature: error for curvature, error in bowl.errors_along_axes(start) if error > 0}
    ((curvature, error),) = along.items()
    assert curvature in (flat, steep)
    exact = math.log(0.01 * bowl.floor / error) / (2 * math.log1p(-lr * curvature))
    said = forecast(plan_with("gd", lr=lr), bowl, start)
    assert said > AHEAD or share > 1e-5
    assert said == pytest.approx(exact, rel=1e-5, abs=1)


def test_of_a_round_bowl_and_of_a_valley():
    plan = plan_with("gd", lr=0.01)
    for x in ([-1.0, 1.0], [2.0, 2.0]):
        assert_as_made(plan, Quadratic.of(np.array(x), np.array([2.0, 5.0])), (-1.0, 1.0))


def test_there_is_none_where_training_diverges_or_stands_still():
    bowl = Quadratic.of(np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.0, 4.0]))
    for optimizer in LINEAR:
        plan = plan_with(optimizer)
        critical = critical_lr(plan, bowl)
        assert forecast({**plan, "lr": critical}, bowl, (9.0, 9.0)) == math.inf
        assert forecast({**plan, "lr": 0.9 * critical}, bowl, (9.0, 9.0)) < 1000
    assert forecast(plan_with("gd", lr=1e-300), bowl, (9.0, 9.0)) == math.inf
    assert forecast(plan_with("gd", lr=1e300), bowl, bowl.least_squares) == 0


def test_it_is_not_known_of_what_is_not_computed_here():
    bowl = Quadratic.of(np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.0, 4.0]))
    assert forecast(plan_with("gd", batch_size=2), bowl, (9.0, 9.0)) is None
    assert forecast({"optimizer": "update()", "outside": True}, bowl, (9.0, 9.0)) is None
    assert forecast(plan_with("adagrad", lr=1e-9), bowl, (9.0, 9.0)) is None


def test_above_the_critical_rate_what_arrives_before_it_leaves_is_forecast():
    w = GDWidget([-2.0, 0, 2], [3.0, 3, 3], guess=(0, 0), lr=0.4, engine="numpy")
    assert w.forecast == 5
    w.step(5)
    assert w.runs[0].steps_to_floor == 5
