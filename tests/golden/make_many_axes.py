"""Makes many_axes.json: training with 1 to 200 parameters, by PyTorch's optimizers and by SciPy.

Run `python -m tests.golden.make_many_axes` to make it again. It shares no code with gd_widget:
the core, in Python and in JavaScript, is held to this file.

The points are not in the file: they are made of whole numbers, which every language does alike. Of
n points, feature j of point i is `(i + 1) (j + 3) (i + 7 j + 11) mod 1009 / 1009 - 1/2`, and its y
is `(i + 1) (i + 5) 31 mod 997 / 997`. Where there is an intercept, a column of ones stands at its
place. All training begins where every parameter is 1.
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

FILE = Path(__file__).with_name("many_axes.json")

BATCH_SIZE = 8
STEPS = (1, 2, 30)
"""The steps whose parameters are kept."""

ADAM = {"betas": (0.9, 0.999)}
FIRST_ORDER: list[tuple[str, dict[str, Any], Any, dict[str, Any]]] = [
    ("gd", {}, torch.optim.SGD, {}),
    ("momentum", {"momentum": 0.9}, torch.optim.SGD, {"momentum": 0.9}),
    ("nesterov", {"momentum": 0.9}, torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
    ("adagrad", {}, torch.optim.Adagrad, {}),
    ("rmsprop", {"alpha": 0.99}, torch.optim.RMSprop, {"alpha": 0.99}),
    ("adam", ADAM, torch.optim.Adam, ADAM),
]
"""Rules, their settings beside the rate, and PyTorch's class and arguments."""

LR = 0.1


class Model:
    """So many parameters; which of them is the intercept; points enough to tell them apart."""

    def __init__(self, d: int, intercept: int | None, n: int) -> None:
        self.d, self.intercept, self.n = d, intercept, n
        i, j = np.ogrid[:n, : d - (intercept is not None)]
        x = (i + 1) * (j + 3) * (i + 7 * j + 11) % 1009 / 1009 - 0.5
        self.design = torch.tensor(x if intercept is None else np.insert(x, intercept, 1, axis=1))
        self.y = torch.tensor((i[:, 0] + 1) * (i[:, 0] + 5) * 31 % 997 / 997)

    def loss(self, a: torch.Tensor, seen: Any = slice(None)) -> torch.Tensor:
        return ((self.design[seen] @ a - self.y[seen]) ** 2).mean()


MODELS = [
    Model(1, None, 30),
    Model(1, 0, 30),
    Model(2, 1, 30),
    Model(3, None, 30),
    Model(10, None, 60),
    Model(10, 4, 60),
    Model(200, 0, 600),
]


def batches(n: int, size: int | None) -> Iterator[Any]:
    """The indices that each step sees, epoch after epoch."""
    for epoch in count():
        order = np.argsort(np.random.default_rng(epoch).random(n), kind="stable")
        for begin in range(0, n, size or n):
            yield order[begin : begin + size] if size else slice(None)


def row(model: Model, step: int, params: Any) -> dict[str, Any]:
    """What some parameters are worth, on all points."""
    a = torch.tensor(params, dtype=torch.float64, requires_grad=True)
    loss = model.loss(a)
    loss.backward()
    size = a.grad.norm().item()
    return {"step": step, "params": a.tolist(), "loss": loss.item(), "grad_norm": size}


def trained(
    model: Model, size: int | None, optimizer: Any, arguments: dict[str, Any]
) -> list[dict[str, Any]]:
    a = torch.nn.Parameter(torch.ones(model.d, dtype=torch.float64))
    optimizer = optimizer([a], lr=LR, **arguments)
    kept = STEPS[-1:] if model.d > 10 else STEPS  # two hundred numbers are many
    rows = []
    for step, seen in enumerate(islice(batches(model.n, size), STEPS[-1]), 1):
        optimizer.zero_grad()
        model.loss(a, seen).backward()
        optimizer.step()
        if step in kept:
            rows.append(row(model, step, a.tolist()))
    return rows


def conjugate_path(model: Model) -> list[dict[str, Any]]:
    """The first steps of all rules with an exact line search.

    Their ways are one: Nocedal and Wright, Numerical Optimization (2006), theorem 6.4. Later steps
    make more and more of every rounding.
    """
    design, y = model.design.numpy(), model.y.numpy()
    path: list[list[float]] = []
    cg(
        design.T @ design,
        design.T @ y,
        x0=np.ones(model.d),
        rtol=0,
        maxiter=min(model.d, 2),
        callback=lambda params: path.append(params.tolist()),
    )
    return [row(model, step, params) for step, params in enumerate(path, 1)]


def cases(model: Model) -> Iterator[dict[str, Any]]:
    """All training of one model."""
    for optimizer, settings, kind, arguments in FIRST_ORDER:
        for size in (None, BATCH_SIZE):
            setting = {"optimizer": optimizer, "lr": LR, "batch_size": size, **settings}
            yield {"settings": setting, "rows": trained(model, size, kind, arguments)}
    path = conjugate_path(model)
    for optimizer in ("cg", "bfgs", "lbfgs"):
        yield {"settings": {"optimizer": optimizer}, "rows": path}
    best = torch.linalg.lstsq(model.design, model.y[:, None]).solution[:, 0]
    yield {"settings": {"optimizer": "newton"}, "rows": [row(model, 1, best.tolist())]}


def make() -> list[dict[str, Any]]:
    """Everything the file holds: of each model, its training and its Hessian's eigenvalues."""
    return [
        {
            **{"d": model.d, "intercept": model.intercept, "n": model.n},
            "curvatures": torch.linalg.eigvalsh(
                2 * model.design.T @ model.design / model.n
            ).tolist(),
            "cases": list(cases(model)),
        }
        for model in MODELS
    ]


if __name__ == "__main__":
    FILE.write_text("[" + ",\n".join(json.dumps(model) for model in make()) + "]\n")
