"""One column of numbers, out of whatever a user has it in.

Lists, NumPy arrays, PyTorch tensors, Series of pandas and polars, frames of one column, Arrow
arrays, and all else that NumPy takes for an array. None of these libraries is imported here: who
has not one of its objects need not have it. What is float64 or float32 already is not copied.
What is no column of numbers raises DataError, which says why; mending.py says what helps.
"""

from __future__ import annotations

import math
from numbers import Complex, Number, Real
from typing import Any

import numpy as np

from gd_widget.core.checks import problem
from gd_widget.core.types import Array
from gd_widget.data.data_error import DataError, must_be_numbers, not_numbers

Column = Array[np.floating[Any]]


def column(name: str, values: Any) -> Column:
    """The numbers as a floating array of shape (n,), n at least 1; missing ones are NaN.

    name : "x" or "y". For x, the lesson's design matrix of shape (n, 2), of which one column is all
        ones, is a column too. Booleans are 0 and 1.

    Raises ValueError, naming the argument, for anything else.
    """
    values = only_column(name, values)
    array = as_array(name, values)
    must_be_numbers(name, array.dtype.kind)
    array = one_dimensional(name, without_ones(name, array), values)
    if array.dtype.kind in "OUST":
        return _one_by_one(name, array.tolist())
    is_native = array.dtype.kind == "f" and array.dtype.itemsize in (4, 8) and array.dtype.isnative
    numbers: Column = array if is_native else array.astype(np.float64)
    return numbers


def as_array(name: str, values: Any) -> Any:
    """NumPy's array of it, of any kind and shape; what is missing or under a mask is NaN."""
    if is_tensor(values):
        return of_tensor(name, values)
    if is_nullable(values):
        return values.to_numpy(dtype=np.float64, na_value=math.nan)
    try:
        is_foreign = hasattr(values, "__dlpack__") and not hasattr(values, "__array__")
        array = np.from_dlpack(values) if is_foreign else np.asarray(values)
    except Exception:  # each library has its own
        array = _through_a_list(name, values)
    if is_masked(values) and array.dtype.kind in "fiubO":
        array = array.astype(object if array.dtype.kind == "O" else np.float64)
        array[np.broadcast_to(values.mask, array.shape)] = math.nan
    # What JAX calls bfloat16 is numbers, though NumPy has no letter for it.
    is_new = array.dtype.kind == "V" and array.dtype.type is not np.void
    return array.astype(np.float64) if is_new else array


def _through_a_list(name: str, values: Any) -> Any:
    """NumPy's array of what it does not take: integers of 128 bits, tensors with gradients."""
    items = values.to_list() if hasattr(values, "to_list") else values
    try:
        if not isinstance(items, list | tuple):
            raise TypeError(f"{type(values).__name__} is no array")
        return np.asarray([of_tensor(name, item) if is_tensor(item) else item for item in items])
    except (TypeError, ValueError) as error:  # a ragged list, or what holds no numbers
        sentence = str(problem(name, "numbers of shape (n,)", values))
        raise DataError(name, "shape", sentence) from error


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
    if hasattr(values, "data_vars"):  # xarray's, whose coordinates are columns as well
        return list(values.variables)
    is_series = getattr(values, "ndim", 2) == 1  # Dask's have columns, too
    for attribute in () if is_series else ("column_names", "columns"):
        names = getattr(values, attribute, None)
        if names is not None and not callable(names):
            return list(names)
    return None


def called(name: Any) -> str:
    """What a frame's column is called; one that has but a number, as that of an array is."""
    return f"x{name}" if isinstance(name, int) else str(name)


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


def is_masked(values: Any) -> bool:
    """Whether it is an array some of whose numbers are crossed out: NumPy's, or astropy's."""
    return hasattr(values, "mask") and hasattr(values, "filled")


def without_ones(name: str, array: Any) -> Any:
    """Of the lesson's design matrix, which may be given for x, the column that is not all ones."""
    if name != "x" or array.ndim != 2 or array.shape[1] != 2:
        return array
    if bool((array[:, 1] == 1).all()):
        return array[:, 0]
    return array[:, 1] if bool((array[:, 0] == 1).all()) else array


def one_dimensional(name: str, array: Any, given: Any = None) -> Any:
    """An array of shape (n,), from one of shape (n, 1) too; `given` is what it was made of."""
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1 or array.shape[0] == 0:
        # NumPy takes what it does not know, as a generator, for one object.
        is_unknown = array.ndim == 0 and getattr(array.dtype, "kind", "") == "O"
        got = type(given).__name__ if is_unknown else f"shape {tuple(array.shape)}"
        raise DataError(name, "shape", f"{name} must be of shape (n,), n at least 1; got {got}")
    return array


def _one_by_one(name: str, values: list[Any]) -> Column:
    texts = tuple(value for value in values if isinstance(value, str))
    if texts:
        raise not_numbers(name, "text", texts)
    return np.array([_number(name, value) for value in values], np.float64)


def _number(name: str, value: Any) -> float:
    """One of a column of Python's objects; NaN where it is missing."""
    if value is None or type(value).__name__ == "NAType":  # pandas.NA
        return math.nan
    if isinstance(value, bytes):
        raise not_numbers(name, "bytes")
    if hasattr(value, "to_timestamp"):  # pandas.Period
        raise not_numbers(name, "periods")
    if hasattr(value, "isoformat"):
        raise not_numbers(name, "dates" if hasattr(value, "year") else "times of day")
    if hasattr(value, "total_seconds"):
        raise not_numbers(name, "time spans")
    # Of Python's numbers Decimal alone is a Number and not Complex, as each Real is.
    is_decimal = isinstance(value, Number) and not isinstance(value, Complex)
    if not (is_decimal or isinstance(value, Real | np.bool_)):
        raise problem(name, "real numbers", value)
    try:
        return float(value)
    except OverflowError:  # an integer of more than 308 digits
        return math.inf
