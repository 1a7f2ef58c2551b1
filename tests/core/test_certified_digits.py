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

NIST = json.loads((Path(__file__).parents[1] / "golden/nist.json").read_text())

HARD = {"Wampler4": 6, "Wampler5": 6, "Filip": 6}
"""Digits where the residuals are large, or the columns nearly sums of each other; else 9."""


def widget(data, **model):
    return GDWidget(data["x"], data["y"], degree=data["degree"], engine="numpy", **model)


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
        plain = digits(widget(data, intercept=data["intercept"]).least_squares, data)
        scaled = np.nan
        if data["intercept"]:
            w = widget(data, standardize=True)
            w.guess = w.least_squares
            scaled = digits(w.coefficients, data)
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


def test_the_bowl_of_raw_columns_alone_would_keep_fewer_digits():
    """What these are for: numpy.linalg.lstsq keeps none of Filip's."""
    data = NIST["Filip"]
    powers = np.array(data["x"])[:, None] ** np.arange(11)
    found = np.linalg.lstsq(powers, data["y"], rcond=None)[0]
    assert digits([*found[1:], found[0]], data) < 1
