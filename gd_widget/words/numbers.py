"""Numbers in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

FIRST, LAST = 3, 2
"""So many are shown of a vector that is longer than both and one more."""


def count(steps: float) -> str:
    """How many, in two digits where they are many (1,000 and more).

    >>> count(46), count(1234567)
    ('46', '1,200,000')
    """
    return f"{int(steps if steps < 1000 else float(f'{steps:.2g}')):,}"


def vector(numbers: Sequence[float] | None) -> str:
    """A vector, shortened in the middle where it is long; "nothing" for None.

    >>> vector((0.5, -1.0))
    '(0.5, -1)'
    >>> vector(range(10))
    '(0, 1, 2, …, 8, 9)'
    """
    if numbers is None:
        return "nothing"
    shown = [f"{number:.3g}" for number in numbers]
    if len(shown) > FIRST + LAST + 1:
        shown[FIRST:-LAST] = ["…"]
    return f"({', '.join(shown)})"
