"""The names that a function's code can reach: what they stand for, now and later."""

from __future__ import annotations

import dis
import functools
import inspect
import sys
from collections.abc import Callable, Iterator
from types import CellType, CodeType, FunctionType, MethodType
from typing import Any, NamedTuple

MOST_FUNCTIONS = 50
"""So many functions that a function calls, and those call, are looked into."""


class Name(NamedTuple):
    """A name, and what it stands for at the time of asking; None where for nothing."""

    name: str
    value: Callable[[], Any]


def names_in(function: Any) -> list[Name]:
    """The global and outer names in a function's code, its defaults, and its self's attributes.

    Functions among them that were written beside it, in the same notebook or file, are looked
    into too.
    """
    return _reached(function)[0]


def functions_in(function: Any) -> list[FunctionType]:
    """A function, and those beside it that it reaches, as far as names_in looks into them."""
    return _reached(function)[1]


def _reached(function: Any) -> tuple[list[Name], list[FunctionType]]:
    found: list[Name] = []
    seen: list[FunctionType] = []
    waiting = [function]
    while waiting and len(seen) < MOST_FUNCTIONS:
        value = waiting.pop(0)
        inner = plain_function(value)
        if inner is None or inner in seen:
            continue
        if seen and inner.__globals__ is not seen[0].__globals__:
            continue
        seen.append(inner)
        names = [*_names_beside(value), *_names_in(inner)]
        found += names
        waiting += [name.value() for name in names]
    return found, seen


def plain_function(value: Any) -> FunctionType | None:
    """The function that is written in Python, beneath a method, a partial or an object."""
    if isinstance(value, functools.partial):
        return plain_function(value.func)
    if isinstance(value, MethodType):
        return plain_function(value.__func__)
    if isinstance(value, FunctionType):
        inner = inspect.unwrap(value)
        return inner if isinstance(inner, FunctionType) else value
    call = getattr(type(value), "__call__", None)  # noqa: B004
    return call if isinstance(call, FunctionType) else None


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """A function's code, and that of the functions written inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_in(constant)


def optimizers_in(names: list[Name]) -> list[tuple[str, Any]]:
    """The torch.optim optimizers among what the names stand for."""
    torch = sys.modules.get("torch")
    if torch is None:
        return []
    values = [(name, value()) for name, value in names]
    return [(name, value) for name, value in values if isinstance(value, torch.optim.Optimizer)]


def _names_beside(value: Any) -> Iterator[Name]:
    """What a call brings along: a partial's keywords, the attributes of a method's object."""
    if isinstance(value, functools.partial):
        attributes: Any = value.keywords
    elif isinstance(value, MethodType):
        attributes = getattr(value.__self__, "__dict__", {})
    else:
        attributes = {} if isinstance(value, FunctionType) else getattr(value, "__dict__", {})
    for name in list(attributes):
        yield Name(name, functools.partial(attributes.get, name))


def _names_in(function: FunctionType) -> Iterator[Name]:
    for code in codes_in(function.__code__):
        for name in dict.fromkeys(_global_names(code)):
            yield Name(name, functools.partial(function.__globals__.get, name))
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        yield Name(name, functools.partial(_content, cell))
    for parameter in inspect.signature(function).parameters.values():
        if parameter.default is not parameter.empty:
            yield Name(parameter.name, functools.partial(_itself, parameter.default))


def _global_names(code: CodeType) -> Iterator[str]:
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME", "STORE_GLOBAL"):
            yield str(instruction.argval)


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # a name that is given a value later
        return None


def _itself(value: Any) -> Any:
    return value
