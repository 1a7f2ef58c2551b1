"""The optimizer of PyTorch's that a user means: of a class, or made by a function."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import torch

from gd_widget.core.checks import problem

RULE = "a torch.optim class, or a function that makes such an optimizer for the list it is given"


def made_optimizer(make: Callable[..., Any], a: torch.nn.Parameter, lr: float) -> Any:
    """The optimizer of a. Raises ValueError where `make` makes none, or one of other parameters."""
    if isinstance(make, type):
        if not issubclass(make, torch.optim.Optimizer):
            raise problem("optimizer", RULE, make)
        takes_lr = takes(make, [a], lr=lr)
        try:
            optimizer: Any = make([a], lr=lr) if takes_lr else make([a])  # type: ignore[call-arg]
        except Exception as error:
            raise ValueError(
                f"optimizer {make.__name__} could not be made for one parameter of shape "
                f"{tuple(a.shape)}: {type(error).__name__}: {error}"
            ) from error
    else:
        if not callable(make):
            raise problem("optimizer", RULE, make)
        optimizer = make([a])
        if not isinstance(optimizer, torch.optim.Optimizer):
            raise problem("optimizer", f"{RULE}, which {_name(make)} does not return", optimizer)
    held = [p for group in optimizer.param_groups for p in group["params"]]
    if len(held) != 1 or held[0] is not a:
        raise problem("optimizer", f"{RULE}, and of that alone", optimizer)
    return optimizer


def _name(make: Any) -> str:
    return f"{getattr(make, '__name__', 'the function')}()"


def takes(function: Callable[..., Any], *arguments: Any, **options: Any) -> bool:
    """Whether a function can be called with these."""
    try:
        inspect.signature(function).bind(*arguments, **options)
    except TypeError:
        return False
    return True
