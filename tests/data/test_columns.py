"""What people have their numbers in: the same points whatever it is, or an error that helps."""

from __future__ import annotations

import array
import datetime
import decimal
import fractions
from collections.abc import Callable
from typing import Any

import dask.array as da
import dask.dataframe as dd
import ml_dtypes
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gd_widget import GDWidget
from gd_widget.data.columns import column
from gd_widget.data.points import MOST_POINTS, Points
from gd_widget.data.user_data import points_of
from gd_widget.training.trainer import Trainer
from tests.data.stand_ins import Crossed, Gridded, Relation, Shared

Container = Callable[[np.ndarray], Any]

OF_FLOATS: dict[str, Container] = {
    "list": lambda v: v.tolist(),
    "tuple": lambda v: tuple(v.tolist()),
    "list of NumPy's": list,
    "list of tensors": lambda v: list(torch.tensor(v)),
    "list of tensors with gradients": lambda v: list(torch.tensor(v, requires_grad=True)),
    "decimals": lambda v: [decimal.Decimal(one) for one in v.tolist()],
    "fractions": lambda v: [fractions.Fraction(one) for one in v.tolist()],
    "array.array": lambda v: array.array("d", v),
    "NumPy": np.copy,
    "NumPy, other byte order": lambda v: v.astype(">f8"),
    "NumPy, strided": lambda v: np.repeat(v, 3)[1::3],
    "NumPy, backwards": lambda v: v[::-1].copy()[::-1],
    "NumPy, read-only": lambda v: np.frombuffer(v.tobytes()),
    "NumPy, one column": lambda v: v[:, None],
    "NumPy, objects": lambda v: v.astype(object),
    "NumPy, masked": lambda v: np.ma.array(v),
    "masked elsewhere": lambda v: Crossed(v, np.zeros(len(v), bool)),
    "DLPack alone": Shared,
    "PyTorch": torch.tensor,
    "PyTorch, with a gradient": lambda v: torch.tensor(v, requires_grad=True),
    "PyTorch, computed": lambda v: torch.tensor(v, requires_grad=True) * 1,
    "PyTorch, negative view": lambda v: torch._neg_view(torch.tensor(-v)),
    "PyTorch, sparse": lambda v: torch.tensor(v).to_sparse(),
    "PyTorch, one column": lambda v: torch.tensor(v)[:, None],
    "pandas Series": pd.Series,
    "pandas Float64": lambda v: pd.Series(v, dtype="Float64"),
    "pandas Arrow": lambda v: pd.Series(v, dtype="double[pyarrow]"),
    "pandas, another index": lambda v: pd.Series(v, index=range(len(v), 0, -1)),
    "pandas Index": pd.Index,
    "pandas frame": lambda v: pd.DataFrame({"only": v}),
    "polars Series": lambda v: pl.Series(v),
    "polars frame": lambda v: pl.DataFrame({"only": v}),
    "Arrow": pa.array,
    "Arrow, in chunks": lambda v: pa.chunked_array([v[:1], v[1:]]),
    "Arrow table": lambda v: pa.table({"only": v}),
    "dict of a column": lambda v: {"only": v},
    "Dask array": lambda v: da.from_array(v, chunks=7),
    "Dask array, one column": lambda v: da.from_array(v[:, None], chunks=(7, 1)),
    "Dask Series": lambda v: dd.from_pandas(pd.Series(v), npartitions=2),
    "Dask frame": lambda v: dd.from_pandas(pd.DataFrame({"only": v}), npartitions=2),
}

OF_INTEGERS: dict[str, Container] = {
    "list": lambda v: v.tolist(),
    "range": lambda v: range(-len(v), len(v), 2),
    "NumPy int8": lambda v: v.astype(np.int8),
    "NumPy uint8": lambda v: np.abs(v).astype(np.uint8),
    "NumPy float16": lambda v: v.astype(np.float16),
    "NumPy float32": lambda v: v.astype(np.float32),
    "NumPy longdouble": lambda v: v.astype(np.longdouble),
    "NumPy bool": lambda v: v > 0,
    "PyTorch int32": lambda v: torch.tensor(v, dtype=torch.int32),
    "PyTorch bfloat16": lambda v: torch.tensor(v, dtype=torch.bfloat16),
    "JAX bfloat16": lambda v: v.astype(ml_dtypes.bfloat16),
    "PyTorch half": lambda v: torch.tensor(v, dtype=torch.float16),
    "PyTorch bool": lambda v: torch.tensor(v > 0),
    "pandas Int64": lambda v: pd.Series(v, dtype="Int64"),
    "pandas boolean": lambda v: pd.Series(v > 0, dtype="boolean"),
    "pandas category": lambda v: pd.Series(v, dtype="category"),
    "pandas Sparse": lambda v: pd.Series(v, dtype="Sparse[int64]"),
    "polars Int16": lambda v: pl.Series(v, dtype=pl.Int16),
    "polars Boolean": lambda v: pl.Series(v > 0),
    "Arrow uint8": lambda v: pa.array(np.abs(v), type=pa.uint8()),
    "Arrow bool": lambda v: pa.array(v > 0),
    "Dask int": lambda v: da.from_array(v, chunks=7),
}
if hasattr(pl, "Int128"):  # which the oldest that is promised has not
    OF_INTEGERS["polars Int128"] = lambda v: pl.Series(v, dtype=pl.Int128)

columns_of_floats = hnp.arrays(
    np.float64,
    st.shared(st.integers(1, 30), key="n"),
    # The squares of what is smaller are 0.
    elements=st.floats(-1e6, 1e6).map(lambda number: number if abs(number) > 1e-100 else 0.0),
)
columns_of_integers = hnp.arrays(
    np.int64, st.shared(st.integers(1, 30), key="n"), elements=st.integers(-100, 100)
)


def history_of(points: Any) -> np.ndarray:
    trainer = Trainer(points, engine="numpy", lr=1e-3)
    trainer.step(3)
    return trainer.rows()


few_examples = settings(max_examples=settings().max_examples // 10)  # of each of many kinds


@pytest.mark.parametrize("kind", OF_FLOATS)
@few_examples
@given(x=columns_of_floats, y=columns_of_floats)
def test_the_same_numbers_whatever_they_come_in(kind, x, y):
    points = points_of(OF_FLOATS[kind](x), OF_FLOATS[kind](y))
    assert points.x.dtype == points.y.dtype == np.float64
    np.testing.assert_array_equal(points.x, x)
    np.testing.assert_array_equal(history_of(points), history_of(Points(x, y)))


@pytest.mark.parametrize("kind", OF_INTEGERS)
@few_examples
@given(x=columns_of_integers)
def test_every_type_of_number_is_what_it_says(kind, x):
    values = OF_INTEGERS[kind](x)
    points = points_of(values, x)
    read = getattr(values, "to_pylist", None) or getattr(values, "compute", lambda: values)
    assert points.x.tolist() == [float(one) for one in read()]


@pytest.mark.slow
def test_a_container_for_x_and_another_for_y():
    x, y = np.arange(9.0), 2 * np.arange(9.0)
    for across in OF_FLOATS.values():
        for up in (OF_FLOATS["list"], OF_FLOATS["Dask array"], OF_FLOATS["polars Series"]):
            if type(across(x)).__module__.startswith("dask.dataframe") and up is not across:
                continue  # see test_lazy.py
            points = points_of(across(x), up(y))
            assert (points.x.tolist(), points.y.tolist()) == (x.tolist(), y.tolist())


# ---------------------------------------------------------------------- what is refused, and how

day = datetime.date(2026, 1, 1)
DATES = "x must be real numbers; got dates"
TWO_COLUMNS = "x must be one column; got a frame of 2: 'a', 'b' (GDWidget(df, x=..., y=...) takes two of them by name)"
REFUSED = {
    "dates of NumPy": (np.array(["2026-01-01"] * 3, "M8[D]"), DATES),
    "dates of Python": ([day, day, day], DATES),
    "dates of pandas": (pd.Series(pd.date_range("2026", periods=3)), DATES),
    "dates with a zone": (pd.Series(pd.date_range("2026", periods=3, tz="UTC")), DATES),
    "dates of polars": (pl.Series([day] * 3), DATES),
    "dates of Arrow": (pa.array([day] * 3), DATES),
    "months": (pd.period_range("2026", periods=3), "x must be real numbers; got periods"),
    "spans": (np.array([1, 2, 3], "m8[s]"), "x must be real numbers; got time spans"),
    "times": ([datetime.time(1)] * 3, "x must be real numbers; got times of day"),
    "text": (["1", "2", "3"], "x must be real numbers; got text, as '1'"),
    "some text": (
        pd.Series(["130", "165", "?"]),
        "x must be real numbers; got text, and '?' is no number (1 of 3)",
    ),
    "percent": (
        ["12%", "13%", "14%"],
        "x must be real numbers; got text, and '12%' is no number (3 of 3)",
    ),
    "thousands": (
        pd.Series(["1,200", "1,310", "1,400"]),
        "x must be real numbers; got text, and '1,200' is no number (3 of 3)",
    ),
    "text of pandas": (
        pd.Series(["a", "b", "c"], dtype=object),
        "x must be real numbers; got text, and 'a' is no number (3 of 3)",
    ),
    "text of Arrow": (
        pa.array(["a", "b", "c"]),
        "x must be real numbers; got text, and 'a' is no number (3 of 3)",
    ),
    "text of Dask": (
        da.from_array(np.array(["1", "a", "b"]), chunks=1),
        "x must be real numbers; got text, and 'a' is no number",
    ),
    "bytes": ([b"1", b"2", b"3"], "x must be real numbers; got bytes"),
    "complex": ([1j, 2, 3], "x must be real numbers; got complex numbers"),
    "complex tensors": (torch.tensor([1j, 2, 3]), "x must be real numbers; got complex numbers"),
    "raw memory": (np.zeros(3, "V8"), "x must be real numbers; got raw memory"),
    "objects": ([1, object, 3], "x must be real numbers; got <class 'object'>"),
    "records": (np.zeros(3, [("a", float), ("b", float)]), TWO_COLUMNS),
    "a frame": (pd.DataFrame({"a": [1, 2, 3], "b": 0}), TWO_COLUMNS),
    "nothing": ([], "x must be of shape (n,), n at least 1; got shape (0,)"),
    "a number": (3, "x must be of shape (n,), n at least 1; got shape ()"),
    "a set": ({1, 2, 3}, "x must be of shape (n,), n at least 1; got set"),
    "a generator": ((n for n in range(3)), "x must be of shape (n,), n at least 1; got generator"),
    "a row": ([[1, 2, 3]], "x must be of shape (n,), n at least 1; got shape (1, 3)"),
    "ragged": ([[1, 2], [3]], "x must be numbers of shape (n,); got [[1, 2], [3]]"),
    "Dask's row": (da.zeros((1, 3)), "x must be of shape (n,), n at least 1; got shape (1, 3)"),
    "Dask's dates": (da.from_array(np.array(["2026-01-01"] * 3, "M8[D]")), DATES),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_column_of_numbers_is_refused_by_name(kind):
    values, message = REFUSED[kind]
    with pytest.raises(ValueError) as error:
        points_of(values, [1, 2, 3])
    assert type(error.value) is ValueError
    said, _, code = str(error.value).partition("\n")
    assert said == message or (said.startswith(f"{message}: ") and code)


MASK = [False, True, False, True]
MISSING = {
    "list": [1, None, 3, float("nan")],
    "NumPy": np.array([1, np.nan, 3, np.inf]),
    "NumPy, masked": np.ma.array([1, 2, 3, 4], mask=MASK),
    "NumPy, masked floats": np.ma.array([1.0, 2.0, 3.0, 4.0], mask=MASK),
    "masked elsewhere": Crossed(np.arange(4.0), np.array(MASK)),
    "PyTorch": torch.tensor([1, torch.nan, 3, -torch.inf]),
    "pandas": pd.Series([1, None, 3, None]),
    "pandas Int64": pd.Series([1, None, 3, None], dtype="Int64"),
    "pandas boolean": pd.Series([True, None, False, None], dtype="boolean"),
    "pandas objects": pd.Series([1, pd.NA, 3, None], dtype=object),
    "pandas Arrow": pd.Series([1, None, 3, None], dtype="int8[pyarrow]"),
    "polars": pl.Series([1, None, 3, None]),
    "polars floats": pl.Series([1.0, None, 3.0, np.nan]),
    "polars Boolean": pl.Series([True, None, False, None]),
    "Arrow": pa.array([1, None, 3, None]),
    "Arrow bool": pa.array([True, None, False, None]),
    "Dask array": da.from_array(np.array([1, np.nan, 3, np.inf]), chunks=3),
}


@pytest.mark.parametrize("kind", MISSING)
def test_missing_values_are_counted(kind):
    values = MISSING[kind]
    for name, columns in (("x", (values, [1, 2, 3, 4])), ("y", ([1, 2, 3, 4], values))):
        with pytest.raises(ValueError) as error:
            points_of(*columns)
        said = f"{name} must be finite numbers; got 2 missing or infinite of 4: drop them with\n"
        assert str(error.value).startswith(said)


def test_integers_too_large_for_a_float_are_infinite():
    with pytest.raises(ValueError, match="got 1 missing or infinite of 2"):
        points_of([10**400, 1], [1, 2])


# ------------------------------------------------------------------------------- never changed


def test_few_points_are_copied():
    x = np.array([1.0, 2.0, 3.0])
    points = points_of(x, x)
    x[0] = 9
    assert points.x.tolist() == [1, 2, 3]
    assert not points.x.flags.writeable and x.flags.writeable


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_many_points_are_looked_at_where_they_lie(dtype):
    x = np.linspace(0, 1, MOST_POINTS + 1, dtype=dtype)
    for held in (x, torch.from_numpy(x), pd.Series(x), pl.Series(x), pa.array(x)):
        points = points_of(held, held)
        assert not points.x.flags.owndata and not points.x.flags.writeable
        assert np.shares_memory(points.x, column("x", held))
    assert x.flags.writeable


def test_many_integers_are_copied_once_and_not_changed():
    x = np.arange(MOST_POINTS + 1)
    points = points_of(x, x)
    assert points.x.dtype == np.float64
    assert x.dtype == np.int64 and (x == np.arange(MOST_POINTS + 1)).all()


# ------------------------------------------------------------------------------- frames by name

people = {"height": [1.5, 1.7, 1.9], "weight": [50.0, 70.0, 80.0], "age": [3, 2, 1]}
FRAMES = {
    "dict": people,
    "pandas": pd.DataFrame(people),
    "polars": pl.DataFrame(people),
    "Arrow": pa.table(people),
    "Dask": dd.from_pandas(pd.DataFrame(people), npartitions=2),
    "records": np.array(
        list(zip(*people.values(), strict=True)), [(name, float) for name in people]
    ),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_two_columns_of_a_frame_and_their_names(kind):
    w = GDWidget(FRAMES[kind], x="height", y="weight", engine="numpy")
    assert (w.x.tolist(), w.y.tolist()) == (people["height"], people["weight"])
    assert (w.x_label, w.y_label) == ("height", "weight")


def test_a_label_that_is_given_wins():
    w = GDWidget(FRAMES["pandas"], x="height", y="weight", x_label="metres")
    assert (w.x_label, w.y_label) == ("metres", "weight")


def test_a_dataset_of_xarray_is_a_frame_whose_coordinates_are_columns():
    height, weight = (np.array(people[name]) for name in ("height", "weight"))
    w = GDWidget(Gridded({"height": height}, {"weight": weight}), x="height", y="weight")
    assert (w.x.tolist(), w.y.tolist()) == (people["height"], people["weight"])
    assert (w.x_label, w.y_label) == ("height", "weight")


def test_a_relation_of_duckdb_is_a_frame_that_is_read_once():
    relation = Relation({'a "b"': [1.0, 2.0], "c": [2.0, 3.0], "d": [0.0, 0.0]})
    w = GDWidget(relation, x='a "b"', y="c")
    assert (w.x.tolist(), w.y.tolist()) == ([1, 2], [2, 3])
    assert relation.read == [['a "b"', "c"]]


def test_a_series_has_a_name_too():
    frame = FRAMES["polars"]
    w = GDWidget(frame["height"], pd.Series(people["weight"]))
    assert (w.x_label, w.y_label) == ("height", "y")
    w = GDWidget(x=FRAMES["pandas"]["height"], y=da.from_array(np.array(people["weight"])))
    assert (w.x_label, w.y_label) == ("height", "y")


def test_columns_need_not_be_called_by_a_string():
    w = GDWidget(pd.DataFrame(np.arange(6.0).reshape(3, 2)), x=0, y=1)
    assert (w.x.tolist(), w.x_label) == ([0, 2, 4], "0")


def test_the_history_of_one_widget_is_data_for_another():
    w = GDWidget(n=10)
    w.step(5)
    again = GDWidget(w.history, x="step", y="loss")
    assert again.y.tolist() == w.history["loss"].tolist()


NAMES = "one of 'height', 'weight', 'age'"


@pytest.mark.parametrize(
    ("given", "named", "error", "message"),
    [
        (1, {}, ValueError, f"x must be the name of a column, {NAMES}; got none"),
        (1, {"x": "height"}, ValueError, f"y must be the name of a column, {NAMES}; got none"),
        (
            1,
            {"x": "hight", "y": "age"},
            ValueError,
            f"x must be the name of a column, {NAMES}; got 'hight' (did you mean height?)",
        ),
        (
            1,
            {"x": [1, 2, 3], "y": "age"},
            ValueError,
            f"x must be the name of a column, {NAMES}; got [1, 2, 3]",
        ),
        (3, {}, TypeError, "GDWidget takes x and y, or one frame, by position; got 3"),
    ],
)
def test_arguments_that_are_no_points_are_refused(given, named, error, message):
    with pytest.raises(error) as raised:
        GDWidget(*[FRAMES["pandas"]] * given, **named)
    assert str(raised.value) == message


def test_x_and_y_are_given_once_and_together():
    with pytest.raises(ValueError, match="^x and y must be given together; got 'only x'$"):
        GDWidget([1, 2])
    with pytest.raises(TypeError, match="^GDWidget got x twice: by position and by name$"):
        GDWidget([1, 2], [1, 2], x=[1, 2])
    with pytest.raises(ValueError, match="^a lazy frame must be collected first"):
        GDWidget(pl.DataFrame(people).lazy(), x="height", y="weight")
    assert GDWidget([1, 2], y=[3, 4]).y.tolist() == [3, 4]
