"""An environment for each group of hosts whose versions go together, made when first asked for.

What is in one is pinned in requirements/<name>.txt, which `make lock` writes from <name>.in.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
REQUIREMENTS = Path(__file__).with_name("requirements")
ENVIRONMENTS = ROOT / ".hosts"
UV = [sys.executable, "-m", "uv", "--quiet"]


@cache
def environment(name: str) -> Path:
    """The Python of an environment, which has gd_widget as it is now, installed from a wheel."""
    folder = ENVIRONMENTS / name
    python = folder / "bin" / "python"
    pins = (REQUIREMENTS / f"{name}.txt").read_text()
    complete = folder / "complete"
    if not complete.exists() or complete.read_text() != pins:
        run(*UV, "venv", "--clear", f"--python={sys.executable}", str(folder))
        install(python, f"--requirement={REQUIREMENTS / name}.txt")
        complete.write_text(pins)
    install(python, "--no-deps", "--reinstall", str(wheel()))
    return python


@cache
def wheel() -> Path:
    """A wheel of gd_widget as it is now."""
    folder = ENVIRONMENTS / "wheel"
    run(sys.executable, "-m", "hatchling", "build", "--clean", "--target=wheel", "-d", str(folder))
    [path] = folder.glob("*.whl")
    return path


def install(python: Path, *what: str) -> None:
    run(*UV, "pip", "install", f"--python={python}", *what)


def run(*command: str) -> None:
    """Run a program; what it has to say is told when it fails."""
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, done.stdout
