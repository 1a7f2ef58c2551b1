"""What is wrong with training code that the reader wrote: one sentence with the evidence.

The error of a line is a bowl, so at every step the exact gradient is known. Code is judged by
comparing with it: the gradient that backward() computed, the step that was made of it, and what
was left behind. Nothing is said where the comparison is not exact, as with batches, a momentum
or an optimizer of its own, unless what was found can have no other cause.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gd_widget.data import Params
from gd_widget.evidence import Evidence
from gd_widget.quadratic import Quadratic

ALIKE = 1e-3
"""Two vectors point the same way if what is left of one is at most this share of it. float32
computes a gradient to about 1e-5 where it is more than SMALL."""

SMALL = 1e-3
"""A gradient says little when it is below this share of the data's own size (see CONVERGED in
trainer.py): what is left of it may be rounding."""

SAME = 1e-2
"""Two factors are the same if they differ by at most this share."""

NEAR_THE_BOTTOM = 0.1
"""A start is near the bottom if what it has still to gain is at most this share of what a sloping
line gains over a level one. The points' true line may be as far off: see advice.note_on_noise."""


@dataclass(frozen=True)
class Words:
    """What things are called in the reader's code.

    code : what makes the steps, "update()" or "the loop".
    params : the parameters, "a" or "the parameters".
    one : the name to write a line of code with: "a", or "p" where there are several tensors.
    lr : the learning rate's name.
    tensors : whether they are PyTorch's, with a gradient each.
    optimizer : the name of the torch.optim optimizer that holds them, or "".
    strange_optimizer : the name of one that does not, where none does.
    """

    code: str = "update()"
    params: str = "a"
    one: str = "a"
    lr: str = "lr"
    tensors: bool = True
    optimizer: str = ""
    strange_optimizer: str = ""

    @property
    def step(self) -> str:
        """The line that makes a step."""
        if self.optimizer:
            return f"{self.optimizer}.step()"
        if not self.tensors:
            return f"{self.one}[...] -= {self.lr} * grad"
        line = f"{self.one}.sub_({self.lr} * {self.one}.grad)"
        return f"{line} for each parameter p" if self.one == "p" else line

    @property
    def step_there(self) -> str:
        """The same, and where it has to stand."""
        by_hand = self.tensors and not self.optimizer
        return f"{self.step} (inside with torch.no_grad():)" if by_hand else self.step

    @property
    def emptying(self) -> str:
        """The line that empties the gradient."""
        if self.optimizer:
            return f"{self.optimizer}.zero_grad()"
        line = f"{self.one}.grad.zero_()"
        return f"{line} for each parameter p" if self.one == "p" else line

    @property
    def ran(self) -> str:
        """Begins "update() ran 3 times"."""
        return "The loop went round" if self.code == "the loop" else f"{self.code} ran"


def diagnose(
    evidence: Sequence[Evidence], bowl: Quadratic, words: Words, start: Params | None = None
) -> str:
    """One sentence on the first mistake that the evidence proves, or "".

    evidence : records of the first steps and the last, in order.
    start : where the reader's code began, unless it was put there.
    """
    case = Case(evidence, bowl, words)
    for check in CHECKS:
        sentence = check(case) if evidence else ""
        if sentence:
            return sentence
    return starts_at_the_bottom(start, bowl, words)


class Case:
    """The evidence, and how it compares with the bowl."""

    def __init__(self, evidence: Sequence[Evidence], bowl: Quadratic, words: Words) -> None:
        self.records = evidence
        self.bowl = bowl
        self.words = words
        size_x, size_y = bowl.root_mean_squares
        # With the slope's part in units of the intercept's, lengths and angles mean something.
        self._size_x = size_x or 1.0
        self._least = SMALL * 2 * size_y
        self.seen = [e for e in evidence if self._grad_is_of_one(e)]
        self.moves = [e for e in evidence if self.is_large(self.exact(e.before)) and self._moved(e)]

    def exact(self, params: Params) -> Params:
        """The gradient of the mean squared error."""
        return self.bowl.gradient(params)[1:]

    def loss(self, params: Params) -> float:
        """The mean squared error."""
        return self.bowl.loss(params)

    def is_large(self, grad: Params) -> bool:
        """Whether a gradient is large enough to be compared."""
        return self._length(grad) > self._least and math.isfinite(self._length(grad))

    def _grad_is_of_one(self, e: Evidence) -> bool:
        """Whether one gradient was computed in the step, and can be compared."""
        if e.n_backward != 1 or e.at is None or e.grad is None:
            return False
        return self.is_large(self.exact(e.at)) and all(map(math.isfinite, e.grad))

    def _moved(self, e: Evidence) -> bool:
        """Whether the step is so much larger than the numbers' rounding that it can be measured."""
        rounding = self._length((e.eps * e.before[0], e.eps * e.before[1]))
        length = self._length(move(e))
        return math.isfinite(length) and length * ALIKE > 3 * rounding

    def _length(self, vector: Params) -> float:
        return math.hypot(vector[0] / self._size_x, vector[1])

    def factor(self, vector: Params, of: Params) -> float | None:
        """The k in vector = k · of; None where they are not parallel."""
        k, rest = self.split(vector, of)
        return k if rest <= ALIKE else None

    def split(self, vector: Params, of: Params) -> tuple[float, float]:
        """The k that brings k · of nearest to a vector, and what share of it is then left."""
        v = vector[0] / self._size_x, vector[1]
        u = of[0] / self._size_x, of[1]
        squares = u[0] * u[0] + u[1] * u[1]
        length = math.hypot(*v)
        if not (0 < squares < math.inf and 0 < length < math.inf):
            return 0.0, math.inf
        k = (v[0] * u[0] + v[1] * u[1]) / squares
        return k, math.hypot(v[0] - k * u[0], v[1] - k * u[1]) / length

    def rate(self, e: Evidence) -> float | None:
        """The learning rate that the step amounts to; None where it is not along the gradient."""
        return negative(self.factor(move(e), self.exact(e.before)))

    def own_rate(self, e: Evidence) -> float | None:
        """The same, of the gradient that the code itself computed."""
        if e.grad is None or e.at != e.before or e.n_backward != 1:
            return None
        return negative(self.factor(move(e), e.grad))

    @property
    def scale(self) -> float | None:
        """How many times the exact gradient the code's own is, in every step.

        None where it varies, and where steps are made of more than one gradient.
        """
        if any(e.leftover and any(e.leftover) for e in self.records):
            return None
        factors = [self.factor(e.grad, self.exact(e.at)) for e in self.seen if e.grad and e.at]
        return common(factors, least=2)

    @property
    def gradient_changes(self) -> bool:
        """Whether the exact gradient has grown or shrunk enough for a factor to be tested."""
        lengths = [self._length(self.exact(e.before)) for e in self.records]
        return max(lengths) > 1.1 * min(lengths)

    def goes_up(self, e: Evidence) -> bool:
        """Whether the step went the way of the exact gradient, and to a larger loss."""
        exact, (slope, intercept) = self.exact(e.before), move(e)
        uphill = exact[0] * slope + exact[1] * intercept > 0
        return uphill and self.rises(e)

    def rises(self, e: Evidence) -> bool:
        """Whether the step led to a larger loss."""
        return self.loss(e.after) > self.loss(e.before)


# --------------------------------------------------------------------- the mistakes, in order


def is_replaced(case: Case) -> str:
    """The name now stands for another tensor, and the one that is watched stays as it is."""
    e, words = case.records[-1], case.words
    if not e.replaced or e.before != e.after:
        return ""
    if e.replaced_inside:
        return (
            f"{first(words.code)} makes a new {e.replaced} instead of changing the one it was "
            f"given, which stays {pair(e.after)}: write {words.step_there}."
        )
    return (
        f"{e.replaced} is no longer the tensor that this widget was given, which stays "
        f"{pair(e.after)}: after making a new {e.replaced}, make the widget again."
    )


def is_not_a_number(case: Case) -> str:
    """Something became NaN while the numbers were still of ordinary size."""
    e, words = case.records[-1], case.words
    exact = case.exact(e.before)
    limit = 1e6 * (case.loss(case.records[0].before) + case.bowl.root_mean_squares[1] ** 2)
    if not case.loss(e.before) <= limit:
        return ""
    of_line = f"at step {e.step}, where the line is still {pair(e.before)}"
    if e.grad is not None and not all(map(math.isfinite, e.grad)):
        return (
            f"The gradient in {words.code} is {pair(e.grad)} {of_line} and the exact one "
            f"{pair(exact)}: look for a nan in its x or y, or for a division by zero."
        )
    if e.loss is not None and math.isnan(e.loss):
        return (
            f"The loss in {words.code} is nan {of_line} and the exact loss "
            f"{case.loss(e.before):.4g}: look for a nan in its x or y, or for a division by zero."
        )
    if not all(map(math.isfinite, e.after)):
        return (
            f"{first(words.code)} made {words.params} {pair(e.after)} {of_line} and the exact "
            f"gradient {pair(exact)}: print what it steps by."
        )
    return ""


def never_moves(case: Case) -> str:
    """The parameters are what they were, though there is something to gain."""
    records, words = case.records, case.words
    still = all(e.before == e.after for e in records)
    if len(records) < 3 or not still or not case.is_large(case.exact(records[-1].before)):
        return ""
    times = records[-1].step - records[0].step + 1
    said = f"{words.ran} {times} times and did not move {words.params}: "
    if words.strange_optimizer:
        return (
            f"{said}{words.strange_optimizer} was made for other parameters than the ones "
            f"that this widget was given."
        )
    if not words.tensors:
        return f"{said}it has to change the array itself, {words.step}."
    if not any(e.n_backward for e in records):
        return f"{said}no gradient has arrived there, as loss.backward() would make it do."
    piles = ""
    if all(e.leftover and any(e.leftover) for e in records[1:]):
        grown = f"{words.one}.grad has piled up to {pair(records[-1].left)}"
        piles = f" Then {words.emptying}, because {grown}."
    return f"{said}after loss.backward() it needs its step, {words.step_there}.{piles}"


def piles_up(case: Case) -> str:
    """backward() adds to a gradient that the step before has used already."""
    words = case.words
    for last, e in zip(case.records, case.records[1:], strict=False):
        held = e.leftover
        if held is None or not any(held) or e.step != last.step + 1:
            continue
        # Left as it was, not scaled or collected on purpose.
        if held == last.left == last.total and moves(last) and moves(e):
            return (
                f"Gradients pile up in {words.code}: at step {e.step} {words.one}.grad still "
                f"held {pair(held)} from the step before when backward() added "
                f"{pair(e.grad)}. After the step, empty it: {words.emptying}."
            )
    return ""


def climbs(case: Case) -> str:
    """Every step goes up."""
    moved, words = case.moves, case.words
    if len(moved) < 2:
        return ""
    rates, own = [case.rate(e) for e in moved], [case.own_rate(e) for e in moved]
    begin, last = moved[0], moved[-1]
    by_exact = all(rate is not None and rate < 0 for rate in rates)
    by_own = len(moved) >= 3 and all(rate is not None and rate < 0 for rate in own)
    near = is_near_the_bottom(begin.before, case.bowl)
    by_far = len(moved) >= 5 and not near and all(map(case.goes_up, moved))
    rises = case.loss(last.after) > case.loss(begin.before)
    if not rises or not (by_exact or by_own or by_far):
        return ""
    losses = f"from {case.loss(begin.before):.4g} to {case.loss(last.after):.4g}"
    said = f"Every step of {words.code} goes up, and the loss has risen {losses}: "
    at_first = f"at {pair(begin.before)} the exact gradient is {pair(case.exact(begin.before))}"
    if begin.grad is None:
        return f"{said}{at_first}, so {words.one} has to move the other way, {words.step}."
    if case.split(begin.grad, case.exact(begin.before))[0] < 0:
        return (
            f"{said}{at_first}, and that of its loss {pair(begin.grad)}, so the loss has a minus "
            f"too many."
        )
    if words.optimizer:
        return f"{said}is {words.optimizer} made with maximize=True?"
    return f"{said}{at_first}, so {words.one} has to move the other way, {words.step}."


def broadcasts(case: Case) -> str:
    """Shapes (n,) and (n, 1): the loss is of every guess with every y."""
    bowl, words = case.bowl, case.words

    def of_all_pairs(params: Params) -> Params:
        slope, intercept = params
        e = bowl.mean_x * slope + intercept - bowl.mean_y
        return 2 * (bowl.var_x * slope + bowl.mean_x * e), 2 * e

    if any(e.grad for e in case.records):
        pairs = [(e.grad, e.at) for e in case.seen if e.grad and e.at]
    else:
        pairs = [((-move(e)[0], -move(e)[1]), e.before) for e in case.moves]
    pairs = [(grad, at) for grad, at in pairs if case.is_large(of_all_pairs(at))]
    factors = [case.factor(grad, of_all_pairs(at)) for grad, at in pairs]
    apart = [True for grad, at in pairs if case.split(grad, case.exact(at))[1] > 10 * ALIKE]
    k = common(factors, least=3)
    if k is None or k < 0 or len(apart) < 2:
        return ""
    n = bowl.n
    return (
        f"The loss in {words.code} is of all {n} × {n} pairs of a guess and a y, not of each "
        f"guess and its own y: shapes ({n},) and ({n}, 1) broadcast to ({n}, {n}). Give both "
        f"one shape, as y.reshape(y_guess.shape) does."
    )


def is_scaled(case: Case) -> str:
    """The gradient is the exact one times a number, and so is the rate."""
    n, critical = case.bowl.n, case.bowl.critical_lr
    k, lr, by_hand = scale_and_lr(case)
    cause = cause_of(k, n, by_hand)
    if k <= 0 or abs(k - 1) <= 2 * SAME or (by_hand and not cause):
        return ""
    if not cause and not case.gradient_changes:
        return ""
    acts = k * lr
    if min(acts, lr) > critical:  # the rate itself is the problem
        return ""
    too_much = f", above {critical:.3g}, the critical rate of these data" if acts > critical else ""
    return (
        f"The {'step' if by_hand else 'gradient'} in {case.words.code} is {k:.4g} times that of "
        f"the mean squared error{cause and f': {cause}'}. So its learning rate {lr:.4g} acts as "
        f"{acts:.4g}{too_much}."
    )


def scale_and_lr(case: Case) -> tuple[float, float, bool]:
    """How many times the exact gradient the code's own is, and its rate; whether by hand.

    By hand there are steps to judge by, and no gradient. (1, 0, False): that cannot be told.
    """
    nothing = 1.0, 0.0, False
    named = common([e.lr for e in case.records], least=1)
    rate = common([case.rate(e) for e in case.moves], least=2)
    if not any(e.grad for e in case.records):  # by hand: then only a named rate can tell
        known = named and rate and len(case.moves) >= 3
        return (rate / named, named, True) if known and rate and named else nothing
    k = case.scale
    if not k or not case.moves:
        return nothing
    # A momentum's first step is plain.
    lr = rate / k if rate else case.own_rate(case.records[0])
    if lr is None or (named and abs(lr / named - 1) > SAME):
        return nothing
    return k, lr, False


def cause_of(k: float, n: int, by_hand: bool) -> str:
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
    """Plain gradient descent above the critical rate."""
    bowl, words = case.bowl, case.words
    records, critical = case.moves, bowl.critical_lr
    rates = [case.rate(e) for e in records]
    rate = common(rates, least=2, same=ALIKE)
    if rate is None and len(records) >= 3 and all(map(case.rises, records[-3:])):
        rate = common(rates[-3:], least=3, same=ALIKE)
    if rate is None and len(records) >= 3:  # batches: along the code's own gradient
        far = case.loss(records[-1].after) > 2 * case.loss(records[0].before)
        rate = common([case.own_rate(e) for e in records], least=3, same=ALIKE) if far else None
    if rate is None or rate <= critical * (1 + ALIKE):
        return ""
    lr = common([e.lr for e in case.records], least=1) or rate
    said = f"The learning rate {rate:.4g} in {words.code}"
    if abs(rate / lr - 1) > SAME:
        said = f"Each step of {words.code} is {rate:.4g} times the exact gradient. That"
    return (
        f"{said} is above {critical:.3g}, the critical rate of these data: every step overshoots "
        f"by more than the one before. Try {one_digit(bowl.fastest_lr * lr / rate):g}."
    )


CHECKS: tuple[Callable[[Case], str], ...] = (
    is_replaced,
    is_not_a_number,
    never_moves,
    piles_up,
    climbs,
    broadcasts,
    is_scaled,
    overshoots,
)


def starts_at_the_bottom(start: Params | None, bowl: Quadratic, words: Words) -> str:
    """The parameters began as the answer, not as a guess."""
    if start is None or not is_near_the_bottom(start, bowl):
        return ""
    best = pair(bowl.least_squares)
    return (
        f"{first(words.params)} started at {pair(start)}, which is almost the best line, {best}: "
        f"its loss was {bowl.loss(start):.3g} already, and no line's is below {bowl.floor:.3g}. "
        f"Start from a guess, such as (-1, 1)."
    )


def is_near_the_bottom(params: Params, bowl: Quadratic) -> bool:
    """Whether there is little to gain from there."""
    gained_by_slope = bowl.var_x * bowl.best_slope * bowl.best_slope
    return bowl.loss(params) - bowl.floor <= NEAR_THE_BOTTOM * gained_by_slope


# ------------------------------------------------------------------- what errors say in short

HINTS: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    (
        (UnboundLocalError,),
        "'{one}'",
        "An assignment makes {one} a name of the function's own: change it in place, {step}.",
    ),
    (
        (RuntimeError,),
        "a leaf Variable that requires grad",
        "The step itself must not be recorded: put it under with torch.no_grad():",
    ),
    (
        (RuntimeError,),
        "through the graph a second time",
        "Compute the guess and the loss anew in every step, inside {code}.",
    ),
    (
        (RuntimeError,),
        "does not require grad",
        "The loss must be computed from {one}, outside torch.no_grad(), and {one} be an "
        "nn.Parameter or have requires_grad=True.",
    ),
    (
        (RuntimeError,),
        "only for scalar outputs",
        "The loss must be one number: take the .mean() of the squares.",
    ),
    (
        (TypeError, AttributeError),
        "NoneType",
        "{one}.grad is None until loss.backward() has computed it, and stays so for a tensor "
        "that was itself computed.",
    ),
    (
        (RuntimeError,),
        "dtype",
        "PyTorch does not mix float32 and float64: x.float() and y.float() are float32, as "
        "tensors are by default.",
    ),
)
"""Kinds of errors, what they say, and what to write instead."""


def hint(error: BaseException, words: Words) -> str:
    """What to write instead, for the errors that beginners meet, or ""."""
    names = {"one": words.one, "step": words.step, "code": words.code}
    for kinds, part, advice in HINTS:
        if isinstance(error, kinds) and part.format(**names) in str(error):
            return advice.format(**names)
    return ""


# ---------------------------------------------------------------------------- small things


def first(phrase: str) -> str:
    """A phrase as the first of a sentence; names of code stay as they are."""
    return f"T{phrase[1:]}" if phrase.startswith("the ") else phrase


def move(e: Evidence) -> Params:
    """What the step added to the parameters."""
    return e.after[0] - e.before[0], e.after[1] - e.before[1]


def moves(e: Evidence) -> bool:
    """Whether it added anything."""
    return e.before != e.after


def negative(number: float | None) -> float | None:
    """The number with the other sign, if there is one."""
    return None if number is None else -number


def common(numbers: Sequence[float | None], *, least: int, same: float = SAME) -> float | None:
    """The first of some numbers if all are there, at least so many, and all the same."""
    if len(numbers) < least or not numbers or numbers[0] is None:
        return None
    one = numbers[0]
    alike = all(n is not None and abs(n - one) <= same * abs(one) for n in numbers)
    return one if alike else None


def pair(params: Params | None) -> str:
    """(slope, intercept) in a sentence."""
    return "nothing" if params is None else f"({params[0]:.3g}, {params[1]:.3g})"


def one_digit(rate: float) -> float:
    """A rate cut to one digit, so that it can be read and typed."""
    digit = 10.0 ** math.floor(math.log10(rate))
    return float(f"{math.floor(rate / digit) * digit:.0e}")
