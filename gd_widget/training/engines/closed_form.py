"""Gradients written out: of all points the bowl's, which needs no pass over them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gd_widget.core.batches import Indices
from gd_widget.core.function_loss import FunctionLoss
from gd_widget.core.losses import MSE, Loss, PointLoss, must_suit, ridged, with_ridge
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params, Vector
from gd_widget.data.function_data import FunctionData
from gd_widget.data.points import TrainingData
from gd_widget.training.engines.gradients import Gradients


def written_out(data: TrainingData, loss: Loss) -> Gradients:
    """The gradients of any loss, without PyTorch."""
    if loss == MSE:
        return closed_form(data)
    if isinstance(data, FunctionData):  # of which there are no batches
        gradient = data.objective.gradient
        return Gradients(gradient, lambda params, _: gradient(params)[1:])
    plain, intercept = closed_form(data).of_batch, data.model.intercept

    def of_batch(params: Vector, seen: Indices) -> Params:
        if loss.kind == "mse":
            return with_ridge((0.0, *plain(params, seen)), params, intercept, loss.ridge)[1:]
        return PointLoss(data.x[seen], data.y[seen], loss, data.bowl).gradient(params)[1:]

    return Gradients(objective_of(data, loss).gradient, of_batch)


def objective_of(data: TrainingData, loss: Loss) -> Quadratic | PointLoss | FunctionLoss:
    """What training goes down: a loss of the model on its data.

    Raises ValueError for y that the loss is not for.
    """
    if isinstance(data, FunctionData):
        return data.objective
    if loss.kind == "mse":
        return ridged(data.bowl, loss.ridge)
    must_suit(loss, data.y)
    return PointLoss(data.x, data.y, loss, data.bowl)


def closed_form(data: TrainingData) -> Gradients:
    """The bowl of all points, and the derivative of a batch's mean squared error, written out."""
    of_all = gradient_of_line(data.bowl) if data.model.is_line else data.bowl.gradient
    if data.x.ndim == 1:
        return Gradients(of_all, _of_batch_of_line(data))

    def of_batch(params: Vector, seen: Indices) -> Params:
        x = data.x[seen]
        residuals = x @ np.array(params) - data.y[seen]
        return tuple((2 / len(x) * (residuals @ x)).tolist())

    return Gradients(of_all, of_batch)


def gradient_of_line(bowl: Quadratic) -> Callable[[Vector], Params]:
    """A line's Quadratic.gradient, ten times as quick: a step is little more than this."""
    (mean_x,), ((var_x,),), (best_slope,) = bowl.mean_x, bowl.cov_x, bowl.best_slopes
    mean_y, floor = bowl.mean_y, bowl.floor

    def gradient(params: Vector) -> Params:
        slope, intercept = params
        off = slope - best_slope
        e = mean_x * slope + intercept - mean_y
        loss = floor + var_x * off * off + e * e
        return loss, 2 * (var_x * off + mean_x * e), 2 * e

    return gradient


def _of_batch_of_line(data: TrainingData) -> Callable[[Vector, Indices], Params]:
    def of_batch(params: Vector, seen: Indices) -> Params:
        slope, intercept = params
        x = np.asarray(data.x[seen], np.float64)
        residuals = slope * x + intercept - data.y[seen]
        return 2 * float(residuals @ x) / len(x), 2 * float(residuals.mean())

    return of_batch
