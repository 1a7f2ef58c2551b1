"""Optimizers that do what a rule of ours does are known, whatever they are called."""

from __future__ import annotations

import math

import pytest
import torch
from torch import optim

from gd_widget import GDWidget
from gd_widget.training.torch_optimizer import TorchOptimizer


class ByHand(optim.Optimizer):
    """Momentum, as one might write it."""

    def __init__(self, params):
        super().__init__(params, {})
        self.velocity = 0

    @torch.no_grad()
    def step(self):
        (a,) = self.param_groups[0]["params"]
        self.velocity = 0.5 * self.velocity + 0.2 * a.grad
        a -= self.velocity


class Shortened(optim.SGD):
    """Its steps are half as long as its rate says."""

    def step(self, closure=None):
        """As by a gradient of half the size."""
        for group in self.param_groups:
            for a in group["params"]:
                a.grad /= 2
        return super().step(closure)


KNOWN = {
    "SGD": (optim.SGD, ("gd", 0.1, None)),
    "momentum": (lambda p: optim.SGD(p, lr=0.3, momentum=0.9), ("momentum", 0.3, 0.9)),
    "nesterov": (
        lambda p: optim.SGD(p, lr=0.3, momentum=0.8, nesterov=True),
        ("nesterov", 0.3, 0.8),
    ),
    "uphill": (lambda p: optim.SGD(p, lr=0.3, maximize=True), ("gd", -0.3, None)),
    "by hand": (ByHand, ("momentum", 0.2, 0.5)),
}
OTHERS = [
    optim.Adam,
    optim.RMSprop,
    optim.Adagrad,
    optim.LBFGS,
    optim.ASGD,
    lambda p: optim.SGD(p, lr=0.1, weight_decay=0.1),
    lambda p: optim.SGD(p, lr=0.0),
    lambda p: optim.SGD(p, lr=0.3, momentum=0.9, dampening=0.5),
    Shortened,
]


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("d", [1, 2, 5])
def test_rules_are_known_by_what_they_do(name, d):
    make, (rule, lr, momentum) = KNOWN[name]
    plan = dict(TorchOptimizer(make, lr=0.1, d=d).acts_as)
    assert plan.pop("optimizer") == rule
    assert plan.pop("lr") == pytest.approx(lr, rel=1e-9)
    assert plan.get("momentum") == (None if momentum is None else pytest.approx(momentum, rel=1e-9))


@pytest.mark.parametrize("make", OTHERS)
def test_others_are_not(make):
    assert TorchOptimizer(make, lr=0.1).acts_as is None


def test_the_rate_that_is_set_is_the_one_it_has():
    outside = TorchOptimizer(optim.SGD, lr=0.1)
    outside.set_lr(0.4)
    assert outside.acts_as == {"optimizer": "gd", "lr": pytest.approx(0.4)}


@pytest.mark.parametrize("engine_lr", [1.5, 0.1])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_the_same_is_said_of_it_as_of_our_own_rule(engine_lr, momentum):
    lr = engine_lr * (1 + momentum)
    ours = GDWidget(lr=lr, optimizer="momentum" if momentum else "gd", momentum=momentum)
    theirs = GDWidget(optimizer=lambda params: optim.SGD(params, lr=lr, momentum=momentum))
    assert theirs.advice == ours.advice and bool(ours.advice) == (engine_lr > 1)
    assert theirs.forecast == ours.forecast
    for n_steps in (20, 1980):
        for w in (ours, theirs):
            w.step(n_steps)
        assert theirs.advice == ours.advice and theirs.status == ours.status
        assert (theirs.status == "diverged") == (engine_lr > 1)
    assert theirs.history["loss"] == pytest.approx(ours.history["loss"], rel=1e-9)


@pytest.mark.parametrize("momentum", [1.0, 1.5])
def test_of_a_momentum_that_loses_nothing_only_numbers_say_that_it_has_diverged(momentum):
    w = GDWidget(optimizer=lambda params: optim.SGD(params, lr=9, momentum=momentum))
    w.step(3)
    assert w.loss > 1e3 and w.status == "paused"
    w.step(2000)
    assert w.status == "diverged" and w.n_steps < 2000


def test_one_that_climbs_is_asked_for_maximize():
    w = GDWidget(optimizer=lambda params: optim.SGD(params, lr=0.1, maximize=True))
    w.step(100)
    assert w.advice == (
        "SGD steps up the gradient instead of down, so the loss grows: is it made with "
        "maximize=True?"
    )
    assert w.forecast == math.inf


@pytest.mark.parametrize(
    ("made", "rule"),
    [
        (lambda a: optim.SGD(a, lr=0.1), {"optimizer": "gd"}),
        (
            lambda a: optim.SGD(a, lr=0.1, momentum=0.5),
            {"optimizer": "momentum", "momentum": pytest.approx(0.5)},
        ),
        (lambda a: optim.Adam(a, lr=0.1), None),
        (lambda a: optim.SGD(a, lr=0.1, maximize=True), None),
        (lambda a: optim.SGD(a, lr=0.1, momentum=0.5, dampening=0.5), None),
    ],
)
def test_a_page_is_told_whose_zones_its_slider_has(made, rule):
    w = GDWidget(optimizer=made, lr=0.1)
    for rate in (0.1, 0.2):
        w.lr = rate
        (run,) = w._session.state.brief()["runs"]
        assert run["acts_as"] == rule
    assert GDWidget(optimizer="gd")._session.state.brief()["runs"][0]["acts_as"] is None
