"""What the parameters are called on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from gd_widget.core.model import LINE
from gd_widget.words.say import say


def shown_names(names: Sequence[str]) -> Sequence[str]:
    """The names of parameters as they are shown: those of a line are words, others stay."""
    return (say("slope"), say("intercept")) if tuple(names) == LINE.names else names
