"""A function of two tensors, by PyTorch's autograd: the reader's own, or one that is known.

This file imports torch, and is imported when such a function is first computed.
"""

from __future__ import annotations

import inspect
import math
import textwrap
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import torch

from gd_widget.core.checks import problem, shown
from gd_widget.core.function_loss import About, FunctionLoss
from gd_widget.core.types import FloatArray, Params, Vector
from gd_widget.training.engines.recording import recording_gradients

NO_NAMES = ("step", "loss", "lr", "epoch")
"""Of columns of a history."""

LOOPED, LOOPED_ONCE = 10, 24
"""Where a function cannot be asked for many places at once, it is for so many along either axis: as
many as make a picture at all, in the time of about 20 steps; and of a picture that is made once."""


class FunctionErrors:
    """The function as a loss of one example: what SquaredErrors is of points."""

    def __init__(self, function: Callable[..., torch.Tensor]) -> None:
        self._function = function

    def __len__(self) -> int:
        return 1

    def backward(self, a: torch.Tensor) -> torch.Tensor:
        """Add its gradient to a.grad; return its value. a : a leaf of shape (2,)."""
        value = self._function(*a)
        value.backward()  # type: ignore[no-untyped-call]
        return value


def readers_function(function: Any, guess: Params) -> FunctionLoss:
    """The reader's function as what is trained down.

    Raises ValueError, in words that say what to change, for what is no function of two tensors, and
    for one that has no finite value, or no gradient, at the guess.
    """
    names = _names_of(function)
    a = _leaf(guess)
    with recording_gradients():
        value = _first_value(function, a)
        _must_be_a_loss(value, names, guess)
        _must_be_connected(value, a, names)
        _must_see_both(function, guess, names)
    sides = [2 * max(1.0, abs(one)) for one in guess]
    (x, wide), (y, high) = zip(guess, sides, strict=True)
    frame = (x - wide, x + wide), (y - high, y + high)

    def gradient(params: Vector) -> Params:
        leaf = _leaf(params)
        with recording_gradients():
            value = function(*leaf)
            value.backward()
        assert leaf.grad is not None
        return value.item(), *leaf.grad.tolist()

    def hessian(params: Vector) -> list[list[float]]:
        with recording_gradients():
            rows: list[list[float]] = torch.autograd.functional.hessian(  # type: ignore[no-untyped-call]
                lambda leaf: function(*leaf), _leaf(params)
            ).tolist()
        return rows

    about = About(None, names, _code_of(function), frame)
    return FunctionLoss(about, gradient, hessian, partial(heights, function, looped=LOOPED_ONCE))


def heights(
    function: Callable[..., Any], x: FloatArray, y: FloatArray, looped: int = LOOPED
) -> FloatArray:
    """Its values at all pairs of some x and y, shape (len(y), len(x)); NaN where there is none.

    All at once, where it can be asked so; else at a few, and the others have what is between these.
    """
    with torch.no_grad():
        right, up = (torch.from_numpy(one.copy()) for one in (x, y))
        try:
            rows = torch.func.vmap(torch.func.vmap(function, (0, None)), (None, 0))
            values = rows(right, up).detach().numpy()
        except Exception:  # it decides by its values, say; each library has its own error for that
            values = _looped(function, x, y, looped)
    return np.where(np.isfinite(values), values, np.nan).astype(np.float64)


def _looped(function: Callable[..., Any], x: FloatArray, y: FloatArray, count: int) -> FloatArray:
    some_x, some_y = (np.linspace(0, len(one) - 1, count).round().astype(int) for one in (x, y))
    few = np.array([[_value(function, x[i], y[j]) for i in some_x] for j in some_y])
    across = np.array([np.interp(x, x[some_x], row) for row in few])
    return np.array([np.interp(y, y[some_y], column) for column in across.T]).T


def _value(function: Callable[..., Any], x: float, y: float) -> float:
    try:
        return float(function(*_leaf((x, y))))
    except Exception:  # outside of what it is defined for
        return math.nan


def _leaf(params: Vector | float) -> torch.Tensor:
    with recording_gradients():
        return torch.tensor(params, dtype=torch.float64, device="cpu", requires_grad=True)


def _names_of(function: Any) -> tuple[str, str]:
    rule = "a function of two tensors, f(x, y)"
    if not callable(function):
        raise problem("function", f"{rule}, or a name", function)
    try:
        signature = inspect.signature(function)
        bound = signature.bind(0.0, 0.0)
    except ValueError:  # one written in C does not tell
        return "x", "y"
    except TypeError:
        takes = len(inspect.signature(function).parameters)
        called = getattr(function, "__name__", "f")
        raise ValueError(
            f"function must be {rule}; got {called}{signature}, which takes {takes}"
        ) from None
    names = [*bound.arguments] if len(bound.arguments) == 2 else ["x", "y"]
    if {*names, *(f"grad_{name}" for name in names)} & {*NO_NAMES}:
        raise problem("function", f"{rule}, of other names than w.history has", names)
    return names[0], names[1]


def _first_value(function: Callable[..., Any], a: torch.Tensor) -> Any:
    try:
        return function(*a)
    except RuntimeError as error:
        if "numpy" not in str(error):
            raise
        raise ValueError(
            "function must compute with PyTorch, as NumPy has no gradients: write torch.sin() in "
            f"place of np.sin(), and so on; got {type(error).__name__}: {error}"
        ) from error


def _must_be_a_loss(value: Any, names: tuple[str, str], guess: Params) -> None:
    at = f"f{tuple(guess)}"
    if value is None:
        raise ValueError("function must return a tensor; got None: it has no return")
    if not torch.is_tensor(value):
        kind = type(value).__name__
        raise ValueError(
            f"function must return a tensor, computed of {names[0]} and {names[1]}; got a plain "
            f"{kind}, {shown(value)}: item(), int() and float() take the number out of a tensor"
        )
    if value.numel() != 1 or value.ndim:
        raise ValueError(
            f"function must return one number; got a tensor of shape {tuple(value.shape)}: "
            "take its .sum() or .mean()"
        )
    if not math.isfinite(value.item()):
        raise ValueError(f"guess must be where the function is finite; got {at} = {value.item()}")


def _must_be_connected(value: torch.Tensor, a: torch.Tensor, names: tuple[str, str]) -> None:
    if not value.requires_grad:
        raise ValueError(
            f"function must be computed from {names[0]} and {names[1]}; got a tensor without a "
            "gradient: detach(), item() and torch.no_grad() cut it off, and whole numbers have none"
        )
    value.backward()  # type: ignore[no-untyped-call]
    if a.grad is None or not torch.isfinite(a.grad).all():
        got = "none" if a.grad is None else a.grad.tolist()
        raise ValueError(f"function must have a finite gradient at the guess; got {got}")


def _must_see_both(function: Callable[..., Any], guess: Params, names: tuple[str, str]) -> None:
    leaves = [_leaf(one) for one in guess]
    with recording_gradients():
        function(*leaves).backward()
    for i, (name, leaf) in enumerate(zip(names, leaves, strict=True)):
        if leaf.grad is None and _changes_with(function, guess, i):
            raise ValueError(
                f"function must have a gradient by {name}; got none, though its value changes with "
                f"{name}: math.sin(), float() and item() take the number out of a tensor, "
                "torch.sin() does not"
            )


def _changes_with(function: Callable[..., Any], guess: Params, i: int) -> bool:
    """Whether its value changes with one parameter: to either side, for it may have branches."""
    here = _value(function, *guess)
    move = 1e-3 * max(1.0, abs(guess[i]))
    sides = ([*guess[:i], guess[i] + step, *guess[i + 1 :]] for step in (-move, move))
    return all(_value(function, *side) != here for side in sides)


def _code_of(function: Any) -> tuple[str, ...]:
    try:
        return tuple(textwrap.dedent(inspect.getsource(function)).rstrip().split("\n"))
    except (OSError, TypeError):
        return ()
