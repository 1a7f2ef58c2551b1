"""What an error of Python's or PyTorch's is a sign of: those that beginners meet."""

from __future__ import annotations

from gd_widget.core.diagnosis import Diagnosis, Names

SIGNS: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    ((UnboundLocalError,), "'{one}'", "makes_local_name"),
    ((RuntimeError,), "a leaf Variable that requires grad", "step_is_recorded"),
    ((RuntimeError,), "through the graph a second time", "graph_used_twice"),
    ((RuntimeError,), "does not require grad", "loss_unconnected"),
    ((RuntimeError,), "only for scalar outputs", "loss_of_many_numbers"),
    ((TypeError, AttributeError), "NoneType", "no_gradient_yet"),
    ((RuntimeError,), "dtype", "mixed_precision"),
)
"""Kinds of errors, what they say, and the code of what they are a sign of."""


def hint(error: BaseException, names: Names) -> Diagnosis | None:
    """The first thing that an error is known to be a sign of."""
    for kinds, part, code in SIGNS:
        if isinstance(error, kinds) and part.format(one=names.params or "p") in str(error):
            return Diagnosis.of(code, names=names)
    return None
