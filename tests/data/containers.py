"""The same columns and frames, as each library has them."""

from __future__ import annotations

import math
from typing import Any

import dask.dataframe as dd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import torch

nan, inf = math.nan, math.inf


def without_none(values: list[Any]) -> list[float]:
    """The values, for what can only say NaN."""
    return [nan if value is None else value for value in values]


COLUMNS = {
    "list": list,
    "NumPy": np.array,
    "NumPy, objects": lambda v: np.array(v, object),
    "pandas": pd.Series,
    "pandas objects": lambda v: pd.Series(v, dtype=object),
    "pandas Index": pd.Index,
    "pandas Arrow": lambda v: pd.Series(pa.array(v), dtype=pd.ArrowDtype(pa.array(v).type)),
    "polars": pl.Series,
    "Arrow": pa.array,
    "Dask": lambda v: dd.from_pandas(pd.Series(v), npartitions=2),
}
"""Of Python's objects."""

FRAMES = {
    "pandas": pd.DataFrame,
    "pandas, of pandas' own types": lambda columns: pd.DataFrame(
        {name: pd.array(values) for name, values in columns.items()}
    ),
    "pandas objects": lambda columns: pd.DataFrame(columns, dtype=object),
    "pandas Arrow": lambda columns: pa.table(columns).to_pandas(types_mapper=pd.ArrowDtype),
    "polars": lambda columns: pl.DataFrame(columns, strict=False),
    "Arrow": pa.table,
    "dict": dict,
    "dict of arrays": lambda columns: {
        "a": pd.Series(columns["a"], dtype=float),
        "b": torch.tensor(without_none(columns["b"]), requires_grad=True),
    },
    "records": lambda columns: np.rec.fromarrays(
        [np.array(values, float) for values in columns.values()], names=list(columns)
    ),
    "Dask": lambda columns: dd.from_pandas(pd.DataFrame(columns, dtype=float), npartitions=2),
}
"""Of named columns, in which None is what is missing."""
