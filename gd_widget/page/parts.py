"""What of the front end a page needs: js/parts.mjs says what is in each part, and in each size."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gd_widget.core.model import Model
from gd_widget.page.bundle import SIZES, STATIC


def needed(snapshot: Mapping[str, Any]) -> set[str]:
    """The parts without which a page cannot go on from what is saved."""
    is_line = Model(**snapshot["model"]).is_line
    kinds = [loss["kind"] for loss in snapshot.get("objectives", [])]
    is_curve = not is_line or "cross_entropy" in kinds
    asked = {
        "many": is_curve or "directions" in snapshot["panels"],
        "density": snapshot["picture"] is not None,
        "held": "held" in snapshot,
        "losses": "objectives" in snapshot,
        "bets": "bets" in snapshot,
        "race": len(snapshot["runs"]) > 1,
    }
    return {part for part, is_needed in asked.items() if is_needed}


ON_ITS_OWN = {"film", "link"}
"""What a page has besides that is a file of its own: its address can have its state."""


def smallest(parts: set[str]) -> Path:
    """The smallest file of the front end that has these parts."""
    enough = [STATIC / name for name, its in SIZES.items() if parts <= set(its)]
    return min(enough, key=lambda path: path.stat().st_size)
