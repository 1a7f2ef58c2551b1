"""What the coach finds in the reader's code: slips of mathematics, a function for each."""

from __future__ import annotations

from collections.abc import Sequence

from gd_widget.core.diagnosis import Names
from gd_widget.words.numbers import vector
from gd_widget.words.phrases import called, part_of
from gd_widget.words.say import say


def climbs(
    names: Names,
    first_loss: float,
    last_loss: float,
    cause: str,
    params: Sequence[float],
    exact: Sequence[float],
    grad: Sequence[float] | None,
) -> str:
    said = say(
        "Every step {whose} goes up, and the loss has risen from {first:.4g} to {last:.4g}",
        **called(names),
        **{"first": first_loss, "last": last_loss},
    )
    details = {**called(names), "params": vector(params), "exact": vector(exact)}
    match cause:
        case "minus":
            why = say(
                "at {params} the exact gradient is {exact}, and that of its loss {grad}, so the "
                "loss has a minus too many.",
                **details,
                grad=vector(grad),
            )
        case "maximize":
            why = say("is {optimizer} made with maximize=True?", optimizer=names.optimizer)
        case "turned":
            why = say("the gradient's sign is turned between backward() and {step}.", **details)
        case "unknown":
            why = say(
                "at {params} the exact gradient is {exact}, so {one} has to move the other way: "
                "is the step's sign turned, or its gradient's?",
                **details,
            )
        case _:
            by_hand = called(names._replace(optimizer=""))
            why = say(
                "at {params} the exact gradient is {exact}, so {one} has to move the other way, "
                "{step}.",
                **{**details, "step": by_hand["step"]},
            )
    return say("{said}: {why}", said=said, why=why)


def broadcasts(names: Names, n: int) -> str:
    return say(
        "The loss {where} is of all {n} × {n} pairs of a guess and a y, not of each guess and its "
        "own y: shapes ({n},) and ({n}, 1) broadcast to ({n}, {n}). Give both one shape, as "
        "y.reshape(y_guess.shape) does.",
        **called(names),
        n=n,
    )


def other_order(names: Names, order: str, what: str) -> str:
    details = {**called(names), "order": _order(order)}
    if what == "steps":
        return say(
            "The guess {where} takes the parameters in another order than the steps: {order}. "
            "Have them in the order of w.names.",
            **details,
        )
    return say(
        "The gradients {where} are the exact ones in another order: {order}. Have the parameters "
        "in the order of w.names.",
        **details,
    )


def _order(order: str) -> str:
    match order:
        case "first":
            return say("the intercept first")
        case "last":
            return say("the intercept last")
        case "powers":
            return say("turned round, the intercept last")
    return say("turned round")


def turned(names: Names, part: int, d: int) -> str:
    return say(
        "The guess {where} has {part} with a minus: write a plus.",
        **called(names),
        part=part_of(part, d),
    )


def left_out(names: Names, part: int, d: int) -> str:
    return say(
        "The guess {where} does not depend on {part}: it is left out, or cut off.",
        **called(names),
        part=part_of(part, d),
    )


def mean_first(names: Names, what: str) -> str:
    if what == "steps":
        return say(
            "The steps {whose} are of the mean residual times the mean x: take the mean of the "
            "products.",
            **called(names),
        )
    return say(
        "The loss {where} is the square of the mean residual: take the mean of the squares.",
        **called(names),
    )


def no_square(names: Names) -> str:
    return say(
        "The loss {where} is the mean of the residuals, without their squares: it has no bottom. "
        "Square them before taking the mean.",
        **called(names),
    )


def stale(names: Names, params: Sequence[float], grad: Sequence[float]) -> str:
    return say(
        "The gradient {where} is the same in every step, {grad}, that at {params}: compute the "
        "guess and the loss anew in every step.",
        **called(names),
        **{"grad": vector(grad), "params": vector(params)},
    )


def behind(names: Names) -> str:
    return say(
        "The gradients {where} are those of the parameters before the step, which stands between "
        "the guess and backward(): make it after loss.backward().",
        **called(names),
    )


def one_sign(names: Names, part: int, d: int) -> str:
    return say(
        "Each step {whose} is right but for {part}, which goes up: turn its sign alone.",
        **called(names),
        part=part_of(part, d),
    )


def part_stays(names: Names, part: int, d: int, value: float) -> str:
    return say(
        "Each step {whose} is right but for {part}, which stays {value:.3g}: its own step is "
        "missing, or 0.",
        **called(names),
        **{"part": part_of(part, d), "value": value},
    )


def part_scaled(names: Names, part: int, d: int, factor: float) -> str:
    return say(
        "Each step {whose} is right but for {part}, whose own is {factor:.4g} times the exact one.",
        **called(names),
        **{"part": part_of(part, d), "factor": factor},
    )


def one_gradient(names: Names, part: int, d: int) -> str:
    return say(
        "All parameters {where} are moved by one number, the derivative by {part}: each needs its "
        "own.",
        **called(names),
        part=part_of(part, d),
    )


def part_elsewhere(names: Names, part: int, d: int) -> str:
    return say(
        "The derivative by {part} is subtracted from the other parameter {where}, and {part} "
        "stays: subtract it from its own.",
        **called(names),
        part=part_of(part, d),
    )


def part_overshoots(
    names: Names, part: int, d: int, acts_as: float, critical: float, suggested: float
) -> str:
    return say(
        "Each step {whose} moves {part} by {acts_as:.4g} times its derivative. Above "
        "{critical:.3g} it overshoots by more and more, whatever the others do. Try "
        "{suggested:g} for it.",
        **called(names),
        **{"part": part_of(part, d), "acts_as": acts_as},
        **{"critical": critical, "suggested": suggested},
    )


def other_derivative(names: Names, part: int, d: int) -> str:
    return say(
        "Each step {whose} is right but for {part}, whose derivative has another x than the "
        "guess: multiply the residuals by the x of the guess.",
        **called(names),
        part=part_of(part, d),
    )
