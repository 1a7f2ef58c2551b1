"""Numbers that are to be the same, and sums of products."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul

SAME = 1e-2
"""Two factors are the same if they differ by at most this share."""


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """The sum of the products.

    >>> dot((1.0, 2.0), (3.0, 4.0))
    11.0
    """
    total: float = sum(map(mul, one, other))
    return total


def common(numbers: Sequence[float | None], *, least: int, same: float = SAME) -> float | None:
    """The first of some numbers if all are there, at least so many, and all the same.

    >>> common([2.0, 2.01], least=2)
    2.0
    >>> common([2.0, None], least=2)
    """
    if len(numbers) < least or not numbers or numbers[0] is None:
        return None
    one = numbers[0]
    alike = all(n is not None and abs(n - one) <= same * abs(one) for n in numbers)
    return one if alike else None
