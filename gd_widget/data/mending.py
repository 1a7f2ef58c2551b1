"""What to do about a column that is none of numbers: an error with the code that makes it one.

columns.py finds what is wrong with one column; here is known what the reader's code calls both.
"""

from __future__ import annotations

from collections.abc import Iterable

from gd_widget.core.checks import with_code
from gd_widget.data import dates
from gd_widget.data.data_error import DataError, have_one_index, share_labels
from gd_widget.data.missing import dropping
from gd_widget.data.said import Said
from gd_widget.data.text_numbers import read


def mended(wrong: DataError, x: Said, y: Said) -> ValueError:
    """The error about two columns: below it stands the code that helps, where any does."""
    if wrong.kind in ("index", "length"):
        return ValueError(_paired(wrong, x, y))
    column, other = (x, y) if wrong.name == "x" else (y, x)
    sentence = wrong.sentence
    if wrong.kind == "text":
        found, advice, lines = read(wrong.texts, column, other)
        sentence += found
    else:
        advice, lines = _advice(wrong.kind, column, other)
    if not lines:
        return ValueError(sentence)
    return ValueError(with_code(f"{sentence}: {advice}", [*column.before, *lines]))


def _paired(wrong: DataError, x: Said, y: Said) -> str:
    """The error about two Series, with the code that pairs them by labels, and by places."""
    sentence = wrong.sentence
    are_labelled = wrong.kind == "index" or not have_one_index(x.values, y.values)
    if not are_labelled or (wrong.kind == "length" and not share_labels(x.values, y.values)):
        return sentence
    if all(getattr(one.values.index, "is_unique", True) for one in (x, y)):
        line = f"x, y = {x.code}.align({y.code}, join='inner')"
        sentence = with_code(f"{sentence}: pair equal labels with", [line])
    if wrong.kind == "index":
        arrays = [
            one.code + (".to_dask_array(lengths=True)" if one.library == "dask" else ".to_numpy()")
            for one in (x, y)
        ]
        sentence = with_code(f"{sentence}\nor equal places with", ["x, y = " + ", ".join(arrays)])
    return sentence


def _advice(kind: str, column: Said, other: Said) -> tuple[str, list[str]]:
    match kind:
        case "missing":
            return "drop them with", dropping(column, other)
        case "dates":
            return "count the days with", dates.in_days(column)
        case "periods":
            return "count the days with", dates.in_days_from_periods(column)
        case "time spans":
            return "count the seconds with", dates.in_seconds(column)
        case "times of day":
            return "count the hours with", dates.in_hours(column)
        case "complex numbers":
            return "take the real parts with", [column.put(f"np.real({column.code})")]
        case "bytes":
            decoded = f"[value.decode() for value in {column.items}]"
            in_text = f"{column.code}.cast(str)" if column.library == "polars" else decoded
            return "make text of them with", [column.put(in_text)]
        case "shape":
            return "make a column of it with", _of_one_shape(column)
    return "", []


def _of_one_shape(column: Said) -> list[str]:
    """The line that makes an array of shape (n,) of what holds its numbers in another way."""
    values, code = column.values, column.code
    for method in ("toarray", "todense", "get"):  # of sparse arrays, and of CuPy's
        if hasattr(values, method):
            return [column.put(f"{code}.{method}()")]
    if isinstance(values, list | tuple):
        is_row = len(values) == 1 and isinstance(values[0], list | tuple) and len(values[0]) > 1
        return [column.put(f"np.ravel({code})")] if is_row else []
    if hasattr(values, "shape"):
        is_row = len(values.shape) == 2 and values.shape[0] == 1 < values.shape[1]
        return [column.put(f"{code}.ravel()")] if is_row else []
    # A set can be listed too, but its order says nothing.
    can_be_listed = isinstance(values, Iterable) and not isinstance(values, str | set | frozenset)
    return [column.put(f"list({code})")] if can_be_listed else []
