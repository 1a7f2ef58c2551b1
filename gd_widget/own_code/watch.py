"""Seeing gradients arrive at the reader's parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from gd_widget.core.types import Params
from gd_widget.own_code.parameters import Parameters, numbers

if TYPE_CHECKING:
    import torch


class Watch:
    """Hooks on the parameters and the optimizer that holds them, until closed."""

    def __init__(self, params: Parameters, optimizer: Any = None) -> None:
        self._params = params
        self._versions = params.versions
        self._n_optimizer = 0
        self._used: Params | None = None
        parts = range(len(params.parts))
        self._counts = [0 for _ in parts]
        self._at: Params | None = None
        self._leftover: Params | None = None
        self._grads: list[list[float] | None] = [None for _ in parts]
        self._total: Params | None = None
        self._hooks: list[Any] = []
        if optimizer is not None:
            self._hooks.append(optimizer.register_step_pre_hook(self._stepping))
        for i, part in enumerate(params.parts):
            if not isinstance(part, np.ndarray) and part.requires_grad:
                self._hooks.append(part.register_hook(self._arriving(i)))
                if part.is_leaf:
                    self._hooks.append(part.register_post_accumulate_grad_hook(self._arrived))

    def _arriving(self, i: int) -> Callable[[torch.Tensor], None]:
        def see(grad: torch.Tensor) -> None:
            if not any(self._counts):
                self._at = self._params.read()
                self._leftover = self._params.grad()
            self._counts[i] += 1
            if self._counts[i] == 1:
                try:
                    self._grads[i] = numbers(grad)
                except RuntimeError:  # a batch of them, under vmap: not one gradient
                    self._counts[i] += 1

        return see

    def _arrived(self, part: torch.Tensor) -> None:
        self._total = self._params.grad()

    def _stepping(self, *_: Any) -> None:
        self._n_optimizer += 1
        self._used = self._params.grad()

    def close(self) -> None:
        """Leave the parameters as they were, without hooks."""
        for hook in self._hooks:
            hook.remove()

    @property
    def n_backward(self) -> int:
        """How often gradients have arrived."""
        return max(self._counts)

    def _n_writes(self) -> tuple[int, ...]:
        """How often each parameter was changed in place."""
        before_and_after = zip(self._versions, self._params.versions, strict=True)
        times = [after - before for before, after in before_and_after]
        parts = self._params.parts
        return tuple(n for n, part in zip(times, parts, strict=False) for _ in range(part.numel()))

    def seen(self) -> dict[str, Any]:
        """What of Evidence it has seen, by name."""
        grad: Params | None = None
        if any(self._counts):
            values: list[float] = []
            for part, mine in zip(self._params.parts, self._grads, strict=True):
                values += [0.0] * part.numel() if mine is None else mine
            grad = tuple(values)
        return {
            "n_backward": self.n_backward,
            "at": self._at,
            "leftover": self._leftover,
            "grad": grad,
            "total": self._total,
            "left": self._params.grad(),
            "frozen": self._params.frozen,
            "touched": self._params.versions != self._versions,
            "n_writes": self._n_writes(),
            "n_optimizer": self._n_optimizer,
            "used": self._used,
        }
