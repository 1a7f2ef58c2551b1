"""Rates to try, as they can be read and typed."""

from __future__ import annotations

import numpy as np

from gd_widget.core.rates import one_digit


def test_a_rate_is_cut_to_one_digit():
    assert one_digit(0.0749) == 0.07
    assert one_digit(123.0) == 100
    assert one_digit(0.3) == 0.3
    assert one_digit(0.49999999999999994) == 0.5, "points were standardized, but for rounding"
    assert (one_digit(0.0), one_digit(np.inf)) == (0, np.inf)
