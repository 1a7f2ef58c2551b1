"""Mistakes 5 to 8 are slips of mathematics: the steps are made, but not down the bowl.

Each function says what is wrong, with the evidence, or None where that is not proved.
"""

from __future__ import annotations

from collections.abc import Iterator

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.rates import one_digit
from gd_widget.own_code.comparison import ALIKE, Case
from gd_widget.own_code.factors import SAME, common, dot
from gd_widget.own_code.predictions import EXACT
from gd_widget.own_code.returned_loss import loss_factor


def climbs(case: Case) -> Diagnosis | None:
    """5. Every step goes up."""
    if len(case.moves) < 2 or not _all_go_up(case):
        return None
    begin, last = case.moves[0], case.moves[-1]
    exact = case.exact(begin.before)
    return case.diagnosis(
        "climbs",
        first_loss=case.loss(begin.before),
        last_loss=case.loss(last.after),
        cause=_why_it_climbs(case),
        params=begin.before,
        exact=exact,
        grad=begin.grad,
    )


def _why_it_climbs(case: Case) -> str:
    """What turns the first step, as far as that was seen."""
    begin = case.moves[0]
    if begin.grad is None or (case.bowl.d == 1 and case.scale is None):
        return "unknown"
    if case.split(begin.grad, case.exact(begin.before))[0] < 0:
        return "minus"
    if not begin.n_optimizer:
        return "wrong_way"
    is_turned = begin.used is not None and case.split(begin.used, begin.grad)[0] < 0
    return "turned" if is_turned else "maximize"


def _all_go_up(case: Case) -> bool:
    """Whether the loss has risen, by steps against the exact gradient or the code's.

    Steps that follow neither, as with a momentum, have to be many, far from the bottom, and made of
    gradients that are known to be exact.
    """
    moves = case.moves
    if case.bowl.d == 1 and not _is_turned_all_along(case):
        return False
    knows_gradients = not case.by_hand and (case.has_own_loss or case.has_batches)
    along_codes = [case.rate_by_code(e) for e in moves] if len(moves) >= 3 else [None]
    is_far = len(moves) >= 5 and not case.is_near_the_bottom(moves[0].before)
    is_exact = not case.by_hand and case.has_own_loss and _leads_away_from_0(case)
    return case.loss(moves[-1].after) > case.loss(moves[0].before) and (
        (case.steps_along and all(rate is not None and rate < 0 for rate in case.rates))
        or (knows_gradients and all(rate is not None and rate < 0 for rate in along_codes))
        or (is_exact and is_far and all(map(case.goes_up, moves)))
    )


def _is_turned_all_along(case: Case) -> bool:
    """Whether steps of one parameter are those of the exact gradient, with another sign.

    Any two numbers are along each other, so the factor has to be the same, while the gradient
    changes. A penalty draws to 0, and up where the bottom is beyond.
    """
    if not case.gradient_changes:
        return False
    is_plain = common(case.rates, least=3) is not None
    if case.by_hand:
        return is_plain
    return case.scale is not None and (is_plain or _leads_away_from_0(case))


def _leads_away_from_0(case: Case) -> bool:
    """Whether not all steps lead towards 0, as those of weight decay may."""
    return any(dot(case.scaled(e.move), case.scaled(e.before)) > 0 for e in case.moves)


def scaled(case: Case) -> Diagnosis | None:
    """7. The gradient is the exact one times a number, and so is the rate."""
    k, lr = _scale_and_lr(case)
    if k <= 0 or abs(k - 1) <= 2 * SAME:
        return None
    causes = _causes_of(k, case)
    if causes and _is_of_n(causes) and _is_written_factor(case.bowl.n, case):
        causes = ()  # a factor that is written, as the 100 of percentages, may be meant
    if causes is None and case.by_hand:
        return None
    if not causes and not case.gradient_changes:
        return None  # what a step is divided by, such as a length, may be the same by chance
    if not causes and case.bowl.d == 1:  # then every gradient is some number times every other
        return None
    acts_as, critical = k * lr, case.shown.critical_lr
    if min(acts_as, lr) > critical:  # the rate itself is the problem
        return None
    return case.diagnosis(
        "scaled",
        what="step" if case.by_hand else "gradient",
        factor=k,
        causes=causes or (),
        lr=lr,
        acts_as=acts_as,
        critical=critical,
        loss=case.shown.kind,
    )


def _scale_and_lr(case: Case) -> tuple[float, float]:
    """How many times the exact gradient the code's is, and its rate; (1, 0): who knows."""
    unknown = 1.0, 0.0
    named = common([e.lr for e in case.records], least=1)
    rate = common(case.rates, least=2)
    if case.by_hand:  # then only a named rate can tell
        known = named and rate and len(case.moves) >= 3
        return (rate / named, named) if known and rate and named else unknown
    k = case.scale
    if not k or not case.moves:
        return unknown
    # A momentum's first step is plain.
    lr = rate / k if rate else case.rate_by_code(case.records[0])
    if lr is None or (named and abs(lr / named - 1) > SAME) or not _is_written(lr, case):
        return unknown
    return k, lr


def _is_written(lr: float, case: Case) -> bool:
    """Whether the code has this number: else it may make it of another, as a rate divided by n."""
    numbers = case.records[-1].numbers
    return numbers is None or any(abs(number / lr - 1) <= SAME for number in numbers if lr)


def _is_of_n(causes: tuple[str, ...]) -> bool:
    return "sum" in causes or "divided_twice" in causes


def _is_written_factor(n: int, case: Case) -> bool:
    """Whether the code has the number n, or 1 / n, as that of a rate that is small at first."""
    numbers = case.records[-1].numbers or ()
    return any(abs(number - one) <= EXACT * one for number in numbers for one in (n, 1 / n))


def _half(case: Case) -> str:
    """What the cause of half a gradient is, "" where that cannot be told.

    Where the code computes its gradient itself, it may be that of the loss which it returns, if it
    returns one.
    """
    if not case.by_hand:
        return "half"
    if case.shown.kind != "mse":  # nothing but a square has a 2 in its derivative
        return ""
    times = loss_factor(case.records, case.shown)
    if times is None:
        return ""
    return "no_2" if abs(times - 1) <= SAME else "half"


def _of_smooth_l1(case: Case) -> Iterator[tuple[float, tuple[str, ...]]]:
    """PyTorch's other name of Huber's loss divides it by delta."""
    deltas = case.records[-1].deltas if case.shown.kind == "huber" else ()
    return ((1 / delta, ("",)) for delta in deltas if delta != 1)


def _causes_of(k: float, case: Case) -> tuple[str, ...] | None:
    """What makes a gradient k times the one of a mean over n.

    Empty where more than one thing may, and None where nothing that is known does.
    """
    n, half = case.bowl.n, _half(case)
    known = (
        (n, ("sum",)),
        (0.5, (half,)),
        (n / 2, (half, "sum")),
        (2, ("twice",)),
        (2 * n, ("twice", "sum")),
        (1 / n, ("divided_twice",)),
        *((n / (n - fewer), ("",)) for fewer in (1, 2) if n > fewer),  # as a variance is
        *_of_smooth_l1(case),
        *(((2, ("",)),) if case.shown.kind == "huber" else ()),  # as squares are, near the points
    )
    found = [causes for factor, causes in known if abs(k / factor - 1) <= EXACT]
    if not found:
        return None
    return found[0] if len(found) == 1 and "" not in found[0] else ()


def overshoots(case: Case) -> Diagnosis | None:
    """8. Plain gradient descent above the critical rate."""
    rate, critical = _steady_rate(case), case.bowl.critical_lr
    if rate is None or rate <= critical * (1 + ALIKE) or not _is_off(case, rate):
        return None
    named = common([e.lr for e in case.records], least=1) or rate
    lr = named if named > 0 else rate
    is_named = abs(rate / lr - 1) > SAME
    # Python makes one number of the 2 of a derivative and a rate before it.
    is_written = any(_is_written(one, case) for one in (rate, 2 * rate, -rate))
    return case.diagnosis(
        "overshoots",
        acts_as=rate,
        lr=lr if is_named else rate if is_written else None,
        critical=critical,
        suggested=one_digit(case.bowl.fastest_lr * lr / rate),
    )


def _is_off(case: Case, rate: float) -> bool:
    """Whether there is an error, beside rounding, along a direction too curved for this rate."""
    begin = case.moves[0].before
    errors = case.bowl.errors_along_axes(begin)
    off = sum(error for curvature, error in errors if curvature * rate > 2)
    return off > EXACT**2 * case.loss(begin)


def _steady_rate(case: Case) -> float | None:
    """The rate of every step, or at least of the last three if they go up.

    Of batches, whose gradients are not exact, it is that of every step along the code's gradient,
    where training has gone far wrong.
    """
    moves = case.moves
    rate = common(case.rates, least=2, same=ALIKE) if case.steps_along else None
    if rate is None and case.steps_along and len(moves) >= 3 and all(map(case.rises, moves[-3:])):
        rate = common(case.rates[-3:], least=3, same=ALIKE)
    if rate is None and len(moves) >= 3 and (case.has_batches or case.has_own_loss):
        is_far = case.loss(moves[-1].after) > 2 * case.loss(moves[0].before)
        by_code = [case.rate_by_code(e) for e in moves]
        rate = common(by_code, least=3, same=ALIKE) if is_far else None
    return rate
