"""GDWidget on several features, polynomials and lines through the origin: what it takes and says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
import torch

from gd_widget import GDWidget

RNG = np.random.default_rng(16)
X = RNG.normal(size=(60, 3))
Y = X @ [1.0, -2.0, 0.5] + 3 + 0.1 * RNG.normal(size=60)
ONES = np.ones((60, 1))
DF = pd.DataFrame({"rooms": X[:, 0], "age": X[:, 1], "price": Y, "const": 1.0})


def by_lstsq(design):
    return np.linalg.lstsq(design, Y, rcond=None)[0]


@pytest.mark.parametrize(
    ("x", "names"),
    [
        (X, ("x0", "x1", "x2", "intercept")),
        (X.tolist(), ("x0", "x1", "x2", "intercept")),
        (torch.tensor(X), ("x0", "x1", "x2", "intercept")),
        (pd.DataFrame(X), ("x0", "x1", "x2", "intercept")),
        (pl.DataFrame(X, schema=["a", "b", "c"]), ("a", "b", "c", "intercept")),
        ({"a": X[:, 0], "b": X[:, 1]}, ("a", "b", "intercept")),
        (np.hstack([ONES, X]), ("intercept", "x1", "x2", "x3")),
        (np.hstack([X[:, :1], ONES, X[:, 1:]]), ("x0", "intercept", "x2", "x3")),
        (np.hstack([X, ONES]), ("x0", "x1", "x2", "intercept")),
        (np.hstack([ONES, X[:, :1]]), ("intercept", "slope")),
        (np.hstack([X[:, :1], ONES]), ("slope", "intercept")),
        (X[:, 0], ("slope", "intercept")),
    ],
)
def test_parameters_stand_in_the_order_of_the_columns(x, names):
    w = GDWidget(x, Y, engine="numpy")
    assert w.names == names
    columns = np.column_stack([np.asarray(one) for one in x.values()]) if isinstance(x, dict) else x
    columns = np.asarray(columns).reshape(60, -1)
    design = columns if columns.shape[1] == len(names) else np.hstack([columns, ONES])
    np.testing.assert_allclose(w.least_squares, by_lstsq(design), rtol=1e-9)
    if len(names) > 2:
        np.testing.assert_array_equal(w.x, design)


def test_columns_of_a_frame_by_name():
    w = GDWidget(DF, x=["rooms", "age"], y="price", engine="numpy", lr=0.3)
    assert w.names == ("rooms", "age", "intercept")
    w.step(200)
    np.testing.assert_allclose(w.params, by_lstsq(np.hstack([X[:, :2], ONES])), rtol=1e-9)
    assert w.history.dtype.names[1:5] == ("rooms", "age", "intercept", "loss")
    assert GDWidget(DF, x=["rooms"], y="price").names == ("slope", "intercept")
    assert GDWidget(DF, x=("const", "age"), y="price").names == ("intercept", "slope")
    assert repr(w).startswith("GDWidget(n=60, lr=0.3, step=200, rooms=")


def test_predictions_are_at_values_as_they_are_in_the_data():
    for standardize in (False, True):
        w = GDWidget(DF, x=["rooms", "age"], y="price", standardize=standardize, engine="numpy")
        w.step(20)
        *slopes, intercept = w.coefficients
        expected = X[:, :2] @ slopes + intercept
        for at in (DF, X[:, :2], np.hstack([X[:, :2], ONES]), torch.tensor(X[:, :2])):
            np.testing.assert_allclose(w.predict(at), expected, rtol=1e-12)
        assert w.predict(X[0, :2]).shape == ()
        with pytest.raises(ValueError, match=r"^x must be of shape \(…, 2\), a number for each"):
            w.predict(X[:, :1])
        with pytest.raises(ValueError, match="^x must be a frame that has the columns rooms, age"):
            w.predict(DF[["rooms", "price"]])


def test_only_a_line_has_a_slope_and_an_intercept():
    through_origin = GDWidget(X[:, 0], Y, intercept=False, engine="numpy")
    assert through_origin.names == ("slope",) and through_origin.slope == -1
    with pytest.raises(
        AttributeError, match=r"^a line has a intercept; here are params of \(slope"
    ):
        _ = through_origin.intercept
    several = GDWidget(X, Y, engine="numpy")
    with pytest.raises(
        AttributeError, match=r"^a line has a slope; here are params of \(x0, x1, x2"
    ):
        _ = several.slope
    with pytest.raises(AttributeError, match="^a line has a intercept"):
        _ = several.intercept


def test_a_guess_is_a_number_for_each_parameter():
    w = GDWidget(X, Y, guess=[1, 2, 3, 4], engine="numpy")
    assert w.guess == w.params == (1, 2, 3, 4)
    w.guess = None
    assert w.guess == w.params == (0, 0, 0, 0)
    with pytest.raises(
        ValueError, match=r"^guess must be 4 finite numbers \(x0, x1, x2, intercept"
    ):
        w.guess = (1, 2)
    assert w.guess == (0, 0, 0, 0)


@pytest.mark.parametrize("degree", [2, 3])
@pytest.mark.parametrize("intercept", [True, False])
def test_a_polynomial_has_a_parameter_for_each_power(degree, intercept):
    w = GDWidget(X[:, 0], Y, degree=degree, intercept=intercept, engine="numpy", lr=0.01)
    powers = X[:, :1] ** np.arange(1, degree + 1)
    design = np.hstack([powers, ONES]) if intercept else powers
    np.testing.assert_allclose(w.least_squares, by_lstsq(design), rtol=1e-9)
    w.step(30)
    np.testing.assert_allclose(w.predict(X[:, 0]), design @ w.params, rtol=1e-12)
    assert w.x.shape == (60,)


def test_one_line_says_which_model_it_is():
    w = GDWidget(degree=2, standardize=True, engine="numpy")
    assert repr(w).startswith(
        "GDWidget(n=100, degree=2, standardize=True, lr=0.1, step=0, x=0, x^2"
    )


def test_made_up_points_have_any_model_and_new_ones_the_same():
    w = GDWidget(degree=2, standardize=True, engine="numpy")
    before = w.least_squares
    w.new_data()
    assert w.names == ("x", "x^2", "intercept") and w.least_squares != before
    np.testing.assert_allclose(np.mean(w.predict(w.x) - w.y) ** 2, w.loss, rtol=1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"degree": 2}, "degree must be 1 for several features (x0, x1, x2); got 2"),
        ({"degree": 0}, "degree must be a whole number, at least 1; got 0"),
        ({"degree": 2.5}, "degree must be a whole number, at least 1; got 2.5"),
        ({"intercept": 1}, "intercept must be True or False; got 1"),
        ({"standardize": True, "intercept": False}, "standardize must be False where intercept is False; got True"),
    ],
)  # fmt: skip
def test_models_that_the_data_cannot_have_are_refused(arguments, message):
    with pytest.raises(ValueError) as error:
        GDWidget(X, Y, **arguments)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (X[:5], Y, "x and y must be of one length; got 5 and 60 values"),
        (np.where(X > 2, np.nan, X), Y, "x must be finite numbers; got "),
        (DF.assign(age="old")[["rooms", "age"]], Y, "x must be real numbers; got text, in 'age'"),
        (X, DF["price"].where(DF["price"] > 3), "y must be finite numbers; got "),
    ],
)
def test_columns_that_are_no_numbers_are_refused(x, y, message):
    with pytest.raises(ValueError) as error:
        GDWidget(x, y)
    assert str(error.value).startswith(message)


def test_the_readers_own_code_may_have_any_number_of_parameters():
    model = torch.nn.Linear(3, 1).double()
    inputs, goals = torch.tensor(X), torch.tensor(Y)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def update():
        optimizer.zero_grad()
        ((model(inputs)[:, 0] - goals) ** 2).mean().backward()
        optimizer.step()

    w = GDWidget(X, Y, update=update, params=model)
    assert w.guess == w.params
    w.step(150)
    np.testing.assert_allclose(w.params, w.least_squares, rtol=1e-6)
    assert w.advice == ""
    w.record([1.0, 2.0, 3.0, 4.0])
    assert w.params == (1, 2, 3, 4)


# ------------------------------------------------------------- data that do not tell all apart

MANY_FIT = {
    "more columns than points": X[:2],
    "a constant column": np.hstack([X, np.full((60, 1), 7.0)]),
    "two columns of ones": np.hstack([X, ONES, ONES]),
    "two equal columns": np.hstack([X, X[:, :1]]),
}


@pytest.mark.parametrize("kind", MANY_FIT)
def test_where_many_solutions_fit_that_is_said_and_the_least_is_given(kind):
    x = MANY_FIT[kind]
    y = Y[: len(x)]
    w = GDWidget(x, y, engine="numpy", lr=1e-3)
    (found,) = w.diagnoses
    assert (found.code, found.details["free"]) == ("many_fit", 2 if len(x) == 2 else 1)
    assert "many solutions fit alike" in w.advice
    design = w.x
    expected = np.linalg.lstsq(design, y, rcond=None)[0]
    np.testing.assert_allclose(w.least_squares, expected, rtol=1e-9, atol=1e-12)
    w.step(20)
    assert w.status != "error"


def test_few_different_x_leave_a_polynomial_open_too():
    w = GDWidget([1, 1, 2], [1, 2, 3], degree=3, engine="numpy", lr=0.001)
    assert w.diagnoses[0].details == {"n": 3, "d": 4, "free": 2}


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["rooms", "rooms"], "x must be different columns; got 'rooms' twice"),
        (["rooms", "loss"], "x must be columns of other names than those of w.history; got 'loss'"),
        (
            ["rooms", "intercept"],
            "x must be columns of other names than those of w.history; got 'i",
        ),
        (["age", "grad_age"], "x must be columns of other names than those of w.history; got 'gra"),
    ],
)
def test_names_that_would_stand_for_two_things_are_refused(names, message):
    frame = DF.assign(loss=X[:, 2], intercept=X[:, 2], grad_age=X[:, 2])
    with pytest.raises(ValueError) as error:
        GDWidget(frame, x=names, y="price")
    assert str(error.value).startswith(message)
    twice = pd.DataFrame(X[:, :2], columns=["rooms", "rooms"])
    with pytest.raises(ValueError, match="^x must be different columns; got 'rooms' twice"):
        GDWidget(twice, Y)


@pytest.mark.parametrize(("size", "degree"), [(1e60, 3), (1e-70, 5), (400, 200)])
@pytest.mark.parametrize("standardize", [False, True])
def test_a_degree_whose_powers_float64_does_not_hold_is_refused(size, degree, standardize):
    x = size * np.linspace(-1, 1, 20)
    with pytest.raises(ValueError, match="^degree must be so low that float64 holds") as error:
        GDWidget(x, np.arange(20.0), degree=degree, standardize=standardize)
    assert str(error.value).endswith(f"got {degree}, and x up to {size:.3g}")


def test_a_degree_beyond_what_float64_tells_apart_is_refused_with_the_condition_number():
    with pytest.raises(
        ValueError, match=r"^degree must be so low that float64 .*; got 40: .*e\+1\d"
    ):
        GDWidget(degree=40)
    assert len(GDWidget(degree=20, engine="numpy").names) == 21


def test_columns_of_far_different_sizes_are_said_to_creep_and_standardizing_helps():
    x = X * [1, 100, 10_000]
    w = GDWidget(x, Y, engine="numpy")
    w.lr = w.critical_lr / 2
    (found,) = w.diagnoses
    assert (found.code, found.details["cure"]) == ("creeps_at_best", "standardize")
    assert "With standardize=True it takes" in w.advice
    scaled = GDWidget(x, Y, engine="numpy", standardize=True)
    scaled.lr = scaled.critical_lr / 2
    assert scaled.diagnoses == () and scaled.forecast <= 1000
