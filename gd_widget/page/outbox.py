"""How often a page is told: at most 20 times a second, and always about the last change.

A loop of a thousand `w.step()` would otherwise send a thousand messages in a tenth of a
second, and Jupyter servers drop messages beyond a thousand a second.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

SECONDS_BETWEEN = 0.05


class Outbox:
    """Calls `send` now or soon.

    What comes too soon after the last sending waits for the event loop that runs this code, or,
    in a thread without one, for the last one seen. In a notebook that loop is held up by the
    running cell, and what waits is sent as the cell ends: programs that run a notebook and save
    its widgets listen no longer than that. Where no loop runs, in scripts, nothing waits.
    """

    def __init__(self, send: Callable[[], None]) -> None:
        self._send = send
        if shell := running_shell():
            shell.events.register("post_execute", send_all)  # once, however often it is said
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
            WAITING.add(self)
            loop.call_soon_threadsafe(loop.call_later, seconds, self.send_if_waiting)
        return True

    def send_if_waiting(self) -> None:
        """Wait no longer."""
        if self._waiting:
            self._flush()

    def _flush(self) -> None:
        self._waiting = False
        WAITING.discard(self)
        self._last = monotonic()
        self._send()


WAITING: set[Outbox] = set()
"""Those that have something to send."""


def send_all() -> None:
    """The cell has ended: whoever waits sends, also where another cannot, whose error is raised."""
    with ExitStack() as each:
        for outbox in WAITING.copy():
            each.callback(outbox.send_if_waiting)


def running_shell() -> Any:
    """The IPython that runs this code, if one does."""
    ipython = sys.modules.get("IPython")
    return ipython and ipython.get_ipython()


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
