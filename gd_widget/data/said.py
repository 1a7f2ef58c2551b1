"""How the reader's code says the data, so that code in an error can be run as it stands.

Two columns are called x and y, as the arguments are; a frame is called df.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Any, NamedTuple

from gd_widget.data.columns import column_names

KNOWN = "dask", "duckdb", "xarray", "pandas", "polars", "pyarrow", "astropy", "torch", "numpy"
"""Libraries in whose idiom an error's code is written; for others it is NumPy's."""


def library(values: Any) -> str:
    """Which of them holds the values, in classes of the user's own too; "" for none."""
    packages = (kind.__module__.partition(".")[0] for kind in type(values).__mro__)
    return next((package for package in packages if package in KNOWN), "")


class Said(NamedTuple):
    """One column as the reader's code has it.

    name : the argument it was given for, "x" or "y".
    values : the column.
    code : what it is called: x, or x['height'] of a frame of one column, or df['height'].
    frame, key : where it is the column of a frame: the frame, and the column's name there.
    """

    name: str
    values: Any
    code: str
    frame: Any = None
    key: Any = None

    @classmethod
    def of(cls, name: str, values: Any, frame: Any = None, key: Any = None) -> Said:
        """The column that was given: itself, or the only one of a frame."""
        code = name if frame is None else f"df[{key!r}]"
        names = column_names(values)
        if names is not None and len(names) == 1:
            return cls(name, values[names[0]], f"{code}[{names[0]!r}]", frame, key)
        return cls(name, values, code, frame, key)

    @property
    def library(self) -> str:
        """Which library's idiom works on it, once the lines in `before` have been run."""
        return "pandas" if library(self.frame) == "duckdb" else library(self.values)

    @property
    def before(self) -> list[str]:
        """What makes a frame of it where it is only the plan of one."""
        return ["df = df.df()"] if library(self.frame) == "duckdb" else []

    @property
    def items(self) -> str:
        """What gives Python's own objects, one by one."""
        method = {"pyarrow": ".to_pylist()", "xarray": ".values.tolist()"}
        return self.code + method.get(self.library, "")

    def put(self, expression: str) -> str:
        """The line that puts other values in the column's place."""
        match library(self.frame):
            case _ if self.frame is None:
                return f"{self.name} = {expression}"
            case "pandas" | "duckdb" | "dask" if isinstance(self.key, str):
                # Put into df[...], pandas would warn of a frame that is part of another.
                named = f"{self.key}={expression}"
                by_key = f"**{{{self.key!r}: {expression}}}"
                return f"df = df.assign({named if _is_word(self.key) else by_key})"
            case "polars":
                return f"df = df.with_columns(({expression}).alias({self.key!r}))"
            case "pyarrow":
                place = self.frame.column_names.index(self.key)
                return f"df = df.set_column({place}, {self.key!r}, [{expression}])"
            case "xarray":
                return f"{self.code} = {self.code}.copy(data={expression})"
            case "numpy":  # records, whose types cannot be changed
                columns = "{name: df[name] for name in df.dtype.names}"
                return f"df = {columns} | {{{self.key!r}: {expression}}}"
        return f"{self.code} = {expression}"


def _is_word(key: str) -> bool:
    """Whether it can stand as the name of an argument."""
    return key.isidentifier() and not iskeyword(key)
