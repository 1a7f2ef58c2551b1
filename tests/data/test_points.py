"""Points: made up the same everywhere, or the user's own, whatever they come in."""

from __future__ import annotations

import math

import dask.array as da
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gd_widget import GDWidget
from gd_widget.core.quadratic import Quadratic
from gd_widget.data import tensor_points
from gd_widget.data.make_line import make_line
from gd_widget.data.points import CHUNK
from gd_widget.data.user_data import points_of


def test_x_is_drawn_first_then_the_noise():
    rng = np.random.default_rng(1)
    x, noise = rng.uniform(-1, 1, 100), rng.uniform(0, 1, 100)
    points = make_line(n=100, seed=1)
    assert (points.x == x).all()
    assert (points.y == 3 * x + 2 + noise).all()


def test_the_first_loss_of_seed_1_is_about_8():
    points = make_line()
    assert np.mean((-points.x + 1 - points.y) ** 2) == pytest.approx(7.955, abs=5e-4)


def test_gaussian_noise_is_centred_with_deviation_a_quarter():
    points = make_line(n=100_000, noise="gaussian", true_params=(0, 0))
    assert points.y.mean() == pytest.approx(0, abs=0.005)
    assert points.y.std() == pytest.approx(0.25, abs=0.005)


@given(n=st.integers(1, 50), seed=st.integers(0, 2**63))
def test_a_seed_gives_the_same_points_again(n, seed):
    first, second = make_line(n=n, seed=seed), make_line(n=n, seed=seed)
    assert (first.x == second.x).all() and (first.y == second.y).all()
    assert len(first) == n and (np.abs(first.x) <= 1).all()


@pytest.mark.parametrize(
    "container",
    [
        list,
        tuple,
        np.array,
        lambda values: np.array(values, dtype=np.float32),
        lambda values: np.array(values, dtype=int),
        lambda values: np.array(values)[:, None],
        lambda values: np.array(values)[::-1][::-1],
        torch.tensor,
        lambda values: torch.tensor(values, dtype=torch.float64, requires_grad=True),
    ],
    ids=["list", "tuple", "array", "float32", "int", "column", "strided", "tensor", "parameter"],
)
def test_containers_give_the_same_points(container):
    points = points_of(container([1.0, 2.0, 4.0]), container([3.0, 5.0, 9.0]))
    assert points.x.tolist() == [1, 2, 4]
    assert points.y.tolist() == [3, 5, 9]


def test_the_lessons_design_matrix_is_taken_for_x():
    x = torch.ones(3, 2)
    x[:, 0] = torch.tensor([1.0, 2.0, 3.0])
    assert points_of(x, [1, 2, 3]).x.tolist() == [1, 2, 3]


def test_the_users_array_stays_writeable_and_is_not_changed():
    x = np.array([1.0, 2.0, 3.0])
    points = points_of(x, x)
    x[0] = math.nan
    assert points.x.tolist() == [1, 2, 3]
    assert not points.x.flags.writeable


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1, 2], [1, 2, 3], "x and y must be of one length; got 2 and 3 values"),
        ([1, float("nan"), float("inf")], [1, 2, 3], "got 2 missing or infinite of 3"),
        ([], [], "x must be of shape (n,), n at least 1; got shape (0,)"),
        (3, 4, "x must be of shape (n,), n at least 1; got shape ()"),
        ([[1, 2, 3]], [1], "x must be of shape (n,), n at least 1; got shape (1, 3)"),
        ([[1, 2], [3]], [1, 2], "x must be numbers of shape (n,); got [[1, 2], [3]]"),
    ],
)
def test_bad_points_are_refused(x, y, message):
    with pytest.raises(ValueError) as error:
        points_of(x, y)
    assert message in str(error.value)


@pytest.mark.parametrize("bad", [{"n": 0}, {"n": -3}, {"n": 2.5}, {"n": "many"}, {"n": True}])
def test_bad_counts_are_refused(bad):
    with pytest.raises(ValueError, match="^n must be a whole number, at least 1; got "):
        make_line(**bad)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"seed": -1}, "seed must be a whole number, at least 0; got -1"),
        ({"noise": "loud"}, "noise must be one of 'uniform', 'gaussian'; got 'loud'"),
        ({"true_params": 3}, "true_params must be two finite numbers (slope, intercept); got 3"),
    ],
)
def test_bad_settings_are_refused(bad, message):
    with pytest.raises(ValueError) as error:
        make_line(**bad)
    assert str(error.value) == message


def test_points_are_replaced_added_and_removed():
    points = points_of([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    moved = points.spliced(1, 1, [(9.0, 8.0)])
    assert (moved.x.tolist(), moved.y.tolist()) == ([1, 9, 3], [4, 8, 6])
    assert points.spliced(3, 0, [(0.0, 0.0)]).x.tolist() == [1, 2, 3, 0]
    assert points.spliced(0, 2, []).x.tolist() == [3]
    assert points.x.tolist() == [1, 2, 3], "the points themselves stay as they were"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        ((4, 0, []), "at must be a whole number from 0 to 3; got 4"),
        ((1, 3, []), "remove must be a whole number from 0 to 2; got 3"),
        ((0, 3, []), "points must be at least one; the last one cannot be removed"),
        ((0, 1, [(1.0, math.nan)]), "a point must be two finite numbers; got (1.0, nan)"),
    ],
)
def test_bad_edits_are_refused(edit, message):
    with pytest.raises(ValueError) as error:
        points_of([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]).spliced(*edit)
    assert str(error.value) == message


@pytest.mark.parametrize("far", [0, 1e4, 1e8])
@pytest.mark.parametrize("held", ["in memory", "by Dask", "on a device"])
def test_many_points_far_from_zero_keep_their_digits(held, far, monkeypatch):
    n = 3 * CHUNK
    rng = np.random.default_rng(0)
    x = far + rng.uniform(-1, 1, n)
    y = 3 * (x - far) + 2 + rng.normal(0, 0.1, n)
    monkeypatch.setattr(tensor_points, "CHUNK", n // 5)
    bowl = {
        "in memory": lambda: points_of(x, y),
        "by Dask": lambda: points_of(
            da.from_array(x, chunks=n // 7), da.from_array(y, chunks=n // 7)
        ),
        "on a device": lambda: tensor_points.DevicePoints(torch.tensor(x), torch.tensor(y)),
    }[held]().bowl
    # Two passes, with more digits than there are to be found.
    dx, dy = x.astype(np.longdouble) - far, y.astype(np.longdouble)
    dx, dy = dx - dx.mean(), dy - dy.mean()
    slope = dx @ dy / (dx @ dx)
    assert bowl.cov_x[0][0] == pytest.approx(float(dx @ dx / n), rel=1e-14)
    assert bowl.best_slopes[0] == pytest.approx(float(slope), rel=1e-14)
    residuals = dy - slope * dx
    assert bowl.floor == pytest.approx(float(residuals @ residuals / n), rel=1e-13)


def test_what_is_too_small_is_said_of_the_data_and_not_of_the_column_of_ones():
    with pytest.raises(ValueError, match=r"x is too small for y: .* up to 3e-200 in x and 4 in y"):
        Quadratic.of_design(np.array([[1e-200, 1], [3e-200, 1], [0, 1]]), np.array([1.0, 4, 2]), 1)
    for x in ([0, 1e-200, 3e-200], [1e-170, 1e-170, 2e-170]):
        with pytest.raises(ValueError, match="x must be equal everywhere, or differ by more than"):
            GDWidget(x, [0, 1, 2])


@pytest.mark.parametrize("x", [(1e-300, 2e-300), (0, 1e-300), (0, 5e-324)])
def test_x_that_differs_by_less_than_can_be_squared_is_refused(x):
    with pytest.raises(ValueError, match="^x must be equal everywhere, or differ by more than"):
        GDWidget(list(x), [1.0, 3.0])
