"""English: one function for each code of core/diagnosis.py, of the details listed there."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gd_widget.core.diagnosis import Names
from gd_widget.words import code
from gd_widget.words.numbers import count, vector

# -------------------------------------------------------------------------------- any training


def above_critical(lr: float, critical: float, suggested: float, diverged_at: int | None) -> str:
    cause = f"the learning rate {lr:.4g} is above {critical:.3g}, the critical rate of these data"
    if diverged_at is None:
        return (
            f"{_first(cause)}: along the steepest direction every step overshoots by more than "
            f"the one before. Try {suggested:g}."
        )
    return (
        f"Diverged at step {diverged_at}: {cause}, so along the steepest direction every step "
        f"overshot by more than the one before, until the numbers were too large to hold. "
        f"Try {suggested:g}."
    )


def batches_overshoot(
    lr: float, steepest: float, curvature: float, suggested: float, diverged_at: int | None
) -> str:
    cause = (
        f"the learning rate {lr:.4g} is too large for batches: the loss of a single point has a "
        f"curvature of up to {steepest:.3g}, that of all points {curvature:.3g}. Try {suggested:g}."
    )
    return _first(cause) if diverged_at is None else f"Diverged at step {diverged_at}: {cause}"


def too_large(diverged_at: int) -> str:
    return f"Diverged at step {diverged_at}: the numbers were too large to hold."


def creeps_at_best(
    suggested: float,
    steps: float | None,
    ratio: float,
    newton: float | None,
    cure: str | None,
    cured: float | None,
) -> str:
    many = "more than a thousand million million" if steps is None else f"about {count(steps)}"
    said = (
        f"Even at {suggested:g}, a good learning rate for these data, it takes {many} steps until "
        f"the loss is within 1% of the least: it is {ratio:.2g} times steeper one way than another."
    )
    ways = {"mean": "x - x.mean() in place of x", "standardize": "standardize=True"}
    if cure and cured is not None:
        way = " and ".join(ways[one] for one in cure.split(" and "))
        said += f" With {way} it takes {count(cured)}."
    return said if newton is None else f"{said} Newton's method takes {count(newton)}."


def separable() -> str:
    return (
        "Every 0 can be told from every 1, so no parameters are best: larger ones are surer and "
        "always have less loss. They grow without end, ever more slowly."
    )


def trembles(lr: float) -> str:
    return (
        f"Steps at the rate {lr:g} lead to and fro about the lowest place: absolute values are as "
        "steep near it as far away. A smaller rate comes nearer."
    )


def no_curvature() -> str:
    return (
        "Newton's rule divides by the curvature, and along some direction there is none here: it "
        "makes no step."
    )


def newton_climbs() -> str:
    return (
        "Newton's rule divides by the curvature, which is below 0 here along some direction: "
        "along it, the step leads up."
    )


def at_saddle() -> str:
    return (
        "The gradient is 0 here, so no step is made; but this is no lowest place: along some "
        "direction the function falls."
    )


def optimizer_climbs(optimizer: str) -> str:
    return (
        f"{optimizer} steps up the gradient instead of down, so the loss grows: is it made with "
        f"maximize=True?"
    )


def optimizer_made_nan(
    optimizer: str,
    diverged_at: int,
    params: Sequence[float],
    grad: Sequence[float],
    made: Sequence[float],
) -> str:
    why = ": it divides by zero" if 0 in grad else ""
    return (
        f"{optimizer} made {vector(made)} at step {diverged_at} of {vector(params)}, where the "
        f"gradient is {vector(grad)}{why}."
    )


def one_point(x: float, y: float) -> str:
    return f"There is one point: every line through ({x:.4g}, {y:.4g}) fits it exactly."


def same_x(x: float, y: float) -> str:
    return (
        f"All x are {x:.4g}: every line through ({x:.4g}, {y:.4g}) fits equally well, so slope "
        f"and intercept cannot be told apart."
    )


def many_fit(n: int, d: int, free: int) -> str:
    return (
        f"In float64, {n:,} points tell no more than {d - free} of the {d} parameters apart: many "
        f"solutions fit alike, but for rounding. Of those that fit best, least_squares is the "
        f"one of least norm."
    )


def noise_mean(intercept: float, best: float) -> str:
    return (
        f"The noise has mean ½: of many points the best intercept is near {best:g}, not the "
        f"{intercept:g} the data were made with."
    )


# ------------------------------------------------------------ the reader's code: slips of code


def replaced(names: Names, name: str, inside: bool, params: Sequence[float], has_grad: bool) -> str:
    if inside and names.are_tensors and not has_grad:
        return (
            f"{_first(_the(names))} makes a new {name} instead of changing the one it was given, "
            f"which stays {vector(params)}: write {name}[...] -= step (inside with "
            f"torch.no_grad():), where step is what it subtracts."
        )
    if inside:
        return (
            f"{_first(_the(names))} makes a new {name} instead of changing the one it was given, "
            f"which stays {vector(params)}: write {code.step_there(names)}."
        )
    holder = "tensor" if names.are_tensors else "array"
    return (
        f"{name} is no longer the {holder} that this widget was given, which stays "
        f"{vector(params)}: after making a new {name}, make the widget again."
    )


def not_a_number(
    names: Names,
    step: int,
    params: Sequence[float],
    what: str,
    found: Sequence[float],
    exact: Sequence[float],
) -> str:
    shown = "line is" if len(params) == 2 else "parameters are"
    there = f"at step {step}, where the {shown} still {vector(params)}"
    look = "look for a nan in its x or y, a division by zero, or a number too large for its type"
    if not any(map(math.isnan, found)):
        look = "look for a division by zero, or for a number too large for its type"
    if what == "gradient":
        return (
            f"The gradient in {_the(names)} is {vector(found)} {there} and the exact one "
            f"{vector(exact)}: {look}."
        )
    if what == "loss":
        (loss,) = exact
        return f"The loss in {_the(names)} is nan {there} and the exact loss {loss:.4g}: {look}."
    return (
        f"{_first(_the(names))} made {_params(names)} {vector(found)} {there} and the exact "
        f"gradient {vector(exact)}: print what it steps by."
    )


def never_moves(
    names: Names, times: int, cause: str, piled_up: Sequence[float] | None, lr: float | None
) -> str:
    said = f"{names.function} ran {times} times and did not move {_params(names)}: "
    if not names.function:
        said = f"record() was given {_params(names)} {times + 1} times, always the same: "
    if cause == "other_parameters":
        return (
            f"{said}{names.other_optimizer} was made for other parameters than the ones that "
            f"this widget was given."
        )
    if cause == "array":
        own = (
            "it has to change the array itself" if names.function else "each step has to change it"
        )
        return f"{said}{own}, {code.step(names)}."
    if cause == "rate_is_0":
        return f"{said}the learning rate is {lr:g}."
    if cause == "flat":
        return f"{said}backward() computes a gradient of 0, so something in the loss is flat."
    if cause == "not_connected":
        return (
            f"{said}backward() is there, but no gradient arrives, for the loss is not connected to "
            f"{_params(names)}. detach(), item(), torch.tensor(...) and torch.no_grad() cut it off."
        )
    if cause == "emptied_before":
        return (
            f"{said}the gradient is emptied before the step uses it. {code.emptying(names)} comes "
            f"after the step, or before backward()."
        )
    if cause == "unknown":
        return (
            f"{said}either nothing has been stepped yet, or the step is 0, or something else than "
            f"{_params(names)} is changed. Print both."
        )
    if cause == "adds_nothing":
        return f"{said}what it steps by is 0, too small to be added, or taken back. Print it."
    if cause == "no_gradient":
        return f"{said}no gradient has arrived there, as loss.backward() would make it do."
    if cause == "no_step_by_grad":
        by_hand = f"{code.one(names)}.sub_({names.lr} * grad)"
        return (
            f"{said}its gradient needs a step, {by_hand} (inside with torch.no_grad():), where "
            f"grad is what torch.autograd.grad() gives for {code.one(names)}."
        )
    said = f"{said}after loss.backward() it needs its step, {code.step_there(names)}."
    if piled_up is None:
        return said
    grown = f"{code.one(names)}.grad has piled up to {vector(piled_up)}"
    return f"{said} Then {code.emptying(names)}, because {grown}."


def piles_up(names: Names, step: int, leftover: Sequence[float], grad: Sequence[float]) -> str:
    return (
        f"Gradients pile up in {_the(names)}: at step {step} {code.one(names)}.grad still held "
        f"{vector(leftover)} from the step before when backward() added {vector(grad)}. After "
        f"the step, empty it: {code.emptying(names)}."
    )


def steps_again(names: Names, times: int) -> str:
    return (
        f"{_first(_the(names))} makes {times} steps of one gradient: call {code.step(names)} once "
        f"for each loss.backward()."
    )


# ----------------------------------------------------- the reader's code: slips of mathematics


def climbs(
    names: Names,
    first_loss: float,
    last_loss: float,
    cause: str,
    params: Sequence[float],
    exact: Sequence[float],
    grad: Sequence[float] | None,
) -> str:
    losses = f"from {first_loss:.4g} to {last_loss:.4g}"
    said = f"Every step of {_the(names)} goes up, and the loss has risen {losses}: "
    at_first = f"at {vector(params)} the exact gradient is {vector(exact)}"
    if cause == "minus":
        return (
            f"{said}{at_first}, and that of its loss {vector(grad)}, so the loss has a minus too "
            f"many."
        )
    if cause == "maximize":
        return f"{said}is {names.optimizer} made with maximize=True?"
    if cause == "turned":
        return f"{said}the gradient's sign is turned between backward() and {code.step(names)}."
    way = f"so {code.one(names)} has to move the other way"
    if cause == "unknown":
        return f"{said}{at_first}, {way}: is the step's sign turned, or its gradient's?"
    return f"{said}{at_first}, {way}, {code.step(names._replace(optimizer=''))}."


def broadcasts(names: Names, n: int) -> str:
    return (
        f"The loss in {_the(names)} is of all {n} × {n} pairs of a guess and a y, not of each "
        f"guess and its own y: shapes ({n},) and ({n}, 1) broadcast to ({n}, {n}). Give both one "
        f"shape, as y.reshape(y_guess.shape) does."
    )


def other_points(names: Names, which: str, how: str) -> str:
    said = f"The loss in {_the(names)} is not that of the points shown"
    if not which:
        return f"{said}: its points, its guess, or what is made of the residuals is another."
    if how == "as given":
        return f"{said}, which are standardized: standardize x in {_the(names)}, too."
    if how == "divided":
        return (
            f"{said}: its x is divided by another standard deviation. The widget's is that of "
            f"NumPy; in PyTorch, x.std(0, correction=0)."
        )
    if how == "negated":
        return f"{said}: it is that of −y. Are guess and y added, not subtracted?"
    are = f"its {which} {'are' if ' ' in which else 'is'} {how}"
    if how == "other":
        are = f"its {which} is another one"
    return f"{said}: {are}. Make the widget with the same x and y."


def other_order(names: Names, order: str, what: str) -> str:
    how = {
        "first": "the intercept first",
        "last": "the intercept last",
        "powers": "turned round, the intercept last",
        "reversed": "turned round",
    }[order]
    if what == "steps":
        return (
            f"The guess in {_the(names)} takes the parameters in another order than the steps: "
            f"{how}. Have them in the order of w.names."
        )
    return (
        f"The gradients in {_the(names)} are the exact ones in another order: {how}. "
        f"Have the parameters in the order of w.names."
    )


def turned(names: Names, part: int, d: int) -> str:
    return f"The guess in {_the(names)} has {_part(part, d)} with a minus: write a plus."


def left_out(names: Names, part: int, d: int) -> str:
    return (
        f"The guess in {_the(names)} does not depend on {_part(part, d)}: it is left out, or "
        f"cut off."
    )


def mean_first(names: Names, what: str) -> str:
    if what == "steps":
        return (
            f"The steps of {_the(names)} are of the mean residual times the mean x: take the "
            f"mean of the products."
        )
    return (
        f"The loss in {_the(names)} is the square of the mean residual: take the mean of the "
        f"squares."
    )


def no_square(names: Names) -> str:
    return (
        f"The loss in {_the(names)} is the mean of the residuals, without their squares: it has "
        f"no bottom. Square them before taking the mean."
    )


def stale(names: Names, params: Sequence[float], grad: Sequence[float]) -> str:
    return (
        f"The gradient in {_the(names)} is the same in every step, {vector(grad)}, that at "
        f"{vector(params)}: compute the guess and the loss anew in every step."
    )


def one_sign(names: Names, part: int, d: int) -> str:
    return (
        f"Each step of {_the(names)} is right but for {_part(part, d)}, which goes up: "
        f"turn its sign alone."
    )


def part_stays(names: Names, part: int, d: int, value: float) -> str:
    return (
        f"Each step of {_the(names)} is right but for {_part(part, d)}, which stays "
        f"{value:.3g}: its own step is missing, or 0."
    )


def part_scaled(names: Names, part: int, d: int, factor: float) -> str:
    return (
        f"Each step of {_the(names)} is right but for {_part(part, d)}, whose own is "
        f"{factor:.4g} times the exact one."
    )


def one_gradient(names: Names, part: int, d: int) -> str:
    return (
        f"All parameters in {_the(names)} are moved by one number, the derivative by "
        f"{_part(part, d)}: each needs its own."
    )


CAUSES = {
    "half": "its loss has a ½",
    "no_2": "the 2 of a square's derivative is missing",
    "twice": "it has a factor 2 too many",
    "sum": "it is a sum over the points, where .mean() takes their mean",
    "divided_twice": "it is divided by the number of points twice",
}
"""What makes a gradient a multiple of the exact one."""


def scaled(
    names: Names,
    what: str,
    factor: float,
    causes: Sequence[str],
    lr: float,
    acts_as: float,
    critical: float,
) -> str:
    because = ", and ".join(CAUSES[cause] for cause in causes)
    above = f", above {critical:.3g}, the critical rate of these data"
    return (
        f"The {what} in {_the(names)} is {factor:.4g} times that of the mean squared error"
        f"{because and f': {because}'}. So its learning rate {lr:.4g} acts as {acts_as:.4g}"
        f"{above if acts_as > critical else ''}."
    )


def overshoots(names: Names, acts_as: float, lr: float, critical: float, suggested: float) -> str:
    said = f"The learning rate {acts_as:.4g} in {_the(names)}"
    if lr != acts_as:
        said = f"Each step of {_the(names)} is {acts_as:.4g} times the exact gradient. That"
    return (
        f"{said} is above {critical:.3g}, the critical rate of these data: along the steepest "
        f"direction every step overshoots by more than the one before. Try {suggested:g}."
    )


def started_at_best(
    names: Names, params: Sequence[float], best: Sequence[float], loss: float, floor: float
) -> str:
    is_line = len(params) == 2
    shown, guess = ("line", "a guess, such as (-1, 1)") if is_line else ("fit", "another guess")
    return (
        f"{_first(_params(names))} started at {vector(params)}, which is near the best {shown}, "
        f"{vector(best)}: its loss was {loss:.3g} already, and no {shown}'s is below "
        f"{floor:.3g}. Start from {guess}."
    )


def forgotten(names: Names, optimizer: str) -> str:
    return (
        f"Going back restored the parameters, but not what the {optimizer} optimizer in "
        f"{_the(names)} remembers."
    )


# ------------------------------------------------------------ the reader's code raised an error


def raised(names: Names, error: str, reason: str, line: int | None, beside: str, text: str) -> str:
    place = f"line {line}" if line is not None else beside
    where = place and f", in {place}{text and f': {text}'}"
    return f"{_the(names)} raised {error}{reason and f': {reason}'}{where}"


def makes_local_name(names: Names) -> str:
    return (
        f"An assignment makes {code.one(names)} a name of the function's own: change it in place, "
        f"{code.step(names)}."
    )


def needs_global(names: Names, name: str) -> str:
    return (
        f"An assignment makes {name} a name of the function's own: let its first line be "
        f"global {name}."
    )


def step_is_recorded(names: Names) -> str:
    return "The step itself must not be recorded: put it under with torch.no_grad():"


def changed_before_backward(names: Names) -> str:
    return (
        f"What the loss is computed from, as {code.one(names)} and the guess, must stay as it was "
        f"until loss.backward(): compute both anew in every step, and change things in place, as "
        f"the step does, after backward()."
    )


def graph_used_twice(names: Names) -> str:
    return (
        f"Compute the guess and the loss anew in every step, inside {_the(names)}. To add up "
        f"losses of several steps, add loss.item()."
    )


def backward_twice(names: Names) -> str:
    return (
        f"backward() has gone through this loss before, in the same call of {_the(names)}: call "
        f"it once, on the sum if there are several losses."
    )


def loss_unconnected(names: Names) -> str:
    one = code.one(names)
    return (
        f"The loss must be computed from {one}, outside torch.no_grad(), and {one} be an "
        f"nn.Parameter or have requires_grad=True."
    )


def loss_of_many_numbers(names: Names) -> str:
    return "The loss must be one number: take the .mean() of the squares."


def no_gradient_yet(names: Names) -> str:
    return (
        f"{code.one(names)}.grad is None until loss.backward() has computed it, and stays so for "
        f"a tensor that was itself computed."
    )


def loss_is_no_tensor(names: Names, kind: str) -> str:
    if kind == "NoneType":
        return "The loss is None: does the function that computes it return it?"
    if kind.startswith("numpy"):
        return (
            f"The loss is NumPy's, which has no backward(): compute it with PyTorch, of tensors "
            f"and {code.one(names)}."
        )
    if kind in ("float", "int"):
        return (
            f"The loss is a plain {kind}: item() and float() take the number out of the loss. "
            f"Call backward() on the tensor."
        )
    if kind.endswith(("method", "function")):
        return "The loss is a function that was not called: it needs its parentheses, as .mean()."
    if kind == "tuple":
        return (
            "The loss is a tuple, which a comma at the end of its line makes, or a function that "
            "returns several things: call backward() on the one that is the loss."
        )
    if kind == "module":
        return "What computes the loss has no backward(): call that of the loss it returned."
    return f"A {kind} has no backward(): call that of one tensor, as of the sum of several losses."


def loss_is_not_made(names: Names, loss: str) -> str:
    return f"{loss}(…) makes a function: call that, {loss}()(y_guess, y)."


def points_are_no_rows(names: Names) -> str:
    return (
        "A model such as nn.Linear takes a row for each point: give it x[:, None], of shape "
        "(n, 1), and take [:, 0] of what it returns."
    )


def used_before(names: Names, name: str) -> str:
    return f"{name} is used before the line that gives it a value: let that line come first."


def is_none(names: Names, name: str, is_local: bool) -> str:
    if is_local:
        return f"{name} is None: does what computes it return it?"
    return f"{name} is None: give it a number before {_the(names)}."


def list_meets_tensor(names: Names, name: str, dtype: str) -> str:
    return (
        f"{name} is a list, which cannot be multiplied: before {_the(names)}, write "
        f"{name} = torch.tensor({name}, dtype=torch.{dtype})."
    )


def numpy_takes_no_tensor(names: Names, called: str) -> str:
    return f"NumPy takes no tensor that has a gradient: write torch.{called} for np.{called}."


def tensors_alone_have(names: Names, name: str, attribute: str) -> str:
    return f"{name} is NumPy's, and .{attribute} PyTorch's: torch.tensor({name}) has it."


def needs_parentheses(names: Names, manager: str) -> str:
    return f"{manager}() needs its parentheses: with {manager}():"


def array_meets_tensor(names: Names, arrays: Sequence[str], dtype: str) -> str:
    if not arrays:
        return (
            f"An array cannot be mixed with a tensor: make a tensor of it first, "
            f"torch.as_tensor(array, dtype=torch.{dtype})."
        )
    made = ", ".join(
        f"{name.split('.')[-1]} = torch.tensor({name}, dtype=torch.{dtype})" for name in arrays
    )
    are = f"{arrays[0]} is an array" if len(arrays) == 1 else f"{_listed(arrays)} are arrays"
    return f"{are}, which cannot be mixed with a tensor: before {_the(names)}, write {made}."


def whole_numbers(names: Names) -> str:
    return "Whole numbers have no gradient: write 3.0 for 3, so that they are floats."


def whole_data(names: Names, dtype: str) -> str:
    to_float = "double" if dtype == "float64" else "float"
    return f"These are whole numbers: x.{to_float}() and y.{to_float}() are floats, as is needed."


def mixed_precision(names: Names, dtype: str) -> str:
    said = "PyTorch does not mix float32 and float64: x.float() and y.float() are float32, as "
    if dtype == "float64":
        said = (
            "PyTorch does not mix float32 and float64: x.double() and y.double() are float64, as "
        )
        return f"{said}{_params(names)} {'is' if names.params else 'are'}."
    return f"{said}tensors are by default."


# ------------------------------------------------------------------------------------- phrases


def _the(names: Names) -> str:
    return names.function or "the loop"


def _part(i: int, d: int) -> str:
    return ("the slope", "the intercept")[i] if d == 2 else f"parameter {i + 1} of {d}"


def _params(names: Names) -> str:
    return names.params or "the parameters"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _first(phrase: str) -> str:
    """A phrase as the first of a sentence; names of code stay as they are."""
    return f"T{phrase[1:]}" if phrase.startswith("the ") else phrase
