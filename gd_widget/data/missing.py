"""Code that drops the rows in which x or y is missing or infinite, and no other row.

It is written in the idiom of the library that holds them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gd_widget.data.columns import column, is_masked, is_tensor
from gd_widget.data.data_error import have_one_index
from gd_widget.data.said import Said, library


def dropping(x: Said, y: Said) -> list[str]:
    """The lines that drop such rows from x and y, or from the frame that both are columns of."""
    if x.frame is not None:
        return _of_frame(x, y)
    if "dask" in (x.library, y.library):
        return _of_dask(x, y)
    if _are_tensors_together(x, y):
        lines = [one.put(f"{one.code}[:, 0]") for one in (x, y) if one.values.ndim == 2]
        keep = "x.isfinite() & y.isfinite()"
    else:
        alone = not have_one_index(x.values, y.values)
        floats = [_floats(one, alone) for one in (x, y)]
        lines = [
            one.put(code) for one, code in zip((x, y), floats, strict=True) if code != one.name
        ]
        keep = "np.isfinite(x) & np.isfinite(y)"
    return [*lines, f"keep = {keep}", "x, y = x[keep], y[keep]"]


def dropping_missing(x: Said, y: Said) -> list[str]:
    """The line that drops what a frame's library calls missing, where it has a word for it."""
    keys = list(dict.fromkeys([x.key, y.key]))
    match library(x.frame):
        case "pandas" | "duckdb" | "dask":
            return [f"df = df.dropna(subset={keys!r})"]
        case "polars":
            return [f"df = df.drop_nulls({keys!r})"]
    return []


def _of_frame(x: Said, y: Said) -> list[str]:
    match library(x.frame):
        case "pandas" | "duckdb":
            return _in_two_words(x, y, "df[np.isfinite({}.astype(float))]")
        case "polars":
            return _in_two_words(x, y, "df.filter({}.is_finite())")
        case "dask":
            return [
                f"df = df[{' & '.join(f'np.isfinite({one.code}.astype(float))' for one in (x, y))}]"
            ]
    keep = " & ".join(f"np.isfinite({_floats(one)})" for one in (x, y))
    match library(x.frame):
        case "numpy" | "astropy":
            return [f"df = df[{keep}]"]
        case "pyarrow":
            return [f"df = df.filter({keep})"]
        case "xarray":
            return [f"df = df.isel({{{x.values.dims[0]!r}: {keep}}})"]
    both = ", ".join(f"{one.key!r}: {_floats(one)}" for one in (x, y))
    has_lists = any(isinstance(values, list | tuple) for values in x.frame.values())
    kept = "np.array(values)[keep]" if has_lists else "values[keep]"
    return [
        f"df = {{**df, {both}}}",
        f"keep = np.isfinite(df[{x.key!r}]) & np.isfinite(df[{y.key!r}])",
        f"df = {{name: {kept} for name, values in df.items()}}",
    ]


def dropping_rows(x: Any, y: Any) -> list[str]:
    """The lines that drop rows of a matrix x, and of y, of shape (n,), with a hole in either."""
    floats = "np.array(x, float)"
    if is_tensor(x):
        floats = "x.detach().cpu().double().numpy()"
    elif library(x) in ("pandas", "polars"):
        floats = "x.to_numpy(float, na_value=np.nan)" if library(x) == "pandas" else "x.to_numpy()"
    return [
        f"x = {floats}",
        f"y = {_floats(Said.of('y', y), alone=True)}",
        "keep = np.isfinite(x).all(axis=1) & np.isfinite(y)",
        "x, y = x[keep], y[keep]",
    ]


def _in_two_words(x: Said, y: Said, finite: str) -> list[str]:
    """Where missing is one thing, and infinite, or NaN for some types, another."""
    missing, infinite = zip(*(_holes(one.values) for one in (x, y)), strict=True)
    lines = dropping_missing(x, y) if any(missing) else []
    keys = {one.key: one.code for one, is_so in zip((x, y), infinite, strict=True) if is_so}
    return [*lines, *(f"df = {finite.format(code)}" for code in keys.values())]


def _holes(values: Any) -> tuple[bool, bool]:
    """Whether some are missing, as the library has it; whether others are no finite numbers."""
    numbers = column("x", values)
    count = getattr(values, "isna", getattr(values, "is_null", lambda: np.isnan(numbers)))
    missing = np.asarray(count())
    return bool(missing.any()), bool((~np.isfinite(numbers) & ~missing).any())


def _of_dask(x: Said, y: Said) -> list[str]:
    if all(hasattr(one.values, "to_dask_array") for one in (x, y)):
        lines = [one.put(one.code) for one in (x, y) if one.code != one.name]
        keep = "np.isfinite(x.astype(float)) & np.isfinite(y.astype(float))"
    else:
        lines = [line for one, other in ((x, y), (y, x)) for line in _as_dask_array(one, other)]
        keep = "da.isfinite(x) & da.isfinite(y)"
    return [*lines, f"keep = {keep}", "x, y = x[keep], y[keep]"]


def _as_dask_array(one: Said, other: Said) -> list[str]:
    if hasattr(one.values, "to_dask_array"):
        return [one.put(f"{one.code}.to_dask_array(lengths=True)")]
    if one.library == "dask":
        return [one.put(f"{one.code}[:, 0]")] if one.values.ndim == 2 else []
    return [one.put(f"da.from_array({_floats(one, alone=True)}, chunks={other.name}.chunks[0])")]


def _are_tensors_together(x: Said, y: Said) -> bool:
    """Whether PyTorch can look at both at once."""
    columns = x.values, y.values
    if not all(map(is_tensor, columns)):
        return False
    return x.values.device == y.values.device and all(map(_is_dense, columns))


def _is_dense(tensor: Any) -> bool:
    return str(tensor.layout) == "torch.strided"


def _floats(one: Said, alone: bool = False) -> str:
    """What makes NumPy's floats of a column, NaN where something is missing.

    alone : whether a Series must leave its labels behind, for the other's are not the same.
    """
    values, code = one.values, one.code
    if is_tensor(values):
        dense = "" if _is_dense(values) else ".to_dense()"
        floats = f"{code}.detach().cpu(){dense}.double().numpy()"
    elif is_masked(values):
        floats = f"np.ma.filled({code}.astype(float), np.nan)"
    elif one.library == "pandas":
        is_plain = isinstance(values.dtype, np.dtype) and values.dtype.kind in "fiub"
        floats = code if is_plain and not alone else f"{code}.to_numpy(float, na_value=np.nan)"
    elif one.library == "polars":
        floats = f"{code}.cast(float).to_numpy()"
    elif one.library == "numpy" and values.dtype.kind in "fiub":
        floats = code
    elif isinstance(values, list | tuple) and any(map(is_tensor, values)):
        floats = f"np.array([value.item() for value in {code}])"
    elif one.library in ("numpy", "") and any(type(value).__name__ == "NAType" for value in values):
        floats = f"pd.array({code}, 'Float64').to_numpy(float, na_value=np.nan)"
    else:
        floats = f"np.array({code}, float)"
    return f"{floats}[:, 0]" if _is_matrix(values) else floats


def _is_matrix(values: Any) -> bool:
    first = values[0] if isinstance(values, list | tuple) else None
    return getattr(values, "ndim", 2 if isinstance(first, list | tuple) else 1) == 2
