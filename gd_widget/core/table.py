"""The table of training: one row per step, row 0 is the guess, and what made each row.

Rows are numbers in one flat array, the rule's memory in another. Settings change seldom: what
they were is kept once for each stretch of steps that was made with the same ones.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gd_widget.core.types import FloatArray

FIELDS = ("slope", "intercept", "loss", "grad_slope", "grad_intercept", "lr")
WIDTH = len(FIELDS)
LOSS = FIELDS.index("loss")

Steps = npt.NDArray[np.intp]
"""Steps in ascending order."""

Plan = dict[str, Any]
"""What makes a row: `optimizer`, and those settings that this optimizer heeds."""

UNTOLD: Plan = {"optimizer": "", "outside": True}
"""What a page is told where more was done than there is to tell: it cannot compute such steps."""


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
    """Rows by step. cut_after() comes before each append: it takes away what stands there."""

    def __init__(self, row: Sequence[float]) -> None:
        """Row 0 alone: slope, intercept, loss, grad_slope, grad_intercept, lr."""
        self._rows = array("d", row)
        self._memory = array("d")
        self.stretches: list[Stretch] = []
        # Of each stretch: its first step, where its memory begins, and how wide that is.
        self._begins, self._places, self._widths = array("q"), array("q"), array("q")
        self._is_whole = True  # False: an interrupt has come between the writes of one row
        self._search = Search(math.nan, 0, None)

    def __len__(self) -> int:
        return len(self._rows) // WIDTH

    def append(self, row: Sequence[float], memory: Sequence[float], stretch: Stretch) -> None:
        """The next row, what the rule remembers after it, and the stretch it belongs to."""
        self._is_whole = False
        if self.stretches[-1:] != [stretch]:
            self.stretches.append(stretch)
            self._begins.append(stretch.step)
            self._places.append(len(self._memory))
            self._widths.append(len(memory))
        self._memory.extend(memory)
        self._rows.extend(row)  # last: with it, the row is there
        self._is_whole = True

    def cut_after(self, step: int) -> None:
        """Forget the rows after a step, and whatever there is of one that was not finished."""
        if self._is_whole and step + 1 == len(self):
            return
        self._is_whole = False
        if self._search.until > step + 1:
            self._search = Search(math.nan, 0, None)
        del self._rows[(step + 1) * WIDTH :]  # before what belongs to them
        i = self._index(step) + 1
        del self.stretches[i:], self._begins[i:], self._places[i:], self._widths[i:]
        del self._memory[self._place(i - 1, step + 1) if i > 0 else 0 :]
        self._is_whole = True

    def row(self, step: int) -> array[float]:
        """The numbers of one step."""
        return self._rows[step * WIDTH : (step + 1) * WIDTH]

    def memory(self, step: int) -> array[float]:
        """What the rule remembers after a step; nothing after row 0."""
        i = self._index(step)
        if i < 0:
            return array("d")
        begin = self._place(i, step)
        return self._memory[begin : begin + self._widths[i]]

    def _place(self, i: int, step: int) -> int:
        return self._places[i] + (step - self._begins[i]) * self._widths[i]

    def stretch_at(self, step: int) -> Stretch | None:
        """What made a row; None for row 0."""
        i = self._index(step)
        return self.stretches[i] if i >= 0 else None

    def stretches_of(self, steps: Steps) -> list[Stretch]:
        """What made some rows, and all rows between them.

        Where that was more than there are rows, those stretches that made none of these are left
        out, and one that is UNTOLD stands for them.
        """
        made = np.unique(self._indices(steps)).tolist()
        if not made:
            return []
        between = self.stretches[max(0, made[0]) : made[-1] + 1]
        if len(between) <= len(steps):
            return between
        told = []
        for i, following in zip(made, [*made[1:], made[-1] + 1], strict=True):
            told += self.stretches[i : i + 1] if i >= 0 else []  # nothing made row 0
            if following > i + 1:
                told.append(replace(self.stretches[i + 1], plan=UNTOLD))
        return told

    def _index(self, step: int) -> int:
        """Which stretch a step is in, -1 for row 0."""
        return bisect(self._begins, step) - 1

    def _indices(self, steps: Steps) -> Steps:
        return np.searchsorted(np.array(self._begins, np.intp), steps, side="right") - 1

    def epochs(self, steps: Steps) -> FloatArray:
        """Passes over the data completed at each of some steps."""
        epochs = np.zeros(len(steps))
        begins = np.searchsorted(steps, np.array(self._begins, np.intp)).tolist()
        for stretch, begin, end in zip(self.stretches, begins, [*begins[1:], None], strict=False):
            epochs[begin:end] = stretch.epoch_at(steps[begin:end])
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

    def rows_at(self, steps: Steps) -> FloatArray:
        """A copy of some rows, of shape (len(steps), WIDTH)."""
        # Indexing copies: while an array shares the memory of ours, nothing can be appended.
        return np.frombuffer(self._rows).reshape(-1, WIDTH)[steps]

    def memory_width(self, start: int, stop: int) -> int:
        """How much the rules of the rows start to stop - 1 remember, at most."""
        first, last = max(0, self._index(start)), self._index(min(stop, len(self)) - 1)
        return max(self._widths[first : last + 1], default=0)

    def memories_at(self, steps: Steps) -> FloatArray:
        """What was remembered after some steps; short ones end in zeros."""
        made = self._indices(steps)
        begins, places, widths = (
            # Behind all others what -1 finds: row 0 has none.
            np.append(np.array(of_all, np.intp), 0)[made, None]
            for of_all in (self._begins, self._places, self._widths)
        )
        columns = np.arange(widths.max(initial=0))
        at = places + (steps[:, None] - begins) * widths + columns
        return np.where(columns < widths, np.frombuffer(self._memory).take(at, mode="clip"), 0.0)
