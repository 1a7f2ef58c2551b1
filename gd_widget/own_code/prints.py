"""Hearing what code prints while it is called for a page, where no cell would show it.

What is heard is printed all the same; and of what is printed meanwhile, only what the calling
thread prints is heard.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident
from typing import Any

MOST = 4000
"""So many characters are kept, the last ones."""


class Heard:
    """The end of what was printed."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, text: str) -> None:
        """More of it."""
        self.text = (self.text + text)[-MOST:]


class _Ear:
    """A stream that hands everything on, and is heard by whoever listens on this thread."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> Any:
        heard = _listeners.get(get_ident())
        if heard is not None:
            heard.add(text)
        return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


_lock = Lock()
_listeners: dict[int, Heard] = {}
_ears: dict[str, _Ear] = {}


@contextmanager
def overhearing(heard: Heard) -> Iterator[None]:
    """Hear what this thread prints to sys.stdout and sys.stderr.

    The ears are put in when the first thread begins to listen, and taken out after the last one:
    if each had its own, two that end in another order than they began would leave one behind.
    """
    thread = get_ident()
    with _lock:
        before = _listeners.get(thread)
        if not _listeners:
            for name in ("stdout", "stderr"):
                stream = getattr(sys, name)
                if isinstance(stream, _Ear):  # put back by code that had replaced it meanwhile
                    stream = stream._stream
                if stream is not None:  # as under pythonw
                    _ears[name] = _Ear(stream)
                    setattr(sys, name, _ears[name])
        _listeners[thread] = heard
    try:
        yield
    finally:
        with _lock:
            del _listeners[thread]
            if before is not None:  # code that is listened to, calling code that is listened to
                _listeners[thread] = before
            if not _listeners:
                for name, ear in _ears.items():
                    if getattr(sys, name) is ear:
                        setattr(sys, name, ear._stream)
                _ears.clear()
