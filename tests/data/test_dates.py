"""The code in an error makes numbers of dates, spans and times of day."""

from __future__ import annotations

import datetime

import dask.dataframe as dd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.data.containers import COLUMNS, FRAMES
from tests.data.following import followed, points

FIRST = datetime.datetime(2026, 1, 1)
TIMES = [FIRST, FIRST + datetime.timedelta(days=1, hours=12), FIRST + datetime.timedelta(days=3)]
DAYS = [0.0, 1.5, 3.0]
SPANS = [datetime.timedelta(seconds=seconds) for seconds in (1, 0.5, 3)]
CLOCK = [datetime.time(0), datetime.time(6, 30), datetime.time(12)]
UTC = [time.replace(tzinfo=datetime.timezone.utc) for time in TIMES]
OF_TIME = {
    "dates": (TIMES, DAYS),
    "whole dates": ([time.date() for time in TIMES], [0.0, 1.0, 3.0]),
    "spans": (SPANS, [1.0, 0.5, 3.0]),
    "times of day": (CLOCK, [0.0, 6.5, 12.0]),
}


@pytest.mark.parametrize("what", OF_TIME)
@pytest.mark.parametrize("kind", COLUMNS)
def test_times_become_numbers(kind, what):
    values, expected = OF_TIME[what]
    x = COLUMNS[kind](values)
    y = dd.from_pandas(pd.Series([1.0, 2.0, 3.0]), npartitions=2) if kind == "Dask" else [1, 2, 3]
    if kind == "Dask" and what == "times of day":  # text, to Dask
        return
    w = followed("GDWidget(x, y)", x=x, y=y)
    assert points(w) == list(zip(expected, [1.0, 2.0, 3.0], strict=True))
    w = followed("GDWidget(x, y)", x=y, y=x)
    assert points(w) == list(zip([1.0, 2.0, 3.0], expected, strict=True))


@pytest.mark.parametrize("what", OF_TIME)
@pytest.mark.parametrize("kind", ["dict", "pandas", "polars", "Arrow"])
def test_times_in_a_frame_become_numbers(kind, what):
    values, expected = OF_TIME[what]
    df = FRAMES[kind]({"c": [0, 1, 2], "a": values, "b": [1, 2, 3]})
    w = followed("GDWidget(df, x='a', y='b')", df=df)
    assert points(w) == list(zip(expected, [1.0, 2.0, 3.0], strict=True))


@pytest.mark.parametrize("key", ["when", "two words", "class", 7])
def test_columns_may_be_called_anything(key):
    for df in (pd.DataFrame({key: TIMES, "b": [1, 2, 3]}), {key: TIMES, "b": [1, 2, 3]}):
        w = followed(f"GDWidget(df, x={key!r}, y='b')", df=df)
        assert points(w) == list(zip(DAYS, [1.0, 2.0, 3.0], strict=True))


def test_dates_that_are_missing_zones_and_periods():
    x = [TIMES[0], None, TIMES[2]]
    for given in (x, np.array(x, "M8[us]"), pd.Series(x), pl.Series(x), pa.array(x)):
        assert points(followed("GDWidget(x, y)", x=given, y=[1, 2, 3])) == [(0, 1), (3, 3)]
    for given in (UTC, pd.Series(UTC), pl.Series(UTC), pa.array(UTC)):
        assert points(followed("GDWidget(x, y)", x=given, y=[1, 2, 3])) == [
            (0, 1),
            (1.5, 2),
            (3, 3),
        ]
    months = pd.period_range("2026-01", periods=3, freq="M")
    for given in (months, pd.Series(months)):
        assert points(followed("GDWidget(x, y)", x=given, y=[1, 2, 3])) == [
            (0, 1),
            (31, 2),
            (59, 3),
        ]
