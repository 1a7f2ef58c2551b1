"""The lines of Python that a sentence quotes, in the names of the reader's code."""

from __future__ import annotations

from gd_widget.core.diagnosis import Names
from gd_widget.words.say import say


def one(names: Names) -> str:
    """The name to write a line with: "a", or "p" where there are several tensors."""
    return names.params or "p"


def step(names: Names) -> str:
    """The line that makes a step."""
    if names.optimizer:
        return f"{names.optimizer}.step()"
    if not names.are_tensors:
        return f"{one(names)}[...] -= {names.lr} * grad"
    return _for_each(names, f"{one(names)}.sub_({names.lr} * {one(names)}.grad)")


def step_there(names: Names) -> str:
    """The same, and where it has to stand."""
    by_hand = names.are_tensors and not names.optimizer
    line = step(names)
    return say("{line} (inside with torch.no_grad():)", line=line) if by_hand else line


def emptying(names: Names) -> str:
    """The line that empties the gradient."""
    if names.optimizer:
        return f"{names.optimizer}.zero_grad()"
    return _for_each(names, f"{one(names)}.grad.zero_()")


def _for_each(names: Names, line: str) -> str:
    return line if names.params else say("{line} for each parameter p", line=line)
