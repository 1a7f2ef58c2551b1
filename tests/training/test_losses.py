"""Training on other losses than the mean squared error: as plain PyTorch loops do it, and in words."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from gd_widget import GDWidget
from gd_widget.core.losses import KINDS, Loss
from gd_widget.data.points import Points
from gd_widget.training.trainer import Trainer

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/losses.json").read_text())
POINTS = {one["name"]: Points(np.array(one["x"]), np.array(one["y"])) for one in GOLDEN["points"]}


def name_of(case):
    return " ".join(map(str, [*case["loss"].values(), *case["settings"].values()]))


@pytest.mark.parametrize("engine", ["torch", "numpy"])
@pytest.mark.parametrize("case", GOLDEN["cases"], ids=name_of)
def test_every_rule_makes_what_a_plain_loop_makes(case, engine):
    told = {"delta": 1.0, "ridge": 0.0, **case["loss"]}
    trainer = Trainer(POINTS[case["points"]], engine=engine, loss=Loss(**told), **case["settings"])
    expected = np.array(case["rows"], float)
    known = np.isfinite(expected)  # at a kink, a gradient is that of one side or of the other
    trainer.step(GOLDEN["steps"][len(expected) - 1])
    made = trainer.rows()[GOLDEN["steps"][: len(expected)], :5]
    sizes = np.minimum(np.nanmax(np.abs(expected), axis=0), np.abs(expected[0]))
    limits = 1e-12 * (np.abs(expected) + sizes)
    assert (np.abs(made - expected) <= limits)[known].all()


AT_KINKS = [-3.0, -0.5, 0.0, 0.25, 0.5, 40.0, 800.0]


@pytest.mark.parametrize("y", [0.0, 1.0])
@pytest.mark.parametrize("kind", KINDS)
def test_values_and_derivatives_are_pytorchs_at_the_kinks_too(kind, y):
    of = {
        "mae": functional.l1_loss,
        "huber": lambda guess, y, **kw: functional.huber_loss(guess, y, delta=0.5, **kw),
        "cross_entropy": functional.binary_cross_entropy_with_logits,
    }[kind]
    guess = torch.tensor(AT_KINKS, dtype=torch.float64) + (y if kind != "cross_entropy" else 0)
    guess.requires_grad_()
    target = torch.full_like(guess, y)
    values = of(guess, target, reduction="none")
    values.sum().backward()
    own, ys = guess.detach().numpy(), target.numpy()
    np.testing.assert_allclose(KINDS[kind].value(own, ys, 0.5), values.detach(), rtol=1e-15)
    np.testing.assert_allclose(KINDS[kind].slope(own, ys, 0.5), guess.grad, rtol=1e-14, atol=1e-16)


def test_few_points_of_yes_or_no_wait_for_no_other_threads(monkeypatch):
    computed, threads = functional.binary_cross_entropy_with_logits, torch.get_num_threads()
    used = []

    def noted(*args, **kwargs):
        used.append(torch.get_num_threads())
        return computed(*args, **kwargs)

    monkeypatch.setattr(functional, "binary_cross_entropy_with_logits", noted)
    torch.set_num_threads(2)
    try:
        for n in (60, 40_000):
            x = np.linspace(-1, 1, n)
            GDWidget(x, x > 0, loss="cross_entropy", engine="torch").step()
            assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)
    assert used == [1, 1, 2, 2]


def test_a_list_of_losses_is_a_race_and_an_outlier_draws_the_square_alone():
    x, y = POINTS["outlier"].x, POINTS["outlier"].y
    w = GDWidget(x, y, loss=["mse", "mae", "huber"], delta=0.5)
    w.step(300)
    assert [run.name for run in w.runs] == ["squared", "absolute", "Huber"]
    slopes = [run.slope for run in w.runs]
    assert abs(slopes[0] - 3) > 0.4 and all(abs(slope - 3) < 0.3 for slope in slopes[1:])


def test_what_is_known_of_a_loss_is_said_and_nothing_else():
    x, y = POINTS["classes"].x, POINTS["classes"].y
    w = GDWidget(x, y, loss="cross_entropy")
    design = np.stack([x, np.ones(60)], axis=1)
    largest = np.linalg.eigvalsh(design.T @ design / 60)[-1]
    assert w.critical_lr == pytest.approx(8 / largest, rel=1e-12)
    assert w.forecast is None
    for lr in (0.99 * w.critical_lr, 100.0):
        w = GDWidget(x, y, loss="cross_entropy", lr=lr)
        w.step(200)
        assert w.status != "diverged" and w.advice == ""
        falls = np.diff(w.history["loss"]) <= 1e-15
        assert falls.all() == (lr < 100)
    assert math.isnan(GDWidget(x, y, loss="mae").critical_lr)


def test_the_best_parameters_are_where_the_gradient_is_zero():
    for kind, points in (("huber", "outlier"), ("cross_entropy", "classes")):
        trainer = Trainer(POINTS[points], loss=Loss(kind, 0.5), engine="numpy", optimizer="bfgs")
        best = trainer.objective.best
        np.testing.assert_allclose(trainer.objective.gradient(best)[1:], 0, atol=1e-14)
        trainer.step(60, until_converged=True)
        assert trainer.converged
        assert trainer.params == pytest.approx(best, rel=1e-5)
    assert Trainer(POINTS["outlier"], loss=Loss("mae")).objective.best is None


def test_the_best_parameters_are_those_of_the_loss_and_least_squares_those_of_squares():
    x, y = POINTS["classes"].x, POINTS["classes"].y
    for how in ({}, {"ridge": 0.3}, {"loss": "cross_entropy"}, {"loss": "huber"}):
        w = GDWidget(x, y, **how)
        np.testing.assert_allclose(w._trainer.objective.gradient(w.best)[1:], 0, atol=1e-14)
        assert w.least_squares == pytest.approx(np.polyfit(x, y, 1), rel=1e-9)
    assert GDWidget(x, y, loss="mae").best is None
    assert GDWidget(function="beale").best == (3, 0.5)


def test_what_is_predicted_of_yes_or_no_is_how_probable_yes_is():
    x, y = POINTS["classes"].x, POINTS["classes"].y
    w = GDWidget(x, y, loss="cross_entropy")
    score = torch.tensor(w.slope * x + w.intercept)
    np.testing.assert_allclose(w.predict(x), torch.sigmoid(score), rtol=1e-12)
    race = GDWidget(x, y, loss=["mse", "cross_entropy"])
    np.testing.assert_allclose(race.predict(x), score, rtol=1e-12)


def test_what_can_be_told_apart_has_no_best_parameters_and_the_widget_says_so():
    x = np.linspace(-1, 1, 20)
    w = GDWidget(x, (x > 0.1).astype(float), loss="cross_entropy", lr=5)
    w.step(500)
    early = math.hypot(*w.params)
    w.step(5000)
    assert math.hypot(*w.params) > 1.3 * early
    assert w.status == "paused" and w.diagnoses[0].code == "separable"
    assert "no end to their growth" in w.advice
    assert GDWidget(x, (x > 0.1) * 1.0, loss="cross_entropy", ridge=0.01).diagnoses == ()


def test_of_what_can_be_told_apart_nothing_is_said_that_a_penalty_in_the_readers_code_makes_false():
    x = np.linspace(-1, 1, 20)
    y = (x > 0.1).astype(float)
    a = torch.nn.Parameter(torch.zeros(2, dtype=torch.float64))
    optimizer = torch.optim.SGD([a], lr=2.0, weight_decay=0.01)

    def update():
        optimizer.zero_grad()
        logits = a[0] * torch.tensor(x) + a[1]
        torch.nn.functional.binary_cross_entropy_with_logits(logits, torch.tensor(y)).backward()
        optimizer.step()

    w = GDWidget(x, y, update=update, params=a, loss="cross_entropy")
    w.step(2000)
    before = w.params
    w.step(100)
    assert math.dist(before, w.params) < 1e-9  # they have come to rest
    assert w.diagnoses[0].code == "separable"
    assert "grow without end" not in w.advice and "This loss alone" in w.advice


def test_absolute_values_tremble_at_a_constant_rate_and_are_never_said_to_have_converged():
    w = GDWidget(loss="mae", lr=0.3)
    w.step(400)
    assert w.status == "paused" and w.diagnoses[0].code == "trembles"
    assert GDWidget(loss="mae", lr=0.3).diagnoses == ()


def test_newtons_rule_says_where_it_has_no_step():
    w = GDWidget(loss="mae", optimizer="newton")
    w.step(3)
    assert w.params == (-1, 1)
    assert [found.code for found in w.diagnoses] == ["no_curvature"]


def test_ridge_is_a_bowl_again_which_scikit_learn_finds_the_bottom_of():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(80, 4))
    y = x @ [1, -2, 0.5, 3] + rng.normal(size=80) + 7
    w = GDWidget(x, y, ridge=0.2, optimizer="newton")
    w.step(1)
    from sklearn.linear_model import Ridge

    fit = Ridge(alpha=0.2 * 80).fit(x, y)
    assert w.params == pytest.approx([*fit.coef_, fit.intercept_], rel=1e-10)
    assert w.status == "converged"
    gd = GDWidget(x, y, ridge=0.2, lr=0.1)
    gd.step(int(gd.forecast))
    assert gd.loss <= 1.01 * w.loss < gd.history["loss"][-2]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (
            {"loss": "mean"},
            "loss must be one of 'mse', 'mae', 'huber', 'cross_entropy'; got 'mean'",
        ),
        ({"loss": "huber", "delta": 0}, "delta must be a positive number; got 0"),
        ({"ridge": -1}, "ridge must be a number, at least 0; got -1"),
        ({"loss": ["mse", "mae"], "lr": [1, 2, 3]}, "lr and loss must be of one length"),
    ],
)
def test_bad_losses_are_refused(bad, words):
    with pytest.raises(ValueError, match=words):
        GDWidget(**bad)


def test_cross_entropy_names_what_is_neither_0_nor_1_and_an_edit_changes_nothing():
    x = np.arange(6.0)
    with pytest.raises(
        ValueError, match="y must be 0 or 1 for loss='cross_entropy'; got -1, 0.5, 2"
    ):
        GDWidget(x, [0, 1, -1, 2, 0.5, 1], loss="cross_entropy")
    w = GDWidget(x, [0, 0, 1, 0, 1, 1], loss="cross_entropy")
    before = w._session.state.race.first.points
    with pytest.raises(ValueError, match="y must be 0 or 1"):
        w._session.new_data(before.spliced(0, 1, [(0.0, 0.3)]))
    assert w._session.state.race.first.points is before
