"""The front end as it was built from js/: one file, for notebooks and for saved pages alike."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"
BUNDLE = STATIC / "widget.js"
LOADER = STATIC / "loader.js"
"""What waits until the bundle is on a page: the widgets of a notebook carry this instead."""

if not (BUNDLE.exists() and LOADER.exists()):
    raise ImportError(
        "gd_widget was not built: its front end is missing. In a clone of the source, "
        "`make build` builds it; a wheel brings it along."
    )
