"""A JupyterLite site: Python runs in the page itself. As in jupyter.py."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.live.cells import CELLS
from tests.browser.live.jupyter import write_notebooks
from tests.browser.servers import serving
from tools.lite import build


@contextmanager
def lite(_: Path, folder: Path) -> Iterator[dict[str, str]]:
    """JupyterLite, asking nobody but its own site where $WHEELS names a folder for that."""
    write_notebooks(folder)
    wheels = os.environ.get("WHEELS")
    build(folder / "site", sorted(folder.glob("*.ipynb")), Path(wheels) if wheels else None)
    with serving(folder / "site") as address:
        yield {name: f"{address}/lab/index.html?path={name}.ipynb" for name in CELLS}
