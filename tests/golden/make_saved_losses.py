"""Makes saved_losses.json: what is saved of a few widgets, and the rows that PyTorch made after that.

Run `python -m tests.golden.make_saved_losses` to make it again. A page goes on from what is saved.
"""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np
import torch

from gd_widget import GDWidget

FILE = Path(__file__).with_name("saved_losses.json")
AT, TO = 7, 50
"""The step that is saved, and the last one whose row is kept."""


def waves(u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    return torch.sin(u) + v**2


def widgets() -> dict[str, GDWidget]:
    rng = np.random.default_rng(0)
    x = rng.normal(size=40)
    y = (x + rng.normal(size=40) > 0).astype(float)
    return {
        "a logistic fit": GDWidget(x, y, loss="cross_entropy", lr=1.0),
        "a race of losses": GDWidget(n=40, loss=["mse", "mae", "huber"], delta=0.5, ridge=0.05),
        "Himmelblau's function": GDWidget(function="himmelblau", lr=0.01),
        "the reader's own function": GDWidget(function=waves, guess=(1, 2)),
        "more points than travel": GDWidget(n=25_000, loss="mae"),
    }


def case(w: GDWidget) -> dict[str, Any]:
    w.step(AT)
    saved = w._session.state.saved()
    packed = {name: b64encode(getattr(saved, name)).decode() for name in ("points", "rows")}
    w.step(TO - AT)
    rows = [run.trainer.rows()[[AT, 20, TO]].tolist() for run in w.runs]
    picture = b64encode(saved.picture).decode()
    return {"saved": {"snapshot": saved.snapshot, **packed, "picture": picture}, "rows": rows}


if __name__ == "__main__":
    cases = {name: case(w) for name, w in widgets().items()}
    FILE.write_text(json.dumps({"steps": [AT, 20, TO], "cases": cases}) + "\n")
