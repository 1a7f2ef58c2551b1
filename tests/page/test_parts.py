"""What of the front end a page needs, and that it gets that and no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gd_widget import GDWidget, bets, sharing
from gd_widget.page.bundle import BUNDLE, SIZES, STATIC
from gd_widget.page.parts import ON_ITS_OWN, needed, smallest

JS = Path(__file__).parents[2] / "js"
FILES = re.findall(r'"([\w/-]+\.(?:js|css))"', (JS / "parts.mjs").read_text().partition("SIZES")[0])
"""That are in parts."""

X = np.random.default_rng(1).normal(size=(30, 3))
Y = X @ [1.0, 2.0, 3.0]

KINDS: dict[str, tuple[Callable[[], GDWidget], set[str]]] = {
    "a line": (GDWidget, set()),
    "a line to one's own points": (lambda: GDWidget(X[:, 0], Y), set()),
    "several features": (lambda: GDWidget(X, Y), {"many"}),
    "a polynomial": (lambda: GDWidget(X[:, 0], Y, degree=3), {"many"}),
    "no intercept": (lambda: GDWidget(X[:, 0], Y, intercept=False), {"many"}),
    "columns of one size": (lambda: GDWidget(X[:, 0], Y, standardize=True), {"many"}),
    "the directions of a line": (lambda: GDWidget(panels=["loss", "directions", "code"]), {"many"}),
    "another loss": (lambda: GDWidget(loss="mae"), {"losses"}),
    "yes or no": (lambda: GDWidget(X[:, 0], Y > 0, loss="cross_entropy"), {"losses", "many"}),
    "ridge": (lambda: GDWidget(ridge=0.1), {"losses"}),
    "points that are held back": (lambda: GDWidget(validation=0.3), {"held"}),
    "a race": (lambda: GDWidget(lr=[0.1, 0.5]), {"race"}),
    "a question": (lambda: GDWidget(ask=[bets.NextStep()]), {"bets"}),
    "very many points": (lambda: GDWidget(n=30_000), {"density"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_the_smallest_front_end_with_what_it_shows(kind):
    make, parts = KINDS[kind]
    state = make()._session.state
    assert needed(state.snapshot()) == parts
    for has, page in ((parts, sharing.framed_page), (parts | ON_ITS_OWN, sharing.page)):
        front_end = smallest(has)
        assert has <= set(SIZES[front_end.name])
        others = [STATIC / name for name, its in SIZES.items() if has <= set(its)]
        assert all(front_end.stat().st_size <= other.stat().st_size for other in others)
        assert front_end.read_text("utf-8").strip() in page(state)


def test_a_notebook_has_all_of_it_and_a_page_of_a_line_none():
    assert smallest(set()).name == "line.js"
    assert SIZES["line.js"] == []
    assert set(SIZES[BUNDLE.name]) >= {"many", "density", "race", "bets", "held"}


@pytest.mark.parametrize("file", FILES)
def test_the_build_finds_what_a_file_of_a_part_exports(file):
    """It puts null in the place of that; esbuild would say nothing of what it does not find."""
    lines = re.findall(r"^export.*", (JS / file).read_text(), re.MULTILINE)
    assert bool(lines) == file.endswith(".js")
    found = re.compile(r"export (async )?(function|const) \w+")
    assert [line for line in lines if not found.match(line)] == []


def test_no_file_is_in_two_parts():
    assert len(FILES) == len(set(FILES)) > 10


@pytest.mark.parametrize("page", [sharing.page, sharing.framed_page])
def test_questions_add_little_to_a_page(page):
    plain = page(GDWidget()._session.state)
    asks = page(GDWidget(ask=[bets.NextStep(), bets.LossAfter(20)])._session.state)
    assert len(asks) <= 1.10 * len(plain)


def test_a_film_and_a_link_add_little_to_a_page():
    state = GDWidget()._session.state
    assert len(sharing.page(state)) <= 1.10 * len(sharing.framed_page(state))
