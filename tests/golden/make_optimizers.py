"""Makes optimizers.json: what PyTorch's optimizers do, and SciPy's conjugate gradients.

Run `python -m tests.golden.make_optimizers` to make it again. It shares no code with gd_widget:
every engine, in Python and in JavaScript, is held to this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.sparse.linalg import cg

Params = tuple[float, float]

FILE = Path(__file__).with_name("optimizers.json")

KEPT = [*range(20), *range(20, 501, 20)]
"""The steps whose rows are kept."""

# x from, x to, number of points, slope, intercept, seed of the points; guess; batch sizes
DATA = {
    "the lesson": ((-1, 1, 100, 3, 2, 1), (-1, 1), [None, 8, 32]),
    "x in 0 to 100": ((0, 100, 50, 1.5, 20, 3), (0, 0), [None, 8]),
}

SGD, ADAM = torch.optim.SGD, torch.optim.Adam

# optimizer, its settings beside the rate, PyTorch's class and arguments, rates for each of DATA
FIRST_ORDER: list[tuple[str, dict[str, Any], Any, dict[str, Any], list[list[float]]]] = [
    ("gd", {}, SGD, {}, [[0.1, 0.9], [2e-4]]),
    ("momentum", {"momentum": 0.9}, SGD, {"momentum": 0.9}, [[0.1, 0.02], [5e-5]]),
    ("momentum", {"momentum": 0.5}, SGD, {"momentum": 0.5}, [[0.1], [2e-4]]),
    (
        "nesterov",
        {"momentum": 0.9},
        SGD,
        {"momentum": 0.9, "nesterov": True},
        [[0.1, 0.02], [1e-4]],
    ),
    ("adagrad", {}, torch.optim.Adagrad, {}, [[0.1, 1.0], [1.0]]),
    ("rmsprop", {"alpha": 0.99}, torch.optim.RMSprop, {"alpha": 0.99}, [[0.01, 0.1], [0.1]]),
    ("rmsprop", {"alpha": 0.9}, torch.optim.RMSprop, {"alpha": 0.9}, [[0.01], [0.1]]),
    ("adam", {"betas": (0.9, 0.999)}, ADAM, {}, [[0.1, 1.0], [0.5]]),
    ("adam", {"betas": (0.8, 0.9)}, ADAM, {"betas": (0.8, 0.9)}, [[0.1], [0.5]]),
]

# Number of points, batch size, how many batches
BATCHES = [(100, 8, 27), (50, 16, 9), (7, 3, 12), (1, 1, 2), (64, 32, 5), (1000, 400, 4)]


class Line:
    """Points about a line, and the mean squared error there is with a guess."""

    def __init__(self, x: np.ndarray, y: np.ndarray) -> None:
        self.x, self.y = x, y
        self.design = torch.tensor(np.stack([x, np.ones(len(x))], axis=1))
        self.target = torch.tensor(y)

    @classmethod
    def of(cls, low: float, high: float, n: int, slope: float, intercept: float, seed: int) -> Line:
        rng = np.random.default_rng(seed)
        x = rng.uniform(low, high, n)
        return cls(x, slope * x + intercept + rng.normal(0, 0.25, n))

    def loss(self, a: torch.Tensor, seen: Any = slice(None)) -> torch.Tensor:
        return ((self.design[seen] @ a - self.target[seen]) ** 2).mean()

    def row(self, params: Any) -> list[float]:
        """Slope, intercept, loss, grad_slope, grad_intercept: of all points."""
        a = torch.tensor(params, dtype=torch.float64, requires_grad=True)
        loss = self.loss(a)
        loss.backward()
        return [*a.tolist(), loss.item(), *a.grad.tolist()]


def batches(n: int, size: int | None) -> Iterator[Any]:
    """The indices that each step sees, epoch after epoch."""
    for epoch in count():
        order = np.argsort(np.random.default_rng(epoch).random(n), kind="stable")
        for begin in range(0, n, size or n):
            yield order[begin : begin + size] if size else slice(None)


def trained(
    line: Line, guess: Params, size: int | None, n_steps: int, optimizer: Any, **arguments: Any
) -> list[list[float]]:
    """The rows to be kept of training with one of PyTorch's optimizers."""
    a = torch.nn.Parameter(torch.tensor(guess, dtype=torch.float64))
    optimizer = optimizer([a], **arguments)
    rows = [line.row(a.tolist())]
    for step, seen in enumerate(islice(batches(len(line.x), size), n_steps), 1):
        optimizer.zero_grad()
        line.loss(a, seen).backward()
        optimizer.step()
        if step in KEPT:
            rows.append(line.row(a.tolist()))
    return rows


def steady(line: Line, guess: Params, *how: Any, **arguments: Any) -> list[list[float]]:
    """The rows of training, as long as a difference in the last bits of x does not matter.

    RMSProp, or Adam with a short memory, does not come to rest at the bottom: it divides by ever
    smaller gradients and is thrown about, and from there on no two machines train alike.
    """
    rows = trained(line, guess, *how, **arguments)
    nudged = trained(Line(line.x * (1 + 1e-15), line.y), guess, *how, **arguments)
    sizes = 1 + np.abs(rows) + np.abs(rows[0])
    differ = (np.abs(np.subtract(rows, nudged)) > 1e-14 * sizes).any(axis=1)
    return rows[: differ.argmax()] if differ.any() else rows


def line_searches(line: Line, guess: Params) -> Iterator[tuple[str, Any]]:
    """The params of each step of those rules that look at the bowl.

    On a bowl, and with an exact line search, the methods of conjugate gradients, BFGS and L-BFGS
    all walk the same path, and end with its second step: Nocedal and Wright, Numerical
    Optimization (2006), theorems 5.3 and 6.4.
    """
    design, y, path = line.design.numpy(), line.y, [guess]
    cg(
        design.T @ design,
        design.T @ y,
        x0=np.array(guess, float),
        rtol=0,
        maxiter=2,
        callback=lambda params: path.append(params.tolist()),
    )
    for optimizer in ("cg", "bfgs", "lbfgs"):
        yield optimizer, path

    a = torch.tensor(guess, dtype=torch.float64)
    hessian = torch.autograd.functional.hessian(line.loss, a)
    grad = torch.autograd.functional.jacobian(line.loss, a)
    yield "newton", [guess, (a - torch.linalg.solve(hessian, grad)).tolist()]


def make_cases(which: int, train: Any, n_steps: int) -> Iterator[dict[str, Any]]:
    """All training on the points of one of DATA."""
    name, (points, guess, sizes) = list(DATA.items())[which]
    line = Line.of(*points)
    on = {"points": name, "guess": guess}
    for optimizer, settings, kind, arguments, rates in FIRST_ORDER:
        for lr in rates[which]:
            for size in sizes:
                setting = {"optimizer": optimizer, "lr": lr, "batch_size": size, **settings}
                rows = train(line, guess, size, n_steps, kind, lr=lr, **arguments)
                yield {**on, "settings": setting, "rows": rows}
    # On points that are scaled badly these lose digits, SciPy's more than ours.
    for optimizer, path in line_searches(line, guess) if which == 0 else ():
        rows = [line.row(params) for params in path]
        yield {**on, "settings": {"optimizer": optimizer}, "rows": rows}


def make(train: Any = steady, n_steps: int = KEPT[-1]) -> dict[str, list[Any]]:
    """Everything the file holds. Row i of a case is that of step `steps[i]`."""
    lines = {name: Line.of(*points) for name, (points, *_) in DATA.items()}
    return {
        "steps": KEPT,
        "points": [{"name": k, "x": v.x.tolist(), "y": v.y.tolist()} for k, v in lines.items()],
        "batches": [
            {
                "n": n,
                "batch_size": size,
                "batches": [seen.tolist() for seen in islice(batches(n, size), most)],
            }
            for n, size, most in BATCHES
        ],
        "cases": [case for which in range(len(DATA)) for case in make_cases(which, train, n_steps)],
    }


if __name__ == "__main__":
    lists = (
        f'"{name}": [\n' + ",\n".join(json.dumps(one) for one in ones) + "\n]"
        for name, ones in make().items()
    )
    FILE.write_text("{" + ",\n".join(lists) + "}\n")
