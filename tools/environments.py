"""Environments beside the tests' own: other hosts', and the one that builds a JupyterLite site.

What is in one is pinned in environments/<name>.txt, which `make lock` writes from <name>.in.
Each is made when it is first asked for.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PINS = ROOT / "environments"
MADE = ROOT / ".environments"
UV = [sys.executable, "-m", "uv", "--quiet"]


@cache
def environment(name: str) -> Path:
    """The Python of an environment, which has gd_widget as it is now, installed from a wheel.

    Raises RuntimeError when it cannot be made.
    """
    folder = MADE / name
    python = folder / "bin" / "python"
    pins = PINS / f"{name}.txt"
    complete = folder / "complete"
    if not complete.exists() or complete.read_text() != pins.read_text():
        run(*UV, "venv", "--clear", f"--python={sys.executable}", str(folder))
        install(python, f"--requirement={pins}")
        complete.write_text(pins.read_text())
    install(python, "--no-deps", "--reinstall", str(wheel()))
    return python


@cache
def wheel() -> Path:
    """A wheel of gd_widget as it is now."""
    folder = MADE / "wheel"
    run(sys.executable, "-m", "hatchling", "build", "--clean", "--target=wheel", f"-d={folder}")
    [path] = folder.glob("*.whl")
    return path


def install(python: Path, *what: str) -> None:
    """Install with uv, into the environment of a Python."""
    run(*UV, "pip", "install", f"--python={python}", *what)


def run(*command: str, folder: Path = ROOT) -> None:
    """Run a program; RuntimeError, with what it had to say, when it fails."""
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}")
