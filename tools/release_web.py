"""What a release has for the web: the site of its documentation, and its package for npm."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import expect

from gd_widget.core.settings import SETTINGS
from tests.browser.engines.chromium import running_chromium
from tests.browser.servers import serving
from tools.release_source import UnfitError, run

NO_ATTRIBUTES = {"engine", "playing"}
"""Settings that only a kernel has."""

USE = """\
import type {{ GradientDescentElement }} from "gd-widget";
const element: GradientDescentElement = document.createElement("gradient-descent");
const names: (keyof GradientDescentElement)[] = {names};
for (const name of names) console.log(name, element[name]);
"""

COMPILED = '{"compilerOptions": {"strict": true, "noEmit": true, "module": "esnext", \
"moduleResolution": "bundler", "lib": ["es2023", "dom"], "types": []}, "files": ["use.ts"]}'


def the_site_is_live(source: Path, folder: Path) -> None:
    """It is made without a warning, and its first page trains and asks nobody else for anything."""
    run(sys.executable, "-m", "tools.docs", folder, folder=source)
    with serving(folder) as address, running_chromium() as browser:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/index.html")
        page.get_by_role("button", name="Step", exact=True).click()
        expect(page.get_by_label("Step number")).to_have_value("1")
    elsewhere = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    if elsewhere:
        raise UnfitError(f"the site must ask nobody else; got {', '.join(elsewhere)}")


def the_types_know_every_attribute(source: Path, tsc: Path, folder: Path) -> None:
    """Who installs the package from npm can name all that the element has.

    tsc : TypeScript's compiler. folder : where there is nothing yet.
    """
    folder.mkdir()
    run("npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, folder=source)
    [package] = folder.glob("*.tgz")
    (folder / "package.json").write_text('{"private": true}')
    run("npm", "install", "--silent", "--offline", "--no-audit", package, folder=folder)
    # Every element of a page has a title of its own.
    names = [*(SETTINGS.keys() - NO_ATTRIBUTES - {"title"}), "heading", "x", "y"]
    (folder / "use.ts").write_text(USE.format(names=sorted(names)))
    (folder / "tsconfig.json").write_text(COMPILED)
    run(tsc, folder=folder)
