"""Finds the three browsers of the tests, or installs them: Chromium, Firefox and WebKitGTK.

`python -m tools.browsers` prints where they are, or says what to do and ends with status 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FIREFOX = ("firefox-esr", "firefox")

# A test machine has no screen, and tests may run as root; the rest keeps the browser from
# calling home.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

CAN_SHOW_WEBKIT = (
    "import gi; gi.require_version('WebKit2', '4.1'); gi.require_version('Gtk', '3.0')"
)


class WebKitPrograms(NamedTuple):
    """What it takes to run WebKitGTK: its driver, a screen, and a Python that can show a page."""

    driver: str
    screen: str
    python: str


def find_chromium() -> str:
    """The path of a Chromium: $CHROMIUM, one on the PATH, or Playwright's own.

    Raises RuntimeError, saying what to do, when there is none; so do the other two.
    """
    path = named_by("CHROMIUM") or first_of(CHROMIUM) or playwrights_own()
    if path:
        return path
    raise RuntimeError(
        "The browser tests need Chromium and found none. Install it (Debian and Ubuntu: "
        "`apt-get install chromium`; elsewhere: `.venv/bin/playwright install chromium`), or set "
        "CHROMIUM to the path of a Chromium or Chrome."
    )


def find_firefox() -> str:
    """The path of a Firefox: $FIREFOX, or one on the PATH."""
    path = named_by("FIREFOX") or first_of(FIREFOX)
    if path:
        return path
    raise RuntimeError(
        "The browser tests need Firefox and found none. Install it (Debian: `apt-get install "
        "firefox-esr`; elsewhere from its makers), or set FIREFOX to its path."
    )


def find_webkit() -> WebKitPrograms:
    """WebKitGTK's driver, Xvfb, and the system's own Python, for which GTK is packaged."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    python = shutil.which("python3", path="/usr/bin:/bin")
    if driver and screen and python and runs(python, "-c", CAN_SHOW_WEBKIT):
        return WebKitPrograms(driver, screen, python)
    raise RuntimeError(
        "The browser tests need WebKitGTK, which Linux has, and did not find all of it. Install "
        f"it (Debian and Ubuntu: `apt-get install {' '.join(PACKAGES['WebKitGTK'])}`)."
    )


def named_by(variable: str) -> str | None:
    """The program that an environment variable names; RuntimeError where it names none."""
    asked = os.environ.get(variable)
    if asked and not shutil.which(asked):
        raise RuntimeError(f"{variable} names no program: {asked!r}")
    return asked or None


def first_of(names: tuple[str, ...]) -> str | None:
    """The first of these programs that is on the PATH."""
    return next(filter(None, map(shutil.which, names)), None)


def runs(*command: str) -> bool:
    """Whether a program ends well."""
    return subprocess.run(command, capture_output=True).returncode == 0


def playwrights_own() -> str | None:
    """The browser that `playwright install chromium` has put on this machine, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


FINDERS: dict[str, Callable[[], str | WebKitPrograms]] = {
    "Chromium": find_chromium,
    "Firefox": find_firefox,
    "WebKitGTK": find_webkit,
}

PACKAGES = {
    "Chromium": ["chromium"],
    "Firefox": ["firefox-esr"],
    "WebKitGTK": ["webkit2gtk-driver", "gir1.2-webkit2-4.1", "python3-gi", "xvfb"],
}
"""Debian's names."""


@dataclass
class Found:
    """Where browsers are, and what to do about those that are nowhere."""

    places: dict[str, str | WebKitPrograms]
    advice: dict[str, str]


def look() -> Found:
    """Look for all of them."""
    found = Found({}, {})
    for name, find in FINDERS.items():
        try:
            found.places[name] = find()
        except RuntimeError as error:
            found.advice[name] = str(error)
    return found


def install(names: list[str]) -> None:
    """Try what this machine offers: Debian's packages as root, else Playwright's Chromium."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=environment, check=False)
        for name in names:
            command = ["apt-get", "install", "-q", "-y", *PACKAGES[name]]
            subprocess.run(command, env=environment, check=False)
    elif "Chromium" in names:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False)


def main() -> None:
    """Print where the browsers are, after installing what is missing."""
    found = look()
    missing = [name for name in found.advice if not os.environ.get(name.upper())]
    if missing:
        install(missing)
        found = look()
    for name, place in found.places.items():
        print(name, *([place] if isinstance(place, str) else place))
    if found.advice:
        sys.exit("\n".join(found.advice.values()))


if __name__ == "__main__":
    main()
