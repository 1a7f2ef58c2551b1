"""Several threads at one widget: kernels answer pages on threads of their own while a cell trains.

`make test` has a second of it; `make soak` half a minute.
"""

from __future__ import annotations

import faulthandler
import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from time import monotonic

import numpy as np
import pytest
import traitlets

from gd_widget import GDWidget
from tests.waiting import SECONDS as SECONDS_TO_END

SECONDS = float(os.environ.get("GD_WIDGET_THREADS_SECONDS", "1"))
MAKES_ROWS = {"gd", "momentum", "adam"}


class Many:
    """Threads that do something over and over, until the time is up or one has failed."""

    def __init__(self, *acts: Callable[[np.random.Generator], None]) -> None:
        self.errors: list[BaseException] = []
        self.rounds = [0] * len(acts)
        self.end = monotonic() + SECONDS
        self.threads = [
            threading.Thread(target=self.work, args=(i, act), daemon=True)
            for i, act in enumerate(acts)
        ]

    def work(self, i: int, act: Callable[[np.random.Generator], None]) -> None:
        random = np.random.default_rng(i)
        try:
            while not self.errors and (monotonic() < self.end or self.rounds[i] < 3):
                act(random)
                self.rounds[i] += 1
        except BaseException as error:
            self.errors.append(error)

    def run(self) -> None:
        for thread in self.threads:
            thread.start()
        last = monotonic() + SECONDS + SECONDS_TO_END
        for thread in self.threads:
            thread.join(max(0, last - monotonic()))
        if any(thread.is_alive() for thread in self.threads):
            faulthandler.dump_traceback()
            pytest.fail("threads wait for each other: see where, above")
        if self.errors:
            raise self.errors[0]


def is_whole(history: np.ndarray) -> None:
    """What was read while others wrote: every row follows from the one before, by its own rate."""
    assert history["step"].tolist() == list(range(len(history)))
    before, after = history[:-1], history[1:]
    for name in ("slope", "intercept"):
        expected = before[name] - after["lr"] * before[f"grad_{name}"]
        np.testing.assert_array_equal(after[name], expected)


@pytest.mark.parametrize("engine", ["numpy", "torch"])
def test_a_table_that_many_threads_write_and_read_is_whole_at_every_moment(engine, tmp_path):
    w = GDWidget(n=20, engine=engine, n_epochs=None)
    w.send = lambda content, buffers=None: None
    ids = count(1)

    def ask(kind, **fields):
        message = {"type": kind, "id": next(ids), **fields}
        w._handle_custom_msg({"json": json.dumps(message)}, [])

    def step(random):
        w.step(int(random.integers(1, 60)))
        if w.n_steps > 3000:
            w.reset()

    def seek(random):
        with suppress(ValueError):  # another thread has begun anew
            w.seek(int(random.integers(0, w.n_steps + 1)))

    def change(random):
        w.lr = lr = float(random.choice([0.05, 0.1, 0.2, 0.3]))
        assert w.lr == lr, "nobody else has set it"
        with w._session.lock:
            assert w._trainer.lr == lr

    def read(random):
        is_whole(w.history)
        assert repr(w).startswith("GDWidget(n=20, lr=0.")
        (run,) = w.runs
        assert run.n_steps >= 0

    def save(random):
        w.save(tmp_path / "page.html")
        w.save(tmp_path / "picture.svg")

    def page(random):
        run, step = w._session.state.run, w.n_steps
        ask("advance", run=run, after=step, steps=int(random.integers(1, 30)))
        ask("set", run=run, changes={"playing": bool(random.integers(2))}, step=step)
        ask("hello")

    many = Many(step, step, seek, change, read, save, page)
    many.run()
    is_whole(w.history)
    assert min(many.rounds) >= 3
    assert w.n_steps == w.history["step"][-1] and w.lr == w._trainer.lr
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_runs_of_a_race_stay_in_step_while_rules_and_points_change():
    w = GDWidget(n=20, lr=[0.1, 0.2, 0.3], optimizer=["gd", "momentum", "adam"], engine="numpy")
    w.send = lambda content, buffers=None: None

    def step(random):
        w.step(int(random.integers(1, 20)))

    def begin_again(random):
        w.new_data(seed=int(random.integers(9)))
        w.back(3)

    def change(random):
        w.optimizer = [str(rule) for rule in random.permutation(sorted(MAKES_ROWS))]
        w.batch_size = int(random.integers(1, 25))

    def read(random):
        with w._session.lock:
            steps = {run.n_steps for run in w.runs if run.diverged_at is None}
            assert len(steps) <= 1
            assert w._session.state.brief()["step"] == w._session.state.race.n_steps

    many = Many(step, step, begin_again, change, read)
    many.run()
    assert min(many.rounds) >= 3
    for run in w.runs:
        assert np.isfinite([run.history[name] for name in ("slope", "loss")]).all()
        assert len(run.history) == run.n_steps + 1


def test_linked_widgets_changed_from_two_threads_never_wait_for_each_other():
    a, b = GDWidget(n=10, engine="numpy"), GDWidget(n=10, engine="numpy")
    traitlets.link((a, "lr"), (b, "lr"))
    traitlets.link((a, "playing"), (b, "playing"))
    turns = 300

    def cell():
        for i in range(turns):
            a.lr = 0.1 + 0.001 * (i % 7)

    def page():
        for i in range(turns):
            message = {"type": "set", "id": i, "run": 0, "changes": {"playing": i % 2 == 0}}
            b._hear({"json": json.dumps(message)})

    threads = [threading.Thread(target=work, daemon=True) for work in (cell, page)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=SECONDS_TO_END)
    assert not any(thread.is_alive() for thread in threads), "each waits for the other"
    assert (a.lr, a.playing) == (b.lr, b.playing)
