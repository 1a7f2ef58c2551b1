"""The reader's own update() with another loss than the mean squared error: the coach is silent."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from gd_widget import GDWidget, make_line


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


def test_of_a_wrong_one_nothing_is_said_that_is_not_known():
    line = make_line(50)
    a = np.array([-1.0, 1.0])

    def update():
        a[0] += 0.1  # not down anything

    w = GDWidget(line.x, line.y, update=update, params=a, loss="huber")
    w.step(20)
    assert w.diagnoses == ()
