"""The evidence compared with the bowl, which knows the exact gradient at all parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, cached_property
from operator import mul, truediv
from typing import Any

from gd_widget.core.diagnosis import Diagnosis, Names
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params
from gd_widget.own_code.evidence import Evidence

ALIKE = 1e-3
"""Two vectors point the same way if what is left of one is at most this share of it. float32
computes a gradient to about 1e-5 where it is more than SMALL."""

SMALL = 1e-3
"""A gradient says little when it is below this share of the data's own size (see CONVERGED in
trainer.py): what is left of it may be rounding."""

SAME = 1e-2
"""Two factors are the same if they differ by at most this share."""

NEAR_THE_BOTTOM = 0.1
"""A start is near the bottom if what it has still to gain is at most this share of what the best
fit gains over a constant. The points' true line may be as far off: see diagnoses.noise_mean."""


class Case:
    """What the records of a piece of code show, in terms of the bowl.

    records : of the first steps and the last, in order.
    gradients : those that a step computed alone and that are large enough to be compared, each
        with the parameters that it was computed at.
    moves : the records of steps that can be compared.
    """

    def __init__(self, records: Sequence[Evidence], bowl: Quadratic, names: Names) -> None:
        self.records = records
        self.bowl = bowl
        self.names = names
        self._at = cache(bowl.gradient)  # the loss and its derivatives, each asked for often
        sizes, size_y = bowl.root_mean_squares
        # With every part in units of the intercept's, lengths and angles mean something.
        self._sizes = [size or 1.0 for size in sizes]
        self._least = SMALL * 2 * size_y
        self.gradients = [
            (e.grad, e.at)
            for e in records
            if e.n_backward == 1 and e.grad is not None and e.at is not None
            if self.is_large(self.exact(e.at)) and all(map(math.isfinite, e.grad))
        ]
        self.moves = [e for e in records if self.is_large(self.exact(e.before)) and self._moved(e)]
        self.by_hand = not any(e.grad for e in records)
        """No gradient was seen: the steps are all there is to judge by."""

    def diagnosis(self, code: str, **details: Any) -> Diagnosis:
        """Something found out about this code."""
        return Diagnosis.of(code, names=self.names, **details)

    # ------------------------------------------------------------------ places in the bowl

    def exact(self, params: Params) -> Params:
        """The gradient of the mean squared error."""
        return self._at(params)[1:]

    def loss(self, params: Params) -> float:
        """The mean squared error."""
        return self._at(params)[0]

    def is_near_the_bottom(self, params: Params) -> bool:
        """Whether there is little to gain from there."""
        to_gain = self.loss(params) - self.bowl.floor
        return to_gain <= NEAR_THE_BOTTOM * self.bowl.explained

    # ------------------------------------------------------------------------------- steps

    def rises(self, e: Evidence) -> bool:
        """Whether the step led to a larger loss."""
        return self.loss(e.after) > self.loss(e.before)

    def goes_up(self, e: Evidence) -> bool:
        """Whether the step went the way of the exact gradient, and to a larger loss."""
        return dot(self.exact(e.before), e.move) > 0 and self.rises(e)

    @cached_property
    def rates(self) -> list[float | None]:
        """The learning rate that each of `moves` amounts to, None where it goes another way."""
        return [self._rate_along(self.exact(e.before), e) for e in self.moves]

    def rate_by_code(self, e: Evidence) -> float | None:
        """That of a step along the gradient that the code computed, exact or not."""
        if e.grad is None or e.at != e.before or e.n_backward != 1:
            return None
        return self._rate_along(e.grad, e)

    def _rate_along(self, grad: Params, e: Evidence) -> float | None:
        k = self.factor(e.move, grad)
        return None if k is None else -k

    def _moved(self, e: Evidence) -> bool:
        """Whether the step is so much larger than the numbers' rounding that it can be measured."""
        rounding = e.eps * self._length(e.before)
        length = self._length(e.move)
        return math.isfinite(length) and length * ALIKE > 3 * rounding

    # --------------------------------------------------------------------------- gradients

    @property
    def scale(self) -> float | None:
        """How many times the exact gradient the code's gradient is, in every step.

        None where it varies, and where steps are made of more than one gradient.
        """
        if any(e.adds_to_leftover for e in self.records):
            return None
        factors = [self.factor(grad, self.exact(at)) for grad, at in self.gradients]
        return common(factors, least=2)

    @property
    def gradient_changes(self) -> bool:
        """Whether the exact gradient has grown or shrunk enough for a factor to be tested."""
        lengths = [self._length(self.exact(e.before)) for e in self.records]
        return max(lengths) > 1.1 * min(lengths)

    def is_large(self, grad: Params) -> bool:
        """Whether a gradient is large enough to be compared."""
        return self._least < self._length(grad) < math.inf

    # ----------------------------------------------------------------------------- vectors

    def factor(self, vector: Params, of: Params) -> float | None:
        """The k in vector = k · of; None where they are not parallel."""
        k, rest = self.split(vector, of)
        return k if rest <= ALIKE else None

    def split(self, vector: Params, of: Params) -> tuple[float, float]:
        """The k that brings k · of nearest to a vector, and what share of it is then left."""
        v, u = self._scaled(vector), self._scaled(of)
        squares, length = dot(u, u), math.hypot(*v)
        if not (0 < squares < math.inf and 0 < length < math.inf):
            return 0.0, math.inf
        k = dot(v, u) / squares
        left = [one - k * other for one, other in zip(v, u, strict=True)]
        return k, math.hypot(*left) / length

    def _length(self, vector: Params) -> float:
        return math.hypot(*self._scaled(vector))

    def _scaled(self, vector: Params) -> list[float]:
        return list(map(truediv, vector, self._sizes))


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """The sum of the products.

    >>> dot((1.0, 2.0), (3.0, 4.0))
    11.0
    """
    total: float = sum(map(mul, one, other))
    return total


def common(numbers: Sequence[float | None], *, least: int, same: float = SAME) -> float | None:
    """The first of some numbers if all are there, at least so many, and all the same.

    >>> common([2.0, 2.01], least=2)
    2.0
    >>> common([2.0, None], least=2)
    """
    if len(numbers) < least or not numbers or numbers[0] is None:
        return None
    one = numbers[0]
    alike = all(n is not None and abs(n - one) <= same * abs(one) for n in numbers)
    return one if alike else None
