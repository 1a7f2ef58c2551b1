"""What kernel.py compares: the lesson's own training loop, and GDWidget, on the same points.

Each contender is a function that trains a number of steps, and one that begins again (which is
not timed).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from gd_widget import GDWidget
from gd_widget.data.points import Points

LR = 0.1
GUESS = (-1.0, 1.0)


@dataclass(frozen=True)
class Contender:
    """Something that trains: `train(steps)`, `restart()`, and where it has got to."""

    train: Callable[[int], None]
    restart: Callable[[], None]
    params: Callable[[], tuple[float, ...]]


def bare_loop(points: Points, dtype: torch.dtype, device: str = "cpu") -> Contender:
    """The loop of the lesson as people write it: nothing recorded, nobody told."""
    x = torch.ones(len(points), 2, dtype=dtype, device=device)
    x[:, 0] = torch.tensor(points.x, dtype=dtype)
    return loop_on(x, torch.tensor(points.y, dtype=dtype, device=device), GUESS, LR)


def loop_on(x: torch.Tensor, y: torch.Tensor, guess: tuple[float, ...], lr: float) -> Contender:
    """The same on a design matrix, shape (n, d)."""
    a = torch.nn.Parameter(torch.tensor(guess, dtype=x.dtype, device=x.device))

    def train(steps: int) -> None:
        for _ in range(steps):
            y_guess = x @ a
            loss = ((y_guess - y) ** 2).mean()
            loss.backward()  # type: ignore[no-untyped-call]
            with torch.no_grad():
                assert a.grad is not None
                a.sub_(lr * a.grad)
                a.grad.zero_()

    def restart() -> None:
        with torch.no_grad():
            a.copy_(torch.tensor(guess, dtype=x.dtype))

    def params() -> tuple[float, ...]:
        return tuple(a.tolist())

    return Contender(train, restart, params)


def widget_loop(points: Points, engine: str) -> Contender:
    """`w.step(steps)`: every step's row recorded, messages packed for a page that is not there."""
    return contender_of(GDWidget(points.x, points.y, lr=LR, guess=GUESS, engine=engine))


def contender_of(w: GDWidget) -> Contender:
    """A widget, of any data."""
    return Contender(w.step, w.reset, lambda: w.params)
