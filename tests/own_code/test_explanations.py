"""What learners met: each mistake is named for what it is, and right training is not blamed."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gd_widget import GDWidget
from gd_widget.data.make_line import make_line

F = torch.nn.functional
P = make_line(100)
X = torch.stack([torch.tensor(P.x), torch.ones(100, dtype=torch.float64)], 1)
x, y = X[:, 0], torch.tensor(P.y)


def parameter() -> torch.nn.Parameter:
    return torch.nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))


def advice(update, params, steps: int, points=P) -> str:
    w = GDWidget(points.x, points.y, params=params, update=update)
    w.step(steps)
    return w.advice


def by_hand(a, loss_of, lr=0.1, **options):
    """An update() that makes its steps itself."""

    def update():
        loss = loss_of()
        loss.backward(**options)
        with torch.no_grad():
            a.sub_(lr * a.grad)
        a.grad.zero_()
        return loss

    return update


@pytest.mark.parametrize(
    ("lr", "loss_of", "empties_late", "part"),
    [
        (0.1, lambda a: F.mse_loss(X @ a, y), True, "the gradient is emptied before the step uses it."),
        (0.1, lambda a: F.mse_loss((X @ a).round(), y), False, "a gradient of 0, so something in the loss is flat."),
        (0.0, lambda a: F.mse_loss(X @ a, y), False, "the learning rate is 0."),
        (0.1, lambda a: F.mse_loss(X @ a, y).detach().requires_grad_(), False, "the loss is not connected to a."),
    ],
)  # fmt: skip
def test_a_step_that_is_there_is_not_said_to_be_missing(lr, loss_of, empties_late, part):
    a = parameter()
    opt = torch.optim.SGD([a], lr=lr)

    def update():
        opt.zero_grad()
        loss_of(a).backward()
        if empties_late:
            opt.zero_grad()
        opt.step()

    said = advice(update, a, 5)
    assert said.startswith("update() ran 5 times and did not move a: ") and part in said


def test_of_a_standardized_x_no_rate_is_spoken_of():
    rng = np.random.default_rng(5)
    c = rng.uniform(60, 100, 80)
    f = 1.8 * c + 32 + rng.normal(0, 1, 80)
    t, target, a = torch.tensor(c), torch.tensor(f), parameter()
    z = (t - t.mean()) / t.std()
    w = GDWidget(
        c, f, params=a, update=by_hand(a, lambda: ((a[0] * z + a[1] - target) ** 2).mean())
    )
    for _ in range(12):
        w.step(5)
        assert w.advice == (
            "The loss in update() is not that of the points shown: its x is standardized. Make the "
            "widget with the same x and y."
        )


def test_the_intercept_first():
    theta = torch.nn.Parameter(torch.tensor([1.0, -1.0], dtype=torch.float64))
    said = advice(by_hand(theta, lambda: ((X.flip(1) @ theta - y) ** 2).mean(), 0.3), theta, 100)
    assert "the exact ones in another order: the intercept first." in said


def in_other_order(design, x, y, **model):
    """What is said of training on this design matrix, beside the widget's own of x."""
    design, target = torch.tensor(design), torch.tensor(y)
    a = torch.nn.Parameter(torch.zeros(design.shape[1], dtype=torch.float64))
    update = by_hand(a, lambda: ((design @ a - target) ** 2).mean(), 0.1)
    w = GDWidget(x, y, params=a, update=update, **model)
    w.step(30)
    return [(one.code, one.details.get("order")) for one in w.diagnoses]


def test_the_intercept_last_where_the_ones_stand_first():
    random = np.random.default_rng(0)
    features = random.normal(size=(60, 2))
    y = features @ [1.0, -2] + 3 + 0.1 * random.normal(size=60)
    ones = np.ones((60, 1))
    given = np.hstack([ones, features])
    found = in_other_order(np.hstack([features, ones]), given, y)
    assert found == [("other_order", "last")]
    assert in_other_order(given, given, y) == []
    turned = in_other_order(given[:, ::-1].copy(), given, y)
    assert turned == [("other_order", "powers")]


def test_the_powers_of_a_polynomial_turned_round_as_numpy_has_them():
    x = np.random.default_rng(0).uniform(-1, 1, 60)
    y = np.sin(3 * x)
    ours = np.column_stack([x, x**2, x**3, x**0])
    found = in_other_order(ours[:, [2, 1, 0, 3]], x, y, degree=3)
    assert found == [("other_order", "powers")]


def test_a_sum_and_a_step_divided_by_n_are_right_together():
    w = torch.zeros(1, 1, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)

    def sgd(params, rate, n):
        with torch.no_grad():
            for p in params:
                p -= rate * p.grad / n
                p.grad.zero_()

    def update():
        ((x[:, None] @ w + b - y[:, None]) ** 2 / 2).sum().backward()
        sgd([w, b], 0.3, len(y))

    assert advice(update, [w, b], 12) == ""


def test_a_loss_with_a_half_lacks_no_2_in_its_derivative():
    a, lr = np.array([-1.0, 1.0]), 0.3

    def update():
        r = a[0] * P.x + a[1] - P.y
        a[:] -= lr * np.array([(r * P.x).sum(), r.sum()]) / len(r)
        return (r**2).sum() / (2 * len(r))

    said = advice(update, a, 12)
    assert "its loss has a ½. So its learning rate 0.3 acts as 0.15." in said


def test_a_guess_that_is_not_computed_anew():
    a = parameter()
    guess = a[0] * x + a[1]
    said = advice(by_hand(a, lambda: ((guess - y) ** 2).mean(), retain_graph=True), a, 40)
    assert said.startswith(
        "The gradient in update() is the same in every step, (-2.73, -3.22), that at (-1, 1)"
    )


def test_a_forgotten_square_is_no_minus():
    a = parameter()
    said = advice(by_hand(a, lambda: (a[0] * x + a[1] - y).mean()), a, 200)
    assert "the mean of the residuals, without their squares" in said and "minus" not in said


def test_one_wrong_sign_is_that_of_one_parameter():
    b = np.array([-1.0, 1.0])

    def update():
        r = b[0] * P.x + b[1] - P.y
        b[0] -= 0.2 * (r * P.x).mean()
        b[1] += 0.2 * r.mean()

    assert advice(update, b, 20) == (
        "Each step of update() is right but for the intercept, which goes up: turn its sign alone."
    )


@pytest.mark.filterwarnings("ignore:__array_wrap__")
def test_an_array_subtracted_from_a_tensor_has_a_cure_that_trains():
    t = torch.tensor([-1.0, 1.0], dtype=torch.float64)

    def step():
        r = t[0].item() * P.x + t[1].item() - P.y
        return 0.1 * np.array([2 * (r * P.x).mean(), 2 * r.mean()])

    def makes_a_new_one():
        nonlocal t
        t -= step()

    def cured():
        with torch.no_grad():
            t[...] -= step()

    assert "write t[...] -= step (inside with torch.no_grad():)" in advice(makes_a_new_one, t, 3)
    t = torch.tensor([-1.0, 1.0], dtype=torch.float64)
    w = GDWidget(P.x, P.y, params=t, update=cured)
    loss = w.loss
    w.step(20)
    assert w.loss < loss / 2 and w.advice == ""
