"""The table: stepping, going back, going on, and the ends training can come to."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils._python_dispatch import TorchDispatchMode

from gd_widget.core.model import LINE
from gd_widget.core.table import fields
from gd_widget.data.make_line import make_line
from gd_widget.data.points import Points
from gd_widget.data.user_data import points_of
from gd_widget.training.engines.choose import choose_engine
from gd_widget.training.trainer import Trainer


def make(**options) -> Trainer:
    return Trainer(make_line(30), **{"engine": "numpy", **options})


def test_row_0_is_the_guess():
    trainer = make(guess=(4, 5))
    assert (trainer.n_steps, trainer.params) == (0, (4, 5))
    assert trainer.history.dtype.names == ("step", *fields(LINE.names), "epoch")
    assert trainer.history["lr"].tolist() == [0.1]


def test_steps_add_rows():
    trainer = make()
    assert trainer.step(5) == 5
    assert trainer.history["step"].tolist() == [0, 1, 2, 3, 4, 5]
    assert (np.diff(trainer.history["loss"]) < 0).all()
    assert trainer.step(0) == 0


def test_going_back_and_on_gives_the_same_rows():
    trainer = make()
    trainer.step(9)
    before = trainer.history
    trainer.back(4)
    assert (trainer.n_steps, trainer.n_rows) == (5, 10)
    assert (trainer.history == before[:6]).all()
    trainer.step(4)
    assert (trainer.history == before).all()
    trainer.back(1000)
    assert trainer.n_steps == 0


def test_another_rate_replaces_the_rows_that_follow():
    trainer = make()
    trainer.step(9)
    trainer.seek(3)
    trainer.lr = 0.2
    assert trainer.n_rows == 10, "looking at earlier rows loses none"
    trainer.step(1)
    assert trainer.n_rows == 5
    assert trainer.history["lr"].tolist() == [0.1, 0.1, 0.1, 0.1, 0.2]


def test_rows_of_an_earlier_rate_are_replaced_too():
    trainer = make()
    trainer.step(3)
    trainer.lr = 0.2
    trainer.step(3)
    trainer.seek(1)
    trainer.step(2)
    assert trainer.history["lr"].tolist() == [0.1, 0.1, 0.2, 0.2]


def test_reset_and_new_data_begin_again_from_the_guess():
    trainer = make()
    trainer.step(3)
    trainer.lr = 0.5
    trainer.reset()
    assert (trainer.n_rows, trainer.params, trainer.lr) == (1, (-1, 1), 0.5)
    trainer.step(3)
    trainer.new_data(make_line(10, seed=2))
    assert (trainer.n_rows, len(trainer.points)) == (1, 10)


def test_a_new_guess_begins_again_from_there():
    trainer = make()
    trainer.step(3)
    trainer.guess = (2, 5)
    assert (trainer.n_rows, trainer.params) == (1, (2, 5))
    trainer.step(3)
    with pytest.raises(ValueError, match="^guess must be "):
        trainer.guess = (math.inf, 0)
    assert (trainer.n_rows, trainer.guess) == (4, (2, 5))
    trainer.reset()
    assert trainer.params == (2, 5)


def test_new_data_may_begin_where_the_line_is_and_a_reset_still_finds_the_guess():
    trainer = make()
    trainer.step(3)
    trainer.new_data(make_line(10), start=trainer.params)
    assert trainer.n_rows == 1 and trainer.params != (-1, 1)
    trainer.reset()
    assert trainer.params == (-1, 1)


def test_bad_new_data_change_nothing():
    trainer = make()
    trainer.step(3)
    before = trainer.history
    with pytest.raises(ValueError, match="squares"):
        trainer.new_data(points_of([1e200, 1.0], [0.0, 1.0]))
    assert (trainer.history == before).all()
    assert trainer.step(1) == 1


def test_points_that_pytorch_cannot_have_are_refused_where_its_optimizer_trains():
    class Elsewhere(Points):
        engines = ("numpy",)

    line = make_line(10)
    points = Elsewhere(line.x, line.y)
    trainer = make(engine="auto", optimizer=torch.optim.SGD)
    trainer.step(3)
    before = trainer.history
    with pytest.raises(
        ValueError, match="^optimizer must be a rule's name where the engine is numpy"
    ):
        trainer.new_data(points)
    assert trainer.engine == "torch" and trainer.step(1) == 1
    assert (trainer.history[:4] == before).all()
    trainer.set(optimizer="gd")
    trainer.new_data(points)
    assert (trainer.engine, trainer.n_rows) == ("numpy", 1)


@pytest.mark.parametrize("engine", ["numpy", "torch"])
def test_divergence_stops_at_the_first_row_that_is_not_finite(engine):
    trainer = make(lr=10, engine=engine)
    made = trainer.step(10_000)
    assert made == trainer.n_steps < 10_000
    assert trainer.diverged_at == made + 1
    assert np.isfinite(trainer.rows()).all()
    assert trainer.loss > 1e250
    assert trainer.step(5) == 0, "it stays where it is"
    assert trainer.diverged_at == made + 1
    trainer.back(1)
    assert trainer.diverged_at is None
    trainer.step(2)
    trainer.lr = 0.1
    assert trainer.diverged_at is None


@pytest.mark.parametrize(
    ("optimizer", "critical"), [("gd", 1), ("momentum", 1.9), ("nesterov", 1.9 / 2.8)]
)
def test_training_has_left_for_good_where_the_loss_rises_above_the_critical_rate(
    optimizer, critical
):
    trainer = make(optimizer=optimizer)
    trainer.lr = 1.01 * critical * trainer.bowl.critical_lr
    assert not trainer.has_diverged, "nothing has risen yet"
    while not trainer.has_diverged:
        assert trainer.step(1)
    left_at = trainer.n_steps
    assert trainer.diverged_at is None and trainer.loss > trainer.rows()[0, 2]
    trainer.lr = 0.99 * critical * trainer.bowl.critical_lr
    assert not trainer.has_diverged, "it would come back"
    trainer.lr = 1.01 * critical * trainer.bowl.critical_lr
    trainer.step(2000)
    losses = trainer.rows()[left_at:, 2]
    assert trainer.has_diverged and (losses > trainer.rows()[0, 2]).mean() > 0.9
    if optimizer == "gd":
        assert (np.diff(losses) > 0).all()
    trainer.seek(0)
    assert not trainer.has_diverged


def test_rules_without_a_critical_rate_have_diverged_only_beyond_numbers():
    trainer = make(optimizer="adam", lr=100)
    trainer.step(1)
    assert trainer.loss > trainer.rows()[0, 2] and not trainer.has_diverged


def test_convergence_is_reported_and_can_end_the_training():
    trainer = make()
    trainer.step(1000, until_converged=True)
    first = trainer.n_steps
    assert trainer.converged and 100 < first < 400
    rms_x, sd_y = np.sqrt(np.mean(trainer.points.x**2)), np.std(trainer.points.y)
    previous = trainer.history[-2]
    assert abs(trainer.grad[0]) <= 2e-6 * rms_x * sd_y
    assert abs(trainer.grad[1]) <= 2e-6 * sd_y
    assert abs(previous["grad_slope"]) > 2e-6 * rms_x * sd_y
    trainer.step(50, until_converged=True)
    assert trainer.n_steps == first + 50, "someone who goes on from there means to"


def many(n, dtype):
    """Points in every second place of larger arrays, as a column of a table lies."""
    x, y = (np.zeros((n, 2), dtype) for _ in range(2))
    line = make_line(n)
    x[:, 0], y[:, 0] = line.x, line.y
    return points_of(x[:, 0], y[:, 0])


@pytest.fixture
def chunk(monkeypatch):
    """Points of a chunk; several threads share what is computed of them, as for most who have so many."""
    monkeypatch.setattr("gd_widget.training.engines.autograd.CHUNK", 3 * 2**17)
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    yield 2**17
    torch.set_num_threads(threads)


@pytest.mark.parametrize("settings", [{}, {"batch_size": 200_000}, {"optimizer": torch.optim.SGD}])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_points_of_more_than_a_chunk_give_autograd_the_gradient_of_all(settings, dtype, chunk):
    points = many(300_000, dtype)
    assert len(points) > 2 * chunk and points.x.dtype == dtype
    trainer = Trainer(points, engine="torch", **settings)
    rule = {**settings, "optimizer": "gd"}
    expected = Trainer(points, engine="numpy", **rule)
    assert trainer.step(6) == expected.step(6)
    np.testing.assert_allclose(trainer.rows(), expected.rows(), rtol=1e-12)


class Largest(TorchDispatchMode):
    """Sees the number of elements of the largest tensor that is computed."""

    def __init__(self):
        super().__init__()
        self.numel = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        made = function(*args, **(kwargs or {}))
        self.numel = max([self.numel, *(one.numel() for one in [made] if torch.is_tensor(one))])
        return made


@pytest.mark.slow
@pytest.mark.parametrize("settings", [{}, {"optimizer": torch.optim.LBFGS}])
def test_training_needs_no_more_memory_than_chunks_however_many_points(settings, chunk):
    points = many(2_000_000, np.float32)
    assert points.bowl  # which needs memory of its own
    tracemalloc.start()
    with Largest() as largest:
        Trainer(points, engine="torch", **settings).step(2)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert chunk <= largest.numel <= 3 * chunk
    assert most < 8 * 8 * chunk


def test_a_step_count_is_kept_whatever_has_converged():
    trainer = make()
    assert trainer.step(1000) == 1000


def test_time_limits_a_run_but_not_to_nothing():
    trainer = make()
    assert 1 <= trainer.step(10_000_000, seconds=0.001) < 10_000_000
    assert trainer.step(10, seconds=0) == 1


def test_rows_that_are_made_one_by_one_are_those_that_are_made_at_once():
    """Training goes on where it stopped, and is not deceived by what has changed since."""
    for settings_ in ({"optimizer": "adam"}, {"optimizer": "momentum", "batch_size": 7}):
        trainer, expected = make(**settings_), make(**settings_)
        for _ in range(20):
            trainer.step(1)
        expected.step(20)
        assert (trainer.history == expected.history).all()
        trainer.step(1)
        trainer.back(1)
        trainer.lr = 0.05
        expected.lr = 0.05
        for _ in range(5):
            trainer.step(1)
        expected.step(5)
        assert (trainer.history == expected.history).all()


def test_an_interrupt_leaves_a_consistent_table():
    trainer = make()
    gradients, calls = trainer._walk.maker._gradients, 0

    def interrupted(params):
        nonlocal calls
        calls += 1
        if calls == 4:
            raise KeyboardInterrupt
        return gradients.of_all(params)

    trainer._walk.maker._gradients = gradients._replace(of_all=interrupted)
    with pytest.raises(KeyboardInterrupt):
        trainer.step(10)
    assert trainer.n_steps == 3
    assert len(trainer.history) == trainer.n_rows == 4
    trainer.step(6)
    expected = make()
    expected.step(9)
    assert (trainer.history == expected.history).all()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"lr": 0}, "lr must be a positive number; got 0"),
        ({"lr": -1}, "lr must be a positive number; got -1"),
        ({"lr": math.nan}, "lr must be a positive number; got nan"),
        ({"lr": math.inf}, "lr must be a positive number; got inf"),
        ({"lr": "fast"}, "lr must be a positive number; got 'fast'"),
        ({"guess": (1, 2, 3)}, "guess must be two finite numbers (slope, intercept); got (1, 2, 3)"),
        ({"guess": (1, math.inf)}, "guess must be two finite numbers (slope, intercept); got (1, inf)"),
        ({"guess": (1e200, 0)}, "guess must be where the loss is finite; got (1e+200, 0.0)"),
        ({"engine": "jax"}, "engine must be one of 'auto', 'torch', 'numpy'; got 'jax'"),
    ],
)  # fmt: skip
def test_bad_settings_are_refused(bad, message):
    with pytest.raises(ValueError) as error:
        make(**bad)
    assert str(error.value) == message


@pytest.mark.parametrize("step", [-1, 4, 2.0, "x"])
def test_seeking_what_is_not_there_is_refused(step):
    trainer = make()
    trainer.step(3)
    with pytest.raises(ValueError, match="^step must be a whole number from 0 to 3; got "):
        trainer.seek(step)
    assert trainer.n_steps == 3


def test_without_pytorch_the_numpy_engine_is_chosen(monkeypatch):
    monkeypatch.setattr("gd_widget.training.engines.choose.find_spec", lambda name: None)
    assert choose_engine("auto", make_line()) == "numpy"
    with pytest.raises(ValueError, match="where PyTorch is not installed; got 'torch'"):
        choose_engine("torch", make_line())


commands = st.one_of(
    st.tuples(st.just("step"), st.integers(0, 5)),
    st.tuples(st.just("back"), st.integers(0, 5)),
    st.tuples(st.just("seek"), st.integers(0, 12)),
    st.tuples(st.just("lr"), st.sampled_from([0.1, 0.3])),
    st.tuples(st.just("reset"), st.none()),
)


@given(st.lists(commands, max_size=15))
def test_any_course_of_training_is_the_one_a_plain_list_records(course):
    """The model: a list of (params, lr), cut and extended in the obvious way."""
    trainer = make()
    bowl = trainer.bowl
    rows, at, lr = [((-1.0, 1.0), 0.1)], 0, 0.1
    for command, value in course:
        if command == "lr":
            trainer.lr = lr = value
        elif command == "reset":
            trainer.reset()
            rows, at = [((-1.0, 1.0), lr)], 0
        elif command == "back":
            trainer.back(value)
            at = max(0, at - value)
        elif command == "seek" and value < len(rows):
            trainer.seek(value)
            at = value
        elif command == "step":
            trainer.step(value)
            for _ in range(value):
                if at + 1 == len(rows) or rows[at + 1][1] != lr:
                    _, *grad = bowl.gradient(rows[at][0])
                    params = tuple(p - lr * g for p, g in zip(rows[at][0], grad, strict=True))
                    rows = [*rows[: at + 1], (params, lr)]
                at += 1
        assert (trainer.n_steps, trainer.n_rows) == (at, len(rows))
        assert trainer.params == rows[at][0]
        assert trainer.rows()[:, -1].tolist() == [made_by for _, made_by in rows]


def test_training_that_goes_on_after_a_nan_stops_where_it_arrives():
    trainer = Trainer(points_of([0.0], [0.0]), engine="numpy", guess=(0, 0))
    trainer.record((math.nan, 0.0), {"optimizer": "your loop", "outside": True})
    assert trainer.diverged_at == 1
    assert trainer.step(5, until_converged=True) == 1


def test_a_setting_that_there_is_not_is_named_with_the_nearest():
    with pytest.raises(TypeError, match="there is no setting 'learning_rate'; did you mean lr?"):
        Trainer(make_line(10), learning_rate=0.1)
    with pytest.raises(TypeError, match="there is no setting 'optimiser'; did you mean optimizer?"):
        Trainer(make_line(10)).set(optimiser="adam")


@pytest.mark.parametrize("mean", [0.0, 1e3, 1.7e9])
def test_converged_is_near_the_best_line_however_far_the_points_are_from_zero(mean):
    x = np.linspace(-1, 1, 50)
    trainer = Trainer(Points(x, mean + 3600 * x), engine="numpy", guess=(0.0, 0.0))
    trainer.step(10**5, until_converged=True)
    assert trainer.converged and trainer.n_steps < 10**5
    slope, intercept = trainer.bowl.least_squares
    assert trainer.slope == pytest.approx(slope, rel=1e-4)
    assert trainer.intercept == pytest.approx(intercept, abs=0.01)


def test_where_no_slope_is_fitted_training_has_not_converged():
    seconds = np.arange(600.0)
    points = Points(1.7e9 + seconds, 20 + 0.01 * seconds + 0.1 * np.sin(seconds))
    trainer = Trainer(points, engine="numpy", guess=(0.0, 0.0))
    trainer.lr = trainer.bowl.critical_lr / 2
    trainer.step(10)
    assert trainer.loss > 100 * trainer.bowl.floor and not trainer.converged
    trainer.set(optimizer="newton")
    trainer.step(3)
    assert trainer.converged


@pytest.mark.parametrize("engine", ["torch", "numpy"])
def test_what_only_passes_the_best_line_has_not_converged(engine):
    round_bowl = Points(np.array([-1.0, 1.0, -1.0, 1.0]), np.array([1.0, 2.0, 4.0, 3.0]))
    trainer = Trainer(round_bowl, engine=engine, optimizer="momentum", lr=0.5)
    trainer.step()
    assert trainer.bowl.is_at_floor(trainer.params) and not trainer.converged
    trainer.step(10_000, until_converged=True)
    assert trainer.converged and trainer.n_steps > 100


@pytest.mark.parametrize("value", [0.0, 5.0, -1e9])
def test_points_of_one_height_are_converged_on(value):
    trainer = Trainer(Points(np.linspace(-1, 1, 50), np.full(50, value)), engine="numpy")
    trainer.step(10**5, until_converged=True)
    assert trainer.converged
    assert trainer.intercept == pytest.approx(value, rel=1e-9, abs=1e-9)
