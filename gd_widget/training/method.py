"""How the steps to come are made: by a rule and its settings, or by code that is not ours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from gd_widget.core.losses import Loss
from gd_widget.core.stretches import Plan, plan_of
from gd_widget.data.points import TrainingData
from gd_widget.training.outside import Outside

if TYPE_CHECKING:
    from gd_widget.training.readers_code import ReadersCode
    from gd_widget.training.start import Start


class Method(NamedTuple):
    """How the steps to come are made.

    settings : all of them, by name; `plan` says which count.
    outside : the code that makes them, where that is not ours.
    plan : what makes them: `optimizer`, and the settings that it heeds.
    """

    settings: dict[str, Any]
    outside: Outside | None
    plan: Plan


class Choice(NamedTuple):
    """Settings that are to be taken, who is to train with them, and whether lr is among the new."""

    settings: dict[str, Any]
    outside: Outside | None
    says_lr: bool


def method_of(settings: dict[str, Any], outside: Outside | None, n: int) -> Method:
    """What these settings come to on n points. The rate is that of the code that has its own."""
    if outside is None:
        return Method(settings, None, plan_of(settings, n))
    plan: Plan = {"optimizer": outside.name, "outside": True}
    if math.isnan(outside.lr):
        return Method(settings, outside, plan)
    return Method({**settings, "lr": outside.lr}, outside, {**plan, "lr": outside.lr})


def choice_of(
    changes: dict[str, Any], before: Method, readers_code: ReadersCode | None, start: Start
) -> Choice:
    """What it comes to when some settings change. Raises ValueError for what cannot be changed."""
    settings = {**before.settings, **changes}
    outside = before.outside
    if readers_code is not None:
        for name in changes.keys() - set(readers_code.settings):
            if settings[name] != before.settings[name]:
                raise ValueError(
                    f"{name} is set in {readers_code.name}, whose code makes the steps; "
                    f"got {settings[name]!r}"
                )
    elif settings["optimizer"] != before.settings["optimizer"]:
        outside = outside_for(settings, start.data, start.loss)
    return Choice(settings, outside, "lr" in changes)


def outside_for(settings: dict[str, Any], data: TrainingData, loss: Loss) -> Outside | None:
    """PyTorch's own optimizer, where the settings have one, and not a rule's name."""
    optimizer = settings["optimizer"]
    if isinstance(optimizer, str):
        return None
    from gd_widget.training.torch_optimizer import TorchOptimizer

    return TorchOptimizer(optimizer, lr=settings["lr"], d=len(data.names), loss=loss)
