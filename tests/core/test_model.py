"""A model's columns, in Python and in JavaScript: names, predictions, units."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gd_widget.core.model import LINE, Model, usual_guess

MODELS = {
    "line": LINE,
    "through the origin": Model(intercept=None),
    "ones first": Model(intercept=0),
    "cubic": Model(degree=3, intercept=3),
    "cubic without an intercept": Model(degree=3, intercept=None),
    "three features": Model(("a", "b", "c"), intercept=1),
}


def features(model):
    return np.random.default_rng(3).normal(size=(7, len(model.features)))


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("line", ("slope", "intercept")),
        ("through the origin", ("slope",)),
        ("ones first", ("intercept", "slope")),
        ("cubic", ("x", "x^2", "x^3", "intercept")),
        ("cubic without an intercept", ("x", "x^2", "x^3")),
        ("three features", ("a", "intercept", "b", "c")),
    ],
)
def test_parameters_are_called_as_their_columns(name, names):
    model = MODELS[name]
    assert model.names == names
    assert model.is_line == (name == "line")
    assert model.design(features(model)).shape == (7, len(names))


def test_a_polynomials_columns_are_the_powers_of_x():
    x = np.array([[2.0], [-3.0]])
    assert MODELS["cubic"].design(x).tolist() == [[2, 4, 8, 1], [-3, 9, -27, 1]]


@pytest.mark.parametrize("name", ["line", "ones first", "cubic", "three features"])
def test_standardized_columns_have_mean_0_and_deviation_1_and_other_units(name):
    model = MODELS[name]
    at = 100 + 30 * features(model)
    standard = model.standardized(at)
    assert not standard.is_line and standard.names == model.names
    columns = standard.columns_of(at)
    np.testing.assert_allclose(columns.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(columns.std(axis=0), 1, rtol=1e-12)
    params = np.arange(1.0, 1 + len(model.names))
    raw = standard.coefficients(params)
    np.testing.assert_allclose(model.predict(raw, at), standard.predict(params, at), rtol=1e-9)
    assert model.coefficients(params) == tuple(params)


@pytest.mark.parametrize(
    ("model", "at", "message"),
    [
        (LINE, [[2.0]] * 3, "standardize must be False where a column is constant; x = 2 everywhere"),
        (MODELS["cubic"], [[-1.0], [1.0]], "standardize .* is constant; x\\^2 = 1 everywhere"),
        (MODELS["through the origin"], [[1.0], [2.0]], "standardize must be False where intercept"),
    ],
)  # fmt: skip
def test_what_cannot_be_standardized_is_refused(model, at, message):
    with pytest.raises(ValueError, match=message):
        model.standardized(np.array(at))


@pytest.mark.parametrize(
    ("names", "guess"),
    [
        (("slope", "intercept"), (-1, 1)),
        (("intercept", "slope"), (1, -1)),
        (("slope",), (-1,)),
        (("x", "x^2", "intercept"), (0, 0, 0)),
    ],
)
def test_a_line_begins_as_in_the_lesson_and_all_else_at_0(names, guess):
    assert usual_guess(names) == guess


IN_JAVASCRIPT = """
  import { readFileSync } from "node:fs";
  import * as model from "./js/core/model.js";
  import * as scaling from "./js/core/scaling.js";
  const m = { ...model, ...scaling };
  const cases = JSON.parse(readFileSync(0, "utf8"));
  const tell = ({ model, features, params }) => {
    const columns = features.map((one) => Float64Array.from(one));
    const at = (i) => columns.map((one) => one[i]);
    const canBe = model.intercept !== null;
    const again = canBe && m.standardized({ ...model, means: [], scales: null }, columns);
    return {
      names: m.names(model),
      guess: m.usualGuess(m.names(model)),
      line: m.isLine(model),
      columns: m.columnsOf(model, columns).map((one) => Array.from(one)),
      guesses: Array.from(columns[0], (_, i) => m.predict(model, params, at(i))),
      coefficients: m.coefficients(model, params),
      scales: canBe ? [again.means, again.scales] : null,
    };
  };
  console.log(JSON.stringify(cases.map(tell)));
"""


def test_javascript_says_the_same():
    cases, models = [], []
    for one in MODELS.values():
        at = 5 + features(one)
        scaled = [] if one.intercept is None else [one.standardized(at)]
        for model in (one, *scaled):
            params = [1.0 + i for i in range(len(model.names))]
            cases.append((model, at, params))
            models.append({"model": model.as_json(), "features": at.T.tolist(), "params": params})
    command = ["node", "--input-type=module", "-e", IN_JAVASCRIPT]
    root = Path(__file__).parents[2]
    run = subprocess.run(
        command, cwd=root, capture_output=True, text=True, input=json.dumps(models)
    )
    assert run.returncode == 0, run.stderr
    for (model, at, params), told in zip(cases, json.loads(run.stdout), strict=True):
        assert tuple(told["names"]) == model.names and told["line"] == model.is_line
        assert tuple(told["guess"]) == usual_guess(model.names)
        np.testing.assert_array_equal(np.array(told["columns"]).T, model.columns_of(at))
        np.testing.assert_allclose(told["guesses"], model.predict(params, at), rtol=1e-14)
        np.testing.assert_allclose(told["coefficients"], model.coefficients(params), rtol=1e-14)
        if model.intercept is not None:
            raw = model.standardized(at)
            np.testing.assert_allclose(told["scales"], [raw.means, raw.scales], rtol=1e-13)
