"""What is found out about training, as data: a code, and the numbers that belong to it.

Whoever finds something out makes a Diagnosis; gd_widget/words makes sentences of diagnoses. So
tests and graders compare codes, and people read words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

CODES: dict[str, tuple[str, ...]] = {
    # Any training. diverged_at: the step whose numbers were not finite, None where all were.
    "above_critical": ("lr", "critical", "suggested", "diverged_at"),
    "too_large": ("diverged_at",),
    # Even the good rate `suggested` takes `steps` steps, None where no number is enough: the loss
    # is `ratio` times steeper one way than another. newton: the steps that Newton's method takes.
    # cure: "mean" where it is enough to subtract it from x, "standardize" where more is needed, of
    # polynomials "mean and standardize", None where that is not known; cured: the steps that it
    # takes then, at most a thousand.
    "creeps_at_best": ("suggested", "steps", "ratio", "newton", "cure", "cured"),
    # Batches have gone far wrong: the loss of the steepest point has this curvature, that of all
    # points at most `curvature`.
    "batches_overshoot": ("lr", "steepest", "curvature", "suggested", "diverged_at"),
    # Other losses. What tells every 0 from every 1, larger parameters always do better.
    "separable": (),
    # At this rate, steps on absolute values lead past the lowest place, and back.
    "trembles": ("lr",),
    # Newton's rule divides by the curvature, and there is none along some direction; or it is below
    # 0, and the step leads up.
    "no_curvature": (),
    "newton_climbs": (),
    # The gradient of a function is 0, and along some direction it falls all the same.
    "at_saddle": (),
    # An optimizer that is not ours goes up the gradient.
    "optimizer_climbs": ("optimizer",),
    # One made a NaN of ordinary numbers.
    "optimizer_made_nan": ("optimizer", "diverged_at", "params", "grad", "made"),
    # Data that many lines fit alike: all of those through (x, y).
    "one_point": ("x", "y"),
    "same_x": ("x", "y"),
    # n points that can tell no more than d - free of d parameters apart: many solutions fit alike.
    "many_fit": ("n", "d", "free"),
    # Data made with noise whose mean is not zero: the best intercept is not the true one.
    "noise_mean": ("intercept", "best"),
    # What the coach finds in the reader's code: four slips of code, then others of mathematics. The
    # functions of these names in own_code say more. params, best, and what is of a gradient (grad,
    # exact, found, leftover, piled_up) have a number for each parameter.
    "replaced": ("names", "name", "inside", "params", "has_grad"),
    "not_a_number": ("names", "step", "params", "what", "found", "exact"),
    "never_moves": ("names", "times", "cause", "piled_up", "lr"),
    "piles_up": ("names", "step", "leftover", "grad"),
    # The optimizer makes so many steps of one gradient.
    "steps_again": ("names", "times"),
    "climbs": ("names", "first_loss", "last_loss", "cause", "params", "exact", "grad"),
    "broadcasts": ("names", "n"),
    "scaled": ("names", "what", "factor", "causes", "lr", "acts_as", "critical", "loss"),
    # lr is None where the code has no such number, and so its rate is not known.
    "overshoots": ("names", "acts_as", "lr", "critical", "suggested"),
    # The loss is not that of the points shown: what it is instead, where that is known.
    "other_points": ("names", "which", "how"),
    "other_order": ("names", "order", "what"),
    # It is of another kind than the one shown: "mse", or one of LOSSES; or the fourth powers, or a
    # cross-entropy of probabilities where it takes what they are made of, or one whose gradient is
    # lost where these are nearly 0 or 1.
    "other_kind": ("names", "kind", "shown", "delta"),
    # The guess has one of d parameters with a minus, or goes without it.
    "turned": ("names", "part", "d"),
    "left_out": ("names", "part", "d"),
    "mean_first": ("names", "what"),
    "no_square": ("names",),
    "stale": ("names", "params", "grad"),
    # The gradients are those of the parameters before the step that comes before backward().
    "behind": ("names",),
    # The steps treat the parameters differently. part is the place of one of d, counted from 0.
    "one_sign": ("names", "part", "d"),
    "part_stays": ("names", "part", "d", "value"),
    "part_scaled": ("names", "part", "d", "factor"),
    "one_gradient": ("names", "part", "d"),
    # Its step is subtracted from another parameter, too, and it stays.
    "part_elsewhere": ("names", "part", "d"),
    # Along this part alone every step overshoots, whatever the others do.
    "part_overshoots": ("names", "part", "d", "acts_as", "critical", "suggested"),
    # Its derivative has another x than the guess.
    "other_derivative": ("names", "part", "d"),
    "started_at_best": ("names", "params", "best", "loss", "floor"),
    # Going back does not bring back what an optimizer in the reader's code remembers.
    "forgotten": ("names", "optimizer"),
    # The reader's code raised an error; and what the error is a sign of.
    "raised": ("names", "error", "reason", "line", "beside", "text"),
    "makes_local_name": ("names",),
    "needs_global": ("names", "name"),
    "step_is_recorded": ("names",),
    "changed_before_backward": ("names",),
    "graph_used_twice": ("names",),
    "backward_twice": ("names",),
    "loss_unconnected": ("names",),
    "loss_of_many_numbers": ("names",),
    "values_are_traced": ("names",),
    "array_stays": ("names", "name"),
    "no_gradient_yet": ("names",),
    "loss_is_no_tensor": ("names", "kind"),
    "loss_is_not_made": ("names", "loss"),
    "points_are_no_rows": ("names",),
    "used_before": ("names", "name"),
    "is_none": ("names", "name", "is_local"),
    "list_meets_tensor": ("names", "name", "dtype"),
    "numpy_takes_no_tensor": ("names", "called"),
    "tensors_alone_have": ("names", "name", "attribute"),
    "needs_parentheses": ("names", "manager"),
    "array_meets_tensor": ("names", "arrays", "dtype"),
    "whole_numbers": ("names",),
    "whole_data": ("names", "dtype"),
    "mixed_precision": ("names", "dtype"),
}
"""Every code there is, and the names of what belongs to it."""


class Names(NamedTuple):
    """What things are called in the reader's code.

    function : what makes the steps, "update()"; "" for a loop in a cell.
    params : the parameters; "" where there are several tensors, which have no one name.
    lr : the learning rate.
    are_tensors : whether the parameters are PyTorch's, with a gradient each.
    optimizer : the torch.optim optimizer that holds them, or "".
    other_optimizer : one that holds others, where none holds them.
    """

    function: str = "update()"
    params: str = "a"
    lr: str = "lr"
    are_tensors: bool = True
    optimizer: str = ""
    other_optimizer: str = ""


class Diagnosis(NamedTuple):
    """One thing that was found out.

    code : one of CODES.
    details : its numbers and names, as CODES lists them.
    run : the name of the run that it is about, in a race.

    >>> found = Diagnosis.of("too_large", diverged_at=7)
    >>> found.code, found.details["diverged_at"]
    ('too_large', 7)
    >>> found.as_json()
    {'code': 'too_large', 'diverged_at': 7}
    """

    code: str
    details: Mapping[str, Any]
    run: str = ""

    @classmethod
    def of(cls, code: str, **details: Any) -> Diagnosis:
        """A diagnosis with these details. TypeError where others belong to the code."""
        if details.keys() != set(CODES[code]):
            raise TypeError(f"{code} is said with {', '.join(CODES[code])}; got {list(details)}")
        return cls(code, details)

    def as_json(self) -> dict[str, Any]:
        """The code and all details in one dict, None for a number that is not finite."""
        of_run = {"run": self.run} if self.run else {}
        details = {name: _as_json(value) for name, value in self.details.items()}
        return {"code": self.code, **of_run, **details}


def _as_json(value: Any) -> Any:
    if isinstance(value, Names):
        return value._asdict()
    if isinstance(value, tuple):
        return [_as_json(one) for one in value]
    is_number = isinstance(value, float)
    return None if is_number and not math.isfinite(value) else value
