"""What a page is told of an error."""

from __future__ import annotations

import traceback
from typing import Any

from gd_widget.training.readers_code import ReadersCode
from gd_widget.words.sentence import sentence

INTERRUPTED = "Interrupted. The steps made before are kept."
LOOK_THERE = "The traceback is in this widget's error details."


def describe_error(error: BaseException, code: ReadersCode | None) -> dict[str, Any]:
    """Its message, a hint, the traceback, and which line of the reader's code failed, if one did.

    code : the reader's, where the error was raised by it.

    There is no traceback of a ValueError: that is how the package refuses what it is asked for.
    """
    if code is not None:
        return {
            "message": sentence(code.raised(error)),
            "hint": sentence(code.hint(error)),
            "traceback": _text_of(error, code.traceback(error)),
            "line": code.line_of(error),
        }
    is_interrupt = isinstance(error, KeyboardInterrupt)
    is_refusal = isinstance(error, ValueError)
    return {
        "message": INTERRUPTED if is_interrupt else str(error) or type(error).__name__,
        "hint": "" if is_refusal or is_interrupt else LOOK_THERE,
        "traceback": "" if is_refusal else _text_of(error, error.__traceback__),
        "line": None,
    }


def _text_of(error: BaseException, first: Any) -> str:
    return "".join(traceback.format_exception(type(error), error, first))
