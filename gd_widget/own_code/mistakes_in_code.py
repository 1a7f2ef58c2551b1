"""Mistakes 1 to 4 are slips of code: what happens to the tensors is not what was meant.

Each function says what is wrong, with the evidence, or None where that is not proved.
"""

from __future__ import annotations

import math

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.own_code.comparison import Case


def replaced(case: Case) -> Diagnosis | None:
    """1. The name now stands for another tensor, and the one that is watched stays as it is."""
    e = case.records[-1]
    if not e.replaced or not e.stays:
        return None
    return case.diagnosis("replaced", name=e.replaced, inside=e.replaced_inside, params=e.after)


def not_a_number(case: Case) -> Diagnosis | None:
    """2. Something became NaN while the numbers were still of ordinary size."""
    e = case.records[-1]
    exact, loss = case.exact(e.before), case.loss(e.before)
    ordinary = case.loss(case.records[0].before) + case.bowl.root_mean_squares[1] ** 2
    if not loss <= 1e6 * ordinary:
        return None
    if e.grad is not None and not all(map(math.isfinite, e.grad)):
        seen = {"what": "gradient", "found": e.grad, "exact": exact}
    elif e.loss is not None and math.isnan(e.loss):
        seen = {"what": "loss", "found": (e.loss,), "exact": (loss,)}
    elif not all(map(math.isfinite, e.after)):
        seen = {"what": "params", "found": e.after, "exact": exact}
    else:
        return None
    return case.diagnosis("not_a_number", step=e.step, params=e.before, **seen)


def never_moves(case: Case) -> Diagnosis | None:
    """3. The parameters are what they were, though there is something to gain."""
    records, names = case.records, case.names
    last = records[-1]
    still = len(records) >= 3 and all(e.stays for e in records)
    if not still or not case.is_large(case.exact(last.before)):
        return None
    piled_up = None
    if names.other_optimizer:
        cause = "other_parameters"
    elif not names.are_tensors:
        cause = "array"
    elif not any(e.n_backward for e in records):
        cause = "no_gradient"
    else:
        cause = "no_step"
        piled_up = last.left if all(e.adds_to_leftover for e in records[1:]) else None
    times = last.step - records[0].step + 1
    return case.diagnosis("never_moves", times=times, cause=cause, piled_up=piled_up)


def piles_up(case: Case) -> Diagnosis | None:
    """4. backward() adds to a gradient that the step before has used already."""
    for last, e in zip(case.records, case.records[1:], strict=False):
        comes_next = e.step == last.step + 1
        # Left as it was, not scaled or collected on purpose.
        is_as_it_was = e.adds_to_leftover and e.leftover == last.left == last.total
        if comes_next and is_as_it_was and not last.stays and not e.stays:
            return case.diagnosis("piles_up", step=e.step, leftover=e.leftover, grad=e.grad)
    return None
