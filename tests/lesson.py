"""The lesson's notebook: its points, and the tensors that an update() is written with."""

from __future__ import annotations

import numpy as np
import torch

from gd_widget.core.quadratic import Quadratic
from gd_widget.data.make_line import make_line
from gd_widget.data.points import Points

POINTS = make_line(100)


class Lesson:
    """x with its column of ones, y, the guess, and a rate that is right."""

    def __init__(self, points: Points = POINTS, dtype=torch.float32, guess=(-1.0, 1.0)):
        self.points = points
        self.bowl = Quadratic.of(points.x, points.y)
        self.x = torch.stack([torch.tensor(points.x), torch.ones(len(points))], 1).to(dtype)
        self.y = torch.tensor(points.y).to(dtype)
        self.a = torch.nn.Parameter(torch.tensor(guess, dtype=dtype))
        self.lr = 0.1 * self.bowl.critical_lr

    def arrays(self):
        return self.points.x, self.points.y, np.array([-1.0, 1.0])
