"""Printing: what ran where, and tables with a column per measurement."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version


def header(*packages: str, **facts: object) -> str:
    """One line: the versions of Python, gd-widget and `packages`, the machine, other facts."""
    parts = [f"Python {platform.python_version()}"]
    parts += [f"{name} {version(name)}" for name in ("gd-widget", *packages)]
    parts += [f"{platform.system()} {platform.machine()}", f"{os.cpu_count()} CPUs"]
    parts += [f"{name.replace('_', ' ')} {fact}" for name, fact in facts.items()]
    return ", ".join(parts)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as text, its columns aligned to the right under their names."""
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    lines = [
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in (columns, *rows)
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([title, *lines, ""])


def number(value: float) -> str:
    """A number with three digits, large ones in groups."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
