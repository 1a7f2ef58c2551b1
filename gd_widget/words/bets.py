"""What each bet asks, and what is said of an answer beside the truth.

js/words/en-bets.js is the twin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gd_widget.words.names import shown_run
from gd_widget.words.numbers import listed
from gd_widget.words.say import say

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
    'It is 1.5: your 2 is 0.5 too high.'
    """
    said = VERDICTS[bet["kind"]](bet, given, names)
    return _of_run(said, bet, run)


def _of_run(said: str, bet: Details, run: str) -> str:
    is_of_all = bet["kind"] in ("winner", "order", "ask")
    return say("{run}: {said}", run=shown_run(run), said=said) if run and not is_of_all else said


def _loss_question(bet: Details, names: Sequence[str]) -> str:
    if bet["steps"] == 1:
        return say("What will the loss be 1 step from now?")
    return say("What will the loss be {steps} steps from now?", steps=bet["steps"])


def _winner_question(bet: Details, names: Sequence[str]) -> str:
    if bet["steps"] == 1:
        return say("Which run is first near the least loss, in 1 step from now?")
    return say(
        "Which run is first near the least loss, in {steps} steps from now?",
        steps=bet["steps"],
    )


QUESTIONS: dict[str, Callable[[Details, Sequence[str]], str]] = {
    "next_step": lambda bet, names: say("Where will the next step land?"),
    "sign": lambda bet, names: say(
        "Will {names} go up or down in the next step?", names=listed(names)
    ),
    "loss_after": _loss_question,
    "draw_loss": lambda bet, names: say(
        "How will the loss go in the next {steps} steps? Draw it.", steps=bet["steps"]
    ),
    "winner": _winner_question,
    "largest_rate": lambda bet, names: say("What is the largest learning rate that converges?"),
    "order": lambda bet, names: say("In which order do the lines below make a step?"),
    "ask": lambda bet, names: str(bet["question"]),
}


def _next_step(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]["params"]
    if truth is None:
        return say("The next step diverges.")
    places = listed(
        [
            say("{name} {value:.3g}", name=name, value=value)
            for name, value in zip(names, truth, strict=True)
        ]
    )
    if answer is None:
        return say("It lands at {places}.", places=places)
    offs = [_off(name, one - true) for name, one, true in zip(names, answer, truth, strict=True)]
    return say("It lands at {places}: {offs}.", places=places, offs=listed(offs))


def _off(name: str, off: float) -> str:
    if off > 0:
        return say("your {name} is {off:.2g} too high", name=name, off=off)
    if off < 0:
        return say("your {name} is {off:.2g} too low", name=name, off=-off)
    return say("your {name} is right", name=name)


def _sign(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]["signs"]
    if truth is None:
        return say("The next step diverges.")
    signs = listed([_goes(name, sign) for name, sign in zip(names, truth, strict=True)])
    if answer is None:
        return say("{said}.", said=signs)
    right = sum(one == sign for one, sign in zip(answer, truth, strict=True))
    return say("{said}: {right} of {n} right.", said=signs, right=right, n=len(names))


def _goes(name: str, sign: int) -> str:
    match sign:
        case 1:
            return say("{name} goes up", name=name)
        case -1:
            return say("{name} goes down", name=name)
    return say("{name} stays", name=name)


def _loss_after(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, loss = given["answer"], given["truth"]["loss"]
    return say("Training diverges before that.") if loss is None else _beside(loss, answer)


def _beside(value: float, answer: float | None, off: float | None = None) -> str:
    """A number, and an answer beside it. off : by how much it is too high, where that is known."""
    if answer is None:
        return say("It is {value:.3g}.", value=value)
    off = answer - value if off is None else off
    details = {"value": value, "answer": answer, "off": abs(off)}
    if off > 0:
        return say("It is {value:.3g}: your {answer:.3g} is {off:.2g} too high.", **details)
    if off < 0:
        return say("It is {value:.3g}: your {answer:.3g} is {off:.2g} too low.", **details)
    return say("It is {value:.3g}: your {answer:.3g} is right.", **details)


def _draw_loss(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    losses = truth["losses"]
    if not losses:
        return say("Training diverges before that.")
    said = say(
        "The loss goes from {before:.3g} to {after:.3g}", before=truth["before"], after=losses[-1]
    )
    if answer is None:
        return say("{said}.", said=said)
    off, every = 0.0, bet["steps"] / len(answer)
    for i, knot in enumerate(answer, 1):
        end = min(round(i * every), len(losses))
        off += (knot - losses[end - 1]) / len(answer)
    if off > 0:
        return say("{said}: your curve is {off:.2g} too high on average.", said=said, off=off)
    if off < 0:
        return say("{said}: your curve is {off:.2g} too low on average.", said=said, off=-off)
    return say("{said}: your curve is right on average.", said=said)


def _winner(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    steps, first = dict(zip(truth["names"], truth["arrived"], strict=True)), truth["first"]
    step, winners = steps.get(first[0]), [*map(shown_run, first)]
    if step is None:
        said = say("No run gets there")
    elif len(first) == 1:
        said = say("{names} is first, at step {step}", names=winners[0], step=step)
    else:
        said = say("{names} are first, at step {step}", names=listed(winners), step=step)
    if answer is None:
        return say("{said}.", said=said)
    if answer in first:
        return say("{said}: you are right.", said=said)
    if answer == "none":
        return say("{said}; you said that none would be.", said=said)
    its, answer = steps.get(answer), shown_run(answer)
    if its is None:
        return say("{said}; your {answer} does not get there.", said=said, answer=answer)
    return say(
        "{said}; your {answer} gets there at step {step}.", said=said, answer=answer, step=its
    )


def _largest_rate(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, rate = given["answer"], given["truth"]["rate"]
    if rate is None:
        return say("This rule has no largest rate.")
    times = 1.0 if answer is None else max(answer / rate, rate / answer)
    if times < 1.005:
        return _beside(rate, answer, 0)
    details = {"value": rate, "answer": answer, "times": times}
    if answer < rate:
        return say("It is {value:.3g}: your {answer:.3g} is {times:.3g} times too low.", **details)
    return say("It is {value:.3g}: your {answer:.3g} is {times:.3g} times too high.", **details)


def _order(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, truth = given["answer"], given["truth"]
    said = say("The guess, its loss, the gradient, the step, and the gradient emptied")
    if answer is None:
        return say("{said}.", said=said)
    right = sum(one == line for one, line in zip(answer, truth["lines"], strict=True))
    return say(
        "{said}: {right} of {n} stand in their places.", said=said, right=right, n=len(answer)
    )


def _ask(bet: Details, given: Details, names: Sequence[str]) -> str:
    answer, value = given["answer"], given["truth"]["value"]
    if given["score"] and answer != value:
        return say(
            "It is {value:.4g}: your {answer:.4g} is near enough.", value=value, answer=answer
        )
    return _beside(value, answer)


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
