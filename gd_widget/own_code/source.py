"""The lines of the reader's function, and where in them something went wrong."""

from __future__ import annotations

import inspect
import linecache
import textwrap
import traceback
from types import FunctionType, TracebackType

from gd_widget.own_code.reachable_names import codes_in


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

    def place(self, error: BaseException) -> tuple[str, int | None]:
        """Such as "line 5: loss = 1 / 0", and the index of that line, if it is one of these.

        The line is the last one of the function that was being run; where it was none, the last
        one of the same file or cell.
        """
        if not self._codes:
            return "", None
        places = [(frame.f_code, n) for frame, n in traceback.walk_tb(error.__traceback__)]
        inside = [n - self._first for code, n in places if code in self._codes]
        if inside:
            line = inside[-1]
            if self.lines is None or not 0 <= line < len(self.lines):
                return f"line {line + 1}", None
            return _with_text(f"line {line + 1}", self.lines[line]), line
        file = self._codes[0].co_filename
        beside = [(code, n) for code, n in places if code.co_filename == file]
        if not beside:
            return "", None
        code, n = beside[-1]
        return _with_text(f"{code.co_name}()", linecache.getline(file, n)), None

    def traceback(self, error: BaseException) -> TracebackType | None:
        """That of an error from the function inwards, or all of it where that was not running."""
        tb = error.__traceback__
        while tb is not None and tb.tb_frame.f_code not in self._codes:
            tb = tb.tb_next
        return tb or error.__traceback__


def _with_text(place: str, text: str) -> str:
    return f"{place}: {text.strip()}" if text.strip() else place
