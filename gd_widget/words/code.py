"""The lines of Python that a sentence quotes, in the names of the reader's code."""

from __future__ import annotations

from gd_widget.core.diagnosis import Names


def one(names: Names) -> str:
    """The name to write a line with: "a", or "p" where there are several tensors."""
    return names.params or "p"


def step(names: Names) -> str:
    """The line that makes a step."""
    if names.optimizer:
        return f"{names.optimizer}.step()"
    if not names.are_tensors:
        return f"{one(names)}[...] -= {names.lr} * grad"
    return f"{one(names)}.sub_({names.lr} * {one(names)}.grad){_for_each(names)}"


def step_there(names: Names) -> str:
    """The same, and where it has to stand."""
    by_hand = names.are_tensors and not names.optimizer
    return f"{step(names)} (inside with torch.no_grad():)" if by_hand else step(names)


def emptying(names: Names) -> str:
    """The line that empties the gradient."""
    if names.optimizer:
        return f"{names.optimizer}.zero_grad()"
    return f"{one(names)}.grad.zero_(){_for_each(names)}"


def _for_each(names: Names) -> str:
    return "" if names.params else " for each parameter p"
