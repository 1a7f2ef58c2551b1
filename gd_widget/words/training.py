"""What is found out about any training: a function for each code, of the details it comes with.

The codes are in core/diagnosis.py; js/words/en.js and en-losses.js are the twins.
"""

from __future__ import annotations

from collections.abc import Sequence

from gd_widget.words.numbers import count, vector
from gd_widget.words.say import say


def above_critical(lr: float, critical: float, suggested: float, diverged_at: int | None) -> str:
    if diverged_at is None:
        return say(
            "The learning rate {lr:.4g} is above {critical:.3g}, the critical rate of these data: "
            "along the steepest direction the steps overshoot by more and more. "
            "Try {suggested:g}.",
            **{"lr": lr, "critical": critical, "suggested": suggested},
        )
    return say(
        "Diverged at step {diverged_at}: the learning rate {lr:.4g} is above {critical:.3g}, the "
        "critical rate of these data, so along the steepest direction the steps overshot by more "
        "and more, until the numbers were too large to hold. Try {suggested:g}.",
        **{"lr": lr, "critical": critical, "suggested": suggested, "diverged_at": diverged_at},
    )


def batches_overshoot(
    lr: float, steepest: float, curvature: float, suggested: float, diverged_at: int | None
) -> str:
    details = {"lr": lr, "steepest": steepest, "curvature": curvature, "suggested": suggested}
    if diverged_at is None:
        return say(
            "The learning rate {lr:.4g} is too large for batches: the loss of a single point has a "
            "curvature of up to {steepest:.3g}, that of all points {curvature:.3g}. "
            "Try {suggested:g}.",
            **details,
        )
    return say(
        "Diverged at step {diverged_at}: the learning rate {lr:.4g} is too large for batches: the "
        "loss of a single point has a curvature of up to {steepest:.3g}, that of all points "
        "{curvature:.3g}. Try {suggested:g}.",
        **details,
        diverged_at=diverged_at,
    )


def too_large(diverged_at: int) -> str:
    return say(
        "Diverged at step {diverged_at}: the numbers were too large to hold.",
        diverged_at=diverged_at,
    )


def creeps_at_best(
    suggested: float,
    steps: float | None,
    ratio: float,
    newton: float | None,
    cure: str | None,
    cured: float | None,
) -> str:
    if steps is None:
        said = say(
            "Even at {suggested:g}, a good learning rate for these data, it takes more than a "
            "thousand million million steps until the loss is near the least: it is {ratio:.2g} "
            "times steeper one way than another.",
            **{"suggested": suggested, "ratio": ratio},
        )
    else:
        said = say(
            "Even at {suggested:g}, a good learning rate for these data, it takes about {steps:,} "
            "steps until the loss is near the least: it is {ratio:,} times steeper one way than "
            "another.",
            **{"suggested": suggested, "steps": count(steps), "ratio": count(ratio)},
        )
    if cure and cured is not None:
        said = say("{said} {more}", said=said, more=_cure(cure, count(cured)))
    if newton is not None:
        more = say("Newton's method takes {newton:,}.", newton=count(newton))
        said = say("{said} {more}", said=said, more=more)
    return said


def _cure(cure: str, cured: int) -> str:
    if cure == "mean":
        return say("With x - x.mean() in place of x it takes {cured:,}.", cured=cured)
    if cure == "standardize":
        return say("With standardize=True it takes {cured:,}.", cured=cured)
    return say(
        "With x - x.mean() in place of x and standardize=True it takes {cured:,}.", cured=cured
    )


def separable() -> str:
    return say(
        "Some parameters are right about every point, so none are best: larger ones are surer and "
        "always have less loss. This loss alone sets no end to their growth."
    )


def trembles(lr: float) -> str:
    return say(
        "Steps at the rate {lr:g} lead to and fro across the bottom: absolute values are as "
        "steep near it as far away. A smaller rate comes nearer.",
        lr=lr,
    )


def no_curvature() -> str:
    return say(
        "Newton's rule divides by the curvature, and along some direction there is none here: it "
        "makes no step."
    )


def newton_climbs() -> str:
    return say(
        "Newton's rule divides by the curvature, which is below 0 here along some direction: "
        "along it, the step leads up."
    )


def at_saddle() -> str:
    return say(
        "The gradient is 0 here, so no step is made; but this is no lowest place: along some "
        "direction the function falls."
    )


def optimizer_climbs(optimizer: str) -> str:
    return say(
        "{optimizer} steps up the gradient instead of down, so the loss grows: is it made with "
        "maximize=True?",
        optimizer=optimizer,
    )


def optimizer_made_nan(
    optimizer: str,
    diverged_at: int,
    params: Sequence[float],
    grad: Sequence[float],
    made: Sequence[float],
) -> str:
    details = {
        **{"optimizer": optimizer, "diverged_at": diverged_at},
        **{"made": vector(made), "params": vector(params), "grad": vector(grad)},
    }
    if 0 in grad:
        return say(
            "{optimizer} made {made} at step {diverged_at} of {params}, where the gradient is "
            "{grad}: it divides by zero.",
            **details,
        )
    return say(
        "{optimizer} made {made} at step {diverged_at} of {params}, where the gradient is {grad}.",
        **details,
    )
