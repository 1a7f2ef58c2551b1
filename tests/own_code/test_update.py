"""The reader's own update(): whose parameters it changes, step by step."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
import torch

from gd_widget import GDWidget
from gd_widget.own_code import Update
from tests.own_code.lessons import lesson, train


def test_parameters_that_are_not_finite_are_refused():
    with pytest.raises(ValueError, match="params must be two finite numbers"):
        Update(lambda: None, np.array([1.0, np.nan]))


async def asynchronous(): ...


def generator():
    yield


@pytest.mark.parametrize(
    ("update", "message"),
    [
        (3, "got 3"),
        (lambda a: None, "called without arguments"),
        (asynchronous, "neither async nor a generator"),
        (generator, "neither async nor a generator"),
    ],
)
def test_an_update_that_cannot_be_called_is_refused(update, message):
    with pytest.raises(ValueError, match=message):
        Update(update, np.zeros(2))


def test_a_step_is_one_call_and_the_rows_are_what_a_was():
    update, a = lesson()
    calls = []

    def counted():
        calls.append(a.tolist())
        return update()

    trainer = train(counted, a)
    trainer.step(5)
    assert len(calls) == 5
    assert trainer.rows()[:5, :2].tolist() == calls
    assert trainer.params == tuple(a.tolist())
    assert np.isnan(trainer.rows()[1:, 5]).all()
    assert trainer.plan == {"optimizer": "counted()", "outside": True}


def test_going_back_puts_a_back_and_every_step_calls_again():
    update, a = lesson()
    itself, storage = a, a.data_ptr()
    trainer = train(update, a)
    trainer.step(6)
    rows = trainer.rows()
    trainer.seek(2)
    assert tuple(a.tolist()) == trainer.params == tuple(rows[2, :2])
    assert a.requires_grad and a.is_leaf and a is itself and a.data_ptr() == storage
    trainer.step(4)
    assert (trainer.rows()[:, :2] == rows[:, :2]).all()
    trainer.reset()
    assert a.tolist() == [-1.0, 1.0]
    assert a.grad is None, "as it was at the start"


def test_an_a_that_was_changed_in_between_is_put_back_first():
    update, a = lesson()
    trainer = train(update, a)
    trainer.step(2)
    expected = train(*lesson())
    expected.step(3)
    update()
    trainer.step(1)
    assert trainer.params == expected.params


def test_a_guess_that_float32_cannot_hold():
    update, a = lesson()
    trainer = train(update, a)
    trainer.guess = (0.1, 0.2)
    trainer.step(2)
    assert trainer.rows()[0, :2].tolist() == [0.1, 0.2]
    assert len(trainer.outside.evidence) == 2


def test_an_error_is_raised_as_it_is_and_leaves_the_last_row():
    update, a = lesson()
    count = iter(range(100))

    def fails():
        update()
        if next(count) == 3:
            with torch.no_grad():
                a.fill_(99.0)
            raise KeyError("my own")

    trainer = train(fails, a)
    with pytest.raises(KeyError, match="my own"):
        trainer.step(10)
    assert (trainer.n_steps, trainer.n_rows) == (3, 4)
    assert tuple(a.tolist()) == trainer.params
    trainer.step(2)
    assert trainer.n_steps == 5
    expected = train(*lesson())
    expected.step(5)
    assert trainer.params == expected.params


def test_numbers_that_are_not_finite_leave_the_last_row():
    a = np.array([1.0, 1.0])

    def update():
        a[:] = np.inf

    trainer = train(update, a)
    assert trainer.step(3) == 0
    assert trainer.diverged_at == 1
    assert a.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("error", [None, ZeroDivisionError, KeyboardInterrupt])
def test_nothing_is_left_on_a_after_a_step(error):
    update, a = lesson()
    trainer = train(update, a)
    trainer.step(2)
    params, grad = trainer.params, a.grad.tolist()

    def fails():
        update()
        raise error

    if error:
        trainer.outside._update = fails
        with pytest.raises(error):
            trainer.step(1)
        assert trainer.outside.error is None or error is ZeroDivisionError
        assert (tuple(a.tolist()), a.grad.tolist()) == (params, grad)
    assert not a._backward_hooks
    assert not a._post_accumulate_grad_hooks


def test_the_rate_is_in_the_code():
    trainer = train(*lesson())
    with pytest.raises(ValueError, match=r"lr is set in update\(\), whose code makes the steps"):
        trainer.lr = 0.2
    assert math.isnan(trainer.outside.lr)


def test_arrays_need_no_torch():
    code = (
        "import sys, numpy as np\n"
        "from gd_widget.core.quadratic import Quadratic\n"
        "from gd_widget.own_code import Recorder, Update\n"
        "a = np.zeros(2)\n"
        "def update(): a[:] += 1\n"
        "u = Update(update, a)\n"
        "said = u.step(0, (0.0, 0.0))[0], u.diagnose(Quadratic.of(np.arange(3.0), np.arange(3.0)))\n"
        "print(*said, 'torch' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "(1.0, 1.0) [] False\n", done.stderr


def test_code_that_does_better_the_next_time_has_not_diverged_any_more():
    a, made = np.array([1.0, 1.0]), iter([2.0, np.nan, 3.0])

    def update():
        a[0] = next(made)

    w = GDWidget(update=update, params=a)
    w.step(2)
    assert (w.n_steps, w.status, w.runs[0].diverged_at) == (1, "diverged", 2)
    w.step()
    assert (w.n_steps, w.status, w.runs[0].diverged_at) == (2, "paused", None)
    w.record(np.array([np.nan, 0.0]))
    assert w.status == "diverged"
    w.record(np.array([1.0, 0.0]))
    assert (w.n_steps, w.status) == (3, "paused")


def test_an_iterator_that_is_used_up_is_an_error_of_the_readers():
    update, a = lesson()
    batches = iter(range(2))

    def takes_next():
        next(batches)
        update()

    w = GDWidget(update=takes_next, params=a)
    with pytest.raises(RuntimeError, match=r"takes_next\(\) raised StopIteration") as caught:
        w.step(5)
    assert isinstance(caught.value.__cause__, StopIteration)
    assert (w.n_steps, w.status) == (2, "error")
    assert w.error == "takes_next() raised StopIteration, in line 2: next(batches)"
    assert w._session.state.readers_code.line_of(caught.value) == 1
