"""One column of numbers, out of whatever a user has it in.

Lists, NumPy arrays, PyTorch tensors, Series of pandas and polars, frames of one column, Arrow
arrays, and all else that NumPy takes for an array. None of these libraries is imported here: who
has not one of its objects need not have it. What is float64 or float32 already is not copied.
"""

from __future__ import annotations

import math
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt

from gd_widget.core.checks import problem

Column = npt.NDArray[np.floating[Any]]

NO_NUMBERS = {
    "M": "dates (turn them into numbers, as (t - t.min()) / np.timedelta64(1, 'D'))",
    "m": "time spans (turn them into numbers, as t / np.timedelta64(1, 's'))",
    "c": "complex numbers (.real and .imag are real)",
    "U": "text (np.asarray(values, float) reads numbers from it)",
    "S": "bytes (np.asarray(values, float) reads numbers from it)",
    "T": "text (np.asarray(values, float) reads numbers from it)",
    "V": "records (take one of their fields)",
}
"""What is not real numbers, by NumPy's letter for the kind, and what to do about it."""


ANY_ARRAY = "keep = np.isfinite(x) & np.isfinite(y)"
FIXES = {
    "pandas": "df = df.dropna()",
    "polars": "df = df.drop_nulls().drop_nans()",
    "pyarrow": "table = table.drop_null()",
    "torch": "keep = x.isfinite() & y.isfinite()",
    "dask": "ddf = ddf.dropna(), or keep = da.isfinite(x) & da.isfinite(y)",
}
"""What drops missing values, by the library that holds them."""


def column(name: str, values: Any) -> Column:
    """The numbers as a floating array of shape (n,), n at least 1; missing ones are NaN.

    name : "x" or "y". For x, the lesson's design matrix of shape (n, 2), whose second column is all
        ones, is a column too. Booleans are 0 and 1.

    Raises ValueError, naming the argument and saying what to do, for anything else.
    """
    values = only_column(name, values)
    if is_tensor(values):
        values = of_tensor(name, values)
    elif is_nullable(values):
        values = values.to_numpy(dtype=np.float64, na_value=math.nan)
    elif isinstance(values, np.ma.MaskedArray):
        must_be_numbers(name, values.dtype.kind)
        values = np.ma.filled(values.astype(np.float64), math.nan)
    try:
        array = np.asarray(values)
    except ValueError:  # a ragged list
        raise problem(name, "numbers of shape (n,)", values) from None
    must_be_numbers(name, array.dtype.kind)
    array = one_dimensional(name, without_ones(name, array))
    if array.dtype.kind == "O":
        return np.array([_number(name, one) for one in array.tolist()], np.float64)
    is_native = array.dtype.kind == "f" and array.dtype.itemsize in (4, 8) and array.dtype.isnative
    numbers: Column = array if is_native else array.astype(np.float64)
    return numbers


def only_column(name: str, values: Any) -> Any:
    """The column of a frame that has but one; what is no frame, as it is."""
    names = column_names(values)
    if names is None:
        return values
    if len(names) != 1:
        raise ValueError(
            f"{name} must be one column; got a frame of {len(names)}: {listed(names)} "
            "(GDWidget(df, x=..., y=...) takes two of them by name)"
        )
    return values[names[0]]


def column_names(values: Any) -> list[Any] | None:
    """The names of a frame's columns; None for what is no frame."""
    if isinstance(values, dict):
        return list(values)
    fields = getattr(getattr(values, "dtype", None), "names", None)
    if fields is not None:  # a structured array, as GDWidget.history is
        return list(fields)
    is_series = getattr(values, "ndim", 2) == 1  # Dask's have columns, too
    for attribute in () if is_series else ("column_names", "columns"):
        names = getattr(values, attribute, None)
        if names is not None and not callable(names):
            return list(names)
    return None


def listed(names: list[Any]) -> str:
    """Some names, for an error: not more than can be read."""
    shown = ", ".join(map(repr, names[:10]))
    return shown if len(names) <= 10 else f"{shown}, and {len(names) - 10} more"


def is_tensor(values: Any) -> bool:
    """Whether it is one of PyTorch's."""
    return hasattr(values, "detach") and hasattr(values, "device")


def of_tensor(name: str, values: Any) -> Any:
    """A tensor's numbers for NumPy: what float64 holds exactly, of whatever type and device."""
    if values.is_complex():
        must_be_numbers(name, "c")
    values = values.detach()
    values = values.to_dense() if values.layout is not _strided() else values
    values = values.cpu().resolve_neg()
    if values.is_floating_point() and values.element_size() < 4:  # NumPy knows no bfloat16
        values = values.double()
    return values.numpy()


def _strided() -> Any:
    import torch

    return torch.strided


def is_nullable(values: Any) -> bool:
    """Whether it is a pandas column whose numbers may be missing: Int64, boolean, Arrow's."""
    dtype = getattr(values, "dtype", None)
    return (
        hasattr(dtype, "na_value")
        and getattr(dtype, "kind", "O") in "iufb"
        and hasattr(values, "to_numpy")
    )


def must_match(n_x: int, n_y: int) -> None:
    """Raise where x and y are not of one length."""
    if n_x != n_y:
        raise ValueError(f"x and y must be of one length; got {n_x} and {n_y} values")


def must_be_there(name: str, missing: int, n: int, fix: str) -> None:
    """Raise where some of n values are missing or infinite, and name what drops them."""
    if missing:
        raise ValueError(
            f"{name} must be finite numbers; got {missing} missing or infinite of {n} "
            f"(drop them with {fix})"
        )


def must_be_numbers(name: str, kind: str) -> None:
    """Refuse what is not real numbers, by NumPy's letter for its kind."""
    if kind in NO_NUMBERS:
        raise ValueError(f"{name} must be real numbers; got {NO_NUMBERS[kind]}")


def without_ones(name: str, array: Any) -> Any:
    """Of the lesson's design matrix, which may be given for x, the column that is not all ones."""
    is_design = name == "x" and array.ndim == 2 and array.shape[1] == 2
    return array[:, 0] if is_design and bool((array[:, 1] == 1).all()) else array


def one_dimensional(name: str, array: Any) -> Any:
    """An array of shape (n,), from one of shape (n, 1) too."""
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1 or array.shape[0] == 0:
        shape = tuple(array.shape)
        raise ValueError(f"{name} must be of shape (n,), n at least 1; got shape {shape}")
    return array


def _number(name: str, value: Any) -> float:
    """One of a column of Python's objects; NaN where it is missing."""
    if value is None or type(value).__name__ == "NAType":  # pandas.NA
        return math.nan
    if hasattr(value, "isoformat"):
        must_be_numbers(name, "M")
    if not isinstance(value, Real | Decimal | np.bool_):
        raise problem(name, "real numbers", value)
    try:
        return float(value)
    except OverflowError:  # an integer of more than 308 digits
        return math.inf
