"""Finds a Chromium for the browser tests, or installs one.

`python -m tools.chromium` prints where it is, or says what to do and ends with status 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")

# A test machine has no screen, and tests may run as root; the rest keeps the browser from
# calling home.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str:
    """The path of a Chromium: $CHROMIUM, one on the PATH, or Playwright's own.

    Raises RuntimeError, saying what to do, when there is none.
    """
    asked = os.environ.get("CHROMIUM")
    if asked:
        if shutil.which(asked):
            return asked
        raise RuntimeError(f"CHROMIUM names no program: {asked!r}")
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    own = playwrights_own()
    if own:
        return own
    raise RuntimeError(
        "the browser tests need Chromium and found none. Install it (Debian and Ubuntu: "
        "`apt-get install chromium`; elsewhere: `.venv/bin/playwright install chromium`), or set "
        "CHROMIUM to the path of a Chromium or Chrome."
    )


def playwrights_own() -> str | None:
    """The browser that `playwright install chromium` has put on this machine, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install_chromium() -> None:
    """Try what this machine offers: Debian's package as root, else Playwright's download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-q", "-y", "chromium"]):
            subprocess.run(["apt-get", *command], env=environment, check=False)
    else:
        install = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(install, check=False)


def main() -> None:
    """Print where Chromium is, after installing one if need be."""
    try:
        path = find_chromium()
    except RuntimeError:
        if os.environ.get("CHROMIUM"):
            raise
        install_chromium()
        path = find_chromium()
    print(path)


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(f"{error}")
