"""Takes the README's pictures: the real widget, in a real JupyterLab, and a film of it.

`python -m tools.picture` writes docs/widget.png and docs/training.gif.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from gd_widget import GDWidget
from tests.browser.engines.chromium import running_chromium
from tests.browser.lab import Notebook, View, running_lab

CELL = """\
from gd_widget import GDWidget
w = GDWidget(n=100, lr=0.1)
w"""


def take(picture: Path) -> None:
    """Run one cell, train 14 steps, and photograph the widget."""
    with tempfile.TemporaryDirectory() as folder, running_chromium() as browser:
        root = Path(folder)
        page = browser.new_page(viewport={"width": 1180, "height": 1200}, device_scale_factor=1.5)
        with running_lab(root) as lab:
            notebook = Notebook(page, lab, root).open("picture.ipynb", [CELL])
            notebook.command("application:toggle-left-area")
            notebook.run_all()
            view = View(page.locator(".gd-widget"))
            view.expect_step(0)
            notebook.run("w.step(14)")
            view.expect_step(14)
            view.root.screenshot(path=picture)


def film(path: Path) -> None:
    """Fifty steps; low enough that the README's first screen has room for words."""
    GDWidget(n=100, lr=0.1).save(path, steps=50, width=760, panels=("fit", "surface"))


if __name__ == "__main__":
    take(Path("docs/widget.png"))
    film(Path("docs/training.gif"))
