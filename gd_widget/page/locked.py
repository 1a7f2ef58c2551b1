"""What a page asks for though its reader is not to: a control that is locked, or not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gd_widget.core.controls import is_free
from gd_widget.core.settings import RULE_SETTINGS

OF_SETTINGS = {
    **dict.fromkeys(RULE_SETTINGS, "settings"),
    **{"lr": "lr", "optimizer": "optimizer", "guess": "drag", "steps_per_second": "speed"},
}
"""The control that changes a setting. Playing has none: a page at the end of it stops by itself."""

OF_MESSAGES = {"edit": "drag", "reset": "reset", "new_data": "data"}


def must_be_free(settings: Mapping[str, Any], message: Mapping[str, Any]) -> None:
    """Raise ValueError for a message that takes a control which its reader does not have.

    settings : those of the session. message : checked.
    """
    taken = {OF_MESSAGES.get(message["type"]): message["type"]}
    taken |= {OF_SETTINGS.get(name): name for name in message.get("changes", ())}
    for control, asked in taken.items():
        if control is not None and not is_free(settings, control):
            raise ValueError(
                f"{asked} is not for readers to change here: the control {control!r} is locked or "
                "left out. Python may"
            )
