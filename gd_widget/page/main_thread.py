"""Where the reader's own code runs: in the thread of the cells, where it can be interrupted."""

from __future__ import annotations

from collections.abc import Callable
from threading import current_thread, main_thread

from gd_widget.page.outbox import running_loop


class MainThread:
    """The thread in which cells run, as far as it can be found where this is made.

    JupyterLab has messages handled in other threads, where no interrupt is ever raised, and where
    the reader's code would run beside the reader's cells.
    """

    def __init__(self) -> None:
        self._loop = running_loop() if current_thread() is main_thread() else None

    def run(self, act: Callable[[], None]) -> None:
        """Do something there, when no cell runs; here and now where there is no other thread."""
        if current_thread() is main_thread() or self._loop is None or not self._loop.is_running():
            act()
        else:
            self._loop.call_soon_threadsafe(_interruptible, act)


def _interruptible(act: Callable[[], None]) -> None:
    """Between cells kernels do not listen to interrupts. What is raised here act() has told of."""
    import signal  # here: only who trains by code of their own waits for it

    try:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            act()
        finally:
            signal.signal(signal.SIGINT, before)
    except (KeyboardInterrupt, SystemExit):
        pass  # it would end the kernel
