"""Numbers and lists in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from gd_widget.words.say import list_mark, numeral, say

FIRST, LAST = 3, 2
"""So many are shown of a vector that is longer than both and one more."""


def count(steps: float) -> int:
    """How many: of many (1,000 and more) the first two digits.

    >>> count(46), count(1234567)
    (46, 1200000)
    """
    return int(steps if steps < 1000 else float(f"{steps:.2g}"))


def vector(numbers: Sequence[float] | None) -> str:
    """A vector, shortened in the middle where it is long; "nothing" for None.

    >>> vector((0.5, -1.0))
    '(0.5, -1)'
    >>> vector(range(10))
    '(0, 1, 2, …, 8, 9)'
    """
    if numbers is None:
        return say("nothing")
    shown = [numeral(f"{number:.3g}") for number in numbers]
    if len(shown) > FIRST + LAST + 1:
        shown[FIRST:-LAST] = ["…"]
    return f"({list_mark().join(shown)})"


def listed(words: Sequence[str]) -> str:
    """Words with commas between them, and "and" before the last.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *others, last = words
    if not others:
        return last
    some = reduce(lambda said, word: say("{some}, {next}", some=said, next=word), others)
    return say("{some} and {last}", some=some, last=last)
