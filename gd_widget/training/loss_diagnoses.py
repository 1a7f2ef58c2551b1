"""What there is to say of training on another loss than the mean squared error, as diagnoses.

Of these losses less is known: no rate is said to be too large, and no number of steps foretold.
js/core/loss-diagnoses.js is the twin.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.function_loss import FunctionLoss
from gd_widget.core.losses import PointLoss
from gd_widget.training.trainer import Trainer

CONSTANT = ("gd", "momentum", "nesterov")
"""Rules whose steps are as large as the gradient is."""

AT_REST = 1e-12
"""A gradient that is as good as 0."""

LATELY = 20
"""Steps that are looked back on."""


def diagnose_loss(trainer: Trainer) -> list[Diagnosis]:
    """What is wrong with a run on such a loss: one thing at most."""
    objective, plan = trainer.objective, trainer.acts_as
    if plan["optimizer"] == "newton" and any(trainer.grad):
        step = objective.newton_step(trainer.params, trainer.grad)
        if not any(step):
            return [Diagnosis.of("no_curvature")]
        if isinstance(objective, FunctionLoss) and _is_bent(objective, trainer):
            return [Diagnosis.of("newton_climbs")]
    if isinstance(objective, FunctionLoss) and math.hypot(*trainer.grad) <= AT_REST:
        return [Diagnosis.of("at_saddle")] if _is_bent(objective, trainer) else []
    if isinstance(objective, PointLoss) and objective.is_separable:
        return [Diagnosis.of("separable")]
    if trainer.told_loss.kind == "mae" and _rises(trainer):
        return [Diagnosis.of("trembles", lr=trainer.lr)]
    return []


def _is_bent(objective: FunctionLoss, trainer: Trainer) -> bool:
    """Whether the curvature is below 0 there along some direction."""
    return bool(np.linalg.eigvalsh(objective.hessian_at(trainer.params))[0] < 0)


def _rises(trainer: Trainer) -> bool:
    """Whether the loss has risen now and again lately, by steps at one rate."""
    plan, table, last = trainer.acts_as, trainer.table, trainer.n_steps
    first = last - LATELY
    if plan["optimizer"] not in CONSTANT or plan.get("batch_size") or first < 0:
        return False
    if table.stretch_at(first) is not table.stretch_at(last):
        return False
    losses = [table.loss(step) for step in range(first, last + 1)]
    return sum(after > before for before, after in pairwise(losses)) > 1
