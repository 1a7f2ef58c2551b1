"""The names of what is passed around everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np

Scalar = TypeVar("Scalar", bound=np.generic)

Array = np.ndarray[tuple[Any, ...], np.dtype[Scalar]]
"""What numpy.typing calls NDArray; its import takes more than half a millisecond."""

FloatArray = Array[np.float64]

Vector = Sequence[float]
"""Any numbers in order: d of them, or what a rule remembers."""

Params = tuple[float, ...]
"""The d parameters in the order of the design matrix's columns, or the loss's derivatives by them.

A line's are (slope, intercept).
"""
