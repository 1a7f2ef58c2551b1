"""Writes constraints.txt: one version of every package the checks install.

One file serves every Python from 3.10 on, through environment markers. The CUDA packages
that PyTorch asks for on Linux are left out: a constraint on them would hold for nobody here,
and a CPU build of PyTorch does not want them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FILE = Path("constraints.txt")
PYTORCH = "torch==2.13.0"
LEFT_OUT = ("nvidia-", "cuda-", "triton")
HEAD = f"""\
# Made by `make lock`. Versions only: where they come from is the machine's own affair.
# {PYTORCH} is chosen by hand in tools/lock.py.
"""


def main() -> None:
    """Resolve pyproject.toml anew."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--universal"]
    command += ["--python-version=3.10", "--all-extras", "--group=build", "--group=demo"]
    command += ["--group=test", "--constraints=-", "--no-annotate", "--no-header", "--quiet"]
    run = subprocess.run(command, input=PYTORCH, capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    lines = [line for line in run.stdout.splitlines() if not line.startswith(LEFT_OUT)]
    FILE.write_text(HEAD + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
