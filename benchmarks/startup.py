"""What it costs to have the package: the time to import it, and the bytes of its front end."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.table import table
from gd_widget.page.bundle import SIZES, STATIC
from hatch_build import is_current

ROOT = Path(__file__).parent.parent
MS_MORE = 20
"""What our own code may add to its two requirements, neither of which it can do without."""
MOST_BYTES, MOST_DEFLATED = 150_000, 56_000
"""Of what every page needs."""
ABSENT = ("torch", "bqplot")

TIMED_IMPORT = """
import json, sys, time
start = time.perf_counter()
import {modules}
seconds = time.perf_counter() - start
print(json.dumps([seconds, [name for name in {absent} if name in sys.modules]]))
"""


@dataclass(frozen=True)
class Import:
    """One import in an interpreter of its own: its time, and which of ABSENT it brought in."""

    ms: float
    brought: list[str]


def timed_import(modules: str) -> Import:
    """Import `modules` in a fresh interpreter; the interpreter's own start is not counted."""
    code = TIMED_IMPORT.format(modules=modules, absent=ABSENT)
    answer = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    seconds, brought = json.loads(answer.stdout)
    return Import(1000 * seconds, brought)


def import_table(rounds: int) -> str:
    """`import gd_widget` and its two requirements alone, in turn, `rounds` times each.

    What each costs more is counted from the one before it, which it includes.
    """
    contenders = ["anywidget", "anywidget, numpy", "gd_widget"]
    for modules in contenders:
        timed_import(modules)  # compiled to bytecode and read from the disk once
    times: dict[str, list[float]] = {modules: [] for modules in contenders}
    brought: set[str] = set()
    for i in range(rounds):
        for modules in contenders if i % 2 else reversed(contenders):
            measured = timed_import(modules)
            times[modules].append(measured.ms)
            if modules == "gd_widget":
                brought.update(measured.brought)
    rows, before = [], [0.0] * rounds
    for modules in contenders:
        mine = times[modules]
        ratio = median(own / base for own, base in zip(mine, times["anywidget"], strict=True))
        more = median(own - base for own, base in zip(mine, before, strict=True))
        target = f"within {MS_MORE}" if modules == "gd_widget" else ""
        row = [f"import {modules}", f"{median(mine):.0f}"]
        rows.append([*row, f"{ratio:.2f}", f"{more:+.0f}", target])
        before = mine
    columns = ["", "ms", "ratio to anywidget", "ms more", "at most"]
    said = f"brought along: {', '.join(sorted(brought)) or 'neither ' + ' nor '.join(ABSENT)}"
    return f"{table('Import, medians of fresh interpreters', columns, rows)}gd_widget {said}\n"


def bundle_table() -> str:
    """The sizes of the front end: a page that is kept has the smallest with what it shows."""
    rows = []
    for name, parts in SIZES.items():
        text = (STATIC / name).read_bytes()
        deflated = len(zlib.compress(text, 9))
        shares = [f"{len(text) / MOST_BYTES:.2f}", f"{deflated / MOST_DEFLATED:.2f}"]
        limited = ["", ""] if parts else shares
        rows.append([name, ", ".join(parts) or "none", f"{len(text):,}", f"{deflated:,}", *limited])
    note = "" if is_current(ROOT) else " (older than its source: run `python hatch_build.py`)"
    limits = [f"of {MOST_BYTES:,}", f"of {MOST_DEFLATED:,}"]
    return table(f"Bundle{note}", ["size", "parts", "bytes", "deflated", *limits], rows)
