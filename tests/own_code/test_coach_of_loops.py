"""The coach judges a loop in a cell by what it hands over."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gd_widget.own_code import Recorder
from gd_widget.words.sentence import sentence
from tests.lesson import Lesson

nn, F, optim = torch.nn, torch.nn.functional, torch.optim


def recorded(t, loop) -> list[str]:
    recorder = Recorder()
    said: list[str] = []

    def record(a):
        recorder.record(len(said), a)
        said.append(sentence(next(iter(recorder.diagnose(t.bowl)), None)))

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
            "record() was given a 6 times, always the same: after loss.backward()",
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
