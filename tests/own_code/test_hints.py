"""What to write instead, where Python itself complains."""

from __future__ import annotations

import pytest
import torch

from gd_widget.core.diagnosis import Names
from gd_widget.own_code import Update
from gd_widget.own_code.hints import hint
from gd_widget.words.sentence import sentence

nn = torch.nn


def test_errors_have_hints_in_the_names_of_the_code():
    weights = nn.Parameter(torch.zeros(2))

    def update():
        nonlocal weights
        weights -= 0.1

    outside = Update(update, weights)
    with pytest.raises(RuntimeError, match="leaf") as caught:
        outside.step(0, (0.0, 0.0))
    assert "torch.no_grad()" in sentence(outside.hint(caught.value))
    assert "weights.sub_(lr * weights.grad)" in sentence(
        outside.hint(UnboundLocalError("'weights'"))
    )
    assert outside.hint(ValueError("else")) is None


def raised(source: str, **names) -> BaseException:
    try:
        exec(source, names)
    except Exception as error:
        return error
    raise AssertionError("it raised nothing")


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("def f():\n a -= 1\nf()", "change it in place, a.sub_(lr * a.grad)."),
        ("a -= 1", "put it under with torch.no_grad():"),
        ("loss = (a ** 2).sum(); loss.backward(); loss.backward()", "anew in every step"),
        ("(a.detach() ** 2).sum().backward()", "The loss must be computed from a,"),
        ("(a ** 2).backward()", "take the .mean()"),
        ("0.1 * a.grad", "a.grad is None until loss.backward()"),
        ("a.grad.zero_()", "a.grad is None until loss.backward()"),
        ("torch.ones(3, 2).double() @ a", "does not mix float32 and float64"),
        ("1 / 0", ""),
    ],
)
def test_errors_have_hints(source, part):
    error = raised(source, a=nn.Parameter(torch.ones(2)), torch=torch)
    said = sentence(hint(error, Names()))
    assert part in said
    assert bool(said) == bool(part), error
