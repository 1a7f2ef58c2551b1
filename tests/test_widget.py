"""GDWidget from Python: what a cell, a script or nbval sees, with no front end at all."""

from __future__ import annotations

import asyncio
import copy
import json
import math
import re
import subprocess
import sys
import threading
from functools import partial
from importlib.util import find_spec
from types import SimpleNamespace

import ipywidgets
import numpy as np
import pytest
import torch
import traitlets
from IPython.core.events import EventManager

import gd_widget
from gd_widget import GDWidget
from gd_widget.core.checks import positive_number
from gd_widget.data.make_line import make_line
from gd_widget.page.answers import receive
from gd_widget.page.outbox import WAITING, Outbox, send_all
from gd_widget.traits import Settable
from gd_widget.widget import ARGUMENTS


def test_the_public_names():
    public = ["GDWidget", "Quadratic", "Trainer", "bets", "check", "make_line"]
    assert sorted(gd_widget.__all__) == public


def test_importing_brings_in_no_heavy_package_and_nothing_that_few_need():
    heavy = {"torch", "bqplot", "pandas", "dask", "matplotlib"}
    seldom = {
        "data.dask_points",
        "data.tensor_points",
        "drawing",
        "figures",
        "own_code",
        "page.fragment",
        "page.saved_page",
        "training.engines.autograd",
        "training.engines.on_device",
        "training.torch_optimizer",
        "words.every_code",
    }
    unwanted = heavy | {f"gd_widget.{name}" for name in seldom} | {"difflib"}
    assert all(find_spec(f"gd_widget.{name}") for name in seldom), "there are such modules"
    code = f"import sys, gd_widget; print({unwanted} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_a_first_widget_does_not_wait_for_masked_arrays():
    code = "import sys, gd_widget; gd_widget.GDWidget(engine='numpy')._repr_mimebundle_()"
    run = [sys.executable, "-c", f"{code}; print('numpy.ma' in sys.modules)"]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False", "some functions of NumPy import them, as unique() does"


def test_who_observes_the_status_hears_that_training_has_left_for_good():
    w = GDWidget(lr=2, guess=(0, 0))
    heard = []
    w.observe(lambda change: heard.append((change.new, w.n_steps)), "status")
    for _ in range(40):
        w.step()
    assert heard == [("diverged", 1)] and math.isfinite(w.loss)
    w.lr = 0.1
    assert heard[-1] == ("paused", 40)
    w.play()
    w.lr = 2
    assert w.playing and w.status == "diverged"


def test_a_race_has_diverged_when_every_run_has():
    w = GDWidget(lr=[0.1, 2, 3])
    w.step(40)
    assert w.status == "paused"
    w.lr = [1.5, 2, 3]
    w.step(40)
    assert w.status == "diverged" and all(run.diverged_at is None for run in w.runs)


def test_the_first_line():
    w = GDWidget(n=100, lr=0.1)
    assert repr(w) == "GDWidget(n=100, lr=0.1, step=0, slope=-1, intercept=1, loss=7.955)"
    bundle = w._repr_mimebundle_()[0]
    assert bundle["text/plain"] == repr(w)
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_steps_are_made_at_once_and_in_order():
    w = GDWidget()
    w.step(100)
    w.back(10)
    w.seek(20)
    w.step()
    assert w.n_steps == 21
    assert len(w.history) == 22
    w.reset()
    assert (w.n_steps, w.slope, w.intercept, w.status) == (0, -1, 1, "ready")


@pytest.mark.parametrize("engine", ["torch", "numpy"])
def test_the_lesson_ends_near_3_and_two_and_a_half(engine):
    w = GDWidget(n=100, lr=0.1, engine=engine)
    w.step(100)
    assert w.params == (w.slope, w.intercept) == pytest.approx((3.0, 2.5), abs=0.01)
    assert w.loss == pytest.approx(0.0732, abs=1e-4)
    assert np.abs(w.grad).max() < 0.01
    assert w.least_squares == pytest.approx((3.009, 2.503), abs=1e-3)
    assert w.critical_lr == pytest.approx(0.999, abs=1e-3)
    np.testing.assert_allclose(w.predict([0, 1]), [w.intercept, w.slope + w.intercept])


def test_points_of():
    w = GDWidget(torch.tensor([0.0, 1.0, 2.0]), [1.0, 3.0, 5.0], lr=0.1)
    w.step(500)
    assert w.params == pytest.approx((2, 1), abs=1e-6)
    assert w.x.tolist() == [0, 1, 2] and w.y.tolist() == [1, 3, 5]
    with pytest.raises(ValueError, match="shows your own x and y"):
        w.new_data()


def test_new_data_are_the_next_seeds():
    w = GDWidget(seed=1)
    w.step(3)
    w.new_data()
    assert (w.x == make_line(seed=2).x).all() and w.n_steps == 0
    w.new_data(seed=9)
    assert (w.x == make_line(seed=9).x).all()
    with pytest.raises(ValueError, match="seed must be a whole number"):
        w.new_data(seed=-1)
    w.new_data()
    assert (w.x == make_line(seed=10).x).all()


def test_settings_are_traits_and_the_others_can_only_be_read():
    w = GDWidget()
    seen = []
    w.observe(
        lambda change: seen.append((change["name"], change["new"])), ["lr", "n_steps", "status"]
    )
    w.lr = 0.5
    w.step(2)
    assert seen == [("lr", 0.5), ("n_steps", 2), ("status", "paused")]
    slider = ipywidgets.FloatSlider(value=0.25)
    traitlets.link((slider, "value"), (w, "lr"))
    assert w.lr == 0.25
    for name in ("n_steps", "slope", "intercept", "loss", "status", "advice", "error"):
        with pytest.raises(traitlets.TraitError, match="read-only"):
            setattr(w, name, getattr(w, name))


def test_a_guess_can_be_set():
    w = GDWidget()
    w.step(5)
    w.guess = (2, 5)
    assert (w.n_steps, w.params) == (0, (2, 5))
    with pytest.raises(ValueError, match="^guess must be where the loss is finite"):
        w.guess = (1e200, 0)
    assert (w.guess, w.params) == ((2, 5), (2, 5))


def test_what_the_page_is_told_of_the_data():
    w = GDWidget()
    assert w._snapshot["makes"] == {"n": 100, "noise": "uniform", "seed": 1, "true_params": (3, 2)}
    w.new_data()
    assert w._snapshot["makes"]["seed"] == 2
    assert w._snapshot["note"].startswith(
        "The noise has mean ½: of many points the best intercept is near 2.5"
    )
    assert GDWidget(noise="gaussian")._snapshot["note"] == ""
    w._session.new_data(w._trainer.points.spliced(0, 1, []))
    assert w._snapshot["note"] == "", "it is not on points that were edited"
    w.new_data()
    assert w._snapshot["note"]
    own = GDWidget([1, 2], [3, 4], panels=["loss", "fit"])
    assert (own._snapshot["makes"], own._snapshot["note"]) == (None, "")
    assert own._snapshot["panels"] == ["loss", "fit"]


def test_a_page_is_told_no_whole_number_that_it_could_not_hold():
    seed = 2**128 - 1
    w = GDWidget(seed=seed, batch_size=10**17, n_epochs=10**16)
    assert w._snapshot["makes"]["seed"] == str(seed)
    assert (w._snapshot["batch_size"], w._snapshot["n_epochs"]) == (None, None)
    w.new_data()
    assert w._snapshot["makes"]["seed"] == str(seed + 1)
    w.new_data(2**53 - 1)
    assert w._snapshot["makes"]["seed"] == 2**53 - 1
    assert (w.batch_size, w.n_epochs) == (10**17, 10**16)


def test_playing_is_a_wish_of_the_page():
    w = GDWidget()
    w.play()
    assert (w.playing, w.status, w.n_steps) == (True, "playing", 0)
    w.pause()
    assert (w.playing, w.status) == (False, "ready")


def test_divergence_is_explained():
    w = GDWidget(lr=1.5)
    assert w.advice.startswith("The learning rate 1.5 is above 0.999, the critical rate")
    w.step(10_000)
    assert w.status == "diverged" and repr(w).endswith(", diverged)")
    assert w.advice.startswith(f"Diverged at step {w.n_steps + 1}: the learning rate 1.5 is above")
    w.lr = 0.1
    assert w.advice == "" and w.status == "paused"


def test_data_without_a_single_best_fit_are_explained():
    w = GDWidget([2.0, 2.0], [1.0, 5.0])
    w.step(100)
    assert w.advice.startswith("All x are 2: every line through (2, 3) fits equally well")
    assert w.status == "converged" and math.isfinite(w.loss)


def test_a_rate_that_suits_other_data_is_suggested():
    line = make_line(noise="gaussian")
    w = GDWidget(50 * (line.x + 1), line.y)
    assert w.critical_lr < 0.0004
    assert w.advice.endswith("Try 0.0002.") or w.advice.endswith("Try 0.0003.")
    suggested = float(w.advice.split()[-1].rstrip("."))
    w.lr = suggested
    w.step(100)
    assert w.loss < w.history["loss"][0]
    # It does not diverge, and yet: this is what is now to be said.
    assert [found.code for found in w.diagnoses] == ["creeps_at_best"]


BAD = [
    ({"n": 0}, "n must be a whole number, at least 1; got 0"),
    ({"n": -3}, "n must be a whole number, at least 1; got -3"),
    ({"n": 2.5}, "n must be a whole number, at least 1; got 2.5"),
    ({"n": "many"}, "n must be a whole number, at least 1; got 'many'"),
    ({"lr": 0}, "lr must be a positive number; got 0"),
    ({"lr": -1}, "lr must be a positive number; got -1"),
    ({"lr": math.nan}, "lr must be a positive number; got nan"),
    ({"lr": math.inf}, "lr must be a positive number; got inf"),
    ({"lr": "fast"}, "lr must be a positive number; got 'fast'"),
    ({"seed": -1}, "seed must be a whole number, at least 0; got -1"),
    ({"guess": (1,)}, "guess must be two finite numbers (slope, intercept); got (1.0,)"),
    (
        {"guess": (math.nan, 1)},
        "guess must be finite numbers, one for each parameter; got (nan, 1)",
    ),
    ({"x": [1, 2]}, "x and y must be given together; got 'only x'"),
    ({"y": [1, 2]}, "x and y must be given together; got 'only y'"),
    ({"x": [1, 2], "y": [1]}, "x and y must be of one length; got 2 and 1 values"),
    (
        {"x": [1, 2], "y": [1j, 2]},
        "y must be real numbers; got complex numbers: take the real parts with\n    y = np.real(y)",
    ),
    ({"engine": "fast"}, "engine must be one of 'auto', 'torch', 'numpy'; got 'fast'"),
    ({"n_epochs": 0}, "n_epochs must be a whole number, at least 1; got 0"),
    ({"steps_per_second": 0}, "steps_per_second must be a positive number; got 0"),
    ({"title": 3}, "title must be a string; got 3"),
    (
        {"panels": "fit"},
        "panels must be a list of some of 'fit', 'surface', 'loss', 'directions', 'code'; got 'fit'",
    ),
    (
        {"panels": []},
        "panels must be a list of some of 'fit', 'surface', 'loss', 'directions', 'code'; got []",
    ),
    (
        {"panels": ["fit", "fit"]},
        "panels must be a list of some of 'fit', 'surface', 'loss', 'directions', 'code'; got ['fit', 'fit']",
    ),
    (
        {"panels": ["fits"]},
        "panels must be a list of some of 'fit', 'surface', 'loss', 'directions', 'code'; got ['fits']; did you mean 'fit'?",
    ),
]


@pytest.mark.parametrize(("bad", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_arguments_are_refused(bad, message):
    with pytest.raises(ValueError) as error:
        GDWidget(**bad)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("name", "meant"),
    [("learning_rate", "lr"), ("X", "x"), ("random_state", "seed"), ("guesss", "guess"), ("epochs", "n_epochs"), ("stepspersecond", "steps_per_second")],
)  # fmt: skip
def test_an_unknown_argument_names_the_one_that_was_meant(name, meant):
    with pytest.raises(TypeError) as error:
        GDWidget(**{name: 1})
    assert str(error.value) == f"GDWidget has no argument {name!r}; did you mean {meant}?"


def test_an_argument_like_no_other_is_answered_with_all():
    with pytest.raises(TypeError, match=f"known are {', '.join(ARGUMENTS)}"):
        GDWidget(zzz=1)


@pytest.mark.parametrize(
    ("name", "bad"),
    [("lr", -1), ("lr", "fast"), ("steps_per_second", 0), ("n_epochs", 2.5), ("title", None), ("playing", 1)],
)  # fmt: skip
def test_bad_settings_change_nothing(name, bad):
    w = GDWidget()
    before = getattr(w, name)
    with pytest.raises(ValueError, match=f"^{name} must be "):
        setattr(w, name, bad)
    assert getattr(w, name) == before
    assert w.lr == w._trainer.lr


@pytest.mark.parametrize("call", [("step", -1), ("step", 1.5), ("back", "x"), ("seek", 4), ("seek", 3.5), ("seek", None)])  # fmt: skip
@pytest.mark.parametrize("lr", [0.1, [0.1, 0.2]])
def test_bad_calls_change_nothing(call, lr):
    w = GDWidget(lr=lr)
    w.step(3)
    name, value = call
    with pytest.raises(ValueError, match="must be a whole number"):
        getattr(w, name)(value)
    assert w.n_steps == 3


def test_what_a_linked_control_sets_wrongly_is_shown_not_raised():
    w = GDWidget()
    sent = []
    w._session.pages.send = lambda content, buffers: sent.append(content)
    w.set_state({"lr": -1})
    assert w.error == "lr must be a positive number; got -1"
    assert [content["type"] for content in sent] == ["error"]
    assert w.lr == 0.1


def test_the_first_picture_is_in_the_state_the_page_opens_with():
    w = GDWidget()
    state = w.get_state()
    snapshot = json.loads(state["_snapshot"])
    assert snapshot["runs"][0]["row"][:3] == [0, -1, 1]
    assert snapshot["makes"]["seed"] == 1 and state["_points"] == b"", "a page makes them again"
    assert len(GDWidget([1, 2], [3, 4]).get_state()["_points"]) == 2 * 8 * 2
    assert len(state["_rows"]) == 4 * 8
    assert state["_id"] == w.model_id
    w.step(3)
    assert json.loads(w.get_state()["_snapshot"])["step"] == 3
    assert len(w.get_state()["_rows"]) == 4 * 8 * 4


def test_an_interrupt_of_a_long_run_keeps_what_was_made():
    w = GDWidget(engine="numpy")

    def interrupt(change):
        raise KeyboardInterrupt

    w.observe(interrupt, "n_steps")
    with pytest.raises(KeyboardInterrupt):
        w.step(10**7)
    w.unobserve(interrupt, "n_steps")
    assert 0 < w.n_steps < 10**7
    assert len(w.history) == w.n_steps + 1
    w.step(1)
    assert w.n_steps == len(w.history) - 1


def test_observers_see_all_numbers_of_one_step():
    w = GDWidget(engine="numpy")
    seen = []
    w.observe(lambda change: seen.append((w.n_steps, w.loss == w._trainer.loss)), "n_steps")
    w.step()
    w.step()
    assert seen == [(1, True), (2, True)]


def test_the_cell_around_does_not_matter():
    """Neither no_grad nor inference_mode nor a default device is the widget's affair."""
    expected = GDWidget()
    expected.step(3)
    for context in (torch.no_grad(), torch.inference_mode(), torch.device("meta")):
        with context:
            w = GDWidget()
            w.step(3)
        assert w.params == expected.params


def test_arguments_of_made_up_points_do_not_go_with_own_ones():
    with pytest.raises(ValueError, match="^n must be left out where x and y are given; got 5"):
        GDWidget([1, 2], [3, 4], n=5)


def test_many_changes_at_once_are_sent_together_and_the_last_is_sent(monkeypatch):
    monkeypatch.setattr("gd_widget.page.outbox.monotonic", lambda: 0.0)  # however long they take

    async def cell() -> list[int]:
        made = 0
        sent: list[int] = []
        last = asyncio.Event()

        def send() -> None:
            sent.append(made)
            if made == 1000:
                last.set()

        outbox = Outbox(send)
        for _ in range(1000):
            made += 1
            outbox.post()
        assert sent == [1], "while the cell runs"
        await last.wait()
        return sent

    assert asyncio.run(cell()) == [1, 1000]


def test_what_waits_is_sent_as_a_cell_of_ipython_ends(monkeypatch):
    monkeypatch.setattr("gd_widget.page.outbox.monotonic", lambda: 0.0)
    events = EventManager(None, {"post_execute": lambda: None})
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(events=events))
    sent = []

    async def cell() -> None:
        outboxes = [Outbox(partial(sent.append, name)) for name in "ab"]
        for outbox in (*outboxes, *outboxes):
            outbox.post()
        assert sent == ["a", "b"], "while the cell runs"
        events.trigger("post_execute")
        assert sorted(sent) == ["a", "a", "b", "b"]
        events.trigger("post_execute")
        assert len(sent) == 4, "each has sent what it had"

    asyncio.run(cell())


def test_what_waits_is_sent_though_another_cannot(monkeypatch):
    monkeypatch.setattr("gd_widget.page.outbox.monotonic", lambda: 0.0)
    sent, broken = [], []

    def send(number: int) -> None:
        if number in broken:
            raise ValueError("no JSON")
        sent.append(number)

    async def cell() -> None:
        outboxes = [Outbox(partial(send, number)) for number in range(4)]
        for outbox in (*outboxes, *outboxes):
            outbox.post()
        sent.clear()
        first, *between, last = [outboxes.index(outbox) for outbox in WAITING]
        broken.extend([first, last])
        with pytest.raises(ValueError, match="no JSON"):
            send_all()
        assert sorted(sent) == sorted(between)

    asyncio.run(cell())


def test_what_a_thread_changes_is_sent_together_by_the_loop_of_the_cells(monkeypatch):
    monkeypatch.setattr("gd_widget.page.outbox.monotonic", lambda: 0.0)
    sent: list[int] = []

    async def cell() -> None:
        outbox = Outbox(lambda: sent.append(threading.get_ident()))
        outbox.post()
        thread = threading.Thread(target=lambda: [outbox.post() for _ in range(1000)])
        thread.start()
        thread.join()
        assert len(sent) == 1, "while the cell runs"
        while len(sent) < 2:
            await asyncio.sleep(0)

    asyncio.run(cell())
    assert sent == [threading.get_ident()] * 2


def test_where_no_event_loop_runs_nothing_waits():
    sent: list[int] = []
    outbox = Outbox(lambda: sent.append(1))
    for _ in range(5):
        outbox.post()
    assert len(sent) == 5


def test_messages_are_text_because_a_host_may_lose_what_is_none():
    w = GDWidget(batch_size=8)
    sent = []
    w.send = lambda content, buffers=None: sent.append(content)
    changes = {"batch_size": None}
    said = {"type": "set", "id": 7, "run": 0, "changes": changes, "step": 0}
    w._handle_custom_msg({"json": json.dumps(said)}, [])
    assert w.batch_size is None
    assert json.loads(sent[0]["json"])["batch_size"] is None
    for nonsense in (said, {"json": "{"}, {"json": 3}, "hello", None):
        w._handle_custom_msg(nonsense, [])
        assert json.loads(sent[-1]["json"])["message"] == "a message must be an object; got None"


def test_a_pages_message_is_answered_once_and_keeps_the_picture_true():
    w = GDWidget()
    sent = []
    w.send = lambda content, buffers=None: sent.append(json.loads(content["json"]))
    receive(w._session, {"type": "set", "id": 7, "run": 0, "changes": {"playing": True}, "step": 0})
    assert [(said["type"], said["id"]) for said in sent] == [("state", 7)]
    assert w.playing and w._snapshot["playing"] is False, "saved now, it would not open playing"
    receive(w._session, {"type": "advance", "id": 8, "run": 0, "after": 0, "steps": 5})
    receive(
        w._session, {"type": "set", "id": 9, "run": 0, "changes": {"playing": False}, "step": 4}
    )
    assert [(said["type"], said["id"]) for said in sent[1:]] == [("rows", 8), ("state", 9)]
    assert (w.playing, w.n_steps, w._snapshot["step"]) == (False, 4, 4)


# ------------------------------------------------------------- one truth in all layers


def test_a_seed_of_numpys_is_a_seed_and_a_bad_one_changes_nothing():
    w = GDWidget(n=10)
    w.new_data(np.int64(5))
    assert (w.x == make_line(10, seed=5).x).all()
    assert json.loads(w.get_state()["_snapshot"])["makes"]["seed"] == 5
    for seed in (-1, 1.5, "5"):
        with pytest.raises(ValueError, match="seed must be a whole number, at least 0"):
            w.new_data(seed)
    assert (w.x == make_line(10, seed=5).x).all()
    w.new_data()
    assert (w.x == make_line(10, seed=6).x).all()


def test_what_is_set_while_notices_are_held_back_counts_at_once():
    w, heard = GDWidget(batch_size=20), []
    w.observe(lambda change: heard.append((change.old, change.new)), "batch_size")
    with w.hold_trait_notifications():
        w.lr = 0.5
        w.batch_size = 10
        w.step(3)
    assert w.lr == 0.5 and w.history["lr"].tolist() == [0.1, 0.5, 0.5, 0.5]
    assert heard == [(20, 10)]


def test_what_an_observer_sets_stays():
    w = GDWidget()
    w.observe(lambda change: setattr(w, "lr", 0.01), "optimizer")
    w.observe(lambda change: w.play(), "guess")
    changes = {"optimizer": "adam", "lr": 0.2}
    w._hear({"json": json.dumps({"type": "set", "id": 1, "run": 0, "changes": changes})})
    assert (w.lr, w.runs[0].lr) == (0.01, 0.01)
    w._hear({"json": json.dumps({"type": "set", "id": 2, "run": 9, "changes": {"guess": [0, 0]}})})
    assert w.playing


def public_changes(w):
    """What observers of any trait are told, as it comes: names, and what is so then."""
    heard = []
    w.observe(lambda change: heard.append((change.name, change.old, change.new)))
    return lambda: [said for said in heard if not said[0].startswith("_")]


def test_a_setting_is_checked_once_and_nothing_else_is_set():
    w = GDWidget()
    heard, calls = public_changes(w), []
    watched = {positive_number.__code__, Settable.set.__code__}

    def count(frame, event, arg):
        if event == "call" and frame.f_code in watched:
            calls.append(frame.f_code.co_name)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        w.lr = 0.5
    finally:
        sys.setprofile(before)
    assert calls == ["set", "positive_number"]
    assert heard() == [("lr", 0.1, 0.5)]
    w.lr = 0.5
    assert len(heard()) == 1


def test_observers_are_told_of_what_has_changed_and_of_nothing_else():
    w = GDWidget(lr=1.5)
    heard = public_changes(w)
    w.step()
    w.lr = 0.5
    advice = heard()[-1][1]
    assert heard() == [
        ("n_steps", 0, 1),
        *[
            (name, w.history[name][0], w.history[name][1])
            for name in ("slope", "intercept", "loss")
        ],
        ("status", "ready", "diverged"),
        ("lr", 1.5, 0.5),
        ("status", "diverged", "paused"),
        ("advice", advice, ""),
    ]
    assert advice.startswith("The learning rate 1.5 is above")


def test_what_an_observer_has_set_again_is_not_told_of_as_it_was():
    w = GDWidget()
    heard = []
    w.observe(lambda change: heard.append((change.old, change.new)), "lr")
    w.observe(lambda change: setattr(w, "lr", 0.01), "optimizer")
    changes = {"optimizer": "adam", "lr": 0.2}
    w._hear({"json": json.dumps({"type": "set", "id": 1, "run": 0, "changes": changes})})
    assert heard == [(0.2, 0.01)]


def test_two_widgets_whose_rates_are_linked_follow_each_other_whoever_sets_them():
    a, b = GDWidget(lr=0.2), GDWidget()
    traitlets.link((a, "lr"), (b, "lr"))
    assert b.lr == 0.2
    b.lr = 0.3
    with a.hold_trait_notifications():
        a.lr = 0.4
        assert b.lr == 0.3
    assert (a.lr, b.lr) == (0.4, 0.4)
    b.set_state({"lr": 0.5})
    message = {"type": "set", "id": 1, "run": 9, "changes": {"lr": 0.6}}
    assert (a.lr, a._trainer.lr) == (0.5, 0.5)
    a._hear({"json": json.dumps(message)})
    assert (b.lr, b._trainer.lr) == (0.6, 0.6)


def test_an_error_while_notices_are_held_back_brings_back_what_was_set():
    w = GDWidget()

    def set_what_cannot_be_set():
        with w.hold_trait_notifications():
            w.lr = 0.5
            w.step(2)
            w.n_steps = 7

    with pytest.raises(traitlets.TraitError):
        set_what_cannot_be_set()
    assert (w.lr, w._trainer.lr, w.n_steps) == (0.1, 0.1, 2)


CHANGES_IN_PLACE = {
    "append": lambda values: values.append(0.9),
    "clear": lambda values: values.clear(),
    "del": lambda values: values.__delitem__(0),
    "extend": lambda values: values.extend([0.9]),
    "insert": lambda values: values.insert(0, 0.9),
    "item": lambda values: values.__setitem__(1, 0.9),
    "pop": lambda values: values.pop(),
    "remove": lambda values: values.remove(values[0]),
    "reverse": lambda values: values.reverse(),
    "slice": lambda values: values.__setitem__(slice(1), [0.9]),
    "sort": lambda values: values.sort(key=str),
}


@pytest.mark.parametrize("change", CHANGES_IN_PLACE.values(), ids=CHANGES_IN_PLACE)
@pytest.mark.parametrize("name", ["lr", "optimizer", "panels"])
def test_a_list_that_is_read_says_how_it_is_set_where_it_would_be_changed(name, change):
    race = GDWidget(lr=[0.5, 0.1], optimizer=["momentum", "gd"], panels=["loss", "fit"])
    values = list(getattr(race, name))
    rule = f"{name} cannot be changed in place; set all of it, as in w.{name} = {values!r}"
    with pytest.raises(TypeError, match=re.escape(rule)):
        change(getattr(race, name))
    assert getattr(race, name) == values


@pytest.mark.parametrize("copied", [list, copy.copy, copy.deepcopy, lambda read: read[:]])
def test_a_copy_of_a_list_that_is_read_can_be_changed_and_set(copied):
    race = GDWidget(lr=[0.1, 0.5])
    rates = copied(race.lr)
    rates[0] = 0.9
    race.lr = rates
    assert race.lr == [0.9, 0.5] == [run.lr for run in race.runs]


def test_a_list_that_is_read_can_be_added_to():
    w = GDWidget(panels=["fit"])
    w.panels += ["loss"]
    w.panels = [*w.panels, "code"]
    assert w.panels == ["fit", "loss", "code"] and json.dumps(w.panels)


def test_the_rate_is_that_of_an_optimizer_that_brings_its_own():
    def made(lr):
        return lambda params: torch.optim.SGD(params, lr=lr)

    w = GDWidget()
    w.optimizer = made(0.5)
    assert w.lr == 0.5 == w.runs[0].lr
    w.lr = 0.1
    w.optimizer = "gd"
    w.step()
    assert w.lr == 0.1 == w.history["lr"][-1]
    race = GDWidget(optimizer=[made(0.5), made(0.3)])
    assert race.lr == [0.5, 0.3]
    race.lr = 0.1
    assert [run.lr for run in race.runs] == [0.1, 0.1]


def test_what_is_embedded_is_what_is_so_now_even_within_a_cell():
    async def cell():
        w = GDWidget()
        w.step(3)
        w.lr, w.title = 0.3, "Mine"
        w.step(20)
        return json.loads(w.get_state()["_snapshot"])

    snapshot = asyncio.run(cell())
    assert (snapshot["step"], snapshot["runs"][0]["lr"], snapshot["title"]) == (23, 0.3, "Mine")


def test_settings_of_the_readers_own_code_are_refused_as_in_the_call():
    a = np.array([-1.0, 1.0])

    def update():
        a[:] *= 0.9

    w = GDWidget(params=a, update=update)
    for name, value in {"lr": 0.3, "batch_size": 10, "momentum": 0.5, "optimizer": "adam"}.items():
        with pytest.raises(ValueError, match=rf"{name} is set in update\(\), whose code makes"):
            setattr(w, name, value)
    w.step(2)
    changes = {"guess": [5, 5], "lr": 0.3}
    w._hear({"json": json.dumps({"type": "set", "id": 1, "run": 0, "changes": changes})})
    assert (w.n_steps, w.guess) == (2, (-1, 1)) and w.error.startswith("lr is set in update()")


def test_arrays_are_pairs_too():
    w = GDWidget(betas=np.array([0.8, 0.9]), true_params=np.array([1.0, 0.0]))
    w.betas = np.array([0.8, 0.99])
    assert w.betas == (0.8, 0.99)
    with pytest.raises(ValueError, match="true_params must be left out where x and y are given"):
        GDWidget([1, 2], [3, 4], true_params=np.array([1.0, 0.0]))


def test_a_line_predicts_for_a_tensor_that_has_a_gradient():
    x = torch.tensor([0.0, 1.0], requires_grad=True)
    assert GDWidget().predict(x).tolist() == [1.0, 0.0]


def test_another_number_of_epochs_or_batch_size_counts_from_now_while_playing():
    w = GDWidget(n=100, n_epochs=10)
    w.play()
    w.step(3)
    stop_at = lambda: w._session.state.stop_at  # noqa: E731
    assert stop_at() == 10
    w.batch_size = 25
    assert stop_at() == 3 + 10 * 4
    w.n_epochs = 2
    assert stop_at() == 3 + 2 * 4
    w.pause()
    w.n_epochs = 5
    assert stop_at() is None


@pytest.mark.parametrize("bad", ["a", 1 + 2j, [[1, 2], [3]], {"x": [1]}])
def test_what_is_no_number_has_no_prediction(bad):
    with pytest.raises(ValueError, match="^x must be real numbers, in an array of one shape; got "):
        GDWidget().predict(bad)


@pytest.mark.parametrize(
    ("name", "value"),
    [("degree", 3), ("standardize", True), ("n", 5), ("engine", "torch"), ("update", None)],
)
def test_what_a_widget_is_made_with_cannot_be_changed_without_a_word(name, value):
    w = GDWidget()
    with pytest.raises(AttributeError, match=f"^{name} stays as the widget was made: make another"):
        setattr(w, name, value)
    w.mine = value  # as in any object of Python
    assert not hasattr(w, name)
