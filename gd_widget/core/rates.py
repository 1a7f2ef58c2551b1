"""Which learning rates converge, and which one to try."""

from __future__ import annotations

import math

from gd_widget.core.objective import Objective
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.rules import RULES
from gd_widget.core.stretches import Plan


def critical_lr(plan: Plan, objective: Objective) -> float:
    """The rate above which training diverges; infinity where none is known, as on no bowl.

    Nor is one of batches: where one steep point is among many flat ones, the steps of the others
    may make good what its step has done, and training converges above the rate of all points.
    """
    rule, bowl = RULES.get(plan["optimizer"]), objective.bowl
    if rule is None or rule.critical is None or "outside" in plan or bowl is None:
        return math.inf
    if plan.get("batch_size"):
        return math.inf
    return bowl.critical_lr * rule.critical(plan)


def goes_down(plan: Plan, objective: Objective) -> bool:
    """Whether it is known that no step makes the loss larger.

    So it is of gradient descent below the critical rate; and, on a bowl, of line searches.
    """
    rule = RULES.get(plan["optimizer"])
    if rule is None or plan.get("batch_size") is not None or "outside" in plan:
        return False
    is_slow = plan["optimizer"] == "gd" and plan["lr"] < objective.critical_lr
    return is_slow or (rule.decides and objective.bowl is not None)


def most_below_critical(plan: Plan, before: float, after: float) -> float:
    """What the loss never exceeds along directions in which a rule's errors do not grow.

    before, after : the loss at a step, and after one step more with the same plan.

    Of gradient descent it only falls there. With a momentum β an error goes on as
    e″ = (r + s) e′ - r s e, where |r|, |s| ≤ 1 and |r s| ≤ β. So after any number of steps it is at
    most (|e′| + β |e|) / (1 - β), and its square, by Cauchy and Schwarz, at most
    (1 + β) (e′² + β e²) / (1 - β)².
    """
    keeps = abs(plan.get("momentum", 0.0))
    if keeps == 0:
        return before
    if keeps >= 1:  # as an optimizer that is not ours may have it
        return math.inf
    most: float = (1 + keeps) / (1 - keeps) ** 2 * (after + keeps * before)
    return most


def suggested_lr(plan: Plan, bowl: Quadratic) -> float:
    """A good rate for these data, cut to one digit so that it can be read and typed.

    The fastest one for gradient descent, though not so near the critical rate that rounding would
    make it that; with momentum 1/λmax, half of its critical rate.
    """
    if plan["optimizer"] == "gd":
        return one_digit(min(bowl.fastest_lr, 0.999 * bowl.critical_lr))
    return one_digit(bowl.critical_lr / 2)


def one_digit(rate: float) -> float:
    """A rate cut to one digit, so that it can be read and typed.

    What is 0.5 but for rounding, as for points that were standardized, is 0.5. What is far
    from zero and hardly spread loses digits in that, which is why a few are enough.

    >>> one_digit(0.0749), one_digit(0.49999999999999994)
    (0.07, 0.5)
    """
    digits, _, power = f"{rate:.6e}".partition("e")
    return float(f"{digits[0]}e{power}") if power else rate  # what is infinite has no digits
