"""Both engines reproduce what PyTorch computes, to 1e-12 relative, and SciPy where it must."""

from __future__ import annotations

import json

import numpy as np
import pytest

from gd_widget.core.model import LINE
from gd_widget.core.rules import RULES
from gd_widget.core.table import fields
from gd_widget.data.features import Features
from gd_widget.data.user_data import points_of
from gd_widget.training.trainer import Trainer
from tests.golden import GOLDEN, MANY_AXES, OPTIMIZERS, make_many_axes, make_optimizers
from tests.golden.make_golden import make

POINTS = {points["name"]: (points["x"], points["y"]) for points in OPTIMIZERS["points"]}


def name_of(case):
    settings = [f"{value}" for value in case["settings"].values() if value is not None]
    return f"{case['points']}: {' '.join(settings)}"


def assert_golden(rows, expected):
    """Rows of slope, intercept, loss, grad_slope, grad_intercept are PyTorch's to 1e-12."""
    # Near the optimum a gradient and a perfect fit's loss are differences of nearly equal
    # numbers: what can be asked there is 1e-12 of the sizes that were subtracted.
    sizes = np.abs(expected).max(axis=0)
    for i, name in enumerate(fields(LINE.names)[:5]):
        np.testing.assert_allclose(
            rows[:, i],
            expected[:, i],
            rtol=1e-12,
            atol=1e-12 * min(sizes[i], np.abs(expected[0, i])),
            err_msg=name,
        )


@pytest.mark.parametrize("engine", ["torch", "numpy"])
@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_history_is_pytorchs(case, engine):
    points = points_of(case["x"], case["y"])
    trainer = Trainer(points, lr=case["lr"], guess=case["guess"], engine=engine)
    expected = np.array(case["rows"])
    assert trainer.step(len(expected) - 1) == len(expected) - 1
    assert_golden(trainer.rows(), expected)


@pytest.mark.parametrize("engine", ["torch", "numpy"])
@pytest.mark.parametrize("case", OPTIMIZERS["cases"], ids=name_of)
def test_every_optimizers_history_is_pytorchs_or_scipys(case, engine):
    points = points_of(*POINTS[case["points"]])
    trainer = Trainer(points, guess=case["guess"], engine=engine, **case["settings"])
    expected = np.array(case["rows"])
    steps = OPTIMIZERS["steps"][: len(expected)]
    assert trainer.step(steps[-1]) == steps[-1]
    assert_golden(trainer.rows()[steps], expected)


def test_every_rule_is_held_to_the_golden_file_and_most_for_long():
    n_rows = {}
    for case in OPTIMIZERS["cases"]:
        n_rows.setdefault(case["settings"]["optimizer"], []).append(len(case["rows"]))
    assert list(n_rows) == list(RULES)
    for name, rule in RULES.items():
        full = len(OPTIMIZERS["steps"]) if not rule.decides else {"newton": 2}.get(name, 3)
        assert n_rows[name].count(full) >= len(n_rows[name]) / 2


@pytest.mark.slow
def test_optimizers_golden_file_is_what_pytorch_and_scipy_say_today():
    """All points and batches, and of the rows the first hundred: all of them take a minute."""
    made = make_optimizers.make(make_optimizers.trained, n_steps=100)
    assert (made["steps"], made["batches"]) == (OPTIMIZERS["steps"], OPTIMIZERS["batches"])
    for now, kept in zip(made["points"], OPTIMIZERS["points"], strict=True):
        np.testing.assert_array_equal(now["x"], kept["x"])
        np.testing.assert_allclose(now["y"], kept["y"], rtol=1e-15)
    for now, kept in zip(made["cases"], OPTIMIZERS["cases"], strict=True):
        now, kept = json.loads(json.dumps(now)), {**kept}
        rows, kept_rows = np.array(now.pop("rows")), np.array(kept.pop("rows"))
        n = min(len(rows), len(kept_rows))
        assert_golden(rows[:n], kept_rows[:n])
        assert now == kept


def test_many_axes_golden_file_is_what_pytorch_and_scipy_say_today():
    for now, kept in zip(make_many_axes.make(), MANY_AXES, strict=True):
        np.testing.assert_allclose(now.pop("curvatures"), kept["curvatures"], rtol=1e-12)
        for made, case in zip(now.pop("cases"), kept["cases"], strict=True):
            assert json.loads(json.dumps(made["settings"])) == case["settings"]
            for row, expected in zip(made["rows"], case["rows"], strict=True):
                np.testing.assert_allclose(row["params"], expected["params"], atol=1e-12)
        assert now.items() <= kept.items()


@pytest.mark.parametrize("model", MANY_AXES, ids=lambda model: f"{model['d']}-{model['intercept']}")
def test_histories_of_many_parameters_are_pytorchs_and_scipys(model):
    made = make_many_axes.Model(model["d"], model["intercept"], model["n"])
    names = [f"w{i}" for i in range(made.d)]
    data = Features(made.design.numpy(), made.y.numpy(), names, made.intercept)
    assert data.bowl.curvatures == pytest.approx(model["curvatures"], rel=1e-10)
    for case in model["cases"]:
        trainer = Trainer(data, engine="numpy", guess=(1.0,) * made.d, **case["settings"])
        for row in case["rows"]:
            trainer.step(row["step"] - trainer.n_steps)
            limits = {"rtol": 1e-12, "atol": 1e-12}
            np.testing.assert_allclose(trainer.params, row["params"], **limits)
            np.testing.assert_allclose(trainer.loss, row["loss"], **limits)
            np.testing.assert_allclose(np.linalg.norm(trainer.grad), row["grad_norm"], **limits)


def test_golden_file_is_what_pytorch_says_today():
    for made, kept in zip(make(), GOLDEN, strict=True):
        assert made["name"] == kept["name"]
        np.testing.assert_allclose(made["rows"], kept["rows"], rtol=1e-12, atol=1e-12)


def test_the_lessons_figures():
    """The figures of the lesson, over 200 draws: see the table in the tutorial."""
    from gd_widget.data.make_line import make_line

    trainers = [Trainer(make_line(seed=seed), engine="numpy") for seed in range(200)]
    losses = {0: 7.67, 10: 1.44, 20: 0.43, 30: 0.17, 50: 0.088, 100: 0.082}
    for step, expected in losses.items():
        for trainer in trainers:
            trainer.step(step - trainer.n_steps)
        assert np.mean([t.loss for t in trainers]) == pytest.approx(expected, rel=0.05)
    assert np.mean([t.slope for t in trainers]) == pytest.approx(2.994, abs=0.02)
    assert np.mean([t.intercept for t in trainers]) == pytest.approx(2.5, abs=0.01)
    assert np.mean([t.bowl.critical_lr for t in trainers]) == pytest.approx(0.995, abs=0.003)
