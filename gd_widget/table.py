"""The table of training: one row per step, row 0 is the guess, and what made each row.

Rows are numbers in one flat array, the rule's memory in another. Settings change seldom: what
they were is kept once for each stretch of steps that was made with the same ones.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gd_widget.data import FloatArray

FIELDS = ("slope", "intercept", "loss", "grad_slope", "grad_intercept", "lr")
WIDTH = len(FIELDS)
LOSS = FIELDS.index("loss")

Plan = dict[str, Any]
"""What makes a row: `optimizer`, and those settings that this optimizer heeds."""


@dataclass(frozen=True)
class Stretch:
    """Steps made with the same settings.

    step : the first of them.
    plan : the settings.
    epoch : passes over the data completed before it, a fraction in the midst of one.
    batch : which batch it begins with, counted from 0 since the batch size is what it is.
    per_epoch : steps to one pass.
    """

    step: int
    plan: Plan
    epoch: float = 0.0
    batch: int = 0
    per_epoch: int = 1

    def epoch_at(self, step: Any) -> Any:
        """Passes completed at one of its steps, or at each of an array of steps."""
        return self.epoch + (step - self.step + 1) / self.per_epoch

    def as_json(self) -> dict[str, Any]:
        """What a page is told."""
        return {"step": self.step, "epoch": self.epoch, "batch": self.batch, **self.plan}


class Search(NamedTuple):
    """How far a loss was looked for in a table, and where it was found."""

    loss: float
    until: int
    found: int | None


class Table:
    """Rows by step. To go on from an earlier one, those after it are cut off first."""

    def __init__(self, row: Sequence[float]) -> None:
        """Row 0 alone: slope, intercept, loss, grad_slope, grad_intercept, lr."""
        self._rows = array("d", row)
        self._memory = array("d")
        self._places: list[tuple[int, int]] = []  # of each stretch's memory: begin, width
        self.stretches: list[Stretch] = []
        self._search = Search(math.nan, 0, None)

    def __len__(self) -> int:
        return len(self._rows) // WIDTH

    def append(self, row: Sequence[float], memory: Sequence[float], stretch: Stretch) -> None:
        """The next row, what the rule remembers after it, and the stretch it belongs to."""
        if self.stretches[-1:] != [stretch]:
            self.stretches.append(stretch)
            self._places.append((len(self._memory), len(memory)))
        self._rows.extend(row)
        self._memory.extend(memory)

    def cut_after(self, step: int) -> None:
        """Forget the rows after a step."""
        if step + 1 == len(self):
            return
        while self.stretches and self.stretches[-1].step > step:
            self.stretches.pop()
            begin, _ = self._places.pop()
            del self._memory[begin:]
        if self.stretches:
            begin, width = self._places[-1]
            del self._memory[begin + (step + 1 - self.stretches[-1].step) * width :]
        del self._rows[(step + 1) * WIDTH :]
        if self._search.until > step:
            self._search = Search(math.nan, 0, None)

    def row(self, step: int) -> array[float]:
        """The numbers of one step."""
        return self._rows[step * WIDTH : (step + 1) * WIDTH]

    def memory(self, step: int) -> array[float]:
        """What the rule remembers after a step; nothing after row 0."""
        i = self._index(step)
        if i < 0:
            return array("d")
        begin, width = self._places[i]
        begin += (step - self.stretches[i].step) * width
        return self._memory[begin : begin + width]

    def stretch_at(self, step: int) -> Stretch | None:
        """What made a row; None for row 0."""
        i = self._index(step)
        return self.stretches[i] if i >= 0 else None

    def stretches_of(self, start: int, stop: int) -> list[Stretch]:
        """What made the rows start to stop - 1, in order."""
        return self.stretches[max(0, self._index(start)) : self._index(stop - 1) + 1]

    def _index(self, step: int) -> int:
        if self.stretches and self.stretches[-1].step <= step:  # most often asked for
            return len(self.stretches) - 1
        return bisect(self.stretches, step, key=attrgetter("step")) - 1

    def epochs(self, steps: npt.NDArray[np.intp]) -> FloatArray:
        """Passes over the data completed at each of some steps, in ascending order."""
        epochs = np.zeros(len(steps))
        for stretch in self.stretches:
            begin = np.searchsorted(steps, stretch.step)
            epochs[begin:] = stretch.epoch_at(steps[begin:])
        return epochs

    def first_below(self, loss: float) -> int | None:
        """The first step whose loss is at most this; what was looked at is not looked at again."""
        _, until, found = self._search if self._search.loss == loss else (loss, 0, None)
        if found is None:
            below = np.frombuffer(self._rows[until * WIDTH :])[LOSS::WIDTH] <= loss
            found = until + int(below.argmax()) if below.any() else None
            self._search = Search(loss, len(self), found)
        return found

    def rows(self, start: int, stop: int) -> FloatArray:
        """A copy of the rows start to stop - 1, of shape (stop - start, WIDTH)."""
        return np.frombuffer(self._rows[start * WIDTH : stop * WIDTH]).reshape(-1, WIDTH)

    def rows_at(self, steps: npt.NDArray[np.intp]) -> FloatArray:
        """A copy of some rows, of shape (len(steps), WIDTH)."""
        # Indexing copies: while an array shares the memory of ours, nothing can be appended.
        return np.frombuffer(self._rows).reshape(-1, WIDTH)[steps]

    def memory_width(self, start: int, stop: int) -> int:
        """How much the rules of the rows start to stop - 1 remember, at most."""
        first, last = max(0, self._index(start)), self._index(min(stop, len(self)) - 1)
        return max((width for _, width in self._places[first : last + 1]), default=0)

    def memories_at(self, steps: npt.NDArray[np.intp]) -> FloatArray:
        """What was remembered after some steps, in ascending order; short ones end in zeros."""
        if len(steps) == 0:
            return np.zeros((0, 0))
        first, last = max(0, self._index(steps[0])), self._index(steps[-1])
        memories = np.zeros((len(steps), self.memory_width(steps[0], steps[-1] + 1)))
        kept = np.frombuffer(self._memory)
        for i in range(first, last + 1):
            begin, width = self._places[i]
            step = self.stretches[i].step
            end = self.stretches[i + 1].step if i < last else math.inf
            mine = (steps >= step) & (steps < end)
            at = begin + (steps[mine, None] - step) * width + np.arange(width)
            memories[mine, :width] = kept[at]
        return memories
