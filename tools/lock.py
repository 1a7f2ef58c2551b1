"""Writes constraints.txt, environments/*.txt and package-lock.json: one version of everything.

    python -m tools.lock           the newest versions that fit
    python -m tools.lock --keep    the versions that are there, and those of what is new

The files say what is installed, not where it comes from: that is the machine's own affair.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

PYTORCH = "torch==2.13.0"
HEAD = f"# Made by `make lock`; {PYTORCH} is chosen by hand in tools/lock.py.\n"

# PyTorch asks for CUDA on Linux, which its CPU builds do not want.
LEFT_OUT = ("nvidia-", "cuda-", "triton")

OLDEST_PYTHON = "3.10"
NEEDS_PYTHON = {"nbgrader": "3.11"}
"""Environments of what an older Python cannot have."""

HOSTS = Path("tests/browser/hosts")
NODE_FOLDERS = (Path(), HOSTS, HOSTS / "vscode", Path("environments"))


def run(*command: str, given: str = "", folder: Path | None = None) -> None:
    """Run a program in silence; its errors end the script."""
    subprocess.run(
        command, cwd=folder, input=given, stdout=subprocess.DEVNULL, text=True, check=True
    )


def compile_python(source: str, file: Path, keep: bool, *options: str, given: str = "") -> None:
    """One file for every Python from the oldest on, through environment markers."""
    oldest = NEEDS_PYTHON.get(file.stem, OLDEST_PYTHON)
    command = [sys.executable, "-m", "uv", "pip", "compile", source, *options]
    command += ["--universal", f"--python-version={oldest}"]
    command += ["--no-annotate", "--no-header", "--quiet", f"--output-file={file}"]
    run(*command, *([] if keep else ["--upgrade"]), given=given)


def lock_python(keep: bool) -> None:
    """What the tests install."""
    file = Path("constraints.txt")
    groups = [f"--group={name}" for name in ("bench", "build", "demo", "release", "test")]
    options = [*groups, "--all-extras", "--constraints=-"]
    compile_python("pyproject.toml", file, keep, *options, given=PYTORCH)
    lines = file.read_text().splitlines()
    kept = [line for line in lines if not line.startswith(LEFT_OUT)]
    file.write_text(HEAD + "\n".join(kept) + "\n")


def lock_node(folder: Path, keep: bool) -> None:
    """Npm's own option to leave addresses out also loses other platforms' packages."""
    file = folder / "package-lock.json"
    if not keep:
        file.unlink(missing_ok=True)
    whole = "--omit-lockfile-registry-resolved=false"
    run("npm", "install", "--ignore-scripts", "--package-lock-only", whole, folder=folder)
    lock = json.loads(file.read_text())
    for package in lock["packages"].values():
        package.pop("resolved", None)
    file.write_text(json.dumps(lock, indent=2) + "\n")


def main() -> None:
    """Lock everything."""
    parser = argparse.ArgumentParser(description="One version of everything the checks install.")
    parser.add_argument("--keep", action="store_true", help="keep the versions that still fit")
    keep = parser.parse_args().keep
    lock_python(keep)
    for source in sorted(Path("environments").glob("*.in")):
        compile_python(str(source), source.with_suffix(".txt"), keep)
    for folder in NODE_FOLDERS:
        lock_node(folder, keep)


if __name__ == "__main__":
    main()
