"""The names of what is passed around everywhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

Vector = Sequence[float]
"""Any numbers in order: d of them, or what a rule remembers."""

Params = tuple[float, ...]
"""The d parameters in the order of the design matrix's columns, or the loss's derivatives by them.

A line's are (slope, intercept).
"""
