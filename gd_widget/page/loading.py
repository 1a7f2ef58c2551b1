"""PyTorch, imported when it is first needed: the first picture does not wait for it.

It takes seconds, and is done once for all sessions: in the answer to a page that has painted its
picture, which asks for it (`load` in messages.py), or by a cell that trains. Nothing is locked
meanwhile, so that other pages are answered where handlers run on other threads.
"""

from __future__ import annotations

from contextlib import ExitStack
from threading import get_ident
from typing import TYPE_CHECKING
from weakref import WeakSet

from gd_widget.training.engines import choose

if TYPE_CHECKING:
    from gd_widget.page.pages import Pages

waiting: WeakSet[Pages] = WeakSet()
"""The pages of sessions that have no engine yet."""

_importing: set[int] = set()  # the threads that do: counting them, two could miscount


def torch_is() -> str:
    """Where it is: "needed" until it is imported, "loading" while it is, "" from then on."""
    if _importing:
        return "loading"
    return "" if choose.is_imported("torch") else "needed"


def import_engine(engine: str) -> None:
    """Have an engine there; all pages that wait for it are told before and after."""
    if choose.is_imported(engine):
        choose.import_engine(engine)
        return
    thread = get_ident()
    _importing.add(thread)
    try:
        try:
            _tell_all()
        finally:
            choose.import_engine(engine)
    finally:
        _importing.discard(thread)
        _tell_all()


def _tell_all() -> None:
    """Tell each of them, also where another's message fails, whose error is raised then."""
    with ExitStack() as each:
        for pages in tuple(waiting):
            each.callback(pages.post)
