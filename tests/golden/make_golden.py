"""Makes gradient_descent.json: what PyTorch says, by the plainest loop that can be written.

Run `python -m tests.golden.make_golden` to make it again. It shares no code with gd_widget:
every engine, in Python and in JavaScript, is held to this file.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

FILE = Path(__file__).with_name("gradient_descent.json")

# (name, number of points, x from, x to, slope, intercept, noise, seed, guess, lr, steps)
CASES = [
    ("the lesson", 100, -1, 1, 3, 2, "uniform", 1, (-1, 1), 0.1, 100),
    ("just below the critical rate", 100, -1, 1, 3, 2, "uniform", 1, (-1, 1), 0.99, 60),
    ("diverging", 100, -1, 1, 3, 2, "uniform", 1, (-1, 1), 1.2, 60),
    ("gaussian noise", 40, -1, 1, -2, 0.5, "gaussian", 7, (4, -3), 0.3, 60),
    ("x in 0 to 100", 50, 0, 100, 1.5, 20, "gaussian", 3, (0, 0), 2e-4, 100),
    ("one point", 1, -1, 1, 3, 2, "uniform", 5, (-1, 1), 0.2, 40),
]


def history(x: torch.Tensor, y: torch.Tensor, guess: tuple[float, float], lr: float, steps: int):
    """Rows of slope, intercept, loss, grad_slope, grad_intercept; the guess first."""
    design = torch.stack([x, torch.ones_like(x)], dim=1)
    a = torch.nn.Parameter(torch.tensor(guess, dtype=torch.float64))
    rows = []
    for step in range(steps + 1):
        y_guess = design @ a
        loss = ((y_guess - y) ** 2).mean()
        loss.backward()
        rows.append([*a.tolist(), loss.item(), *a.grad.tolist()])
        if step < steps:
            with torch.no_grad():
                a.sub_(lr * a.grad)
        a.grad.zero_()
    return rows


def make() -> list[dict[str, object]]:
    """Every case with its points, so that no other language need draw them."""
    cases = []
    for name, n, low, high, slope, intercept, noise, seed, guess, lr, steps in CASES:
        rng = np.random.default_rng(seed)
        x = rng.uniform(low, high, n)
        y = slope * x + intercept
        y += rng.uniform(0, 1, n) if noise == "uniform" else rng.normal(0, 0.25, n)
        rows = history(torch.tensor(x), torch.tensor(y), guess, lr, steps)
        case = {"name": name, "x": x.tolist(), "y": y.tolist(), "guess": guess, "lr": lr}
        design = np.stack([x, np.ones(n)], axis=1)
        largest = np.linalg.eigvalsh(2 / n * design.T @ design)[-1]
        cases.append({**case, "critical_lr": 2 / largest, "rows": rows})
    return cases


if __name__ == "__main__":
    text = ",\n".join(json.dumps(case) for case in make())
    FILE.write_text(f"[\n{text}\n]\n")
