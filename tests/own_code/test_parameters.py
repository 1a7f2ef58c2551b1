"""The d numbers that live in the reader's own tensors or arrays."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gd_widget.own_code import Update
from gd_widget.own_code.parameters import Parameters

nn = torch.nn


def model(bias=True, **options):
    made = nn.Linear(1 if bias else 2, 1, bias=bias, **options)
    with torch.no_grad():
        for p, value in zip(
            made.parameters(), ([-1.0], [1.0]) if bias else [[-1.0, 1.0]], strict=True
        ):
            p.copy_(torch.tensor(value))
    return made


GOOD = {
    "parameter": lambda: nn.Parameter(torch.tensor([-1.0, 1.0])),
    "float64": lambda: torch.tensor([-1.0, 1.0], dtype=torch.float64, requires_grad=True),
    "half": lambda: torch.tensor([-1.0, 1.0], dtype=torch.bfloat16),
    "column": lambda: torch.tensor([[-1.0], [1.0]], requires_grad=True),
    "row": lambda: torch.tensor([[-1.0, 1.0]]),
    "computed": lambda: nn.Parameter(torch.tensor([-0.5, 0.5])) * 2,
    "list": lambda: [torch.tensor(-1.0), torch.tensor([[1.0]])],
    "generator": lambda: (torch.tensor([v], requires_grad=True) for v in (-1.0, 1.0)),
    "tuple_of_arrays": lambda: (np.array(-1.0), np.array([1.0])),
    "parameters": lambda: model().parameters(),
    "list_of_parameters": lambda: list(model().parameters()),
    "model": model,
    "model_without_bias": lambda: model(bias=False),
    "array": lambda: np.array([-1.0, 1.0]),
    "array_float32": lambda: np.array([[-1.0], [1.0]], dtype=np.float32),
    "part_of_an_array": lambda: np.array([[-1.0, 7.0], [1.0, 7.0]])[:, 0],
}


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.filterwarnings("error")
def test_parameters_are_read_and_written_in_place(name):
    params = Parameters(GOOD[name]())
    assert params.read() == (-1.0, 1.0)
    asks = [getattr(part, "requires_grad", None) for part in params.parts]
    params.write((2.0, -4.0))
    assert params.read() == (2.0, -4.0)
    assert [getattr(part, "requires_grad", None) for part in params.parts] == asks
    params.set_grad(None)
    assert params.grad() is None


BAD = {
    "nothing": lambda: None,
    "numbers": lambda: [-1.0, 1.0],
    "string": lambda: "ab",
    "dictionary": lambda: {0: torch.zeros(1), 1: torch.zeros(1)},
    "three": lambda: nn.Parameter(torch.zeros(3)),
    "one": lambda: torch.zeros(1),
    "integers": lambda: torch.tensor([1, 2]),
    "integer_array": lambda: np.array([1, 2]),
    "read_only": lambda: np.broadcast_to(np.array([1.0]), 2),
    "complex": lambda: torch.zeros(2, dtype=torch.complex64),
    "three_parts": lambda: [torch.zeros(1)] * 3,
    "endless": lambda: iter(lambda: torch.zeros(1), None),
    "bigger_model": lambda: nn.Linear(2, 1),
    "class": lambda: nn.Linear,
}


@pytest.mark.parametrize("name", BAD)
def test_other_parameters_are_refused(name):
    with pytest.raises(ValueError, match="params must be what holds slope and intercept"):
        Update(lambda: None, BAD[name]())


@pytest.mark.parametrize(
    ("returned", "loss"),
    [
        (None, None),
        (2, 2.0),
        (torch.tensor([3.0]), 3.0),
        (torch.zeros(3), None),
        ("a", None),
        (True, None),
    ],
)
def test_what_counts_as_a_loss(returned, loss):
    outside = Update(lambda: returned, np.zeros(2))
    outside.step(0, (0.0, 0.0))
    assert outside.evidence[0].loss == loss
