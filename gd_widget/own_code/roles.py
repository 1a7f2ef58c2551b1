"""Which of the names in the reader's code stand for the parameters, the rate, the optimizer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gd_widget.core.diagnosis import Names
from gd_widget.own_code.parameters import Parameters, one_number
from gd_widget.own_code.reachable_names import names_in, optimizers_in
from gd_widget.own_code.written import Written

LR_NAMES = ("lr", "learning_rate", "eta")

PERHAPS_RATES = ("alpha", "step_size", "rate")
"""They may also mean something else: lines of code are written with them, nothing is judged."""

USUAL_LR = 0.1


class Roles:
    """The names in update() that play a part in training.

    update : the reader's function.
    given : the parameters as the reader gave them; params : the same, taken apart.
    """

    def __init__(self, update: Callable[[], Any], given: Any, params: Parameters) -> None:
        self._update = update
        names = names_in(update)
        self._names = names
        self._written = Written(update)
        self._params = params
        mine = [given, *params.parts]
        self._bound = [(n, n.value()) for n in names if any(n.value() is one for one in mine)]
        self._rates = [n for n in names if n.name in LR_NAMES]
        self._optimizers = optimizers_in(names)
        ours = [(name, o) for name, o in self._optimizers if _holds(o, params.parts)]
        self._name = ours[0][0] if ours else ""
        self.optimizer = ours[0][1] if ours else None
        """The one that holds the parameters, if one does."""

    def names(self, function: str) -> Names:
        """What things are called in the code, which itself is called `function`."""
        called = self._bound[0][0].name if self._bound else "a"
        others = [name for name, _ in self._optimizers if not self._name]
        return Names(
            function=function,
            params=called if len(self._params.parts) == 1 else "",
            lr=self._lr_as_written(),
            are_tensors=self._params.are_tensors,
            optimizer=self._name,
            other_optimizer=others[0] if others else "",
        )

    def _lr_as_written(self) -> str:
        """What stands for the rate in a line that is to run in this code: a name, or a number."""
        perhaps = [name for name in self._names if name.name in PERHAPS_RATES]
        numbers = [name for name in perhaps if one_number(name.value()) is not None]
        if named := [*self._rates, *numbers]:
            return named[0].name
        written = {number for number in self._written.numbers if 0 < number <= 0.5}
        return f"{written.pop() if len(written) == 1 else USUAL_LR:g}"

    def lost(self) -> list[str]:
        """The names that stood for the parameters, and now stand for something else."""
        return [name.name for name, value in self._bound if name.value() is not value]

    def lr(self) -> float | None:
        """The learning rate that the code names, or its optimizer's."""
        if self.optimizer is not None:
            return one_number(self.optimizer.param_groups[0].get("lr"))
        found = (one_number(name.value()) for name in self._rates)
        return next((lr for lr in found if lr is not None), None)

    def numbers(self) -> tuple[float, ...]:
        """The numbers that the code has, written in it or by a name; its optimizer's rate, too."""
        named = [n.value() for n in self._names]
        known = [float(one) for one in named if isinstance(one, (int, float))]
        rate = self.lr()
        return (*self._written.numbers, *known, *([] if rate is None else [rate]))

    @property
    def writes(self) -> bool:
        """Whether the code has lines that change something in place."""
        return self._written.in_place

    @property
    def calls_backward(self) -> bool:
        """Whether it has a call of backward()."""
        return "backward" in self._written.attributes

    def memory(self) -> str:
        """The class of an optimizer, among those the code can reach now, that remembers steps."""
        optimizers = [optimizer for _, optimizer in optimizers_in(names_in(self._update))]
        return next((type(o).__name__ for o in optimizers if _remembers(o)), "")


def _holds(optimizer: Any, parts: list[Any]) -> bool:
    moved = [p for group in optimizer.param_groups for p in group["params"]]
    return any(p is part for p in moved for part in parts)


def _remembers(optimizer: Any) -> bool:
    return any(value is not None for state in optimizer.state.values() for value in state.values())
