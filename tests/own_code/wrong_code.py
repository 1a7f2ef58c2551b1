"""Code with one of the eight mistakes, each differently written, and what there is to say of it."""

from __future__ import annotations

import math

import numpy as np
import torch

from gd_widget.own_code.mistakes_in_code import never_moves, not_a_number, piles_up, replaced
from gd_widget.own_code.mistakes_in_maths import climbs, overshoots, scaled
from gd_widget.own_code.other_losses import broadcasts

nn, F, optim = torch.nn, torch.nn.functional, torch.optim

WRONG = {}


def wrong(mistake, *parts: str):
    """The function makes an update() with this mistake; the sentence about it has these parts."""

    def add(make):
        WRONG[make.__name__] = make, mistake, parts
        return make

    return add


STILL = "update() ran 3 times and did not move a: "


@wrong(
    never_moves,
    STILL,
    "after loss.backward() it needs its step, a.sub_(0.1 * a.grad) (inside with torch.no_grad():)",
    "a.grad has piled up to (",
)
def as_the_post_prints_it(t):
    x, y, a = t.x, t.y, t.a

    def update():
        y_guess = x @ a
        loss = F.mse_loss(y_guess, y)
        loss.backward()

    return update, a


@wrong(never_moves, STILL, "it needs its step, a.sub_(0.1 * a.grad)")
def result_thrown_away(t):
    a = t.a

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a - t.lr * a.grad
        a.grad.zero_()

    return update, a


@wrong(never_moves, STILL, "it needs its step, optimizer.step().")
def optimizer_that_makes_no_step(t):
    a = t.a
    optimizer = optim.Adam([a], lr=0.1)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y).backward()

    return update, a


@wrong(never_moves, STILL, "optimizer was made for other parameters")
def optimizer_of_others(t):
    a = t.a
    optimizer = optim.SGD([a.detach().clone().requires_grad_()], lr=0.1)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong(never_moves, STILL, "no gradient has arrived there")
def without_backward(t):
    a = t.a

    def update():
        return F.mse_loss(t.x @ a, t.y)

    return update, a


@wrong(never_moves, STILL, "it has to change the array itself, a[...] -= 0.2 * grad.")
def array_that_stays(t):
    x, y, a = t.arrays()

    def update():
        slope, intercept = a
        r = slope * x + intercept - y
        slope -= 0.1 * 2 * (r * x).mean()
        intercept -= 0.1 * 2 * r.mean()

    return update, a


@wrong(never_moves, "update() ran 3 times and did not move the parameters: ", "optimizer.step()")
def model_without_step(t):
    model = nn.Linear(1, 1)
    nn.init.constant_(model.weight, -1.0)
    optimizer = optim.SGD(model.parameters(), lr=0.1)

    def update():
        optimizer.zero_grad()
        F.mse_loss(model(t.x[:, :1].float()), t.y[:, None].float()).backward()

    return update, model


PILES = "Gradients pile up in update(): at step 1 "


@wrong(piles_up, PILES, "a.grad still held (", "empty it: a.grad.zero_().")
def not_emptied(t):
    a = t.a

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)

    return update, a


@wrong(piles_up, PILES, "empty it: optimizer.zero_grad().")
def optimizer_not_emptied(t):
    a = t.a
    optimizer = optim.SGD([a], lr=0.05)

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong(piles_up, PILES, "empty it: p.grad.zero_() for each parameter p.")
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


@wrong(piles_up, PILES, "optimizer.zero_grad()")
def adam_not_emptied(t):
    a = t.a
    optimizer = optim.Adam([a], lr=0.1)

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong(piles_up, PILES, "a.grad.zero_()")
def copy_emptied(t):
    a = t.a

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        a.data -= 0.05 * a.grad
        a.grad.clone().zero_()

    return update, a


CLIMBS = "Every step of update() goes up, and the loss has risen from 7.9"


@wrong(climbs, CLIMBS, "a has to move the other way, a.sub_(0.1 * a.grad).")
def plus(t):
    a = t.a

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a.add_(0.1 * a.grad)
            a.grad.zero_()

    return update, a


@wrong(climbs, CLIMBS, "the loss has a minus too many")
def negative_loss(t):
    a = t.a

    def update():
        (-((t.x @ a - t.y) ** 2).mean()).backward()
        a.data -= 0.1 * a.grad
        a.grad = None

    return update, a


@wrong(climbs, CLIMBS, "to move the other way: is the step's sign turned, or its gradient's?")
def residuals_the_other_way_round(t):
    x, y, a = t.arrays()

    def update():
        r = y - (a[0] * x + a[1])
        a[:] -= 0.1 * 2 * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong(climbs, CLIMBS, "is optimizer made with maximize=True?")
def optimizer_that_maximizes(t):
    a = t.a
    optimizer = optim.SGD([a], lr=0.1, maximize=True)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong(climbs, "Every step of update() goes up", "the loss has a minus too many")
def adam_of_a_negative_loss(t):
    a = t.a
    optimizer = optim.Adam([a], lr=0.1)

    def update():
        optimizer.zero_grad()
        (-F.mse_loss(t.x @ a, t.y)).backward()
        optimizer.step()

    return update, a


@wrong(climbs, "Every step of update() goes up", "the other way")
def batches_with_plus(t):
    a = t.a
    rng = np.random.default_rng(0)

    def update():
        seen = rng.choice(100, 50, replace=False)
        F.mse_loss(t.x[seen] @ a, t.y[seen]).backward()
        a.data += 0.1 * a.grad
        a.grad = None

    return update, a


FAST = " is above 0.999, the critical rate of these data: along the steepest direction the steps"


@wrong(overshoots, "The learning rate 1.2 in update()" + FAST, "Try 0.7.")
def too_fast(t):
    a = t.a
    lr = 1.2

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a.sub_(lr * a.grad)
            a.grad.zero_()

    return update, a


@wrong(overshoots, "The learning rate 3 in update()" + FAST, "Try 0.7.")
def optimizer_too_fast(t):
    a = t.a
    optimizer = optim.SGD([a], lr=3.0)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y).backward()
        optimizer.step()

    return update, a


@wrong(overshoots, "The learning rate 1.5 in update()" + FAST)
def too_fast_in_numpy(t):
    x, y, a = t.arrays()

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= 1.5 * 2 * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong(overshoots, "Each step of update() is 10 times the exact gradient. That" + FAST)
def a_sum_in_numpy_with_its_rate_written_in_the_step(t):
    x, y, a = t.arrays()

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= 0.1 * 2 * np.array([(r * x).sum(), r.sum()])

    return update, a


@wrong(overshoots, "The learning rate 4 in update()" + FAST)
def too_fast_in_batches(t):
    a = t.a
    rng = np.random.default_rng(0)

    def update():
        seen = rng.choice(100, 50, replace=False)
        F.mse_loss(t.x[seen] @ a, t.y[seen]).backward()
        a.data -= 4 * a.grad
        a.grad = None

    return update, a


@wrong(overshoots, "Each step of update() is 3 times the exact gradient. That" + FAST, "Try 0.3.")
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
    scaled,
    "The gradient in update() is 0.5 times that of the mean squared error: its loss has a ½. "
    "So its learning rate 0.1 acts as 0.05.",
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
    scaled,
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


@wrong(scaled, "is 100 times", "its learning rate 0.001 acts as 0.1.")
def total_with_a_small_rate(t):
    a = t.a
    optimizer = optim.SGD([a], lr=0.001)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y, reduction="sum").backward()
        optimizer.step()

    return update, a


@wrong(scaled, "is 100 times", "its learning rate 0.002 acts as 0.2.")
def total_with_momentum(t):
    a = t.a
    optimizer = optim.SGD([a], lr=0.002, momentum=0.8)

    def update():
        optimizer.zero_grad()
        F.mse_loss(t.x @ a, t.y, reduction="sum").backward()
        optimizer.step()

    return update, a


@wrong(scaled, "is 50 times", "its loss has a ½, and it is a sum", "0.001 acts as 0.05.")
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
    scaled,
    "The step in update() is 0.5 times that of the mean squared error. So",
    "0.1 acts as 0.05",
)
def derivative_without_its_2(t):
    x, y, a = t.arrays()
    lr = 0.1

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= lr * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong(scaled, "The gradient in update() is 0.01 times", "twice", "0.1 acts as 0.001")
def divided_twice(t):
    a = t.a

    def update():
        (((t.x @ a - t.y) ** 2).mean() / len(t.y)).backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()

    return update, a


@wrong(scaled, "The gradient in update() is 0.3 times that of the mean squared error. So")
def weighted(t):
    a = t.a

    def update():
        (0.3 * F.mse_loss(t.x @ a, t.y)).backward()
        a.data -= 0.1 * a.grad
        a.grad = None

    return update, a


NEW_A = "update() makes a new a instead of changing the one it was given, which stays (-1, 1)"


@wrong(replaced, NEW_A, "write a.sub_(0.1 * a.grad) (inside with torch.no_grad():).")
def new_leaf(t):
    a = t.a

    def update():
        nonlocal a
        F.mse_loss(t.x @ a, t.y).backward()
        a = (a - 0.1 * a.grad).detach().requires_grad_()

    return update, a


@wrong(replaced, NEW_A)
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


@wrong(replaced, NEW_A, "write a[...] -= 0.2 * grad.")
def new_array(t):
    x, y, a = t.arrays()

    def update():
        nonlocal a
        r = a[0] * x + a[1] - y
        a = a - 0.1 * 2 * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong(replaced, "update() makes a new params instead of changing")
def new_list(t):
    params = [torch.tensor([v], requires_grad=True) for v in (-1.0, 1.0)]

    def update():
        nonlocal params
        w, b = params
        grads = torch.autograd.grad(F.mse_loss(w * t.x[:, 0].float() + b, t.y.float()), params)
        params = [p - 0.1 * g for p, g in zip(params, grads, strict=True)]

    return update, params


ALL_PAIRS = "The loss in update() is of all 100 × 100 pairs of a guess and a y"


@wrong(broadcasts, ALL_PAIRS, "shapes (100,) and (100, 1) broadcast to (100, 100)")
def column_of_y(t):
    a, y = t.a, t.y[:, None]

    def update():
        ((t.x @ a - y) ** 2).mean().backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()

    return update, a


@wrong(broadcasts, ALL_PAIRS)
def model_with_flat_y(t):
    model = nn.Linear(1, 1, dtype=t.x.dtype)
    nn.init.constant_(model.weight, -1.0)
    optimizer = optim.Adam(model.parameters(), lr=0.1)

    def update():
        optimizer.zero_grad()
        ((model(t.x[:, :1]) - t.y) ** 2).mean().backward()
        optimizer.step()

    return update, model


@wrong(broadcasts, ALL_PAIRS)
def column_of_y_in_numpy(t):
    x, y, a = t.arrays()
    y = y[:, None]

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= 0.1 * 2 * np.array([(r * x).mean(), r.mean()])

    return update, a


@wrong(broadcasts, ALL_PAIRS)
def mse_loss_that_warns(t):
    a = nn.Parameter(t.a.detach().reshape(2, 1))

    def update():
        F.mse_loss(t.x @ a, t.y).backward()
        with torch.no_grad():
            a.sub_(0.05 * a.grad)
        a.grad = None

    return update, a


@wrong(
    not_a_number,
    "The gradient in update() is (nan, nan) at step 0",
    "look for a nan in its x or y",
)
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


@wrong(not_a_number, "The loss in update() is nan at step 0", "the exact loss 7.955")
def nan_loss(t):
    x, y, a = t.arrays()
    y = np.where(y == y.max(), np.nan, y)

    def update():
        r = a[0] * x + a[1] - y
        a[:] -= 0.1 * 2 * np.array([(r * x).mean(), r.mean()])
        return (r**2).mean()

    return update, a


@wrong(not_a_number, "update() made a (nan, nan) at step 0", "print what it steps by")
def nan_step(t):
    a = np.array([-1.0, 1.0])

    def update():
        a[:] = np.nan

    return update, a
