"""What more than one cause explains is given to none of them: right programs above all."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import l1_loss, mse_loss

from gd_widget import GDWidget
from gd_widget.data.make_line import make_line

P = make_line(100)
X, Y = np.array(P.x), np.array(P.y)
RNG = np.random.default_rng(0)
HOUSES = RNG.uniform(50, 250, 60), RNG.uniform(1e5, 5e5, 60)


def said(x, y, update, params, steps=(1, 2, 7, 30)):
    """What is said after so many steps each."""
    w = GDWidget(x, y, params=params, update=update)
    found = []
    for n in steps:
        w.step(n)
        found.append(w.advice)
    return found


def gradient(x, y, a):
    r = a[0] * x + a[1] - y
    return 2 * np.array([(r * x).mean(), r.mean()]), (r**2).mean()


def adam(x, y, a):
    m, s, n = np.zeros(2), np.zeros(2), [0]

    def update():
        n[0] += 1
        g, loss = gradient(x, y, a)
        m[:] = 0.9 * m + 0.1 * g
        s[:] = 0.999 * s + 0.001 * g * g
        a[:] -= 0.1 * (m / (1 - 0.9 ** n[0])) / (np.sqrt(s / (1 - 0.999 ** n[0])) + 1e-8)
        return loss

    return update


def signs(x, y, a):
    def update():
        g, loss = gradient(x, y, a)
        a[:] -= 0.01 * np.sign(g)
        return loss

    return update


def ridge(x, y, a):
    def update():
        g, loss = gradient(x, y, a)
        a[:] -= 0.1 * (g + 0.2 * a) / max(1, (x**2).mean())
        return loss

    return update


def twice(x, y, a):
    lr = 0.004

    def update():
        for _ in range(2):
            a[:] -= lr * gradient(x, y, a)[0]

    return update


POINTS = {
    "the lesson's": (X, Y),
    "standardized": ((X - X.mean()) / X.std(), Y),
    "with a mean of 0": (np.arange(-2.0, 3), np.array([-3.0, -2, 1, 4, 5])),
    "two": (np.array([0.0, 1]), np.array([1.0, 4])),
    "houses": HOUSES,
    "far off": (X + 1000, Y + 5000),
    "large": (X * 1e6, Y * 1e6),
    "small": (X * 1e-3, Y * 1e-3),
}


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize("rule", [adam, signs, ridge])
def test_rules_by_hand_are_left_in_peace_on_the_points_shown(rule, points):
    x, y = POINTS[points]
    a = np.array([-1.0, 1.0])
    assert set(said(x, y, rule(x, y, a), a)) == {""}


@pytest.mark.parametrize("points", ["the lesson's", "standardized"])
def test_two_steps_in_one_call_are_no_factor_of_2(points):
    x, y = POINTS[points]
    a = np.array([-1.0, 1.0])
    assert set(said(x, y, twice(x, y, a), a)) == {""}


def with_torch(x, y, loss_of, rate=0.1, optimizer=torch.optim.SGD, dtype=torch.float64, a=(-1, 1)):
    x, y = torch.tensor(x).to(dtype), torch.tensor(y).to(dtype)
    a = nn.Parameter(torch.tensor(a).to(dtype))
    opt = optimizer([a], lr=rate)

    def update():
        opt.zero_grad()
        loss = loss_of(a, a[0] * x + a[1], y)
        loss.backward()
        opt.step()
        return loss

    return update, a


def mse(a, guess, y):
    return mse_loss(guess, y)


@pytest.mark.parametrize("rate", [0.1, 1e-5])
@pytest.mark.parametrize("points", ["the lesson's", "houses"])
def test_adam_is_not_one_number_for_all_parameters(points, rate):
    x, y = POINTS[points]
    update, a = with_torch(x, y, mse, rate, torch.optim.Adam)
    assert set(said(x, y, update, a)) == {""}


@pytest.mark.parametrize(
    "loss_of",
    [
        lambda a, guess, y: mse_loss(guess, y) + 0.1 * a.abs().sum(),
        lambda a, guess, y: mse_loss(guess, y) + 0.1 * a[0].abs(),
        lambda a, guess, y: mse_loss(guess, y) + 0.1 * (a**2).sum(),
    ],
    ids=["lasso", "lasso without the intercept", "ridge"],
)
def test_a_penalty_is_no_other_y(loss_of):
    update, a = with_torch(X, Y, loss_of, a=(1, 1))
    assert set(said(X, Y, update, a)) == {""}


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_types_in_which_all_is_rounding_prove_nothing(dtype):
    update, a = with_torch(X, Y, mse, dtype=dtype)
    assert set(said(X, Y, update, a)) == {""}


def test_absolute_residuals_are_no_pairs():
    x, y = HOUSES
    update, a = with_torch(x, y, lambda a, guess, y: l1_loss(guess, y), 4e-6, a=(0, 0))
    assert not any("pairs" in one for one in said(x, y, update, a))


@pytest.mark.parametrize(
    ("n", "times"),
    [(4, lambda r: 2 * r.mean()), (4, lambda r: r.sum() / 2), (3, lambda r: r.sum() / 2)],
)
def test_a_factor_that_several_causes_make_is_given_to_none(n, times):
    x, y = np.array([0, 0.5, 1, 1.5])[:n], np.array([1.0, 2, 3.5, 4])[:n]
    update, a = with_torch(x, y, lambda a, guess, y: times((guess - y) ** 2))
    (word,) = set(said(x, y, update, a, [3]))
    assert "times that of the mean squared error. So its learning rate" in word


def test_nobody_knows_why_steps_by_hand_halve():
    a, lr = np.zeros(2), 0.1

    def update():
        a[:] -= lr * gradient(X, Y, a)[0] / 2

    (word,) = said(X, Y, update, a, [3])
    assert word == (
        "The step in update() is 0.5 times that of the mean squared error. "
        "So its learning rate 0.1 acts as 0.05."
    )


def test_a_step_too_small_is_no_gradient_emptied_too_early():
    x, y = torch.tensor(X).float(), torch.tensor(Y).float()
    a, lr = nn.Parameter(torch.tensor([-1.0, 1.0])), 1e-9

    def update():
        mse_loss(a[0] * x + a[1], y).backward()
        with torch.no_grad():
            a.sub_(lr * a.grad)
            a.grad.zero_()

    (word,) = said(X, Y, update, a, [3])
    assert "what it steps by is 0, too small to be added, or taken back" in word


def test_a_step_that_is_yet_to_come_is_none_of_0():
    a, collected, n = np.array([-1.0, 1.0]), np.zeros(2), [0]

    def update():
        collected[:] += gradient(X, Y, a)[0] / 8
        n[0] += 1
        if n[0] % 8 == 0:
            a[:] -= 0.1 * collected
            collected[:] = 0

    words = said(X, Y, update, a, [3, 5])
    assert "either nothing has been stepped yet" in words[0] and words[1] == ""


def test_an_optimizer_that_made_no_step_needs_one():
    x, y = torch.tensor(X), torch.tensor(Y)
    a = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))
    opt = torch.optim.SGD([a], lr=0.1)
    schedule = torch.optim.lr_scheduler.StepLR(opt, 10)

    def update():
        opt.zero_grad()
        mse_loss(a[0] * x + a[1], y).backward()
        schedule.step()

    with pytest.warns(UserWarning, match="lr_scheduler"):
        (word,) = said(X, Y, update, a, [3])
    assert word.endswith("after loss.backward() it needs its step, opt.step().")


def hint_on(update, params):
    w = GDWidget(X, Y, params=params, update=update)
    with pytest.raises(Exception) as raised:
        w.step()
    found = w._session.state.readers_code.hint(raised.value)
    return found and found.code


def test_hints_name_what_is_there():
    a, x, y = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64)), X, Y
    lr = None

    def adds():
        ((x + a[1] - y) ** 2).mean().backward()

    def method():
        a.mean.backward()

    def nothing():
        a.data -= lr * a.data

    assert hint_on(adds, a) == "array_meets_tensor"
    assert hint_on(method, a) == "loss_is_no_tensor"
    assert hint_on(nothing, a) == "is_none", "there is no array"
