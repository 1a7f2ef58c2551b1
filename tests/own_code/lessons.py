"""The lesson's update(), and a trainer that calls it."""

from __future__ import annotations

import torch

from gd_widget.data.make_line import make_line
from gd_widget.own_code import Update
from gd_widget.training.trainer import Trainer

nn, F, optim = torch.nn, torch.nn.functional, torch.optim

POINTS = make_line(100)
X = torch.stack([torch.tensor(POINTS.x), torch.ones(100, dtype=torch.float64)], 1).float()
Y = torch.tensor(POINTS.y).float()


def lesson(emptied=True):
    """The lesson's update() and its a."""
    a = nn.Parameter(torch.tensor([-1.0, 1.0]))

    def update():
        loss = F.mse_loss(X @ a, Y)
        loss.backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            if emptied:
                a.grad.zero_()
        return loss

    return update, a


def train(update, params) -> Trainer:
    outside = Update(update, params)
    return Trainer(POINTS, guess=outside.params, outside=outside, engine="numpy")


class Loop:
    def __init__(self):
        self.a = nn.Parameter(torch.tensor([-1.0, 1.0]))
        self.optimizer = optim.Adam([self.a], lr=0.1)

    def update(self):
        self.optimizer.zero_grad()
        F.mse_loss(X @ self.a, Y).backward()
        self.optimizer.step()

    __call__ = update
