"""The code in an error drops the rows in which something is missing, and no other row."""

from __future__ import annotations

import decimal

import dask.array as da
import dask.dataframe as dd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import torch

from gd_widget import GDWidget
from tests.data.containers import FRAMES, inf, nan, without_none
from tests.data.following import followed, points
from tests.data.stand_ins import Crossed, Table

ACROSS, UP = [1.0, None, 3.0, nan, 5.0, inf, 7.0], [1.0, 2.0, 3.0, 4.0, None, 6.0, 8.0]
COMPLETE = [(1.0, 1.0), (3.0, 3.0), (7.0, 8.0)]


WITH_HOLES = {
    "list": list,
    "tuple": tuple,
    "list with NA": lambda v: [pd.NA if one is None else one for one in v],
    "decimals": lambda v: [None if one is None else decimal.Decimal(one) for one in v],
    "list of tensors": lambda v: [torch.tensor(one, requires_grad=True) for one in without_none(v)],
    "list of columns": lambda v: [[one] for one in v],
    "NumPy": lambda v: np.array(v, float),
    "NumPy, one column": lambda v: np.array(v, float)[:, None],
    "NumPy, objects": lambda v: np.array(v, object),
    "NumPy, objects with NA": lambda v: np.array([pd.NA if one is None else one for one in v]),
    "NumPy, masked": lambda v: np.ma.masked_invalid(np.array(v, float)),
    "masked elsewhere": lambda v: Crossed(
        np.nan_to_num(np.array(v, float), posinf=7), ~np.isfinite(np.array(v, float))
    ),
    "PyTorch": lambda v: torch.tensor(without_none(v)),
    "PyTorch, with a gradient": lambda v: torch.tensor(without_none(v), requires_grad=True),
    "PyTorch, one column": lambda v: torch.tensor(without_none(v))[:, None],
    "PyTorch, bfloat16": lambda v: torch.tensor(without_none(v), dtype=torch.bfloat16),
    "PyTorch, sparse": lambda v: torch.tensor(without_none(v)).to_sparse(),
    "pandas": lambda v: pd.Series(v, dtype=float),
    "pandas Float64": lambda v: pd.Series(v, dtype="Float64"),
    "pandas objects": lambda v: pd.Series(v, dtype=object),
    "pandas objects with NA": lambda v: pd.Series([pd.NA if one is None else one for one in v]),
    "pandas Arrow": lambda v: pd.Series(pa.array(v), dtype=pd.ArrowDtype(pa.float64())),
    "pandas category": lambda v: pd.Series(v, dtype="category"),
    "pandas Sparse": lambda v: pd.Series(without_none(v), dtype="Sparse[float]"),
    "pandas Index": lambda v: pd.Index(v, dtype=float),
    "pandas, other labels": lambda v: pd.Series(v, dtype=float, index=list("abcdefg")),
    "pandas frame": lambda v: pd.DataFrame({"only": v}),
    "polars": lambda v: pl.Series(v, dtype=pl.Float64),
    "polars frame": lambda v: pl.DataFrame({"only": v}),
    "Arrow": pa.array,
    "Arrow, in chunks": lambda v: pa.chunked_array([v[:1], v[1:]]),
    "Arrow table": lambda v: pa.table({"only": v}),
    "dict": lambda v: {"only": v},
    "Dask array": lambda v: da.from_array(np.array(v, float), chunks=2),
    "Dask array, one column": lambda v: da.from_array(np.array(v, float)[:, None], chunks=(3, 1)),
}


@pytest.mark.slow
@pytest.mark.parametrize("other", ["list", "NumPy", "pandas", "Dask array", "itself"])
@pytest.mark.parametrize("kind", WITH_HOLES)
def test_rows_with_missing_values_are_dropped_and_no_others(kind, other):
    other = kind if other == "itself" else other
    for across, up in ((kind, other), (other, kind)):
        x, y = WITH_HOLES[across](ACROSS), WITH_HOLES[up](UP)
        assert points(followed("GDWidget(x, y, engine='numpy')", x=x, y=y)) == COMPLETE


FEW = [1, None, 0, 1]
WHOLE = {
    "pandas Int64": lambda v: pd.Series(v, dtype="Int64"),
    "pandas boolean": lambda v: pd.Series(
        [None if one is None else one > 0 for one in v], dtype="boolean"
    ),
    "polars Int8": lambda v: pl.Series(v, dtype=pl.Int8),
    "polars Boolean": lambda v: pl.Series([None if one is None else one > 0 for one in v]),
    "polars Decimal": lambda v: pl.Series(
        [None if one is None else decimal.Decimal(one) for one in v]
    ),
    "Arrow": pa.array,
    "Arrow bool": lambda v: pa.array([None if one is None else one > 0 for one in v]),
    "NumPy, masked": lambda v: np.ma.array(
        [one or 0 for one in v], mask=[one is None for one in v]
    ),
    "pandas Series of Dask": lambda v: dd.from_pandas(pd.Series(v, dtype="Int64"), npartitions=2),
}
if hasattr(pl, "Int128"):  # which the oldest that is promised has not
    WHOLE["polars Int128"] = lambda v: pl.Series(v, dtype=pl.Int128)


@pytest.mark.parametrize("kind", WHOLE)
def test_types_that_hold_no_nan_can_miss_values_too(kind):
    x = WHOLE[kind](FEW)
    y = x if "Dask" in kind else [5.0, 6.0, 7.0, inf]
    expected = [(1, 1), (0, 0), (1, 1)] if "Dask" in kind else [(1, 5), (0, 7)]
    assert points(followed("GDWidget(x, y)", x=x, y=y)) == expected


OTHERS = {"c": [None, 0.0, None, 0.0, 0.0, nan, inf]}
HOLES = {
    "missing and infinite": (ACROSS, UP, COMPLETE),
    "only missing": ([1.0, None, 3.0], [2.0, 4.0, 6.0], [(1.0, 2.0), (3.0, 6.0)]),
    "only infinite": ([1.0, inf, 3.0], [2.0, 4.0, 6.0], [(1.0, 2.0), (3.0, 6.0)]),
    "in one column": ([1.0, 2.0, 3.0], [2.0, -inf, nan], [(1.0, 2.0)]),
}


@pytest.mark.parametrize("holes", HOLES)
@pytest.mark.parametrize("kind", FRAMES)
def test_rows_are_dropped_for_the_columns_that_are_named_and_for_no_other(kind, holes):
    across, up, expected = HOLES[holes]
    df = FRAMES[kind]({"a": across, "b": up, "c": OTHERS["c"][: len(up)]})
    assert points(followed("GDWidget(df, x='a', y='b')", df=df)) == expected


@pytest.mark.parametrize("kind", FRAMES)
def test_a_column_against_itself(kind):
    df = FRAMES[kind]({"a": ACROSS, "b": UP, "c": OTHERS["c"]})
    w = followed("GDWidget(df, x='a', y='a')", df=df)
    assert points(w) == [(1.0, 1.0), (3.0, 3.0), (5.0, 5.0), (7.0, 7.0)]


def test_what_is_only_missing_is_dropped_in_a_frame_s_own_words():
    columns = {"flipper length": [1.0, None], "b": [1.0, 2.0]}
    for df, line in (
        (pd.DataFrame(columns), "df = df.dropna(subset=['flipper length', 'b'])"),
        (pl.DataFrame(columns), "df = df.drop_nulls(['flipper length', 'b'])"),
    ):
        with pytest.raises(ValueError) as error:
            GDWidget(df, x="flipper length", y="b")
        assert str(error.value) == (
            f"x must be finite numbers; got 1 missing or infinite of 2: drop them with\n    {line}"
        )


ROWS = [[1.0, 2], [2, 1], [nan, 3], [4, 5], [5, inf], [6, 0]]
TABLES = {
    "NumPy": np.array(ROWS),
    "lists": [[None if one != one else one for one in row] for row in ROWS],
    "PyTorch": torch.tensor(ROWS, requires_grad=True),
    "pandas": pd.DataFrame(ROWS, columns=["a", "b"]),
    "pandas, nullable": pd.DataFrame(ROWS, columns=["a", "b"], dtype="Float64"),
    "polars": pl.DataFrame(ROWS, schema=["a", "b"], orient="row"),
}


@pytest.mark.parametrize("kind", TABLES)
def test_rows_of_a_matrix_are_dropped_too(kind):
    rows = [[1, 2, 1], [2, 1, 1], [6, 0, 1]]
    for y in (
        [1.0, 2, 3, 0, 5, 7],
        pd.Series([1.0, 2, 3, nan, 5, 7]),
        np.array([1, 2, 3, inf, 5, 7]),
    ):
        w = followed("GDWidget(x, y, standardize=False)", x=TABLES[kind], y=y)
        kept = rows if not np.isfinite(np.array(y)).all() else [*rows[:2], [4, 5, 1], rows[2]]
        assert np.asarray(w.x).tolist() == kept


@pytest.mark.parametrize("frame", [dict, Table])
def test_what_a_frame_has_under_a_mask_is_missing(frame):
    x = Crossed(np.array([-999.0, 1.0, 2.0, 3.0]), np.array([True, False, False, False]))
    df = frame({"a": x, "b": np.array([1.0, 3.0, 5.0, 7.0])})
    with pytest.raises(
        ValueError, match="^x must be finite numbers; got 1 missing or infinite of 4"
    ):
        GDWidget(df, x="a", y="b")
    w = followed("GDWidget(df, x='a', y='b')", df=df)
    assert points(w) == [(1, 3), (2, 5), (3, 7)]


def test_a_dict_of_columns_keeps_those_that_have_no_holes():
    columns = {"a": [1.0, 2, nan, 4], "b": [2.0, inf, 3, 5], "c": ["u", "v", "w", "z"]}
    w = followed("GDWidget(df, x=['a', 'b'], y='y')", df={**columns, "y": [1.0, 2, 3, 4]})
    assert np.asarray(w.x).tolist() == [[1, 2, 1], [4, 5, 1]]
