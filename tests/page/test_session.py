"""The conversation with pages: what is asked, what is answered, and what is refused.

A page is played by `Page`, which keeps what it was sent.
"""

from __future__ import annotations

import itertools
import json
import math
import threading
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_widget.core.model import LINE
from gd_widget.core.table import Table, fields
from gd_widget.data.make_line import make_line
from gd_widget.own_code import Update
from gd_widget.page import packing
from gd_widget.page.answers import receive
from gd_widget.page.session import Session
from gd_widget.page.state import State
from gd_widget.training.engines.gradients import Gradients
from gd_widget.training.race import Race
from gd_widget.training.trainer import Trainer

SETTINGS = {
    "lr": 0.1,
    "guess": (-1.0, 1.0),
    "steps_per_second": 10.0,
    "playing": False,
    "n_epochs": 100,
    "controls": None,
    "lock": [],
}
MAKES = {"noise": "uniform", "seed": 1, "true_params": (3.0, 2.0)}
LABELS = {"lang": "", "title": "T", "x_label": "x", "y_label": "y"}


class Page:
    """One trainer in conversation with a page that takes down everything."""

    def __init__(self, n: int = 30, **options: Any) -> None:
        self.sent: list[tuple[dict[str, Any], list[bytes]]] = []
        self.before: list[dict[str, Any]] = []
        trainer = Trainer(make_line(n), **{"lr": 0.1, "engine": "numpy", **options})
        settings = {**SETTINGS, **LABELS, **trainer.settings}
        state = State(Race([trainer]), settings, makes={"n": 20, **MAKES})
        self.session = Session(state, send=self.take_down, changed=self.before.append)
        self.trainer = trainer

    def take_down(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        # What cannot be sent as JSON, NaN included, is found out here.
        self.sent.append((json.loads(json.dumps(content, allow_nan=False)), buffers))

    def ask(self, kind: str, **fields: Any) -> tuple[dict[str, Any], list[bytes]]:
        """Send a message and return the answer to it."""
        message = {"type": kind, "id": 17, "run": self.run, **fields}
        receive(self.session, message)
        answers = [sent for sent in self.sent if sent[0]["id"] == 17]
        assert len(answers) == 1, "one question, one answer"
        self.sent.clear()
        return answers[0]

    @property
    def run(self) -> int:
        return self.session.state.run


def row(answer: dict[str, Any]) -> list[float]:
    return answer["runs"][0]["row"]


def rows(buffers: list[bytes]) -> np.ndarray:
    return np.frombuffer(buffers[-1], "<f8").reshape(-1, 1 + len(fields(LINE.names)))


def test_hello_tells_a_page_what_a_new_widget_has_kept():
    # js/sources/kernel.js knows the one by the other, and draws nothing a second time.
    page = Page()
    kept = page.session.state.saved()
    told, _ = page.ask("hello")
    beside = ["type", "id", "every", "widths", "stretches"]
    state = {name: value for name, value in told.items() if name not in beside}
    expected = {**kept.snapshot, "words": kept.words}
    del expected["saved"]
    assert json.dumps(state, sort_keys=True) == json.dumps(expected, sort_keys=True)


def test_hello_tells_everything():
    page = Page()
    page.session.step(3)
    page.sent.clear()
    answer, (points, table) = page.ask("hello")
    assert answer["type"] == "hello"
    assert row(answer)[0] == 3 and answer["n_rows"] == 4
    assert answer["engine"].startswith("NumPy ")
    assert answer["title"] == "T" and answer["note"].startswith("The noise has mean ½")
    assert rows([table])[:, 0].tolist() == [0, 1, 2, 3]
    x, y = np.frombuffer(points, "<f8").reshape(2, -1)
    (to_x, to_y), (middle_x, middle_y) = answer["spread"], answer["middle"]
    np.testing.assert_allclose(x * to_x + middle_x, page.trainer.points.x, atol=1e-15)
    np.testing.assert_allclose(y * to_y + middle_y, page.trainer.points.y, atol=1e-14)


def test_advance_makes_the_rows_after_a_step():
    page = Page()
    answer, buffers = page.ask("advance", after=0, steps=5)
    assert (answer["type"], answer["ended"], answer["every"]) == ("rows", "", 1)
    np.testing.assert_array_equal(rows(buffers)[:, 1:], page.trainer.rows(1, 6))
    assert rows(buffers)[:, 0].tolist() == [1, 2, 3, 4, 5]


def test_asking_twice_makes_no_row_twice():
    page = Page()
    first = page.ask("advance", after=0, steps=5)
    again = page.ask("advance", after=0, steps=5)
    assert first == again
    assert page.trainer.n_steps == 5
    page.ask("advance", after=3, steps=5)
    assert page.trainer.n_steps == 8


def test_a_request_of_an_earlier_run_trains_nothing():
    page = Page()
    old = page.run
    page.ask("advance", after=0, steps=5)
    page.session.reset()
    page.sent.clear()
    answer, _ = page.ask("advance", run=old, after=5, steps=5)
    assert answer["type"] == "state" and row(answer)[0] == 0
    assert page.trainer.n_steps == 0


def test_a_request_sent_before_python_paused_trains_nothing():
    page = Page()
    page.ask("set", changes={"playing": True})
    old = page.run
    page.ask("advance", after=0, steps=5)
    page.session.set(playing=False)
    page.sent.clear()
    answer, _ = page.ask("advance", run=old, after=5, steps=5)
    assert answer["type"] == "state" and page.trainer.n_steps == 5


def test_set_goes_back_to_what_the_page_shows_first():
    page = Page()
    page.ask("advance", after=0, steps=8)
    answer, _ = page.ask("set", changes={"lr": 0.3}, step=5)
    assert row(answer)[0] == 5 and answer["runs"][0]["lr"] == 0.3
    page.ask("advance", after=5, steps=1)
    assert page.trainer.history["lr"].tolist() == [0.1] * 6 + [0.3]


def test_a_pause_from_a_run_that_is_over_pauses_without_going_anywhere():
    page = Page()
    old = page.run
    page.ask("advance", after=0, steps=8)
    page.session.reset()
    page.sent.clear()
    answer, _ = page.ask("set", run=old, changes={"playing": False}, step=6)
    assert answer["type"] == "state" and row(answer)[0] == 0


def test_play_pauses_after_n_epochs_more():
    page = Page()
    page.session.step(7)
    page.sent.clear()
    assert page.ask("set", changes={"playing": True})[0]["stop_at"] == 107
    assert page.ask("set", changes={"playing": False})[0]["stop_at"] is None
    page.session.state.settings["n_epochs"] = None
    assert page.ask("set", changes={"playing": True})[0]["stop_at"] is None


def test_convergence_and_divergence_end_the_rows():
    page = Page()
    answer, buffers = page.ask("advance", after=0, steps=1000)
    last = int(rows(buffers)[-1, 0])
    assert answer["ended"] == "converged" and last == page.trainer.n_steps < 1000
    assert page.ask("advance", after=last, steps=5)[0]["ended"] == "", "going on is allowed"

    page = Page(lr=10)
    answer, buffers = page.ask("advance", after=0, steps=10_000)
    assert answer["ended"] == "diverged" and np.isfinite(rows(buffers)).all()
    answer, _ = page.ask("seek", step=page.trainer.n_steps)
    assert answer["status"] == "diverged"
    assert answer["advice"].startswith(f"Diverged at step {page.trainer.n_steps + 1}: ")
    assert "the critical rate" in answer["advice"] and "Try 0." in answer["advice"]


def test_a_long_run_is_sent_thinned_and_kept_whole():
    page = Page()
    page.session.step(5000)
    told = [(content, buffers) for content, buffers in page.sent if content["type"] == "rows"]
    assert sum(len(rows(buffers)) for _, buffers in told) <= 1001 * len(told)
    assert rows(told[-1][1])[-1, 0] == 5000
    assert told[-1][0]["every"] >= 1
    assert len(page.trainer.history) == 5001
    _, buffers = page.ask("hello")
    assert len(buffers[-1]) <= 8 * packing.MOST_AT_ONCE
    assert row(page.ask("seek", step=4321)[0])[0] == 4321


def test_stepping_in_python_pushes_only_what_is_new():
    page = Page()
    page.session.step(3)
    page.session.step(2)
    steps = [rows(b)[:, 0].tolist() for content, b in page.sent if content["type"] == "rows"]
    assert steps == [[1, 2, 3], [4, 5]]
    page.sent.clear()
    page.session.seek(1)
    page.session.set(lr=0.2)
    page.session.step(1)
    steps = [rows(b)[:, 0].tolist() for content, b in page.sent if content["type"] == "rows"]
    assert steps == [[2]]


def test_what_has_changed_is_told_by_name_once_with_what_it_was_before():
    page = Page()
    session, loss = page.session, page.trainer.loss
    session.set(lr=0.2)
    session.set(lr=0.2)
    session.step(3)
    with session.changing():
        session.set(lr=0.3, title="U")
        session.seek(0)
    assert page.before == [
        {"lr": 0.1},
        {"n_steps": 0, "slope": -1, "intercept": 1, "loss": loss, "status": "ready"},
        {**page.before[-1], "lr": 0.2, "title": "T", "n_steps": 3, "status": "paused"},
    ]
    assert page.before[-1].keys() == {*page.before[1], "lr", "title"}
    assert session.told == session.state.traits()
    assert (session.told["lr"], session.told["title"], session.told["n_steps"]) == (0.3, "U", 0)


def test_new_data_are_sent_with_everything():
    page = Page()
    page.session.step(3)
    page.sent.clear()
    answer, (points, table) = page.ask("new_data")
    assert answer["type"] == "hello" and answer["n_rows"] == 1
    assert len(points) == 2 * 8 * 20 and len(rows([table])) == 1


def test_a_step_that_is_no_longer_there_is_the_last_one():
    page = Page()
    page.session.step(3)
    assert row(page.ask("seek", step=9)[0])[0] == 3
    answer, _ = page.ask("set", changes={"playing": False, "lr": 0.2}, step=20)
    assert (answer["type"], row(answer)[0], answer["runs"][0]["lr"]) == ("state", 3, 0.2)


def test_the_guess_there_is_already_begins_again_all_the_same():
    page = Page()
    page.session.step(3)
    answer, _ = page.ask("set", changes={"guess": [-1, 1]})
    assert (row(answer)[0], answer["n_rows"]) == (0, 1)


def test_a_guess_from_the_page_begins_again_from_there():
    page = Page()
    page.ask("advance", after=0, steps=5)
    answer, _ = page.ask("set", changes={"guess": [2, 5]})
    assert row(answer)[:3] == [0, 2, 5] and answer["n_rows"] == 1
    assert row(page.ask("reset")[0])[:3] == [0, 2, 5]


def test_points_edited_on_the_page_keep_the_line_it_shows():
    page = Page()
    page.ask("advance", after=0, steps=8)
    params = tuple(page.trainer.rows(5, 6)[0, :2])
    answer, (points, table) = page.ask("edit", step=5, at=0, remove=1, insert=[[0.5, 7], [1, 1]])
    assert answer["type"] == "hello" and answer["bowl"]["n"] == 31
    assert len(points) == 2 * 8 * 31 and tuple(rows([table])[0, 1:3]) == params
    assert page.trainer.points.y[:2].tolist() == [7, 1]
    assert row(page.ask("reset")[0])[1:3] == [-1, 1]


BAD = [
    ({"type": "edit", "id": 17, "run": 0, "step": 3, "at": 0, "remove": 30, "insert": []}, "points must be at least one"),
    ({"type": "edit", "id": 17, "run": 0, "step": 3, "at": 31, "remove": 0, "insert": []}, "at must be a whole number from 0 to 30; got 31"),
    ({"type": "edit", "id": 17, "run": 0, "step": 3, "at": 0, "remove": 0, "insert": [[1]]}, "a point must be two finite numbers; got [1]"),
    ({"type": "edit", "id": 17, "run": 0, "step": 3, "at": 0, "remove": 0, "insert": "x"}, "insert must be a list of at most 100 points; got 'x'"),
    ({"type": "edit", "id": 17, "run": 0, "step": 3, "at": 0, "remove": 0, "insert": [[1e200, 0]]}, "x and y must be small enough for their squares"),
    ({"type": "set", "id": 17, "run": 0, "changes": {"lr": 0.2, "guess": [1e200, 0]}}, "guess must be where the loss is finite"),
    ({"type": "dance", "id": 17}, "a message's type must be one of hello, load, advance, "),
    ({"id": 17}, "a message's type must be one of hello"),
    ({"type": ["hello"], "id": 17}, "a message's type must be one of hello"),
    ({"type": "seek", "id": 17, "run": 0}, "a message of type 'seek' must have 'step'"),
    ({"type": "seek", "id": 17, "run": 0, "step": -1}, "step must be a whole number from 0 to "),
    ({"type": "advance", "id": 17, "run": 0, "after": 0, "steps": 1e12}, "steps must be a whole number from 1 to 100000; got 1000000000000.0"),
    ({"type": "advance", "id": 17, "run": 0, "after": 0, "steps": 10**12}, "steps must be a whole number from 1 to 100000; got 1000000000000"),
    ({"type": "advance", "id": 17, "run": 0, "after": 0, "steps": -1}, "steps must be a whole number from 1 to 100000; got -1"),
    ({"type": "advance", "id": 17, "run": 0, "after": 0, "steps": "x"}, "steps must be a whole number from 1 to 100000; got 'x'"),
    ({"type": "advance", "id": 17, "run": 0, "after": 2**53, "steps": 1}, "after must be at most 100000 steps beyond 3; got "),
    ({"type": "set", "id": 17, "run": 0, "changes": {"lr": -1}}, "lr must be a positive number; got -1"),
    ({"type": "set", "id": 17, "run": 0, "changes": {"lr": "fast"}, "step": 1}, "lr must be a positive number; got 'fast'"),
    ({"type": "set", "id": 17, "run": 0, "changes": {"lr": 0.2, "playing": 1}}, "playing must be True or False; got 1"),
    ({"type": "set", "id": 17, "run": 0, "changes": {"learning_rate": 1}}, "there is no setting 'learning_rate'; did you mean lr?"),
    ({"type": "set", "id": 17, "run": 0, "changes": [1]}, "changes must be an object of settings; got [1]"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "words"), BAD, ids=[words for _, words in BAD])
def test_bad_messages_are_answered_and_change_nothing(message, words):
    page = Page()
    page.session.step(3)
    page.sent.clear()
    before = page.session.state.snapshot()
    receive(page.session, message)
    [(answer, _)] = page.sent
    assert (answer["type"], answer["id"]) == ("error", 17)
    assert answer["message"].startswith(words)
    assert page.session.state.error == answer["message"] and page.session.state.status == "error"
    page.session.state.error = ""
    assert page.session.state.snapshot() == before
    assert page.session.state.settings == {**SETTINGS, **LABELS, **page.trainer.settings}


@pytest.mark.parametrize("message", [None, "hello", 3, [], {}])
def test_what_is_no_message_is_answered_too(message):
    page = Page()
    receive(page.session, message)
    assert [content["type"] for content, _ in page.sent] == ["error"]


@pytest.mark.parametrize("number", [math.nan, -1, "\ud800", None, [1]])
def test_what_is_no_id_is_not_repeated(number):
    page = Page()
    receive(page.session, {"type": "hello", "id": number})
    [(answer, _)] = page.sent
    assert (answer["type"], answer["id"]) == ("error", None)
    assert answer["message"].startswith("id must be a whole number from 0 to ")


def test_rows_that_were_replaced_are_sent_again():
    page = Page()
    session = page.session
    session.step(30)
    page.sent.clear()
    with session.changing():  # as in one cell: told once, at its end
        session.seek(10)
        session.set(lr=0.5)
        session.step(5)
        session.seek(3)
    steps = [rows(b)[:, 0].tolist() for content, b in page.sent if content["type"] == "rows"]
    assert steps == [[11, 12, 13, 14, 15]]
    page.sent.clear()
    with session.changing():
        session.reset()
        session.step(4)
    steps = [rows(b)[:, 0].tolist() for content, b in page.sent if content["type"] == "rows"]
    assert steps == [[1, 2, 3, 4]]


def test_an_edit_of_points_that_are_gone_is_none():
    page = Page()
    run = page.run
    page.session.new_data(make_line(20, seed=5))
    page.sent.clear()
    answer, _ = page.ask("edit", run=run, step=0, at=0, remove=1, insert=[])
    assert answer["bowl"]["n"] == 20


def test_an_error_is_forgotten_when_something_succeeds():
    page = Page()
    page.ask("set", changes={"lr": -1})
    assert page.session.state.status == "error"
    page.ask("hello")
    assert page.session.state.status == "error", "looking is not succeeding"
    page.ask("set", changes={"lr": 0.2})
    assert page.session.state.status == "ready"
    page.ask("set", changes={"lr": -1})
    page.session.step(1)
    assert page.session.state.status == "paused", "what succeeds in Python counts too"


def test_code_that_diverged_is_called_again_only_by_who_has_seen_that():
    made = iter([2.0, 3.0, math.nan, 4.0, 5.0])
    a = np.array([1.0, 1.0])

    def update():
        a[0] = next(made)

    page = Page(outside=Update(update, a), guess=(1, 1))
    answers = [page.ask("advance", after=after, steps=2)[0] for after in (0, 2, 4, 6)]
    assert [answer["ended"] for answer in answers] == ["", "diverged", "diverged", "diverged"]
    assert page.ask("set", step=2, changes={"playing": False})[0]["status"] == "diverged"
    page.ask("advance", after=2, steps=1)
    assert page.trainer.rows()[:, 0].tolist() == [1, 2, 3, 4]


def test_rows_bring_advice_so_that_it_is_read_while_playing():
    page = Page(lr=2)
    rows, _ = page.ask("advance", after=0, steps=3)
    assert rows["advice"].startswith("The learning rate 2 is above")


def test_an_unexpected_error_in_training_is_sent_with_its_traceback_and_stops_playing():
    page = Page()
    page.ask("set", changes={"playing": True})

    def broken(params):
        raise RuntimeError("out of memory")

    page.trainer._walk.maker._gradients = Gradients(broken, broken)
    answer, _ = page.ask("advance", after=0, steps=5)
    assert (answer["type"], answer["message"]) == ("error", "out of memory")
    assert "in broken" in answer["traceback"] and answer["hint"]
    assert page.session.state.settings["playing"] is False
    assert page.trainer.n_steps == 0


def test_an_interrupt_while_a_page_waits_is_answered_stops_playing_and_is_passed_on():
    page = Page()
    page.ask("set", changes={"playing": True})

    def interrupted(params):
        raise KeyboardInterrupt

    page.trainer._walk.maker._gradients = Gradients(interrupted, interrupted)
    with pytest.raises(KeyboardInterrupt):
        page.ask("advance", after=0, steps=5)
    answer, _ = page.sent[-1]
    assert (answer["type"], answer["id"]) == ("error", 17)
    assert answer["message"] == "Interrupted. The steps made before are kept."
    assert page.session.state.settings["playing"] is False
    assert page.trainer.n_steps == 0


@pytest.mark.slow
def test_messages_are_answered_while_a_cell_trains():
    """On newer kernels handlers run on a thread of their own, which must get its turn."""
    page = Page()
    started = threading.Event()
    page.session._changed = lambda before: started.set()
    training = threading.Thread(target=page.session.step, args=(2_000_000,))
    training.start()
    started.wait()
    steps = []
    for lr in (0.2, 0.3, 0.2):
        receive(page.session, {"type": "set", "id": 17, "run": 0, "changes": {"lr": lr}})
        steps.append(page.trainer.n_steps)
        assert training.is_alive(), "each answer came while the training was going on"
    assert steps[-1] < 1_000_000, "and soon"
    training.join()
    assert page.trainer.n_steps == 2_000_000
    assert page.trainer.history["lr"][-1] == 0.2


def test_threads_at_once_leave_a_table_that_holds_together():
    page = Page()
    errors: list[Exception] = []

    def work(seed: int) -> None:
        random = np.random.default_rng(seed)
        try:
            for _ in range(60):
                run, step = page.run, page.trainer.n_steps
                message = [
                    {"type": "advance", "run": run, "after": step, "steps": 7},
                    {"type": "set", "run": run, "changes": {"lr": random.choice([0.1, 0.3])}},
                    {"type": "reset"},
                    {"type": "hello"},
                ][random.integers(4)]
                receive(page.session, {"id": 5, **message})
                page.session.step(3)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    table = page.trainer.rows()
    for before, after in itertools.pairwise(table):
        assert after[0] == before[0] - after[-1] * before[3]
        assert after[1] == before[1] - after[-1] * before[4]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
counts = st.integers(-1, 30)
page_messages = st.one_of(
    st.fixed_dictionaries({"type": st.just("hello")}),
    st.fixed_dictionaries({"type": st.just("advance"), "after": counts, "steps": counts}),
    st.fixed_dictionaries({"type": st.just("seek"), "step": counts}),
    st.fixed_dictionaries({"type": st.just("reset")}),
    st.fixed_dictionaries({"type": st.just("new_data")}),
    st.fixed_dictionaries(
        {
            "type": st.just("set"),
            "changes": st.dictionaries(
                st.sampled_from(["lr", "steps_per_second", "playing", "n"]),
                st.floats(0.01, 20) | st.booleans() | anything,
            ),
        },
        optional={"step": counts},
    ),
    st.dictionaries(st.sampled_from(["type", "run", "step", "steps", "changes"]), anything),
)


@given(conversation=st.lists(st.tuples(page_messages, st.sampled_from([0, 1])), max_size=12))
def test_whatever_a_page_says_it_is_answered_and_the_table_stays_true(conversation):
    page = Page()
    for message, behind in conversation:
        page.sent.clear()
        receive(page.session, {"run": max(0, page.run - behind), **message, "id": 3})
        answers = [content for content, _ in page.sent if content["id"] == 3]
        assert len(answers) == 1
        trainer = page.trainer
        assert 0 <= trainer.n_steps < trainer.n_rows
        assert len(trainer.history) == trainer.n_steps + 1
        assert np.isfinite(trainer.rows()).all()
        lr = page.session.state.settings["lr"]
        assert lr == trainer.lr and 0 < lr < math.inf
        loss, *_ = trainer.bowl.gradient(trainer.params)
        assert trainer.loss == loss


@pytest.mark.parametrize("n", [1, 999, 1000, 1001, 2501, 1_000_501])
def test_packing_keeps_the_first_row_and_the_last_and_says_what_it_left_out(n):
    table = Table([0.0] * 6)
    table._rows.extend(itertools.repeat(1.0, 6 * (n + 9)))
    ([packed], every) = packing.pack_rows([table], 10, 10 + n)
    steps = rows([packed.bytes])[:, 0]
    assert (steps[0], steps[-1]) == (10, 9 + n)
    assert len(steps) <= 1001 and (np.diff(steps)[1:] == every).all()
    ([packed], every) = packing.pack_rows([table], 5, 5)
    assert (packed.bytes, packed.stretches, every) == (b"", [], 1)


def saved_rows(page: Page) -> np.ndarray:
    return np.frombuffer(page.session.state.saved().rows, "<f8").reshape(-1, 4)


def test_saved_rows_are_few_and_leave_out_what_the_bowl_knows():
    page = Page()
    page.session.step(5_000)
    saved = saved_rows(page)
    assert len(saved) <= packing.MOST_SAVED_ROWS
    steps = saved[:, 0].astype(int)
    np.testing.assert_array_equal(saved[:, 1:], page.trainer.rows()[steps][:, [0, 1, 5]])


def test_saved_rows_hold_those_before_a_change_of_the_rate_while_these_are_few():
    # From there on, a page can make again what was left out, with the rate of the row that follows.
    page = Page()
    for rate in (0.1, 0.2, 0.3):
        page.session.set(lr=rate)
        page.session.step(1_003)
    page.session.seek(3_001)
    page.session.set(lr=0.05)
    page.session.step(500)
    assert {0, 1_003, 2_006, 3_001, 3_501} <= set(saved_rows(page)[:, 0])
    for i in range(1_000):
        page.session.set(lr=0.05 + 0.0001 * i)
        page.session.step(1)
    assert len(saved_rows(page)) <= packing.MOST_SAVED_ROWS
    (saved,) = page.session.state.saved().snapshot["saved"]
    assert len(saved["stretches"]) <= 2 * packing.MOST_SAVED_ROWS


@pytest.mark.parametrize("n", [1, 1000, 1001, 20_000])
def test_points_travel_in_all_their_digits_while_they_are_few(n):
    points = make_line(n)
    packed, middle, spread = packing.pack_points(points)
    offsets = np.frombuffer(packed, "<f8" if n <= 1000 else "<f4")
    x = middle[0] + spread[0] * offsets[: len(offsets) // 2]
    np.testing.assert_allclose(x, points.x, rtol=0, atol=1e-15 if n <= 1000 else 2e-7)
    assert packing.pack_picture(points) == (None, b"")


def test_what_is_saved_is_at_rest_and_the_same_for_the_same_state():
    page = Page()
    page.session.set(playing=True)
    page.session.step(5)
    saved = page.session.state.saved()
    assert saved.snapshot["playing"] is False and saved.snapshot["stop_at"] is None
    assert saved.snapshot["status"] == "paused"
    assert saved.points == b""  # made from their seed again
    receive(page.session, {"type": "dance"})
    assert page.session.state.status == "error"
    page.session.set(playing=False)
    again = page.session.state.saved()
    assert again.rows == saved.rows
    assert {**again.snapshot, "run": 0} == {**saved.snapshot, "run": 0}


def test_points_that_a_seed_makes_are_saved_only_once_they_are_edited():
    page = Page()
    assert page.session.state.saved().points == b""
    step = page.session.state.race.n_steps
    page.ask("edit", step=step, at=0, remove=1, insert=[])
    assert page.session.state.saved().points == page.session.state.points() != b""
    page.ask("new_data")
    assert page.session.state.saved().points == b""


def test_rows_beyond_where_training_has_ended_are_none():
    page = Page()
    page.session.step(10_000)
    page.session.seek(5)
    answer, [table] = page.ask("advance", after=9000, steps=100)
    assert (answer["ended"], answer["every"], table) == ("converged", 1, b"")
    assert answer["after"] == page.trainer.n_steps < 9000
