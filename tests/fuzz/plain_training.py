"""Training as the documentation has it, in lists and loops: what the state machine expects.

Every row is predicted from the one before by textbook formulas on the points themselves. A row
that is as predicted, to 1e-12, is taken over with all its digits, so that rounding does not add up.
A gradient of a few points can be all rounding, and some rules divide by it: so each prediction is
made twice, with the gradient nudged the second time, and what differs is not asked for. No code is
shared with gd_widget.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

HEEDED = {
    "gd": ("lr", "batch_size"),
    "momentum": ("lr", "batch_size", "momentum"),
    "nesterov": ("lr", "batch_size", "momentum"),
    "adagrad": ("lr", "batch_size"),
    "rmsprop": ("lr", "batch_size", "alpha"),
    "adam": ("lr", "batch_size", "betas"),
    "cg": (),
    "bfgs": (),
    "lbfgs": (),
    "newton": (),
}
NEAR = 1e-12
NUDGE = 1e-15
MARGIN = 100 / NEAR
HUGE = 1e290
"""Beyond this, which of two sums leaves the range of numbers first is a matter of their order."""

NAMES = ("slope", "intercept", "loss", "grad_slope", "grad_intercept", "lr")
RECORDED = ("recorded",)


class Row(NamedTuple):
    """A step: its line, what that is worth, and how it was made."""

    params: tuple[float, float]
    loss: float
    grad: tuple[float, float]
    lr: float
    epoch: float = 0.0
    memory: tuple[float, ...] = ()
    nudged: tuple[float, ...] = ()  # the memory, had the gradients been a little different
    plan: tuple[Any, ...] = ()
    size: int | None = None  # of a batch
    batch: int = 0  # the next one


class Points(NamedTuple):
    """The data, and what follows from them."""

    x: np.ndarray
    y: np.ndarray

    def worth(self, params, seen=slice(None)):
        """Loss and gradient of a line, on some of the points."""
        slope, intercept = params
        x, y = self.x[seen], self.y[seen]
        with np.errstate(over="ignore", invalid="ignore"):
            off = slope * x + intercept - y
            return float(np.mean(off * off)), (
                float(2 * np.mean(off * x)),
                float(2 * np.mean(off)),
            )

    def scales(self, params):
        """What numbers are added up in the loss and in the gradient, at most."""
        slope, intercept = params
        x, y = np.abs(self.x).max(), np.abs(self.y).max()
        off = float(abs(slope) * x + abs(intercept) + y)
        return off * off, (2 * off * float(x), 2 * off)

    def is_best(self, params):
        """Whether a line misses the best one by no more than a millionth of the spread of y."""
        spread = max(float(np.std(self.y)), 1e-6 * math.sqrt(np.mean(self.y * self.y)))
        dx, dy = self.x - self.x.mean(), self.y - self.y.mean()
        best = float(dx @ dy / (dx @ dx)) if dx.any() else params[0]
        off = params[0] - best
        middle = params[0] * self.x.mean() + params[1] - self.y.mean()
        with np.errstate(over="ignore", invalid="ignore"):
            return off * off * np.mean(dx * dx) + middle * middle <= (1e-6 * spread) ** 2


class PlainRun:
    """One run: rows, the current step, the settings."""

    def __init__(self, points, settings):
        self.points, self.settings = points, dict(settings)

    def begin(self, start, made):
        """The guess alone, as the widget's history has it."""
        row = row_of(made)
        assert (row.params, row.lr) == (tuple(start), self.settings["lr"])
        self.must_be_worth_it(row)
        self.rows, self.step, self.diverged_at = [row], 0, None

    @property
    def row(self):
        return self.rows[self.step]

    @property
    def size(self):
        """Points in a batch; a batch of all is none."""
        size = self.settings["batch_size"]
        batches = "batch_size" in HEEDED[self.settings["optimizer"]]
        return size if batches and size is not None and size < len(self.points.x) else None

    @property
    def plan(self):
        rule = self.settings["optimizer"]
        heeded = {**self.settings, "batch_size": self.size}
        return (rule, *(heeded[name] for name in HEEDED[rule]))

    @property
    def per_epoch(self):
        return 1 if self.size is None else -(-len(self.points.x) // self.size)

    @property
    def converged(self):
        return self.points.is_best(self.row.params) and self.stays()

    def stays(self):
        """Whether it is so for as many steps again, where what makes them is known here."""
        rule, row = self.settings["optimizer"], self.row
        if rule not in MADE_OF_GRADIENTS or row.plan == RECORDED:
            return True
        params, memory = row.params, row.memory if row.plan[:1] == (rule,) else ()
        for batch in range(self.next_batch(), self.next_batch() + min(self.step, 1000)):
            _, grad = self.points.worth(params, *([self.seen(batch)] if self.size else []))
            params, memory = MADE_OF_GRADIENTS[rule](params, grad, memory, self.settings)
            if not self.points.is_best(params):
                return False
        return True

    @property
    def is_above(self):
        """Whether the rate is above the critical one."""
        x, m = self.points.x, self.settings["momentum"]
        curvatures = np.linalg.eigvalsh(2 * np.array([[np.mean(x * x), x.mean()], [x.mean(), 1]]))
        factors = {"gd": 1, "momentum": 1 + m, "nesterov": (1 + m) / (1 + 2 * m)}
        critical = 2 / curvatures[-1] * factors.get(self.settings["optimizer"], math.inf)
        return self.settings["lr"] > critical

    @property
    def has_diverged(self):
        """Whether it has left for good, which rates below the critical one never do.

        Of batches none is known to do; of others it is known of the rows that one plan has made.
        """
        if self.diverged_at is not None or not self.is_above or self.size is not None:
            return self.diverged_at is not None
        first = self.step
        while first > 0 and self.rows[first].plan == self.plan:
            first -= 1
        if first == self.step:
            return False
        before, after = self.rows[first].loss, self.rows[first + 1].loss
        keeps = 0 if self.plan[0] == "gd" else self.settings["momentum"]
        grown = (1 + keeps) / (1 - keeps) ** 2 * (after + keeps * before)
        return self.row.loss > (grown if keeps else before)

    @property
    def is_on_edge(self):
        """Whether the last digits decide if it stays: at the best fit, where any error would grow.

        So it is above the critical rate, and in rules that divide the gradient by its own size.
        """
        would_grow = self.is_above or self.settings["optimizer"] in ("adagrad", "rmsprop", "adam")
        return would_grow and self.points.is_best(self.row.params)

    def set(self, changes):
        before = self.plan, self.settings["lr"]
        self.settings.update(changes)
        if (self.plan, self.settings["lr"]) != before:
            self.diverged_at = None

    def seek(self, step):
        step = min(step, len(self.rows) - 1)
        if step != self.step:
            self.step, self.diverged_at = step, None

    def advance(self, history):
        """The next step, as it stands, or as the widget's history has made it."""
        to = self.step + 1
        if to < len(self.rows) and self.rows[to].plan == self.plan:
            self.step, self.diverged_at = to, None
            return
        batch = self.next_batch()
        expected, memory = self.predicted(batch, self.row.memory)
        nudged, other_memory = self.predicted(batch, self.row.nudged, NUDGE)
        if to < len(history):
            made = row_of(history[to])
            if expected is not None:
                for i, was in enumerate(self.row.params):
                    size = 1 + abs(was) + MARGIN * abs(nudged[i] - expected[i])
                    assert close(made.params[i], expected[i], size), (made, expected, self.plan)
            made = made._replace(memory=memory, nudged=other_memory, batch=batch + 1)
            self.take(made, float(history[to]["epoch"]), is_search=expected is None)
        else:
            assert expected is None or not self.is_held(expected, memory), f"no step {to}"
            self.diverged_at = to

    def is_held(self, params, memory):
        """Whether a row's numbers are well within the range that there is."""
        loss, grad = self.points.worth(params)
        return all(abs(number) < HUGE for number in (*params, *memory, loss, *grad))

    def take(self, row, epoch, is_search):
        """Take over a row of the widget's, if the rest of it is what it must be."""
        self.must_be_worth_it(row)
        lr = self.settings["lr"] if "lr" in HEEDED[self.settings["optimizer"]] else math.nan
        assert row.lr == lr or (math.isnan(lr) and math.isnan(row.lr))
        row = row._replace(epoch=self.row.epoch + 1 / self.per_epoch)
        assert close(epoch, row.epoch, 1)
        if is_search:  # its direction follows from more than is known here
            scale, _ = self.points.scales(self.row.params)
            assert row.loss <= self.row.loss + 1e-9 * scale
        self.rows[self.step + 1 :] = [row._replace(plan=self.plan, size=self.size)]
        self.step += 1
        self.diverged_at = None

    def record(self, params, made):
        """A row that was handed over; one that is not finite is not taken."""
        loss, grad = self.points.worth(params)
        if all(map(math.isfinite, (*params, loss, *grad))):
            row = row_of(made)
            assert row.params == tuple(params)
            self.must_be_worth_it(row)
            row = row._replace(epoch=self.row.epoch + 1, plan=RECORDED)
            self.rows[self.step + 1 :] = [row]
            self.step += 1
            self.diverged_at = None
        else:
            self.diverged_at = self.step + 1

    def must_be_worth_it(self, row):
        assert all(map(math.isfinite, (*row.params, row.loss, *row.grad)))
        if row.loss > HUGE:
            return
        loss, grad = self.points.worth(row.params)
        scale, scales = self.points.scales(row.params)
        assert close(row.loss, loss, scale)
        for one, other, size in zip(row.grad, grad, scales, strict=True):
            assert close(one, other, size)

    def next_batch(self):
        """Which batch comes: they go on while their size is what it was."""
        goes_on = bool(self.row.plan) and self.row.size == self.size
        return self.row.batch if goes_on else 0

    def predicted(self, batch, memory, nudge=0.0):
        """The next params, None where they follow from more than is known; and the memory."""
        rule, row = self.settings["optimizer"], self.row
        grad = row.grad
        if self.size is not None:
            _, grad = self.points.worth(row.params, self.seen(batch))
            _, scales = self.points.scales(row.params)
            grad = [g + nudge * scale for g, scale in zip(grad, scales, strict=True)]
        memory = memory if row.plan[:1] == (rule,) else ()
        if rule in MADE_OF_GRADIENTS:
            return MADE_OF_GRADIENTS[rule](row.params, grad, memory, self.settings)
        is_first = rule != "newton" and not memory
        return self.straight_down() if is_first else None, ("searched",)

    def seen(self, batch):
        n = len(self.points.x)
        epoch, place = divmod(batch, self.per_epoch)
        order = np.argsort(np.random.default_rng(epoch).random(n), kind="stable")
        return order[place * self.size : (place + 1) * self.size]

    def straight_down(self):
        """The lowest point along the gradient, where a line search begins."""
        (by_slope, by_intercept), (slope, intercept) = self.row.grad, self.row.params
        along = by_slope * self.points.x + by_intercept
        with np.errstate(over="ignore"):  # what has no square is not searched along
            curvature = 2 * float(np.mean(along * along))
        if not 1e-200 < curvature < HUGE:
            return None
        length = (by_slope * by_slope + by_intercept * by_intercept) / curvature
        return slope - length * by_slope, intercept - length * by_intercept


def row_of(made):
    """A row of the widget's history."""
    slope, intercept, loss, *grad, lr = (float(made[name]) for name in NAMES)
    return Row((slope, intercept), loss, tuple(grad), lr)


def close(one, other, scale):
    return one == other or abs(one - other) <= NEAR * (abs(other) + scale)


# ------------------------------------------------------------------------------- the rules


def gd(params, grad, memory, s):
    return tuple(p - s["lr"] * g for p, g in zip(params, grad, strict=True)), ()


def momentum(params, grad, memory, s):
    v = [s["momentum"] * v + g for v, g in zip(memory or (0, 0), grad, strict=True)]
    return tuple(p - s["lr"] * v for p, v in zip(params, v, strict=True)), tuple(v)


def nesterov(params, grad, memory, s):
    v = [s["momentum"] * v + g for v, g in zip(memory or (0, 0), grad, strict=True)]
    new = [p - s["lr"] * (g + s["momentum"] * v) for p, g, v in zip(params, grad, v, strict=True)]
    return tuple(new), tuple(v)


def adagrad(params, grad, memory, s):
    sums = [q + g * g for q, g in zip(memory or (0, 0), grad, strict=True)]
    new = [p - s["lr"] * g / (q**0.5 + 1e-10) for p, g, q in zip(params, grad, sums, strict=True)]
    return tuple(new), tuple(sums)


def rmsprop(params, grad, memory, s):
    a = s["alpha"]
    means = [a * q + (1 - a) * g * g for q, g in zip(memory or (0, 0), grad, strict=True)]
    new = [p - s["lr"] * g / (q**0.5 + 1e-8) for p, g, q in zip(params, grad, means, strict=True)]
    return tuple(new), tuple(means)


def adam(params, grad, memory, s):
    b1, b2 = s["betas"]
    *m, v1, v2, t = memory or (0, 0, 0, 0, 0)
    t += 1
    m = [b1 * m + (1 - b1) * g for m, g in zip(m, grad, strict=True)]
    v = [b2 * v + (1 - b2) * g * g for v, g in zip((v1, v2), grad, strict=True)]
    new = [
        p - s["lr"] * (m / (1 - b1**t)) / ((v / (1 - b2**t)) ** 0.5 + 1e-8)
        for p, m, v in zip(params, m, v, strict=True)
    ]
    return tuple(new), (*m, *v, t)


MADE_OF_GRADIENTS = {
    "gd": gd,
    "momentum": momentum,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
}
