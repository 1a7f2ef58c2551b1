"""Every epoch's batches have every point once, in the order that the golden file says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_widget.core.batches import batch, batches_per_epoch, shuffled
from tests.golden import OPTIMIZERS


@pytest.mark.parametrize(
    "case", OPTIMIZERS["batches"], ids=lambda case: f"{case['batch_size']} of {case['n']}"
)
def test_batches_are_those_of_the_golden_file(case):
    for index, expected in enumerate(case["batches"]):
        assert batch(case["n"], case["batch_size"], index).tolist() == expected


@given(n=st.integers(1, 200), batch_size=st.integers(1, 250), epoch=st.integers(0, 2**40))
def test_each_epoch_covers_every_point_once_and_the_last_batch_is_the_rest(n, batch_size, epoch):
    per_epoch = batches_per_epoch(n, batch_size)
    seen = [batch(n, batch_size, epoch * per_epoch + i) for i in range(per_epoch)]
    assert sorted(np.concatenate(seen)) == list(range(n))
    *full, last = map(len, seen)
    assert full == [batch_size] * (per_epoch - 1)
    assert last == (n % batch_size or min(n, batch_size))


def test_all_points_at_once_make_an_epoch_of_one_step():
    assert batches_per_epoch(10, None) == 1
    assert batches_per_epoch(10, 10) == 1
    assert batches_per_epoch(10, 9) == 2


def test_no_two_epochs_are_alike_and_none_can_be_changed():
    orders = [shuffled(50, epoch) for epoch in range(20)]
    assert len({tuple(order) for order in orders}) == 20
    with pytest.raises(ValueError, match="read-only"):
        batch(50, 8, 3)[0] = 1
