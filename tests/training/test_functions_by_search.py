"""Rules with a line search, and Newton's, on the named functions: as plain loops do it, in PyTorch."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gd_widget import GDWidget

CASES = json.loads((Path(__file__).parents[1] / "golden/functions.json").read_text())


@pytest.mark.parametrize("engine", ["torch", "numpy"])
@pytest.mark.parametrize("case", CASES, ids=lambda one: f"{one['function']} {one['optimizer']}")
def test_each_rule_makes_what_a_plain_loop_makes(case, engine):
    w = GDWidget(function=case["function"], optimizer=case["optimizer"], engine=engine)
    expected = np.array(case["rows"])
    assert w.guess == tuple(case["guess"])
    w.step(len(expected) - 1)
    made = w._trainer.rows()[: len(expected), :5]
    limits = 1e-12 * (np.abs(expected) + np.abs(expected).max(axis=0))
    assert len(made) == len(expected)
    assert (np.abs(made - expected) <= limits).all()
