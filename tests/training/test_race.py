"""Several runs under one clock."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from gd_widget import GDWidget, make_line
from gd_widget.core.losses import MSE
from gd_widget.core.rules import RULES
from gd_widget.data.user_data import points_of
from gd_widget.page.answers import receive
from gd_widget.training.race import Race
from gd_widget.training.run import run_names
from gd_widget.training.trainer import Trainer

RATES = [0.01, 0.1, 1.5]


def race(**options) -> GDWidget:
    return GDWidget(**{"lr": RATES, "engine": "numpy", **options})


def same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.tobytes() == other.tobytes()


def test_a_list_of_rates_is_a_race_of_as_many_runs():
    w = race()
    w.step(20)
    assert [run.name for run in w.runs] == ["0.01", "0.1", "1.5"]
    for run, lr in zip(w.runs, RATES, strict=True):
        alone = GDWidget(lr=lr, engine="numpy")
        alone.step(20)
        assert same(run.history, alone.history)
        assert (run.lr, run.optimizer, run.n_steps) == (lr, "gd", 20)
    assert w.lr == RATES
    assert (w.slope, w.loss) == (w.runs[0].slope, w.runs[0].loss)
    assert repr(w) == "GDWidget(n=100, step=20, runs: 0.01, 0.1, 1.5)"


def test_a_list_of_optimizers_is_one_too_and_both_lists_are_paired():
    assert [run.name for run in race(lr=0.1, optimizer=["gd", "adam"]).runs] == [
        "Gradient descent",
        "Adam",
    ]
    w = race(lr=[0.1, 0.5], optimizer=["gd", "adam"])
    assert [(run.name, run.optimizer, run.lr) for run in w.runs] == [
        ("Gradient descent, 0.1", "gd", 0.1),
        ("Adam, 0.5", "adam", 0.5),
    ]


def test_all_ten_rules_have_a_label():
    assert len({rule.label for rule in RULES.values()}) == len(RULES) == 10


@pytest.mark.parametrize(
    ("optimizers", "lrs", "names"),
    [
        (["gd"], [0.1], [""]),
        (["gd", "gd"], [0.1, 0.1], ["Gradient descent 1", "Gradient descent 2"]),
        (["gd", "newton"], [0.1, None], ["Gradient descent", "Newton"]),
        (
            ["gd", "gd", "newton"],
            [0.1, 0.2, None],
            ["Gradient descent, 0.1", "Gradient descent, 0.2", "Newton"],
        ),
        (["gd", "MyOwn"], [0.1, 0.1], ["Gradient descent", "MyOwn"]),
    ],
)
def test_names_say_what_differs(optimizers, lrs, names):
    assert run_names(optimizers, lrs, [MSE] * len(lrs)) == names


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"lr": []}, r"lr must be one value, or a list of 1 to 8; got \[\]"),
        ({"lr": [0.1] * 9}, "lr must be one value, or a list of 1 to 8; got"),
        ({"lr": [0.1, -1]}, "lr must be a positive number; got -1"),
        ({"lr": [0.1, 0.2], "optimizer": ["gd"] * 3}, "lr and optimizer must be of one length where both are lists; got 2 and 3 values"),
        ({"optimizer": ["gd", "adma"]}, "optimizer must be one of 'gd', .*; got 'adma'"),
        ({"batch_size": [8, 16]}, r"batch_size must be a whole number, at least 1; got \[8, 16\]"),
    ],
)  # fmt: skip
def test_bad_lists_are_refused(bad, words):
    with pytest.raises(ValueError, match=words):
        GDWidget(**bad)


def test_settings_change_for_one_run_or_for_all_and_bad_ones_change_nothing():
    w = race()
    w.step(5)
    w.lr = [0.01, 0.2, 0.3]
    w.step(1)
    assert [run.history["lr"][-1] for run in w.runs] == [0.01, 0.2, 0.3]
    w.lr = 0.05
    w.optimizer = "momentum"
    w.momentum = 0.5
    w.step(1)
    assert [run.history["lr"][-1] for run in w.runs] == [0.05] * 3
    assert {run.optimizer for run in w.runs} == {"momentum"}
    with pytest.raises(ValueError, match="lr must be one value, or 3: one for each run; got"):
        w.lr = [0.1, 0.2]
    with pytest.raises(ValueError, match="lr must be a positive number; got 0"):
        w.lr = [0.1, 0.2, 0]
    assert w.lr == 0.05
    assert [run.lr for run in w.runs] == [0.05] * 3


def test_a_run_that_diverges_stays_at_its_last_row_and_the_others_go_on():
    w = race(lr=[0.1, 40.0])
    w.step(300)
    steady, wild = w.runs
    assert steady.n_steps == w.n_steps == 300
    assert wild.diverged_at == wild.n_steps + 1 < 300
    assert np.isfinite(wild.history["loss"]).all()
    assert w.status == "converged", "of those that are left, all have"
    assert w.advice.startswith(f"40: Diverged at step {wild.diverged_at}: ")
    w.seek(wild.n_steps - 3)
    assert [run.n_steps for run in w.runs] == [w.n_steps] * 2
    w.seek(300)
    assert (wild.diverged_at, steady.n_steps) == (wild.n_steps + 1, 300)


def test_a_race_has_converged_when_all_have_that_did_not_leave_for_good():
    random = np.random.default_rng(0)
    x = random.normal(size=(30, 3))
    w = GDWidget(x, x @ [1.0, 2, 3] + random.normal(size=30), lr=[0.8, 0.5], engine="numpy")
    w.step(10)
    assert w.status == "paused"
    w.step(200)
    assert w.status == "converged" and w.loss > 1e6 and w.runs[0].diverged_at is None
    w.step(10_000)
    assert w.status == "converged" and w.runs[0].diverged_at is not None
    w = GDWidget(x, x @ [1.0, 2, 3], lr=[5, 6], engine="numpy")
    w.step(20)
    assert w.status == "diverged"


def test_when_all_have_diverged_training_ends():
    w = race(lr=[30.0, 40.0])
    w.step(10_000)
    assert w.status == "diverged" and w.n_steps < 10_000


def test_a_run_brought_back_to_life_catches_up():
    w = race(lr=[0.1, 40.0])
    w.step(300)
    died_at = w.runs[1].diverged_at
    w.lr = [0.1, 0.2]
    assert [run.n_steps for run in w.runs] == [300, 300]
    rates = w.runs[1].history["lr"]
    assert set(rates[:died_at]) == {40.0} and set(rates[died_at:]) == {0.2}


def test_going_back_and_on_gives_the_same_rows():
    w = race(optimizer=["gd", "momentum", "adam"], batch_size=8)
    w.step(40)
    before = [run.history for run in w.runs]
    w.seek(13)
    w.step(27)
    assert all(same(run.history, old) for run, old in zip(w.runs, before, strict=True))


def test_an_interrupt_between_two_runs_leaves_no_run_behind():
    points = points_of([0, 1, 2], [1, 3, 4])
    runs = Race([Trainer(points, engine="numpy", lr=lr) for lr in (0.1, 0.2)])
    gradients = runs.trainers[1]._walk.maker._gradients
    broken = iter([False] * 3 + [True])

    def interrupted(params):
        if next(broken, False):
            raise KeyboardInterrupt
        return gradients.of_all(params)

    runs.trainers[1]._walk.maker._gradients = gradients._replace(of_all=interrupted)
    with pytest.raises(KeyboardInterrupt):
        runs.step(10)
    assert [t.n_steps for t in runs.trainers] == [4, 3]
    runs.step(6)
    assert [t.n_steps for t in runs.trainers] == [10, 10]


def test_steps_to_the_floor_are_counted_to_within_a_hundredth_of_it():
    w = race(lr=[0.1, 0.5, 1e-4])
    w.step(200)
    for run in w.runs[:2]:
        losses = run.history["loss"]
        limit = 1.01 * w._trainer.bowl.floor
        assert losses[run.steps_to_floor] <= limit < losses[run.steps_to_floor - 1]
    assert w.runs[2].steps_to_floor is None
    w.seek(1)
    assert w.runs[0].steps_to_floor is None, "where it is now, that is to come"


def broken(params):
    raise RuntimeError("no optimizer")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"optimizer": ["gd", torch.optim.SGD], "batch_size": 4},
            "batch_size must be None with an optimizer of",
        ),
        ({"optimizer": ["gd", broken]}, "no optimizer"),
        ({"lr": [0.1, 0.2, 0.3]}, "lr must be one value, or 2: one for each run"),
        ({"guess": (0, 0), "lr": [0.1, 0.2, 0.3]}, "lr must be one value, or 2"),
        ({"guess": (-1, 1), "lr": [0.1, 0.2, 0.3]}, "lr must be one value, or 2"),
        ({"guess": (1e200, 0), "lr": 0.3}, "guess must be where the loss is finite"),
    ],
)
def test_where_one_run_or_one_setting_is_refused_nothing_has_changed(changes, words):
    w = GDWidget(lr=0.1, optimizer=["adam", "momentum"])
    w.step(3)
    before = w._session.state.brief()
    with pytest.raises((ValueError, RuntimeError), match=f"^{words}"):
        w._session.set(**changes)
    assert w._session.state.brief() == before
    assert [run.optimizer for run in w.runs] == ["adam", "momentum"]
    w.send = lambda content, buffers: None
    receive(w._session, {"type": "set", "id": 1, "run": before["run"], "changes": changes})
    assert w.error
    w._session.state.error = ""
    assert w._session.state.brief() == before


def test_points_on_a_line_have_a_floor_that_can_be_reached():
    w = GDWidget([0, 1, 2], [1, 3, 5], lr=0.2, engine="numpy")
    assert w._trainer.bowl.near_floor(10.0) == pytest.approx(1e-5)
    w.step(500)
    assert w.runs[0].steps_to_floor is not None


def test_new_points_a_new_guess_and_a_reset_are_for_all_runs():
    w = race()
    w.step(3)
    w.reset()
    assert [len(run.history) for run in w.runs] == [1, 1, 1]
    w.step(3)
    w.guess = (0, 0)
    assert [run.params for run in w.runs] == [(0, 0)] * 3
    w.step(3)
    w.new_data()
    assert [run.history["loss"][0] for run in w.runs] == [w.loss] * 3
    with pytest.raises(ValueError, match="guess must be where the loss is finite"):
        w.guess = (1e200, 0)
    assert [run.params for run in w.runs] == [(0, 0)] * 3


def test_a_page_is_told_of_every_run():
    w = race(lr=[0.1, 40.0], optimizer=["gd", "momentum"])
    w.step(3)
    sent = []
    w._session.pages.send = lambda content, buffers: sent.append((content, buffers))
    receive(
        w._session,
        {"type": "advance", "id": 1, "run": w._session.state.run, "after": 3, "steps": 150},
    )
    [(answer, buffers)] = sent
    json.dumps(answer, allow_nan=False)
    assert answer["widths"] == [7, 9] and len(buffers) == 2
    tables = [
        np.frombuffer(b, "<f8").reshape(-1, k)
        for b, k in zip(buffers, answer["widths"], strict=True)
    ]
    assert [table[0, 0] for table in tables] == [4, 4]
    assert tables[0][-1, 0] == 153 and tables[1][-1, 0] == w.runs[1].n_steps < 153
    assert [s["optimizer"] for (s,) in answer["stretches"]] == ["gd", "momentum"]
    np.testing.assert_array_equal(tables[0][:, 1], w.runs[0].history["slope"][4:])


def test_rows_after_one_run_has_ended_are_those_of_the_others():
    w = race(lr=[0.1, 40.0])
    w.step(300)
    sent = []
    w._session.pages.send = lambda content, buffers: sent.append((content, buffers))
    receive(
        w._session,
        {"type": "advance", "id": 1, "run": w._session.state.run, "after": 300, "steps": 5},
    )
    [(answer, (steady, wild))] = sent
    assert (len(steady), len(wild)) == (5 * 7 * 8, 0)
    assert answer["stretches"][1] == []


def test_what_is_saved_holds_every_run():
    w = race(optimizer=["gd", "adam", "bfgs"], lr=0.1)
    w.step(400)
    saved = w._session.state.saved()
    described = saved.snapshot["saved"]
    assert sum(one["rows"] * one["width"] for one in described) * 8 == len(saved.rows)
    assert [one["width"] for one in described] == [4, 9, 11]
    assert sum(one["rows"] for one in described) <= 128
    assert [run["name"] for run in saved.snapshot["runs"]] == ["Gradient descent", "Adam", "BFGS"]


def test_a_page_is_told_when_each_run_got_near_the_floor_also_where_rows_are_left_out():
    w = race(lr=[0.1, 0.5, 1e-4])
    w.step(20_000)
    runs = w._session.state.brief()["runs"]
    assert [run["reached"] for run in runs] == [run.steps_to_floor for run in w.runs]
    assert [run["reached"] for run in runs][:2] == [65, 12]
    w.seek(30)
    assert [run["reached"] for run in w._session.state.brief()["runs"]] == [None, 12, None]
    w.lr = [0.3, 0.5, 1e-4]
    w.step(100)
    assert 30 < w._session.state.brief()["runs"][0]["reached"] < 65


def test_a_list_of_one_is_that_one():
    w = GDWidget(lr=[0.3], optimizer=["adam"], engine="numpy")
    assert (w.lr, w.optimizer, len(w.runs)) == (0.3, "adam", 1)
    w.lr = [0.2]
    assert w.lr == w.runs[0].lr == 0.2


def test_an_interrupt_while_a_run_catches_up_leaves_one_truth():
    w = GDWidget(lr=[0.1, 5.0], engine="numpy")
    w.step(2000)
    assert w.runs[1].diverged_at is not None
    behind = w._session.state.race.trainers[1]
    step = behind.step

    def interrupted(n, **options):
        step(10)
        raise KeyboardInterrupt

    behind.step = interrupted
    with pytest.raises(KeyboardInterrupt):
        w.lr = 0.05
    del behind.step
    assert w.lr == 0.05 and [run.lr for run in w.runs] == [0.05, 0.05]
    w.step()
    assert [run.n_steps for run in w.runs] == [2001, 2001]


def test_an_error_with_one_runs_points_leaves_all_runs_as_they_were(monkeypatch):
    w = GDWidget(lr=[0.1, 0.5], engine="numpy")
    w.step(3)
    points, second = w.x, w._session.state.race.trainers[1]

    def interrupted(*arguments):
        raise KeyboardInterrupt

    for name, act in {"start_on": w.new_data, "start_at": w.reset}.items():
        monkeypatch.setattr(second, name, interrupted)
        with pytest.raises(KeyboardInterrupt):
            act()
        assert w.x is points and [run.n_steps for run in w.runs] == [3, 3]
        monkeypatch.undo()
    w.new_data()
    assert (w.x == make_line(100, seed=2).x).all(), "the seed was not used up"
