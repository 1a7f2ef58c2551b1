"""What to write instead, for the errors that beginners meet."""

from __future__ import annotations

from gd_widget.own_code.words import Words

HINTS: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    (
        (UnboundLocalError,),
        "'{one}'",
        "An assignment makes {one} a name of the function's own: change it in place, {step}.",
    ),
    (
        (RuntimeError,),
        "a leaf Variable that requires grad",
        "The step itself must not be recorded: put it under with torch.no_grad():",
    ),
    (
        (RuntimeError,),
        "through the graph a second time",
        "Compute the guess and the loss anew in every step, inside {code}.",
    ),
    (
        (RuntimeError,),
        "does not require grad",
        "The loss must be computed from {one}, outside torch.no_grad(), and {one} be an "
        "nn.Parameter or have requires_grad=True.",
    ),
    (
        (RuntimeError,),
        "only for scalar outputs",
        "The loss must be one number: take the .mean() of the squares.",
    ),
    (
        (TypeError, AttributeError),
        "NoneType",
        "{one}.grad is None until loss.backward() has computed it, and stays so for a tensor "
        "that was itself computed.",
    ),
    (
        (RuntimeError,),
        "dtype",
        "PyTorch does not mix float32 and float64: x.float() and y.float() are float32, as "
        "tensors are by default.",
    ),
)
"""Kinds of errors, what they say, and what to write instead."""


def hint(error: BaseException, words: Words) -> str:
    """The first hint that there is for an error, or ""."""
    names = {"one": words.one, "step": words.step, "code": words.code}
    for kinds, part, advice in HINTS:
        if isinstance(error, kinds) and part.format(**names) in str(error):
            return advice.format(**names)
    return ""
