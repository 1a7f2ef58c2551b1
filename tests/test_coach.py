"""The coach: eight mistakes, each written differently; and code that is right, and left alone."""

from __future__ import annotations

import functools
import math
import random

import numpy as np
import pytest

from gd_widget.coach import Words, common, diagnose, hint, one_digit
from gd_widget.data import Points, make_line, own_points
from gd_widget.evidence import Evidence
from gd_widget.own_code import Recorder, Update
from gd_widget.quadratic import Quadratic
from gd_widget.trainer import Trainer

torch = pytest.importorskip("torch")
nn, F, optim = torch.nn, torch.nn.functional, torch.optim

POINTS = make_line(100)


class Lesson:
    """The lesson's notebook: x with its column of ones, y, and the guess."""

    def __init__(self, points: Points = POINTS, dtype=torch.float32, guess=(-1.0, 1.0)):
        self.points = points
        self.bowl = Quadratic.of(points.x, points.y)
        self.x = torch.stack([torch.tensor(points.x), torch.ones(len(points))], 1).to(dtype)
        self.y = torch.tensor(points.y).to(dtype)
        self.a = nn.Parameter(torch.tensor(guess, dtype=dtype))
        self.lr = 0.1 * self.bowl.critical_lr

    def arrays(self):
        return self.points.x, self.points.y, np.array([-1.0, 1.0])


def said_by(update, params, points: Points, steps: int) -> list[str]:
    """What the coach says after each step, and before the first."""
    outside = Update(update, params)
    trainer = Trainer(points, guess=outside.params, outside=outside, engine="numpy")
    said = [outside.diagnose(trainer.bowl)]
    for _ in range(steps):
        if not trainer.step(1):
            said.append(outside.diagnose(trainer.bowl))
            break
        said.append(outside.diagnose(trainer.bowl))
    return said


# ------------------------------------------------------------------------ code that is right

RIGHT = {}
WRONG: dict[str, list] = {}


def right(make):
    RIGHT[make.__name__] = make
    return make


def wrong(*parts: str):
    """The function makes an update() with a mistake; the sentence about it has these parts."""

    def add(make):
        WRONG[make.__name__] = [make, parts]
        return make

    return add


@right
def emptied_after(t):
    def update():
        loss = ((t.x @ t.a - t.y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            t.a.sub_(t.lr * t.a.grad)
            t.a.grad.zero_()
        return loss

    return update, t.a


@right
def emptied_before(t):
    a, lr = t.a, t.lr

    def update():
        if a.grad is not None:
            a.grad.zero_()
        loss = F.mse_loss(t.x @ a, t.y)
        loss.backward()
        with torch.no_grad():
            a.sub_(lr * a.grad)

    return update, a


@right
def gradient_thrown_away(t):
    a = t.a

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        a.data -= t.lr * a.grad
        a.grad = None

    return update, a


@right
def gradient_asked_for(t):
    a = t.a

    def update():
        (grad,) = torch.autograd.grad(F.mse_loss(t.x @ a, t.y), a)
        with torch.no_grad():
            a.add_(grad, alpha=-t.lr)

    return update, a


@right
def step_before_backward(t):
    a = t.a

    def update():
        if a.grad is not None:
            a.data.sub_(t.lr * a.grad)
            a.grad = None
        F.mse_loss(t.x @ a, t.y).backward()

    return update, a


def with_optimizer(t, make, closure=False):
    optimizer = make([t.a])

    def loss_of():
        optimizer.zero_grad()
        loss = F.mse_loss(t.x @ t.a, t.y)
        loss.backward()
        return loss

    def update():
        if closure:
            return optimizer.step(loss_of)
        loss = loss_of()
        optimizer.step()
        return loss.item()

    return update, t.a


def of_class(cls, closure=False, **options):
    def make(t):
        return with_optimizer(t, lambda params: cls(params, **options), closure)

    return make


RIGHT |= {
    "sgd": lambda t: with_optimizer(t, functools.partial(optim.SGD, lr=t.lr)),
    "sgd_momentum": lambda t: with_optimizer(t, lambda p: optim.SGD(p, lr=t.lr, momentum=0.9)),
    "sgd_nesterov": lambda t: with_optimizer(
        t, lambda p: optim.SGD(p, lr=t.lr, momentum=0.9, nesterov=True)
    ),
    "sgd_decay": lambda t: with_optimizer(t, lambda p: optim.SGD(p, lr=t.lr, weight_decay=1e-3)),
    "adam": of_class(optim.Adam, lr=0.3),
    "adamw": of_class(optim.AdamW, lr=0.1),
    "rmsprop": of_class(optim.RMSprop, lr=0.1),
    "adagrad": of_class(optim.Adagrad, lr=1.0),
    "rprop": of_class(optim.Rprop, lr=0.1),
    "adadelta": of_class(optim.Adadelta, lr=10.0),
    "asgd": lambda t: with_optimizer(t, lambda p: optim.ASGD(p, lr=t.lr)),
    "lbfgs": of_class(optim.LBFGS, closure=True, lr=0.5),
    "lbfgs_one": of_class(optim.LBFGS, closure=True, lr=0.5, max_iter=1),
    "lbfgs_wolfe": of_class(optim.LBFGS, closure=True, line_search_fn="strong_wolfe"),
}


@right
def adam_of_a_sum(t):
    """Whose step does not depend on the gradient's size."""
    optimizer = optim.Adam([t.a], lr=0.1)

    def update():
        optimizer.zero_grad()
        ((t.x @ t.a - t.y) ** 2).sum().backward()
        optimizer.step()

    return update, t.a


@right
def shuffled_batches(t):
    a, n = t.a, len(t.y)
    generator = torch.Generator().manual_seed(3)
    left = []

    def update():
        if not left:
            left.extend(torch.randperm(n, generator=generator).split(16))
        seen = left.pop()
        loss = F.mse_loss(t.x[seen] @ a, t.y[seen])
        loss.backward()
        with torch.no_grad():
            a.sub_(t.lr * a.grad)
        a.grad.zero_()
        return loss

    return update, a


@right
def batches_drawn_with_replacement(t):
    rng = random.Random(1)

    def update():
        seen = rng.choices(range(len(t.y)), k=10)
        loss = F.mse_loss(t.x[seen] @ t.a, t.y[seen])
        loss.backward()
        t.a.data -= t.lr * t.a.grad
        t.a.grad = None

    return update, t.a


@right
def one_point_at_a_time_by_hand(t):
    x, y, a = t.arrays()
    rng = np.random.default_rng(0)
    lr = t.lr / 10

    def update():
        i = rng.integers(len(x))
        r = a[0] * x[i] + a[1] - y[i]
        a[:] -= lr * 2 * r * np.array([x[i], 1])

    return update, a


@right
def momentum_by_hand(t):
    velocity = torch.zeros(2, dtype=t.a.dtype)

    def update():
        F.mse_loss(t.x @ t.a, t.y).backward()
        with torch.no_grad():
            velocity.mul_(0.9).add_(t.a.grad)
            t.a.sub_(t.lr * velocity)
            t.a.grad.zero_()

    return update, t.a


@right
def momentum_in_the_gradient(t):
    """Not emptied, on purpose: a share of it is kept."""

    def update():
        F.mse_loss(t.x @ t.a, t.y).backward()
        with torch.no_grad():
            t.a.sub_(t.lr * t.a.grad)
            t.a.grad.mul_(0.8)

    return update, t.a


@right
def momentum_in_numpy(t):
    x, y, a = t.arrays()
    v, lr = np.zeros(2), t.lr

    def update():
        r = a[0] * x + a[1] - y
        v[:] = 0.9 * v + 2 * np.array([(r * x).mean(), r.mean()])
        a[:] -= lr * v
        return (r**2).mean()

    return update, a


@right
def by_hand_in_numpy(t):
    x, y, a = t.arrays()
    lr = t.lr

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= lr * 2 * np.array([(r * x).mean(), r.mean()])
        return (r**2).mean()

    return update, a


@right
def by_hand_in_matrices(t):
    x, y, a = t.arrays()
    design = np.stack([x, np.ones_like(x)], 1)
    a = a.reshape(2, 1)

    def update():
        nonlocal_free = a
        nonlocal_free -= t.lr * 2 / len(x) * design.T @ (design @ a - y[:, None])

    return update, a


@right
def by_hand_in_tensors(t):
    a = t.a.detach().clone()
    lr = t.lr

    def update():
        r = t.x @ a - t.y
        a.sub_(lr * 2 * (t.x.T @ r) / len(r))

    return update, a


@right
def rate_that_decays(t):
    count = iter(range(10**9))

    def update():
        loss = F.mse_loss(t.x @ t.a, t.y)
        loss.backward()
        with torch.no_grad():
            t.a.sub_(5 * t.lr / (1 + 0.1 * next(count)) * t.a.grad)
            t.a.grad.zero_()

    return update, t.a


@right
def rate_scheduled(t):
    optimizer = optim.SGD([t.a], lr=4 * t.lr)
    scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=10, gamma=0.5)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ t.a, t.y).backward()
        optimizer.step()
        scheduler.step()

    return update, t.a


@right
def rate_that_warms_up(t):
    optimizer = optim.SGD([t.a], lr=t.lr)
    scheduler = optim.lr_scheduler.LambdaLR(optimizer, lambda i: min(1, i / 10))

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ t.a, t.y).backward()
        optimizer.step()
        scheduler.step()

    return update, t.a


@right
def linear_model(t):
    model = nn.Linear(1, 1).to(t.x.dtype)
    optimizer = optim.SGD(model.parameters(), lr=t.lr)
    x, y = t.x[:, :1], t.y[:, None]

    def update():
        loss = F.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return update, model


@right
def two_parameters(t):
    w, b = (nn.Parameter(torch.tensor([v], dtype=t.x.dtype)) for v in (-1.0, 1.0))

    def update():
        ((w * t.x[:, 0] + b - t.y) ** 2).mean().backward()
        with torch.no_grad():
            for p in (w, b):
                p -= t.lr * p.grad
                p.grad.zero_()

    return update, [w, b]


@right
def gradient_collected_in_one_call(t):
    def update():
        for x, y in zip(t.x.split(25), t.y.split(25), strict=True):
            (((x @ t.a - y) ** 2).sum() / len(t.y)).backward()
        with torch.no_grad():
            t.a.sub_(t.lr * t.a.grad)
            t.a.grad.zero_()

    return update, t.a


@right
def gradient_collected_in_two_calls(t):
    count = iter(range(10**9))

    def update():
        (F.mse_loss(t.x @ t.a, t.y) / 2).backward()
        if next(count) % 2:
            with torch.no_grad():
                t.a.sub_(t.lr * t.a.grad)
                t.a.grad.zero_()

    return update, t.a


@right
def clipped(t):
    optimizer = optim.SGD([t.a], lr=t.lr)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ t.a, t.y).backward()
        nn.utils.clip_grad_norm_([t.a], 1.0)
        optimizer.step()

    return update, t.a


@right
def clipped_by_value(t):
    def update():
        F.mse_loss(t.x @ t.a, t.y).backward()
        with torch.no_grad():
            t.a.sub_(t.lr * t.a.grad.clamp(-0.5, 0.5))
        t.a.grad = None

    return update, t.a


@right
def loss_scaled_and_unscaled(t):
    lr = t.lr

    def update():
        (F.mse_loss(t.x @ t.a, t.y) * 1024).backward()
        with torch.no_grad():
            t.a.sub_(lr * t.a.grad / 1024)
        t.a.grad = None

    return update, t.a


@right
def a_little_decay(t):
    def update():
        (F.mse_loss(t.x @ t.a, t.y) + 1e-4 * (t.a**2).sum()).backward()
        with torch.no_grad():
            t.a.sub_(t.lr * t.a.grad)
        t.a.grad = None

    return update, t.a


@right
def newton(t):
    def update():
        loss = F.mse_loss(t.x @ t.a, t.y)
        (grad,) = torch.autograd.grad(loss, t.a)
        with torch.no_grad():
            t.a.sub_(torch.linalg.solve(2 * t.x.T @ t.x / len(t.y), grad))

    return update, t.a


@right
def steepest_descent_with_line_search(t):
    """Whose rates are above the critical one every second step."""
    x, y, a = t.arrays()
    hessian = t.bowl.hessian

    def update():
        r = a[0] * x + a[1] - y
        g = 2 * np.array([(r * x).mean(), r.mean()])
        curvature = g @ hessian @ g
        if curvature > 0:
            a[:] -= (g @ g) / curvature * g

    return update, a


@right
def ascent_of_the_negative(t):
    def update():
        (-F.mse_loss(t.x @ t.a, t.y)).backward()
        with torch.no_grad():
            t.a.add_(t.lr * t.a.grad)
        t.a.grad = None

    return update, t.a


@right
def absolute_errors(t):
    def update():
        F.l1_loss(t.x @ t.a, t.y).backward()
        with torch.no_grad():
            t.a.sub_(t.lr * t.a.grad)
        t.a.grad = None

    return update, t.a


OTHER_POINTS = own_points(*(lambda x: (x, 0.5 * x + 3 + np.sin(7 * x)))(np.linspace(2, 6, 40)))


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize(
    ("points", "dtype"), [(POINTS, torch.float32), (OTHER_POINTS, torch.float64)]
)
def test_right_code_is_left_alone(name, points, dtype):
    torch.manual_seed(0)
    update, params = RIGHT[name](Lesson(points, dtype))
    assert set(said_by(update, params, points, 60)) == {""}


@pytest.mark.parametrize("name", ["emptied_after", "adam", "by_hand_in_numpy", "shuffled_batches"])
@pytest.mark.parametrize("guess", [(0.0, 0.0), (50.0, -200.0)])
def test_right_code_is_left_alone_long_after_it_has_converged(name, guess):
    update, params = RIGHT[name](Lesson(POINTS, torch.float32, guess))
    assert set(said_by(update, params, POINTS, 500)) == {""}


# ---------------------------------------------------------------------------- code that is not

STILL = "update() ran 3 times and did not move a: "


@wrong(
    STILL,
    "after loss.backward() it needs its step, a.sub_(lr * a.grad) (inside with torch.no_grad():)",
    "a.grad has piled up to (",
)
def as_the_post_prints_it(t):
    x, y, a = t.x, t.y, t.a

    def update():
        y_guess = x @ a
        loss = F.mse_loss(y_guess, y)
        loss.backward()

    return update, a


@wrong(STILL, "it needs its step, a.sub_(lr * a.grad)")
def result_thrown_away(t):
    a = t.a

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a - t.lr * a.grad
        a.grad.zero_()

    return update, a


@wrong(STILL, "it needs its step, optimizer.step().")
def optimizer_that_makes_no_step(t):
    a = t.a
    optimizer = optim.Adam([a], lr=0.1)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y).backward()

    return update, a


@wrong(STILL, "optimizer was made for other parameters")
def optimizer_of_others(t):
    a = t.a
    optimizer = optim.SGD([a.detach().clone().requires_grad_()], lr=0.1)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong(STILL, "no gradient has arrived there")
def without_backward(t):
    a = t.a

    def update():
        return F.mse_loss(t.x @ a, t.y)

    return update, a


@wrong(STILL, "it has to change the array itself, a[...] -= lr * grad.")
def array_that_stays(t):
    x, y, a = t.arrays()

    def update():
        slope, intercept = a
        r = slope * x + intercept - y
        slope -= 0.1 * 2 * (r * x).mean()
        intercept -= 0.1 * 2 * r.mean()

    return update, a


@wrong("update() ran 3 times and did not move the parameters: ", "optimizer.step()")
def model_without_step(t):
    model = nn.Linear(1, 1)
    nn.init.constant_(model.weight, -1.0)
    optimizer = optim.SGD(model.parameters(), lr=0.1)

    def update():
        optimizer.zero_grad()
        F.mse_loss(model(t.x[:, :1].float()), t.y[:, None].float()).backward()

    return update, model


PILES = "Gradients pile up in update(): at step 1 "


@wrong(PILES, "a.grad still held (", "empty it: a.grad.zero_().")
def not_emptied(t):
    a = t.a

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)

    return update, a


@wrong(PILES, "empty it: optimizer.zero_grad().")
def optimizer_not_emptied(t):
    a = t.a
    optimizer = optim.SGD([a], lr=0.05)

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong(PILES, "empty it: p.grad.zero_() for each parameter p.")
def model_not_emptied(t):
    model = nn.Linear(1, 1, dtype=t.x.dtype)

    def update():
        loss = F.mse_loss(model(t.x[:, :1]), t.y[:, None])
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= 0.1 * p.grad
        return loss

    return update, model.parameters()


@wrong(PILES, "optimizer.zero_grad()")
def adam_not_emptied(t):
    a = t.a
    optimizer = optim.Adam([a], lr=0.1)

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong(PILES, "a.grad.zero_()")
def copy_emptied(t):
    a = t.a

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        a.data -= 0.05 * a.grad
        a.grad.clone().zero_()

    return update, a


CLIMBS = "Every step of update() goes up, and the loss has risen from 7.9"


@wrong(CLIMBS, "a has to move the other way, a.sub_(lr * a.grad).")
def plus(t):
    a = t.a

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a.add_(0.1 * a.grad)
            a.grad.zero_()

    return update, a


@wrong(CLIMBS, "the loss has a minus too many")
def negative_loss(t):
    a = t.a

    def update():
        (-((t.x @ a - t.y) ** 2).mean()).backward()
        a.data -= 0.1 * a.grad
        a.grad = None

    return update, a


@wrong(CLIMBS, "so a has to move the other way, a[...] -= lr * grad.")
def residuals_the_other_way_round(t):
    x, y, a = t.arrays()

    def update():
        r = y - (a[0] * x + a[1])
        a[:] -= 0.1 * 2 * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong(CLIMBS, "is optimizer made with maximize=True?")
def optimizer_that_maximizes(t):
    a = t.a
    optimizer = optim.SGD([a], lr=0.1, maximize=True)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong("Every step of update() goes up", "the loss has a minus too many")
def adam_of_a_negative_loss(t):
    a = t.a
    optimizer = optim.Adam([a], lr=0.1)

    def update():
        optimizer.zero_grad()
        (-F.mse_loss(t.x @ a, t.y)).backward()
        optimizer.step()

    return update, a


@wrong("Every step of update() goes up", "the other way")
def batches_with_plus(t):
    a = t.a
    rng = np.random.default_rng(0)

    def update():
        seen = rng.choice(100, 50, replace=False)
        F.mse_loss(t.x[seen] @ a, t.y[seen]).backward()
        a.data += 0.1 * a.grad
        a.grad = None

    return update, a


FAST = " is above 0.999, the critical rate of these data: every step overshoots"


@wrong("The learning rate 1.2 in update()" + FAST, "Try 0.7.")
def too_fast(t):
    a = t.a
    lr = 1.2

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a.sub_(lr * a.grad)
            a.grad.zero_()

    return update, a


@wrong("The learning rate 3 in update()" + FAST, "Try 0.7.")
def optimizer_too_fast(t):
    a = t.a
    optimizer = optim.SGD([a], lr=3.0)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong("The learning rate 1.5 in update()" + FAST)
def too_fast_in_numpy(t):
    x, y, a = t.arrays()

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= 1.5 * 2 * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong("The learning rate 4 in update()" + FAST)
def too_fast_in_batches(t):
    a = t.a
    rng = np.random.default_rng(0)

    def update():
        seen = rng.choice(100, 50, replace=False)
        F.mse_loss(t.x[seen] @ a, t.y[seen]).backward()
        a.data -= 4 * a.grad
        a.grad = None

    return update, a


@wrong("Each step of update() is 3 times the exact gradient. That" + FAST, "Try 0.3.")
def too_fast_by_more_than_its_name_says(t):
    a = t.a
    lr = 1.5

    def update():
        (2 * F.mse_loss(t.x @ a, t.y)).backward()
        with torch.no_grad():
            a.sub_(lr * a.grad)
            a.grad.zero_()

    return update, a


@wrong(
    "The gradient in update() is 0.5 times that of the mean squared error: its loss has a ½. "
    "So its learning rate 0.1 acts as 0.05."
)
def half(t):
    a = t.a

    def update():
        (((t.x @ a - t.y) ** 2).mean() / 2).backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()

    return update, a


@wrong(
    "The gradient in update() is 100 times that of the mean squared error: it is a sum",
    ".mean()",
    "So its learning rate 0.1 acts as 10, above 0.999, the critical rate of these data.",
)
def total(t):
    a = t.a

    def update():
        loss = ((t.x @ a - t.y) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()
        return loss

    return update, a


@wrong("is 100 times", "its learning rate 0.001 acts as 0.1.")
def total_with_a_small_rate(t):
    a = t.a
    optimizer = optim.SGD([a], lr=0.001)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y, reduction="sum").backward()
        optimizer.step()

    return update, a


@wrong("is 100 times", "its learning rate 0.002 acts as 0.2.")
def total_with_momentum(t):
    a = t.a
    optimizer = optim.SGD([a], lr=0.002, momentum=0.8)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y, reduction="sum").backward()
        optimizer.step()

    return update, a


@wrong("is 50 times", "its loss has a ½, and it is a sum", "0.001 acts as 0.05.")
def half_of_the_total(t):
    model = nn.Linear(1, 1, dtype=t.x.dtype)

    def update():
        model.zero_grad()
        (((model(t.x[:, :1]) - t.y[:, None]) ** 2).sum() / 2).backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= 0.001 * p.grad

    return update, model


@wrong(
    "The step in update() is 0.5 times",
    "the 2 of a square's derivative is missing",
    "0.1 acts as 0.05",
)
def derivative_without_its_2(t):
    x, y, a = t.arrays()
    lr = 0.1

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= lr * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong("The gradient in update() is 0.01 times", "twice", "0.1 acts as 0.001")
def divided_twice(t):
    a = t.a

    def update():
        (((t.x @ a - t.y) ** 2).mean() / len(t.y)).backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()

    return update, a


@wrong("The gradient in update() is 0.3 times that of the mean squared error. So")
def weighted(t):
    a = t.a

    def update():
        (0.3 * F.mse_loss(t.x @ a, t.y)).backward()
        a.data -= 0.1 * a.grad
        a.grad = None

    return update, a


NEW_A = "update() makes a new a instead of changing the one it was given, which stays (-1, 1)"


@wrong(NEW_A, "write a.sub_(lr * a.grad) (inside with torch.no_grad():).")
def new_leaf(t):
    a = t.a

    def update():
        nonlocal a
        F.mse_loss(t.x @ a, t.y).backward()
        a = (a - 0.1 * a.grad).detach().requires_grad_()

    return update, a


@wrong(NEW_A)
def new_parameter(t):
    a = t.a

    def update():
        nonlocal a
        loss = F.mse_loss(t.x @ a, t.y)
        loss.backward()
        with torch.no_grad():
            a = nn.Parameter(a - 0.1 * a.grad)
        return loss

    return update, a


@wrong(NEW_A, "write a[...] -= lr * grad.")
def new_array(t):
    x, y, a = t.arrays()

    def update():
        nonlocal a
        r = a[0] * x + a[1] - y
        a = a - 0.1 * 2 * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong("update() makes a new params instead of changing")
def new_list(t):
    params = [torch.tensor([v], requires_grad=True) for v in (-1.0, 1.0)]

    def update():
        nonlocal params
        w, b = params
        grads = torch.autograd.grad(F.mse_loss(w * t.x[:, 0].float() + b, t.y.float()), params)
        params = [p - 0.1 * g for p, g in zip(params, grads, strict=True)]

    return update, params


ALL_PAIRS = "The loss in update() is of all 100 × 100 pairs of a guess and a y"


@wrong(ALL_PAIRS, "shapes (100,) and (100, 1) broadcast to (100, 100)")
def column_of_y(t):
    a, y = t.a, t.y[:, None]

    def update():
        ((t.x @ a - y) ** 2).mean().backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()

    return update, a


@wrong(ALL_PAIRS)
def model_with_flat_y(t):
    model = nn.Linear(1, 1, dtype=t.x.dtype)
    nn.init.constant_(model.weight, -1.0)
    optimizer = optim.Adam(model.parameters(), lr=0.1)

    def update():
        optimizer.zero_grad()
        ((model(t.x[:, :1]) - t.y) ** 2).mean().backward()
        optimizer.step()

    return update, model


@wrong(ALL_PAIRS)
def column_of_y_in_numpy(t):
    x, y, a = t.arrays()
    y = y[:, None]

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= 0.1 * 2 * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong(ALL_PAIRS)
@pytest.mark.filterwarnings("ignore:Using a target size")
def mse_loss_that_warns(t):
    a = nn.Parameter(t.a.detach().reshape(2, 1))

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a.sub_(0.05 * a.grad)
        a.grad = None

    return update, a


@wrong("The gradient in update() is (nan, nan) at step 0", "look for a nan in its x or y")
def nan_in_the_data(t):
    a, y = t.a, t.y.clone()
    y[3] = math.nan

    def update():
        loss = F.mse_loss(t.x @ a, y)
        loss.backward()
        a.data -= 0.1 * a.grad
        a.grad = None
        return loss

    return update, a


@wrong("The loss in update() is nan at step 0", "the exact loss 7.955")
def nan_loss(t):
    a = t.a

    def update():
        loss = F.mse_loss(t.x @ a, t.y)
        loss.backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()
        return loss / 0 * 0

    return update, a


@wrong("update() made a (nan, nan) at step 0", "print what it steps by")
def nan_step(t):
    a = np.array([-1.0, 1.0])

    def update():
        a[:] = np.nan

    return update, a


@pytest.mark.filterwarnings("ignore:Using a target size")
@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=["float32", "float64"])
def test_a_mistake_is_named(name, dtype):
    torch.manual_seed(0)
    make, parts = WRONG[name]
    said = said_by(*make(Lesson(POINTS, dtype)), POINTS, 30)
    assert said[0] == ""
    sentences = [sentence for sentence in said if all(part in sentence for part in parts)]
    assert sentences, (said[1:4], said[-3:])
    others = {sentence for sentence in said if parts[0][:12] not in sentence} - {""}
    assert not others


def test_it_is_said_soon_and_stays_said():
    for name, (make, _) in WRONG.items():
        if name == "mse_loss_that_warns":
            continue
        said = said_by(*make(Lesson()), POINTS, 12)
        begin = next(i for i, sentence in enumerate(said) if sentence)
        assert begin <= 6, name
        assert all(said[begin:]), name


@pytest.mark.parametrize("guess", [(3.0, 2.0), (2.98, 2.5), (3.0, 2.4)])
@pytest.mark.parametrize("name", ["emptied_after", "adam", "shuffled_batches", "linear_model"])
def test_a_start_at_the_answer_is_named(guess, name):
    t = Lesson(guess=guess)
    update, params = RIGHT[name](t)
    if name == "linear_model":
        with torch.no_grad():
            params.weight.fill_(guess[0])
            params.bias.fill_(guess[1])
    said = said_by(update, params, POINTS, 5)
    assert set(said) == {said[0]}
    assert (
        f"started at ({guess[0]:g}, {guess[1]:g}), which is almost the best line, (3.01, 2.5)"
        in said[0]
    )
    assert "Start from a guess, such as (-1, 1)." in said[0]


def test_a_start_that_was_chosen_in_the_widget_is_not():
    t = Lesson()
    update, params = RIGHT["emptied_after"](t)
    outside = Update(update, params)
    trainer = Trainer(POINTS, guess=outside.params, outside=outside)
    trainer.guess = (3.0, 2.0)
    assert outside.diagnose(trainer.bowl) == ""
    trainer.new_data(make_line(50), start=(3.0, 2.0))
    assert outside.diagnose(trainer.bowl) == ""


def test_another_a_made_in_a_cell_is_named():
    cell = {"F": F, "torch": torch, **vars(Lesson())}
    exec(
        "def update():\n"
        "    F.mse_loss(x @ a, y).backward()\n"
        "    a.data -= 0.1 * a.grad\n"
        "    a.grad = None\n",
        cell,
    )
    outside = Update(cell["update"], cell["a"])
    trainer = Trainer(POINTS, guess=outside.params, outside=outside)
    trainer.step(3)
    assert outside.diagnose(trainer.bowl) == ""
    cell["a"] = nn.Parameter(torch.tensor([-1.0, 1.0]))
    trainer.step(1)
    assert outside.diagnose(trainer.bowl).startswith(
        "a is no longer the tensor that this widget was given, which stays (-0.239, 1.78)"
    )


def test_float32_that_overflows_is_called_too_fast_and_not_a_nan():
    t = Lesson()

    def update():
        F.mse_loss(t.x @ t.a, t.y).backward()
        t.a.data -= 1000 * t.a.grad
        t.a.grad = None

    said = said_by(update, t.a, POINTS, 100)
    assert len(said) < 60, "it has diverged"
    assert said[-1].startswith("The learning rate 1000 in update() is above")


def test_nothing_is_said_of_data_that_fit_every_line():
    points = own_points([2.0, 2.0, 2.0], [1.0, 2.0, 3.0])
    t = Lesson(points)
    update, params = RIGHT["emptied_after"](t)
    assert set(said_by(update, params, points, 30)) == {""}


# ------------------------------------------------------------------------- a loop in a cell


def recorded(t, loop) -> list[str]:
    recorder = Recorder()
    said: list[str] = []

    def record(a):
        recorder.record(len(said), a)
        said.append(recorder.diagnose(t.bowl))

    loop(t, record)
    recorder.close()
    return said


def plain_loop(t, record):
    a = t.a
    for _ in range(30):
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a.sub_(t.lr * a.grad)
            a.grad.zero_()
        record(a)


def emptied_after_recording(t, record):
    optimizer = optim.Adam([t.a], lr=0.1)
    for _ in range(30):
        F.mse_loss(t.x @ t.a, t.y).backward()
        optimizer.step()
        record(t.a)
        optimizer.zero_grad()


def functional_loop(t, record):
    a = t.a
    for _ in range(30):
        F.mse_loss(t.x @ a, t.y).backward()
        a = (a - t.lr * a.grad).detach().requires_grad_()
        record(a)


def functional_arrays(t, record):
    x, y, a = t.arrays()
    for _ in range(30):
        r = a[0] * x + a[1] - y
        a = a - t.lr * 2 * np.array([(r * x).mean(), r.mean()])
        record(a)


def model_loop(t, record):
    model = nn.Linear(1, 1)
    for _ in range(30):
        model.zero_grad()
        F.mse_loss(model(t.x[:, :1]), t.y[:, None]).backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= t.lr * p.grad
        record(model)


@pytest.mark.parametrize(
    "loop",
    [plain_loop, emptied_after_recording, functional_loop, functional_arrays, model_loop],
)
def test_a_right_loop_is_left_alone(loop):
    assert set(recorded(Lesson(), loop)) == {""}


def loop_without_step(t, record):
    for _ in range(6):
        F.mse_loss(t.x @ t.a, t.y).backward()
        record(t.a)


def loop_that_piles_up(t, record):
    for _ in range(6):
        F.mse_loss(t.x @ t.a, t.y).backward()
        with torch.no_grad():
            t.a.sub_(0.1 * t.a.grad)
        record(t.a)


def loop_with_a_sum(t, record):
    a = t.a
    for _ in range(6):
        ((t.x @ a - t.y) ** 2).sum().backward()
        a = (a - 0.1 * a.grad).detach().requires_grad_()
        record(a)


def loop_that_climbs(t, record):
    x, y, a = t.arrays()
    for _ in range(6):
        r = a[0] * x + a[1] - y
        a = a + 0.1 * 2 * np.array([(r * x).mean(), r.mean()])
        record(a)


def loop_with_a_column(t, record):
    for _ in range(6):
        ((t.x @ t.a - t.y[:, None]) ** 2).mean().backward()
        with torch.no_grad():
            t.a.sub_(0.1 * t.a.grad)
            t.a.grad.zero_()
        record(t.a)


def loop_too_fast(t, record):
    for _ in range(6):
        F.mse_loss(t.x @ t.a, t.y).backward()
        with torch.no_grad():
            t.a.sub_(2 * t.a.grad)
            t.a.grad.zero_()
        record(t.a)


@pytest.mark.parametrize(
    ("loop", "part"),
    [
        (
            loop_without_step,
            "The loop went round 5 times and did not move a: after loss.backward()",
        ),
        (loop_that_piles_up, "Gradients pile up in the loop: at step "),
        (loop_with_a_sum, "The gradient in the loop is 100 times that of the mean squared error"),
        (loop_that_climbs, "Every step of the loop goes up"),
        (loop_with_a_column, "The loss in the loop is of all 100 × 100 pairs"),
        (loop_too_fast, "The learning rate 2 in the loop is above 0.999"),
    ],
)
def test_a_mistake_in_a_loop_is_named(loop, part):
    assert part in recorded(Lesson(), loop)[-1]


# ----------------------------------------------------------------------------------- the rest


def test_without_evidence_there_is_nothing_to_say():
    bowl = Quadratic.of(POINTS.x, POINTS.y)
    assert diagnose([], bowl, Words()) == ""
    assert diagnose([Evidence(0, (1.0, 1.0), (1.0, 1.0))], bowl, Words()) == ""


def test_small_things():
    assert one_digit(0.0749) == 0.07
    assert one_digit(123.0) == 100
    assert common([2.0, 2.01, None], least=2) is None
    assert common([2.0, 2.01], least=2) == 2.0
    assert common([2.0, 2.1], least=2) is None
    assert common([], least=0) is None


def raised(source: str, **names) -> BaseException:
    try:
        exec(source, names)
    except Exception as error:
        return error
    raise AssertionError("it raised nothing")


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("def f():\n a -= 1\nf()", "change it in place, a.sub_(lr * a.grad)."),
        ("a -= 1", "put it under with torch.no_grad():"),
        ("loss = (a ** 2).sum(); loss.backward(); loss.backward()", "anew in every step"),
        ("(a.detach() ** 2).sum().backward()", "The loss must be computed from a,"),
        ("(a ** 2).backward()", "take the .mean()"),
        ("0.1 * a.grad", "a.grad is None until loss.backward()"),
        ("a.grad.zero_()", "a.grad is None until loss.backward()"),
        ("torch.ones(3, 2).double() @ a", "does not mix float32 and float64"),
        ("1 / 0", ""),
    ],
)
def test_errors_have_hints(source, part):
    error = raised(source, a=nn.Parameter(torch.ones(2)), torch=torch)
    said = hint(error, Words())
    assert part in said
    assert bool(said) == bool(part), error
