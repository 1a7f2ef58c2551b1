"""Containers as other libraries have them, so that tests need not install those."""

from __future__ import annotations

from typing import Any

import numpy as np


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
