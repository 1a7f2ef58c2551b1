"""How far along a direction the loss falls, where there is no formula for it: by looking.

What is looked for is where the slope along the direction turns from falling to rising. That can be
told to the last digits, which the place of the least loss cannot: near it the loss hardly changes.
js/core/line-search.js is the twin.
"""

from __future__ import annotations

from collections.abc import Callable

DOUBLINGS = 10
"""The search goes no further than 2¹⁰ times the direction: a loss may fall for ever."""

LOOKS = 100
"""By then the place is known to rounding."""


def lowest_along(slope_at: Callable[[float], float]) -> float:
    """How many times a direction leads to the lowest point along it; below 0, against it.

    slope_at : the derivative of the loss by that number. Where the loss falls on for as far as is
        looked, so far.

    Source: the Illinois method; Dowell and Jarratt, A modified regula falsi method (1971).

    >>> lowest_along(lambda length: length - 3)
    3.0
    """
    first = slope_at(0.0)
    if not first:
        return 0.0
    way = -1.0 if first > 0 else 1.0
    low, falling = 0.0, way * first
    high, rising = 1.0, way * slope_at(way)
    while rising < 0:
        low, falling, high = high, rising, 2 * high
        if high > 2**DOUBLINGS:
            return way * low
        rising = way * slope_at(way * high)
    middle = low
    for _ in range(LOOKS):
        before, middle = middle, _between(low, falling, high, rising)
        slope = way * slope_at(way * middle)
        if slope == 0 or middle == before:
            break
        if slope < 0:
            # Twice on one side: the other end is made to count for less.
            rising = rising / 2 if before == low else rising
            low, falling = middle, slope
        else:
            falling = falling / 2 if before == high else falling
            high, rising = middle, slope
    return way * middle


def _between(low: float, falling: float, high: float, rising: float) -> float:
    """Where a straight line through both slopes is 0; the middle where that is none of the inside.

    A slope may be infinite, or no number at all.
    """
    turn = rising - falling
    middle = low - falling * (high - low) / turn if turn else low
    return middle if low < middle < high else (low + high) / 2
