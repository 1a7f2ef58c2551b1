"""The settings of a rule: what they may be, and what they are where nothing is said.

js/core/settings.js is the twin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gd_widget.core.checks import nearest, one_of, positive_number, share, shares, whole_number
from gd_widget.core.rules import RULES


def _batch_size(name: str, value: Any) -> int | None:
    return None if value is None else whole_number(name, value, least=1)


def _optimizer(name: str, value: Any) -> Any:
    return value if callable(value) else one_of(name, value, RULES)


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "optimizer": _optimizer,
    "lr": positive_number,
    "batch_size": _batch_size,
    "momentum": share,
    "alpha": share,
    "betas": shares,
}
"""The settings, and the check of each: it is given name and value, and returns the value."""

DEFAULTS: dict[str, Any] = {
    "optimizer": "gd",
    "lr": 0.1,
    "batch_size": None,
    "momentum": 0.9,
    "alpha": 0.99,
    "betas": (0.9, 0.999),
}
"""What the settings are where nothing is said. `batch_size` None: every step sees all points."""


def checked(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings, each as its check returns it. TypeError for one that there is not."""
    for name in settings:
        if name not in CHECKS:
            raise TypeError(f"there is no setting {name!r}; {nearest(name, CHECKS)}")
    return {name: CHECKS[name](name, value) for name, value in settings.items()}
