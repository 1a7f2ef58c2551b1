"""What is left of a widget where no kernel runs: a page, a fragment of one, a picture.

What makes these is imported where it is called: only who shares waits for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from gd_widget.page.one_line import one_line
from gd_widget.page.state import State
from gd_widget.words.say import speaking

static_views = True
"""Whether a cell keeps, beside the widget, a view that lives on where no kernel runs."""


def save(state: State, path: str | os.PathLike[str], **film: Any) -> None:
    """Write a page, a picture or a film to a file, as its ending says; see GDWidget.save."""
    from gd_widget.drawing.films.options import MOST_PER_SECOND
    from gd_widget.page import saved_page

    given = {name: value for name, value in film.items() if value is not None}
    writers: dict[str, Callable[[Path], None]] = {
        ".html": partial(_text, state, page, given),
        ".svg": partial(_text, state, picture, given),
        **{ending: partial(_film, state, ending, given) for ending in MOST_PER_SECOND},
    }
    saved_page.save(path, writers)


def _text(state: State, make: Callable[[State], str], film: dict[str, Any], path: Path) -> None:
    """Write a page or a picture, which has none of what a film has."""
    from gd_widget.page.files import write_text

    for name in film:
        raise ValueError(f"{name}= is for films: .gif, .webp and .mp4 files; got {film[name]!r}")
    write_text(path, make(state))


def _film(state: State, ending: str, given: dict[str, Any], path: Path) -> None:
    """Write a film. It shows what is to come, and so waits until no question is open."""
    from gd_widget.drawing.films.options import options

    if "future" in state.hidden:
        raise ValueError("a film shows what a question asks: w.answer(...) or w.skip() comes first")
    has_points = len(state.race.first.points.sample) > 0
    checked = options(ending, given, has_points)
    try:
        from gd_widget.drawing.films import film
    except ImportError as error:
        raise ImportError(f'films are an extra, pip install "gd-widget[film]": {error}') from error
    with state.lock:
        lang = state.settings["lang"]
        truth = state.makes["true_params"] if state.makes else None
        settings = {**state.settings, "hide": state.hidden}
        story = film.story_of(state.race, settings, truth, checked.steps)
        panels = state.settings["panels"]
    with speaking(lang):
        film.write(path, ending, story, panels, checked)


def page(state: State) -> str:
    """A page of its own, on which the widget goes on."""
    from gd_widget.page.parts import ON_ITS_OWN

    return _page(state, ON_ITS_OWN)


def framed_page(state: State) -> str:
    """The same, to stand in a frame of another page: it is smaller, and has no address."""
    return _page(state, set())


def _page(state: State, besides: set[str]) -> str:
    """The page, with parts besides those without which it cannot show what is saved."""
    from gd_widget.page import parts, saved_page

    with state.lock:
        saved = state.saved()
        front_end = parts.smallest(parts.needed(saved.snapshot) | besides).read_text("utf-8")
        with speaking(state.settings["lang"]):
            return saved_page.page(saved, state.settings["title"], front_end)


def picture(state: State) -> str:
    """The fit and the bowl, as an SVG; of a function, its surface alone."""
    from gd_widget.drawing.poster import poster

    settings, runs = state.settings, state.race.runs
    with state.lock, speaking(settings["lang"]):

        def shows(verdict: str) -> bool:
            return verdict not in state.hidden

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
        return html.fragment(framed_page(state), picture(state), one_line(state))


def kept_in_a_cell(state: State) -> str:
    """The page, compressed, as a notebook's cell keeps it; "" where static views are off."""
    if not static_views:
        return ""
    from gd_widget.drawing.poster import HEIGHT, WIDTH
    from gd_widget.page.fragment import compressed
    from gd_widget.page.kept import kept

    with state.lock:
        whole, poster, words = compressed(framed_page(state)), picture(state), one_line(state)
        with speaking(state.settings["lang"]):
            return kept(whole, poster, (WIDTH, HEIGHT), words, state.race.n_steps)
