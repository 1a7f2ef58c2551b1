"""The most memory that fitting many points takes, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from gd_widget import make_line

STEPS = 20

# Where Linux says it, the peak of this process alone: of getrusage() it may be its parent's.
PEAK = """
import resource, sys
import numpy as np
from gd_widget import GDWidget

def peak():
    if sys.platform == "linux":
        with open("/proc/self/status") as status:
            (kilobytes,) = [line.split()[1] for line in status if line.startswith("VmHWM")]
        return 1024 * int(kilobytes)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

GDWidget(n=100, engine={engine!r}).step({steps})
before = peak()
x, y = np.load({x!r}), np.load({y!r})
GDWidget(x, y, engine={engine!r}).step({steps})
print(peak() - before)
"""


def peak_bytes(n: int, engine: str) -> tuple[int, int]:
    """The most bytes held at once, above a process that has fitted 100 points, and the data's.

    The data's own bytes, two columns of float64, are in the first number, too.
    """
    points = make_line(n)
    with tempfile.TemporaryDirectory() as folder:
        files = {name: str(Path(folder) / f"{name}.npy") for name in "xy"}
        np.save(files["x"], points.x)
        np.save(files["y"], points.y)
        code = PEAK.format(engine=engine, steps=STEPS, **files)
        answer = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
    return int(answer.stdout), points.x.nbytes + points.y.nbytes
