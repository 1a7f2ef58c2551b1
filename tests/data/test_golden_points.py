"""The points that the front end is held to are those which Python makes."""

from __future__ import annotations

import json

import numpy as np
import pytest

from gd_widget.core.quadratic import Quadratic
from gd_widget.data.make_line import make_line
from tests.golden.make_points import FILE, make
from tests.six_numbers import six_numbers

GOLDEN = json.loads(FILE.read_text())

# To the last bit, but where a logarithm enters: in the normal deviates' tail.
PRECISION = {"uniform": 0, "gaussian": 1e-15}


@pytest.fixture(scope="module")
def made():
    return make()


@pytest.mark.parametrize("case", GOLDEN["lines"], ids=lambda case: f"seed {case['seed']}")
def test_make_line_makes_the_golden_points(case):
    points = make_line(case["n"], case["noise"], int(case["seed"]), tuple(case["true_params"]))
    np.testing.assert_array_equal(points.x, case["x"])
    np.testing.assert_allclose(points.y, case["y"], rtol=PRECISION[case["noise"]], atol=0)


def test_golden_lines_are_what_numpy_says_today(made):
    for now, kept in zip(made["lines"], GOLDEN["lines"], strict=True):
        y, kept_y = now.pop("y"), kept["y"]
        assert now == {name: value for name, value in kept.items() if name != "y"}
        np.testing.assert_allclose(y, kept_y, rtol=PRECISION[kept["noise"]], atol=0)


def test_golden_streams_are_what_numpy_says_today(made):
    for now, kept in zip(made["streams"], GOLDEN["streams"], strict=True):
        for name in ("seed", "n", "bits", "last"):
            assert now[name] == kept[name], name
        np.testing.assert_allclose(now["tail"], kept["tail"], rtol=1e-15, atol=0)
        for name in ("sum", "sum_of_squares"):
            assert now[name] == pytest.approx(kept[name], rel=1e-12), name


@pytest.mark.parametrize("case", GOLDEN["bowls"], ids=lambda case: case["name"])
def test_bowls_are_exact(case):
    bowl = Quadratic.of(np.array(case["x"]), np.array(case["y"]))
    assert six_numbers(bowl)._asdict() == pytest.approx(case["bowl"], rel=1e-12)


def test_golden_bowls_are_what_exact_arithmetic_says_today(made):
    for now, kept in zip(made["bowls"], GOLDEN["bowls"], strict=True):
        np.testing.assert_allclose(now["y"], kept["y"], rtol=1e-15, atol=0)
        assert {**now, "y": 0, "bowl": 0} == {**kept, "y": 0, "bowl": 0}
