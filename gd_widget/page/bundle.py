"""The front end as it was built from js/: one file, in sizes that have more or fewer parts."""

from __future__ import annotations

import json
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"
BUNDLE = STATIC / "widget.js"
"""All of it."""
LOADER = STATIC / "loader.js"
"""What waits until the bundle is on a page: the widgets of a notebook carry this instead."""

if not (STATIC / "sizes.json").exists():
    raise ImportError(
        "gd_widget was not built: its front end is missing. In a clone of the source, "
        "`make build` builds it; a wheel brings it along."
    )

SIZES: dict[str, list[str]] = json.loads((STATIC / "sizes.json").read_text("utf-8"))
"""The sizes, and the parts that each has: those of js/parts.mjs."""
