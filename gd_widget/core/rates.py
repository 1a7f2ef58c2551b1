"""Which learning rates converge, and which one to try."""

from __future__ import annotations

import math

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.table import Plan


def critical_lr(plan: Plan, bowl: Quadratic) -> float:
    """The rate above which a rule diverges on this bowl; infinity where there is none.

    For the rules with momentum β, 2(1 + β)/λmax and, looking ahead, 2(1 + β)/((1 + 2β) λmax):
    there the error's recursion, a matrix of 2 by 2, gets an eigenvalue of -1.
    """
    beta: float = plan.get("momentum", 0.0)
    factors = {"gd": 1.0, "momentum": 1 + beta, "nesterov": (1 + beta) / (1 + 2 * beta)}
    return bowl.critical_lr * factors.get(plan["optimizer"], math.inf)


def suggested_lr(plan: Plan, bowl: Quadratic) -> float:
    """A good rate for these data, cut to one digit so that it can be read and typed.

    The fastest one for gradient descent; with momentum 1/λmax, half of its critical rate.
    """
    good = bowl.fastest_lr if plan["optimizer"] == "gd" else bowl.critical_lr / 2
    return one_digit(good)


def one_digit(rate: float) -> float:
    """A rate cut to one digit, so that it can be read and typed.

    >>> one_digit(0.0749)
    0.07
    """
    digits, _, power = f"{rate:.15e}".partition("e")
    return float(f"{digits[0]}e{power}") if power else rate  # what is infinite has no digits
