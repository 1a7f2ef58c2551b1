"""Rows as bytes, of any number of parameters."""

from __future__ import annotations

import numpy as np
import pytest

from gd_widget.core.table import fields, most_remembered
from gd_widget.page import messages
from gd_widget.page.packing import pack_rows, pack_saved_rows
from gd_widget.training.race import Race
from gd_widget.training.trainer import Trainer
from tests.examples import D, examples


def trained(d, optimizer, steps=6):
    data = examples(d)
    rate = {"lr": 0.1 * data.bowl.critical_lr} if optimizer in ("gd", "adam") else {}
    trainer = Trainer(data, engine="numpy", optimizer=optimizer, **rate)
    trainer.step(steps)
    return trainer


def numbers(packed):
    return np.frombuffer(packed.bytes, "<f8").reshape(-1, packed.width)


REMEMBERED = {"gd": lambda d: 0, "adam": lambda d: 2 * d + 1, "bfgs": lambda d: d * (d + 5) // 2}


@pytest.mark.parametrize("optimizer", REMEMBERED)
@pytest.mark.parametrize("d", D)
def test_a_row_is_its_step_its_numbers_and_what_is_kept_of_the_memory(d, optimizer):
    table = trained(d, optimizer).table
    (packed,), every = pack_rows([table], 0, 7, most=10**6)
    kept = REMEMBERED[optimizer](d)
    kept = kept if kept <= most_remembered(d) else 0
    assert (every, packed.width) == (1, 1 + len(fields(range(d))) + kept)
    rows = numbers(packed)
    np.testing.assert_array_equal(rows[:, 0], np.arange(7))
    np.testing.assert_array_equal(rows[:, 1 : 2 * d + 3], table.rows(0, 7))
    np.testing.assert_array_equal(rows[6, 2 * d + 3 :], table.memory(6))
    saved = numbers(pack_saved_rows(table, np.array([0, 3, 6])))
    assert saved.shape == (3, 1 + d + 1 + kept)
    assert saved[:, 0].tolist() == [0, 3, 6]
    np.testing.assert_array_equal(saved[:, 1 : d + 1], table.rows_at(np.array([0, 3, 6]))[:, :d])
    np.testing.assert_array_equal(saved[:, d + 1], table.rows_at(np.array([0, 3, 6]))[:, -1])


@pytest.mark.parametrize("d", D)
def test_of_more_numbers_than_a_message_may_carry_rows_are_left_out(d):
    table = trained(d, "gd", steps=100).table
    (packed,), every = pack_rows([table], 0, 101, most=50 * (2 * d + 3))
    assert every == 3
    assert numbers(packed)[[0, 1, -1], 0].tolist() == [0, 1, 100]


def test_a_run_is_described_with_a_number_for_each_parameter():
    trainer = trained(3, "bfgs")
    told = messages.describe_run(Race([trainer]).runs[0])
    params, grad = trainer.params, trainer.grad
    assert told["row"] == [6, *params, trainer.loss, *grad, None, *trainer.table.memory(6)]
    long = messages.describe_run(Race([trained(10, "bfgs")]).runs[0])
    assert len(long["row"]) == 1 + 22
