"""The lines of the reader's function, and where in them something went wrong."""

from __future__ import annotations

import inspect
import linecache
import textwrap
import traceback
from types import FunctionType, TracebackType
from typing import NamedTuple

from gd_widget.own_code.reachable_names import codes_in


class Place(NamedTuple):
    """Where something went wrong.

    line : the line of the function, counted from 1, or None where it was none of them.
    beside : then the call of another function of the same file or cell, such as "loss()", or "".
    text : what is written there, "" where that is not known.
    """

    line: int | None = None
    beside: str = ""
    text: str = ""


class Source:
    """A function's source.

    function : None where it is not written in Python.
    """

    def __init__(self, function: FunctionType | None) -> None:
        self.lines: list[str] | None = None
        """None where they are not to be had."""
        self._codes = [] if function is None else list(codes_in(function.__code__))
        if not self._codes:
            return
        self._first = self._codes[0].co_firstlineno
        try:
            lines, self._first = inspect.getsourcelines(self._codes[0])
        except Exception:  # typed in at a prompt, or the file is no longer what was read
            return
        self.lines = textwrap.dedent("".join(lines)).splitlines()

    def place(self, error: BaseException) -> Place:
        """The last line of the function that was being run; or of the same file or cell."""
        if not self._codes:
            return Place()
        places = [(frame.f_code, n) for frame, n in traceback.walk_tb(error.__traceback__)]
        inside = [n - self._first for code, n in places if code in self._codes]
        if inside:
            line = inside[-1]
            known = self.lines or []
            return Place(line + 1, text=known[line].strip() if 0 <= line < len(known) else "")
        file = self._codes[0].co_filename
        beside = [(code, n) for code, n in places if code.co_filename == file]
        if not beside:
            return Place()
        code, n = beside[-1]
        return Place(beside=f"{code.co_name}()", text=linecache.getline(file, n).strip())

    def traceback(self, error: BaseException) -> TracebackType | None:
        """That of an error from the function inwards, or all of it where that was not running."""
        tb = error.__traceback__
        while tb is not None and tb.tb_frame.f_code not in self._codes:
            tb = tb.tb_next
        return tb or error.__traceback__
