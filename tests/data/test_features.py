"""A design matrix as it is given: what is taken, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gd_widget.data.features import Features
from gd_widget.data.make_line import make_line
from gd_widget.data.points import in_a_plane
from gd_widget.drawing.poster import poster
from gd_widget.training.race import Race
from gd_widget.training.trainer import Trainer
from tests.examples import examples

X = [[1.0, 2.0, 5.0], [1.0, 0.0, 1.0]]
GIVEN = {"x": X, "y": [1, 2], "names": ["b", "u", "v"], "intercept": 0}


def test_it_is_copied_and_cannot_be_changed():
    x, y = np.array(X), np.array([1, 2])
    features = Features(x, y, ["b", "u", "v"], 0)
    x[:] = y[:] = 7
    assert (features.x.tolist(), features.y.tolist()) == (X, [1, 2])
    assert (len(features), features.names, features.y.dtype) == (2, ("b", "u", "v"), np.float64)
    with pytest.raises(ValueError, match="read-only"):
        features.x[0, 0] = 3


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"x": [1, 2]}, r"x must be of shape \(n, d\), n and d at least 1; got \(2,\)"),
        ({"x": np.ones((0, 3))}, r"x must be of shape \(n, d\), n and d at least 1; got \(0, 3\)"),
        ({"x": [[1, math.nan, 1]] * 2}, "x must be finite numbers; got"),
        ({"y": [1, 2, 3]}, r"y must be of shape \(2,\), as many as the rows of x; got \(3,\)"),
        ({"y": [1, math.inf]}, r"y must be finite numbers; got \[1, inf\]"),
        ({"names": ["a", "b"]}, r"names must be 3 different names, .*; got \['a', 'b'\]"),
        ({"names": ["a", "b", "a"]}, "names must be 3 different names, none of them a history's"),
        (
            {"names": ["a", "b", "loss"]},
            "names must be 3 different names, none of them a history's",
        ),
        ({"names": ["a", "b", "grad_a"]}, "names must be 3 different names, none of them a"),
        ({"intercept": 1}, "intercept must be the index of a column of ones, or None; got 1"),
        ({"intercept": 3}, "intercept must be the index of a column of ones, or None; got 3"),
    ],
)
def test_what_is_no_design_matrix_is_refused(bad, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        Features(**GIVEN | bad)


def test_a_race_runs_on_it_and_a_picture_is_drawn_of_it():
    data = examples(3, intercept=2)
    race = Race([Trainer(data, lr=lr, engine="numpy") for lr in (0.01, 0.1)])
    race.step(20)
    assert [run.name for run in race.runs] == ["0.01", "0.1"]
    assert repr(race.runs[0]).startswith("Run('0.01', step=20, w0=")
    assert "<svg" in poster(race.first, "", "x", "y")
    assert in_a_plane(make_line(3)).extent
    with pytest.raises(ValueError, match="^what is drawn must be points x and y; got Features"):
        in_a_plane(data)
