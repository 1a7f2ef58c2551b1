"""Makes losses.json: what plain PyTorch loops do with other losses than the mean squared error.

Run `python -m tests.golden.make_losses` to make it again. It shares no code with gd_widget: every
engine, in Python and in JavaScript, is held to this file.

The rules with a line search have no PyTorch loop to be held to, but their definitions, in matrices;
PyTorch's autograd gives the gradients and the Hessian, and SciPy finds the end of each search. They
look at all points, and know no batches.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.optimize import brentq
from torch.nn import functional as F  # noqa: N812

from tests.golden.make_optimizers import FIRST_ORDER, batches

FILE = Path(__file__).with_name("losses.json")
KEPT = [*range(10), *range(20, 301, 40)]
"""The steps whose rows are kept, of 300."""

GUESS = (-1.0, 1.0)
FARTHEST = 1024
"""Lengths of a direction, as far as a search goes."""

LOSSES: dict[str, tuple[str, dict[str, float], Callable[..., torch.Tensor]]] = {
    "absolute": ("outlier", {"kind": "mae"}, F.l1_loss),
    "huber": (
        "outlier",
        {"kind": "huber", "delta": 0.5},
        lambda guess, y: F.huber_loss(guess, y, delta=0.5),
    ),
    "cross-entropy": ("classes", {"kind": "cross_entropy"}, F.binary_cross_entropy_with_logits),
    "cross-entropy and ridge": (
        "classes",
        {"kind": "cross_entropy", "ridge": 0.1},
        F.binary_cross_entropy_with_logits,
    ),
    "ridge": ("outlier", {"kind": "mse", "ridge": 0.1}, F.mse_loss),
}

RATES = {
    "gd": 0.1,
    "momentum": 0.02,
    "nesterov": 0.02,
    "adagrad": 0.1,
    "rmsprop": 0.01,
    "adam": 0.1,
}


def points(nudge: float = 0.0) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """A line with a point far away, and two classes that overlap; x a little off by `nudge`."""
    rng = np.random.default_rng(7)
    x = rng.uniform(-1, 1, 60)
    y = 3 * x + 2 + rng.uniform(0, 1, 60)
    y[3] = -30
    classes = (x + rng.normal(0, 0.7, 60) > 0.2).astype(float)
    return {name: (x * (1 + nudge), by) for name, by in (("outlier", y), ("classes", classes))}


class Fit:
    """A loss on points, and what autograd makes of it."""

    guess = GUESS

    def __init__(self, name: str, nudge: float = 0.0) -> None:
        where, self.told, self._of = LOSSES[name]
        x, y = points(nudge)[where]
        self.design, self.y = torch.tensor(np.stack([x, np.ones(60)], axis=1)), torch.tensor(y)

    def loss(self, a: torch.Tensor, seen: Any = slice(None)) -> torch.Tensor:
        return self._of(self.design[seen] @ a, self.y[seen]) + self.told.get("ridge", 0) * a[0] ** 2

    def grad(self, a: np.ndarray) -> np.ndarray:
        return np.array(self.row(a)[3:])

    def slope_along(self, length: float, a: np.ndarray, way: np.ndarray) -> float:
        return float(self.grad(a + length * way) @ way)

    def hessian(self, a: np.ndarray) -> np.ndarray:
        return torch.autograd.functional.hessian(self.loss, torch.tensor(a)).numpy()

    def row(self, params: Any) -> list[float]:
        """Slope, intercept, loss, grad_slope, grad_intercept: of all points."""
        a = torch.tensor(params, dtype=torch.float64, requires_grad=True)
        loss = self.loss(a)
        loss.backward()
        return [*a.tolist(), loss.item(), *a.grad.tolist()]


def first_order(fit: Fit, size: int | None, make: Any, **arguments: Any) -> Iterator[list[float]]:
    a = torch.nn.Parameter(torch.tensor(GUESS, dtype=torch.float64))
    optimizer = make([a], **arguments)
    yield fit.row(a.tolist())
    for seen in batches(60, size):
        optimizer.zero_grad()
        fit.loss(a, seen).backward()
        optimizer.step()
        yield fit.row(a.tolist())


def line_searches(fit: Fit, rule: str) -> Iterator[list[float]]:
    """Conjugate gradients, BFGS or L-BFGS, to where SciPy finds the slope along them to be 0.

    Source: Nocedal and Wright, Numerical Optimization (2006), equations 5.44, 6.17 and 7.20. Of two
    parameters, L-BFGS keeps one step. The rows end where there is no way down, or none to its end.
    """
    a, inverse = np.array(fit.guess), np.eye(2)
    grad, way = fit.grad(a), np.zeros(2)
    last = np.zeros(2)
    while True:
        yield fit.row(a)
        if rule == "cg":
            turn = max(0.0, grad @ (grad - last) / (last @ last)) if last.any() else 0.0
            way = turn * way - grad
        else:
            way = -inverse @ grad
        end = 1.0
        while fit.slope_along(end, a, way) < 0 and end <= FARTHEST:
            end *= 2
        if not fit.slope_along(0, a, way) < 0 or end > FARTHEST:
            return
        begin = end / 2 if end > 1 else 0
        length = brentq(
            fit.slope_along, begin, end, args=(a, way), xtol=1e-300, rtol=1e-15, maxiter=1000
        )
        a, last, grad = a + length * way, grad, fit.grad(a + length * way)
        step, change = length * way, grad - last
        if step @ change > 0:
            left = np.eye(2) - np.outer(step, change) / (step @ change)
            scale = (step @ change) / (change @ change)
            before = inverse if rule == "bfgs" else scale * np.eye(2)
            inverse = left @ before @ left.T + np.outer(step, step) / (step @ change)


def newton(fit: Fit) -> Iterator[list[float]]:
    """The gradient over the curvature; no step where there is none along some direction."""
    a = np.array(fit.guess)
    while True:
        yield fit.row(a)
        hessian = fit.hessian(a)
        if np.linalg.matrix_rank(hessian) == len(a):
            a = a - np.linalg.solve(hessian, fit.grad(a))


def runs(fit: Fit) -> Iterator[tuple[dict[str, Any], Iterator[list[float]], int]]:
    """Settings, the rows that they make, and how many steps of them there are to be at most."""
    for rule, settings, make, arguments, _ in FIRST_ORDER:
        if settings.get("momentum", 0.9) != 0.9 or settings.get("alpha", 0.99) != 0.99:
            continue
        if settings.get("betas", (0.9, 0.999)) != (0.9, 0.999):
            continue
        for size in (None, 8):
            how = {"optimizer": rule, "lr": RATES[rule], "batch_size": size, **settings}
            yield how, first_order(fit, size, make, lr=RATES[rule], **arguments), KEPT[-1]
    yield {"optimizer": "newton"}, newton(fit), KEPT[-1]
    for rule in ("cg", "bfgs", "lbfgs"):
        yield {"optimizer": rule}, line_searches(fit, rule), 1 if fit.told["kind"] == "mae" else 20


def kept_of(rows: Iterator[list[float]], most: int) -> list[list[float]]:
    return [row for step, row in enumerate(islice(rows, most + 1)) if step in KEPT]


def make() -> dict[str, list[Any]]:
    """Everything the file holds. Row i of a case is that of step `steps[i]`.

    A case ends where a difference in the last bits of x begins to matter: at a kink, a step that is
    off by nothing is off by all. The searches end at the bottom, which has no way down, and those of
    absolute values at a kink: its place, and the loss there, are known, but of the gradient only
    that it is that of one side or of the other: None. From there on the ways part.
    """
    cases = []
    for name in LOSSES:
        fit, nudged = Fit(name), Fit(name, nudge=1e-15)
        for (settings, rows, most), (_, others, _) in zip(runs(fit), runs(nudged), strict=True):
            kept, near = kept_of(rows, most), kept_of(others, most)
            if most == 1:
                kept[1][3:] = [None, None]
            else:
                both = min(len(kept), len(near))
                sizes = 1 + np.abs(kept[:both]) + np.abs(kept[0])
                apart = np.abs(np.subtract(kept[:both], near[:both])) > 2e-14 * sizes
                differ = apart.any(axis=1)
                kept = kept[: differ.argmax() if differ.any() else both]
            where = LOSSES[name][0]
            cases.append({"points": where, "loss": fit.told, "settings": settings, "rows": kept})
    named = [{"name": k, "x": x.tolist(), "y": y.tolist()} for k, (x, y) in points().items()]
    return {"steps": KEPT, "points": named, "cases": cases}


if __name__ == "__main__":
    lists = (
        f'"{name}": [\n' + ",\n".join(json.dumps(one) for one in ones) + "\n]"
        for name, ones in make().items()
    )
    FILE.write_text("{" + ",\n".join(lists) + "}\n")
