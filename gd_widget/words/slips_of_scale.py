"""What the coach finds in the reader's code: right steps of another loss, or of another size."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from gd_widget.core.diagnosis import Names
from gd_widget.words.numbers import vector
from gd_widget.words.phrases import called
from gd_widget.words.say import say


def other_points(names: Names, which: str, how: str) -> str:
    details = called(names)
    if not which:
        return say(
            "The loss {where} is not that of the points shown: its points, its guess, or what is "
            "made of the residuals is another.",
            **details,
        )
    if how == "as given":
        return say(
            "The loss {where} is not that of the points shown, which are standardized: "
            "standardize x {where}, too.",
            **details,
        )
    if how == "divided":
        return say(
            "The loss {where} is not that of the points shown: its x is divided by another "
            "standard deviation. The widget's is that of NumPy; in PyTorch, "
            "x.std(0, correction=0).",
            **details,
        )
    if how == "negated":
        return say(
            "The loss {where} is not that of the points shown: it is that of −y. Are guess and y "
            "added, not subtracted?",
            **details,
        )
    return say(
        "The loss {where} is not that of the points shown: {how}. Make the widget with the same x "
        "and y.",
        **details,
        how=_how_others(which, how),
    )


def _how_others(which: str, how: str) -> str:
    if which == "x and y":
        if how == "standardized":
            return say("its x and y are standardized")
        return say("its x and y are shifted")
    match how:
        case "standardized":
            return say("its {which} is standardized", which=which)
        case "shifted":
            return say("its {which} is shifted", which=which)
        case "scaled":
            return say("its {which} is scaled", which=which)
    return say("its {which} is another one", which=which)


def other_kind(names: Names, kind: str, shown: str, delta: float | None = None) -> str:
    details = called(names)
    if kind == "other_delta":
        return say(
            "The loss {where} is Huber's with delta={delta:g}, which is not that of the one shown: "
            "train on that, or make the widget with delta={delta:g}.",
            **details,
            delta=delta,
        )
    if kind == shown:
        return say(
            "The loss {where} goes without the penalty of the one shown: add "
            "ridge * (slopes ** 2).sum().",
            **details,
        )
    if kind == "fourth":
        return say(
            "The loss {where} is the mean of the fourth powers of the residuals: write ** 2.",
            **details,
        )
    if kind == "sigmoid_twice":
        return say(
            "The loss {where} takes the sigmoid twice: binary_cross_entropy_with_logits() takes it "
            "itself, so give it the guess as it is.",
            **details,
        )
    if kind == "lost_gradient":
        return say(
            "The probabilities {where} are so near 0 or 1 that binary_cross_entropy() loses most "
            "of their gradient: give the guess, without the sigmoid, to "
            "binary_cross_entropy_with_logits().",
            **details,
        )
    if kind == "mse_of_sigmoid":
        return say(
            "The loss {where} is the mean squared error of the probabilities, and the widget shows "
            "the cross-entropy: train on that.",
            **details,
        )
    name = f'"{kind}"' if delta in (None, 1) else f'"{kind}", delta={delta:g}'
    return say(
        "The loss {where} is {kind}, and the widget shows {shown}: train on that, or make the "
        "widget with loss={name}.",
        **details,
        **{"kind": _kind(kind), "shown": _kind(shown), "name": name},
    )


def _kind(kind: str) -> str:
    match kind:
        case "mae":
            return say("the mean absolute error")
        case "huber":
            return say("Huber's loss")
        case "cross_entropy":
            return say("the cross-entropy")
    return say("the mean squared error")


def scaled(
    names: Names,
    what: str,
    factor: float,
    causes: Sequence[str],
    lr: float,
    acts_as: float,
    critical: float,
    loss: str,
) -> str:
    rates = {"lr": lr, "acts_as": acts_as, "critical": critical}
    if acts_as > critical:
        more = say(
            "So its learning rate {lr:.4g} acts as {acts_as:.4g}, above {critical:.3g}, the "
            "critical rate of these data.",
            **rates,
        )
    else:
        more = say("So its learning rate {lr:.4g} acts as {acts_as:.4g}.", **rates)
    times = _times_that_of_the_mean if loss == "mse" else _times_that_of_the_loss_shown
    said = times(names, what, factor, [_cause(one) for one in causes])
    return say("{said} {more}", said=said, more=more)


def _times_that_of_the_mean(names: Names, what: str, factor: float, causes: list[str]) -> str:
    details = {**called(names), "factor": factor}
    if not causes:
        if what == "step":
            return say(
                "The step {where} is {factor:.4g} times that of the mean squared error.", **details
            )
        return say(
            "The gradient {where} is {factor:.4g} times that of the mean squared error.", **details
        )
    why = _and(causes)
    if what == "step":
        return say(
            "The step {where} is {factor:.4g} times that of the mean squared error: {why}.",
            **details,
            why=why,
        )
    return say(
        "The gradient {where} is {factor:.4g} times that of the mean squared error: {why}.",
        **details,
        why=why,
    )


def _times_that_of_the_loss_shown(names: Names, what: str, factor: float, causes: list[str]) -> str:
    details = {**called(names), "factor": factor}
    if not causes:
        if what == "step":
            return say("The step {where} is {factor:.4g} times that of the loss shown.", **details)
        return say("The gradient {where} is {factor:.4g} times that of the loss shown.", **details)
    why = _and(causes)
    if what == "step":
        return say(
            "The step {where} is {factor:.4g} times that of the loss shown: {why}.",
            **details,
            why=why,
        )
    return say(
        "The gradient {where} is {factor:.4g} times that of the loss shown: {why}.",
        **details,
        why=why,
    )


def _and(causes: list[str]) -> str:
    return reduce(lambda said, more: say("{said}, and {more}", said=said, more=more), causes)


def _cause(cause: str) -> str:
    """What makes a gradient a multiple of the exact one."""
    match cause:
        case "half":
            return say("its loss has a ½")
        case "no_2":
            return say("the 2 of a square's derivative is missing")
        case "twice":
            return say("it has a factor 2 too many")
        case "sum":
            return say("it is a sum over the points, where .mean() takes their mean")
    return say("it is divided by the number of points twice")


def overshoots(
    names: Names, acts_as: float, lr: float | None, critical: float, suggested: float
) -> str:
    details = {
        **called(names),
        **{"acts_as": acts_as, "critical": critical, "suggested": suggested},
    }
    if lr == acts_as:
        return say(
            "The learning rate {acts_as:.4g} {where} is above {critical:.3g}, the critical rate of "
            "these data: along the steepest direction the steps overshoot by more and more. "
            "Try {suggested:g}.",
            **details,
        )
    return say(
        "Each step {whose} is {acts_as:.4g} times the exact gradient. That is above "
        "{critical:.3g}, the critical rate of these data: along the steepest direction the steps "
        "overshoot by more and more. Try {suggested:g}.",
        **details,
    )


def started_at_best(
    names: Names, params: Sequence[float], best: Sequence[float], loss: float, floor: float
) -> str:
    details = {
        **called(names),
        **{"params": vector(params), "best": vector(best), "loss": loss, "floor": floor},
    }
    if len(params) == 2:
        return say(
            "{All} started at {params}, which is near the best line, {best}: its loss was "
            "{loss:.3g} already, and no line's is below {floor:.3g}. Start from a guess, such as "
            "(-1, 1).",
            **details,
        )
    return say(
        "{All} started at {params}, which is near the best fit, {best}: its loss was {loss:.3g} "
        "already, and no fit's is below {floor:.3g}. Start from another guess.",
        **details,
    )


def forgotten(names: Names, optimizer: str) -> str:
    return say(
        "Going back restored the parameters, but not what the {optimizer} optimizer {where} "
        "remembers.",
        **called(names),
        optimizer=optimizer,
    )
