"""Training by code that is not ours: an optimizer of PyTorch's, or the reader's own."""

from __future__ import annotations

from typing import Protocol

from gd_widget.core.stretches import Plan
from gd_widget.core.types import Params
from gd_widget.data.points import TrainingData


class Outside(Protocol):
    """Training by code that is not ours, and holds the parameters itself."""

    name: str
    repeats: bool
    """Whether, from an earlier row, it would make the same rows again."""
    settings: tuple[str, ...]
    """Those it heeds."""

    @property
    def acts_as(self) -> Plan | None:
        """The rule of ours that it does the same as, with its settings; None: none is known."""

    @property
    def lr(self) -> float:
        """The learning rate of the steps to come, NaN where it is not known."""

    def begin(self, points: TrainingData, step: int = 0) -> None:
        """Training begins anew, on these points and from this row, with nothing remembered."""

    def step(self, step: int, params: Params) -> tuple[Params, float]:
        """Make the row after this one: its params, and the rate if known, else NaN."""

    def go_to(self, step: int, params: Params) -> None:
        """Training goes on from this row, whatever was made after it."""

    def set_lr(self, lr: float) -> None:
        """The learning rate of the steps to come."""
