"""Rows to come: they can be looked at before they are asked for, and are made once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from gd_widget.core.types import Vector
from gd_widget.training.rows import Made


class Coming(Iterator[Made]):
    """What an iterator gives, in its order."""

    def __init__(self, rows: Iterator[Made]) -> None:
        self._rows = rows
        self._seen: deque[Made] = deque()  # made, and not yet asked for
        self._held = 0  # so many of these were seen to hold

    def __next__(self) -> Made:
        if not self._seen:
            return next(self._rows)
        self._held = max(0, self._held - 1)
        return self._seen.popleft()

    def all(self, holds: Callable[[Vector], bool], count: int) -> bool:
        """Whether something, always the same, holds of the next rows, so many of them."""
        while self._held < count:
            if self._held == len(self._seen):
                self._seen.append(next(self._rows))
            if not holds(self._seen[self._held][0]):
                return False
            self._held += 1
        return True
