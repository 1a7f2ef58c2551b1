"""What things are called in the reader's code, so that a sentence can speak of them."""

from __future__ import annotations

from dataclasses import dataclass

from gd_widget.core.types import Params


@dataclass(frozen=True)
class Words:
    """The names in a piece of code, and the lines that are made of them.

    code : what makes the steps, "update()" or "the loop".
    params : the parameters, "a" or "the parameters".
    one : the name to write a line of code with: "a", or "p" where there are several tensors.
    lr : the learning rate's name.
    tensors : whether they are PyTorch's, with a gradient each.
    optimizer : the name of the torch.optim optimizer that holds them, or "".
    strange_optimizer : the name of one that does not, where none does.
    """

    code: str = "update()"
    params: str = "a"
    one: str = "a"
    lr: str = "lr"
    tensors: bool = True
    optimizer: str = ""
    strange_optimizer: str = ""

    @property
    def holder(self) -> str:
        """What the parameters are kept in."""
        return "tensor" if self.tensors else "array"

    @property
    def step(self) -> str:
        """The line that makes a step."""
        if self.optimizer:
            return f"{self.optimizer}.step()"
        if not self.tensors:
            return f"{self.one}[...] -= {self.lr} * grad"
        return f"{self.one}.sub_({self.lr} * {self.one}.grad){self._for_each}"

    @property
    def step_there(self) -> str:
        """The same, and where it has to stand."""
        by_hand = self.tensors and not self.optimizer
        return f"{self.step} (inside with torch.no_grad():)" if by_hand else self.step

    @property
    def emptying(self) -> str:
        """The line that empties the gradient."""
        if self.optimizer:
            return f"{self.optimizer}.zero_grad()"
        return f"{self.one}.grad.zero_(){self._for_each}"

    @property
    def _for_each(self) -> str:
        return " for each parameter p" if self.one == "p" else ""

    @property
    def ran(self) -> str:
        """Begins "update() ran 3 times"."""
        return "The loop went round" if self.code == "the loop" else f"{self.code} ran"


def first(phrase: str) -> str:
    """A phrase as the first of a sentence; names of code stay as they are."""
    return f"T{phrase[1:]}" if phrase.startswith("the ") else phrase


def pair(params: Params | None) -> str:
    """(slope, intercept) in a sentence."""
    return "nothing" if params is None else f"({params[0]:.3g}, {params[1]:.3g})"
