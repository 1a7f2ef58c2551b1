"""What parameters and runs are called on the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gd_widget.core.model import LINE
from gd_widget.words.say import list_mark, numeral, say, translated


def shown_names(names: Sequence[str]) -> Sequence[str]:
    """The names of parameters as they are shown: those of a line are words, others stay."""
    return (say("slope"), say("intercept")) if tuple(names) == LINE.names else names


def shown_run(name: str) -> str:
    """The name of a run as it is shown.

    It is of up to three parts: a loss and a rule, which are words, and a rate; and of runs that are
    alike, their number. js/words/run-name.js is the twin.

    >>> shown_run("Huber, Gradient descent 2")
    'Huber, Gradient descent 2'
    """
    return list_mark().join(map(_shown_part, name.split(", ")))


def _shown_part(part: str) -> str:
    if part[:1].isdigit():
        return numeral(part)
    words, number = re.fullmatch(r"(.*?)( \d+)?", part, re.DOTALL).groups()  # type: ignore[union-attr]
    return translated(words) + (number or "")
