"""What an error of Python's, PyTorch's or JAX's is a sign of: those that beginners meet.

Each function knows one kind of errors, and says what it is a sign of, or None for another kind.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.own_code.failure import Failure

SIGNS: tuple[tuple[type[Exception], str, str], ...] = (
    (RuntimeError, "a leaf Variable that requires grad", "step_is_recorded"),
    (RuntimeError, "modified by an inplace operation", "changed_before_backward"),
    (RuntimeError, "does not require grad", "loss_unconnected"),
    (RuntimeError, "only for scalar outputs", "loss_of_many_numbers"),
    (RuntimeError, "Only Tensors of floating point", "whole_numbers"),
    (TypeError, "only defined for scalar-output functions", "loss_of_many_numbers"),  # JAX's
    (TypeError, "encountered where concrete value is expected", "values_are_traced"),
    (TypeError, "__array__() was called on traced array", "values_are_traced"),
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
    return Diagnosis.of("used_before", names=failure.names, name=name)


def graph_used_twice(failure: Failure) -> Diagnosis | None:
    """backward() frees the graph, so it goes through it once."""
    if "through the graph a second time" not in failure.said:
        return None
    is_twice = failure.n_backward and failure.is_first  # later, it may be the graph of before
    code = "backward_twice" if is_twice else "graph_used_twice"
    return Diagnosis.of(code, names=failure.names)


def array_stays(failure: Failure) -> Diagnosis | None:
    """a[0] -= ..., of an array of JAX's."""
    changed = re.search(r"([A-Za-z_][\w.]*)\[.*\]\s*[-+*/]?=", failure.line)
    if "do not support in-place item assignment" not in failure.said or changed is None:
        return None
    return Diagnosis.of("array_stays", names=failure.names, name=changed[1])


def no_backward(failure: Failure) -> Diagnosis | None:
    """What backward() is called on is a number, or something else that is no tensor."""
    kind = re.search(r"'([\w.]+)' object has no attribute 'backward'", failure.said)
    if not isinstance(failure.error, AttributeError) or kind is None:
        return None
    called_on = re.search(r"([\w.]+)\.backward\(", failure.line)
    is_module = called_on is not None and hasattr(failure.value(called_on[1]), "forward")
    what = "module" if is_module else kind[1]
    return Diagnosis.of("loss_is_no_tensor", names=failure.names, kind=what)


def points_are_no_rows(failure: Failure) -> Diagnosis | None:
    """X of shape (n,) in a model of one feature, which takes it for one row of n."""
    if not re.search(r"shapes cannot be multiplied \(1x\d+ and 1x\d+\)", failure.said):
        return None
    return Diagnosis.of("points_are_no_rows", names=failure.names)


def is_none(failure: Failure) -> Diagnosis | None:
    """A name that nothing was given to yet."""
    name = failure.none
    if not isinstance(failure.error, TypeError) or "NoneType" not in failure.said or not name:
        return None
    return Diagnosis.of("is_none", names=failure.names, name=name, is_local=failure.is_local(name))


def loss_is_not_made(failure: Failure) -> Diagnosis | None:
    """nn.MSELoss(guess, y), where the class makes a function first."""
    made = re.search(r"([\w.]*Loss)\(", failure.line)
    if "Boolean value of Tensor" not in failure.said or made is None:
        return None
    return Diagnosis.of("loss_is_not_made", names=failure.names, loss=made[1])


def list_meets_tensor(failure: Failure) -> Diagnosis | None:
    """A list is repeated by a number, and no tensor is one."""
    by = r"(?:\*\s*{0}|\b{0}\s*\*)(?![\w.\[])"
    lists = [name for name in failure.lists if re.search(by.format(name), failure.line)]
    if "can be converted to an index" not in failure.said or not lists:
        return None
    return Diagnosis.of(
        "list_meets_tensor", names=failure.names, name=lists[0], dtype=failure.dtype
    )


def numpy_takes_no_tensor(failure: Failure) -> Diagnosis | None:
    """np.mean(tensor), of a tensor that has a gradient."""
    called = re.search(r"\b(?:np|numpy)\.(\w+)\(", failure.line)
    is_kind = re.search(r"numpy\(\) on Tensor|argument 'axis'|\bout=|'out'", failure.said)
    if called is None or not is_kind or not failure.has_tensor or failure.arrays:
        return None
    if not hasattr(sys.modules["torch"], called[1]):
        return None
    return Diagnosis.of("numpy_takes_no_tensor", names=failure.names, called=called[1])


def tensors_alone_have(failure: Failure) -> Diagnosis | None:
    """x.float() of an array."""
    said = re.search(r"'numpy\.ndarray' object has no attribute '(\w+)'", failure.said)
    if said is None:
        return None
    asked = re.search(rf"([A-Za-z_][\w.]*)\.{said[1]}\b", failure.line)
    torch = sys.modules.get("torch")
    is_torchs = torch is not None and hasattr(torch.Tensor, said[1]) and said[1] != "backward"
    if asked is None or not is_torchs or not hasattr(failure.value(asked[1]), "dtype"):
        return None
    return Diagnosis.of("tensors_alone_have", names=failure.names, name=asked[1], attribute=said[1])


def no_gradient(failure: Failure) -> Diagnosis | None:
    """Something is made of a.grad, which is None, and not of something else that is."""
    is_kind = isinstance(failure.error, (TypeError, AttributeError)) and "None" in failure.said
    if not is_kind or (failure.line and ".grad" not in failure.line):
        return None
    return None if failure.none else Diagnosis.of("no_gradient_yet", names=failure.names)


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
    is_of_types = "interpreted as an integer" not in said  # as an axis that is none
    inside = meet and is_of_types and isinstance(kind, (TypeError, AttributeError))
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
    array_stays,
    no_backward,
    tensors_alone_have,
    no_parentheses,
    loss_is_not_made,
    points_are_no_rows,
    list_meets_tensor,
    numpy_takes_no_tensor,
    is_none,
    array_meets_tensor,
    no_gradient,
    mixed_precision,
)
"""In the order in which they are tried."""
