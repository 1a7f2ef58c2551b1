"""The core with any number of parameters: PyTorch's numbers, ends, ways back, and what is kept."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gd_widget.core.batches import batch
from gd_widget.core.rules import RULES
from gd_widget.core.settings import rule_settings
from gd_widget.core.table import most_remembered
from gd_widget.training.trainer import Trainer
from tests.examples import D, examples

ENGINES = ["torch", "numpy"]
STEPS = 300

BY_PYTORCH = {
    "gd": ({}, torch.optim.SGD, {}),
    "momentum": ({"momentum": 0.8}, torch.optim.SGD, {"momentum": 0.8}),
    "nesterov": ({"momentum": 0.8}, torch.optim.SGD, {"momentum": 0.8, "nesterov": True}),
    "adagrad": ({}, torch.optim.Adagrad, {}),
    "rmsprop": ({"alpha": 0.95}, torch.optim.RMSprop, {"alpha": 0.95}),
    "adam": ({"betas": (0.8, 0.99)}, torch.optim.Adam, {"betas": (0.8, 0.99)}),
}


def by_pytorch(data, kind, arguments, lr, guess):
    """Parameters, losses and gradients of STEPS steps, as one would write them."""
    x, y = torch.tensor(data.x), torch.tensor(data.y)
    a = torch.nn.Parameter(torch.tensor(guess, dtype=torch.float64))
    optimizer, rows = kind([a], lr=lr, **arguments), []
    for _ in range(STEPS + 1):
        optimizer.zero_grad()
        loss = ((x @ a - y) ** 2).mean()
        loss.backward()
        rows.append([*a.tolist(), loss.item(), *a.grad.tolist()])
        optimizer.step()
    return np.array(rows)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("optimizer", BY_PYTORCH)
@pytest.mark.parametrize("d", D)
def test_rows_are_pytorchs(d, optimizer, engine):
    data, (settings, kind, arguments) = examples(d, intercept=d - 1), BY_PYTORCH[optimizer]
    # Rules that divide by the gradient's size jump about at the bottom, chaotically: in small steps
    # from far away none of their parameters arrives there.
    divides = optimizer in ("adagrad", "rmsprop", "adam")
    lr = 0.005 if divides else 0.2 * data.bowl.critical_lr
    far = np.random.default_rng(d).choice([-5.0, 5.0], d)
    guess = (np.array(data.bowl.least_squares) + far).tolist()
    trainer = Trainer(data, guess=guess, engine=engine, optimizer=optimizer, lr=lr, **settings)
    trainer.step(STEPS)
    expected = by_pytorch(data, kind, arguments, lr, guess)
    np.testing.assert_allclose(
        trainer.rows()[:, :-1], expected, rtol=1e-12, atol=1e-12 * np.abs(expected).max()
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("d", D)
def test_batches_are_of_these_rows_of_the_design_matrix(d, engine):
    data = examples(d, n=50)
    trainer = Trainer(data, engine=engine, batch_size=20, lr=0.1 * data.bowl.critical_lr)
    trainer.step(3)
    a = np.zeros(d)
    for index in range(3):
        seen = batch(50, 20, index)
        residuals = data.x[seen] @ a - data.y[seen]
        a -= trainer.lr * 2 / len(seen) * data.x[seen].T @ residuals
        np.testing.assert_allclose(trainer.table.params(index + 1), a, rtol=1e-12, atol=1e-14)


# ------------------------------------------------------------------------------ where they end

ENDING = {
    "cg": {},
    "bfgs": {},
    "lbfgs": {},
    "lbfgs, of one step": {"history_size": 1},
    "lbfgs, of all": {"history_size": 1000},
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ENDING)
@pytest.mark.parametrize("d", D)
def test_line_searches_end_in_as_many_steps_as_there_are_parameters(d, name, engine):
    data = examples(d, n=20 * d + 20)
    optimizer = name.partition(",")[0]
    trainer = Trainer(data, engine=engine, optimizer=optimizer, guess=(1.0,) * d, **ENDING[name])
    at_first = trainer.loss
    trainer.step(d)
    assert trainer.loss - data.bowl.floor <= 1e-20 * at_first + 1e-14 * data.bowl.floor
    assert trainer.converged


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("d", D)
def test_newton_ends_in_one(d, engine):
    trainer = Trainer(examples(d, intercept=0), engine=engine, optimizer="newton", guess=(3.0,) * d)
    trainer.step(1)
    np.testing.assert_allclose(trainer.params, trainer.bowl.least_squares, rtol=1e-10, atol=1e-11)


# --------------------------------------------------------------------------------- ways back


@pytest.mark.parametrize("optimizer", RULES)
@pytest.mark.parametrize("d", D)
def test_going_back_and_on_is_exact(d, optimizer):
    def made():
        data = examples(d, n=2 * d + 5)
        return Trainer(data, engine="numpy", optimizer=optimizer, lr=0.1 * data.bowl.critical_lr)

    straight, winding = made(), made()
    straight.step(60)
    winding.step(60)
    for step in (59, 0, 31, 30, 7, 45):
        winding.seek(step)
        winding.table.cut_after(step)  # so that rows are made, and not found
        winding.step(60 - step)
        np.testing.assert_array_equal(winding.rows(), straight.rows())
    assert winding.table.known_memory(60) == straight.table.known_memory(60)


@pytest.mark.parametrize("d", D)
def test_lbfgs_goes_on_with_more_steps_and_with_fewer(d):
    def made():
        trainer = Trainer(examples(d, n=2 * d + 5), engine="numpy", optimizer="lbfgs")
        trainer.step(7)
        trainer.set(history_size=3)
        trainer.step(7)
        trainer.set(history_size=40)
        trainer.step(7)
        return trainer

    straight, winding = made(), made()
    for step in (20, 16, 13, 8, 6):
        winding.seek(0)
        winding.seek(step)
        for size, until in ((10, 7), (3, 14), (40, 21)):
            if winding.n_steps < until:
                winding.set(history_size=size)
                winding.table.cut_after(winding.n_steps)
                winding.step(until - winding.n_steps)
        np.testing.assert_array_equal(winding.rows(), straight.rows())


def test_lbfgs_learns_from_as_many_steps_as_it_is_told_to_now():
    trainer = Trainer(examples(10, n=25), engine="numpy", optimizer="lbfgs", history_size=3)
    rule, settings = RULES["lbfgs"], rule_settings(trainer.plan, trainer.bowl)
    memory = rule.memory(10, settings)
    for history_size, n_pairs in ((3, 3), (1, 1), (40, 9)):
        settings = settings._replace(history_size=history_size)
        _, memory = rule.step(trainer.params, trainer.grad, memory, settings)
        assert len(memory) == 20 * n_pairs


@pytest.mark.parametrize("optimizer", ["bfgs", "lbfgs"])
def test_another_rule_between_ends_what_was_remembered(optimizer):
    data = examples(10, n=25)
    trainer = Trainer(data, engine="numpy", optimizer=optimizer)
    trainer.step(5)
    trainer.set(optimizer="gd", lr=0.1 * data.bowl.critical_lr)
    trainer.step(2)
    trainer.set(optimizer=optimizer)
    trainer.step(6)
    trainer.seek(9)
    trainer.table.cut_after(9)
    fresh = Trainer(data, engine="numpy", optimizer=optimizer, guess=trainer.table.params(7))
    trainer.step(4)
    fresh.step(6)
    np.testing.assert_array_equal(trainer.rows(8, 14)[:, :21], fresh.rows(1, 7)[:, :21])


# --------------------------------------------------------------------------- what is kept


@pytest.mark.parametrize("optimizer", RULES)
@pytest.mark.parametrize("d", D)
def test_no_more_than_a_few_numbers_for_each_parameter_are_kept_of_a_row(d, optimizer):
    data = examples(d)
    trainer = Trainer(data, engine="numpy", optimizer=optimizer, lr=0.01 * data.bowl.critical_lr)
    trainer.step(120)
    table = trainer.table
    kept = len(table._memory) + sum(len(some.memory) for some in table._some)
    assert kept <= 120 * most_remembered(d)
    remembered = len(RULES[optimizer].memory(d, rule_settings({}, data.bowl)))
    is_short = remembered <= most_remembered(d)
    assert table.memory_width(0, 121) == (remembered if is_short else 0)
    # It is made again in no more steps than it takes the place of.
    for step in range(1, 121):
        assert (step - table.known_memory(step).step) * most_remembered(d) < max(remembered, 1)


def test_with_two_parameters_everything_is_kept_after_every_step():
    for optimizer in RULES:
        trainer = Trainer(examples(2), engine="numpy", optimizer=optimizer, lr=0.01)
        trainer.step(9)
        assert trainer.table._some == []


# ------------------------------------------------------------------- names, and PyTorch's own


def test_a_history_has_a_column_for_each_parameter_and_its_gradient():
    trainer = Trainer(examples(3), engine="numpy", lr=0.01)
    trainer.step(4)
    assert trainer.history.dtype.names == (
        *("step", "w0", "w1", "w2", "loss"),
        *("grad_w0", "grad_w1", "grad_w2", "lr", "epoch"),
    )
    last = trainer.history[-1]
    assert tuple(last[["w0", "w1", "w2"]]) == trainer.params
    assert tuple(last[["grad_w0", "grad_w1", "grad_w2"]]) == trainer.grad
    with pytest.raises(AttributeError, match="a line has a slope; here are params of"):
        _ = trainer.slope


@pytest.mark.parametrize("d", D)
def test_an_optimizer_of_pytorchs_steps_any_number_of_parameters(d):
    data = examples(d, intercept=0)
    trainer = Trainer(data, optimizer=torch.optim.Adam, lr=0.05)
    trainer.step(30)
    rule = Trainer(data, engine="torch", optimizer="adam", lr=0.05)
    rule.step(30)
    np.testing.assert_allclose(trainer.rows(), rule.rows(), rtol=1e-11, atol=1e-13)
    rows = trainer.rows()
    trainer.seek(12)
    trainer.table.cut_after(12)
    trainer.step(18)
    np.testing.assert_array_equal(trainer.rows(), rows)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"guess": (1, 2)}, r"guess must be 3 finite numbers \(w0, w1, w2\); got \(1, 2\)"),
        ({"guess": 3}, r"guess must be 3 finite numbers \(w0, w1, w2\); got 3"),
    ],
)
def test_bad_beginnings_are_refused(bad, words):
    with pytest.raises(ValueError, match=words):
        Trainer(examples(3), **bad)


def test_data_of_other_parameters_are_refused_and_change_nothing():
    trainer = Trainer(examples(3), engine="numpy", lr=0.01)
    trainer.step(2)
    with pytest.raises(ValueError, match=r"^points must be of the parameters \('w0', 'w1', 'w2'\)"):
        trainer.new_data(examples(2))
    assert trainer.n_steps == 2 and trainer.step(1) == 1
    trainer.new_data(examples(3, intercept=0))
    assert (trainer.n_rows, trainer.params) == (1, (0, 0, 0))
