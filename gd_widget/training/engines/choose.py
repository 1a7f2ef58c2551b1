"""Which engine computes: PyTorch's autograd, or the bowl's closed form. Both agree to 1e-12."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import numpy as np

from gd_widget.core.checks import problem
from gd_widget.core.losses import FUNCTION, MSE, Loss
from gd_widget.core.settings import SETTINGS
from gd_widget.data.function_data import FunctionData
from gd_widget.data.points import TrainingData
from gd_widget.training.engines.closed_form import written_out
from gd_widget.training.engines.gradients import Gradients


def choose_engine(engine: str, points: TrainingData) -> str:
    """Which engine it is: "auto" is torch where that is installed (nothing is imported yet).

    Raises ValueError for one that is not here, or cannot train on these points.
    """
    engine = SETTINGS["engine"].checked(engine)
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
    if engine == "numpy":
        return f"NumPy {np.__version__}"
    try:
        return f"PyTorch {version('torch').split('+')[0]}"
    except PackageNotFoundError:  # built by hand, and on the path as it is
        return "PyTorch"


def is_imported(engine: str) -> bool:
    """Whether an engine is there at once. PyTorch's import takes seconds."""
    return engine == "numpy" or "torch" in sys.modules


def import_engine(engine: str) -> None:
    """Import what an engine needs; raises what that raises."""
    if engine == "torch":
        import gd_widget.training.engines.autograd  # noqa: F401


def make_gradients(engine: str, points: TrainingData, loss: Loss = MSE) -> Gradients:
    """The gradients of a loss on these points, as `engine` computes them."""
    if engine == "numpy":
        return written_out(points, loss)
    if "numpy" in points.engines or isinstance(points, FunctionData):
        from gd_widget.training.engines.autograd import autograd

        return autograd(points, loss)
    from gd_widget.training.engines.on_device import gradients_there

    return gradients_there(points)


def must_be_able(
    points: TrainingData, engine: str, settings: dict[str, Any], loss: Loss = MSE
) -> None:
    """Raise where an engine cannot train on these points with these settings and this loss."""
    optimizer, batch_size = settings["optimizer"], settings["batch_size"]
    if loss.kind == "function" and batch_size is not None:
        raise problem("batch_size", "None for a function, which has no points", batch_size)
    if loss not in (MSE, FUNCTION) and "numpy" not in points.engines:
        name, rule = ("ridge", "0") if loss.kind == "mse" else ("loss", "'mse'")
        where = f"{rule} for points that are not in memory"
        raise problem(name, where, loss.ridge if name == "ridge" else loss.kind)
    if not isinstance(optimizer, str):
        if engine != "torch":
            raise problem("optimizer", f"a rule's name where the engine is {engine}", optimizer)
        if batch_size is not None:
            raise problem("batch_size", "None with an optimizer of PyTorch's", batch_size)
    if batch_size is not None and not points.are_held:
        raise problem("batch_size", "None for points that are not in memory", batch_size)
