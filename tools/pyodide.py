"""Python for the browser as a folder to serve: Pyodide, and the packages that notebooks need.

Pyodide's npm package is the interpreter alone. A lock file says which packages there are beside
it, and Pyodide's own names those of its distribution, on a server of theirs. Here it is written
anew, to name nothing but what lies in the folder.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Set
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from packaging.requirements import Requirement

from tools.environments import PINS, run

PACKAGE = PINS / "node_modules" / "pyodide"
LOCK = "pyodide-lock.json"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")

OF_THE_DISTRIBUTION = ("ipython", "jedi", "micropip", "numpy")
"""What a kernel of notebooks, and ours, need of it; and what these need."""

THERE = {"sys_platform": "emscripten", "python_version": "3.14", "extra": ""}
"""Where packages are to run, as their requirements ask."""

Package = dict[str, Any]


def write(folder: Path, wheels: list[Path], from_the_distribution: Path) -> None:
    """Write it into an empty folder.

    wheels : packages that are not Pyodide's, with no more needs than what is there.
    from_the_distribution : a folder with the wheels of Pyodide's that PyPI does not have: NumPy's.

    Raises RuntimeError where something is missing.
    """
    if not PACKAGE.exists():
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=PINS)
    for name in RUNTIME:
        shutil.copy(PACKAGE / name, folder)
    lock = json.loads((PACKAGE / LOCK).read_text("utf-8"))
    theirs: dict[str, Package] = lock["packages"]
    ours = {normal(path.name.split("-")[0]): Path(shutil.copy(path, folder)) for path in wheels}
    lock["packages"] = {name: described(path) for name, path in ours.items()}
    wanted = [need for package in lock["packages"].values() for need in package["depends"]]
    for name in needed([*OF_THE_DISTRIBUTION, *wanted], theirs, without=ours.keys()):
        found = wheel_of(theirs[name], folder, from_the_distribution)
        lock["packages"][name] = {**theirs[name], **named(found), "unvendored_tests": False}
    (folder / LOCK).write_text(json.dumps(lock, indent=1), "utf-8")


def needed(names: list[str], packages: dict[str, Package], without: Set[str]) -> list[str]:
    """These packages of the distribution, and what they need in turn."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = normal(waiting.pop())
        if name not in found and name not in without:
            found[name] = None
            waiting += packages[name]["depends"]
    return sorted(found)


def wheel_of(package: Package, folder: Path, from_the_distribution: Path) -> Path:
    """A wheel of a package of the distribution, copied or downloaded into the folder."""
    name, version = package["name"], package["version"]
    if package["file_name"].endswith("-none-any.whl"):
        return download(name, version, folder)
    tag = package["file_name"].split("-", 2)[2]  # of the Python and the platform it is for
    for found in sorted(from_the_distribution.glob(f"{name}-*-{tag}"), reverse=True):
        return Path(shutil.copy(found, folder))
    raise RuntimeError(
        f"{from_the_distribution} has no {package['file_name']}, nor one of another version; "
        "Pyodide's releases have it"
    )


def download(name: str, version: str, folder: Path) -> Path:
    """A wheel for any Python, from PyPI."""
    options = ["--quiet", "--no-deps", "--only-binary=:all:", f"--dest={folder}"]
    options += ["--platform=any", "--implementation=py", "--abi=none", "--python-version=3.14"]
    run(sys.executable, "-m", "pip", "download", *options, f"{name}=={version}")
    wanted = [normal(name), version]
    return next(
        path
        for path in folder.glob("*.whl")
        if [normal(path.name.split("-")[0]), path.name.split("-")[1]] == wanted
    )


def described(wheel: Path) -> Package:
    """What Pyodide must know of a wheel that is not its own."""
    name = wheel.name.split("-")[0]
    return {
        **{"name": normal(name), "install_dir": "site", "package_type": "package"},
        **{"depends": needs(wheel), "imports": modules(wheel), "unvendored_tests": False},
        **named(wheel),
    }


def named(wheel: Path) -> Package:
    """The part of it that differs with the version."""
    digest = sha256(wheel.read_bytes()).hexdigest()
    return {"version": wheel.name.split("-")[1], "file_name": wheel.name, "sha256": digest}


def needs(wheel: Path) -> list[str]:
    """The names of what a wheel needs in a browser."""
    with ZipFile(wheel) as archive:
        [metadata] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        lines = archive.read(metadata).decode().split("\n\n")[0].splitlines()
    prefix = "Requires-Dist:"
    requirements = [Requirement(line[len(prefix) :]) for line in lines if line.startswith(prefix)]
    return [
        normal(requirement.name)
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate(THERE)
    ]


def modules(wheel: Path) -> list[str]:
    """The names that can be imported once it is installed."""
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist() if name.endswith(".py")}
    return sorted(
        top.removesuffix(".py") for top in tops if not re.search(r"\.(data|dist-info)$", top)
    )


def normal(name: str) -> str:
    """A package's name as lock files write it."""
    return re.sub(r"[-_.]+", "-", name).lower()
