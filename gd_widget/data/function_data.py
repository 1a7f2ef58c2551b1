"""A function of two parameters in the place of data: there are no points."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NoReturn

import numpy as np

from gd_widget.core.function_loss import About, FunctionLoss
from gd_widget.core.model import Model
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params
from gd_widget.data.features import Examples

LARGEST = 1e100
"""Of a loss whose size counts, so that squares stay numbers."""


class FunctionData:
    """What is trained down is a function itself.

    function : it, of two tensors (or, where it is known, of numbers).
    objective : its values and derivatives.
    engines : those that can compute it.
    guess : where training begins where nothing is said.
    """

    are_held = True
    held = None

    def __init__(
        self, function: Any, objective: FunctionLoss, engines: tuple[str, ...], guess: Params
    ) -> None:
        self.function, self.objective, self.engines = function, objective, engines
        self.guess = guess
        self.about: About = objective.about
        self.names: tuple[str, ...] = self.about.names
        self.model = Model(self.about.names, intercept=None)
        self.sample = Examples(np.empty((0, 2)), np.empty(0))

    def __len__(self) -> int:
        """One: each step is an epoch."""
        return 1

    @property
    def given(self) -> NoReturn:
        """There are no points."""
        raise AttributeError("a function has no points: there is no x, and no y")

    x = y = given

    @cached_property
    def bowl(self) -> Quadratic:
        """A stand-in: sizes and digits are taken from it, and nothing else.

        It is as wide as the frame, and so high that losses are written with three digits of a
        hundredth of the guess's.
        """
        half = tuple((high - low) / 2 for low, high in self.about.frame)
        loss = abs(self.objective.loss(self.guess))
        height = 5 * loss if 0 < loss < LARGEST else 1.0
        steep = np.diag([height / width**2 for width in half])
        return Quadratic(1, None, (0.0, 0.0), 0.0, tuple(map(tuple, steep.tolist())), half, 0.0)
