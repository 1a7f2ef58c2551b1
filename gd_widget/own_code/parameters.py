"""The model's parameters, d numbers that live in the reader's own tensors or arrays."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gd_widget.core.checks import problem
from gd_widget.core.types import Params

if TYPE_CHECKING:
    import torch

LINE = ("slope", "intercept")
"""What the parameters of a line are called."""


class Parameters:
    """The reader's parameters: read as floats, and written in place.

    params : a tensor, nn.Parameter or NumPy array with d values of any shape and float type;
        several of them with d values in all, in the order of the names, as `model.parameters()`
        of `nn.Linear(1, 1)` gives them: slope, intercept; or the model itself.
    names : what the data call the d parameters, in order.

    Raises ValueError for anything else.
    """

    def __init__(self, params: Any, names: Sequence[str] = LINE) -> None:
        self.parts = _parts(params, len(names))
        if not all(map(_can_hold, self.parts)) or sum(map(_size, self.parts)) != len(names):
            raise problem("params", _rule(names), params)

    def __len__(self) -> int:
        """How many numbers they are."""
        return sum(map(_size, self.parts))

    @property
    def are_tensors(self) -> bool:
        """Whether they may have gradients."""
        return not isinstance(self.parts[0], np.ndarray)

    @property
    def eps(self) -> float:
        """The rounding of their type, relative to a number's size."""
        return max(map(_eps, self.parts))

    @property
    def dtype(self) -> str:
        """The name of their type, such as "float32"."""
        return str(self.parts[0].dtype).removeprefix("torch.")

    @property
    def versions(self) -> tuple[int, ...]:
        """How often each tensor was changed in place, as PyTorch counts; none for arrays."""
        return tuple(part._version for part in self.parts if not isinstance(part, np.ndarray))

    @property
    def frozen(self) -> bool:
        """Whether some, which as an nn.Parameter would take gradients, are set to take none."""
        torch: Any = sys.modules.get("torch")
        return torch is not None and any(
            isinstance(part, torch.nn.Parameter) and not part.requires_grad for part in self.parts
        )

    def read(self) -> Params:
        """Their values, in order."""
        values: list[float] = []
        for part in self.parts:
            flat = part if isinstance(part, np.ndarray) else part.detach()
            values += flat.reshape(-1).tolist()
        return tuple(values)

    def write(self, params: Params) -> None:
        """Put these values there, whatever gradients say of the old ones."""
        values = list(params)
        for part in self.parts:
            mine, values = values[: _size(part)], values[_size(part) :]
            if isinstance(part, np.ndarray):
                part[...] = np.reshape(mine, part.shape)
            else:
                _write(part, mine)

    def grad(self) -> Params | None:
        """What stands in `.grad`, 0 for a part without; None where no part has one."""
        if all(_grad(part) is None for part in self.parts):
            return None
        values: list[float] = []
        for part in self.parts:
            grad = _grad(part)
            values += [0.0] * _size(part) if grad is None else numbers(grad)
        return tuple(values)

    def set_grad(self, grad: Params | None) -> None:
        """Have this in `.grad`; None: nothing."""
        values = [] if grad is None else list(grad)
        for part in self.parts:
            if isinstance(part, np.ndarray) or not part.is_leaf:
                continue
            mine, values = values[: _size(part)], values[_size(part) :]
            if grad is None:
                part.grad = None
            elif part.grad is not None:
                _write(part.grad, mine)
            elif part.requires_grad:
                part.grad = part.detach().clone()
                _write(part.grad, mine)


def numbers(tensor: torch.Tensor) -> list[float]:
    """A tensor's values, in order."""
    values: list[float] = tensor.detach().reshape(-1).tolist()
    return values


def one_number(value: Any) -> float | None:
    """A number, or a tensor or array of one; None for all else."""
    if isinstance(value, bool) or value is None:
        return None
    if hasattr(value, "detach"):
        value = value.detach()
    try:
        return float(value)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        return None


def counted(d: int, thing: str) -> str:
    """Such as "two values"."""
    return f"{_word(d)} {thing}{'' if d == 1 else 's'}"


def _word(d: int) -> str:
    return {1: "one", 2: "two"}.get(d, str(d))


def _rule(names: Sequence[str]) -> str:
    d = len(names)
    wanted = " and ".join(names) if d <= 2 else f"the {d} parameters"
    return (
        f"what holds {wanted} and is changed in place: a float tensor, nn.Parameter or array of "
        f"{counted(d, 'value')}, model.parameters(), or a model with {_word(d)}"
    )


def _parts(params: Any, d: int) -> list[Any]:
    if isinstance(params, np.ndarray) or hasattr(params, "detach"):
        return [params]
    if hasattr(params, "parameters") and not isinstance(params, type):
        params = params.parameters()
    elif isinstance(params, (str, bytes, dict)) or not isinstance(params, Iterable):
        return []
    # Not all of a generator, which may be endless.
    return [part for part, _ in zip(params, range(d + 1), strict=False)]


def _can_hold(part: Any) -> bool:
    if isinstance(part, np.ndarray):
        return part.dtype.kind == "f" and part.flags.writeable
    # Whoever has a tensor has imported PyTorch.
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(part, torch.Tensor) and part.is_floating_point()


def _size(part: Any) -> int:
    return int(part.size if isinstance(part, np.ndarray) else part.numel())


def _eps(part: Any) -> float:
    if isinstance(part, np.ndarray):
        return float(np.finfo(part.dtype).eps)
    import torch

    return float(torch.finfo(part.dtype).eps)


def _write(tensor: torch.Tensor, values: list[float]) -> None:
    import torch

    with torch.no_grad():
        new = torch.tensor(values, dtype=tensor.dtype, device=tensor.device)
        tensor.copy_(new.reshape(tensor.shape))


def _grad(part: Any) -> torch.Tensor | None:
    # PyTorch warns of reading the gradient of a tensor that keeps none.
    if isinstance(part, np.ndarray) or not part.is_leaf:
        return None
    grad: torch.Tensor | None = part.grad
    return grad
