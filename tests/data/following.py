"""Doing what an error says: its code is run as it stands, on what caused the error."""

from __future__ import annotations

import itertools
from typing import Any

import dask.array as da
import dask.dataframe as dd
import numpy as np
import pandas as pd
import polars as pl

from gd_widget import GDWidget

NAMES = {"GDWidget": GDWidget, "np": np, "pd": pd, "pl": pl, "da": da, "dd": dd}
"""What a reader has imported."""


def code_in(message: str, choice: int = 0) -> str:
    """The code that a message brings: of several pieces, one."""
    lines = itertools.groupby(message.splitlines(), key=lambda line: line.startswith("    "))
    pieces = ["\n".join(line[4:] for line in piece) for is_code, piece in lines if is_code]
    return pieces[choice] if pieces else ""


def followed(call: str, choice: int = 0, **given: Any) -> GDWidget:
    """What the call makes, once all that its errors say has been done, in the words they use."""
    there, heard = {**NAMES, **given}, []
    while True:
        try:
            return eval(call, there)
        except (ValueError, TypeError) as error:
            said = str(error)
        assert said not in heard, f"did not help: {said}"
        assert code_in(said, choice), f"no code in: {said}"
        heard.append(said)
        exec(code_in(said, choice), there)


def points(widget: GDWidget) -> list[tuple[float, float]]:
    return list(zip(np.asarray(widget.x).tolist(), np.asarray(widget.y).tolist(), strict=True))
