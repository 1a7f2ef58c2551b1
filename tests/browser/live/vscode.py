"""VS Code's own manager of widgets, with a real kernel, on a page of ours. As in jupyter.py.

VS Code itself cannot be run by a test. What shows widgets there is a package of its own, which
needs only a kernel, an element, and somebody who finds the front ends of widgets.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.lab import own_jupyter
from tests.browser.live.cells import CELLS
from tests.browser.live.jupyter import open_to_all
from tests.browser.ports import free_port
from tests.browser.servers import running
from tests.browser.static_pages import ANYWIDGET, HOSTS, REQUIRE
from tools.environments import run

PACKAGE = HOSTS / "vscode"

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>A cell's output</title>
<main></main>
<script type="text/x-python">{cell}</script>
<script src="require.js"></script>
<script type="module" src="page.js"></script>
</html>
"""


def write_pages(folder: Path) -> None:
    """One page for each cell, which runs it, and the scripts of all."""
    if not (PACKAGE / "node_modules").exists():
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=PACKAGE)
    run("node", "build.mjs", str(folder / "page.js"), folder=PACKAGE)
    shutil.copy(REQUIRE, folder / "require.js")
    shutil.copy(ANYWIDGET, folder / "anywidget.js")
    for name, cell in CELLS.items():
        (folder / f"{name}.html").write_text(PAGE.format(cell=f"{cell}\nw"))


@contextmanager
def vscode(python: Path, folder: Path) -> Iterator[dict[str, str]]:
    """VS Code's manager on pages that a server of kernels has beside them."""
    pages = folder / "pages"
    pages.mkdir()
    write_pages(pages)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = ["--no-browser", f"--port={port}", *open_to_all(folder)]
    options += [f"--ServerApp.extra_static_paths={pages}", "--ServerApp.disable_check_xsrf=True"]
    command = [str(python), "-m", "jupyter_server", *options]
    env = own_jupyter(folder / ".jupyter")
    with running(command, f"{address}/api", log=folder / "server.log", env=env):
        yield {name: f"{address}/static/{name}.html" for name in CELLS}
