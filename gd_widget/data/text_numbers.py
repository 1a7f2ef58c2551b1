"""Numbers that came as text: which of them are none, and code that reads the others.

Dates that came as text are made dates first; what becomes of them then is said in dates.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gd_widget.data.data_error import DataError
from gd_widget.data.dates import from_text
from gd_widget.data.missing import dropping_missing
from gd_widget.data.said import Said

NUMBER = re.compile(
    r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*|\s*[+-]?(nan|inf|infinity)\s*", re.ASCII | re.I
)
"""What pandas, polars and NumPy all read as a number."""


DATE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?", re.ASCII)
"""A date, or a time of a day, as ISO 8601 has it."""

MOST_TEXTS = 1000
"""So many different ones are kept of a column that no memory need hold."""


class Cure(NamedTuple):
    """What makes a number of some text: one character replaced by another, or by nothing."""

    pattern: str
    old: str
    new: str = ""

    def works_on(self, text: str) -> bool:
        """Whether a number is left of it."""
        is_meant = re.fullmatch(self.pattern, text.strip(), re.ASCII) is not None
        return is_meant and NUMBER.fullmatch(text.replace(self.old, self.new)) is not None


CURES = [
    Cure(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", ","),  # thousands
    Cure(r"[+-]?\d*,\d+", ",", "."),  # a decimal comma
    *(Cure(rf".*{re.escape(sign)}.*", sign) for sign in "%$€£"),
]


def telling(errors: Sequence[DataError]) -> DataError:
    """One error about text in all parts of a column: with different texts, odd ones first."""
    first = errors[0]
    texts = dict.fromkeys(text for one in errors if one.name == first.name for text in one.texts)
    odd_first = sorted(texts, key=lambda text: NUMBER.fullmatch(text) is not None)
    return DataError(first.name, first.kind, first.sentence, tuple(odd_first[:MOST_TEXTS]))


class Reading(NamedTuple):
    """What was found out about some texts, and the code that makes numbers of them."""

    found: str
    advice: str
    lines: list[str]


def read(texts: tuple[str, ...], column: Said, other: Said) -> Reading:
    """What to do about a column that has such texts among its values, or nothing else.

    Where no text is a number, and none can be made one, there is no code.
    """
    if all(map(DATE.fullmatch, texts)):
        return Reading(f", as {texts[0]!r}", "read the dates with", from_text(column))
    odd = [text for text in texts if not NUMBER.fullmatch(text)]
    if not odd:
        return Reading(f", as {texts[0]!r}", "read the numbers with", _lines(column, texts))
    # Of Dask's columns, only different texts are kept.
    count = "" if column.library == "dask" else f" ({len(odd)} of {len(texts)})"
    found = f", and {odd[0]!r} is no number{count}"
    cure = max(CURES, key=lambda cure: sum(map(cure.works_on, odd)))
    lost = [text for text in odd if not cure.works_on(text)]
    if len(lost) == len(texts):
        return Reading(found, "", [])
    lines = _lines(column, texts, cure if len(lost) < len(odd) else None, lost)
    drop = dropping_missing(column, other) if lost else []
    advice = f"read the numbers{' and drop the rest' if drop else ''} with"
    return Reading(found, advice, [*lines, *drop])


def _lines(
    column: Said, texts: tuple[str, ...], cure: Cure | None = None, lost: Sequence[str] = ()
) -> list[str]:
    """The line that makes numbers of a column, and NaN of the texts that are lost."""
    code = column.code
    is_mixed = column.library == "dask" or len(texts) < len(column.values)
    match column.library:
        case "pandas" | "dask":
            if cure is not None:
                code += ".astype(str)" if is_mixed else ""
                code += f".str.replace({cure.old!r}, {cure.new!r})"
            library = "pd" if column.library == "pandas" else "dd"
            coerced = ", errors='coerce'" if lost or (cure and is_mixed) else ""
            return [column.put(f"{library}.to_numeric({code}{coerced})")]
        case "polars":
            code += "" if str(column.values.dtype) == "String" else ".cast(str)"
            if cure is not None:
                code += f".str.replace_all({cure.old!r}, {cure.new!r}, literal=True)"
            strict = ", strict=False" if lost else ""
            return [column.put(f"{code}.str.strip_chars().cast(float{strict})")]
    value = "value"
    if cure is not None:
        value += f".replace({cure.old!r}, {cure.new!r})"
        value += " if isinstance(value, str) else value" if is_mixed else ""
    if lost:
        value = f"None if value in {sorted(set(lost))!r} else {value}"
    if value == "value":
        return [column.put(f"np.array({code}, float)")]
    return [column.put(f"np.array([{value} for value in {column.items}], float)")]
