"""What the reader's own code did in each step: what the coach judges it by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gd_widget.core.types import Params

FIRST, LAST = 5, 20
"""So many records are kept, of the first steps and of the last."""


@dataclass(frozen=True)
class Evidence:
    """One step. Params are the parameters, or the loss's derivatives by them.

    step : the row it began from.
    before, after : the parameters.
    eps : the rounding of their type.
    loss : what the code returned as its loss.
    lr : the learning rate it names, before the step.
    numbers : those that it has written in it or by name, None where it cannot be read.
    writes : whether it has lines that change something in place, None where it cannot be read.
    calls_backward : whether it has a call of backward().
    frozen : whether some of the parameters are set to take no gradient.
    touched : whether something was done to the parameters in place, even if it added 0.
    n_writes : how often, of each; () where that is not counted, as of arrays.
    n_optimizer : how often its optimizer made a step, and used : what `.grad` held then.
    n_backward : how often gradients arrived at the parameters.
    at : the parameters when they first did.
    leftover : what `.grad` held just before.
    grad : what arrived first: the gradient as backward() computed it, nothing added.
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
    numbers: tuple[float, ...] | None = None
    writes: bool | None = None
    calls_backward: bool = False
    frozen: bool = False
    touched: bool = False
    n_writes: tuple[int, ...] = ()
    n_optimizer: int = 0
    used: Params | None = None
    n_backward: int = 0
    at: Params | None = None
    leftover: Params | None = None
    grad: Params | None = None
    total: Params | None = None
    left: Params | None = None
    replaced: str = ""
    replaced_inside: bool = False

    @property
    def move(self) -> Params:
        """What the step added to the parameters."""
        return tuple(after - before for after, before in zip(self.after, self.before, strict=True))

    @property
    def deltas(self) -> set[float]:
        """What Huber's delta may be in the code: the usual one, or any number in it."""
        return {1.0, *(one for one in self.numbers or () if one > 0)}

    @property
    def stays(self) -> bool:
        """Whether it added nothing."""
        return self.before == self.after

    @property
    def adds_to_leftover(self) -> bool:
        """Whether the gradient arrived where something stood already."""
        return self.leftover is not None and any(self.leftover)


class Diary:
    """The records of the first few steps and the last few, in order."""

    def __init__(self) -> None:
        self.records: list[Evidence] = []

    def add(self, evidence: Evidence) -> None:
        """One more step; those made from the same row or a later one are no longer so."""
        self.records = [e for e in self.records if e.step < evidence.step]
        self.records.append(evidence)
        del self.records[FIRST:-LAST]
