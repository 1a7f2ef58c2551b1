"""What the reader's own code did in each step: what coach.py judges it by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gd_widget.data import Params
from gd_widget.held import Held, numbers

if TYPE_CHECKING:
    import torch

FIRST, LAST = 5, 20
"""So many records are kept, of the first steps and of the last."""


@dataclass(frozen=True)
class Evidence:
    """One step. Pairs are (slope, intercept), or the derivatives by them.

    step : the row it began from.
    before, after : the parameters.
    eps : the rounding of their type.
    loss : what the code returned as its loss.
    lr : the learning rate it names, before the step.
    n_backward : how often gradients arrived at the parameters.
    at : the parameters when they first did.
    leftover : what `.grad` held just before.
    grad : what arrived: the gradient as backward() computed it, nothing added.
    total : what `.grad` held after they last did.
    left : what `.grad` holds at the end of the step.
    replaced : the name that no longer stands for the parameters, "" for none.
    replaced_inside : whether it was the step that gave it to others.
    """

    step: int
    before: Params
    after: Params
    eps: float = float(np.finfo(np.float64).eps)
    loss: float | None = None
    lr: float | None = None
    n_backward: int = 0
    at: Params | None = None
    leftover: Params | None = None
    grad: Params | None = None
    total: Params | None = None
    left: Params | None = None
    replaced: str = ""
    replaced_inside: bool = False


class Diary:
    """The records of the first few steps and the last few, in order."""

    def __init__(self) -> None:
        self.records: list[Evidence] = []

    def add(self, evidence: Evidence) -> None:
        """One more step; those made from the same row or a later one are no longer so."""
        self.records = [e for e in self.records if e.step < evidence.step]
        self.records.append(evidence)
        del self.records[FIRST:-LAST]


class Watch:
    """Sees gradients arrive at the reader's parameters, by hooks on them, until closed."""

    def __init__(self, held: Held) -> None:
        self._held = held
        parts = range(len(held.parts))
        self._counts = [0 for _ in parts]
        self._at: Params | None = None
        self._leftover: Params | None = None
        self._grads: list[list[float] | None] = [None for _ in parts]
        self._total: Params | None = None
        self._hooks: list[Any] = []
        for i, part in enumerate(held.parts):
            if not isinstance(part, np.ndarray) and part.requires_grad:
                self._hooks.append(part.register_hook(self._arriving(i)))
                if part.is_leaf:
                    self._hooks.append(part.register_post_accumulate_grad_hook(self._arrived))

    def _arriving(self, i: int) -> Callable[[torch.Tensor], None]:
        def see(grad: torch.Tensor) -> None:
            if not any(self._counts):
                self._at = self._held.read()
                self._leftover = self._held.grad()
            self._counts[i] += 1
            if self._counts[i] == 1:
                self._grads[i] = numbers(grad)

        return see

    def _arrived(self, part: torch.Tensor) -> None:
        self._total = self._held.grad()

    def close(self) -> None:
        """Leave the parameters as they were, without hooks."""
        for hook in self._hooks:
            hook.remove()

    def seen(self) -> dict[str, Any]:
        """What of Evidence it has seen, by name."""
        grad: Params | None = None
        if any(self._counts):
            values: list[float] = []
            for part, mine in zip(self._held.parts, self._grads, strict=True):
                values += [0.0] * part.numel() if mine is None else mine
            grad = values[0], values[1]
        return {
            "n_backward": max(self._counts),
            "at": self._at,
            "leftover": self._leftover,
            "grad": grad,
            "total": self._total,
            "left": self._held.grad(),
        }
