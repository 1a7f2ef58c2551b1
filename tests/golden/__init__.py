"""Histories made by PyTorch and SciPy, which every engine must reproduce."""

from __future__ import annotations

import json
from pathlib import Path

GOLDEN = json.loads(Path(__file__).with_name("gradient_descent.json").read_text())
OPTIMIZERS = json.loads(Path(__file__).with_name("optimizers.json").read_text())
