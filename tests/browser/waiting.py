"""Waiting for something to be so."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

SECONDS = 30
BETWEEN_TRIES = 0.02

T = TypeVar("T")


def until(condition: Callable[[], T | None], seconds: float = SECONDS) -> T:
    """What `condition` returns as soon as that is neither None nor False.

    Raises TimeoutError when that does not come within so many seconds.
    """
    end = monotonic() + seconds
    while True:
        found = condition()
        if found is not None and found is not False:
            return found
        if monotonic() > end:
            raise TimeoutError(f"still not so after {seconds} seconds")
        sleep(BETWEEN_TRIES)
