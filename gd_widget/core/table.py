"""The table of training: one row per step, row 0 is the guess, and what made each row.

A row of d parameters has 2 d + 2 numbers: the parameters, the loss, its derivative by each
parameter, and the learning rate. Rows are in one flat array, and what the rule remembers is in
another, so that any row can be gone on from. A memory of more than `most_remembered` numbers is
kept after some steps only, so that no more than these come to a row; in between, whoever needs it
has the rule make it again. (Rules are pure functions: it is the same to the last bit.)
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gd_widget.core.stretches import UNTOLD, Stretch, same_rule
from gd_widget.core.types import Array, FloatArray, Params, Vector

Steps = Array[np.intp]
"""Steps in ascending order."""


def fields(names: Sequence[str]) -> tuple[str, ...]:
    """What the numbers of a row are called, where the parameters have these names."""
    return (*names, "loss", *(f"grad_{name}" for name in names), "lr")


def most_remembered(d: int) -> int:
    """Numbers of what a rule remembers that are kept for each row of d parameters, at most."""
    return 4 * d + 8


class Search(NamedTuple):
    """How far a loss was looked for in a table, and where it was found."""

    loss: float
    until: int
    found: int | None


class Kept(NamedTuple):
    """What a rule remembers after a step; None stands for what it carries before its first."""

    step: int
    memory: Vector | None


class Table:
    """Rows by step. cut_after() comes before each append: it takes away what stands there."""

    def __init__(self, row: Vector) -> None:
        """Row 0 alone."""
        self.width = len(row)
        self.d = self.width // 2 - 1
        self._most = most_remembered(self.d)
        self._rows = array("d", row)
        self._memory = array("d")
        self._some: list[Kept] = []  # memories that are too long to be kept after every step
        self.stretches: list[Stretch] = []
        # Of each stretch: its first step, where its memory begins, how wide that is in each row,
        # and whether it is too long for that; and the first step since which its rule makes them.
        self._begins, self._places, self._widths = array("q"), array("q"), array("q")
        self._are_long, self._rule_begins = array("b"), array("q")
        self._is_whole = True  # False: an interrupt has come between the writes of one row
        self._search = Search(math.nan, 0, None)

    def __len__(self) -> int:
        return len(self._rows) // self.width

    def append(self, row: Vector, memory: Vector, stretch: Stretch) -> None:
        """The next row, what the rule remembers after it, and the stretch it belongs to."""
        self._is_whole = False
        is_long = len(memory) > self._most
        if self.stretches[-1:] != [stretch]:
            goes_on = bool(self.stretches) and same_rule(self.stretches[-1].plan, stretch.plan)
            self.stretches.append(stretch)
            self._rule_begins.append(self._rule_begins[-1] if goes_on else stretch.step)
            self._places.append(len(self._memory))
            self._widths.append(0 if is_long else len(memory))
            self._are_long.append(is_long)
            self._begins.append(stretch.step)
        if not is_long:
            self._memory.extend(memory)
        elif (len(self) - self.known_memory(len(self)).step) * self._most >= len(memory):
            self._some.append(Kept(len(self), array("d", memory)))
        self._rows.extend(row)  # last: with it, the row is there
        self._is_whole = True

    def cut_after(self, step: int) -> None:
        """Forget the rows after a step, and whatever there is of one that was not finished."""
        if self._is_whole and step + 1 == len(self):
            return
        self._is_whole = False
        if self._search.until > step + 1:
            self._search = Search(math.nan, 0, None)
        del self._rows[(step + 1) * self.width :]  # before what belongs to them
        i = self._index(step) + 1
        del self.stretches[i:], self._begins[i:], self._places[i:], self._widths[i:]
        del self._are_long[i:], self._rule_begins[i:]
        del self._memory[self._place(i - 1, step + 1) if i > 0 else 0 :]
        del self._some[self._count_some(step) :]
        self._is_whole = True

    # ------------------------------------------------------------------------------- one row

    def row(self, step: int) -> array[float]:
        """The numbers of one step, see `fields`."""
        return self._rows[step * self.width : (step + 1) * self.width]

    def params(self, step: int) -> Params:
        """The parameters after a step."""
        return tuple(self.row(step)[: self.d])

    def loss(self, step: int) -> float:
        """The loss there."""
        return self._rows[step * self.width + self.d]

    def grad(self, step: int) -> Params:
        """The loss's derivative by each parameter there."""
        return tuple(self.row(step)[self.d + 1 : -1])

    def memory(self, step: int) -> array[float]:
        """What the rule remembers after a step, where that is kept after every step."""
        i = self._index(step)
        if i < 0:
            return array("d")
        begin = self._place(i, step)
        return self._memory[begin : begin + self._widths[i]]

    def known_memory(self, step: int) -> Kept:
        """What the rule of a step remembers after it, or after the last step where it is kept."""
        i = self._index(step)
        if i < 0 or not self._are_long[i]:
            return Kept(step, self.memory(step))
        begin, count = self._rule_begins[i], self._count_some(step)
        if count and self._some[count - 1].step >= begin:
            return self._some[count - 1]
        return Kept(begin - 1, None)

    def stretch_at(self, step: int) -> Stretch | None:
        """What made a row; None for row 0."""
        i = self._index(step)
        return self.stretches[i] if i >= 0 else None

    def _index(self, step: int) -> int:
        """Which stretch a step is in, -1 for row 0."""
        return bisect(self._begins, step) - 1

    def _place(self, i: int, step: int) -> int:
        return self._places[i] + (step - self._begins[i]) * self._widths[i]

    def _count_some(self, step: int) -> int:
        """How many of the long memories are of steps up to this one."""
        return bisect(self._some, step, key=lambda kept: kept.step)

    # ------------------------------------------------------------------------------- many rows

    def stretches_of(self, steps: Steps) -> list[Stretch]:
        """What made some rows, and all rows between them.

        Where that was more than there are rows, those stretches that made none of these are left
        out, and one that is UNTOLD stands for them.
        """
        made = sorted(set(self._indices(steps).tolist()))
        if not made:
            return []
        between = self.stretches[max(0, made[0]) : made[-1] + 1]
        if len(between) <= len(steps):
            return between
        told = []
        for i, following in zip(made, [*made[1:], made[-1] + 1], strict=True):
            told += self.stretches[i : i + 1] if i >= 0 else []  # nothing made row 0
            if following > i + 1:
                told.append(self.stretches[i + 1]._replace(plan=UNTOLD))
        return told

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
            losses = np.frombuffer(self._rows[until * self.width :])[self.d :: self.width]
            below = losses <= loss
            found = until + int(below.argmax()) if below.any() else None
            self._search = Search(loss, len(self), found)
        return found

    def rows(self, start: int, stop: int) -> FloatArray:
        """A copy of the rows start to stop - 1, of shape (stop - start, width)."""
        numbers = self._rows[start * self.width : stop * self.width]
        return np.frombuffer(numbers).reshape(-1, self.width)

    def rows_at(self, steps: Steps) -> FloatArray:
        """A copy of some rows, of shape (len(steps), width)."""
        # Indexing copies: while an array shares the memory of ours, nothing can be appended.
        return np.frombuffer(self._rows).reshape(-1, self.width)[steps]

    def memory_width(self, start: int, stop: int) -> int:
        """The most numbers of memory that any of the rows start to stop - 1 has."""
        first, last = max(0, self._index(start)), self._index(min(stop, len(self)) - 1)
        return max(self._widths[first : last + 1], default=0)

    def memories_at(self, steps: Steps) -> FloatArray:
        """What is kept after some steps of what was remembered; short ones end in zeros."""
        made = self._indices(steps)
        begins, places, widths = (
            # Behind all others what -1 finds: row 0 has none.
            np.append(np.array(of_all, np.intp), 0)[made, None]
            for of_all in (self._begins, self._places, self._widths)
        )
        columns = np.arange(widths.max(initial=0))
        at = places + (steps[:, None] - begins) * widths + columns
        return np.where(columns < widths, np.frombuffer(self._memory).take(at, mode="clip"), 0.0)
