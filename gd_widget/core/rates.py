"""Which learning rates converge, and which one to try."""

from __future__ import annotations

import math

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.rules import RULES
from gd_widget.core.stretches import Plan


def critical_lr(plan: Plan, bowl: Quadratic) -> float:
    """The rate above which training diverges on this bowl; infinity where none is known."""
    rule = RULES.get(plan["optimizer"])
    if rule is None or rule.critical is None or "outside" in plan:
        return math.inf
    return bowl.critical_lr * rule.critical(plan)


def suggested_lr(plan: Plan, bowl: Quadratic) -> float:
    """A good rate for these data, cut to one digit so that it can be read and typed.

    The fastest one for gradient descent; with momentum 1/λmax, half of its critical rate.
    """
    good = bowl.fastest_lr if plan["optimizer"] == "gd" else bowl.critical_lr / 2
    return one_digit(good)


def one_digit(rate: float) -> float:
    """A rate cut to one digit, so that it can be read and typed.

    What is 0.5 but for rounding, as for points that were standardized, is 0.5.

    >>> one_digit(0.0749), one_digit(0.49999999999999994)
    (0.07, 0.5)
    """
    digits, _, power = f"{rate:.12e}".partition("e")
    return float(f"{digits[0]}e{power}") if power else rate  # what is infinite has no digits
