"""Numbers as they are read: fixed decimals per quantity, a real minus sign, a language's marks.

js/views/charts/numbers.js is this file's twin: a picture and the widget say the same number alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Vector
from gd_widget.words.names import shown_names
from gd_widget.words.say import list_mark, numeral

EXPONENT_FROM = 1e7
MOST_DECIMALS = 6
"""Smaller quantities are written with exponents."""

MOST_NAMES, MOST_LETTERS = 3, 20
"""So many parameters have room beside their names, if these have no more letters together."""


def decimals_for(size: float) -> int:
    """How many decimals show a quantity of this size with three digits."""
    if not 0 < size < math.inf:
        return 2
    return max(0, 2 - math.floor(math.log10(size)))


def decimals(bowl: Quadratic) -> tuple[int, ...]:
    """The decimals of each parameter, and of the loss, from the sizes that the data imply."""
    spread = math.sqrt(bowl.var_y)
    columns, _ = bowl.root_mean_squares
    sizes = [
        # Of one that counts; what is much smaller is rounding.
        abs(best) if abs(best) > 1e-4 * (size := spread / (column or 1)) else size
        for best, column in zip(bowl.least_squares, columns, strict=True)
    ]
    loss = decimals_for(max(bowl.floor, 1e-3 * bowl.var_y))
    return *map(decimals_for, sizes), loss


def in_words(
    names: Sequence[str], params: Vector, decimals: Sequence[int]
) -> list[tuple[str, str]]:
    """The parameters by their names, as they are shown; where these have no room, in one list.

    Whether they have room depends on no language.

    >>> in_words(("rooms", "age"), (1.0, -2.0), (2, 1))
    [('rooms', '1.00'), ('age', '−2.0')]
    >>> in_words("pqrst", (1.0, 2.0, 3.0, 4.0, 5.0), (0, 0, 0, 0, 0))
    [('a', '[1, 2, …, 5]')]
    """
    shown = [fixed(value, digits) for value, digits in zip(params, decimals, strict=False)]
    if len(names) <= MOST_NAMES and sum(map(len, names)) <= MOST_LETTERS:
        return list(zip(shown_names(names), shown, strict=True))
    if len(shown) > 3:
        shown = [*shown[:2], "…", shown[-1]]
    return [("a", f"[{list_mark().join(shown)}]")]


def fixed(value: float, decimals: int) -> str:
    """The value with so many decimals; with an exponent where those would be no help.

    >>> fixed(-1.4857, 2), fixed(-0.001, 2), fixed(-1.43e153, 2)
    ('−1.49', '0.00', '−1.43e+153')
    """
    if abs(value) >= EXPONENT_FROM or decimals > MOST_DECIMALS:
        digits, _, exponent = f"{value:.2e}".partition("e")
        text = f"{digits}e{int(exponent):+d}" if exponent else digits  # infinity has none
    else:
        text = f"{value:.{decimals}f}"
    # What rounds to zero is zero, without a sign.
    return numeral(text.replace("-", "" if float(text) == 0 else "−"))


def held_fixed(loss: float, most: int) -> str:
    """The loss of points that are held back, with four digits, and with so many decimals at most.

    Which the loss has that is trained: the best of that one says nothing of how small this becomes.

    >>> held_fixed(17.21702, 5), held_fixed(0.0812345, 4)
    ('17.22', '0.0812')
    """
    return fixed(loss, min(most, decimals_for(loss) + 1))


def tick_label(value: Decimal) -> str:
    """A round number with the digits that it has.

    >>> [tick_label(Decimal(text)) for text in ("-0.50", "0.00", "2E+3", "4E+8")]
    ['−0.5', '0', '2000', '4e+8']
    """
    if value == 0:
        return "0"
    value = value.normalize()
    is_far = abs(value) >= EXPONENT_FROM or value.adjusted() < -4
    return numeral(f"{value:{'e' if is_far else 'f'}}".replace("-", "−"))


def rounded(value: float) -> str:
    """A number as a person would type it: as many digits as it has, three at most.

    >>> rounded(3.0), rounded(2.5004), rounded(-1e300)
    ('3', '2.5', '−1e+300')
    """
    return tick_label(Decimal(f"{value:.2e}"))
