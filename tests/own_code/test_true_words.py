"""What the coach says of a mistake is true, and what it says to write can be written."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import huber_loss, mse_loss

from gd_widget import GDWidget
from gd_widget.data.make_line import make_line

P = make_line(100)
X, Y = np.array(P.x), np.array(P.y)
x, y = torch.tensor(X), torch.tensor(Y)


def parameter():
    return nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))


def said(update, params, *steps, points=(X, Y)):
    """What is said after so many steps each."""
    w = GDWidget(*points, params=params, update=update)
    found = []
    for n in steps:
        w.step(n)
        found.append(w.advice)
    return found


def by_hand(a, loss_of, step=lambda a: a.data.sub_(0.1 * a.grad)):
    def update():
        loss = loss_of()
        loss.backward()
        step(a)
        a.grad = None
        return loss

    return update


# --------------------------------------------------------------------- right programs


@pytest.mark.parametrize("size", [0.01, 1.0])
def test_signs_are_no_stale_gradient_whose_parts_happen_to_be_alike(size):
    x, y, a = np.array([0.0, 1.0]), np.array([1.0, 4.0]), np.array([-1.0, 1.0])

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= 0.01 * np.clip(2 * np.array([(r * x).mean(), r.mean()]) / size, -1, 1)

    assert set(said(update, a, 3, 7, 30, points=(x, y))) == {""}


@pytest.mark.parametrize("seed", range(5))
def test_batches_of_one_point_are_not_one_number_for_all(seed):
    rng = np.random.default_rng(seed)
    x, y, a = np.array([0.0, 1.0]), np.array([1.0, 4.0]), np.array([-1.0, 1.0])

    def update():
        i = rng.integers(2)
        a[:] -= 0.05 * 2 * (a[0] * x[i] + a[1] - y[i]) * np.array([x[i], 1.0])

    assert set(said(update, a, 3, 1, 1, 1, points=(x, y))) == {""}


@pytest.mark.parametrize("held", ["ridge", "lasso", "decay", "clamp"])
@pytest.mark.parametrize("shown", ["mse", "huber"])
def test_what_draws_a_single_parameter_to_0_has_no_wrong_sign(held, shown):
    a = nn.Parameter(torch.tensor([1.9], dtype=torch.float64))
    size = {"ridge": lambda: (a * a).sum(), "lasso": lambda: 3 * a.abs().sum()}
    of_loss = mse_loss if shown == "mse" else huber_loss

    def step(a):
        a.sub_(0.1 * a.grad)
        if held == "decay":
            a.mul_(0.9)
        if held == "clamp":
            a.clamp_(-1.5, 1.5)

    def loss_of():
        return of_loss(a * x, 3 * x) + (size[held]() if held in size else 0)

    update = by_hand(a, loss_of, torch.no_grad()(step))
    w = GDWidget(X, 3 * X, params=a, update=update, intercept=False, loss=shown)
    for n in (1, 1, 1, 1, 6, 30):
        w.step(n)
        assert w.advice == ""
    assert w.loss > w.history["loss"][0]  # it went up, and stays there


def test_of_a_penalty_near_its_bottom_no_other_x_is_said():
    z, a = (X - X.mean()) / X.std(), np.array([-0.2, 1.6])

    def update():
        r = a[0] * z + a[1] - (Y + 2)
        a[:] -= 0.45 * np.array([2 * (r * z).mean() + 0.2 * a[0], 2 * r.mean()])

    assert set(said(update, a, *[1] * 15, points=(z, Y + 2))) == {""}


def test_squares_near_the_points_are_not_hubers_loss_with_a_factor_too_many():
    a, lr = np.array([2.8, 2.3]), 0.1

    def update():
        r = a[0] * X + a[1] - (3 * X + 2)
        a[:] -= lr * 2 * np.array([(r * X).mean(), r.mean()])

    w = GDWidget(X, 3 * X + 2, params=a, update=update, loss="huber")
    for n in (3, 7, 30):
        w.step(n)
        assert "too many" not in w.advice


def test_a_loss_may_be_nan_where_it_is_not_measured():
    a, n = parameter(), [0]
    train = by_hand(a, lambda: mse_loss(a[0] * x + a[1], y))

    def update():
        n[0] += 1
        loss = train().item()
        return loss if n[0] % 5 == 0 else math.nan

    assert set(said(update, a, 1, 2, 1, 1)) == {""}


def test_a_parameter_may_be_frozen_for_a_while():
    model = nn.Linear(1, 1).double()
    model.bias.requires_grad_(False)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)

    def update():
        opt.zero_grad()
        mse_loss(model(x[:, None]), y[:, None]).backward()
        opt.step()

    assert said(update, model, 3, 10) == ["", ""]


def test_a_split_is_no_scaled_x():
    points = make_line(60, seed=26)
    x, y, a = torch.tensor(points.x), torch.tensor(points.y), parameter()
    kept = np.random.default_rng(26).permutation(60)[:48]
    update = by_hand(a, lambda: mse_loss(a[0] * x[kept] + a[1], y[kept]))
    words = said(update, a, 3, 7, 90, points=(points.x, points.y))
    assert not any("its x" in one or "its y" in one for one in words)


# ----------------------------------------------------------------------- true sentences


def test_where_the_steepest_way_is_done_nothing_overshoots():
    x, y, lr = np.array([-2.0, -1, 0, 1, 2]), np.full(5, 5.0), 0.7

    def words_from(start):
        a = np.array(start)

        def update():
            r = a[0] * x + a[1] - y
            a[:] -= lr * 2 * np.array([(r * x).mean(), r.mean()])

        return said(update, a, 3, 12, points=(x, y))

    assert words_from([0.0, 0.0]) == ["", ""], "its loss falls to 0.16 of it in every step"
    assert all("the steps overshoot" in one for one in words_from([0.001, 0.0]))


def test_of_steps_by_hand_either_sign_may_be_wrong():
    a, lr = np.array([-1.0, 1.0]), 0.1

    def update():
        r = Y - (a[0] * X + a[1])
        grad = 2 * np.array([(r * X).mean(), r.mean()])
        a[...] -= lr * grad

    (word,) = said(update, a, 3)
    assert word.endswith("the other way: is the step's sign turned, or its gradient's?")


def test_an_infinite_gradient_is_not_looked_for_as_a_nan():
    kind, far = torch.float16, (X + 1000, Y + 5000)
    x, y = (torch.tensor(one).to(kind) for one in far)
    a = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=kind))
    update = by_hand(a, lambda: ((a[0] * x + a[1] - y) ** 2).sum())
    (word,) = said(update, a, 1, points=far)
    assert word.endswith("look for a division by zero, or for a number too large for its type.")


@pytest.mark.parametrize("way", ["optimizer", "by hand", "turned"])
def test_maximize_is_asked_for_only_where_the_optimizer_makes_the_step(way):
    a = parameter()
    opt = torch.optim.SGD([a], lr=0.1, maximize=way == "optimizer")

    def update():
        opt.zero_grad()
        mse_loss(a[0] * x + a[1], y).backward()
        if way == "turned":
            a.grad.neg_()
        if way == "by hand":
            a.data.add_(0.1 * a.grad)
        else:
            opt.step()

    (word,) = said(update, a, 3)
    assert ("maximize=True" in word) == (way == "optimizer")
    assert word.endswith(
        {
            "optimizer": "is opt made with maximize=True?",
            "by hand": "so a has to move the other way, a.sub_(0.1 * a.grad).",
            "turned": "the gradient's sign is turned between backward() and opt.step().",
        }[way]
    )


@pytest.mark.parametrize("written", [True, False])
def test_a_factor_that_the_code_has_is_no_sum(written):
    a, lr = parameter(), 0.001
    percent, total = 100, lambda r: (r**2).sum()
    loss_of = (lambda r: percent * (r**2).mean()) if written else total

    def update():
        loss_of(a[0] * x + a[1] - y).backward()
        a.data -= lr * a.grad
        a.grad = None

    (word,) = said(update, a, 3)
    assert "100 times that of the mean squared error" in word
    assert ("a sum over the points" in word) != written


def test_a_step_that_is_taken_back_is_not_said_to_be_0():
    a = parameter()

    def update():
        loss = mse_loss(a[0] * x + a[1], y)
        loss.backward()
        with torch.no_grad():
            old = a.clone()
            a.add_(a.grad)
            if mse_loss(a[0] * x + a[1], y) > loss:
                a.copy_(old)
        a.grad = None

    (word,) = said(update, a, 3)
    assert "0, too small to be added, or taken back." in word


@pytest.mark.parametrize(
    "loss_of",
    [
        lambda a: mse_loss(2 * a[0] * x + a[1] * (1 + x), y),
        lambda a: (torch.linspace(0.1, 2, 100) * (a[0] * x + a[1] - y) ** 2).mean(),
    ],
    ids=["another guess", "weights"],
)
def test_another_loss_is_not_laid_on_the_points(loss_of):
    a = parameter()
    (word,) = said(by_hand(a, lambda: loss_of(a)), a, 30)
    assert word == (
        "The loss in update() is not that of the points shown: its points, its guess, or what is "
        "made of the residuals is another."
    )


# --------------------------------------------------------------- cures that can be written


@pytest.mark.parametrize("renames", [True, False])
def test_without_a_filled_grad_no_step_by_it_is_advised(renames):
    a, lr = parameter(), 0.1

    def update():
        nonlocal a
        (grad,) = torch.autograd.grad(mse_loss(a[0] * x + a[1], y), a)
        new = (a - lr * grad).detach().requires_grad_()
        a = new if renames else a

    (word,) = said(update, a, 3)
    assert "a.grad" not in word
    cure = "a[...] -= step" if renames else "a.sub_(lr * grad) (inside with torch.no_grad():)"
    assert cure in word

    def cured():
        (grad,) = torch.autograd.grad(mse_loss(a[0] * x + a[1], y), a)
        step = lr * grad
        with torch.no_grad():
            if renames:
                a[...] -= step
            else:
                a.sub_(lr * grad)

    a = parameter()
    assert said(cured, a, 3, 10) == ["", ""]


def test_a_loop_that_records_the_same_array_is_told_how_often():
    w, a = GDWidget(X, Y), np.array([-1.0, 1.0])
    for _ in range(10):
        w.record(a)
    assert w.advice == (
        "record() was given a 10 times, always the same: each step has to change it, "
        "a[...] -= lr * grad."
    )


# -------------------------------------------------------------------------------- hints


def hint_on(update, params):
    w = GDWidget(X, Y, params=params, update=update)
    with pytest.raises(Exception) as raised:
        w.step(2)
    return w._session.state.readers_code.hint(raised.value)


def test_something_else_than_the_gradient_is_none():
    a, velocity = parameter(), None

    def update():
        nonlocal velocity
        mse_loss(a[0] * x + a[1], y).backward()
        velocity = 0.9 * velocity + a.grad

    assert hint_on(update, a).code == "is_none"


def test_without_a_tensor_no_array_meets_one():
    a = np.array([-1.0, 1.0])

    def update():
        r = a[0] * X + a[1] - Y
        a[:] -= 0.1 * np.mean(r * X, axis="rows")

    assert hint_on(update, a) is None


# ------------------------------------------- one parameter: any gradient is a number times another


def one_parameter(loss_of, x, lr):
    """What is said of a line through the origin, trained by a loss of its parameter."""
    a = nn.Parameter(torch.zeros(1, dtype=torch.float64))

    def update():
        loss = loss_of(a)
        loss.backward()
        with torch.no_grad():
            a.sub_(lr * a.grad)
            a.grad.zero_()
        return loss.item()

    w = GDWidget(x, 2 * x + 0.1, intercept=False, params=a, update=update)
    found = []
    for n in (3, 7, 30):
        w.step(n)
        found += [(one.code, one.details.get("cause")) for one in w.diagnoses]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_a_split_of_the_points_is_no_factor(seed):
    x = np.random.default_rng(seed).uniform(-1, 1, 60)
    seen = torch.tensor(x[:48])
    found = one_parameter(lambda a: ((a * seen - (2 * seen + 0.1)) ** 2).mean(), x, 0.05)
    assert "scaled" not in dict(found)


def test_a_gradient_that_is_the_same_everywhere_has_no_minus_too_many():
    x = np.random.default_rng(0).uniform(1, 3, 60)
    seen = torch.tensor(x)
    found = one_parameter(lambda a: (a * seen - (2 * seen + 0.1)).mean(), x, 0.1)
    assert ("climbs", "minus") not in found
