"""What training goes down: a loss, as a function of d parameters.

Whoever trains needs the gradient; whoever teaches asks for more: the curvature, the best
parameters, the rates that converge. Where that is not known, an objective says so, and nobody
guesses it. The mean squared error of a model that is linear in its parameters knows it all: see
quadratic.py.

js/core/objective.js is the twin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gd_widget.core.types import Params, Vector

if TYPE_CHECKING:
    from gd_widget.core.quadratic import Quadratic


class Objective(Protocol):
    """A loss, and what is known of it."""

    @property
    def d(self) -> int:
        """How many parameters there are."""

    @property
    def bowl(self) -> Quadratic | None:
        """The same, where it is exactly quadratic; None: it is not."""

    def gradient(self, params: Vector) -> Params:
        """Loss, and its derivative by each parameter."""

    def loss(self, params: Vector) -> float:
        """The loss alone."""

    def length_along(self, params: Vector, grad: Vector, direction: Vector) -> float:
        """How many times a direction leads to the lowest point along it; below 0, against it."""

    def newton_step(self, params: Vector, grad: Vector) -> Vector:
        """H⁻¹ grad: what Newton's rule takes away from the parameters; zeros where there is none.

        grad : the gradient there.
        """

    @property
    def best(self) -> Params | None:
        """Parameters that none beat; None: none are known."""

    @property
    def floor(self) -> float | None:
        """The least loss; None: it is not known."""

    @property
    def critical_lr(self) -> float:
        """The rate below which gradient descent goes down at each step; NaN: none is known."""

    def near_floor(self, first_loss: float) -> float | None:
        """The loss that is near the least, for who began at `first_loss`; None: it is not known."""

    @property
    def at_floor(self) -> float:
        """The loss that is practically the least; minus infinity where that is not known."""

    def is_at_floor(self, params: Vector) -> bool:
        """Whether the loss there is practically the least."""
