"""The points are right, but the guess or the steps are not: each is named, and its cure helps."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from gd_widget import GDWidget
from gd_widget.data.make_line import make_line

P = make_line(100)

TENSORS = """
x, y = torch.tensor(P.x), torch.tensor(P.y)
w = torch.tensor([-1.0], dtype=torch.float64, requires_grad=True)
b = torch.tensor([1.0], dtype=torch.float64, requires_grad=True)
a, lr = [w, b], 0.1
def update():
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w.sub_(lr * w.grad)
        b.sub_(lr * b.grad)
    w.grad.zero_()
    b.grad.zero_()
    return loss
"""

ARRAYS = """
x, y, lr = np.array(P.x), np.array(P.y), 0.1
a = np.array([-1.0, 1.0])
def update():
    r = a[0] * x + a[1] - y
    by_slope = 2 * (r * x).mean()
    by_intercept = 2 * r.mean()
    a[0] -= lr * by_slope
    a[1] -= lr * by_intercept
"""

SGD = """
x, y = torch.tensor(P.x), torch.tensor(P.y)
a = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))
opt = torch.optim.SGD([a], lr=0.1)
def update():
    opt.zero_grad()
    ((a[0] * x + a[1] - y) ** 2).mean().backward()
    opt.step()
"""

NOT_THAT = "The loss in update() is not that of the points shown: "

WRONG = [
    (TENSORS, "+ b", "- b", "The guess in update() has the intercept with a minus: write a plus."),
    (ARRAYS, "+ a[1]", "- a[1]", "The guess in update() has the intercept with a minus: write a plus."),
    (TENSORS, "w * x", "-w * x", "The guess in update() has the slope with a minus: write a plus."),
    (TENSORS, "- y", "+ y", f"{NOT_THAT}it is that of −y. Are guess and y added, not subtracted?"),
    (ARRAYS, "- y", "+ y", f"{NOT_THAT}it is that of −y. Are guess and y added, not subtracted?"),
    (TENSORS, "+ b", "+ 0 * b", "The guess in update() does not depend on the intercept: it is left out, or cut off."),
    (ARRAYS, "+ a[1]", "", "The guess in update() does not depend on the intercept: it is left out, or cut off."),
    (ARRAYS, "a[0] * x + a[1]", "a[1] * x + a[0]", "The guess in update() takes the parameters in another order than the steps: the intercept first. Have them in the order of w.names."),
    (TENSORS, ") ** 2).mean()", ").mean() ** 2)", "The loss in update() is the square of the mean residual: take the mean of the squares."),
    (ARRAYS, "(r * x).mean()", "r.mean() * x.mean()", "The steps of update() are of the mean residual times the mean x: take the mean of the products."),
    (ARRAYS, "a[0] * x", "a[0] * x[:, None]", "The loss in update() is of all 100 × 100 pairs of a guess and a y"),
    (ARRAYS, "(r * x).mean()", "(r * x).sum()", "Each step of update() is right but for the slope, whose own is 100 times the exact one."),
    (ARRAYS, "2 * r.mean()", "r.mean()", "Each step of update() is right but for the intercept, whose own is 0.5 times the exact one."),
    (TENSORS, "w.sub_(lr * w.grad)", "w.sub_(lr * w.grad); w.sub_(lr * w.grad)", "Each step of update() is right but for the slope, whose own is 2 times the exact one."),
    (TENSORS, "    w.grad.zero_()\n", "", "Gradients pile up in update(): at step 1 p.grad still held"),
    (SGD, "opt.step()", "opt.step(); opt.step()", "update() makes 2 steps of one gradient: call opt.step() once for each loss.backward()."),
]  # fmt: skip


def widget(source: str) -> GDWidget:
    cell = {"P": P, "np": np, "torch": torch, "nn": nn}
    exec(source, cell)
    return GDWidget(P.x, P.y, params=cell["a"], update=cell["update"])


@pytest.mark.parametrize(("right", "part", "wrong", "said"), WRONG)
def test_what_is_wrong_is_named_and_what_was_right_is_left_alone(right, part, wrong, said):
    w = widget(right.replace(part, wrong, 1))
    w.step(8)
    assert w.advice.startswith(said), w.advice
    cured = widget(right)
    cured.step(8)
    assert cured.advice == ""


HOUSES = np.random.default_rng(0).normal(size=(60, 2)) * [1, 10] + [5, 50]
PRICES = HOUSES @ [1.0, -0.2] + 3 + 0.1 * np.random.default_rng(1).normal(size=60)


def of_standardized(z, lr, d):
    """What is said where update() trains on z, and the widget standardizes d columns itself."""
    y = torch.tensor(PRICES)
    slopes, b = (nn.Parameter(torch.zeros(k, dtype=torch.float64)) for k in (d, 1))
    opt = torch.optim.SGD([slopes, b], lr=lr)

    def update():
        opt.zero_grad()
        ((z @ slopes + b - y) ** 2).mean().backward()
        opt.step()

    x = HOUSES[:, 0] if d == 1 else HOUSES
    w = GDWidget(x, PRICES, update=update, params=[slopes, b], standardize=True)
    w.step(4)
    return w.advice


@pytest.mark.parametrize("d", [1, 2])
def test_a_widget_that_standardizes_itself_says_how_to_do_the_same(d):
    x = torch.tensor(HOUSES[:, :d])
    assert of_standardized(x, 0.01 if d == 1 else 1e-5, d) == (
        f"{NOT_THAT[:-2]}, which are standardized: standardize x in update(), too."
    )
    said = of_standardized((x - x.mean(0)) / x.std(0), 0.05, d)
    assert said.startswith(f"{NOT_THAT}its x is divided by another standard deviation.")
    assert said.endswith("in PyTorch, x.std(0, correction=0).")
    assert of_standardized((x - x.mean(0)) / x.std(0, correction=0), 0.05, d) == ""


LASSO = """
x, y, lr = np.array(P.x), np.array(P.y), 0.01
a = np.array([1.0, 1.0])
def update():
    r = a[0] * x + a[1] - y
    a[0] -= lr * (2 * (r * x).mean() + 0.1 * np.sign(a[0]))
    a[1] -= lr * (2 * r.mean() + SHARE * np.sign(a[1]))
"""

IN_PEACE = [
    *(LASSO.replace("SHARE", share) for share in ("0", "0.1")),
    LASSO.replace("np.sign(a[0])", "2 * a[0]").replace("SHARE", "0"),
    ARRAYS.replace("lr * by_intercept", "2 * lr * by_intercept"),
    SGD.replace("SGD([a], lr=0.1)", "Adam([a], lr=0.1)"),
]


@pytest.mark.parametrize("source", IN_PEACE)
def test_penalties_and_rates_of_their_own_are_no_mistakes(source):
    w = widget(source)
    for _ in range(30):
        w.step(1)
        assert w.advice == ""
