"""What the hosts show: Python that ends with a widget `w`, and needs no PyTorch."""

from __future__ import annotations

import textwrap

TRAINS = """\
from gd_widget import GDWidget

w = GDWidget(n=100, lr=0.1, engine="numpy")
"""

RAISES = """\
import numpy as np

from gd_widget import GDWidget, make_line

line = make_line(n=100, seed=1)
a = np.array([-1.0, 1.0])
calls = []


def update():
    calls.append(a.copy())
    if len(calls) == 4:
        raise ValueError("wet points")
    errors = a[0] * line.x + a[1] - line.y
    a[:] -= 0.1 * 2 * np.array([(errors * line.x).mean(), errors.mean()])


w = GDWidget(line.x, line.y, params=a, update=update)
"""
"""A reader's own training step, whose fourth call fails."""

CELLS = {"trains": TRAINS, "raises": RAISES}
"""By the name of the page that shows it."""


def indented(cell: str, levels: int = 1) -> str:
    """The same as part of a function."""
    return textwrap.indent(cell, levels * "    ")
