"""What the coach finds in the reader's code: slips of code, a function for each."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gd_widget.core.diagnosis import Names
from gd_widget.words import code
from gd_widget.words.numbers import vector
from gd_widget.words.phrases import called
from gd_widget.words.say import say


def replaced(names: Names, name: str, inside: bool, params: Sequence[float], has_grad: bool) -> str:
    details = {**called(names), "name": name, "params": vector(params)}
    if inside and names.are_tensors and not has_grad:
        return say(
            "{Who} makes a new {name} instead of changing the one it was given, which stays "
            "{params}: write {name}[...] -= step (inside with torch.no_grad():), where step is "
            "what it subtracts.",
            **details,
        )
    if inside:
        return say(
            "{Who} makes a new {name} instead of changing the one it was given, which stays "
            "{params}: write {step_there}.",
            **details,
        )
    if names.are_tensors:
        return say(
            "{name} is no longer the tensor that this widget was given, which stays {params}: "
            "after making a new {name}, make the widget again.",
            **details,
        )
    return say(
        "{name} is no longer the array that this widget was given, which stays {params}: after "
        "making a new {name}, make the widget again.",
        **details,
    )


def not_a_number(
    names: Names,
    step: int,
    params: Sequence[float],
    what: str,
    found: Sequence[float],
    exact: Sequence[float],
) -> str:
    details = {
        **called(names),
        **{"found": vector(found), "exact": vector(exact)},
        **{"there": _still_at(step, params), "look": _look_for(found)},
    }
    if what == "gradient":
        return say(
            "The gradient {where} is {found} {there} and the exact one {exact}: {look}.", **details
        )
    if what == "loss":
        (loss,) = exact
        return say(
            "The loss {where} is nan {there} and the exact loss {loss:.4g}: {look}.",
            **details,
            loss=loss,
        )
    return say(
        "{Who} made {all} {found} {there} and the exact gradient {exact}: print what it steps by.",
        **details,
    )


def _still_at(step: int, params: Sequence[float]) -> str:
    details = {"step": step, "params": vector(params)}
    if len(params) == 2:
        return say("at step {step}, where the line is still {params}", **details)
    return say("at step {step}, where the parameters are still {params}", **details)


def _look_for(found: Sequence[float]) -> str:
    if any(map(math.isnan, found)):
        return say(
            "look for a nan in its x or y, a division by zero, or a number too large for its type"
        )
    return say("look for a division by zero, or for a number too large for its type")


def never_moves(
    names: Names, times: int, cause: str, piled_up: Sequence[float] | None, lr: float | None
) -> str:
    if names.function:
        said = say("{who} ran {times} times and did not move {all}", **called(names), times=times)
    else:
        said = say(
            "record() was given {all} {times} times, always the same",
            **called(names),
            times=times + 1,
        )
    why = _why_it_stays(names, cause, lr)
    if not why:
        why = say("after loss.backward() it needs its step, {step_there}.", **called(names))
        if piled_up is not None:
            more = say(
                "Then {emptying}, because {one}.grad has piled up to {grad}.",
                **called(names),
                grad=vector(piled_up),
            )
            why = say("{said} {more}", said=why, more=more)
    return say("{said}: {why}", said=said, why=why)


def _why_it_stays(names: Names, cause: str, lr: float | None) -> str:
    """The cause of no step at all; "" where nothing but the step is missing."""
    details = called(names)
    match cause:
        case "other_parameters":
            return say(
                "{optimizer} was made for other parameters than the ones that this widget was "
                "given.",
                optimizer=names.other_optimizer,
            )
        case "array" if names.function:
            return say("it has to change the array itself, {step}.", **details)
        case "array":
            return say("each step has to change it, {step}.", **details)
        case "rate_is_0":
            return say("the learning rate is {lr:g}.", lr=lr)
        case "flat":
            return say("backward() computes a gradient of 0, so something in the loss is flat.")
        case "not_connected":
            return say(
                "backward() is there, but no gradient arrives, for the loss is not connected to "
                "{all}. detach(), item(), torch.tensor(...) and torch.no_grad() cut it off.",
                **details,
            )
        case "emptied_before":
            return say(
                "the gradient is emptied before the step uses it. {emptying} comes after the "
                "step, or before backward().",
                **details,
            )
        case "unknown":
            return say(
                "either nothing has been stepped yet, or the step is 0, or something else than "
                "{all} is changed. Print both.",
                **details,
            )
        case "adds_nothing":
            return say("what it steps by is 0, too small to be added, or taken back. Print it.")
        case "no_gradient":
            return say("no gradient has arrived there, as loss.backward() would make it do.")
        case "no_step_by_grad":
            return say(
                "its gradient needs a step, {line} (inside with torch.no_grad():), where grad is "
                "what torch.autograd.grad() gives for {one}.",
                **details,
                line=f"{code.one(names)}.sub_({names.lr} * grad)",
            )
    return ""


def piles_up(names: Names, step: int, leftover: Sequence[float], grad: Sequence[float]) -> str:
    return say(
        "Gradients pile up {where}: at step {at} {one}.grad still held {leftover} from the step "
        "before when backward() added {grad}. After the step, empty it: {emptying}.",
        **called(names),
        **{"at": step, "leftover": vector(leftover), "grad": vector(grad)},
    )


def steps_again(names: Names, times: int) -> str:
    return say(
        "{Who} makes {times} steps of one gradient: call {step} once for each loss.backward().",
        **called(names),
        times=times,
    )
