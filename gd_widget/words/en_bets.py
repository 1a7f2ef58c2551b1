"""English: what each bet asks, and what is said of an answer beside the truth."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Details = Mapping[str, Any]


def question(bet: Details, names: Sequence[str], run: str = "") -> str:
    """What a bet asks.

    bet : its kind and settings, as JSON.
    names : of the parameters.
    run : which run of a race it is about, "" where there is one.

    >>> question({"kind": "loss_after", "steps": 10}, ("slope", "intercept"))
    'What will the loss be 10 steps from now?'
    """
    return _of_run(QUESTIONS[bet["kind"]](bet, names), bet, run)


def verdict(bet: Details, given: Details, names: Sequence[str], run: str = "") -> str:
    """What is true, and how far off the answer is, in which direction.

    given : answer, which is None where it was skipped, truth and score, as JSON.

    >>> bet = {"kind": "loss_after", "steps": 10}
    >>> verdict(bet, {"answer": 2, "truth": {"before": 8, "loss": 1.5}}, ())
    'The loss is 1.5: your 2 is 0.5 too high.'
    """
    said = VERDICTS[bet["kind"]](bet, given, names)
    return _of_run(said, bet, run)


def _of_run(said: str, bet: Details, run: str) -> str:
    is_of_all = bet["kind"] in ("winner", "order", "ask")
    return f"{run}: {said}" if run and not is_of_all else said


def _steps(steps: int) -> str:
    return "1 step" if steps == 1 else f"{steps} steps"


QUESTIONS: dict[str, Callable[[Details, Sequence[str]], str]] = {
    "next_step": lambda bet, names: "Where will the next step land?",
    "sign": lambda bet, names: f"Will {_listed(names)} go up or down in the next step?",
    "loss_after": lambda bet, names: f"What will the loss be {_steps(bet['steps'])} from now?",
    "draw_loss": lambda bet, names: (
        f"How will the loss go in the next {_steps(bet['steps'])}? Draw it."
    ),
    "winner": lambda bet, names: (
        f"Which run is first within 1% of the least loss, in {_steps(bet['steps'])} from now?"
    ),
    "largest_rate": lambda bet, names: "What is the largest learning rate that converges?",
    "order": lambda bet, names: "In which order do the lines below make a step?",
    "ask": lambda bet, names: str(bet["question"]),
}


def _next_step(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    if truth["params"] is None:
        return "The next step diverges: it lands nowhere."
    places = [f"{name} {one:.3g}" for name, one in zip(names, truth["params"], strict=True)]
    said = f"It lands at {_listed(places)}"
    if answer is None:
        return f"{said}."
    offs = [
        f"your {name} is {_off(one, true)}"
        for name, one, true in zip(names, answer, truth["params"], strict=True)
    ]
    return f"{said}: {_listed(offs)}."


def _sign(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    if truth["signs"] is None:
        return "The next step diverges."
    ways = {1: "goes up", -1: "goes down", 0: "stays"}
    parts = [f"{name} {ways[sign]}" for name, sign in zip(names, truth["signs"], strict=True)]
    said = _listed(parts)
    if answer is None:
        return f"{said}."
    right = sum(one == sign for one, sign in zip(answer, truth["signs"], strict=True))
    return f"{said}: {right} of {len(names)} right."


def _loss_after(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    if truth["loss"] is None:
        return "Training diverges before that: there is no loss."
    return f"The loss is {_beside(answer, truth['loss'])}."


def _draw_loss(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    losses = truth["losses"]
    if not losses:
        return "Training diverges at once: there is no curve."
    said = f"The loss goes from {truth['before']:.3g} to {losses[-1]:.3g}"
    if answer is None:
        return f"{said}."
    knots, off = [truth["before"], *answer], 0.0
    every = bet["steps"] / len(answer)
    ends = [min(round(i * every), len(losses)) for i in range(len(knots))]
    for knot, end in zip(knots[1:], ends[1:], strict=True):
        off += (knot - losses[end - 1]) / len(answer)
    return f"{said}: your curve is {_way(off)} on average."


def _winner(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    steps, first = dict(zip(truth["names"], truth["arrived"], strict=True)), truth["first"]
    step, verb = steps.get(first[0]), "is" if len(first) == 1 else "are"
    said = "No run gets there"
    if step is not None:
        said = f"{_listed(first)} {verb} first, at step {step}"
    if answer is None:
        return f"{said}."
    if answer in first:
        return f"{said}: you are right."
    if answer == "none":
        return f"{said}; you said that none would be."
    its = steps.get(answer)
    there = "does not get there" if its is None else f"gets there at step {its}"
    return f"{said}; your {answer} {there}."


def _largest_rate(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    rate = truth["rate"]
    if rate is None:
        return "This rule has no largest rate."
    if answer is None:
        return f"It is {rate:.3g}."
    times, way = answer / rate, "high"
    if times < 1:
        times, way = 1 / times, "low"
    near = times < 1.005
    off = "right" if near else f"{times:.3g} times too {way}"
    return f"It is {rate:.3g}: your {answer:.3g} is {off}."


def _order(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    said = "The guess, its loss, the gradient, the step, and the gradient emptied"
    if answer is None:
        return f"{said}."
    right = sum(one == line for one, line in zip(answer, truth["lines"], strict=True))
    return f"{said}: {right} of {len(answer)} stand in their places."


def _ask(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, value = given["answer"], given["truth"]["value"]
    if answer is not None and answer != value and given["score"]:
        return f"It is {value:.4g}: your {answer:.4g} is near enough."
    return f"It is {_beside(answer, value)}."


VERDICTS: dict[str, Callable[[Details, Details, Sequence[str]], str]] = {
    "next_step": _next_step,
    "sign": _sign,
    "loss_after": _loss_after,
    "draw_loss": _draw_loss,
    "winner": _winner,
    "largest_rate": _largest_rate,
    "order": _order,
    "ask": _ask,
}


def _beside(answer: float | None, value: float) -> str:
    """A truth, and an answer beside it."""
    return f"{value:.3g}" + (
        "" if answer is None else f": your {answer:.3g} is {_off(answer, value)}"
    )


def _off(answer: float, value: float) -> str:
    return _way(answer - value)


def _way(off: float) -> str:
    if off == 0 or not math.isfinite(off):
        return "right"
    return f"{abs(off):.2g} too {'high' if off > 0 else 'low'}"


def _listed(words: Sequence[str]) -> str:
    """Words with commas between them, and "and" before the last."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
