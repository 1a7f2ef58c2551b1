"""What an error says helps, when it is done to the letter.

Each test does so to data that were refused. Missing values, dates and text have files of their own.
"""

from __future__ import annotations

import csv
import io

import dask.array as da
import dask.dataframe as dd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pytest
import scipy.sparse
import torch

from gd_widget import GDWidget
from gd_widget.data.given import BY_NAME
from tests.data.following import code_in, followed, points
from tests.data.stand_ins import Elsewhere, Undense

# ------------------------------------------------------------------------- what holds the numbers

NUMBERS = [1.0, 2.0, 4.0]
HELD = {
    "dict values": lambda: dict(enumerate(NUMBERS)).values(),
    "dict keys": lambda: dict.fromkeys(NUMBERS).keys(),
    "generator": lambda: (one for one in NUMBERS),
    "map": lambda: map(float, NUMBERS),
    "SciPy, sparse": lambda: scipy.sparse.coo_array(np.array(NUMBERS)),
    "SciPy, sparse column": lambda: scipy.sparse.csr_matrix(np.array(NUMBERS)[:, None]),
    "SciPy, sparse row": lambda: scipy.sparse.csr_matrix(np.array([NUMBERS])),
    "sparse": lambda: Undense(np.array(NUMBERS)),
    "CuPy": lambda: Elsewhere(np.array(NUMBERS)),
    "row": lambda: [NUMBERS],
    "NumPy, row": lambda: np.array([NUMBERS]),
    "PyTorch, row": lambda: torch.tensor([NUMBERS]),
    "Dask, row": lambda: da.from_array(np.array([NUMBERS])),
    "ones first": lambda: [[1.0, one] for one in NUMBERS],
    "NumPy, ones first": lambda: np.array([[1.0, one] for one in NUMBERS]),
    "PyTorch, ones first": lambda: torch.tensor([[1.0, one] for one in NUMBERS]),
    "complex": lambda: [one + 0j for one in NUMBERS],
    "NumPy, complex": lambda: np.array(NUMBERS, complex),
    "PyTorch, complex": lambda: torch.tensor(NUMBERS, dtype=torch.complex64),
    "pandas, complex": lambda: pd.Series(NUMBERS, dtype=complex),
}


@pytest.mark.parametrize("kind", HELD)
def test_numbers_are_taken_out_of_what_holds_them(kind):
    made = HELD[kind]
    assert points(followed("GDWidget(x, y)", x=made(), y=NUMBERS)) == [(1, 1), (2, 2), (4, 4)]
    if "ones" in kind:
        return
    assert points(followed("GDWidget(x, y)", x=NUMBERS, y=made())) == [(1, 1), (2, 2), (4, 4)]


# ---------------------------------------------------------------------------- frames by their names

NO_FRAME = "the first argument must be a frame, or a dict of columns, where x and y are names"
YEARS = pd.DataFrame({"price": NUMBERS}, index=pd.Index([2018, 2019, 2020], name="year"))
BY_YEAR = [(2018, 1), (2019, 2), (2020, 4)]


@pytest.mark.parametrize(
    "df", [YEARS, YEARS.assign(area=1.0), dd.from_pandas(YEARS, npartitions=2)]
)
def test_the_name_of_an_index_becomes_that_of_a_column(df):
    assert points(followed("GDWidget(df, x='year', y='price')", df=df)) == BY_YEAR
    assert points(followed("GDWidget(df, x='price', y='year')", df=df))[0] == (1, 2018)


def test_an_index_without_a_name_and_one_of_several():
    df = pd.DataFrame({"price": NUMBERS})
    assert points(followed("GDWidget(df, x='index', y='price')", df=df)) == [(0, 1), (1, 2), (2, 4)]
    df = YEARS.assign(town=["a", "b", "a"]).set_index("town", append=True)
    assert points(followed("GDWidget(df, x='year', y='price')", df=df)) == BY_YEAR


def test_a_file_with_semicolons_is_read_again(tmp_path):
    path = tmp_path / "prices.csv"
    path.write_text("a;b\n1;2,5\n2;3,5\n")
    for df in (pd.read_csv(path), pl.read_csv(path, truncate_ragged_lines=True)):
        w = followed("GDWidget(df, x='a', y='b')", df=df, path=path)
        assert points(w) == [(1, 2.5), (2, 3.5)]


def test_rows_become_columns():
    rows = [{"a": "1", "b": "2.5"}, {"a": "?", "b": "0"}, {"a": "2", "b": "3.5"}]
    text = io.StringIO("a,b\n1,2.5\n?,0\n2,3.5\n")
    for df in (rows, csv.DictReader(text)):
        assert points(followed("GDWidget(df, x='a', y='b')", df=df)) == [(1, 2.5), (2, 3.5)]


def test_what_is_no_frame_yet_is_made_one(tmp_path):
    df = pl.DataFrame({"a": [1, 2], "b": [3, 4]})
    pl.DataFrame.write_parquet(df, tmp_path / "numbers.parquet")
    batches = pa.RecordBatchReader.from_batches(df.to_arrow().schema, df.to_arrow().to_batches())
    for made in (df.lazy(), batches, pyarrow.dataset.dataset(tmp_path)):
        assert points(followed("GDWidget(df, x='a', y='b')", df=made)) == [(1, 3), (2, 4)]


def test_of_columns_of_one_name_the_first_is_taken():
    table = pa.Table.from_arrays(
        [pa.array(one) for one in ([0, 0], [1, 2], [3, 4], [5, 6])], names=list("cabb")
    )
    for df in (table, table.to_pandas()):
        assert points(followed("GDWidget(df, x='a', y='b')", df=df)) == [(1, 3), (2, 4)]
        assert points(followed("GDWidget(df, x='b', y='b')", df=df)) == [(3, 3), (4, 4)]


# -------------------------------------------------------------------------------- Series and labels

PAIRS = {
    "the same labels in another order": ([0, 1, 2], [2, 1, 0], [(1, 40), (2, 20), (4, 10)]),
    "some labels in common": ([0, 1, 2], [1, 2, 3], [(2, 10), (4, 20)]),
    "labels more than once": ([0, 0, 1], [1, 0, 0], None),
}


@pytest.mark.parametrize("kind", PAIRS)
def test_series_are_paired_as_one_says(kind):
    across, up, by_labels = PAIRS[kind]
    x, y = pd.Series(NUMBERS, across), pd.Series([10, 20, 40], up)
    by_places = [(1, 10), (2, 20), (4, 40)]
    first, second = (followed("GDWidget(x, y)", choice, x=x, y=y) for choice in (0, -1))
    assert points(first) == (by_labels or by_places)
    assert points(second) == by_places


def test_series_of_different_lengths_are_paired_by_their_labels():
    x, y = pd.Series(NUMBERS), pd.Series([10, 40], [0, 2])
    assert points(followed("GDWidget(x, y)", x=x, y=y)) == [(1, 10), (4, 40)]
    frames = pd.DataFrame({"only": x}), pd.DataFrame({"only": y})
    assert points(followed("GDWidget(x, y)", x=frames[0], y=frames[1])) == [(1, 10), (4, 40)]


@pytest.mark.parametrize("parts", [1, 2])
def test_series_of_dask_are_paired_by_their_labels_too(parts):
    x = dd.from_pandas(pd.Series(NUMBERS), npartitions=1)
    y = dd.from_pandas(pd.Series(NUMBERS, [1, 2, 3]), npartitions=parts)
    by_labels, by_places = (followed("GDWidget(x, y)", choice, x=x, y=y) for choice in (0, 1))
    assert points(by_labels) == [(2, 1), (4, 2)]
    assert points(by_places) == [(1, 1), (2, 2), (4, 4)]


def test_a_series_of_dask_beside_something_else():
    lazy = dd.from_pandas(pd.Series(NUMBERS), npartitions=2)
    for other in ([1, 2, 3], pd.Series([1, 2, 3])):
        assert points(followed("GDWidget(x, y)", x=lazy, y=other)) == [(1, 1), (2, 2), (4, 3)]
        assert points(followed("GDWidget(x, y)", x=other, y=lazy)) == [(1, 1), (2, 2), (3, 4)]


def test_a_frame_and_a_series_are_paired_as_one_says():
    x = pd.DataFrame({"a": [1.0, 2, 4], "b": [3.0, 1, 0]}, index=[0, 1, 2])
    y = pd.Series([10.0, 20, 40], index=[2, 1, 0])
    for choice, paired in ((0, [40, 20, 10]), (1, [10, 20, 40])):
        w = followed("GDWidget(x, y)", choice, x=x, y=y)
        assert np.asarray(w.y).tolist() == paired
    y.index = [2, 2, 0]
    assert np.asarray(followed("GDWidget(x, y)", x=x, y=y).y).tolist() == [10, 20, 40]


def test_labels_that_have_nothing_in_common_say_nothing():
    predictions = pd.Series([10.0, 20.0, 40.0])
    for labels in (list("abc"), [2018, 2019, 2020], pd.date_range("2026", periods=3)):
        w = GDWidget(pd.Series(NUMBERS, labels), predictions)
        assert points(w) == [(1, 10), (2, 20), (4, 40)]


# ------------------------------------------------------------------------------------- arguments


def test_a_name_that_is_no_argument():
    df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
    for name in ("data", "df", "frame"):
        with pytest.raises(
            TypeError, match=f"no argument '{name}'; a frame comes first: "
        ) as error:
            GDWidget(**{name: df}, x="a", y="b")
    call = str(error.value).partition(": ")[2].replace("x=...", "x='a'").replace("y=...", "y='b'")
    assert points(eval(call, {"GDWidget": GDWidget, "df": df})) == [(1, 3), (2, 4)]


def test_names_by_position():
    df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
    with pytest.raises(TypeError, match="by position; got 3: name the columns\n") as error:
        GDWidget(df, "a", "b")
    assert points(eval(code_in(str(error.value)), {"GDWidget": GDWidget, "df": df})) == [
        (1, 3),
        (2, 4),
    ]


def test_a_column_is_not_called_as_an_argument_is():
    with pytest.raises(ValueError, match="one of 'lr', 'b'; got 'data'$"):
        GDWidget({"lr": [1], "b": [2]}, x="data", y="b")
    with pytest.raises(ValueError, match="one of 'lr', 'b'; got 'alpha'$"):
        GDWidget({"lr": [1], "b": [2]}, x="alpha", y="b")


@pytest.mark.parametrize(
    ("data", "named", "message"),
    [
        (
            (),
            {"x": "a", "y": "b"},
            f"x must be numbers, or a name after a frame, {BY_NAME}; got 'a'",
        ),
        (([1],), {"y": "b"}, f"{NO_FRAME}; got list"),
        ((np.zeros((3, 2)),), {"x": "a", "y": "b"}, f"{NO_FRAME}; got ndarray"),
        ((YEARS,), {"y": "price"}, "x must be the name of a column, one of 'price'; got none"),
        (
            (YEARS,),
            {"x": "town", "y": "price"},
            "x must be the name of a column, one of 'price'; got 'town'",
        ),
        (
            ({"a": [1], "b": [2]},),
            {"x": [1], "y": "b"},
            "x must be the name of a column, one of 'a', 'b'; got [1]",
        ),
    ],
)
def test_names_without_a_frame_and_frames_without_names(data, named, message):
    with pytest.raises(ValueError) as error:
        GDWidget(*data, **named)
    assert str(error.value) == message


def test_a_frame_of_one_column_is_x_itself_where_no_names_are_given():
    assert points(GDWidget(YEARS, y=[3, 4, 5])) == [(1, 3), (2, 4), (4, 5)]
