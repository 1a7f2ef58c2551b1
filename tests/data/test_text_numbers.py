"""The code in an error reads numbers from text, and loses only what is none."""

from __future__ import annotations

import dask.dataframe as dd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.data.containers import COLUMNS, FRAMES
from tests.data.following import followed, points

AS_TEXT = {
    "plain": ["1", " 2.5 ", "-3e0"],
    "thousands": ["1,200", "1,310.5", "-7"],
    "decimal commas": ["1,5", "-2,25", "3"],
    "percent": ["12%", "13.5 %", "-1%"],
    "dollars": ["$12", "$1.50", "3"],
    "one is none": ["130", "?", "165"],
    "some are none": ["130", "?", "n/a"],
    "an empty one": ["1", "", "3"],
    "missing": ["1", None, "3"],
    "missing and none": ["1", None, "?"],
    "thousands and missing": ["1,200", None, "3"],
    "underscores": ["1_000", "2", "3"],
    "thousands and none": ["1,200", "?", "3"],
}
READ = {
    "plain": [1, 2.5, -3],
    "thousands": [1200, 1310.5, -7],
    "decimal commas": [1.5, -2.25, 3],
    "percent": [12, 13.5, -1],
    "dollars": [12, 1.5, 3],
    "one is none": [130, None, 165],
    "some are none": [130, None, None],
    "an empty one": [1, None, 3],
    "missing": [1, None, 3],
    "missing and none": [1, None, None],
    "thousands and missing": [1200, None, 3],
    "underscores": [None, 2, 3],
    "thousands and none": [1200, None, 3],
}
OF_TEXT = {
    **{kind: COLUMNS[kind] for kind in COLUMNS if kind != "NumPy"},
    "NumPy": lambda v: np.array(v, object if None in v else str),
    "pandas string": lambda v: pd.Series(v, dtype="string"),
    "pandas category": lambda v: pd.Series(v, dtype="category"),
    "polars Categorical": lambda v: pl.Series(v, dtype=pl.Categorical),
    "Arrow dictionary": lambda v: pa.array(v).dictionary_encode(),
}
if hasattr(np.dtypes, "StringDType"):  # which the oldest that is promised has not
    OF_TEXT["NumPy, any length"] = lambda v: np.array(
        v, object if None in v else np.dtypes.StringDType()
    )


@pytest.mark.parametrize("what", AS_TEXT)
@pytest.mark.parametrize("kind", OF_TEXT)
def test_text_becomes_the_numbers_it_says(kind, what):
    x = OF_TEXT[kind](AS_TEXT[what])
    y = dd.from_pandas(pd.Series([1.0, 2.0, 3.0]), npartitions=2) if kind == "Dask" else [1, 2, 3]
    expected = [(x, y) for x, y in zip(READ[what], [1, 2, 3], strict=True) if x is not None]
    assert points(followed("GDWidget(x, y)", x=x, y=y)) == expected


@pytest.mark.parametrize("what", AS_TEXT)
@pytest.mark.parametrize("kind", ["dict", "pandas", "polars", "Arrow", "Dask"])
def test_text_in_a_frame_becomes_numbers(kind, what):
    columns = {"c": [None, 0.0, 1.0], "a": AS_TEXT[what], "b": [1, 2, 3]}
    df = (
        dd.from_pandas(pd.DataFrame(columns), npartitions=1)
        if kind == "Dask"
        else FRAMES[kind](columns)
    )
    expected = [(x, y) for x, y in zip(READ[what], [1, 2, 3], strict=True) if x is not None]
    assert points(followed("GDWidget(df, x='a', y='b')", df=df)) == expected


@pytest.mark.parametrize("kind", ["dict", "pandas", "polars", "Arrow", "Dask"])
def test_both_columns_may_be_text(kind):
    columns = {"a": ["1", "?", "3", "4"], "b": ["$5", "$6", "n/a", "$8"]}
    df = (
        dd.from_pandas(pd.DataFrame(columns), npartitions=2)
        if kind == "Dask"
        else FRAMES[kind](columns)
    )
    assert points(followed("GDWidget(df, x='a', y='b')", df=df)) == [(1, 5), (4, 8)]


def test_objects_may_be_numbers_and_text():
    mixed = [1.5, "2,000", None, "4"]
    for x in (mixed, np.array(mixed, object), pd.Series(mixed, dtype=object)):
        assert points(followed("GDWidget(x, y)", x=x, y=[1, 2, 3, 4])) == [
            (1.5, 1),
            (2000, 2),
            (4, 4),
        ]


@pytest.mark.parametrize(
    "texts", [["2026-01-01", "2026-01-04"], ["2026-01-01 06:00", "2026-01-04 06:00"]]
)
@pytest.mark.parametrize("kind", OF_TEXT)
def test_dates_in_text_are_read_and_counted(kind, texts):
    y = dd.from_pandas(pd.Series([1.0, 2.0]), npartitions=2) if kind == "Dask" else [1, 2]
    assert points(followed("GDWidget(x, y)", x=OF_TEXT[kind](texts), y=y)) == [(0, 1), (3, 2)]


def test_bytes_are_read_too():
    for x in (
        [b"1", b"2"],
        np.array([b"1", b"2"]),
        pl.Series([b"1", b"2"]),
        pa.array([b"1", b"2"]),
    ):
        assert points(followed("GDWidget(x, y)", x=x, y=[1, 2])) == [(1, 1), (2, 2)]
    assert points(
        followed("GDWidget(df, x='a', y='b')", df=pl.DataFrame({"a": [b"1"], "b": [2]}))
    ) == [(1, 2)]
