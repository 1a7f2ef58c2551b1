"""Makes numbers.json: numbers as Python writes them in sentences, for the front end's twin of that.

Run `python -m tests.golden.make_numbers` to make it again. It shares no code with gd_widget.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("numbers.json")

DIGITS = (1, 3, 4, 6)

# Where the form changes, and halves, of which the even digit is taken.
EDGES = [0.0, 1e-4, 1e-5, 9.9999995e-5, 99995.0, 999999.5, 1e16, 6.19e-7, -1.733e-6, 1e300, 5e-324]
EDGES += [0.5, 2.5, 3.5, 0.125, 0.375, 1000.5, 1001.5, -1000.5, 100000.5, 100001.5, 1048576.5]


def make() -> list[tuple[float, int, str]]:
    """A number, the most digits it is to have, and the text."""
    rng = np.random.default_rng(1)
    sizes = 10 ** rng.uniform(-9, 9, 60)
    numbers = [*EDGES, *(float(f"{size:.{i % 8 + 1}g}") for i, size in enumerate(sizes))]
    return [(number, digits, f"{number:.{digits}g}") for number in numbers for digits in DIGITS]


if __name__ == "__main__":
    FILE.write_text("[\n" + ",\n".join(json.dumps(case) for case in make()) + "\n]\n")
