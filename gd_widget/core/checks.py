"""Checks for what a user types: every error names the argument, the rule and the value.

Each function takes the argument's name and value, and returns the value in the one type the
rest of the package uses, or raises ``ValueError("lr must be a positive number; got -1")``.
"""

from __future__ import annotations

import math
import numbers
import operator
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FRAME_FIRST = "a frame comes first: GDWidget(df, x=..., y=...)"

# What other tools call the same thing, where the letters do not give it away.
ALSO_CALLED = {
    "X": "x",
    "alpha": "lr",
    "data": FRAME_FIRST,
    "df": FRAME_FIRST,
    "epochs": "n_epochs",
    "eta": "lr",
    "frame": FRAME_FIRST,
    "init": "guess",
    "learning_rate": "lr",
    "max_iter": "n_epochs",
    "n_points": "n",
    "n_samples": "n",
    "random_state": "seed",
    "speed": "steps_per_second",
    "start": "guess",
    "step_size": "lr",
}


def problem(name: str, rule: str, value: object) -> ValueError:
    """The one form of an error about an argument."""
    return ValueError(f"{name} must be {rule}; got {shown(value)}")


def shown(value: object) -> str:
    """A value in an error: in one line, and no more of it than can be read."""
    words = " ".join(repr(value).split())
    return words if len(words) <= 80 else f"{words[:77]}..."


def with_code(sentence: str, lines: Sequence[str]) -> str:
    """A sentence, and below it code that does what it says: as it stands it can be run."""
    return "".join([sentence, *(f"\n    {line}" for line in lines)])


def positive_number(name: str, value: Any) -> float:
    """A finite number above zero, as a float."""
    number = _real(value)
    if number is None or not (0 < number < math.inf):
        raise problem(name, "a positive number", value)
    return number


def not_negative(name: str, value: Any) -> float:
    """A finite number that is 0 or above, as a float."""
    number = _real(value)
    if number is None or not (0 <= number < math.inf):
        raise problem(name, "a number, at least 0", value)
    return number


def share(name: str, value: Any) -> float:
    """A number from 0 to below 1: what is kept of something."""
    number = _real(value)
    if number is None or not (0 <= number < 1):
        raise problem(name, "a number from 0 to below 1", value)
    return number


def shares(name: str, value: Any) -> tuple[float, float]:
    """Two numbers, each from 0 to below 1."""
    rule = "two numbers from 0 to below 1"
    first, second = pair(name, value, rule)
    if not (0 <= first < 1 and 0 <= second < 1):
        raise problem(name, rule, value)
    return first, second


def whole_number(name: str, value: Any, least: int, most: int | None = None) -> int:
    """An integer from `least` to `most`. Floats are refused, 100.0 too: a count is exact."""
    rule = f"a whole number, at least {least}"
    if most is not None:
        rule = f"a whole number from {least} to {most}"
    if isinstance(value, bool):
        raise problem(name, rule, value)
    try:
        number = operator.index(value)
    except TypeError:
        raise problem(name, rule, value) from None
    if number < least or (most is not None and number > most):
        raise problem(name, rule, value)
    return number


def pair(
    name: str, value: Any, rule: str = "two finite numbers (slope, intercept)"
) -> tuple[float, float]:
    """Two finite numbers."""
    first, second = _finite_numbers(name, value, 2, rule)
    return first, second


def params(name: str, value: Any, names: Sequence[str]) -> tuple[float, ...]:
    """A finite number for each parameter of these names."""
    how_many = {1: "one finite number", 2: "two finite numbers"}
    count = how_many.get(len(names), f"{len(names)} finite numbers")
    return _finite_numbers(name, value, len(names), f"{count} ({in_short(names)})")


def finite_numbers(name: str, value: Any) -> tuple[float, ...]:
    """Any number of finite numbers."""
    return _finite_numbers(name, value, None, "finite numbers, one for each parameter")


def in_short(names: Sequence[str]) -> str:
    """Names in a row; of more than can be read, the first and the last."""
    return ", ".join(names) if len(names) <= 8 else f"{names[0]}, …, {names[-1]}"


def _finite_numbers(name: str, value: Any, n: int | None, rule: str) -> tuple[float, ...]:
    try:
        numbers = [_real(number) for number in value]
    except (TypeError, ValueError):
        raise problem(name, rule, value) from None
    finite = tuple(one for one in numbers if one is not None and math.isfinite(one))
    if len(finite) < len(numbers) or len(finite) != (n or len(finite)):
        raise problem(name, rule, value)
    return finite


def point(name: str, value: Any) -> tuple[float, float]:
    """Two finite numbers, x and y."""
    return pair(name, value, "two finite numbers")


def flag(name: str, value: Any) -> bool:
    """True or False, nothing that merely resembles them."""
    if not isinstance(value, bool):
        raise problem(name, "True or False", value)
    return value


def text(name: str, value: Any) -> str:
    """A string that can be sent and written: one without half a character."""
    if not isinstance(value, str):
        raise problem(name, "a string", value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise problem(name, "text without lone surrogates", value) from None
    return value


def one_of(name: str, value: Any, choices: Iterable[str]) -> str:
    """One of a few strings."""
    choices = list(choices)
    if not isinstance(value, str) or value not in choices:
        raise problem(name, f"one of {', '.join(map(repr, choices))}", value)
    return value


def some_of(name: str, value: Any, choices: Sequence[str], least: int = 1) -> list[str]:
    """So many at least of a few strings, in any order, none of them twice."""
    rule = f"a list of some of {', '.join(map(repr, choices))}"
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise problem(name, rule, value)
    chosen = list(value)
    unknown = [one for one in chosen if not isinstance(one, str) or one not in choices]
    if unknown:
        close = _close(str(unknown[0]), choices)
        raise ValueError(f"{problem(name, rule, value)}{close and f'; did you mean {close!r}?'}")
    if len(chosen) < least or len(set(chosen)) < len(chosen):
        raise problem(name, rule, value)
    return chosen


def nearest(name: str, known: Iterable[str], also_called: Mapping[str, str] = ALSO_CALLED) -> str:
    """The end of a sentence about an unknown name: what may have been meant."""
    known = list(known)
    meant = also_called.get(name)
    if meant == FRAME_FIRST:
        return meant
    close = meant if meant in known else _close(name, known)
    return f"did you mean {close}?" if close else f"known are {', '.join(known)}"


def _close(name: str, known: Sequence[str]) -> str:
    """The name most like it, or ""."""
    import difflib  # here, for only who makes a mistake needs it

    return next(iter(difflib.get_close_matches(name.lower(), known, n=1)), "")


def _real(value: Any) -> float | None:
    """The value as a float if it is one real number (0-d arrays and tensors too), else None."""
    if isinstance(value, bool):
        return None
    if not isinstance(value, numbers.Real):
        is_complex = "complex" in str(getattr(value, "dtype", ""))
        if getattr(value, "shape", None) != () or is_complex:
            return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None
