"""Histories made by PyTorch and SciPy, which every engine must reproduce, and more for both languages."""

from __future__ import annotations

import json
from pathlib import Path

GOLDEN = json.loads(Path(__file__).with_name("gradient_descent.json").read_text())
OPTIMIZERS = json.loads(Path(__file__).with_name("optimizers.json").read_text())
MANY_AXES = json.loads(Path(__file__).with_name("many_axes.json").read_text())
SENTENCES = json.loads(Path(__file__).with_name("sentences.json").read_text("utf-8"))
"""What was found, and what is said of it, by Python and by a page."""
