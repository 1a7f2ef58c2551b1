"""Noticing what code displays or draws while it is called for a page, which has no place for it.

It goes where the kernel sends it all the same: below the cell that runs, or in the notebook's log.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def noticing(tell: Callable[[str], None]) -> Iterator[None]:
    """Have `tell` hear a line for each thing displayed, and for a new figure of Matplotlib's."""
    publisher = _publisher()
    if publisher is None:
        yield
        return
    publish, figures = publisher.publish, _figures()

    def told(data: Any, *args: Any, **options: Any) -> Any:
        what = str(data.get("text/plain", "something")) if isinstance(data, dict) else "something"
        tell(f"displayed below the cell that runs, or in the notebook's log: {what}\n")
        return publish(data, *args, **options)

    publisher.publish = told
    try:
        yield
    finally:
        if vars(publisher).get("publish") is told:
            publisher.publish = publish
        if _figures() > figures:
            tell(
                "drawn by Matplotlib: it appears below the next cell that runs, or plt.show() it\n"
            )


def _publisher() -> Any:
    """What displays in a notebook; None outside one."""
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return getattr(shell, "display_pub", None)


def _figures() -> int:
    """How many figures of Matplotlib's are open."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return 0 if pyplot is None else len(pyplot.get_fignums())
