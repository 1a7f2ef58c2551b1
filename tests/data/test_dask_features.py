"""Several features of Dask's: one pass, and the same numbers as in memory."""

from __future__ import annotations

import dask.array as da
import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest

from gd_widget import GDWidget

RNG = np.random.default_rng(5)
X = 100 + RNG.normal(size=(900, 3)) * [1, 5, 0.2]
Y = X @ [1.0, -0.5, 4.0] + RNG.normal(size=900)
ONES = np.ones((900, 1))
FRAME = pd.DataFrame({"a": X[:, 0], "b": X[:, 1], "y": Y})


@pytest.mark.parametrize(
    "x", [X, np.hstack([ONES, X]), np.hstack([X[:, :1], ONES, X[:, 1:]])], ids=["no", "0", "1"]
)
@pytest.mark.parametrize("chunks", [(900, 4), (137, 2), (50, 3)])
@pytest.mark.parametrize("intercept", [True, False])
def test_they_are_fitted_as_those_in_memory(x, chunks, intercept):
    lazy = GDWidget(da.from_array(x, chunks=chunks), Y, intercept=intercept, lr=1e-5)
    held = GDWidget(x, Y, intercept=intercept, engine="numpy", lr=1e-5)
    has_place = intercept or x is X
    assert len(lazy.names) == len(held.names)
    assert lazy.names == held.names or not has_place
    np.testing.assert_allclose(lazy.least_squares, held.least_squares, rtol=1e-7)
    for w in (lazy, held):
        w.step(20)
    np.testing.assert_allclose(lazy.params, held.params, rtol=1e-9)
    np.testing.assert_allclose(lazy.loss, held.loss, rtol=1e-9)
    assert len(lazy.to_html()) > 1000


def test_columns_of_a_frame_by_name():
    frame = dd.from_pandas(FRAME, npartitions=4)
    w = GDWidget(frame, x=["a", "b"], y="y", lr=1e-5)
    assert w.names == ("a", "b", "intercept")
    held = GDWidget(FRAME, x=["a", "b"], y="y", engine="numpy")
    np.testing.assert_allclose(w.least_squares, held.least_squares, rtol=1e-8)
    assert GDWidget(frame[["a", "b"]], frame["y"]).names == w.names


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"degree": 2}, "degree must be 1 for several features (x0, x1, x2); got 2"),
        ({"standardize": True, "intercept": False}, "standardize must be False where intercept is"),
        ({"batch_size": 10}, "batch_size must be None for points that are not in memory; got 10"),
        ({"y": Y[:5]}, "x and y must be of one length; got 900 and 5 values"),
        ({"y": np.where(Y > 0, np.nan, Y)}, "y must be finite numbers; got "),
    ],
)
def test_what_needs_all_of_them_is_refused(arguments, message):
    y = arguments.pop("y", Y)
    with pytest.raises(ValueError) as error:
        GDWidget(da.from_array(X, chunks=(200, 3)), y, **arguments)
    assert str(error.value).startswith(message)


def test_standardized_ones_have_the_means_and_spreads_of_all_of_them():
    ones_first = da.from_array(np.hstack([ONES, X]), chunks=(137, 2))
    for lazy_x, x in ((da.from_array(X, chunks=(137, 2)), X), (ones_first, np.hstack([ONES, X]))):
        lazy = GDWidget(lazy_x, Y, standardize=True)
        held = GDWidget(x, Y, standardize=True, engine="numpy")
        assert lazy.names[1:-1] == held.names[1:-1]
        np.testing.assert_allclose(lazy.least_squares, held.least_squares, rtol=1e-10)
        for w in (lazy, held):
            w.step(20)
        np.testing.assert_allclose(lazy.params, held.params, rtol=1e-10)
        np.testing.assert_allclose(lazy.coefficients, held.coefficients, rtol=1e-8)
    constant = np.hstack([X, np.full((900, 1), 0.3)])
    with pytest.raises(ValueError, match="^standardize must be False where a .*; x3 = 0.3 every"):
        GDWidget(da.from_array(constant, chunks=(50, 4)), Y, standardize=True)


def test_of_two_columns_a_second_one_of_ones_makes_a_line():
    x = da.from_array(np.hstack([X[:, :1], ONES]), chunks=(300, 1))
    w = GDWidget(x, Y)
    assert w.names == ("slope", "intercept")
    first = GDWidget(x[:, ::-1], Y)
    assert first.names == ("intercept", "slope")
    np.testing.assert_allclose(first.least_squares, w.least_squares[::-1], rtol=1e-9)
    np.testing.assert_allclose(w.least_squares, GDWidget(X[:, 0], Y).least_squares, rtol=1e-9)
    assert len(GDWidget(da.from_array(X[:, :2], chunks=(300, 2)), Y).names) == 3
