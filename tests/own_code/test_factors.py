"""Numbers that are to be the same."""

from __future__ import annotations

from gd_widget.own_code.factors import common


def test_factors_are_common_if_they_are_all_the_same():
    assert common([2.0, 2.01, None], least=2) is None
    assert common([2.0, 2.01], least=2) == 2.0
    assert common([2.0, 2.1], least=2) is None
    assert common([], least=0) is None
