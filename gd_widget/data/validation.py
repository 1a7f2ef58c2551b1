"""Some of the points held back: what is fitted does not see them, and is measured on them.

This is the one place where they are taken apart. Whoever trains has the others, as ever; those held
back are their `held`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gd_widget.core.checks import problem
from gd_widget.core.held_back import Validation, held_places
from gd_widget.data.curve import Curve
from gd_widget.data.features import Features
from gd_widget.data.make_line import make_line
from gd_widget.data.points import Points, TrainingData, are_many


def made_points(makes: Mapping[str, Any]) -> Points:
    """Points as make_line makes them, those that `validation` says held back.

    makes : DATA_SETTINGS, checked.
    """
    line = {name: value for name, value in makes.items() if name != "validation"}
    points, validation = make_line(**line), makes.get("validation")
    if validation is None:
        return points
    _must_be_few(points, validation)
    return points.without(held_places(validation, len(points), makes["seed"]))


def hold_back(data: TrainingData, validation: Validation, seed: int) -> TrainingData:
    """The data with some held back: all that is known of columns is known of the others alone.

    Raises ValueError for data that are not in memory, too many to be looked at one by one, or such
    that a side would have none.
    """
    if validation is None:
        return data
    if not isinstance(data, Points | Curve | Features):
        raise problem("validation", "None for points that are not in memory", validation)
    _must_be_few(data, validation)
    return data.without(held_places(validation, len(data), seed))


def _must_be_few(data: TrainingData, validation: Validation) -> None:
    if are_many(data):
        rule = f"None for data of which only a sample is drawn, as of these {len(data)}"
        raise problem("validation", rule, validation)
