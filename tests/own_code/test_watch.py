"""The gradients that arrive at the reader's parameters."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gd_widget.own_code import Update
from tests.own_code.lessons import X, Y, lesson

nn, F = torch.nn, torch.nn.functional


def test_a_gradient_is_seen_before_it_is_added_to_what_was_left():
    update, a = lesson(emptied=False)
    outside = Update(update, a)
    params, _ = outside.step(0, (-1.0, 1.0))
    outside.step(1, params)
    first, second = outside.evidence
    assert first.left == first.total == second.leftover
    assert second.total == pytest.approx(np.add(second.grad, first.total))


def test_gradients_of_two_parts_and_of_autograd_grad_are_seen():
    parts = [torch.tensor([v], requires_grad=True) for v in (-1.0, 1.0)]
    unused = False

    def update():
        w, b = parts
        guess = w * X[:, 0] + (0 if unused else b)
        grads = torch.autograd.grad(F.mse_loss(guess, Y), parts, allow_unused=True)
        with torch.no_grad():
            for p, g in zip(parts, grads, strict=True):
                if g is not None:
                    p -= 0.1 * g

    outside = Update(update, parts)
    params, _ = outside.step(0, (-1.0, 1.0))
    (e,) = outside.evidence
    assert e.n_backward == 1
    assert e.grad == pytest.approx((-2.727, -3.216), abs=1e-3)
    assert e.total is None and e.left is None
    unused = True
    outside.step(1, params)
    assert outside.evidence[1].grad[1] == 0.0


def test_a_batch_of_gradients_is_no_gradient_and_no_error():
    a = nn.Parameter(torch.tensor([-1.0, 1.0]))

    def update():
        each = (X @ a - Y) ** 2
        (grads,) = torch.autograd.grad(each, a, torch.eye(100), is_grads_batched=True)
        a.data -= 0.1 * grads.mean(0)

    outside = Update(update, a)
    params, _ = outside.step(0, (-1.0, 1.0))
    assert params == pytest.approx((-0.7273, 1.3216), abs=1e-4)
    assert outside.evidence[0].n_backward != 1
