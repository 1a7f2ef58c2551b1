"""Where a gradient comes from: PyTorch's autograd, or the bowl's closed form.

Both agree to 1e-12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from gd_widget.arguments import one_of, problem
from gd_widget.batches import Indices
from gd_widget.data import Data, Params
from gd_widget.making import Course, Made


class Gradients(NamedTuple):
    """The loss and its derivatives on some points.

    of_all : from params to (loss, grad_slope, grad_intercept), of all points.
    of_batch : from params and the points' indices to (grad_slope, grad_intercept), of those.
    rows_after : what making.rows_after does, where there is a quicker way than that.
    """

    of_all: Callable[[Params], tuple[float, float, float]]
    of_batch: Callable[[Params, Indices], Params]
    rows_after: Callable[[Made, Course], Iterator[Made]] | None = None


ENGINES = ("auto", "torch", "numpy")


def choose_engine(engine: str, points: Data) -> str:
    """Which engine it is: "auto" is torch where that is installed (nothing is imported yet).

    Raises ValueError for one that is not here, or cannot train on these points.
    """
    one_of("engine", engine, ENGINES)
    installed = find_spec("torch") is not None
    able = [name for name in points.engines if name != "torch" or installed]
    if engine == "auto":
        return able[0]
    if engine not in points.engines:
        raise problem("engine", f"'auto' or {able[0]!r} for points like these", engine)
    if engine == "torch" and not installed:
        raise ValueError(
            "engine must be 'numpy' or 'auto' where PyTorch is not installed; got 'torch' "
            "(pip install 'gd-widget[torch]')"
        )
    return engine


def describe_engine(engine: str) -> str:
    """Who computes, in the words the view shows: "PyTorch 2.13.0"."""
    if engine == "torch":
        import torch

        return f"PyTorch {torch.__version__.split('+')[0]}"
    return f"NumPy {np.__version__}"


def make_gradients(engine: str, points: Data) -> Gradients:
    """The gradients of the mean squared error on these points, as `engine` computes them."""
    if engine == "numpy":
        return closed_form(points)
    if "numpy" in points.engines:
        from gd_widget.autograd import autograd

        return autograd(points)
    from gd_widget.ahead import gradients_there

    return gradients_there(points)


def closed_form(points: Data) -> Gradients:
    """The bowl of all points, and the derivative of a batch's mean squared error, written out."""

    def of_batch(params: Params, seen: Indices) -> Params:
        slope, intercept = params
        x = np.asarray(points.x[seen], np.float64)
        residuals = slope * x + intercept - points.y[seen]
        return 2 * float(residuals @ x) / len(x), 2 * float(residuals.mean())

    return Gradients(points.bowl.gradient, of_batch)
