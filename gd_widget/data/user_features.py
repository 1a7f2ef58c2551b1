"""Several columns of the user's own data, in whatever the user has them: a design matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from gd_widget.core.checks import with_code
from gd_widget.core.types import Array, FloatArray
from gd_widget.data.columns import as_array, called, column, column_names, only_column
from gd_widget.data.data_error import DataError, must_be_there, must_match, must_pair
from gd_widget.data.features import OF_HISTORY, Features
from gd_widget.data.given import Given
from gd_widget.data.said import Said, library


class Columns(NamedTuple):
    """Some columns, and what they are called."""

    names: tuple[str, ...]
    values: list[Any]


def columns_in(given: Given) -> Columns | None:
    """The columns of x; None where it is but one, or what is no column at all."""
    if given.x_names is not None:
        return Columns(given.x_names, given.x)
    names = column_names(given.x)
    if names is not None:
        return Columns(tuple(map(called, names)), [given.x[name] for name in names])
    if not _is_a_table(given.x):
        return None
    try:
        x = as_array("x", given.x)
    except DataError:  # whoever looks at one column says what is wrong
        return None
    # One row of as many numbers as there are y is a column that lies.
    is_row = x.ndim == 2 and len(x) == 1 and x.shape[1] == _length(given.y)
    if x.ndim != 2 or x.shape[1] < 2 or is_row:
        return None
    return Columns(tuple(f"x{i}" for i in range(x.shape[1])), list(x.T))


def _is_a_table(x: Any) -> bool:
    """Whether it has rows and columns, and is not Dask's; nothing is copied to find out."""
    if library(x) == "dask":
        return False
    if hasattr(x, "ndim"):
        return bool(x.ndim == 2)
    first = x[0] if isinstance(x, list | tuple) and x else None
    return isinstance(first, list | tuple) or bool(getattr(first, "shape", ()))


def ones_in(columns: Columns) -> int | None:
    """The place of the column of ones, of several the last one; None: there is none."""
    are_ones = [i for i, values in enumerate(columns.values) if _is_ones(values)]
    return are_ones[-1] if are_ones else None


def features_of(columns: Columns, given: Given, *, intercept: bool, standardize: bool) -> Features:
    """The design matrix of several columns, with a last one of ones where an intercept is missing.

    Raises ValueError, naming the argument and the rule, for what is not finite real numbers, as
    many in each column as in y.
    """
    ones = ones_in(columns)
    names = list(columns.names)
    must_tell_apart([name for i, name in enumerate(names) if i != ones])
    x = np.column_stack([_numbers(columns, i, given) for i in range(len(names))])
    try:
        y = column("y", only_column("y", given.y))
        must_be_there("y", int((~np.isfinite(y)).sum()), len(y))
        must_match(len(x), len(y))
        must_pair(given.x, given.y)
    except DataError as wrong:
        raise _without_a_frame(wrong, given) from None
    if ones is None and intercept:
        ones = len(names)
        names.append("intercept")
        x = np.column_stack([x, np.ones(len(x))])
    elif ones is not None:
        names[ones] = "intercept"
    return Features(x, y, names, ones, standardize=standardize)


def must_tell_apart(names: Sequence[str]) -> None:
    """Raise for names that repeat, or that a history has for something else."""
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"x must be different columns; got {name!r} twice")
        if name in ("intercept", *OF_HISTORY) or name.removeprefix("grad_") in {*names} - {name}:
            rule = "columns of other names than those of w.history"
            raise ValueError(f"x must be {rule}; got {name!r}: rename it")


def _numbers(columns: Columns, i: int, given: Given) -> FloatArray:
    """One column, as float64."""
    name, values = columns.names[i], columns.values[i]
    try:
        numbers = column("x", values)
        must_be_there("x", int((~np.isfinite(numbers)).sum()), len(numbers))
    except DataError as wrong:
        wrong.sentence += f", in {name!r}"
        if given.frame is None:
            raise _without_a_frame(wrong, given) from None
        from gd_widget.data.mending import mended  # here: only who makes a mistake needs it

        said = Said.of("x", values, given.frame, given.keys[0][i])
        raise mended(wrong, said, Said.of("y", given.y, given.frame, given.keys[1])) from None
    return numbers.astype(np.float64)


def _without_a_frame(wrong: DataError, given: Given) -> ValueError:
    """The error about a matrix x, or its y, with the code that drops holes, or pairs labels."""
    if wrong.kind == "index" and library(given.x) == library(given.y) == "pandas":
        places = "x, y = x.to_numpy(), y.to_numpy()"
        sentence = str(wrong)
        if given.x.index.is_unique and given.y.index.is_unique:
            labels = "x, y = x.align(y, join='inner', axis=0)"
            sentence = with_code(f"{sentence}: pair equal labels with", [labels])
        return ValueError(with_code(f"{sentence}\nor equal places with", [places]))
    if wrong.kind != "missing" or given.frame is not None:
        return ValueError(str(wrong))
    from gd_widget.data.missing import dropping_rows  # here, for who makes a mistake

    return ValueError(with_code(f"{wrong}: drop them with", dropping_rows(given.x, given.y)))


def _is_ones(values: Any) -> bool:
    try:
        numbers: Array[Any] = np.asarray(values)
        return bool((numbers == 1).all())
    except Exception:  # each library has its own; whoever reads the column says what is wrong
        return False


def _length(values: Any) -> int | None:
    return len(values) if hasattr(values, "__len__") else None
