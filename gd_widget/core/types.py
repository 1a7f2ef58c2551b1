"""The names of what is passed around everywhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

Params = tuple[float, float]
"""(slope, intercept), or the loss's derivatives by them."""
