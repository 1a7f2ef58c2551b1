"""Wrong programs, made of right ones: a line dropped, doubled, swapped, a sign, a shape, a scale changed.

Each program is the lines of an update(). What may be said of a mutant depends on what was changed; what
is said beyond that is a false cause.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

SETUP = """
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
lr = 0.1
a = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))
"""

TENSORS = "x, y = torch.tensor(P.x), torch.tensor(P.y)\n"

ARRAYS = "x, y = np.array(P.x), np.array(P.y)\na = np.array([-1.0, 1.0])\n"


class Program(NamedTuple):
    """What comes before update(), its lines, what holds its parameters, and the loss shown."""

    setup: str
    lines: tuple[str, ...]
    params: str = "a"
    loss: str = "mse"


class Mutant(NamedTuple):
    """A program that was changed, and how."""

    name: str
    source: str
    program: Program


PROGRAMS = {
    "by_hand": Program(
        TENSORS,
        (
            "guess = a[0] * x + a[1]",
            "loss = ((guess - y) ** 2).mean()",
            "loss.backward()",
            "with torch.no_grad(): a.sub_(lr * a.grad)",
            "a.grad.zero_()",
            "return loss",
        ),
    ),
    "of_data": Program(
        TENSORS,
        (
            "guess = torch.stack([x, torch.ones_like(x)], 1) @ a",
            "loss = F.mse_loss(guess, y)",
            "loss.backward()",
            "a.data -= 0.1 * a.grad",
            "a.grad = None",
        ),
    ),
    "sgd": Program(
        TENSORS + "opt = torch.optim.SGD([a], lr=lr)\n",
        (
            "opt.zero_grad()",
            "guess = a[0] * x + a[1]",
            "loss = ((guess - y) ** 2).mean()",
            "loss.backward()",
            "opt.step()",
            "return loss.item()",
        ),
    ),
    "adam": Program(
        TENSORS + "opt = torch.optim.Adam([a], lr=0.1)\n",
        (
            "opt.zero_grad()",
            "guess = a[0] * x + a[1]",
            "loss = ((guess - y) ** 2).mean()",
            "loss.backward()",
            "opt.step()",
        ),
    ),
    "model": Program(
        TENSORS
        + "model = nn.Linear(1, 1, dtype=torch.float64)\n"
        + "nn.init.constant_(model.weight, -1.0); nn.init.constant_(model.bias, 1.0)\n"
        + "opt = torch.optim.SGD(model.parameters(), lr=lr)\n",
        (
            "guess = model(x[:, None])[:, 0]",
            "loss = F.mse_loss(guess, y)",
            "opt.zero_grad()",
            "loss.backward()",
            "opt.step()",
            "return loss",
        ),
        "model",
    ),
    "two": Program(
        TENSORS
        + "w = torch.tensor([-1.0], dtype=torch.float64, requires_grad=True)\n"
        + "b = torch.tensor([1.0], dtype=torch.float64, requires_grad=True)\n",
        (
            "loss = ((w * x + b - y) ** 2).mean()",
            "loss.backward()",
            "with torch.no_grad(): w.sub_(lr * w.grad)",
            "with torch.no_grad(): b.sub_(lr * b.grad)",
            "w.grad.zero_()",
            "b.grad.zero_()",
            "return loss",
        ),
        "[w, b]",
    ),
    "arrays": Program(
        ARRAYS,
        (
            "r = a[0] * x + a[1] - y",
            "by_slope = 2 * (r * x).mean()",
            "by_intercept = 2 * r.mean()",
            "a[0] -= lr * by_slope",
            "a[1] -= lr * by_intercept",
            "return (r ** 2).mean()",
        ),
    ),
    "matrices": Program(
        ARRAYS,
        (
            "guess = a[0] * x + a[1]",
            "r = guess - y",
            "grad = 2 * np.array([(r * x).mean(), r.mean()])",
            "a[:] = a - lr * grad",
        ),
    ),
}

STEP = (
    "loss.backward()",
    "with torch.no_grad(): a.sub_(lr * a.grad)",
    "a.grad.zero_()",
    "return loss",
)

OF_OTHER_LOSSES = {
    "mae": Program(
        TENSORS, ("guess = a[0] * x + a[1]", "loss = (guess - y).abs().mean()", *STEP), loss="mae"
    ),
    "l1": Program(
        TENSORS + "opt = torch.optim.SGD([a], lr=lr)\n",
        (
            "opt.zero_grad()",
            "guess = a[0] * x + a[1]",
            "loss = F.l1_loss(guess, y)",
            "loss.backward()",
            "opt.step()",
        ),
        loss="mae",
    ),
    "huber": Program(
        TENSORS, ("guess = a[0] * x + a[1]", "loss = F.huber_loss(guess, y)", *STEP), loss="huber"
    ),
    "signs": Program(
        ARRAYS,
        (
            "r = a[0] * x + a[1] - y",
            "by_slope = (np.sign(r) * x).mean()",
            "by_intercept = np.sign(r).mean()",
            "a[0] -= lr * by_slope",
            "a[1] -= lr * by_intercept",
            "return np.abs(r).mean()",
        ),
        loss="mae",
    ),
    "clipped": Program(
        ARRAYS,
        (
            "r = np.clip(a[0] * x + a[1] - y, -1, 1)",
            "grad = np.array([(r * x).mean(), r.mean()])",
            "a[:] = a - lr * grad",
        ),
        loss="huber",
    ),
    "logits": Program(
        TENSORS + "lr = 0.5\n",
        (
            "guess = a[0] * x + a[1]",
            "loss = F.binary_cross_entropy_with_logits(guess, y)",
            *STEP,
        ),
        loss="cross_entropy",
    ),
    "shares": Program(
        ARRAYS + "lr = 0.5\n",
        (
            "z = a[0] * x + a[1]",
            "p = 1 / (1 + np.exp(-z))",
            "grad = np.array([((p - y) * x).mean(), (p - y).mean()])",
            "a[:] = a - lr * grad",
        ),
        loss="cross_entropy",
    ),
}
"""Those of other losses than the mean squared error, where the widget shows the same."""

CHANGES = {
    "minus": (" - ", " + "),
    "plus": (" + ", " - "),
    "step_up": ("-= ", "+= "),
    "step_up_": ("sub_(", "add_("),
    "negative": ("loss = ", "loss = -"),
    "no_square": (" ** 2", ""),
    "cube": (" ** 2", " ** 4"),
    "absolute": (" ** 2", ".abs()"),
    "l1": ("mse_loss", "l1_loss"),
    "huber": ("mse_loss", "huber_loss"),
    "squares": (".abs()", " ** 2"),
    "squares_l1": ("l1_loss", "mse_loss"),
    "squares_huber": ("huber_loss", "mse_loss"),
    "absolute_huber": ("huber_loss", "l1_loss"),
    "sigmoid": ("logits(guess", "logits(guess.sigmoid()"),
    "squares_logits": ("binary_cross_entropy_with_logits", "mse_loss"),
    "wide": ("-1, 1)", "-2, 2)"),
    "unclipped": ("np.clip(a[0] * x + a[1] - y, -1, 1)", "a[0] * x + a[1] - y"),
    "signless": ("np.sign(r)", "r"),
    "total": (".mean()", ".sum()"),
    "total_": ("y)", "y, reduction='sum')"),
    "half": (".mean()", ".mean() / 2"),
    "twice": (".mean()", ".mean() * 2"),
    "divided_twice": (".mean()", ".mean() / len(x)"),
    "root": (".mean()", ".mean() ** 0.5"),
    "no_2": ("2 * ", ""),
    "shape_y": ("y)", "y[:, None])"),
    "shape_y_": ("- y", "- y[:, None]"),
    "shape_x": ("* x", "* x[:, None]"),
    "scale_x": ("* x", "* (x / 10)"),
    "shift_x": ("* x", "* (x - 3)"),
    "standard_x": ("* x", "* ((x - x.mean()) / x.std())"),
    "standard_x_": ("model(x", "model(((x - x.mean()) / x.std())"),
    "scale_y": ("- y", "- y * 10"),
    "scale_y_": ("guess, y", "guess, y * 10"),
    "shift_y": ("- y", "- (y - 5)"),
    "standard_y": ("- y", "- (y - y.mean()) / y.std()"),
    "batch": ("- y) ** 2)", "- y)[:20] ** 2)"),
    "order": ("a[0] * x + a[1]", "a[1] * x + a[0]"),
    "float32": ("* x", "* x.float()"),
    "whole": ("- y", "- y.long()"),
    "rounded": ("guess = ", "guess = torch.round("),
    "item": ("loss.backward", "loss.item().backward"),
    "detached": ("loss.backward", "loss.detach().requires_grad_().backward"),
    "detached_": ("* x +", "* x.detach() + 0 *"),
    "kept_graph": ("backward()", "backward(retain_graph=True)"),
    "fast": ("lr * ", "20 * lr * "),
    "slow": ("lr * ", "0 * lr * "),
    "fast_": ("0.1 * ", "3.0 * "),
    "fast_rate": ("lr=lr", "lr=2.0"),
    "rate_0": ("lr=lr", "lr=0.0"),
    "maximize": ("lr=lr", "lr=lr, maximize=True"),
    "momentum": ("lr=lr", "lr=lr, momentum=0.9"),
    "other_grad": ("by_slope\n", "by_intercept\n"),
    "other_part": ("a[1] -=", "a[0] -="),
    "one_for_both": ("lr * a.grad", "lr * a.grad[0]"),
    "one_for_both_": ("np.array([(r * x).mean(), r.mean()])", "(r * x).mean()"),
    "no_x": ("(r * x).mean()", "r.mean()"),
    "new_a": ("with torch.no_grad(): a.sub_(lr * a.grad)", "global a; a = a - lr * a.grad"),
    "new_array": ("a[:] = a", "global a; a = a"),
    "local": ("a[:] = a", "b = a"),
}
"""What is replaced by what, where it stands; in the setup too."""


def source_of(program: Program, lines: tuple[str, ...], setup: str | None = None) -> str:
    """The cells that define update(), and what it trains."""
    body = "".join(f"    {line}\n" for line in lines)
    setup = program.setup if setup is None else setup
    return f"{SETUP}{setup}def update():\n{body or '    pass'}\n"


def mutants(programs: dict[str, Program] = PROGRAMS) -> Iterator[Mutant]:
    """All of them, none twice."""
    seen = {source_of(program, program.lines) for program in programs.values()}
    for mutant in _mutants(programs):
        if mutant.source not in seen:
            seen.add(mutant.source)
            yield mutant


def _mutants(programs: dict[str, Program]) -> Iterator[Mutant]:
    for name, program in programs.items():
        lines = program.lines
        for i, line in enumerate(lines):
            rest = (*lines[:i], *lines[i + 1 :])
            yield Mutant(f"{name}: drop {line}", source_of(program, rest), program)
            double = (*lines[:i], line, *lines[i:])
            yield Mutant(f"{name}: double {line}", source_of(program, double), program)
            for j in range(len(lines)):
                moved = (*rest[:j], line, *rest[j:])
                yield Mutant(f"{name}: {j} <- {line}", source_of(program, moved), program)
        for change, (old, new) in CHANGES.items():
            for i, line in enumerate(lines):
                parts = f"{line}\n".split(old)
                for cut in range(1, len(parts)):
                    changed = f"{old.join(parts[:cut])}{new}{old.join(parts[cut:])}".strip()
                    changed += ")" * changed.count("torch.round(")
                    source = source_of(program, (*lines[:i], changed, *lines[i + 1 :]))
                    yield Mutant(f"{name}: {change} {changed}", source, program)
            if old in program.setup:
                source = source_of(program, lines, program.setup.replace(old, new))
                yield Mutant(f"{name}: {change} in the setup", source, program)
        if "guess = " in lines[0] or "guess = " in lines[1]:
            guess = next(line for line in lines if "guess = " in line)
            rest = tuple(line for line in lines if line != guess)
            kept = tuple(line.replace("backward()", "backward(retain_graph=True)") for line in rest)
            setup = f"{program.setup}{guess}\n"
            yield Mutant(f"{name}: stale {guess}", source_of(program, rest, setup), program)
            yield Mutant(f"{name}: kept {guess}", source_of(program, kept, setup), program)
