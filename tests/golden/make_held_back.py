"""Makes held_back.json: what plain PyTorch loops make of points, some of which they do not see.

Run `python -m tests.golden.make_held_back` to make it again. It shares no code with gd_widget: both
engines, and the page, are held to this file.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812

from tests.golden.make_optimizers import batches

FILE = Path(__file__).with_name("held_back.json")
KEPT = [0, 1, 2, 5, 20, 80, 300]
"""The steps whose rows are kept."""

N, SHARE, SEED = 40, 0.3, 5

CASES: list[tuple[dict[str, Any], int, Callable[..., torch.Tensor], int | None]] = [
    ({"kind": "mse"}, 1, F.mse_loss, None),
    ({"kind": "mse"}, 1, F.mse_loss, 8),
    ({"kind": "mse", "ridge": 0.1}, 3, F.mse_loss, None),
    ({"kind": "mse"}, 12, F.mse_loss, None),
    ({"kind": "mae"}, 1, F.l1_loss, None),
    ({"kind": "huber", "delta": 0.5}, 3, lambda a, b: F.huber_loss(a, b, delta=0.5), 8),
    ({"kind": "cross_entropy"}, 1, F.binary_cross_entropy_with_logits, None),
    ({"kind": "cross_entropy", "ridge": 0.1}, 3, F.binary_cross_entropy_with_logits, 8),
]
"""The loss, the degree, what PyTorch calls it, and how many points a step looks at."""


def points() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """x; y of a wave; y of yes or no; and which of them are held back."""
    rng = np.random.default_rng(11)
    x = rng.uniform(-1, 1, N)
    y = np.sin(4 * x) + rng.normal(0, 0.3, N)
    order = np.argsort(np.random.default_rng(SEED + 2**64).random(N), kind="stable")
    held = np.zeros(N, bool)
    held[order[: round(SHARE * N)]] = True
    return x, y, (y > 0).astype(float), held


def rows(told: dict[str, Any], degree: int, of: Any, size: int | None) -> list[list[float]]:
    """Parameters, loss, and that of the points held back, of the kept steps."""
    x, wave, answers, held = points()
    y = torch.tensor(answers if told["kind"] == "cross_entropy" else wave)
    powers = np.stack([*(x**power for power in range(1, degree + 1)), np.ones(N)], axis=1)
    design, seen_never = torch.tensor(powers), torch.tensor(held)
    x_train, y_train = design[~seen_never], y[~seen_never]
    start = [-1.0, 1.0] if degree == 1 else [0.0] * (degree + 1)
    a = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    made = []
    for _, seen in zip(range(KEPT[-1] + 1), batches(len(y_train), size), strict=False):
        ridge = told.get("ridge", 0) * (a[:-1] ** 2).sum()
        with torch.no_grad():
            loss = of(x_train @ a, y_train) + ridge
            validation = of(design[seen_never] @ a, y[seen_never])
        made.append([*a.tolist(), loss.item(), validation.item()])
        (of(x_train[seen] @ a, y_train[seen]) + ridge).backward()
        with torch.no_grad():
            a -= 0.1 * a.grad
        a.grad.zero_()
    return [made[step] for step in KEPT]


def make() -> dict[str, Any]:
    """Everything the file holds."""
    x, wave, answers, held = points()
    told = {"share": SHARE, "seed": SEED, "held": np.flatnonzero(held).tolist(), "steps": KEPT}
    cases = [
        {"loss": loss, "degree": degree, "batch_size": size, "rows": rows(loss, degree, of, size)}
        for loss, degree, of, size in CASES
    ]
    return {
        **told,
        "x": x.tolist(),
        "y": wave.tolist(),
        "answers": answers.tolist(),
        "cases": cases,
    }


if __name__ == "__main__":
    lines = (f'"{name}": {json.dumps(value)}' for name, value in make().items())
    FILE.write_text("{" + ",\n".join(lines) + "}\n")
