"""Least squares of the linear data sets that NIST has certified: how many digits are right.

The data and the certified values are those of the Statistical Reference Datasets of the National
Institute of Standards and Technology, https://www.itl.nist.gov/div898/strd/, in the public domain.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gd_widget import GDWidget
from gd_widget.core.model import Model
from gd_widget.core.quadratic import Quadratic

NIST = json.loads((Path(__file__).parents[1] / "golden/nist.json").read_text())

HARD = {"Wampler4": 6, "Wampler5": 6, "Filip": 6}
"""Digits where the residuals are large, or the columns nearly sums of each other; else 9."""


def model_of(data, standardize):
    """The model, and its bowl: the widget refuses Filip's, of which the loss has no digits."""
    x, degree = np.array(data["x"])[:, None], data["degree"]
    if x.ndim == 3:
        x, degree = x[:, 0], 1
    features = (
        ("x",) if degree > 1 or x.shape[1] == 1 else tuple(f"x{i}" for i in range(x.shape[1]))
    )
    model = Model(features, degree, x.shape[1] * degree if data["intercept"] else None)
    model = model.standardized(x) if standardize else model
    return model, Quadratic.of_design(model.design(x), np.array(data["y"]), model.intercept)


def digits(params, data):
    """How many digits of the worst parameter are right, at most the 15 that are certified."""
    *slopes, intercept = params
    found = np.array([intercept, *slopes] if data["intercept"] else params)
    certified = np.array(data["certified"])
    off = np.abs(found - certified) / np.abs(certified)
    return float(-np.log10(np.maximum(off, 1e-15)).max(initial=-np.inf, where=off == off.max()))


@pytest.fixture(scope="module")
def table():
    """Of each set, the digits of least squares, and of those found on standardized columns."""
    rows = {}
    for name, data in NIST.items():
        plain = digits(model_of(data, False)[1].least_squares, data)
        scaled = np.nan
        if data["intercept"]:
            model, bowl = model_of(data, True)
            scaled = digits(model.coefficients(bowl.least_squares), data)
        rows[name] = plain, scaled
    return rows


@pytest.mark.parametrize("name", NIST)
def test_least_squares_have_nists_digits(name, table):
    assert table[name][0] >= HARD.get(name, 9)


@pytest.mark.parametrize("name", [name for name, data in NIST.items() if data["intercept"]])
def test_standardized_ones_have_them_in_the_units_of_the_data(name, table):
    assert table[name][1] >= HARD.get(name, 9)


def test_the_digits_in_a_table(table):
    lines = ["data set   digits  standardized"]
    lines += [f"{name:10} {plain:6.1f} {scaled:12.1f}" for name, (plain, scaled) in table.items()]
    print("\n" + "\n".join(lines))
    assert len(lines) == 12


@pytest.mark.parametrize("name", NIST)
def test_the_loss_of_those_that_the_widget_takes_has_digits(name):
    data = NIST[name]
    x, y = np.array(data["x"]), np.array(data["y"])
    settings = {"degree": data["degree"], "intercept": data["intercept"], "engine": "numpy"}
    if name == "Filip":
        with pytest.raises(ValueError, match=r"^degree must .* got 10: x - x.mean\(\) in place"):
            GDWidget(x, y, **settings)
        x = x - x.mean()
    w = GDWidget(x, y, **settings, guess=(0,) * (len(data["certified"])))
    assert w.loss == pytest.approx(np.mean(y * y), rel=1e-13)


def test_the_bowl_of_raw_columns_alone_would_keep_fewer_digits():
    """What these are for: numpy.linalg.lstsq keeps none of Filip's."""
    data = NIST["Filip"]
    powers = np.array(data["x"])[:, None] ** np.arange(11)
    found = np.linalg.lstsq(powers, data["y"], rcond=None)[0]
    assert digits([*found[1:], found[0]], data) < 1
