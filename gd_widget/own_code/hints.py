"""What an error of Python's or PyTorch's is a sign of: those that beginners meet.

Each function knows one kind of errors, and says what it is a sign of, or None for another kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.own_code.failure import Failure

SIGNS: tuple[tuple[type[Exception], str, str], ...] = (
    (RuntimeError, "a leaf Variable that requires grad", "step_is_recorded"),
    (RuntimeError, "modified by an inplace operation", "changed_before_backward"),
    (RuntimeError, "does not require grad", "loss_unconnected"),
    (RuntimeError, "only for scalar outputs", "loss_of_many_numbers"),
    (RuntimeError, "Only Tensors of floating point", "whole_numbers"),
)
"""Kinds of errors, what they say, and the code of what they are always a sign of."""


def hint(failure: Failure) -> Diagnosis | None:
    """The first thing that an error is known to be a sign of."""
    found = (sign(failure) for sign in KINDS)
    return next(filter(None, found), None)


def always(failure: Failure) -> Diagnosis | None:
    """One of SIGNS."""
    for kind, part, code in SIGNS:
        if isinstance(failure.error, kind) and part in failure.said:
            return Diagnosis.of(code, names=failure.names)
    return None


def local_name(failure: Failure) -> Diagnosis | None:
    """An assignment anywhere in a function makes a name its own, and unknown until then."""
    named = re.search(r"'(\w+)'", failure.said)
    if not isinstance(failure.error, UnboundLocalError) or named is None:
        return None
    name = named[1]
    value = failure.value(name)  # a global of this name, for the local one stands for nothing
    is_params = any(value is part for part in failure.params) or name == failure.names.params
    if is_params or getattr(value, "requires_grad", False):
        names = failure.names._replace(params=name, optimizer="")
        return Diagnosis.of("makes_local_name", names=names)
    if value is not None:
        return Diagnosis.of("needs_global", names=failure.names, name=name)
    return None


def graph_used_twice(failure: Failure) -> Diagnosis | None:
    """backward() frees the graph, so it goes through it once."""
    if "through the graph a second time" not in failure.said:
        return None
    is_twice = failure.n_backward and failure.is_first  # later, it may be the graph of before
    code = "backward_twice" if is_twice else "graph_used_twice"
    return Diagnosis.of(code, names=failure.names)


def no_backward(failure: Failure) -> Diagnosis | None:
    """What backward() is called on is a number, or nothing at all."""
    numbers = r"'(NoneType|float|int|numpy\.\w+)' object has no attribute 'backward'"
    kind = re.search(numbers, failure.said)
    if not isinstance(failure.error, AttributeError) or kind is None:
        return None
    return Diagnosis.of("loss_is_no_tensor", names=failure.names, kind=kind[1])


def no_gradient(failure: Failure) -> Diagnosis | None:
    """Something is made of a.grad, which is None, and not of something else that is."""
    is_kind = isinstance(failure.error, (TypeError, AttributeError)) and "None" in failure.said
    if not is_kind or (failure.line and ".grad" not in failure.line):
        return None
    return None if failure.has_none else Diagnosis.of("no_gradient_yet", names=failure.names)


def no_parentheses(failure: Failure) -> Diagnosis | None:
    """`with torch.no_grad:`, which has to be called."""
    manager = re.search(
        r"with\s+((?:\w+\.)?(?:no_grad|enable_grad|inference_mode))\s*:", failure.line
    )
    if manager is None or not isinstance(failure.error, (TypeError, AttributeError)):
        return None
    return Diagnosis.of("needs_parentheses", names=failure.names, manager=manager[1])


def array_meets_tensor(failure: Failure) -> Diagnosis | None:
    """NumPy and PyTorch say it in many ways, or fail somewhere inside."""
    kind, said = failure.error, failure.said
    of_types = (
        isinstance(kind, TypeError)
        and "NoneType" not in said
        and (
            re.search(r"operand type.*'(Tensor|Parameter)'", said) or "must be Tensor, not" in said
        )
    )
    meet = failure.library == "torch" or (failure.library and failure.has_tensor)
    inside = meet and isinstance(kind, (TypeError, AttributeError))
    asked_for_numbers = (
        "numpy() on Tensor that requires grad" in said or "Concatenation operation is not" in said
    )
    arrays = () if failure.has_frame else failure.arrays
    has_arrays = arrays or failure.has_frame
    if not (of_types or (has_arrays and (inside or asked_for_numbers))):
        return None
    return Diagnosis.of(
        "array_meets_tensor", names=failure.names, arrays=arrays, dtype=failure.dtype
    )


def mixed_precision(failure: Failure) -> Diagnosis | None:
    """Tensors of two types in one product, or of whole numbers where floats are needed."""
    said = failure.said
    is_kind = "dtype" in said or "expected scalar type" in said
    if not isinstance(failure.error, RuntimeError) or not is_kind:
        return None
    if re.search(r"\b(Long|Int|Short|Char|Byte)\b", said):
        return Diagnosis.of("whole_data", names=failure.names, dtype=failure.dtype)
    return Diagnosis.of("mixed_precision", names=failure.names, dtype=failure.dtype)


KINDS: tuple[Callable[[Failure], Diagnosis | None], ...] = (
    always,
    local_name,
    graph_used_twice,
    no_backward,
    no_parentheses,
    array_meets_tensor,
    no_gradient,
    mixed_precision,
)
"""In the order in which they are tried."""
