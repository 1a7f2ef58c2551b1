"""Which rule of ours an optimizer does the same as: it is known by what it does, not by its name.

It is shown gradients that are made up. Where each of its steps is

    step = momentum · step before - now · gradient + then · gradient before

with the same three numbers, it is linear in the gradient: gradient descent, where two of them are
0; momentum, where the last is; Nesterov's, where the last is `now` · momentum / (1 + momentum). Any
other is none of these; so is one whose first step, before which there are none, is otherwise, as
torch.optim.SGD's is with dampening: when it arrives is another question then.
"""

from __future__ import annotations

import numpy as np

from gd_widget.core.stretches import Plan
from gd_widget.core.types import FloatArray

N_STEPS = 8
NEAR = 1e-9


def probes(d: int) -> FloatArray:
    """The gradients to be shown, shape (N_STEPS, d)."""
    return np.random.default_rng(0).normal(size=(N_STEPS, d))


def recognized(steps: FloatArray, grads: FloatArray) -> Plan | None:
    """The rule, with its rate and momentum, that makes these steps of these gradients; or None.

    Both of shape (N_STEPS, d). A rate below 0 climbs.
    """
    nothing = np.zeros_like(grads[:1])
    now, before = grads.ravel(), np.concatenate([nothing, grads[:-1]]).ravel()
    made, last = steps.ravel(), np.concatenate([nothing, steps[:-1]]).ravel()
    if not np.isfinite(steps).all() or not made.any():
        return None

    def fit(*terms: FloatArray) -> list[float] | None:
        of_terms = np.column_stack(terms)
        shares = np.linalg.lstsq(of_terms, made, rcond=None)[0]
        missed = np.abs(of_terms @ shares - made).max()
        return shares.tolist() if missed <= NEAR * np.abs(made).max() else None

    if found := fit(-now):
        return {"optimizer": "gd", "lr": found[0]}
    if found := fit(-now, last):
        return {"optimizer": "momentum", "lr": found[0], "momentum": found[1]}
    if found := fit(-now, last, before):
        lr, momentum = found[0] / (1 + found[1]), found[1]
        if abs(found[2] - lr * momentum) <= NEAR * abs(found[0]):
            return {"optimizer": "nesterov", "lr": lr, "momentum": momentum}
    return None
