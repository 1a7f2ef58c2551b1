"""Where a gradient comes from: PyTorch's autograd, or the bowl's closed form.

Both agree to 1e-12.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from gd_widget.arguments import one_of, problem
from gd_widget.batches import Indices
from gd_widget.data import Data, Params
from gd_widget.quadratic import Quadratic


class Gradients(NamedTuple):
    """The loss and its derivatives on some points.

    of_all : from params to (loss, grad_slope, grad_intercept), of all points.
    of_batch : from params and the points' indices to (grad_slope, grad_intercept), of those.
    """

    of_all: Callable[[Params], tuple[float, float, float]]
    of_batch: Callable[[Params, Indices], Params]


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


def make_gradients(engine: str, points: Data, bowl: Quadratic) -> Gradients:
    """The gradients of the mean squared error on these points, as `engine` computes them."""
    return autograd(points) if engine == "torch" else closed_form(points, bowl)


def closed_form(points: Data, bowl: Quadratic) -> Gradients:
    """The bowl of all points, and the derivative of a batch's mean squared error, written out."""

    def of_batch(params: Params, seen: Indices) -> Params:
        slope, intercept = params
        x = points.x[seen]
        residuals = slope * x + intercept - points.y[seen]
        return 2 * float(residuals @ x) / len(x), 2 * float(residuals.mean())

    return Gradients(bowl.gradient, of_batch)


def autograd(points: Data) -> Gradients:
    """The lesson's own computation: `loss.backward()` on an `nn.Parameter`, in float64.

    The parameter and its gradient share their memory with two NumPy arrays. Reading and
    writing two numbers there costs a tenth of what it costs through tensor operations, which
    at n = 100 would be most of the step.
    """
    import torch
    from torch.nn.functional import mse_loss

    def backward(params: Params, x: torch.Tensor, y: torch.Tensor) -> float:
        values[:] = params
        slopes.fill(0)  # a.grad.zero_()
        y_guess = x @ a
        loss = mse_loss(y_guess, y)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.item()

    def whatever_the_cell_says(params: Params, x: torch.Tensor, y: torch.Tensor) -> float:
        """The same inside the user's `with torch.no_grad()` or `torch.inference_mode()`."""
        if torch.is_grad_enabled() and not torch.is_inference_mode_enabled():
            return backward(params, x, y)
        with torch.inference_mode(False), torch.enable_grad():
            return backward(params, x, y)

    def of_all(params: Params) -> tuple[float, float, float]:
        loss = whatever_the_cell_says(params, x, y)
        grad_slope, grad_intercept = slopes.tolist()
        return loss, grad_slope, grad_intercept

    def of_batch(params: Params, seen: Indices) -> Params:
        chosen = torch.tensor(seen, device="cpu")
        whatever_the_cell_says(params, x[chosen], y[chosen])
        grad_slope, grad_intercept = slopes.tolist()
        return grad_slope, grad_intercept

    with torch.inference_mode(False):
        # Two contiguous columns: matrix products read them twice as fast as interleaved rows.
        columns = torch.ones(2, len(points), dtype=torch.float64, device="cpu")
        columns[0] = torch.tensor(points.x, device="cpu")
        x, y = columns.T, torch.tensor(points.y, device="cpu")
        values, slopes = np.zeros(2), np.zeros(2)
        a = torch.nn.Parameter(torch.from_numpy(values))
        a.grad = torch.from_numpy(slopes)
    return Gradients(of_all, of_batch)
