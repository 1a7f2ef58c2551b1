"""A loop in a cell hands over its parameters."""

from __future__ import annotations

import gc
import math
import weakref

import numpy as np
import pytest
import torch

from gd_widget import GDWidget
from gd_widget.own_code import Recorder
from tests.own_code.lessons import lesson


def test_a_loop_hands_over_its_parameters():
    update, a = lesson()
    recorder = Recorder()
    assert recorder.record(0, a) == (-1.0, 1.0)
    for step in range(3):
        update()
        assert recorder.record(step + 1, a) == tuple(a.tolist())
    assert [e.step for e in recorder.evidence] == [1, 2, 3]
    assert recorder.evidence[0].grad == pytest.approx((-2.727, -3.216), abs=1e-3)
    recorder.close()
    assert not a._backward_hooks
    with pytest.raises(ValueError, match="params must be"):
        recorder.record(4, "a")


def test_after_closing_nothing_is_compared_with_before():
    recorder = Recorder()
    recorder.record(0, np.zeros(2))
    recorder.close()
    recorder.record(0, np.ones(2))
    assert not recorder.evidence


def test_a_recorder_keeps_no_tensor_but_the_last():
    recorder = Recorder()
    first = torch.zeros(2, requires_grad=True)
    gone = weakref.ref(first)
    recorder.record(0, first)
    recorder.record(1, torch.ones(2, requires_grad=True))
    del first
    gc.collect()
    assert gone() is None


def test_a_row_that_could_not_be_recorded_does_not_end_the_steps_there_are():
    w = GDWidget(n=20)
    w.step(5)
    w.seek(2)
    w.record(np.array([np.nan, 0.0]))
    assert (w.n_steps, w.status) == (2, "diverged")
    w.step(2)
    assert (w.n_steps, w.status, len(w.history)) == (4, "paused", 5)


@pytest.mark.parametrize("params", [(3.0, 2.0), [3, 2], np.array([3, 2])], ids=str)
def test_a_loop_may_hand_over_two_plain_numbers(params):
    w = GDWidget()
    w.record((1, 1.0))
    w.record(params)
    assert w.params == (3, 2) and w.n_steps == 2
    w.record((math.nan, 1.0))
    assert w.status == "diverged" and w.n_steps == 2
    for bad in ([1, 2, 3], (1,), ("a", "b")):
        with pytest.raises(ValueError, match="params must be what holds slope and intercept"):
            w.record(bad)
