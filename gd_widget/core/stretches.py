"""What makes a row: a rule and the settings it heeds.

They change seldom, so they are kept once for each stretch of steps made with the same ones.
js/core/stretches.js is the twin.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gd_widget.core.batches import batches_per_epoch
from gd_widget.core.rules import RULES

Plan = dict[str, Any]
"""What makes a row: `optimizer`, and those settings that this optimizer heeds."""

UNTOLD: Plan = {"optimizer": "", "outside": True}
"""What a page is told where more was done than there is to tell: it cannot compute such steps."""


class Stretch(NamedTuple):
    """Steps made with the same settings.

    step : the first of them.
    plan : the settings.
    epoch : passes over the data completed before it, a fraction in the midst of one.
    batch : which batch it begins with, counted from 0 since the batch size is what it is.
    per_epoch : steps to one pass.
    """

    step: int
    plan: Plan
    epoch: float = 0.0
    batch: int = 0
    per_epoch: int = 1

    def epoch_at(self, step: Any) -> Any:
        """Passes completed at one of its steps, or at each of an array of steps."""
        return self.epoch + (step - self.step + 1) / self.per_epoch

    def batch_at(self, step: int) -> int:
        """Which batch makes one of its steps."""
        return self.batch + step - self.step

    def as_json(self) -> dict[str, Any]:
        """What a page is told."""
        return {"step": self.step, "epoch": self.epoch, "batch": self.batch, **self.plan}


def plan_of(settings: Mapping[str, Any], n: int) -> Plan:
    """What makes the steps to come on n points, from all settings by name."""
    optimizer = settings["optimizer"]
    plan = {name: settings[name] for name in RULES[optimizer].settings}
    if (plan.get("batch_size") or 0) >= n:  # the batches of all points are none
        plan["batch_size"] = None
    return {"optimizer": optimizer, **plan}


def same_rule(one: Plan, other: Plan) -> bool:
    """Whether one rule makes the steps of both, so that it remembers from one to the other."""
    return one["optimizer"] == other["optimizer"] and one.get("outside") == other.get("outside")


def stretch_after(last: Stretch | None, step: int, plan: Plan, n: int) -> Stretch:
    """What makes the row after a step with this plan on n points.

    last : what made the row of that step, None for row 0. Where it had the same plan, it goes on.
    """
    per_epoch = batches_per_epoch(n, plan.get("batch_size"))
    if last is None:
        return Stretch(1, plan, per_epoch=per_epoch)
    if last.plan == plan:
        return last
    goes_on = last.plan.get("batch_size") == plan.get("batch_size")
    batch = last.batch_at(step + 1) if goes_on else 0
    return Stretch(step + 1, plan, last.epoch_at(step), batch, per_epoch)
