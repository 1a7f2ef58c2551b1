"""What is left of a widget where no kernel runs: a page, a fragment of one, a picture.

What makes these is imported where it is called: only who shares waits for it.
"""

from __future__ import annotations

import os

from gd_widget.page.one_line import one_line
from gd_widget.page.state import State

static_views = True
"""Whether a cell keeps, beside the widget, a view that lives on where no kernel runs."""


def save(state: State, path: str | os.PathLike[str]) -> None:
    """Write a page or a picture to a file, as its ending says; see GDWidget.save."""
    from gd_widget.page import saved_page

    saved_page.save(path, {".html": lambda: page(state), ".svg": lambda: picture(state)})


def page(state: State) -> str:
    """A page of its own, on which the widget goes on."""
    from gd_widget.page import parts, saved_page

    with state.lock:
        saved = state.saved()
        front_end = parts.smallest(parts.needed(saved.snapshot)).read_text("utf-8")
        return saved_page.page(saved, state.settings["title"], front_end)


def picture(state: State) -> str:
    """The fit and the bowl, as an SVG."""
    from gd_widget.drawing.poster import poster

    with state.lock:
        settings, runs = state.settings, state.race.runs

        def shows(verdict: str) -> bool:
            return verdict not in settings["hide"]

        return poster(
            state.race.first,
            settings["title"],
            settings["x_label"],
            settings["y_label"],
            true_params=state.makes["true_params"] if state.makes and shows("true") else None,
            shows_best=shows("best"),
            race=runs if len(runs) > 1 else [],
        )


def fragment(state: State) -> str:
    """The page as a frame in another page; where frames are taken out, the picture stays."""
    from gd_widget.page import fragment as html

    with state.lock:
        return html.fragment(page(state), picture(state), one_line(state))


def kept_in_a_cell(state: State) -> str:
    """The page, compressed, as a notebook's cell keeps it; "" where static views are off."""
    if not static_views:
        return ""
    from gd_widget.drawing.poster import HEIGHT, WIDTH
    from gd_widget.page.fragment import compressed
    from gd_widget.page.kept import kept

    with state.lock:
        whole, poster, words = compressed(page(state)), picture(state), one_line(state)
        return kept(whole, poster, (WIDTH, HEIGHT), words, state.race.n_steps)
