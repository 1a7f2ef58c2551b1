"""What is wrong with the training, in one sentence with the evidence, or nothing."""

from __future__ import annotations

from gd_widget.core.rates import critical_lr, suggested_lr
from gd_widget.core.types import Params
from gd_widget.training.race import Race
from gd_widget.training.trainer import Trainer


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
