"""What makes data unfit for a line: each rule in one place, with the error that tells of it."""

from __future__ import annotations

from typing import Any

NO_NUMBERS = {"M": "dates", "m": "time spans", "c": "complex numbers", "V": "raw memory"}
"""What is not real numbers, by NumPy's letter for the kind; text is told apart one by one."""


class DataError(ValueError):
    """Why no line can be fitted: what is given is not two columns of finite real numbers.

    name : the argument at fault, "x" or "y"; "x and y" where they do not go together.
    kind : what is wrong: "missing", "shape", "length", "index", "text", or what NO_NUMBERS
        and columns.py call it.
    sentence : the same in words.
    texts : where the kind is "text", all of it.
    """

    def __init__(self, name: str, kind: str, sentence: str, texts: tuple[str, ...] = ()) -> None:
        super().__init__(name, kind, sentence, texts)  # all of it, or Dask could not send it
        self.name, self.kind, self.sentence, self.texts = name, kind, sentence, texts

    def __str__(self) -> str:
        return self.sentence


def must_be_there(name: str, missing: int, n: int) -> None:
    """Raise where some of n values are missing or infinite."""
    if missing:
        sentence = f"{name} must be finite numbers; got {missing} missing or infinite of {n}"
        raise DataError(name, "missing", sentence)


def must_be_numbers(name: str, kind: str) -> None:
    """Refuse what is not real numbers, by NumPy's letter for its kind."""
    if kind in NO_NUMBERS:
        raise not_numbers(name, NO_NUMBERS[kind])


def not_numbers(name: str, kind: str, texts: tuple[str, ...] = ()) -> DataError:
    """The error about something else than real numbers, which is called by its kind."""
    return DataError(name, kind, f"{name} must be real numbers; got {kind}", texts)


def must_match(n_x: int, n_y: int) -> None:
    """Raise where x and y are not of one length."""
    if n_x != n_y:
        sentence = f"x and y must be of one length; got {n_x} and {n_y} values"
        raise DataError("x and y", "length", sentence)


def must_pair(x: Any, y: Any) -> None:
    """Raise for two Series of pandas in which one label stands in different places.

    Where no label is in both, places are all that can be meant, as for predictions in a new Series.
    """
    if not have_one_index(x, y) and len(x) == len(y) and share_labels(x, y):
        sentence = "x and y must have one index; got labels that are in both, in different places"
        raise DataError("x and y", "index", sentence)


def have_one_index(x: Any, y: Any) -> bool:
    """False for two Series of pandas whose rows do not bear the same labels in the same order."""
    mine: Any = getattr(x, "index", None)
    its: Any = getattr(y, "index", None)
    are_labels = hasattr(mine, "equals") and hasattr(its, "equals")
    return not are_labels or bool(mine.equals(its))


def share_labels(x: Any, y: Any) -> bool:
    """Whether two Series have a label in common."""
    return not set(x.index).isdisjoint(y.index)
