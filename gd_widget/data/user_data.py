"""The user's own data, from the arguments they were given in to points."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from gd_widget.core.checks import nearest, problem
from gd_widget.data.columns import (
    ANY_ARRAY,
    FIXES,
    Column,
    column,
    column_names,
    is_tensor,
    listed,
    must_be_there,
    must_match,
    only_column,
)
from gd_widget.data.points import CHUNK, MOST_POINTS, Data, Points


class Given(NamedTuple):
    """A user's data, and what they are called where they have a name."""

    x: Any
    y: Any
    x_name: str = "x"
    y_name: str = "y"


def sort_out(data: tuple[Any, ...], x: Any, y: Any) -> Given | None:
    """What was given: x and y, by position or by name; or one frame, and names of its columns.

    None where nothing was. Raises ValueError or TypeError for anything else.
    """
    if len(data) > 2:
        raise TypeError(f"GDWidget takes x and y, or one frame, by position; got {len(data)}")
    if len(data) == 1 and (names := _names_in(data[0])) is not None and len(names) != 1:
        return _out_of(data[0], names, x, y)
    taken = {"x": x, "y": y}
    for name, values in zip(taken, data, strict=False):
        if taken[name] is not None:
            raise TypeError(f"GDWidget got {name} twice: by position and by name")
        taken[name] = values
    x, y = taken.values()
    if (x is None) != (y is None):
        raise problem("x and y", "given together", "only x" if y is None else "only y")
    return None if x is None else Given(x, y, _name_of("x", x), _name_of("y", y))


def _names_in(frame: Any) -> list[Any] | None:
    if hasattr(frame, "collect_schema") and not hasattr(frame, "to_numpy"):
        raise problem("a lazy frame", "collected first, df.collect()", type(frame).__name__)
    return column_names(frame)


def _out_of(frame: Any, names: list[Any], x: Any, y: Any) -> Given:
    for name, wanted in (("x", x), ("y", y)):
        rule = f"{name} must be the name of a column, one of {listed(names)}"
        if wanted is None:
            raise ValueError(f"{rule}; got none")
        try:
            is_there = wanted in names
        except (TypeError, ValueError):  # an array, perhaps
            is_there = False
        if not is_there:
            near = nearest(wanted, map(str, names)) if isinstance(wanted, str) else ""
            meant = f" ({near})" if near.startswith("did") else ""
            raise ValueError(f"{rule}; got {wanted!r:.80}{meant}")
    return Given(frame[x], frame[y], str(x), str(y))


def _name_of(usual: str, values: Any) -> str:
    """What a Series calls itself, or the only column of a frame."""
    names = column_names(values)
    name = names[0] if names and len(names) == 1 else getattr(values, "name", None)
    return name if isinstance(name, str) and name and not is_dask_array(values) else usual


def is_dask_array(values: Any) -> bool:
    """Whether it is one: their names are keys of a graph, which nobody has chosen."""
    return _library(values) == "dask" and hasattr(values, "chunks")


def points_of(x: Any, y: Any) -> Data:
    """The points of two columns, in whatever the user has them.

    Up to MOST_POINTS are copied, so that what the user does to theirs later changes nothing here;
    of more, those in memory are looked at where they lie.

    Raises ValueError, naming the argument and the rule, for what is not two columns of finite real
    numbers of one length.
    """
    if "dask" in (_library(x), _library(y)):
        from gd_widget.data.dask_points import lazy_points

        seen = lazy_points(only_column("x", x), only_column("y", y))
        return points_of(*seen) if isinstance(seen, tuple) else seen
    if _is_on_gpu(x) and _is_on_gpu(y):
        from gd_widget.data.tensor_points import DevicePoints

        return DevicePoints(x, y)
    columns = column("x", x), column("y", y)
    must_match(*map(len, columns))
    for name, values, given in zip("xy", columns, (x, y), strict=True):
        missing = sum(
            int((~np.isfinite(values[i : i + CHUNK])).sum()) for i in range(0, len(values), CHUNK)
        )
        must_be_there(name, missing, len(values), FIXES.get(_library(given), ANY_ARRAY))
    return Points(*map(_kept, columns))


def _kept(values: Column) -> Column:
    return values if len(values) > MOST_POINTS else values.astype(np.float64)


def _library(values: Any) -> str:
    return type(values).__module__.partition(".")[0]


def _is_on_gpu(values: Any) -> bool:
    return is_tensor(values) and values.device.type == "cuda"
