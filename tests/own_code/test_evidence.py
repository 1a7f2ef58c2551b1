"""What is kept of each step."""

from __future__ import annotations

import math

import pytest

from gd_widget.data.make_line import make_line
from gd_widget.own_code import Update
from gd_widget.own_code.evidence import FIRST, LAST
from tests.own_code.lessons import lesson, train


def test_evidence_of_a_step():
    update, a = lesson()
    outside = Update(update, a)
    params, lr = outside.step(0, (-1.0, 1.0))
    assert math.isnan(lr)
    (e,) = outside.evidence
    assert (e.step, e.before, e.after) == (0, (-1.0, 1.0), params)
    assert e.loss == pytest.approx(7.955, abs=1e-3)
    assert (e.n_backward, e.at, e.leftover, e.left) == (1, (-1.0, 1.0), None, (0.0, 0.0))
    assert e.grad == e.total == pytest.approx((-2.727, -3.216), abs=1e-3)
    outside.step(1, params)
    assert outside.evidence[1].leftover == (0.0, 0.0)


def test_the_first_records_and_the_last_are_kept_and_those_gone_back_on_dropped():
    trainer = train(*lesson())
    trainer.step(60)
    steps = [e.step for e in trainer.outside.evidence]
    assert steps == [*range(FIRST), *range(60 - LAST, 60)]
    trainer.seek(50)
    trainer.step(1)
    assert [e.step for e in trainer.outside.evidence] == [*range(FIRST), *range(60 - LAST, 51)]
    trainer.reset()
    trainer.step(1)
    assert [e.step for e in trainer.outside.evidence] == [0]
    trainer.new_data(make_line(20))
    assert not trainer.outside.evidence
