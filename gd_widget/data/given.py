"""What GDWidget was given: x and y, or a frame and the names of two of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

from gd_widget.core.checks import nearest, problem, shown, with_code
from gd_widget.data.columns import as_array, called, column_names, listed
from gd_widget.data.said import library

UNREAD = {
    ("polars", "collect"): ("a lazy frame", "collected"),
    ("pyarrow", "read_all"): ("a reader", "read"),
    ("pyarrow", "to_table"): ("a dataset", "made a table"),
}
"""What is no frame yet, by the library and the method that makes one of it."""

BY_NAME = "GDWidget(df, x=..., y=...)"


class Given(NamedTuple):
    """A user's data: two columns, what they are called, and the frame they are columns of, if any.

    keys : the names of x and y in that frame.
    x_names : where several columns are x, what they are called; x is a list of them then, and so is
        its part of the keys.
    """

    x: Any
    y: Any
    x_name: str = "x"
    y_name: str = "y"
    frame: Any = None
    keys: tuple[Any, Any] = (None, None)
    x_names: tuple[str, ...] | None = None

    @property
    def lazy_columns(self) -> tuple[Any, tuple[str, ...]] | None:
        """Several columns of Dask's, an array or a frame, and their names; None for others."""
        if self.x_names is not None:
            frame = self.frame if library(self.frame) == "dask" else None
            return None if frame is None else (frame[list(self.keys[0])], self.x_names)
        if library(self.x) != "dask" or getattr(self.x, "ndim", 1) != 2 or self.x.shape[1] < 2:
            return None
        names = column_names(self.x) or range(self.x.shape[1])
        # One row is a column that lies: whoever looks at one column says so.
        is_row = hasattr(self.x, "chunks") and self.x.shape[0] == 1
        return None if is_row else (self.x, tuple(map(called, names)))

    def only(self, i: int) -> Given:
        """The same with one of the columns of x alone."""
        if self.x_names is not None:
            key, name = self.keys[0][i], self.x_names[i]
            return self._replace(x=self.x[i], x_name=name, keys=(key, self.keys[1]), x_names=None)
        names = column_names(self.x)
        if names is not None:
            return self._replace(x=self.x[names[i]], x_name=str(names[i]))
        x = self.x if hasattr(self.x, "shape") else as_array("x", self.x)
        return self._replace(x=x[:, i])


def sort_out(data: tuple[Any, ...], x: Any, y: Any) -> Given | None:
    """What was given: x and y, by position or by name; or one frame, and names of its columns.

    None where nothing was. Raises ValueError or TypeError for anything else.
    """
    if len(data) > 2:
        sentence = f"GDWidget takes x and y, or one frame, by position; got {len(data)}"
        if len(data) == 3 and isinstance(data[1], str) and isinstance(data[2], str):
            call = f"GDWidget(df, x={data[1]!r}, y={data[2]!r})"
            sentence = with_code(f"{sentence}: name the columns", [call])
        raise TypeError(sentence)
    if len(data) == 1:
        names = _names_in(data[0])
        # A frame of one column may be x itself, if no names are given.
        has_names = x is not None or isinstance(y, str) or _is_in(y, names or [])
        if names is not None and (len(names) != 1 or has_names):
            return _out_of(data[0], names, x, y)
        if isinstance(x, str) or isinstance(y, str):
            _refuse_rows(data[0], x, y)
    taken = {"x": x, "y": y}
    for name, values in zip(taken, data, strict=False):
        if taken[name] is not None:
            raise TypeError(f"GDWidget got {name} twice: by position and by name")
        taken[name] = values
    for name, values in taken.items():
        if isinstance(values, str):
            raise problem(name, f"numbers, or a name after a frame, {BY_NAME}", values)
    x, y = taken.values()
    if (x is None) != (y is None):
        raise problem("x and y", "given together", "only x" if y is None else "only y")
    return None if x is None else Given(x, y, _name_of("x", x), _name_of("y", y))


def _names_in(frame: Any) -> list[Any] | None:
    for (its_library, method), (what, done) in UNREAD.items():
        if library(frame) == its_library and hasattr(frame, method):
            sentence = f"{what} must be {done} first; got {type(frame).__name__}: do it with"
            raise ValueError(with_code(sentence, [f"df = df.{method}()"]))
    return column_names(frame)


def _out_of(frame: Any, names: list[Any], x: Any, y: Any) -> Given:
    """Columns of a frame, by their names."""
    are_names = isinstance(x, list | tuple) and not _is_in(x, names) and _are_text(x)
    several = list(x) if are_names else None
    if several is not None and len(several) == 1:
        (x,), several = several, None
    for name, wanted in (*(("x", one) for one in several or [x]), ("y", y)):
        if not _is_in(wanted, names):
            raise ValueError(
                f"{name} must be the name of a column, one of {listed(names)}; "
                f"got {_not_there(frame, names, wanted)}"
            )
        if names.count(wanted) > 1:
            sentence = f"{name} must be one column; got {names.count(wanted)} called {wanted!r}"
            places = [names.index(one) for one in (*(several or [x]), y)]
            raise ValueError(_with_the_first(sentence, frame, places))
    columns = frame
    if library(frame) == "duckdb":  # each reading runs the query again, in another order perhaps
        wanted = dict.fromkeys([*(several or [x]), y])
        columns = frame.select(*map(_quoted, wanted)).fetchnumpy()
    if several is not None:
        values = [columns[one] for one in several]
        x_names = tuple(map(called, several))
        return Given(values, columns[y], "x", str(y), frame, (several, y), x_names)
    return Given(columns[x], columns[y], str(x), str(y), frame, (x, y))


def _not_there(frame: Any, names: list[Any], wanted: Any) -> str:
    """What was given for a column's name, and what may help."""
    if wanted is None:
        return "none"
    got = shown(wanted)
    if not isinstance(wanted, str):
        return got
    if _is_index(frame, wanted):
        sentence = f"{got}, the name of the index: make it a column with"
        return with_code(sentence, ["df = df.reset_index()"])
    reader = {"pandas": "pd.read_csv(path, sep={})", "polars": "pl.read_csv(path, separator={})"}
    for separator in ";\t|" if len(names) == 1 and library(frame) in reader else "":
        if wanted in [part.strip(' "') for part in str(names[0]).split(separator)]:
            line = f"df = {reader[library(frame)].format(repr(separator))}"
            return with_code(f"{got}: the file has another separator, read it with", [line])
    near = nearest(wanted, map(str, names), also_called={})
    return f"{got} ({near})" if near.startswith("did") else got


def _is_in(wanted: Any, names: list[Any]) -> bool:
    try:
        return wanted in names
    except (TypeError, ValueError):  # an array, perhaps
        return False


def _are_text(values: Sequence[Any]) -> bool:
    return len(values) > 0 and all(isinstance(one, str) for one in values)


def _is_index(frame: Any, wanted: str) -> bool:
    """Whether `reset_index` makes a column of that name."""
    index = getattr(frame, "index", None)
    names = list(getattr(index, "names", [getattr(index, "name", None)]))
    return index is not None and wanted in ([*names, "index"] if names == [None] else names)


def _with_the_first(sentence: str, frame: Any, places: list[int]) -> str:
    """The sentence, and the code that keeps of columns of one name the first."""
    code = {
        "pandas": "df = df.loc[:, ~df.columns.duplicated()]",
        "pyarrow": f"df = df.select({list(dict.fromkeys(places))})",
    }.get(library(frame))
    return with_code(f"{sentence}: take the first with", [code]) if code else sentence


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _refuse_rows(values: Any, x: Any, y: Any) -> NoReturn:
    """Raise for what is no frame, though names of columns are given with it."""
    sentence = (
        "the first argument must be a frame, or a dict of columns, where x and y are names; "
        f"got {type(values).__name__}"
    )
    is_reader = hasattr(values, "fieldnames")  # csv.DictReader, which can be read but once
    if not is_reader and not (isinstance(values, list) and isinstance(next(iter(values), 0), dict)):
        raise ValueError(sentence)
    columns = f"df = {{name: [row[name] for row in df] for name in {[x, y]!r}}}"
    lines = ["df = list(df)", columns] if is_reader else [columns]
    raise ValueError(with_code(f"{sentence}: make columns of rows with", lines))


def _name_of(usual: str, values: Any) -> str:
    """What a Series calls itself, or the only column of a frame."""
    names = column_names(values)
    name = names[0] if names and len(names) == 1 else getattr(values, "name", None)
    # Names of Dask's arrays are keys of a graph, which nobody has chosen.
    is_chosen = not (library(values) == "dask" and hasattr(values, "chunks"))
    return name if isinstance(name, str) and name and is_chosen else usual
