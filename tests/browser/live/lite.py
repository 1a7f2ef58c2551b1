"""A JupyterLite site: Python runs in the page itself. As in jupyter.py."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.live.jupyter import write_notebooks
from tests.browser.servers import serving
from tests.graders.assignment import write_assignment
from tools.lite import build, fitting

WHEELS = os.environ.get("WHEELS")
"""A folder with NumPy's wheel for Pyodide, or nothing: then whoever opens a notebook fetches it."""


@contextmanager
def lite(_: Path, folder: Path) -> Iterator[dict[str, str]]:
    """JupyterLite, asking nobody but its own site where there are WHEELS for that.

    Its site has the notebooks that `make lite` takes, too, and an assignment.
    """
    write_notebooks(folder)
    write_assignment(folder / "assignment.ipynb")
    notebooks = [*folder.glob("*.ipynb"), *fitting()]
    build(folder / "site", notebooks, Path(WHEELS) if WHEELS else None)
    with serving(folder / "site") as address:
        yield {path.stem: f"{address}/lab/index.html?path={path.name}" for path in notebooks}
