"""Rates to try, as they can be read and typed."""

from __future__ import annotations

import numpy as np
import pytest

from gd_widget import GDWidget
from gd_widget.core.rates import one_digit, suggested_lr


def test_a_rate_is_cut_to_one_digit():
    assert one_digit(0.0749) == 0.07
    assert one_digit(123.0) == 100
    assert one_digit(0.3) == 0.3
    assert one_digit(0.49999999999999994) == 0.5, "points were standardized, but for rounding"
    assert (one_digit(0.0), one_digit(np.inf)) == (0, np.inf)


@pytest.mark.parametrize("spread", [1e-3, 1e-6, 1e-7, 1e-8])
def test_a_good_rate_converges_however_unlike_the_curvatures_are(spread):
    w = GDWidget(spread * np.arange(4.0), [1, 2, 2.5, 4], engine="numpy")
    bowl = w._trainer.bowl
    assert 0.5 * bowl.critical_lr < suggested_lr({"optimizer": "gd"}, bowl) < bowl.critical_lr
