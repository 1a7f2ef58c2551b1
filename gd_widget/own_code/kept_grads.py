"""What `.grad` held at each row: code that does not empty it goes on from there."""

from __future__ import annotations

import math
from array import array

from gd_widget.core.types import Params


class KeptGrads:
    """A gradient of d numbers for each row, None for nothing; row 0's to begin with."""

    def __init__(self, first: Params | None, d: int) -> None:
        self._d = d
        self._numbers = array("d")  # d for each row, NaN for nothing
        self.append(first)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._numbers) // self._d

    def append(self, grad: Params | None) -> None:
        """That of the next row."""
        self._numbers.extend([math.nan] * self._d if grad is None else grad)

    def cut_after(self, row: int) -> None:
        """Rows after this one are made again."""
        del self._numbers[self._d * (row + 1) :]

    def at(self, row: int) -> Params | None:
        """That of a row; None, too, where there is no such row."""
        grad = tuple(self._numbers[self._d * row : self._d * (row + 1)])
        return None if not grad or any(map(math.isnan, grad)) else grad
