"""What there is to say of training, as codes with numbers."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from gd_widget import GDWidget
from gd_widget.core.diagnosis import CODES, Diagnosis
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.rates import suggested_lr
from gd_widget.core.rules import RULES
from gd_widget.training.diagnoses import ambiguity
from gd_widget.words.sentence import sentence


def test_training_that_goes_well_has_none():
    w = GDWidget()
    w.step(10)
    assert (w.diagnoses, w.advice) == ((), "")


def test_a_rate_that_is_too_large_is_a_code_with_its_numbers():
    w = GDWidget(lr=1.5)
    (found,) = w.diagnoses
    assert found.as_json() == {
        "code": "above_critical",
        "lr": 1.5,
        "critical": w.critical_lr,
        "suggested": 0.7,
        "diverged_at": None,
    }
    w.step(10_000)
    (found,) = w.diagnoses
    assert found.details["diverged_at"] == w.n_steps + 1
    assert w.advice == sentence(found)


def test_even_a_good_rate_may_creep_and_what_is_said_to_help_does():
    random = np.random.default_rng(0)
    for mean, spread, cure in [(50.0, 1.0, "mean"), (1e5, 3e4, "standardize")]:
        x = mean + spread * random.normal(size=40)
        y = x / spread + 20 + random.normal(size=40)
        w = GDWidget(x, y, engine="numpy", optimizer="momentum", lr=1e-12)
        (found,) = w.diagnoses
        assert (found.code, found.details["cure"]) == ("creeps_at_best", cure)
        w.lr = found.details["suggested"]
        assert w.forecast == pytest.approx(found.details["steps"])
        w.step(20_000)
        assert w.runs[0].steps_to_floor is None and w.advice == sentence(found)
        z = (x - x.mean()) / (x.std() if cure == "standardize" else 1)
        w = GDWidget(z, y, engine="numpy", optimizer="momentum")
        w.lr = float(f"{w.critical_lr / 2:.15e}"[0]) * 10.0 ** np.floor(np.log10(w.critical_lr / 2))
        w.step(1000)
        assert w.runs[0].steps_to_floor == found.details["cured"] and w.advice == ""
        w = GDWidget(x, y, engine="numpy", optimizer="newton")
        w.step(2)
        assert w.runs[0].steps_to_floor is not None
        w.optimizer = "gd"
        w.lr = found.details["suggested"]
        assert w.advice == "", "it is there already"


def test_where_one_way_is_nearly_flat_more_steps_are_needed_than_anyone_makes():
    x = np.linspace(-1e-9, 1e-9, 50)
    w = GDWidget(x, 2e9 * x + 5, engine="numpy")
    (found,) = w.diagnoses
    assert (found.code, found.details["cure"]) == ("creeps_at_best", "standardize")
    assert found.details["steps"] is None and found.details["ratio"] > 1e18
    assert "more than a thousand million million steps" in w.advice
    assert found.details["suggested"] < w.critical_lr
    cured = GDWidget(x, 2e9 * x + 5, engine="numpy", standardize=True, lr=0.5)
    cured.step(1)
    assert cured.loss < 1e-12


def test_of_a_polynomial_far_from_zero_what_is_said_to_help_does():
    years = np.arange(1990, 2021.0)
    y = (years - 2005) / 5 + 3 + np.random.default_rng(0).normal(size=31) * 0.3
    for scaled in (False, True):
        w = GDWidget(years, y, degree=3, standardize=scaled, engine="numpy")
        w.lr = w.critical_lr / 2
        (found,) = w.diagnoses
        assert found.details["cure"] == "mean and standardize"
        assert "With x - x.mean() in place of x and standardize=True it takes 51." in w.advice
        w.optimizer = "newton"
        w.step(found.details["newton"])
        assert w.runs[0].steps_to_floor == found.details["newton"]
    w = GDWidget(years - years.mean(), y, degree=3, standardize=True, engine="numpy")
    w.lr = suggested_lr(w._trainer.plan, w._trainer.bowl)
    w.step(60)
    assert w.runs[0].steps_to_floor == found.details["cured"]


@pytest.mark.parametrize(
    ("optimizer", "share"), [("gd", 0.9), ("momentum", 0.9), ("nesterov", 0.6)]
)
@pytest.mark.parametrize("batch_size", [1, 3])
def test_batches_that_leave_for_good_are_told_a_rate_at_which_they_stay(
    optimizer, share, batch_size
):
    random = np.random.default_rng(0)
    x = random.normal(size=(30, 3))
    y = x @ [1.0, 2.0, 3.0] + random.normal(size=30)
    w = GDWidget(x, y, batch_size=batch_size, optimizer=optimizer, engine="numpy")
    w.lr = w.critical_lr * share
    w.step(600)
    (found,) = w.diagnoses
    assert found.code == "batches_overshoot" and w.loss > 1e6
    assert found.details["steepest"] == pytest.approx(2 + 2 * (x**2).sum(axis=1).max())
    assert found.details["curvature"] == pytest.approx(2 / w.critical_lr)
    w.step(100_000)
    assert w.advice.startswith(f"Diverged at step {w.n_steps + 1}: the learning rate")
    w.reset()
    w.lr = found.details["suggested"]
    w.step(3000)
    assert w.loss < 2 and w.advice == ""


@pytest.mark.parametrize("optimizer", ["gd", "momentum", "nesterov"])
def test_batches_may_converge_above_the_rate_above_which_all_points_diverge(optimizer):
    x = np.array(
        [8.0, *np.linspace(0.8, 1.2, 11)]
    )  # the flat ones make good what the steep one does
    settings = {"momentum": 0.05, "intercept": False, "engine": "numpy"}
    w = GDWidget(x, 3 * x, batch_size=1, optimizer=optimizer, **settings)
    w.lr = 1.2 * w.critical_lr * RULES[optimizer].critical({"momentum": 0.05})
    seen = set()
    while w.status != "converged" and w.n_steps < 3000:
        w.step(1)
        seen.add((w.status, w.advice))
    assert seen == {("paused", ""), ("converged", "")}
    w = GDWidget(x, 3 * x, batch_size=12, optimizer=optimizer, lr=w.lr, **settings)
    assert [found.code for found in w.diagnoses] == ["above_critical"]
    w.step(20)
    assert w.status == "diverged"


HELD = {"validation": 0.3}


@pytest.mark.parametrize(
    ("how", "cure"),
    [
        ({}, "mean"),
        (HELD, "standardize"),  # x.mean() is not that of the points that are trained on
        ({"ridge": 0.1}, None),  # it would be another one of other columns
        ({"degree": 3}, "mean and standardize"),
        ({"degree": 3, **HELD}, "mean and standardize"),
        ({"degree": 3, **HELD, "standardize": True}, "mean and standardize"),
        ({"degree": 3, "ridge": 0.001}, None),
    ],
    ids=str,
)
def test_what_is_said_to_help_takes_as_many_steps_as_is_said(how, cure):
    x = np.linspace(1990, 2020, 31)
    y = (x - 2005) / 5 + 3 + np.random.default_rng(0).normal(size=31) * 0.3
    w = GDWidget(x, y, engine="numpy", lr=1e-30, **how)
    (found,) = w.diagnoses
    assert (found.code, found.details["cure"]) == ("creeps_at_best", cure)
    assert (found.details["cured"] is None) == (cure is None)
    if cure is None:
        return
    z = x - x.mean() if "mean" in cure else x
    scaled = "standardize" in cure
    mended = GDWidget(z, y, engine="numpy", **{**how, "standardize": scaled})
    mended.lr = suggested_lr(mended._trainer.plan, mended._trainer.bowl)
    assert mended.forecast == found.details["cured"]
    mended.step(found.details["cured"])
    assert mended.runs[0].steps_to_floor == found.details["cured"]


def test_the_rate_for_columns_that_were_scaled_is_the_same_however_far_they_were_from_zero():
    x = 10 + 1e-3 * np.array([1.0668, -1.1397, -0.9833, 1.2976, -0.083])
    y = [3.5, 5.5, 4.4, 4.3, 6.6]
    settings = {"engine": "numpy", "optimizer": "momentum", "lr": 1e-9}
    (found,) = GDWidget(x, y, **settings).diagnoses
    assert (found.details["cure"], found.details["cured"]) == ("standardize", 1)
    scaled = GDWidget(x, y, standardize=True, **settings)._trainer
    assert suggested_lr(scaled.plan, scaled.bowl) == 0.5


def test_at_the_best_fit_no_error_grows():
    w = GDWidget([-2.0, 0, 2], [3.0, 3, 3], guess=(0, 0), lr=0.4, engine="numpy")
    assert w.advice == ""  # there is an error in the intercept alone, which shrinks
    w = GDWidget([-2.0, 0, 2], [3.0, 3, 3], guess=(0.1, 0), lr=0.4, engine="numpy")
    assert w.advice == (
        "The learning rate 0.4 is above 0.375, the critical rate of these data: along the "
        "steepest direction the steps overshoot by more and more. Try 0.2."
    )


def test_numbers_may_become_too_large_at_a_rate_that_is_not():
    w = GDWidget(optimizer="adam", lr=1e308)
    w.step(3)
    assert [found.as_json() for found in w.diagnoses] == [
        {"code": "too_large", "diverged_at": w.n_steps + 1}
    ]


def test_in_a_race_each_run_has_its_own_and_advice_says_the_first():
    w = GDWidget(lr=[0.1, 2.0, 3.0])
    assert [(found.run, found.code) for found in w.diagnoses] == [
        ("2", "above_critical"),
        ("3", "above_critical"),
    ]
    assert w.diagnoses[0].as_json()["run"] == "2"
    assert w.advice.startswith("2: The learning rate 2 is above")


def test_data_that_many_lines_fit():
    (one,) = ambiguity(Quadratic.of(np.array([2.0]), np.array([5.0])))
    assert (one.code, one.details) == ("one_point", {"x": 2, "y": 5})
    assert sentence(one) == "There is one point: every line through (2, 5) fits it exactly."
    (same,) = ambiguity(Quadratic.of(np.full(7, 0.1), np.arange(7.0)))
    assert same.code == "same_x"
    assert sentence(same).startswith(
        "All x are 0.1: every line through (0.1, 3) fits equally well, so slope and intercept"
    )
    singular = Quadratic.of_design(np.ones((4, 3)), np.arange(4.0), 2)
    (many,) = ambiguity(singular)
    assert (many.code, many.details) == ("many_fit", {"n": 4, "d": 3, "free": 2})


def test_the_readers_code_comes_first_and_what_its_optimizer_remembers_next():
    a = np.array([1.0, 1.0])

    def update():
        a[:] = np.nan

    w = GDWidget(update=update, params=a)
    w.step()
    assert [found.code for found in w.diagnoses] == ["not_a_number"]
    assert w.advice == sentence(w.diagnoses[0])
    shown = w.diagnoses[0].as_json()
    assert shown["found"] == [None, None], "JSON has no nan"
    assert shown["names"]["function"] == "update()"
    json.dumps(shown, allow_nan=False)


def test_a_loop_in_a_cell_has_its_own():
    w = GDWidget([2.0, 2.0], [1.0, 2.0])
    for _ in range(4):
        w.record((1.0, 1.0))
    assert [found.code for found in w.diagnoses] == ["never_moves", "same_x"]
    w.reset()
    assert [found.code for found in w.diagnoses] == ["same_x"]


def test_details_are_those_of_the_code():
    with pytest.raises(TypeError, match=r"too_large is said with diverged_at; got \['lr'\]"):
        Diagnosis.of("too_large", lr=1.0)
    with pytest.raises(KeyError):
        Diagnosis.of("anything")
    assert all(isinstance(fields, tuple) for fields in CODES.values())


def test_a_nan_that_an_optimizer_makes_is_not_called_too_large():
    x, y = [0.0, 1.0, 2.0, 3.0], [1.0, 3.0, 5.0, 7.0]

    def adam(params):
        return torch.optim.Adam(params, lr=0.1, eps=0)

    w = GDWidget(x, y, guess=(2, 1), optimizer=adam)
    w.step(3)
    assert w.status == "diverged"
    assert w.advice == (
        "Adam made (nan, nan) at step 1 of (2, 1), where the gradient is (0, 0): it divides by zero."
    )
    w = GDWidget(x, y, optimizer=lambda params: torch.optim.Adam(params, lr=1e300))
    w.step(3)
    assert [found.code for found in w.diagnoses] == ["too_large"]
