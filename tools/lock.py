"""Writes constraints.txt and package-lock.json: one version of everything the checks install.

Both say what is installed, not where it comes from: that is the machine's own affair.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PYTORCH = "torch==2.13.0"
HEAD = f"# Made by `make lock`; {PYTORCH} is chosen by hand in tools/lock.py.\n"

# PyTorch asks for CUDA on Linux, which its CPU builds do not want.
LEFT_OUT = ("nvidia-", "cuda-", "triton")


def run(*command: str, given: str = "") -> str:
    """Run a program and return what it prints; its errors end the script."""
    result = subprocess.run(command, input=given, stdout=subprocess.PIPE, text=True, check=True)
    return result.stdout


def lock_python() -> None:
    """One file for every Python from 3.10 on, through environment markers."""
    groups = [f"--group={name}" for name in ("build", "demo", "test")]
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *groups]
    command += ["--all-extras", "--universal", "--python-version=3.10", "--constraints=-"]
    lines = run(*command, "--no-annotate", "--no-header", "--quiet", given=PYTORCH).splitlines()
    kept = [line for line in lines if not line.startswith(LEFT_OUT)]
    Path("constraints.txt").write_text(HEAD + "\n".join(kept) + "\n")


def lock_node() -> None:
    """Npm's own option to leave addresses out also loses other platforms' packages."""
    file = Path("package-lock.json")
    file.unlink(missing_ok=True)
    whole = "--omit-lockfile-registry-resolved=false"
    run("npm", "install", "--ignore-scripts", "--package-lock-only", whole)
    lock = json.loads(file.read_text())
    for package in lock["packages"].values():
        package.pop("resolved", None)
    file.write_text(json.dumps(lock, indent=2) + "\n")


if __name__ == "__main__":
    lock_python()
    lock_node()
