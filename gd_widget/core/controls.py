"""Which controls a person has: all, or those that a teacher has chosen.

js/core/controls.js is the twin.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

STEER = (
    *("reset", "back", "play", "step", "timeline", "speed", "optimizer", "lr", "settings"),
    *("data", "drag"),
)
"""Those that training is steered by. settings: a rule's others, and the size of batches; data: new
points; drag: of the line, its points, and the place in the bowl."""

CONTROLS = (*STEER, "residuals", "save", "keys", "full_screen")
"""Every control that can be left out."""

BEGINNER = ("reset", "play", "step", "lr")
"""The least one needs."""

VERDICTS = ("best", "true", "zones", "advice", "forecast")
"""What is said of the training that a reader may want to find out alone."""


def is_shown(controls: Collection[str] | None, name: str) -> bool:
    """Whether there is a control of this name.

    controls : as GDWidget has them: some names, "beginner", or None, which is all.

    >>> is_shown("beginner", "lr"), is_shown(["play"], "lr"), is_shown(None, "lr")
    (True, False, True)
    """
    if controls is None:
        return True
    return name in (BEGINNER if controls == "beginner" else controls)


def is_free(settings: Mapping[str, Any], name: str) -> bool:
    """Whether a person can use it: it is there, and not locked.

    settings : with `controls` and `lock`.
    """
    return is_shown(settings["controls"], name) and name not in settings["lock"]
