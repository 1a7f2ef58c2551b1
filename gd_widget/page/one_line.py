"""A session in one line: what print() shows of a widget, and what is read out of its picture."""

from __future__ import annotations

from typing import Any

from gd_widget.core.function_loss import FunctionLoss
from gd_widget.core.losses import KINDS
from gd_widget.page.state import State

MOST_PARAMS = 6
"""Parameters whose values can be read in one line."""


def one_line(state: State) -> str:
    """The widget as the call that makes one like it, and where it is: step, params and loss."""
    t, runs = state.race.first, state.race.runs
    held = t.points.held
    shown: dict[str, Any] = {"n": len(t.points)}
    if held is not None:
        shown = {"n": len(t.points) + len(held), "held_back": len(held)}
    if isinstance(t.objective, FunctionLoss):
        name = t.objective.about.name
        shown = {"function": "f" if name is None else repr(name)}
    if len(runs) > 1:
        names = ", ".join(run.name for run in runs)
        what = ", ".join(f"{name}={value}" for name, value in shown.items())
        return f"GDWidget({what}, step={state.race.n_steps}, runs: {names})"
    model = t.points.model
    if model.degree > 1:
        shown["degree"] = model.degree
    if model.means is not None:
        shown["standardize"] = True
    loss = t.told_loss
    if loss.kind in KINDS:
        shown["loss"] = repr(loss.kind)
    if loss.kind == "huber":
        shown["delta"] = f"{loss.delta:g}"
    if loss.ridge:
        shown["ridge"] = f"{loss.ridge:g}"
    if t.plan["optimizer"] != "gd":
        shown["optimizer"] = repr(t.plan["optimizer"])
    if "lr" in t.plan:
        shown["lr"] = f"{t.lr:g}"
    if t.plan.get("batch_size") is not None:
        shown["batch_size"] = t.plan["batch_size"]
    shown["step"] = t.n_steps
    if len(t.names) <= MOST_PARAMS:
        shown |= {name: f"{value:.4g}" for name, value in zip(t.names, t.params, strict=True)}
    else:
        shown["params"] = f"{len(t.names)} numbers"
    shown[loss.kind if loss.kind in KINDS else "loss"] = f"{t.loss:.4g}"
    if t.validation_loss is not None:
        shown["validation_loss"] = f"{t.validation_loss:.4g}"
    parts = ", ".join(f"{name}={value}" for name, value in shown.items())
    return f"GDWidget({parts}{', diverged' if t.diverged_at is not None else ''})"
