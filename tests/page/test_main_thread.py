"""The reader's own code runs where cells do, whoever asks for it, and can be interrupted there."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable

import pytest

from gd_widget.page.main_thread import MainThread


def ask_from_another_thread(act: Callable[[], None]) -> None:
    """Have something done, by a kernel that does not listen to interrupts between cells."""

    async def kernel() -> None:
        place, done = MainThread(), asyncio.Event()

        def then_end() -> None:
            try:
                act()
            finally:
                done.set()

        thread = threading.Thread(target=lambda: place.run(then_end))
        thread.start()
        thread.join()
        await done.wait()
        await asyncio.sleep(0)

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        asyncio.run(kernel())
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_it_is_done_in_the_main_thread():
    threads: list[threading.Thread] = []
    ask_from_another_thread(lambda: threads.append(threading.current_thread()))
    assert threads == [threading.main_thread()]


def test_an_interrupt_is_raised_there_and_ends_no_kernel():
    raised: list[BaseException] = []

    def without_end() -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            while True:
                pass
        except BaseException as error:
            raised.append(error)
            raise

    ask_from_another_thread(without_end)
    assert [type(error) for error in raised] == [KeyboardInterrupt]


def test_an_exit_ends_no_kernel():
    def leave() -> None:
        raise SystemExit

    ask_from_another_thread(leave)


@pytest.mark.parametrize("made_in", ["a script", "a thread"])
def test_where_there_is_no_loop_of_the_main_threads_it_is_done_here_and_now(made_in):
    places: list[MainThread] = []
    thread = threading.Thread(target=lambda: places.append(MainThread()))
    thread.start()
    thread.join()
    place = MainThread() if made_in == "a script" else places[0]
    done: list[threading.Thread] = []
    thread = threading.Thread(target=lambda: place.run(lambda: done.append(thread)))
    thread.start()
    thread.join()
    assert done == [thread]
