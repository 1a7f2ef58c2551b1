"""The front end as it was built from js/: one file, for notebooks and for saved pages alike."""

from __future__ import annotations

from pathlib import Path

BUNDLE = Path(__file__).parents[1] / "static" / "widget.js"
if not BUNDLE.exists():
    raise ImportError(
        "gd_widget was not built: its front end is missing. In a clone of the source, "
        "`make build` builds it; a wheel brings it along."
    )
