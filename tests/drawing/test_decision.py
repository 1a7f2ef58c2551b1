"""The still picture of yes or no of two features: their points, and the line between yes and no."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gallery.other_losses import yes_or_no_of_two
from gd_widget import GDWidget
from gd_widget.drawing.axes import Frame, Scale
from gd_widget.drawing.decision import decision_line
from gd_widget.drawing.look import BEST, DATA, NOW, PAPER, RUNS
from tests.drawing.test_poster import Chart
from tests.drawing.test_poster_of_many_axes import all_places, drawn, paths

PIXEL = 0.03
"""What a pixel is in the units of the data, about."""


def trained(**arguments) -> GDWidget:
    x, y = yes_or_no_of_two()
    w = GDWidget(x, y, loss="cross_entropy", engine="numpy", **{"lr": 0.5} | arguments)
    w.step(9)
    return w


def scores(w: GDWidget, params, places):
    """What the model says before it is made a probability: 0 where yes is as probable as no."""
    return w._trainer.points.model.predict(np.array(params), places)


@pytest.mark.parametrize("arguments", [{}, {"standardize": True}])
def test_the_line_is_where_yes_is_as_probable_as_no(tmp_path, arguments):
    w = trained(**arguments)
    root = drawn(w, tmp_path)
    chart = Chart(root, "fit")
    assert chart.names == ["x0", "x1"]
    (now,) = [
        path for path in paths(root, stroke=NOW, stroke_width="2.5") if "fill" not in path.attrib
    ]
    (best,) = paths(root, stroke=BEST, stroke_dasharray="4 4")
    for line, params in ((now, w.params), (best, w.best)):
        ends = chart.values(all_places(line))
        assert len(ends) == 2
        assert scores(w, params, ends) == pytest.approx([0, 0], abs=3 * PIXEL)
    (earlier,) = paths(root, stroke_opacity="0.22", stroke_width="1.5")
    assert len(all_places(earlier)) == 2 * 3  # steps 1, 3 and 7: the guess says nothing


def test_yes_is_a_cross_no_a_dot_and_what_is_held_back_hollow(tmp_path):
    w = trained(validation=0.3, seed=3)
    root = drawn(w, tmp_path)
    chart = Chart(root, "fit")
    crosses, inside_crosses = (
        paths(root, stroke=DATA, fill="none"),
        paths(root, stroke=PAPER, fill="none"),
    )
    both = w._trainer.points.sample, w._trainer.points.held
    assert len(crosses) == 2 and len(inside_crosses) == 1
    for path, some in zip(crosses, both, strict=True):
        found = chart.values(
            [[*map(float, at)] for at in re.findall(r"M([\d.]+),([\d.]+)m", path.get("d"))]
        )
        assert found == pytest.approx(some.features[some.y == 1], abs=PIXEL)
    dots = [path for path in paths(root, stroke=DATA) if "h.1" in path.get("d")]
    assert [path.get("d").count("h.1") for path in dots] == [
        int((some.y == 0).sum()) for some in both
    ]


def test_each_run_of_a_race_has_its_line(tmp_path):
    w = trained(lr=[0.1, 0.5])
    root = drawn(w, tmp_path)
    chart = Chart(root, "fit")
    first, second = (paths(root, stroke=colour) for colour in (NOW, RUNS[0]))
    for found, run in ((first, w.runs[0]), (second, w.runs[1])):
        ends = [chart.values(all_places(path)) for path in found if len(all_places(path)) == 2]
        assert any(np.abs(scores(w, run.params, one)).max() < 3 * PIXEL for one in ends)


def test_there_is_none_while_both_features_count_nothing_or_where_it_is_not_in_the_chart():
    model = trained()._trainer.points.model
    frame = Frame(Scale(-2, 2, 0, 100), Scale(-1, 3, 80, 0))
    assert decision_line(model, (0.0, 0.0, 1.0), frame) == ""
    assert decision_line(model, (1.0, 1.0, 99.0), frame) == ""
    assert decision_line(model, (float("inf"), float("nan"), 1.0), frame) == ""
    assert decision_line(model, (1.0, 0.0, -1.0), frame) == "M75,80 75,0"
    assert decision_line(model, (0.0, 2.0, -2.0), frame) == "M0,40 100,40"
