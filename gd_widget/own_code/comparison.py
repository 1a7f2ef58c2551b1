"""The evidence compared with the loss shown, whose gradient is known at all parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from operator import truediv
from typing import Any

from gd_widget.core.diagnosis import Diagnosis, Names
from gd_widget.core.losses import PointLoss
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params
from gd_widget.data.points import TrainingData
from gd_widget.own_code.evidence import Evidence
from gd_widget.own_code.factors import common, dot
from gd_widget.own_code.predictions import (
    Predict,
    Seen,
    all_along,
    changes,
    factor_of_all,
    rounding_of_step,
)
from gd_widget.own_code.returned_loss import loss_factor
from gd_widget.own_code.shown import Shown

ALIKE = 1e-3
"""Two vectors point the same way if what is left of one is at most this share of it. float32
computes a gradient to about 1e-5 where it is more than SMALL."""

SMALL = 1e-3
"""A gradient says little when it is below this share of the data's own size (see CONVERGED in
trainer.py): what is left of it may be rounding."""

NEAR_THE_BOTTOM = 0.1
"""A start is near the bottom if what it has still to gain is at most this share of what the best
fit gains over a constant. The points' true line may be as far off: see diagnoses.noise_mean."""


class Case:
    """What the records of a piece of code show, in terms of the loss shown.

    records : of the first steps and the last, in order.
    gradients : those that a step computed alone and that are large enough to be compared, each
        with the parameters that it was computed at.
    moves : the records of steps that can be compared.
    bowl : the mean squared error on the points; loss : what is shown, where it is not that.
    points : the points themselves, where they are known.
    """

    def __init__(
        self,
        records: Sequence[Evidence],
        bowl: Quadratic,
        names: Names,
        points: TrainingData | None = None,
        loss: PointLoss | Quadratic | None = None,
    ) -> None:
        self.records = records
        self.points = points
        self.bowl = bowl
        self.shown = Shown(bowl, loss)
        self.names = names
        # With every part in units of the intercept's, lengths and angles mean something.
        self.sizes = [size or 1.0 for size in bowl.root_mean_squares[0]]
        self._least = SMALL * self.shown.slope
        self.gradients = [
            (e.grad, e.at)
            for e in records
            if e.n_backward == 1 and e.grad is not None and e.at is not None
            if self.is_large(self.exact(e.at)) and all(map(math.isfinite, e.grad))
        ]
        self.moves = [e for e in records if self.is_large(self.exact(e.before)) and self._moved(e)]
        self.by_hand = not any(e.grad for e in records)
        """No gradient was seen: the steps are all there is to judge by."""
        self._least_changes = 4 if self.by_hand and not self.shown.is_squared else 2
        """Vectors that a hypothesis has to predict. Derivatives of absolute values stay the same
        until a point changes sides: a few may be those of other points, or of earlier steps."""
        self.is_frozen = any(e.frozen for e in records)
        """Some parameters are kept as they are on purpose, at least for a while."""

    def diagnosis(self, code: str, **details: Any) -> Diagnosis:
        """Something found out about this code."""
        return Diagnosis.of(code, names=self.names, **details)

    # ------------------------------------------------------------------ what was seen

    @cached_property
    def seen_gradients(self) -> list[Seen]:
        """The gradients of the code's loss: those that arrived, or else the steps, turned round.

        A step is the gradient times a rate, so of these the factor says nothing.
        """
        if self.by_hand:
            return self.seen_moves
        eps = max((e.eps for e in self.records), default=0.0)
        return [self._seen(grad, at, eps, moved=False) for grad, at in self.gradients]

    @cached_property
    def seen_moves(self) -> list[Seen]:
        """The steps, turned round, so that plain gradient descent makes them of the gradient."""
        turned = [(tuple(-part for part in e.move), e) for e in self.moves]
        return [self._seen(vector, e.before, e.eps, moved=True) for vector, e in turned]

    def _seen(self, vector: Params, at: Params, eps: float, *, moved: bool) -> Seen:
        of_params = rounding_of_step(at, eps) if moved else 0.0
        of_gradient = self.shown.rounding_of_gradient(at, eps)
        return Seen(tuple(self.scaled(vector)), at, of_gradient, of_params)

    def factor_for(
        self, seen: Sequence[Seen], predict: Predict, *, is_constant: bool = False
    ) -> float | None:
        """How many times the vector predicted each one seen is; None where that fits not all.

        is_constant : whether the hypothesis is that it is the same everywhere.
        """
        if not all_along(seen[:2], self._predicted(seen[:2], predict), least=0):
            return None  # as mostly, and so it costs little
        predicted = self._predicted(seen, predict)
        if not is_constant and not changes(seen, predicted, least=self._least_changes):
            return None
        return factor_of_all(seen, predicted, least=3)

    def goes_by(self, predict: Predict, *, is_constant: bool = False) -> bool:
        """Whether every gradient seen is the one predicted, times one positive number."""
        factor = self.factor_for(self.seen_gradients, predict, is_constant=is_constant)
        return factor is not None and factor > 0

    def _predicted(self, seen: Sequence[Seen], predict: Predict) -> list[list[float]]:
        return [self.scaled(predict(one.at)) for one in seen]

    @cached_property
    def has_own_loss(self) -> bool:
        """Whether every gradient seen is that of the points shown, times whatever number."""
        seen = self.seen_gradients
        return all_along(seen, self._predicted(seen, self.exact), least=1)

    @cached_property
    def steps_along(self) -> bool:
        """Whether every step goes along the exact gradient, up or down."""
        return all_along(self.seen_moves, self._predicted(self.seen_moves, self.exact), least=1)

    @cached_property
    def returns_own_loss(self) -> bool:
        """Whether the loss returned is that of the points shown, times whatever number."""
        return loss_factor(self.records, self.shown) is not None

    @cached_property
    def has_batches(self) -> bool:
        """Whether the gradients may be those of batches: about the exact ones, each time otherwise.

        To be asked where other_losses has found no other loss that has them all.
        """
        d = self.bowl.d
        if self.by_hand or len(self.gradients) < 5 or len(self.gradients) <= (d + 3) / 2:
            return False
        splits = [self.split(grad, self.exact(at)) for grad, at in self.gradients]
        return all(1 / 3 < abs(k) < 3 and rest < 0.7 for k, rest in splits)

    def changes_part(self, i: int) -> bool:
        """Whether the exact gradient's part i is large enough to be seen in some step."""
        return any(
            abs(self.scaled(self.exact(one.at))[i]) > 1e3 * one.rounding for one in self.seen_moves
        )

    # ------------------------------------------------------------------ places

    def exact(self, params: Params) -> Params:
        """The gradient of the loss shown."""
        return self.shown.gradient(params)[1:]

    def loss(self, params: Params) -> float:
        """The loss shown."""
        return self.shown.gradient(params)[0]

    def is_near_the_bottom(self, params: Params) -> bool:
        """Whether there is little to gain from there; where that is not known, there may be."""
        if not self.shown.is_squared:
            return True
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
        v, u = self.scaled(vector), self.scaled(of)
        squares, length = dot(u, u), math.hypot(*v)
        if not (0 < squares < math.inf and 0 < length < math.inf):
            return 0.0, math.inf
        k = dot(v, u) / squares
        left = [one - k * other for one, other in zip(v, u, strict=True)]
        return k, math.hypot(*left) / length

    def _length(self, vector: Params) -> float:
        return math.hypot(*self.scaled(vector))

    def scaled(self, vector: Sequence[float]) -> list[float]:
        """A gradient with every part in units of the intercept's."""
        return list(map(truediv, vector, self.sizes))
