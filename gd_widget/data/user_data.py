"""The user's own data, in whatever the user has them, and the model that is fitted to them."""

from __future__ import annotations

from typing import Any

import numpy as np

from gd_widget.core.checks import in_short, problem
from gd_widget.core.model import LINE, Model
from gd_widget.data.columns import Column, column, column_names, is_tensor, only_column
from gd_widget.data.curve import fitted
from gd_widget.data.data_error import DataError, must_be_there, must_match, must_pair
from gd_widget.data.given import Given
from gd_widget.data.points import CHUNK, MOST_POINTS, Data, Points, TrainingData
from gd_widget.data.said import Said, library


def data_of(given: Given, *, degree: int, intercept: bool, standardize: bool) -> TrainingData:
    """What is trained on: points, or rows of a design matrix.

    A column of ones among those of x is the intercept's, whatever `intercept` says.

    Raises ValueError, naming the argument and the rule, for data that are not finite real numbers,
    and for a model that they cannot have.
    """
    from gd_widget.data.user_features import columns_in, features_of, ones_in

    lazy = given.lazy_columns
    place = degree if intercept else None
    if lazy is not None:
        ones = _lazy_ones(*lazy)
        if ones is None:
            return lazily(
                *lazy, given.y, degree=degree, intercept=intercept, standardize=standardize
            )
        given, place = _only_lazy(1 - ones, *lazy, given), 0 if ones == 0 else degree
    columns = columns_in(given)
    if columns is not None:
        ones = ones_in(columns)
        names = [name for i, name in enumerate(columns.names) if i != ones]
        if len(names) > 1:
            if degree > 1:
                raise problem("degree", f"1 for several features ({in_short(names)})", degree)
            return features_of(columns, given, intercept=intercept, standardize=standardize)
        if ones is not None:
            given, place = given.only(1 - ones), 0 if ones == 0 else degree
    model = Model(degree=degree, intercept=place)
    points = points_of(given.x, given.y, given.frame, given.keys, model, standardize)
    if not points.are_held or (model.is_line and not standardize):
        return points
    return fitted(_in_memory(points), model, standardize)


def _lazy_ones(x: Any, names: tuple[str, ...]) -> int | None:
    """Which of two columns of Dask's is all ones; None: neither, or there are more columns."""
    if len(names) != 2:
        return None
    first, second = (_lazy_array(x) == 1).all(axis=0).compute().tolist()
    return 1 if second else 0 if first else None


def _only_lazy(i: int, x: Any, names: tuple[str, ...], given: Given) -> Given:
    """The data with one of the columns of Dask's alone."""
    name = given.x_name if column_names(x) is None else names[i]
    only = _lazy_array(x)[:, i]
    return given._replace(x=only, x_name=name, x_names=None, frame=None, keys=(None, None))


def _lazy_array(x: Any) -> Any:
    return x.to_dask_array(lengths=True) if hasattr(x, "to_dask_array") else x


def lazily(
    x: Any, names: tuple[str, ...], y: Any, *, degree: int, intercept: bool, standardize: bool
) -> TrainingData:
    """Several columns of Dask's, which are seen once and never held."""
    if degree > 1:
        raise problem("degree", f"1 for several features ({in_short(names)})", degree)
    from gd_widget.data.dask_features import lazy_features

    return lazy_features(x, y, names, intercept=intercept, standardize=standardize)


def _in_memory(points: Data) -> Points:
    """The points in this process's memory, in which what is no plain line is fitted."""
    if isinstance(points, Points):
        return points
    return Points(*(column(name, values) for name, values in (("x", points.x), ("y", points.y))))


def points_of(
    x: Any,
    y: Any,
    frame: Any = None,
    keys: tuple[Any, Any] = (None, None),
    model: Model = LINE,
    standardize: bool = False,
) -> Data:
    """The points of two columns.

    Up to MOST_POINTS are copied, so that what the user does to theirs later changes nothing here;
    of more, those in memory are looked at where they lie.

    frame, keys : the frame they are columns of, if any, and their names there: for errors.
    model, standardize : what is fitted to them, for those that can be seen only once.

    Raises ValueError, naming the argument and the rule, for what is not two columns of finite real
    numbers of one length; with the code that mends it, where that can be known.
    """
    try:
        return _points(x, y, model, standardize)
    except DataError as wrong:
        from gd_widget.data.mending import mended  # here: only who makes a mistake needs it

        said = Said.of("x", x, frame, keys[0]), Said.of("y", y, frame, keys[1])
        raise mended(wrong, *said) from None


def _points(x: Any, y: Any, model: Model, standardize: bool) -> Data:
    if "dask" in (library(x), library(y)):
        from gd_widget.data.dask_points import lazy_points

        seen = lazy_points(only_column("x", x), only_column("y", y), model, standardize)
        return _points(*seen, model, standardize) if isinstance(seen, tuple) else seen
    if _is_on_gpu(x) and _is_on_gpu(y):
        from gd_widget.data.tensor_points import DevicePoints

        return DevicePoints(x, y)
    x, y = only_column("x", x), only_column("y", y)
    columns = column("x", x), column("y", y)
    must_match(*map(len, columns))
    must_pair(x, y)
    for name, values in zip("xy", columns, strict=True):
        missing = sum(
            int((~np.isfinite(values[i : i + CHUNK])).sum()) for i in range(0, len(values), CHUNK)
        )
        must_be_there(name, missing, len(values))
    return Points(*map(_kept, columns))


def _kept(values: Column) -> Column:
    return values if len(values) > MOST_POINTS else values.astype(np.float64)


def _is_on_gpu(values: Any) -> bool:
    return is_tensor(values) and values.device.type == "cuda"
