"""Code that is right, each differently written: the coach has nothing to say of it."""

from __future__ import annotations

import functools
import random

import numpy as np
import torch

nn, F, optim = torch.nn, torch.nn.functional, torch.optim

RIGHT = {}


def right(make):
    """The function makes an update() without a mistake, and its parameters, of a Lesson."""
    RIGHT[make.__name__] = make
    return make


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
