"""What sentences about the reader's code have in common: how they call the code and its parts."""

from __future__ import annotations

from collections.abc import Mapping

from gd_widget.core.diagnosis import Names
from gd_widget.words import code
from gd_widget.words.say import say


def called(names: Names) -> Mapping[str, str]:
    """What the reader's code is called, by the places that it has in sentences.

    who, Who : what makes the steps, within a sentence and as its first word.
    whose : of it. where : in it.
    all, All : the parameters, by their one name if they have one.
    one : the name to write a line of code with.
    step, emptying : the lines that make a step, and empty the gradient.
    step_there : the step, and where it has to stand.
    """
    lines = {
        "one": code.one(names),
        "step": code.step(names),
        "step_there": code.step_there(names),
        "emptying": code.emptying(names),
        "all": names.params or say("the parameters"),
        "All": names.params or say("The parameters"),
    }
    if not names.function:
        loop = {"who": say("the loop"), "Who": say("The loop")}
        return {**lines, **loop, "whose": say("of the loop"), "where": say("in the loop")}
    function = names.function
    return {
        **lines,
        **{"who": function, "Who": function},
        **{"whose": say("of {function}", function=function)},
        **{"where": say("in {function}", function=function)},
    }


def part_of(part: int, d: int) -> str:
    """One of d parameters, counted from 0."""
    if d == 2:
        return say("the slope") if part == 0 else say("the intercept")
    return say("parameter {number} of {d}", number=part + 1, d=d)
