"""What a page is told of an error."""

from __future__ import annotations

import traceback
from typing import Any

from gd_widget.training.readers_code import ReadersCode
from gd_widget.words.say import say
from gd_widget.words.sentence import sentence


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
    if isinstance(error, KeyboardInterrupt):
        return {
            "message": say("Interrupted. The steps made before are kept."),
            "hint": "",
            "traceback": _text_of(error, error.__traceback__),
            "line": None,
        }
    is_refusal = isinstance(error, ValueError)
    return {
        "message": str(error) or type(error).__name__,
        "hint": "" if is_refusal else say("The traceback is in this widget's error details."),
        "traceback": "" if is_refusal else _text_of(error, error.__traceback__),
        "line": None,
    }


def _text_of(error: BaseException, first: Any) -> str:
    return "".join(traceback.format_exception(type(error), error, first))
