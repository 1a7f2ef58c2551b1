"""Points in a GPU's memory, and rows made ahead there.

Nothing here needs a GPU: what is said to a tensor's device is said to the processor. What must not
be waited for is watched by its being asked for; benchmarks/cuda.py looks at a real one.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.overrides import TorchFunctionMode

from gd_widget.core.rules import RULES
from gd_widget.core.settings import rule_settings
from gd_widget.data import tensor_points as device
from gd_widget.data.make_line import make_line
from gd_widget.data.tensor_points import DevicePoints
from gd_widget.data.user_data import points_of
from gd_widget.training.engines import on_device as ahead
from gd_widget.training.engines.on_device import Ahead
from gd_widget.training.race import Race
from gd_widget.training.rows import Course
from gd_widget.training.trainer import Trainer
from tests.golden import GOLDEN, OPTIMIZERS
from tests.six_numbers import six_numbers
from tests.training.test_golden import POINTS, assert_golden, name_of

FIRST_ORDER = [name for name, rule in RULES.items() if not rule.decides]


def there(points):
    return DevicePoints(torch.tensor(points.x), torch.tensor(points.y))


def trainers(n=30, **options):
    """One on points in memory, and one on the same on a device."""
    points = make_line(n)
    return Trainer(points, **options), Trainer(there(points), **options)


def assert_same(trainer, other):
    assert (trainer.n_steps, trainer.n_rows, trainer.diverged_at) == (
        other.n_steps,
        other.n_rows,
        other.diverged_at,
    )
    np.testing.assert_allclose(trainer.rows(), other.rows(), rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(trainer.history["epoch"], other.history["epoch"])


# ------------------------------------------------------------------------------- the points


@pytest.fixture(params=["many", "few"])
def how_many(request, monkeypatch):
    """Whether points are treated like too many for one pass, or as few as they are."""
    if request.param == "many":
        monkeypatch.setattr(device, "CHUNK", 7)
        monkeypatch.setattr(ahead, "FEW", 0)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.int32])
def test_what_is_said_of_points_on_a_device_is_what_is_said_of_those_in_memory(dtype, how_many):
    rng = np.random.default_rng(0)
    x = torch.tensor(rng.normal(3, 20, 1000)).to(dtype)
    y = torch.tensor(rng.normal(-1, 5, 1000)).to(dtype)
    points, expected = DevicePoints(x, y), points_of(x, y)
    assert len(points) == 1000
    assert six_numbers(points.bowl) == pytest.approx(six_numbers(expected.bowl), rel=1e-12)
    assert points.extent == expected.extent
    assert points.sample.x.tolist() == expected.sample.x.tolist()
    for within in (None, ((0, 10), (-3, 2))):
        density, its = points.density(within), expected.density(within)
        assert (density.x, density.y) == (its.x, its.y)
        np.testing.assert_array_equal(density.counts, its.counts)


def test_few_points_are_copied_and_of_many_none():
    x = torch.arange(30_000.0)
    many, few = DevicePoints(x, x), DevicePoints(x[:20_000], x[:20_000])
    assert many.x.data_ptr() == x.data_ptr()
    assert few.x.data_ptr() != x.data_ptr()
    assert len(many.sample) == 500 and len(few.sample) == 20_000


def test_a_column_of_a_matrix_a_design_matrix_and_a_tensor_that_wants_a_gradient_will_do():
    x = torch.linspace(0, 1, 50)
    design = torch.stack([x, torch.ones(50)], 1).requires_grad_()
    points = DevicePoints(design, x[:, None])
    assert points.bowl.least_squares[0] == pytest.approx(1)
    assert not points.x.requires_grad


def test_equal_x_have_no_variance_and_a_single_point_is_enough():
    for x, y in (([1e6] * 5, [1.0, 2, 3, 4, 5]), ([2.0], [3.0]), ([0.0], [0.0])):
        bowl, expected = DevicePoints(torch.tensor(x), torch.tensor(y)).bowl, points_of(x, y).bowl
        assert bowl.has_valley
        assert six_numbers(bowl) == pytest.approx(six_numbers(expected), rel=1e-6)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (
            [1, math.nan, 2, math.inf],
            [1, 2, 3, 4],
            "x must be finite numbers; got 2 missing or infinite of 4",
        ),
        (
            [1, 2],
            [math.nan, 2],
            "y must be finite numbers; got 1 missing or infinite of 2",
        ),
        ([1, 2], [1, 2, 3], "x and y must be of one length; got 2 and 3 values"),
        ([], [], "x must be of shape (n,), n at least 1; got shape (0,)"),
        ([[1, 2, 3]], [1], "x must be of shape (n,), n at least 1; got shape (1, 3)"),
        (
            [1e200, 1],
            [0, 1],
            "x and y must be small enough for their squares to be finite; got values up to 1e+200 "
            "in x and 1 in y",
        ),
    ],
)
def test_bad_points_are_refused(x, y, message):
    x, y = (torch.tensor(values, dtype=torch.float64) for values in (x, y))
    with pytest.raises(ValueError) as error:
        Trainer(DevicePoints(x, y))
    assert str(error.value) == message


def test_complex_numbers_are_refused():
    with pytest.raises(ValueError, match="^x must be real numbers; got complex numbers"):
        DevicePoints(torch.tensor([1j]), torch.tensor([1.0]))


def test_two_devices_are_refused():
    with pytest.raises(ValueError) as error:
        DevicePoints(torch.ones(3), torch.ones(3, device="meta"))
    assert str(error.value) == "x and y must be on one device; got cpu and meta"


def test_only_pytorch_trains_there():
    points = there(make_line(5))
    assert Trainer(points).engine == "torch"
    with pytest.raises(ValueError, match="^engine must be 'auto' or 'torch'"):
        Trainer(points, engine="numpy")


# ------------------------------------------------------------------------------- training


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_history_is_pytorchs(case, how_many):
    points = there(points_of(case["x"], case["y"]))
    trainer = Trainer(points, lr=case["lr"], guess=case["guess"])
    expected = np.array(case["rows"])
    assert trainer.step(len(expected) - 1) == len(expected) - 1
    assert_golden(trainer.rows(), expected)


@pytest.mark.slow
@pytest.mark.parametrize("case", OPTIMIZERS["cases"], ids=name_of)
def test_every_optimizers_history_is_pytorchs_or_scipys(case):
    points = there(points_of(*POINTS[case["points"]]))
    trainer = Trainer(points, guess=case["guess"], **case["settings"])
    expected = np.array(case["rows"])
    steps = OPTIMIZERS["steps"][: len(expected)]
    assert trainer.step(steps[-1]) == steps[-1]
    assert_golden(trainer.rows()[steps], expected)


def test_divergence_stops_at_the_first_row_that_is_not_finite():
    for options in ({"lr": 10}, {"lr": 10, "optimizer": "nesterov"}, {"lr": 3, "batch_size": 7}):
        expected, trainer = trainers(**options)
        assert trainer.step(10_000) == expected.step(10_000) < 10_000
        assert trainer.diverged_at == expected.diverged_at == trainer.n_steps + 1
        assert np.isfinite(trainer.rows()).all()
        assert trainer.step(5) == 0, "it stays where it is"


def test_training_ends_at_the_row_that_has_converged_and_goes_on_from_there():
    expected, trainer = trainers()
    for one in (expected, trainer):
        one.step(10_000, until_converged=True)
        assert one.converged and not abs(one.history[-2]["grad_slope"]) < abs(one.grad[0])
    assert_same(trainer, expected)
    for one in (expected, trainer):
        one.step(7)
    assert_same(trainer, expected)


def test_a_time_limit_leaves_what_was_made_ahead_to_the_next_call():
    expected, trainer = trainers()
    made = [trainer.step(10**9, seconds=0.01) for _ in range(5)]
    assert all(made) and sum(made) == trainer.n_steps
    expected.step(sum(made))
    assert_same(trainer, expected)


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
@pytest.mark.parametrize("batch_size", [None, 8])
def test_another_course_midway_is_taken_at_once(optimizer, batch_size):
    expected, trainer = trainers(optimizer=optimizer, batch_size=batch_size)
    for one in (expected, trainer):
        one.step(11)
        one.lr = 0.2
        one.step(11)
        one.seek(4)
        one.step(1)
        one.set(optimizer="momentum", batch_size=5)
        one.step(9)
        one.back(2)
        one.step(6)
    assert_same(trainer, expected)
    for one in (expected, trainer):
        one.set(optimizer="lbfgs")
        one.step(2)
        one.set(optimizer=optimizer, batch_size=batch_size)
        one.step(3)
        one.record((1.0, 2.0), {"optimizer": "a loop", "outside": True})
        one.step(3)
        one.guess = (5.0, 5.0)
        one.step(20)
    assert_same(trainer, expected)
    for one in (expected, trainer):
        one.reset()
        one.step(3)
    assert_same(trainer, expected)


def test_new_data_may_be_elsewhere_than_the_old():
    trainer = Trainer(make_line(30), lr=0.2)
    trainer.step(3)
    trainer.new_data(there(make_line(20)))
    trainer.step(20)
    expected = Trainer(make_line(20), lr=0.2)
    expected.step(20)
    assert_same(trainer, expected)


def test_an_optimizer_of_pytorchs_trains_there_too():
    for make in (torch.optim.Adam, lambda params: torch.optim.LBFGS(params, max_iter=3)):
        expected, trainer = trainers(optimizer=make)
        for one in (expected, trainer):
            one.step(12)
        assert_same(trainer, expected)


def test_a_race_on_a_device_is_the_race_in_memory():
    points = make_line(30)
    rates = (0.1, 0.5, 3.0)
    races = [Race([Trainer(where, lr=lr) for lr in rates]) for where in (points, there(points))]
    for race in races:
        race.step(1000, until_converged=True)
    for trainer, expected in zip(races[1].trainers, races[0].trainers, strict=True):
        assert_same(trainer, expected)


def test_within_no_grad_and_inference_mode_it_trains_the_same():
    expected, _ = trainers()
    expected.step(10)
    for mode in (torch.no_grad, torch.inference_mode):
        with mode():
            _, trainer = trainers()
            trainer.step(10)
            x = torch.linspace(0, 1, 30_000, dtype=torch.float64)
            many = Trainer(DevicePoints(x, x))
            many.step(1)
        assert_same(trainer, expected)
        assert many.loss < 4


# ------------------------------------------------------------------------------- waiting

READ_BACK = {"item", "tolist", "numpy", "cpu", "__float__", "__bool__", "__int__", "__index__"}


class Calls(TorchFunctionMode):
    """Counts the calls that read numbers back."""

    def __init__(self):
        super().__init__()
        self.count = 0

    def __torch_function__(self, function, types, args=(), kwargs=None):
        self.count += getattr(function, "__name__", "") in READ_BACK
        return function(*args, **(kwargs or {}))


@pytest.mark.parametrize("batch_size", [None, 8])
@pytest.mark.parametrize("optimizer", FIRST_ORDER)
def test_numbers_are_read_back_once_for_many_rows(optimizer, batch_size):
    trainer = Trainer(there(make_line(30)), optimizer=optimizer, batch_size=batch_size)
    trainer._start.gradients.rows_after.__self__._count = 64
    with Calls() as reads:
        trainer.step(64)
    assert reads.count == 1


def test_runs_of_a_race_read_theirs_once_for_many_rows_too():
    points = there(make_line(30))
    race = Race([Trainer(points, lr=lr) for lr in (0.1, 0.2, 0.3)])
    for trainer in race.trainers:
        trainer._start.gradients.rows_after.__self__._count = 64
    with Calls() as reads:
        race.step(64)
    assert reads.count == 3


@pytest.mark.parametrize("batch_size", [None, 8])
@pytest.mark.parametrize("optimizer", FIRST_ORDER)
def test_no_number_decides_what_is_queued(optimizer, batch_size, how_many):
    """On the "meta" device there are no numbers at all: reading one is an error."""
    points = there(make_line(30))
    settings = rule_settings({"lr": 0.1}, points.bowl)
    points.x = points.y = torch.empty(30, dtype=torch.float64, device="meta")
    rule = RULES[optimizer]
    batches = iter([np.arange(batch_size)] * 9) if batch_size else None
    memory = rule.memory(2, settings)
    start = (1.0, 2.0, 3.0, 4.0, 5.0, math.nan), memory
    made = Ahead(points).make(start, Course(rule, settings, batches, 0.1), 9)
    assert (made.shape, made.device.type) == ((9, 5 + len(memory)), "meta")
    with pytest.raises(NotImplementedError):
        made.tolist()
