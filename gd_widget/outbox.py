"""How often a page is told: at most 20 times a second, and always about the last change.

A loop of a thousand `w.step()` would otherwise send a thousand messages in a tenth of a
second, and Jupyter servers drop messages beyond a thousand a second.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

SECONDS_BETWEEN = 0.05


class Outbox:
    """Calls `send` now or soon.

    What comes too soon after the last sending waits for the event loop that runs this code.
    In a notebook that loop is held up by the running cell, so a cell's last change goes out
    as the cell ends. Where no loop runs (scripts, threads) nothing waits.
    """

    def __init__(self, send: Callable[[], None]) -> None:
        self._send = send
        self._last = -SECONDS_BETWEEN
        self._waiting = False

    def post(self) -> None:
        """Something changed: send at once, or soon if the last time was just now."""
        rest = self._last + SECONDS_BETWEEN - monotonic()
        if rest <= 0 or not (self._waiting or self._send_after(rest)):
            self._flush()

    def _send_after(self, seconds: float) -> bool:
        """Have the running event loop send; False where none runs."""
        import asyncio  # takes longer to import than the rest of this package

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return False
        self._waiting = True
        loop.call_later(seconds, self._flush_if_waiting)
        return True

    def _flush_if_waiting(self) -> None:
        if self._waiting:
            self._flush()

    def _flush(self) -> None:
        self._waiting = False
        self._last = monotonic()
        self._send()
