"""What is wrong with the training, in one sentence with the evidence, or nothing."""

from __future__ import annotations

import math

from gd_widget.data import Params
from gd_widget.trainer import Trainer


def advise(trainer: Trainer) -> str:
    """One sentence for the person training, "" when all is well."""
    lr, critical = trainer.lr, trainer.bowl.critical_lr
    step = trainer.diverged_at
    if lr > critical:
        cause = f"the learning rate {lr:.4g} is above {critical:.3g}, the critical rate"
        try_instead = f"Try {suggested_lr(trainer):g}."
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


def suggested_lr(trainer: Trainer) -> float:
    """The fastest rate for these data, cut to one digit so that it can be read and typed."""
    fastest = trainer.bowl.fastest_lr
    digit = 10.0 ** math.floor(math.log10(fastest))
    return float(f"{math.floor(fastest / digit) * digit:.0e}")
