"""The reader's own update() with another loss than the mean squared error."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from gd_widget import GDWidget, make_line
from tests.own_code.right_code_of_losses import RIGHT, widget


def test_a_right_update_with_its_loss_is_called_right_and_makes_the_same_steps():
    line = make_line(100)
    x, y = torch.tensor(line.x), torch.tensor(line.y)
    a = torch.nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))

    def update():
        loss = functional.l1_loss(a[0] * x + a[1], y)
        loss.backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()
        return loss

    w = GDWidget(line.x, line.y, update=update, params=a, loss="mae")
    ours = GDWidget(line.x, line.y, loss="mae")
    for each in (w, ours):
        each.step(50)
    assert w.diagnoses == () and w.advice == ""
    assert abs(w._trainer.rows()[:, :5] - ours._trainer.rows()[:, :5]).max() < 1e-12


@pytest.mark.parametrize("name", RIGHT)
def test_right_programs_are_left_in_peace(name):
    w = widget(*RIGHT[name])
    for n in (1, 1, 1, 1, 1, 1, 4, 30, 60):
        w.step(n)
        assert w.advice == ""


def test_of_a_wrong_one_nothing_is_said_that_is_not_known():
    line = make_line(50)
    a = np.array([-1.0, 1.0])

    def update():
        a[0] += 0.1  # not down anything

    w = GDWidget(line.x, line.y, update=update, params=a, loss="huber")
    w.step(20)
    assert w.diagnoses == ()


@pytest.mark.parametrize("intercept", [-32.0, -60.0])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_gradient_that_dies_out_in_probabilities_is_named_and_the_cure_brings_it_back(
    intercept, dtype
):
    x, y = np.linspace(-1, 1, 20), np.arange(20) % 3 > 0
    points = torch.tensor(x, dtype=dtype), torch.tensor(y, dtype=dtype)

    def trained(steps, loss_of):
        a = torch.nn.Parameter(torch.tensor([0.0, intercept], dtype=dtype))

        def update():
            loss = loss_of(a[0] * points[0] + a[1], points[1])
            loss.backward()
            with torch.no_grad():
                a.sub_(2 * a.grad)
            a.grad = None

        w = GDWidget(x, y * 1.0, update=update, params=a, loss="cross_entropy")
        w.step(steps)
        return w

    clipped = trained(20, lambda z, y: functional.binary_cross_entropy(z.sigmoid(), y))
    assert "binary_cross_entropy() loses most of their gradient" in clipped.advice
    assert clipped.loss > 15
    cured = trained(200, functional.binary_cross_entropy_with_logits)
    assert cured.advice == "" and cured.loss < 0.7


NOT_OF_THE_POINTS = "The loss in update() is not that of the points shown: its"
A_SUM = "it is a sum over the points, where .mean() takes their mean"
WRONG = [
    # what is right, what of it is replaced by what, and how what is said begins
    ("absolute", "a.grad.zero_()\n", "\n", "Gradients pile up in update(): at step 1"),
    ("absolute", "lr * a.grad", "0 * a.grad", "update() ran 12 times and did not move a: what"),
    ("absolute", "    a.sub_(lr * a.grad)", "    pass", "update() ran 12 times and did not move a"),
    ("absolute, l1_loss", "a.sub_", "a.add_", "Every step of update() goes up, and the loss has r"),
    (
        "absolute, l1_loss",
        "l1_loss(X @ a, y)",
        "l1_loss(X @ a, y, reduction='sum')",
        f"The gradient in update() is 100 times that of the loss shown: {A_SUM}. So its",
    ),
    (
        "absolute, a sum over n",
        "len(y)",
        "len(y) ** 2",
        "The gradient in update() is 0.01 times that of the loss shown: it is divided by the numb",
    ),
    (
        "absolute",
        "    a.sub_(lr * a.grad)",
        "    a.sub_(lr * a.grad)\n    a.sub_(lr * a.grad)",
        "update() makes 2 steps of one gradient: call a.sub_(lr * a.grad) once for each loss.back",
    ),
    (
        "absolute",
        ".abs()",
        ".pow(2)",
        "The loss in update() is the mean squared error, and the widget shows the mean absolute e",
    ),
    (
        "Huber",
        "huber_loss",
        "l1_loss",
        "The loss in update() is the mean absolute error, and the widget shows Huber's loss: trai",
    ),
    (
        "absolute, ridge",
        " + 0.1 * a[0] ** 2",
        "",
        "The loss in update() goes without the penalty of the one shown: add ridge * (slopes ** 2",
    ),
    (
        "absolute",
        "- y",
        "- y[:, None]",
        "The loss in update() is of all 100 × 100 pairs of a guess a",
    ),
    (
        "Huber, where",
        "X @ a",
        "a[0] * (x - x.mean()) / x.std() + a[1]",
        "The loss in update() is not that of the points shown: its x is standardized. Make the wid",
    ),
    (
        "cross-entropy, logits",
        "X @ a",
        "torch.sigmoid(X @ a)",
        "The loss in update() takes the sigmoid twice: binary_cross_entropy_with_logits() takes i",
    ),
    (
        "cross-entropy, logits",
        "X @ a",
        "X.flip(1) @ a",
        "The gradients in update() are the exact ones in another order: the intercept first. Have",
    ),
    ("absolute", "X @ a", "a[0] * (x / 10) + a[1]", f"{NOT_OF_THE_POINTS} x is scaled. Make the w"),
    (
        "absolute, SGD",
        "* x",
        "* (x - 3)",
        f"{NOT_OF_THE_POINTS} x is shifted. Make the widget with",
    ),
    ("Huber", "y)", "y * 10)", f"{NOT_OF_THE_POINTS} y is scaled. Make the widget with the same x"),
    ("Huber, NumPy", "* u + b[1]", "* (u / 4) + b[1]", f"{NOT_OF_THE_POINTS} x is scaled. Make th"),
    (
        "cross-entropy, logits",
        "y)",
        "1 - y)",
        f"{NOT_OF_THE_POINTS} y is another one. Make the wid",
    ),
    (
        "Huber, where",
        "- y)",
        "+ y)",
        "The loss in update() is not that of the points shown: it is that of −y. Are guess and y a",
    ),
    (
        "Huber",
        "a, y)",
        "a, y, delta=2.0)",
        "The loss in update() is Huber's with delta=2, which is not that of the one shown: train o",
    ),
    (
        "absolute, l1_loss",
        "l1_loss(X @ a, y)",
        "huber_loss(X @ a, y, delta=3.0)",
        "The loss in update() is Huber's loss, and the widget shows the mean absolute error: train "
        'on that, or make the widget with loss="huber", delta=3.',
    ),
    (
        "cross-entropy, a model",
        "nn.BCEWithLogitsLoss()(a(x[:, None])",
        "nn.MSELoss()(a(x[:, None]).sigmoid()",
        "The loss in update() is the mean squared error of the probabilities, and the widget shows",
    ),
    (
        "cross-entropy, Ng's",
        "(h - v) * u",
        "(h - v) * (u - 3)",
        "Each step of update() is right but for the slope, whose derivative has another x than the",
    ),
    (
        "cross-entropy, logits",
        "loss = ",
        "loss = -",
        "Every step of update() goes up, and the loss has risen from 1.071 to 2.127: a",
    ),
    (
        "cross-entropy, Ng's",
        "(h - v).sum()",
        "(v - h).sum()",
        "Each step of update() is right but for the intercept, which goes up: turn its sign alone",
    ),
    (
        "cross-entropy, Ng's",
        "(h - v).sum()",
        "((h - v) * u).sum()",
        "All parameters in update() are moved by one number, the derivative by the slope: each ne",
    ),
    (
        "Huber, NumPy",
        "(r * u).mean(), r.mean()",
        "r.mean(), r.mean()",
        "All parameters in update() are moved by one number, the derivative by the intercept: eac",
    ),
    (
        "cross-entropy, logits",
        "X @ a, y)\nloss.backward()",
        "X @ a, y)\nn.append(loss)\nloss = n[0]\nloss.backward(retain_graph=True)",
        "The gradient in update() is the same in every step, (",
    ),
]


@pytest.mark.parametrize(("name", "part", "wrong", "said"), WRONG)
def test_a_mistake_is_named_of_whatever_loss(name, part, wrong, said):
    setup, lines, loss = RIGHT[name]
    assert part in lines
    w = widget(f"{setup}\nn = []", lines.replace(part, wrong, 1), loss)
    w.step(12)
    assert w.advice.startswith(said), w.advice


def test_a_parameter_that_waits_is_not_called_left_out_of_the_guess():
    # While the probabilities hardly change, so would the steps of a guess without the intercept.
    lines = (
        "h = 1 / (1 + np.exp(-(b[0] * u + b[1])))\nb[0] -= lr * (((h - v) * u).mean() + 0.2 * b[0])"
    )
    w = widget("a, lr = b, 0.01", lines, {"loss": "cross_entropy", "ridge": 0.1})
    for n in (1, 1, 1, 1, 1, 1, 4, 10):
        w.step(n)
        assert "does not depend" not in w.advice
    assert "which stays 1: its own step is missing, or 0" in w.advice


def test_of_several_features_other_points_and_pairs_are_named_too():
    rng = np.random.default_rng(0)
    x, noise = rng.normal(3, 2, (80, 3)), rng.normal(size=80)
    y = x @ [1.0, -2.0, 0.5] + noise
    rows = torch.tensor(x)
    scaled = (rows - rows.mean(0)) / rows.std(0)

    def said(features, goal):
        a = torch.nn.Linear(3, 1, dtype=torch.float64)
        opt = torch.optim.SGD(a.parameters(), lr=0.2)

        def update():
            opt.zero_grad()
            (a(features)[:, 0] - goal).abs().mean().backward()
            opt.step()

        w = GDWidget(x, y, update=update, params=a, loss="mae")
        w.step(40)
        return w.advice

    goal = torch.tensor(y)
    assert said(rows, goal) == ""
    assert "its x is standardized" in said(scaled, goal)
    assert "is of all 80 × 80 pairs" in said(rows, goal[:, None])


@pytest.mark.filterwarnings("error")
def test_the_delta_that_is_named_is_that_of_the_code():
    line = make_line(60)
    x, y = torch.tensor(line.x), torch.tensor(line.y)

    def said(**options):
        a = torch.nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))
        opt = torch.optim.SGD([a], lr=0.1)

        def update():
            opt.zero_grad()
            functional.huber_loss(a[0] * x + a[1], y, delta=2.5).backward()
            opt.step()

        w = GDWidget(line.x, line.y, update=update, params=a, **options)
        w.step(12)
        return w.advice

    assert 'loss="huber", delta=2.5' in said(loss="mae")
    assert "make the widget with delta=2.5" in said(loss="huber")
    assert said(loss="huber", delta=2.5) == ""


def test_a_number_of_the_code_that_can_scale_nothing_is_left_alone():
    line = make_line(30)
    yes = (line.y > line.y.mean()).astype(float)
    x, y = torch.tensor(line.x), torch.tensor(yes)
    a = torch.nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))

    def update():
        loss = functional.binary_cross_entropy_with_logits((x * a[0] + a[1]) * 1.5, y)
        loss.backward()
        with torch.no_grad():
            a.sub_(0.05 * a.grad / max(1, 1e-310))
            a.grad.zero_()

    w = GDWidget(line.x, yes, update=update, params=a, loss="cross_entropy")
    w.step(6)  # without a warning
    assert w.n_steps == 6
