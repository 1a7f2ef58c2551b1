"""What is wrong with the training, as diagnoses. js/core/diagnoses.js is the twin."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.forecast import SLOW, SOON, forecast
from gd_widget.core.losses import MSE, PointLoss
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.rates import critical_lr, one_digit, suggested_lr
from gd_widget.core.rules import RULES
from gd_widget.core.stretches import Plan
from gd_widget.core.types import Params
from gd_widget.data.curve import Curve
from gd_widget.data.points import are_many
from gd_widget.training.loss_diagnoses import diagnose_loss
from gd_widget.training.race import Race
from gd_widget.training.readers_code import RECORDED
from gd_widget.training.trainer import Trainer

if TYPE_CHECKING:
    from gd_widget.own_code import Recorder

FAR = 1e6
"""Training by batches has gone far wrong where its loss is so many times what is usual there."""


def diagnose(race: Race, recorder: Recorder | None = None) -> list[Diagnosis]:
    """All that there is to say of a race, what matters most first.

    recorder : of the loop that hands rows over, if one has.
    """
    first = race.first
    is_readers = recorder is not None or first.readers_code is not None
    is_squared, objective = first.told_loss == MSE, first.objective
    loss = objective if isinstance(objective, PointLoss | Quadratic) and not is_squared else None
    # The coach knows losses of points; of very many it would go through all again and again.
    if is_readers and not is_squared and (loss is None or are_many(first.points)):
        return diagnose_run(first)
    if first.readers_code is not None:
        return [*first.readers_code.diagnose(first.bowl, loss), *diagnose_run(first)]
    stretch = first.table.stretch_at(first.n_steps)
    if recorder is not None and stretch is not None and stretch.plan == RECORDED:
        return [*recorder.diagnose(first.bowl, first.points, loss), *ambiguity(first.bowl)]
    return [
        found._replace(run=run.name)
        for run, trainer in zip(race.runs, race.trainers, strict=True)
        for found in diagnose_run(trainer)
    ]


def diagnose_run(trainer: Trainer) -> list[Diagnosis]:
    """What is wrong with one run: one thing at most."""
    plan, step = trainer.acts_as, trainer.diverged_at
    bowl = trainer.objective.bowl
    lr, critical = plan.get("lr", 0.0), critical_lr(plan, trainer.objective)
    is_above = lr > critical
    if (
        bowl is not None
        and is_above
        and (step is not None or _is_off(trainer, bowl, lr / critical))
    ):
        suggested = suggested_lr(plan, bowl)
        rates = {"lr": lr, "critical": critical, "suggested": suggested}
        return [Diagnosis.of("above_critical", **rates, diverged_at=step)]
    if lr < 0:
        return [Diagnosis.of("optimizer_climbs", optimizer=trainer.plan["optimizer"])]
    if step is not None and _was_made_of_ordinary_numbers(trainer):
        return _made_nan(trainer, step)
    by_batches = [] if bowl is None else batches_overshoot(trainer, bowl)
    if by_batches or step is not None:
        return by_batches or [Diagnosis.of("too_large", diverged_at=step)]
    if bowl is None:
        return diagnose_loss(trainer)
    return [*creeps_at_best(trainer, bowl), *ambiguity(bowl)]


def _is_off(trainer: Trainer, bowl: Quadratic, times: float) -> bool:
    """Whether there is an error along a direction too steep for so many times the critical rate.

    Where there is none, none grows: training may even have arrived.
    """
    steepest = bowl.curvatures[-1]
    errors = bowl.errors_along_axes(trainer.params)
    return any(error > 0 and curvature * times > steepest for curvature, error in errors)


def batches_overshoot(trainer: Trainer, bowl: Quadratic) -> list[Diagnosis]:
    """That single points are steeper than all of them, where batches have gone far wrong.

    A batch is no steeper than its steepest point, whose curvature is 2 · (its row of x)²: at half
    its critical rate no step takes an error further. A momentum makes a step 1 / (1 - momentum)
    times as long.
    """
    plan, points = trainer.acts_as, trainer.points
    if not plan.get("batch_size") or "lr" not in plan or are_many(points):
        return []
    usual = bowl.loss((0.0,) * len(trainer.names)) + trainer.table.loss(0)
    if not trainer.loss > FAR * usual:
        return []
    rows = points.model.design(points.sample.features)
    steepest = 2 * float((rows * rows).sum(axis=-1).max())
    details = {"lr": plan["lr"], "steepest": steepest, "curvature": bowl.curvatures[-1]}
    suggested = one_digit((1 - plan.get("momentum", 0.0)) / steepest)
    diverged_at = trainer.diverged_at
    return [
        Diagnosis.of("batches_overshoot", **details, suggested=suggested, diverged_at=diverged_at)
    ]


def creeps_at_best(trainer: Trainer, bowl: Quadratic) -> list[Diagnosis]:
    """Whether even at a good rate a rule needs very many steps, and what would help."""
    table = trainer.table
    plan, start = trainer.acts_as, table.params(0)
    rule = RULES.get(plan["optimizer"])
    if rule is None or rule.critical is None or plan.get("batch_size") or plan.get("outside"):
        return []
    if trainer.loss <= bowl.near_floor(table.loss(0)):
        return []
    optimizer, momentum = plan["optimizer"], plan.get("momentum", 0.0)
    ways = _ways_out(trainer)
    found = list(_creeps_at_best(optimizer, momentum, bowl, start, ways))
    points = trainer.points
    centred = points.centred if found and ways and isinstance(points, Curve) else None
    if centred is None:
        return found
    cured = _steps_at_best(optimizer, momentum, centred, start)
    if cured is None or cured > SOON:
        return found
    details = {**found[0].details, "cure": "mean and standardize", "cured": cured}
    return [found[0]._replace(details=details)]


def _ways_out(trainer: Trainer) -> tuple[str, ...]:
    """Which of `cures` are worth a word.

    A ridge adds as much to other columns as to these, and so is another one of theirs. And where
    points are held back, x.mean() is not the mean of those that are trained on.
    """
    if trainer.told_loss.ridge:
        return ()
    return ("standardize",) if trainer.points.held is not None else ("standardize", "mean")


@lru_cache(maxsize=64)
def _steps_at_best(optimizer: str, momentum: float, bowl: Quadratic, start: Params) -> float | None:
    """How many steps a rule needs at a good rate."""
    plan: Plan = {"optimizer": optimizer, "momentum": momentum}
    return forecast({**plan, "lr": suggested_lr(plan, bowl)}, bowl, start)


@lru_cache(maxsize=64)
def _creeps_at_best(
    optimizer: str, momentum: float, bowl: Quadratic, start: Params, ways: tuple[str, ...]
) -> tuple[Diagnosis, ...]:
    """The same; it is asked for at every step, and does not change with them."""

    def at_best(bowl: Quadratic) -> tuple[Plan, Quadratic, Params]:
        plan = {"optimizer": optimizer, "momentum": momentum}
        return {**plan, "lr": suggested_lr(plan, bowl)}, bowl, start

    here = at_best(bowl)
    steps = forecast(*here)
    if steps is None or steps <= SLOW:
        return ()
    seen = [curvature for curvature, error in bowl.errors_along_axes(start) if error > 0]
    if not seen:  # there is nothing to be done
        return ()
    cure, cured = None, None
    for way, cured_bowl in cures(bowl).items():
        taken = _steps_at_best(optimizer, momentum, cured_bowl, start) if way in ways else None
        if taken is not None and taken <= SOON:
            cure, cured = way, taken
    details = {
        "suggested": here[0]["lr"],
        "steps": steps if steps != math.inf else None,
        "ratio": seen[-1] / seen[0],
        "newton": forecast({"optimizer": "newton"}, bowl, start),
    }
    return (Diagnosis.of("creeps_at_best", **details, cure=cure, cured=cured),)


def cures(bowl: Quadratic) -> dict[str, Quadratic]:
    """What the bowl would be of other columns: standardized, and of a line with their mean at 0."""
    spreads = [math.sqrt(row[i]) for i, row in enumerate(bowl.cov_x)]
    if bowl.intercept is None or 0 in spreads:
        return {}
    centred = bowl._replace(mean_x=(0.0,) * len(spreads))
    scaled = centred._replace(
        cov_x=tuple(
            tuple(value / a / b for value, b in zip(row, spreads, strict=True))
            for row, a in zip(bowl.cov_x, spreads, strict=True)
        ),
        best_slopes=tuple(a * b for a, b in zip(spreads, bowl.best_slopes, strict=True)),
    )
    of_line = {"mean": centred} if bowl.d == 2 else {}
    return {"standardize": scaled, **of_line}


def _was_made_of_ordinary_numbers(trainer: Trainer) -> bool:
    """Whether code that is not ours made a NaN where the loss was of no unusual size."""
    usual = trainer.objective.loss((0.0,) * len(trainer.names)) + trainer.table.loss(0)
    is_nan = math.isnan(sum(trainer.diverged_to))
    return trainer.outside is not None and is_nan and trainer.loss <= 1e6 * usual


def _made_nan(trainer: Trainer, step: int) -> list[Diagnosis]:
    """Of an optimizer; of the reader's code the coach says it."""
    if trainer.outside is None or trainer.readers_code is not None:
        return []
    return [
        Diagnosis.of(
            "optimizer_made_nan",
            optimizer=trainer.outside.name,
            diverged_at=step,
            params=trainer.params,
            grad=trainer.grad,
            made=trainer.diverged_to,
        )
    ]


def ambiguity(bowl: Quadratic) -> list[Diagnosis]:
    """Why nothing fits best alone, where many fit alike."""
    if not bowl.has_valley:
        return []
    if not len(bowl.mean_x) == bowl.intercept == 1:
        return [Diagnosis.of("many_fit", n=bowl.n, d=bowl.d, free=bowl.free)]
    code = "one_point" if bowl.n == 1 else "same_x"
    return [Diagnosis.of(code, x=bowl.mean_x[0], y=bowl.mean_y)]


def noise_mean(noise: str, true_params: Params) -> Diagnosis | None:
    """Why the fitted intercept is not the true one, where the noise is not centred."""
    if noise != "uniform":
        return None
    intercept = true_params[1]
    return Diagnosis.of("noise_mean", intercept=intercept, best=intercept + 0.5)
