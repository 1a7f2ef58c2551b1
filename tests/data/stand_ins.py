"""Containers as other libraries have them, so that tests need not install those."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


class Crossed:
    """As astropy's masked arrays: NumPy sees the values under the mask, too."""

    def __init__(self, values: np.ndarray, mask: np.ndarray) -> None:
        self.values, self.mask = values, mask

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return np.array(self.values, dtype)

    def astype(self, dtype: Any) -> Crossed:
        return Crossed(self.values.astype(dtype), self.mask)

    def filled(self, value: float) -> np.ndarray:
        return np.where(self.mask, value, self.values)

    def __getitem__(self, rows: Any) -> Crossed:
        return Crossed(self.values[rows], self.mask[rows])


class Table:
    """As astropy's tables: a name takes a column, anything else rows."""

    __module__ = "astropy.table"  # by which it is known

    def __init__(self, columns: dict[str, Any]) -> None:
        self.columns = columns

    def __getitem__(self, chosen: Any) -> Any:
        if isinstance(chosen, str):
            return self.columns[chosen]
        return Table({name: values[chosen] for name, values in self.columns.items()})


class Gridded:
    """As xarray's Datasets: coordinates are columns as well."""

    def __init__(self, coords: dict[str, np.ndarray], data_vars: dict[str, np.ndarray]) -> None:
        self.data_vars, self.variables = data_vars, {**coords, **data_vars}

    def __getitem__(self, name: str) -> np.ndarray:
        return self.variables[name]


class Relation:
    """As DuckDB's: a plan, which each reading carries out again."""

    __module__ = "duckdb"  # by which it is known

    def __init__(self, held: dict[str, list[float]], read: list[list[str]] | None = None) -> None:
        self.held, self.columns, self.read = held, list(held), [] if read is None else read

    def select(self, *quoted: str) -> Relation:
        names = [one[1:-1].replace('""', '"') for one in quoted]
        return Relation({name: self.held[name] for name in names}, self.read)

    def fetchnumpy(self) -> dict[str, np.ndarray]:
        self.read.append(self.columns)
        return {name: np.array(values) for name, values in self.held.items()}

    def df(self) -> pd.DataFrame:
        return pd.DataFrame(self.held)


class Undense:
    """As the arrays of `sparse`: made dense when asked for, and not before."""

    def __init__(self, values: np.ndarray) -> None:
        self.values, self.shape = values, values.shape

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        raise RuntimeError("Cannot convert a sparse array to dense automatically.")

    def todense(self) -> np.ndarray:
        return self.values


class Elsewhere:
    """As the arrays of CuPy: brought into this process's memory when asked for."""

    def __init__(self, values: np.ndarray) -> None:
        self.values, self.shape = values, values.shape

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        raise TypeError("Implicit conversion to a NumPy array is not allowed.")

    def get(self) -> np.ndarray:
        return self.values


class Shared:
    """What any array has at least."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def __dlpack__(self, **options: Any) -> Any:
        return self.values.__dlpack__(**options)

    def __dlpack_device__(self) -> Any:
        return self.values.__dlpack_device__()
