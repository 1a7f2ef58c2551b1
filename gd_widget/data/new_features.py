"""Features at which a model is asked for its y."""

from __future__ import annotations

from typing import Any

import numpy as np

from gd_widget.core.checks import in_short, problem
from gd_widget.core.model import Model
from gd_widget.core.types import FloatArray
from gd_widget.data.columns import called, column_names, is_tensor, of_tensor


def new_features(x: Any, model: Model) -> FloatArray:
    """The numbers, of shape (…, k) for a model of k features.

    x : of one feature a number, or an array of any shape (…); of several an array of shape (…, k)
        or (…, d), the design matrix, or a frame that has their columns.

    Raises ValueError for what is no real numbers, and for other shapes.
    """
    k, ones = len(model.features), model.intercept
    frame = {called(name): name for name in column_names(x) or ()}
    if k > 1 and frame:
        missing = [name for name in model.features if name not in frame]
        if missing:
            raise problem(
                "x", f"a frame that has the columns {in_short(model.features)}", list(frame)
            )
        x = np.column_stack([x[frame[name]] for name in model.features])
    numbers = _real("x", of_tensor("x", x) if is_tensor(x) else x)
    if k == 1:
        return numbers[..., None]
    width = numbers.shape[-1] if numbers.ndim else 0
    if ones is not None and width == k + 1:
        return np.delete(numbers, ones, axis=-1)
    if width != k:
        raise problem("x", f"of shape (…, {k}), a number for each feature", numbers.shape)
    return numbers


def _real(name: str, values: Any) -> FloatArray:
    try:
        if not np.iscomplexobj(values):
            return np.asarray(values, np.float64)
    except (TypeError, ValueError):  # text, say, or rows of several lengths
        pass
    raise problem(name, "real numbers, in an array of one shape", values)
