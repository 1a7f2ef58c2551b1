"""Waiting for something to be so."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

SECONDS = 120
"""The longest that a test waits for anything: far longer than it takes on a machine that is busy
with other work, so that only what never happens fails."""

BETWEEN_TRIES = 0.02

T = TypeVar("T")


def until(condition: Callable[[], T | None]) -> T:
    """What `condition` returns as soon as that is neither None nor False.

    Raises TimeoutError when that does not come within SECONDS.
    """
    end = monotonic() + SECONDS
    while True:
        found = condition()
        if found is not None and found is not False:
            return found
        if monotonic() > end:
            raise TimeoutError(f"still not so after {SECONDS} seconds")
        sleep(BETWEEN_TRIES)
