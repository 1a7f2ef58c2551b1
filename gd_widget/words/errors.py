"""What an error in the reader's code is a sign of, a function for each."""

from __future__ import annotations

from collections.abc import Sequence

from gd_widget.core.diagnosis import Names
from gd_widget.words.numbers import listed
from gd_widget.words.phrases import called
from gd_widget.words.say import say


def raised(names: Names, error: str, reason: str, line: int | None, beside: str, text: str) -> str:
    said = say("{who} raised {error}", **called(names), error=error)
    if reason:
        said = say("{said}: {why}", said=said, why=reason)
    if line is not None:
        if text:
            return say("{said}, in line {line}: {text}", said=said, line=line, text=text)
        return say("{said}, in line {line}", said=said, line=line)
    if beside and text:
        return say("{said}, in {place}: {text}", said=said, place=beside, text=text)
    return say("{said}, in {place}", said=said, place=beside) if beside else said


def makes_local_name(names: Names) -> str:
    return say(
        "An assignment makes {one} a name of the function's own: change it in place, {step}.",
        **called(names),
    )


def needs_global(names: Names, name: str) -> str:
    return say(
        "An assignment makes {name} a name of the function's own: let its first line be "
        "global {name}.",
        name=name,
    )


def step_is_recorded(names: Names) -> str:
    return say("The step itself must not be recorded: put it under with torch.no_grad():")


def changed_before_backward(names: Names) -> str:
    return say(
        "What the loss is computed from, as {one} and the guess, must stay as it was until "
        "loss.backward(): compute both anew in every step, and change things in place, as the "
        "step does, after backward().",
        **called(names),
    )


def graph_used_twice(names: Names) -> str:
    return say(
        "Compute the guess and the loss anew in every step, inside {who}. To add up losses of "
        "several steps, add loss.item().",
        **called(names),
    )


def backward_twice(names: Names) -> str:
    return say(
        "backward() has gone through this loss before, in the same call of {who}: call it once, "
        "on the sum if there are several losses.",
        **called(names),
    )


def loss_unconnected(names: Names) -> str:
    return say(
        "The loss must be computed from {one}, outside torch.no_grad(), and {one} be an "
        "nn.Parameter or have requires_grad=True.",
        **called(names),
    )


def loss_of_many_numbers(names: Names) -> str:
    return say("The loss must be one number: take the .mean() of the squares.")


def values_are_traced(names: Names) -> str:
    return say(
        "The function that jax.grad() is given is followed before its numbers have values: leave "
        "out float() and .item() there, and take jnp in place of np."
    )


def array_stays(names: Names, name: str) -> str:
    return say(
        "{name} is an array of JAX's, which cannot be changed: change a copy that is NumPy's, "
        "{name} = np.array({name}).",
        name=name,
    )


def no_gradient_yet(names: Names) -> str:
    return say(
        "{one}.grad is None until loss.backward() has computed it, and stays so for a tensor that "
        "was itself computed.",
        **called(names),
    )


def loss_is_no_tensor(names: Names, kind: str) -> str:
    if kind == "NoneType":
        return say("The loss is None: does the function that computes it return it?")
    if kind.startswith("numpy"):
        return say(
            "The loss is NumPy's, which has no backward(): compute it with PyTorch, of tensors "
            "and {one}.",
            **called(names),
        )
    if kind in ("float", "int"):
        return say(
            "The loss is a plain {kind}: item() and float() take the number out of the loss. Call "
            "backward() on the tensor.",
            kind=kind,
        )
    if kind.endswith(("method", "function")):
        return say(
            "The loss is a function that was not called: it needs its parentheses, as .mean()."
        )
    if kind == "tuple":
        return say(
            "The loss is a tuple, which a comma at the end of its line makes, or a function that "
            "returns several things: call backward() on the one that is the loss."
        )
    if kind == "module":
        return say("What computes the loss has no backward(): call that of the loss it returned.")
    return say(
        "A {kind} has no backward(): call that of one tensor, as of the sum of several losses.",
        kind=kind,
    )


def loss_is_not_made(names: Names, loss: str) -> str:
    return say("{loss}(…) makes a function: call that, {loss}()(y_guess, y).", loss=loss)


def points_are_no_rows(names: Names) -> str:
    return say(
        "A model such as nn.Linear takes a row for each point: give it x[:, None], of shape "
        "(n, 1), and take [:, 0] of what it returns."
    )


def used_before(names: Names, name: str) -> str:
    return say(
        "{name} is used before the line that gives it a value: let that line come first.",
        name=name,
    )


def is_none(names: Names, name: str, is_local: bool) -> str:
    if is_local:
        return say("{name} is None: does what computes it return it?", name=name)
    return say("{name} is None: give it a number before {who}.", **called(names), name=name)


def list_meets_tensor(names: Names, name: str, dtype: str) -> str:
    return say(
        "{name} is a list, which cannot be multiplied: before {who}, write {line}.",
        **called(names),
        **{"name": name, "line": f"{name} = torch.tensor({name}, dtype=torch.{dtype})"},
    )


def numpy_takes_no_tensor(names: Names, called: str) -> str:
    return say(
        "NumPy takes no tensor that has a gradient: write torch.{function} for np.{function}.",
        function=called,
    )


def tensors_alone_have(names: Names, name: str, attribute: str) -> str:
    return say(
        "{name} is NumPy's, and .{attribute} PyTorch's: torch.tensor({name}) has it.",
        **{"name": name, "attribute": attribute},
    )


def needs_parentheses(names: Names, manager: str) -> str:
    return say("{manager}() needs its parentheses: with {manager}():", manager=manager)


def array_meets_tensor(names: Names, arrays: Sequence[str], dtype: str) -> str:
    if not arrays:
        return say(
            "An array cannot be mixed with a tensor: make a tensor of it first, "
            "torch.as_tensor(array, dtype=torch.{dtype}).",
            dtype=dtype,
        )
    made = ", ".join(
        f"{name.split('.')[-1]} = torch.tensor({name}, dtype=torch.{dtype})" for name in arrays
    )
    details = {**called(names), "arrays": listed(arrays), "lines": made}
    if len(arrays) == 1:
        return say(
            "{arrays} is an array, which cannot be mixed with a tensor: before {who}, write "
            "{lines}.",
            **details,
        )
    return say(
        "{arrays} are arrays, which cannot be mixed with a tensor: before {who}, write {lines}.",
        **details,
    )


def whole_numbers(names: Names) -> str:
    return say("Whole numbers have no gradient: write 3.0 for 3, so that they are floats.")


def whole_data(names: Names, dtype: str) -> str:
    to_float = "double" if dtype == "float64" else "float"
    return say(
        "These are whole numbers: x.{to_float}() and y.{to_float}() are floats, as is needed.",
        to_float=to_float,
    )


def mixed_precision(names: Names, dtype: str) -> str:
    if dtype != "float64":
        return say(
            "PyTorch does not mix float32 and float64: x.float() and y.float() are float32, as "
            "tensors are by default."
        )
    if names.params:
        return say(
            "PyTorch does not mix float32 and float64: x.double() and y.double() are float64, as "
            "{all} is.",
            **called(names),
        )
    return say(
        "PyTorch does not mix float32 and float64: x.double() and y.double() are float64, as the "
        "parameters are."
    )
