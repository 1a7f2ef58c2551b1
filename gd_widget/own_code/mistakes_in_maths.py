"""Mistakes 5 to 8 are slips of mathematics: the steps are made, but not down the bowl.

Each function says what is wrong, with the evidence, or "" where that is not proved.
"""

from __future__ import annotations

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.rates import one_digit
from gd_widget.core.types import Params
from gd_widget.own_code.comparison import ALIKE, SAME, Case, common
from gd_widget.own_code.words import pair


def climbs(case: Case) -> str:
    """5. Every step goes up."""
    words = case.words
    if len(case.moves) < 2 or not _all_go_up(case):
        return ""
    begin, last = case.moves[0], case.moves[-1]
    exact = case.exact(begin.before)
    losses = f"from {case.loss(begin.before):.4g} to {case.loss(last.after):.4g}"
    said = f"Every step of {words.code} goes up, and the loss has risen {losses}: "
    at_first = f"at {pair(begin.before)} the exact gradient is {pair(exact)}"
    if begin.grad is not None and case.split(begin.grad, exact)[0] < 0:
        return (
            f"{said}{at_first}, and that of its loss {pair(begin.grad)}, so the loss has a minus "
            f"too many."
        )
    if begin.grad is not None and words.optimizer:
        return f"{said}is {words.optimizer} made with maximize=True?"
    return f"{said}{at_first}, so {words.one} has to move the other way, {words.step}."


def _all_go_up(case: Case) -> bool:
    """Whether the loss has risen, by steps against the exact gradient or the code's own.

    Steps that follow neither, as with a momentum, have to be many, and far from the bottom.
    """
    moves = case.moves
    along = [case.rate(e) for e in moves]
    along_own = [case.own_rate(e) for e in moves] if len(moves) >= 3 else [None]
    is_far = len(moves) >= 5 and not case.is_near_the_bottom(moves[0].before)
    return case.loss(moves[-1].after) > case.loss(moves[0].before) and (
        all(rate is not None and rate < 0 for rate in along)
        or all(rate is not None and rate < 0 for rate in along_own)
        or (is_far and all(map(case.goes_up, moves)))
    )


def broadcasts(case: Case) -> str:
    """6. Shapes (n,) and (n, 1): the loss is of every guess with every y."""
    bowl = case.bowl
    grads = case.gradients
    if case.by_hand:
        grads = [((-e.move[0], -e.move[1]), e.before) for e in case.moves]
    grads = [(grad, at) for grad, at in grads if case.is_large(_of_all_pairs(bowl, at))]
    k = common([case.factor(grad, _of_all_pairs(bowl, at)) for grad, at in grads], least=3)
    apart = [case.split(grad, case.exact(at))[1] > 10 * ALIKE for grad, at in grads]
    if k is None or k < 0 or sum(apart) < 2:
        return ""
    n = bowl.n
    return (
        f"The loss in {case.words.code} is of all {n} × {n} pairs of a guess and a y, not of each "
        f"guess and its own y: shapes ({n},) and ({n}, 1) broadcast to ({n}, {n}). Give both "
        f"one shape, as y.reshape(y_guess.shape) does."
    )


def _of_all_pairs(bowl: Quadratic, params: Params) -> Params:
    """The gradient of the mean of (slope x + intercept - y)² over all pairs of an x and a y."""
    slope, intercept = params
    e = bowl.mean_x * slope + intercept - bowl.mean_y
    return 2 * (bowl.var_x * slope + bowl.mean_x * e), 2 * e


def is_scaled(case: Case) -> str:
    """7. The gradient is the exact one times a number, and so is the rate."""
    k, lr = _scale_and_lr(case)
    if k <= 0 or abs(k - 1) <= 2 * SAME:
        return ""
    cause = _cause_of(k, case.bowl.n, case.by_hand)
    if not cause and (case.by_hand or not case.gradient_changes):
        return ""
    acts, critical = k * lr, case.bowl.critical_lr
    if min(acts, lr) > critical:  # the rate itself is the problem
        return ""
    too_much = f", above {critical:.3g}, the critical rate of these data" if acts > critical else ""
    return (
        f"The {'step' if case.by_hand else 'gradient'} in {case.words.code} is {k:.4g} times that "
        f"of the mean squared error{cause and f': {cause}'}. So its learning rate {lr:.4g} acts "
        f"as {acts:.4g}{too_much}."
    )


def _scale_and_lr(case: Case) -> tuple[float, float]:
    """How many times the exact gradient the code's own is, and its rate; (1, 0): who knows."""
    unknown = 1.0, 0.0
    named = common([e.lr for e in case.records], least=1)
    rate = common([case.rate(e) for e in case.moves], least=2)
    if case.by_hand:  # then only a named rate can tell
        known = named and rate and len(case.moves) >= 3
        return (rate / named, named) if known and rate and named else unknown
    k = case.scale
    if not k or not case.moves:
        return unknown
    # A momentum's first step is plain.
    lr = rate / k if rate else case.own_rate(case.records[0])
    if lr is None or (named and abs(lr / named - 1) > SAME):
        return unknown
    return k, lr


def _cause_of(k: float, n: int, by_hand: bool) -> str:
    """What makes a gradient k times the one of a mean over n."""
    half = "the 2 of a square's derivative is missing" if by_hand else "its loss has a ½"
    total = "it is a sum over the points, where .mean() takes their mean"
    causes = (
        (n, total),
        (0.5, half),
        (n / 2, f"{half}, and {total}"),
        (2, "it has a factor 2 too many"),
        (2 * n, f"it has a factor 2 too many, and {total}"),
        (1 / n, "it is divided by the number of points twice"),
    )
    return next((cause for known, cause in causes if abs(k / known - 1) <= SAME), "")


def overshoots(case: Case) -> str:
    """8. Plain gradient descent above the critical rate."""
    bowl, words = case.bowl, case.words
    rate, critical = _steady_rate(case), bowl.critical_lr
    if rate is None or rate <= critical * (1 + ALIKE):
        return ""
    named = common([e.lr for e in case.records], least=1) or rate
    lr = named if named > 0 else rate
    said = f"The learning rate {rate:.4g} in {words.code}"
    if abs(rate / lr - 1) > SAME:
        said = f"Each step of {words.code} is {rate:.4g} times the exact gradient. That"
    return (
        f"{said} is above {critical:.3g}, the critical rate of these data: every step overshoots "
        f"by more than the one before. Try {one_digit(bowl.fastest_lr * lr / rate):g}."
    )


def _steady_rate(case: Case) -> float | None:
    """The rate of every step, or at least of the last three if they go up.

    Of batches, whose gradients are not exact, it is that of every step along the code's own,
    where training has gone far wrong.
    """
    moves = case.moves
    rates = [case.rate(e) for e in moves]
    rate = common(rates, least=2, same=ALIKE)
    if rate is None and len(moves) >= 3 and all(map(case.rises, moves[-3:])):
        rate = common(rates[-3:], least=3, same=ALIKE)
    if rate is None and len(moves) >= 3:
        is_far = case.loss(moves[-1].after) > 2 * case.loss(moves[0].before)
        own = [case.own_rate(e) for e in moves]
        rate = common(own, least=3, same=ALIKE) if is_far else None
    return rate
