"""Level sets of a loss that is no bowl: whole where they are whole, and told in few corners."""

from __future__ import annotations

import numpy as np
import pytest

from gd_widget import GDWidget, sharing
from gd_widget.core.function_loss import known_function
from gd_widget.drawing import bowl
from gd_widget.drawing.axes import Frame
from gd_widget.drawing.ground import ground_of
from gd_widget.drawing.relief import UNSEEN, Relief, _corners, relief_of

POSTER = (16.0, 744.0, 86.0, 312.0)


def relief(name: str) -> Relief:
    function = known_function(name)
    ground = ground_of(function, ("x", "y"))
    path = np.array([function.frame]).mean(axis=2)
    return relief_of(ground, Frame.within(POSTER, *bowl.ranges(ground, path, None)))


def test_a_narrow_valley_is_whole_and_no_row_of_beads():
    rings = [len(found) for found in relief("rosenbrock").sets()]
    assert rings[:-1] == [1] * 8 and rings[-1] <= 2


def test_a_plateau_has_level_sets_all_over_it():
    found = relief("plateau")
    shares = [float((found.grid.heights < level).mean()) for level in found.levels]
    assert shares == pytest.approx(np.linspace(0.9, 0.1, 9), abs=0.02)


def test_an_outline_has_few_corners_and_is_where_it_was():
    turns = np.linspace(0, 2 * np.pi, 1000, endpoint=False)
    outline = np.stack([200 * np.cos(turns), 40 * np.sin(turns)], axis=1)
    corners = _corners(outline)
    assert 20 < len(corners) < 100
    starts, ways = corners, np.roll(corners, -1, axis=0) - corners
    for place in outline:
        share = ((place - starts) * ways).sum(axis=1) / (ways**2).sum(axis=1)
        nearest = starts + np.clip(share, 0, 1)[:, None] * ways
        assert np.hypot(*(nearest - place).T).min() <= UNSEEN + 1e-9


def test_a_readers_function_is_asked_for_all_places_at_once():
    calls = 0

    def f(u, v):
        nonlocal calls
        calls += 1
        return u**2 + v**4

    w = GDWidget(function=f, guess=(1.0, 2.0))
    w.step(3)
    calls = 0
    sharing.picture(w._session.state)
    assert calls < 10
