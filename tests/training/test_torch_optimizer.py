"""An optimizer of PyTorch's as it is: its numbers, going back, and what is refused."""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest
import torch

from gd_widget import GDWidget
from gd_widget.data.make_line import make_line
from gd_widget.training import torch_optimizer
from gd_widget.training.torch_optimizer import TorchOptimizer
from gd_widget.training.trainer import Trainer

optim = torch.optim

POINTS = make_line(100)


def make(optimizer, lr=0.1, points=POINTS) -> Trainer:
    outside = TorchOptimizer(optimizer, lr=lr)
    return Trainer(points, outside=outside, engine="torch")


def by_pytorch(optimizer, n: int, points=POINTS) -> np.ndarray:
    """(slope, intercept) of n steps, written as one would without this package."""
    x = torch.stack([torch.tensor(points.x), torch.ones(len(points), dtype=torch.float64)], 1)
    y = torch.tensor(points.y)
    a = torch.nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))
    made = optimizer([a])
    rows = [a.tolist()]

    def closure():
        made.zero_grad()
        loss = ((x @ a - y) ** 2).mean()
        loss.backward()
        return loss

    for _ in range(n):
        made.step(closure)
        rows.append(a.tolist())
    return np.array(rows)


def lines(trainer: Trainer) -> np.ndarray:
    return trainer.rows()[:, :2]


MAKERS = {
    "sgd": functools.partial(optim.SGD, lr=0.1, momentum=0.9),
    "adam": functools.partial(optim.Adam, lr=0.2),
    "adamw": functools.partial(optim.AdamW, lr=0.2),
    "lbfgs": functools.partial(optim.LBFGS, lr=0.3, max_iter=2),
    "lbfgs_wolfe": functools.partial(optim.LBFGS, max_iter=2, line_search_fn="strong_wolfe"),
    "rprop": functools.partial(optim.Rprop, lr=0.05),
    "adagrad": functools.partial(optim.Adagrad, lr=1.0),
    "asgd": functools.partial(optim.ASGD, lr=0.1, t0=5),
    "nadam": functools.partial(optim.NAdam, lr=0.1),
    "radam": functools.partial(optim.RAdam, lr=0.1),
}


@pytest.mark.parametrize("name", MAKERS)
def test_the_numbers_are_pytorch_s(name):
    trainer = make(MAKERS[name])
    assert trainer.step(20) == 20
    np.testing.assert_allclose(lines(trainer), by_pytorch(MAKERS[name], 20), rtol=1e-9)


@pytest.mark.parametrize(("between", "most"), [(10, 200), (1, 3)])
@pytest.mark.parametrize("name", MAKERS)
def test_going_back_and_on_is_as_never_having_gone_back(name, between, most, monkeypatch):
    monkeypatch.setattr(torch_optimizer, "STEPS_BETWEEN", between)
    monkeypatch.setattr(torch_optimizer, "MOST_CHECKPOINTS", most)
    straight, winding = make(MAKERS[name]), make(MAKERS[name])
    straight.step(40)
    winding.step(30)
    for step in (7, 0, 13, 12, 29, 3):
        winding.seek(step)
        winding.outside.step(step, winding.params)  # so that it is made, not found
        row = straight.rows(step + 1, step + 2)[0]
        assert winding.outside._params() == tuple(row[:2])
        winding.table.cut_after(step)
        winding.step(30 - step)
    winding.step(10)
    assert (lines(winding) == lines(straight)).all()


def test_rows_that_are_there_are_walked_through_and_gone_on_from():
    trainer = make(MAKERS["adam"])
    trainer.step(20)
    rows = trainer.rows()
    trainer.seek(4)
    trainer.step(3)
    assert trainer.n_rows == 21
    trainer.step(20)
    assert (trainer.rows(stop=21) == rows).all()
    np.testing.assert_allclose(lines(trainer), by_pytorch(MAKERS["adam"], 27), rtol=1e-9)


def test_few_states_are_kept(monkeypatch):
    monkeypatch.setattr(torch_optimizer, "MOST_CHECKPOINTS", 5)
    trainer = make(MAKERS["adam"])
    trainer.step(200)
    assert 3 <= len(trainer.outside._checkpoints) <= 5
    rows = trainer.rows()
    trainer.seek(150)
    trainer.lr = 0.5
    trainer.lr = 0.2
    trainer.step(1)
    assert (trainer.rows(stop=152) == rows[:152]).all()


def test_an_optimizer_may_begin_at_any_row(monkeypatch):
    monkeypatch.setattr(torch_optimizer, "MOST_CHECKPOINTS", 2)
    trainer = Trainer(POINTS, engine="torch", optimizer="gd", lr=0.1)
    trainer.step(7)
    begin = trainer.params
    trainer.set(optimizer=optim.Adam)
    trainer.step(60)
    rows = trainer.rows()
    alone = Trainer(POINTS, engine="torch", optimizer=optim.Adam, lr=0.1, guess=begin)
    alone.step(60)
    assert (rows[7:, :2] == lines(alone)).all()
    for step in (33, 9, 7):
        trainer.seek(step)
        trainer.outside.step(step, trainer.params)
        assert trainer.outside._params() == tuple(rows[step + 1, :2])


def test_rows_that_an_optimizer_finds_and_has_not_made_are_gone_on_from():
    trainer = Trainer(POINTS, engine="torch", optimizer=optim.Adam, lr=0.1)
    trainer.step(10)
    trainer.seek(5)
    trainer.set(optimizer="gd")
    trainer.set(optimizer=optim.Adam)  # another one, though its rows would be called the same
    assert trainer.step(20) == 20
    assert trainer.n_steps == 25


def test_going_back_waits_for_the_next_step():
    calls = []

    class Counts(DeafToClosures):
        def step(self, closure=None):
            calls.append(1)
            super().step()

    trainer = make(Counts)
    trainer.step(30)
    calls.clear()
    for step in range(30):
        trainer.seek(step)
    assert not calls


def test_the_rates_of_earlier_steps_are_those_of_then():
    trainer = make(optim.SGD, lr=0.1)
    trainer.step(3)
    trainer.lr = 0.3
    trainer.step(3)
    rows = trainer.rows()
    assert rows[1:, 5].tolist() == [0.1, 0.1, 0.1, 0.3, 0.3, 0.3]
    trainer.seek(5)
    trainer.lr = 0.05
    trainer.step(1)
    assert (trainer.rows(stop=6) == rows[:6]).all()
    assert trainer.rows(6)[0, 5] == 0.05
    assert trainer.outside.lr == trainer.plan["lr"] == 0.05


def test_a_class_takes_the_rate_and_a_function_s_optimizer_has_its_own():
    assert TorchOptimizer(optim.Adam, lr=0.25).lr == 0.25
    made = TorchOptimizer(lambda params: optim.Adam(params, lr=0.02), lr=0.25)
    assert (made.lr, made.name) == (0.02, "Adam")


def test_what_the_code_panel_shows():
    assert TorchOptimizer(optim.RMSprop).code == [
        "optimizer.zero_grad()",
        "loss = ((x @ a - y) ** 2).mean()",
        "loss.backward()",
        "optimizer.step()",
    ]


def test_other_points_and_another_guess_begin_anew():
    trainer = make(MAKERS["adam"])
    trainer.step(10)
    other = make_line(40, seed=7)
    trainer.new_data(other)
    trainer.step(5)
    np.testing.assert_allclose(lines(trainer), by_pytorch(MAKERS["adam"], 5, other), rtol=1e-9)
    trainer.guess = (0.0, 0.0)
    trainer.step(2)
    again = Trainer(other, outside=TorchOptimizer(MAKERS["adam"]), guess=(0.0, 0.0))
    again.step(2)
    assert (lines(trainer) == lines(again)).all()
    trainer.seek(1)
    trainer.step(3)
    again.step(2)
    assert (lines(trainer) == lines(again)).all()


def test_numbers_that_are_not_finite_are_gone_back_from():
    trainer = make(optim.SGD, lr=1e100)
    trainer.step(10)
    assert trainer.diverged_at is not None
    last = trainer.params
    trainer.lr = 0.1
    trainer.seek(0)
    trainer.step(1)
    assert all(map(math.isfinite, trainer.params)) and trainer.params != last


def test_it_trains_whatever_the_cell_says():
    with torch.no_grad():
        trainer = make(MAKERS["adam"])
        trainer.step(4)
    with torch.inference_mode():
        trainer.step(4)
        trainer.seek(2)
    trainer.step(4)
    trainer.lr = 0.2
    trainer.step(4)
    np.testing.assert_allclose(lines(trainer), by_pytorch(MAKERS["adam"], 10), rtol=1e-9)


# --------------------------------------------------------------- optimizers written by readers


class NoRate(optim.Optimizer):
    """One without a rate, whose step takes no closure, with a memory in an attribute."""

    def __init__(self, params):
        super().__init__(params, {})
        self.steps = 0

    def step(self):
        self.steps += 1
        for group in self.param_groups:
            for p in group["params"]:
                with torch.no_grad():
                    p -= 0.1 / self.steps * p.grad


class DeafToClosures(optim.Optimizer):
    """One that takes a closure and never calls it."""

    def __init__(self, params, lr=0.1):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                p -= group["lr"] * p.grad


def test_one_without_a_rate_and_without_a_closure():
    trainer = make(NoRate)
    assert math.isnan(trainer.outside.lr)
    assert "lr" not in trainer.plan
    trainer.step(6)
    rows = lines(trainer).copy()
    assert np.isnan(trainer.rows()[1:, 5]).all()
    trainer.seek(3)
    trainer.outside.step(3, trainer.params)
    assert trainer.outside._params() == tuple(rows[4])
    assert trainer.outside._optimizer.steps == 4


def test_one_that_never_calls_the_closure():
    trainer = make(DeafToClosures, lr=0.2)
    trainer.step(5)
    expected = by_pytorch(functools.partial(optim.SGD, lr=0.2), 5)
    np.testing.assert_allclose(lines(trainer), expected, rtol=1e-12)


class Fails(DeafToClosures):
    """One that fails in its third step, when it has moved already."""

    fails = True

    @torch.no_grad()
    def step(self, closure=None):
        self.n = getattr(self, "n", 0) + 1
        super().step()
        if self.n == 3 and Fails.fails:
            raise ZeroDivisionError


def test_an_error_leaves_no_half_step():
    trainer = make(Fails, lr=0.2)
    with pytest.raises(ZeroDivisionError):
        trainer.step(5)
    assert trainer.n_steps == 2
    try:
        Fails.fails = False
        trainer.step(3)
    finally:
        Fails.fails = True
    expected = by_pytorch(functools.partial(optim.SGD, lr=0.2), 5)
    np.testing.assert_allclose(lines(trainer), expected, rtol=1e-12)


# ------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (dict, "optimizer must be a torch.optim class, or a function that makes such an optimizer"),
        (torch.nn.Linear, "got <class 'torch.nn.modules.linear.Linear'>"),
        ("Adam", "got 'Adam'"),
        (lambda params: None, r"which <lambda>\(\) does not return; got None"),
        (optim.Optimizer, "optimizer Optimizer could not be made for one parameter of shape"),
        (lambda params: optim.SGD([torch.nn.Parameter(torch.zeros(2))]), "of that alone; got"),
        (
            lambda params: optim.SGD([*params, torch.nn.Parameter(torch.zeros(2))]),
            "of that alone; got",
        ),
    ],
)
def test_what_is_no_optimizer_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        TorchOptimizer(wrong)


def test_what_a_function_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        TorchOptimizer(lambda params: 1 / 0)


def test_an_optimizer_set_anew_makes_its_own_rows():
    w = GDWidget(optimizer=optim.Adam, lr=0.1)
    w.step(10)
    w.seek(4)
    w.optimizer = "gd"
    w.optimizer = optim.Adam
    w.step(3)
    fresh = GDWidget(
        optimizer=optim.Adam, lr=0.1, guess=tuple(w.history[["slope", "intercept"]][4])
    )
    fresh.step(3)
    assert w.history["slope"][5:].tolist() == fresh.history["slope"][1:].tolist()


def test_batches_are_refused_later_too():
    trainer = Trainer(make_line(20), optimizer=torch.optim.SGD)
    with pytest.raises(ValueError, match="^batch_size must be None with an optimizer of PyTorch's"):
        trainer.set(batch_size=5)
    assert trainer.settings["batch_size"] is None


class Halving(torch.optim.SGD):
    """An optimizer that halves its rate with each step."""

    def step(self, closure=None):
        super().step(closure)
        for group in self.param_groups:
            group["lr"] *= 0.5


def test_an_optimizer_that_changes_its_rate_begins_again_with_the_first():
    trainer = Trainer(make_line(20), optimizer=Halving, lr=0.4)
    trainer.step(4)
    slopes = trainer.history["slope"].tolist()
    rates = trainer.history["lr"].tolist()
    assert rates == [0.4, 0.4, 0.2, 0.1, 0.05]
    trainer.reset()
    assert trainer.lr == 0.4
    trainer.step(4)
    assert trainer.history["lr"].tolist() == rates
    assert trainer.history["slope"].tolist() == slopes
    trainer.new_data(make_line(20))
    trainer.step(4)
    assert trainer.history["slope"].tolist() == slopes


def test_a_rate_that_was_set_counts_from_there_and_from_earlier_rows():
    trainer = Trainer(make_line(20), optimizer=Halving, lr=0.4)
    trainer.step(2)
    trainer.lr = 0.8
    trainer.step(3)
    assert trainer.history["lr"].tolist()[1:] == [0.4, 0.2, 0.8, 0.4, 0.2]
    trainer.seek(3)
    trainer.table.cut_after(3)
    trainer.step(2)
    assert trainer.history["lr"].tolist()[1:] == [0.4, 0.2, 0.8, 0.4, 0.2]
    trainer.seek(1)
    assert trainer.outside.lr == 0.8
    trainer.table.cut_after(1)
    trainer.step(2)
    assert trainer.history["lr"].tolist()[1:] == [0.4, 0.8, 0.4]
    trainer.seek(2)
    trainer.table.cut_after(2)
    trainer.step(1)
    assert trainer.history["lr"].tolist()[1:] == [0.4, 0.8, 0.4]


def test_rmsprop_trembles_long_after_arriving_where_its_gradient_is_rounding_and_not_zero():
    data, options = make_line(100), {"lr": 0.1, "optimizer": "rmsprop"}
    closed = Trainer(data, engine="numpy", **options)
    ours = Trainer(data, engine="torch", **options)
    pytorchs = Trainer(data, lr=0.1, optimizer=optim.RMSprop)
    for trainer in (closed, ours, pytorchs):
        trainer.step(1000)
    np.testing.assert_allclose(ours.rows(), pytorchs.rows(), rtol=1e-12, atol=1e-12)
    apart = np.abs(closed.rows() - ours.rows())[:, :2].max(axis=1) > 1e-9
    parted = int(apart.argmax())
    assert parted > 300 and (closed.rows()[parted, 3:5] == 0).all()
    assert closed.converged and not ours.converged
