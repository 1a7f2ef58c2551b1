"""The names that a function's code can reach."""

from __future__ import annotations

import numpy as np

from gd_widget.own_code.reachable_names import names_in

rate = learning_rate = 0.25
GLOBAL = np.zeros(2)


def helper():
    return learning_rate


def test_names_are_found_wherever_code_can_reach_them():
    inner = np.zeros(2)

    def update(lr=0.5):
        def nested():
            return GLOBAL, inner

        return nested(), helper()

    found = {name: value() for name, value in names_in(update)}
    assert found["GLOBAL"] is GLOBAL and found["inner"] is inner
    assert found["lr"] == 0.5 and found["learning_rate"] == 0.25
    assert "rate" not in found
