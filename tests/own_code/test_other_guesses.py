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

MODEL = """
x, y = torch.tensor(P.x), torch.tensor(P.y)
a = nn.Linear(1, 1, dtype=torch.float64)
nn.init.constant_(a.weight, -1.0); nn.init.constant_(a.bias, 1.0)
opt = torch.optim.SGD(a.parameters(), lr=0.1)
def update():
    loss = ((a(x[:, None])[:, 0] - y) ** 2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
"""

HAND = """
x, y, lr = torch.tensor(P.x), torch.tensor(P.y), 0.1
a = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))
def update(kept=[]):
    loss = ((a[0] * x + a[1] - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        a.sub_(lr * a.grad)
    a.grad.zero_()
"""

VECTOR = """
x, y, lr = np.array(P.x), np.array(P.y), 0.1
a = np.array([-1.0, 1.0])
def update():
    r = a[0] * x + a[1] - y
    a[...] -= lr * 2 * np.array([(r * x).mean(), r.mean()])
"""

STAYS = "update() ran 8 times and did not move a: "

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
    (TENSORS, "w.sub_(lr * w.grad)", "w.sub_(lr * w.grad); w.sub_(lr * w.grad)", "update() makes 2 steps of one gradient: call p.sub_(lr * p.grad) for each parameter p once for each loss.backward()."),
    (ARRAYS, "a[0] -= lr", "a[0] -= 2 * lr", "Each step of update() is right but for the slope, whose own is 2 times the exact one."),
    (TENSORS, "    w.grad.zero_()\n", "", "Gradients pile up in update(): at step 1 p.grad still held"),
    (SGD, "opt.step()", "opt.step(); opt.step()", "update() makes 2 steps of one gradient: call opt.step() once for each loss.backward()."),
    (ARRAYS, "a[1] -=", "a[1] +=", "Each step of update() is right but for the intercept, which goes up: turn its sign alone."),
    (ARRAYS, "    a[1] -= lr * by_intercept\n", "", "Each step of update() is right but for the intercept, which stays 1: its own step is missing, or 0."),
    (ARRAYS, "(r * x).mean()", "r.mean()", "All parameters in update() are moved by one number, the derivative by the intercept: each needs its own."),
    (SGD, " ** 2", "", "The loss in update() is the mean of the residuals, without their squares: it has no bottom. Square them"),
    (HAND, ".mean()\n    loss.backward()", ".mean()\n    kept.append(loss)\n    kept[0].backward(retain_graph=True)", "The gradient in update() is the same in every step, (-2.73, -3.22), that at (-1, 1): compute the guess and the loss anew"),
    (HAND, "loss = (", "loss = -(", "Every step of update() goes up, and the loss has risen from 7.955 to"),
    (HAND, "a.sub_", "a.add_", "Every step of update() goes up, and the loss has risen from 7.955 to"),
    (SGD, "lr=0.1", "lr=0.1, maximize=True", "Every step of update() goes up, and the loss has risen from 7.955 to"),
    (SGD, "    opt.step()", "    a.grad.neg_()\n    opt.step()", "Every step of update() goes up, and the loss has risen from 7.955 to"),
    (HAND, ".mean()", ".sum()", "The gradient in update() is 100 times that of the mean squared error: it is a sum over the points, where .mean() takes their mean."),
    (HAND, "    with torch.no_grad():\n        a.sub_(lr * a.grad)\n", "", f"{STAYS}after loss.backward() it needs its step, a.sub_(0.1 * a.grad) (inside with torch.no_grad():)."),
    (HAND, "a.sub_(lr * a.grad)", "a.sub_(0 * a.grad)", f"{STAYS}what it steps by is 0, too small to be added, or taken back."),
    (SGD, "opt.step()", "opt.zero_grad(); opt.step()", f"{STAYS}the gradient is emptied before the step uses it. opt.zero_grad() comes after the step, or before backward()."),
    (SGD, "lr=0.1", "lr=0.0", f"{STAYS}the learning rate is 0."),
    (SGD, "(a[0] * x + a[1] - y)", "((a[0] * x + a[1]).round() - y)", f"{STAYS}backward() computes a gradient of 0, so something in the loss is flat."),
    (SGD, ".mean().backward()", ".mean().detach().requires_grad_().backward()", f"{STAYS}backward() is there, but no gradient arrives, for the loss is not connected to a."),
    (SGD, ".mean().backward()", ".mean()", f"{STAYS}no gradient has arrived there, as loss.backward() would make it do."),
    (SGD, "SGD([a]", "SGD([a.detach().clone().requires_grad_()]", f"{STAYS}opt was made for other parameters than the ones that this widget was given."),
    (VECTOR, "a[...] -= lr", "b = a - lr", f"{STAYS}it has to change the array itself, a[...] -= lr * grad."),
    (SGD, "+ a[1]", "+ a[1] + 0 / (x - x)", "The gradient in update() is (nan, nan) at step 0"),
    (SGD, "a[0] * x", "a[0] * ((x - x.mean()) / x.std())", f"{NOT_THAT}its x is standardized. Make the widget with the same x and y."),
    (ARRAYS, "a[0] * x", "a[0] * (x - 3)", f"{NOT_THAT}its x is another one. Make the widget with the same x and y."),
    (ARRAYS, "- y", "- 10 * y", f"{NOT_THAT}its y is another one. Make the widget with the same x and y."),
    (ARRAYS, "(r * x).mean()", "(r * (x - 3)).mean()", "Each step of update() is right but for the slope, whose derivative has another x than the guess: multiply the residuals by the x of the guess."),
    (ARRAYS, "a[1] -= lr", "a[0] -= lr", "The derivative by the intercept is subtracted from the other parameter in update(), and the intercept stays: subtract it from its own."),
    (ARRAYS, "a[1] -= lr", "a[1] -= 20 * lr", "Each step of update() moves the intercept by 2 times its derivative. Above 1 it overshoots by more and more, whatever the others do. Try 0.5 for it."),
    (TENSORS, "** 2", "** 4", "The loss in update() is the mean of the fourth powers of the residuals: write ** 2."),
    (TENSORS, "((w * x + b - y) ** 2)", "(w * x + b - y).abs()", 'The loss in update() is the mean absolute error, and the widget shows the mean squared error: train on that, or make the widget with loss="mae".'),
    (MODEL, "    opt.zero_grad()\n    loss.backward()\n    opt.step()\n", "    opt.step()\n    opt.zero_grad()\n    loss.backward()\n", "The gradients in update() are those of the parameters before the step, which stands between the guess and backward(): make it after loss.backward()."),
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

IN_TURN = """
x, y, lr = np.array(P.x), np.array(P.y), 0.1
a = np.array([-1.0, 1.0])
def update():
    for i, z in ORDER:
        a[i] -= lr * 2 * ((a[0] * x + a[1] - y) * z).mean()
"""

IN_PEACE = [
    IN_TURN.replace("ORDER", "((0, x), (1, np.ones(100)))"),
    IN_TURN.replace("ORDER", "((1, np.ones(100)), (0, x))"),
    TENSORS.replace("w.sub_(lr * w.grad)", "w.sub_(lr / 2 * w.grad); w.sub_(lr / 2 * w.grad)"),
    ARRAYS.replace("a[1] -= lr", "a[1] -= 9.9 * lr"),
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
