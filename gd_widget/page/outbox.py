"""How often a page is told: at most 20 times a second, and always about the last change.

A loop of a thousand `w.step()` would otherwise send a thousand messages in a tenth of a
second, and Jupyter servers drop messages beyond a thousand a second.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

SECONDS_BETWEEN = 0.05


class Outbox:
    """Calls `send` now or soon.

    What comes too soon after the last sending waits for the event loop that runs this code, or,
    in a thread without one, for the last one seen. In a notebook that loop is held up by the
    running cell, so a cell's last change goes out as the cell ends. Where no loop runs, in
    scripts, nothing waits.
    """

    def __init__(self, send: Callable[[], None]) -> None:
        self._send = send
        self._last = -SECONDS_BETWEEN
        self._waiting = False
        self._loop = running_loop()

    def post(self) -> None:
        """Something changed: send at once, or soon if the last time was just now."""
        rest = self._last + SECONDS_BETWEEN - monotonic()
        if rest <= 0 or not self._send_after(rest):
            self._flush()

    def _send_after(self, seconds: float) -> bool:
        """Have an event loop send; False where none runs."""
        self._loop = loop = running_loop() or self._loop
        if loop is None or not loop.is_running():
            return False
        if not self._waiting:
            self._waiting = True
            loop.call_soon_threadsafe(loop.call_later, seconds, self._flush_if_waiting)
        return True

    def _flush_if_waiting(self) -> None:
        if self._waiting:
            self._flush()

    def _flush(self) -> None:
        self._waiting = False
        self._last = monotonic()
        self._send()


def running_loop() -> AbstractEventLoop | None:
    """The event loop that runs this code, if one does."""
    asyncio = sys.modules.get("asyncio")  # takes long to import; where nobody has, no loop runs
    if asyncio is None:
        return None
    try:
        loop: AbstractEventLoop = asyncio.get_running_loop()
    except RuntimeError:
        return None
    return loop
