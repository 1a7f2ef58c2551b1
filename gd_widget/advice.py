"""What is wrong with the training, in one sentence with the evidence, or nothing."""

from __future__ import annotations

import math

from gd_widget.data import Params
from gd_widget.quadratic import Quadratic
from gd_widget.race import Race
from gd_widget.table import Plan
from gd_widget.trainer import Trainer


def advise(race: Race) -> str:
    """One sentence for the person training, "" when all is well."""
    for run, trainer in zip(race.runs, race.trainers, strict=True):
        sentence = advise_run(trainer)
        if sentence:
            return f"{run.name}: {sentence}" if run.name else sentence
    return ""


def advise_run(trainer: Trainer) -> str:
    """One sentence for one run."""
    lr, critical = trainer.lr, critical_lr(trainer.plan, trainer.bowl)
    step = trainer.diverged_at
    if lr > critical:
        cause = f"the learning rate {lr:.4g} is above {critical:.3g}, the critical rate"
        try_instead = f"Try {suggested_lr(trainer.plan, trainer.bowl):g}."
        if step is not None:
            return (
                f"Diverged at step {step}: {cause} of these data, so every step overshot by "
                f"more than the one before, until the numbers were too large to hold. "
                f"{try_instead}"
            )
        return (
            f"{cause[0].upper()}{cause[1:]} of these data: every step overshoots by more than "
            f"the one before. {try_instead}"
        )
    if step is not None:
        return f"Diverged at step {step}: the numbers were too large to hold."
    return trainer.bowl.ambiguity


def note_on_noise(noise: str, true_params: Params) -> str:
    """Why the fitted intercept is not the true one, where the noise is not centred."""
    if noise != "uniform":
        return ""
    intercept = true_params[1]
    return (
        f"The noise has mean ½, so the best intercept is near {intercept + 0.5:g}, "
        f"not the {intercept:g} the data were made with."
    )


def critical_lr(plan: Plan, bowl: Quadratic) -> float:
    """The rate above which a rule diverges on this bowl; infinity where there is none.

    For the rules with momentum β, 2(1 + β)/λmax and, looking ahead, 2(1 + β)/((1 + 2β) λmax):
    there the error's recursion, a matrix of 2 by 2, gets an eigenvalue of -1.
    """
    beta: float = plan.get("momentum", 0.0)
    factors = {"gd": 1.0, "momentum": 1 + beta, "nesterov": (1 + beta) / (1 + 2 * beta)}
    return bowl.critical_lr * factors.get(plan["optimizer"], math.inf)


def suggested_lr(plan: Plan, bowl: Quadratic) -> float:
    """A good rate for these data, cut to one digit so that it can be read and typed.

    The fastest one for gradient descent; with momentum 1/λmax, half of its critical rate.
    """
    good = bowl.fastest_lr if plan["optimizer"] == "gd" else bowl.critical_lr / 2
    return one_digit(good)


def one_digit(rate: float) -> float:
    """A rate cut to one digit, so that it can be read and typed.

    >>> one_digit(0.0749)
    0.07
    """
    digits, _, power = f"{rate:.15e}".partition("e")
    return float(f"{digits[0]}e{power}") if power else rate  # what is infinite has no digits
