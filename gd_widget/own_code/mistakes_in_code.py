"""Mistakes 1 to 4 and one more are slips of code: tensors get what was not meant for them.

Each function says what is wrong, with the evidence, or None where that is not proved.
"""

from __future__ import annotations

import math

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.evidence import Evidence
from gd_widget.own_code.predictions import EXACT


def replaced(case: Case) -> Diagnosis | None:
    """1. The name now stands for another tensor, and the one that is watched stays as it is."""
    e = case.records[-1]
    if not e.replaced or not e.stays:
        return None
    return case.diagnosis(
        "replaced",
        name=e.replaced,
        inside=e.replaced_inside,
        params=e.after,
        has_grad=_fills_grad(case),
    )


def _fills_grad(case: Case) -> bool:
    """Whether `.grad` holds the gradients, as after backward(): torch.autograd.grad() leaves it."""
    return any(e.total is not None for e in case.records)


def not_a_number(case: Case) -> Diagnosis | None:
    """2. Something became NaN while the numbers were still of ordinary size.

    A loss that does no harm to the parameters may be NaN on purpose, where it is not measured.
    """
    e = case.records[-1]
    exact, loss = case.exact(e.before), case.loss(e.before)
    ordinary = case.loss(case.records[0].before) + case.bowl.root_mean_squares[1] ** 2
    if not loss <= 1e6 * ordinary:
        return None
    if e.grad is not None and not all(map(math.isfinite, e.grad)):
        seen = {"what": "gradient", "found": e.grad, "exact": exact}
    elif all(map(math.isfinite, e.after)):
        return None
    elif e.loss is not None and math.isnan(e.loss):
        seen = {"what": "loss", "found": (e.loss,), "exact": (loss,)}
    else:
        seen = {"what": "params", "found": e.after, "exact": exact}
    return case.diagnosis("not_a_number", step=e.step, params=e.before, **seen)


def never_moves(case: Case) -> Diagnosis | None:
    """3. The parameters are what they were, though there is something to gain."""
    records = case.records
    last = records[-1]
    still = len(records) >= 3 and all(e.stays for e in records)
    if not still or not case.is_large(case.exact(last.before)):
        return None
    if _is_collecting(case):
        return None
    cause, piled_up = _why_it_stays(case), None
    if cause == "no_step" and all(e.adds_to_leftover for e in records[1:]):
        piled_up = last.left
    times = last.step - records[0].step + 1
    return case.diagnosis("never_moves", times=times, cause=cause, piled_up=piled_up, lr=last.lr)


def _is_collecting(case: Case) -> bool:
    """Whether the gradients of several calls may be added up on purpose, for a step to come."""
    e = case.records[-1]
    is_idle = not (e.touched or e.n_optimizer or case.names.other_optimizer)
    return bool(e.writes and e.adds_to_leftover and is_idle)


def _why_it_stays(case: Case) -> str:
    """The cause that explains every record.

    "adds_nothing" where a step is made for certain, and "unknown" where not even that is.
    """
    records, names = case.records, case.names
    last = records[-1]
    makes_steps = all(e.n_optimizer or e.touched for e in records)
    if names.other_optimizer:
        return "other_parameters"
    if not names.are_tensors:
        return "rate_is_0" if last.lr == 0 else "unknown" if last.writes else "array"
    if not any(e.n_backward for e in records):
        if not last.calls_backward and all(e.touched for e in records):
            return "adds_nothing"
        return "not_connected" if last.calls_backward else "no_gradient"
    if not any(part for e in records for part in e.grad or ()):
        return "flat"
    if last.lr == 0 and all(e.lr == 0 for e in records):
        return "rate_is_0"
    if makes_steps:
        return "emptied_before" if all(map(_is_emptied_before, records)) else "adds_nothing"
    if last.writes and not names.optimizer:
        return "unknown"
    return "no_step" if names.optimizer or _fills_grad(case) else "no_step_by_grad"


def _is_emptied_before(e: Evidence) -> bool:
    """Whether a gradient arrived, and there was none any more when the step was made.

    Of steps by hand only the end of update() shows that, if a step at the rate that is named would
    have moved something; a factor of 0 would leave the same there.
    """
    arrived = any(e.total or ())
    if e.n_optimizer:
        return arrived and not any(e.used or ())
    would_move = e.lr is not None and any(
        abs(e.lr * part) > e.eps * abs(before)
        for part, before in zip(e.total or (), e.before, strict=False)
    )
    return arrived and would_move and not any(e.left or ()) and 0.0 not in (e.numbers or (0.0,))


def piles_up(case: Case) -> Diagnosis | None:
    """4. backward() adds to a gradient that the step before has used already, or to part of one."""
    for last, e in zip(case.records, case.records[1:], strict=False):
        comes_next = e.step == last.step + 1
        if comes_next and _is_as_it_was(last, e) and not last.stays and not e.stays:
            return case.diagnosis("piles_up", step=e.step, leftover=e.leftover, grad=e.grad)
    return None


def _is_as_it_was(last: Evidence, e: Evidence) -> bool:
    """Whether something was left of a gradient, neither scaled nor collected on purpose."""
    if e.leftover is None or last.left is None or last.total is None or e.leftover != last.left:
        return False
    kept = [pair for pair in zip(e.leftover, last.total, strict=True) if pair[0]]
    return bool(kept) and all(left == total for left, total in kept)


def steps_again(case: Case) -> Diagnosis | None:
    """Several steps are made of one gradient: by the optimizer, or by lines that stand twice."""
    is_of_one = all(e.n_backward == 1 for e in case.records)
    if len(case.records) < 3 or not is_of_one:
        return None
    times = {e.n_optimizer for e in case.records}
    if times == {0} and all(map(_is_made_of_each_write, case.records)):
        times = {max(e.n_writes) for e in case.records}
    if len(times) > 1 or times <= {0, 1}:
        return None
    return case.diagnosis("steps_again", times=times.pop())


def _is_made_of_each_write(e: Evidence) -> bool:
    """Whether each change in place was a step at the rate that is named, by the same gradient."""
    if e.grad is None or not e.lr or e.adds_to_leftover or max(e.n_writes, default=0) < 2:
        return False
    expected = [-e.lr * n * part for n, part in zip(e.n_writes, e.grad, strict=True)]
    rounding = [3 * e.eps * (1 + n) * abs(one) for n, one in zip(e.n_writes, e.before, strict=True)]
    return all(
        abs(moved - one) <= EXACT * abs(one) + least
        for moved, one, least in zip(e.move, expected, rounding, strict=True)
    )
