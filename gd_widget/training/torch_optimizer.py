"""Training by an optimizer of PyTorch's, or one written like it, used as it is."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np
import torch

from gd_widget.core.losses import MSE, Loss
from gd_widget.core.stretches import Plan
from gd_widget.core.types import Params
from gd_widget.data.function_data import FunctionData
from gd_widget.data.points import TrainingData
from gd_widget.training.engines.autograd import errors_of
from gd_widget.training.engines.on_device import ErrorsThere
from gd_widget.training.engines.recording import recording_gradients
from gd_widget.training.made_optimizer import made_optimizer, takes
from gd_widget.training.recognized import probes, recognized

STEPS_BETWEEN = 10
"""Copying an optimizer's state takes about as long as a step of it, so it is not done at each."""

MOST_CHECKPOINTS = 200
"""So many states are kept; where there would be more, they lie further apart."""


class TorchOptimizer:
    """An optimizer on one nn.Parameter of shape (d,), float64; see outside.py.

    make : a class, called as make([a], lr=lr), or make([a]) where it takes no lr; or a function,
        called as make([a]), whose optimizer has the learning rate that it has.

    Its numbers are PyTorch's. To go on from an earlier row, its state is put back: the one kept
    last before that row, and then the same steps again.

    Raises ValueError for a class that is no optimizer, a function that returns none, and an
    optimizer of other parameters.
    """

    repeats = True
    settings: tuple[str, ...] = ("lr",)

    def __init__(
        self, make: Callable[..., Any], *, lr: float = 0.1, d: int = 2, loss: Loss = MSE
    ) -> None:
        self._loss = loss
        with recording_gradients():
            self._a = torch.nn.Parameter(torch.zeros(d, dtype=torch.float64, device="cpu"))
            self._optimizer: Any = made_optimizer(make, self._a, lr)
            self._fresh = self._state()
        self.name = type(self._optimizer).__name__
        self.code = [
            "optimizer.zero_grad()",
            loss.code,
            "loss.backward()",
            "optimizer.step()",
        ]
        self._step_takes_closure = takes(self._optimizer.step, None)
        self._calls_closure = False  # until it is seen to
        self._at: int | None = None  # the row it is at; None: it is nowhere
        self._here = 0  # the row to go on from
        self._chosen: tuple[int, float] | None = None  # the last rate set, from which row on
        self._begin_at(0)
        self._shown = self._recognized()

    # -------------------------------------------------------------------- Outside

    def begin(self, points: TrainingData, step: int = 0) -> None:
        """Train on these points, from this row, with nothing remembered."""
        with recording_gradients():
            self._errors: Any = (
                ErrorsThere(points.x, points.y)
                if _are_elsewhere(points)
                else errors_of(points, self._loss)
            )
            self._load(self._params(), self._fresh)
        if self._chosen is not None:
            self._chosen = step, self._chosen[1]
        self._at = None
        self._begin_at(step)

    def step(self, step: int, params: Params) -> tuple[Params, float]:
        """Make one step; the rate is that of its first group of parameters, NaN without one."""
        self._be_at(step, params)
        lr = self.lr
        if self._chosen is not None and step < self._chosen[0]:
            self._chosen = step, lr
        with recording_gradients():
            if step == self._first or step % self._every == 0:
                self._checkpoints[step] = params, self._state()
                self._thin()
            self._make_step(step)
        self._rates.append(lr)
        self._here = step + 1
        return self._params(), lr

    def go_to(self, step: int, params: Params) -> None:
        """Its state is put back before the next step, which is told where it begins."""
        self._here = step

    def set_lr(self, lr: float) -> None:
        """The learning rate of the steps to come, of an optimizer that has one."""
        if not math.isnan(self.lr):
            self._chosen = self._here, lr
            self._put_lr(lr)

    @property
    def acts_as(self) -> Plan | None:
        """The rule of ours that it does the same as, at the rate that it now has."""
        plan, lr = self._shown
        if plan is None or math.isnan(lr):
            return plan
        return {**plan, "lr": plan["lr"] * self.lr / lr}

    def _recognized(self) -> tuple[Plan | None, float]:
        """What it does when it is shown gradients, and its rate then."""
        grads = probes(len(self._a))
        places = [self._params()]
        try:
            for grad in grads:
                with recording_gradients():
                    self._a.grad = torch.from_numpy(grad.copy())
                    closure = (lambda: torch.zeros(()),) if self._step_takes_closure else ()
                    self._optimizer.step(*closure)
                places.append(self._params())
            plan = recognized(np.diff(places, axis=0), grads)
            if plan and not math.isnan(self.lr) and not math.isclose(abs(plan["lr"]), self.lr):
                plan = None  # what is said of its rate would be of another than it has
        except Exception:  # it is none that is known; where it trains, its error will be shown
            plan = None
        finally:
            self._a.grad = None
            self._load(self._params(), self._fresh)
        return plan, self.lr

    @property
    def lr(self) -> float:
        """The learning rate of the step to come, NaN where the optimizer has none.

        It is the one last set, until the next step: some optimizers change it with each.
        """
        here, made = self._here, self._here - self._first
        if self._chosen is not None and here <= self._chosen[0]:
            return self._chosen[1]
        if self._at != here and made <= 0:
            return _lr_of(self._fresh["param_groups"])
        if self._at != here and made < len(self._rates):
            return self._rates[made]
        return _lr_of(self._optimizer.param_groups)

    # ----------------------------------------------------------------------- the rest

    def _put_lr(self, lr: float) -> None:
        for group in self._optimizer.param_groups:
            if "lr" in group:
                group["lr"] = lr

    def _be_at(self, step: int, params: Params) -> None:
        """Be in the state that the optimizer was in at this row, and forget the steps after it."""
        self._here = step
        lr = self.lr
        if step <= self._first or step > self._first + len(self._rates):
            self._begin_at(step)  # it has made no steps before this row
        elif self._at == step and self._params() == params:
            return
        self._at = None
        try:
            with recording_gradients():
                if step == self._first:
                    self._load(params, self._fresh)
                else:
                    self._repeat_up_to(step)
                    self._put(params)
        finally:
            self._put_lr(lr)
        self._at = step

    def _repeat_up_to(self, step: int) -> None:
        """The steps from the checkpoint before, each with the rate of then; those after it go."""
        for at in [at for at in self._checkpoints if at > step]:
            del self._checkpoints[at]
        near = max(self._checkpoints)
        self._load(*self._checkpoints[near])
        for at in range(near, step):
            self._put_lr(self._rates[at - self._first])
            self._make_step(at)
        del self._rates[step - self._first :]

    def _make_step(self, step: int) -> None:
        optimizer = self._optimizer
        was_called = False

        def closure() -> torch.Tensor:
            nonlocal was_called
            was_called = True
            optimizer.zero_grad()
            loss: torch.Tensor = self._errors.backward(self._a).detach() / len(self._errors)
            return loss

        self._at = None  # an error or an interrupt may leave half a step behind
        if not self._calls_closure:  # as one may that was written without
            closure()
            was_called = False
        if self._step_takes_closure:
            optimizer.step(closure)
            self._calls_closure = was_called
        else:
            optimizer.step()
        self._at = step + 1

    def _params(self) -> Params:
        return tuple(self._a.tolist())

    def _put(self, params: Params) -> None:
        with torch.no_grad():
            self._a.copy_(torch.tensor(params, dtype=torch.float64, device="cpu"))

    def _state(self) -> dict[str, Any]:
        """A copy of all that the optimizer remembers, but for the parameters.

        Its state_dict() would not have what one written by the reader keeps in attributes.
        """
        return self._copy(vars(self._optimizer))

    def _load(self, params: Params, state: dict[str, Any]) -> None:
        self._put(params)
        copy = self._copy(state)  # or the steps to come would change what is kept
        vars(self._optimizer).clear()
        vars(self._optimizer).update(copy)

    def _copy(self, state: dict[str, Any]) -> dict[str, Any]:
        same: dict[int, Any] = {id(one): one for one in (self._a, self._optimizer)}
        return deepcopy(state, same)

    def _begin_at(self, step: int) -> None:
        self._first = step  # the row it began from
        self._rates = array("d")  # the rate of each step, from there on
        self._every = STEPS_BETWEEN
        self._checkpoints: dict[int, tuple[Params, Any]] = {}

    def _thin(self) -> None:
        """Keep every second state, and from here on so, when there are too many."""
        if len(self._checkpoints) > MOST_CHECKPOINTS:
            self._every *= 2
            kept = self._checkpoints.items()
            self._checkpoints = {
                at: state for at, state in kept if at == self._first or at % self._every == 0
            }


def _are_elsewhere(points: TrainingData) -> bool:
    return not isinstance(points, FunctionData) and torch.is_tensor(points.x)


def _lr_of(groups: list[dict[str, Any]]) -> float:
    return float(groups[0].get("lr", math.nan))
