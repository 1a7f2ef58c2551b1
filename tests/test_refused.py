"""Bad input of other losses, of points held back and of functions: named, and nothing is changed.

Made with it, no widget is left half made; set on one that lives, all of that one is as it was.
"""

from __future__ import annotations

import gc
import json
import re
from contextlib import contextmanager
from typing import ClassVar
from unittest.mock import patch
from weakref import WeakSet

import comm
import numpy as np
import pytest
import torch
from ipywidgets.widgets import widget

from gd_widget import GDWidget

X = np.arange(6.0)
ANSWERS = [0, 0, 1, 0, 1, 1]
ASKED = {"x": X, "y": ANSWERS, "loss": "cross_entropy"}
ONE_OF_TWO = {"x": [0, 1], "y": [1, 3]}
SIDES = "validation must leave at least one point on each side; got "


def bowl(x, y):
    return x**2 + y**2


def vector(x, y):
    return torch.stack([x, y])


def whole(x, y):
    return 3


def nan(x, y):
    return torch.log(x) + y**2


def detached(x, y):
    return x.detach() * y.detach()


def three(x, y, z):
    return x * y * z


BAD = {
    "y of other values": (
        ASKED | {"y": [0, 1, -1, 2, 0.5, 1]},
        "y must be 0 or 1 for loss='cross_entropy'; got -1, 0.5, 2",
    ),
    "y of other values in a race": (
        ASKED | {"y": X, "loss": ["mse", "cross_entropy"]},
        "y must be 0 or 1 for loss='cross_entropy'; got 2, 3, 4",
    ),
    "made y": ({"loss": "cross_entropy"}, "y must be 0 or 1 for loss='cross_entropy'; got "),
    "y held back of other values": (
        ASKED | {"y": [0, 1, 0, 1, 0, 2], "validation": [5]},
        "y must be 0 or 1 for loss='cross_entropy'; got 2",
    ),
    "delta": ({"loss": "huber", "delta": 0}, "delta must be a positive number; got 0"),
    "a share that holds back none": (
        {"n": 30, "validation": 0.001},
        f"{SIDES}0.001, which holds back 0 of 30",
    ),
    "a share that holds back all": (
        {"n": 30, "validation": 0.999},
        f"{SIDES}0.999, which holds back 30 of 30",
    ),
    "a share of two": (ONE_OF_TWO | {"validation": 0.9}, f"{SIDES}0.9, which holds back 2 of 2"),
    "a mask of none": (
        ONE_OF_TWO | {"validation": [False, False]},
        f"{SIDES}[False, False], which holds back 0 of 2",
    ),
    "a mask of all": (
        ONE_OF_TWO | {"validation": np.array([True, True])},
        f"{SIDES}[True, True], which holds back 2 of 2",
    ),
    "places of all": (ONE_OF_TWO | {"validation": [1, 0]}, f"{SIDES}[1, 0], which holds back 2"),
    "a vector": (
        {"function": vector},
        "function must return one number; got a tensor of shape (2,): take its .sum() or .mean()",
    ),
    "an int": ({"function": whole}, "function must return a tensor, computed of x and y; got a plain int, 3"),
    "NaN": ({"function": nan}, "guess must be where the function is finite; got f(-1.0, 2.0) = nan"),
    "detached": ({"function": detached}, "function must be computed from x and y; got a tensor without"),
    "three": (
        {"function": three},
        "function must be a function of two tensors, f(x, y); got three(x, y, z), which takes 3",
    ),
}  # fmt: skip


def arguments(bad):
    return ({"guess": (-1, 2)} if "function" in bad else {}) | bad


def random_numbers():
    """Where all random numbers, of whoever draws them, come from."""
    _, words, place, *_ = np.random.get_state()
    return words.tolist(), place, torch.get_rng_state().tolist()


class Counted(GDWidget):
    """A widget that is known of for as long as anything has it."""

    living: ClassVar = WeakSet()

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls, *args, **kwargs)
        cls.living.add(self)
        return self


@contextmanager
def as_it_was():
    """Nothing outside of a widget is touched: no random number, no setting, no channel opened."""
    before = random_numbers(), {*widget._instances}
    with patch.object(comm, "create_comm", side_effect=AssertionError("a channel was opened")):
        yield
    gc.collect()
    assert not Counted.living
    assert (random_numbers(), {*widget._instances}) == before
    assert torch.is_grad_enabled()


@pytest.mark.parametrize("bad", BAD)
def test_no_widget_is_left_half_made(bad):
    given, words = BAD[bad]
    copies = json.dumps(given, default=repr)
    with as_it_was():
        with pytest.raises(ValueError, match=re.escape(words)) as error:
            Counted(**arguments(given))
        assert str(error.value).startswith(("y ", "delta ", "validation ", "function ", "guess "))
        error = None
    assert json.dumps(given, default=repr) == copies, "what was given is as it was"


def everything(w):
    """All that can be read of a widget, and all that a page or a notebook has of it."""
    state = w._session.state
    read = {name: getattr(w, name) for name in w.trait_names() if name in w._session.told}
    return json.dumps(
        [
            *(state.traits(), w._session.told, read, w.params, w.grad, w.names, w.best),
            *([run.history.tobytes().hex(), run.params] for run in w.runs),
            [np.asarray(part).tolist() for part in (w.held_back or ())],
            *(state.snapshot(), state.saved()._asdict(), w.get_state(), w.status, w.forecast),
            [state.run, state.stop_at, repr(w), id(state.race.first.points)],
        ],
        default=lambda part: part.hex() if isinstance(part, bytes | memoryview) else repr(part),
    )


MADE = {
    "yes or no": lambda: GDWidget(X, ANSWERS, loss="cross_entropy", validation=[0, 4], lr=0.5),
    "huber": lambda: GDWidget(n=12, loss="huber", delta=0.5, validation=0.3),
    "a race": lambda: GDWidget(n=12, loss=["mse", "huber", "mae"]),
    "function": lambda: GDWidget(function=bowl, guess=(1, 2)),
    "named": lambda: GDWidget(function="rosenbrock"),
}


def played(make):
    """A widget that is played, some steps into its training."""
    w = make()
    w.step(5)
    w.back(2)
    w.play()
    return w


SET = {
    "y": [0, 2, 1, 0, 0, 1],
    "x": X[:3],
    "delta": 0,
    "ridge": -1,
    "loss": "cross_entropy",
    "validation": 0.999,
    "function": vector,
    "params": (1, 2),
}


@pytest.mark.parametrize("made", MADE)
def test_what_a_living_widget_was_made_with_cannot_be_set(made):
    w = played(MADE[made])
    before = everything(w)
    for name, value in SET.items():
        words = f"^{name} stays as the widget was made: make another, GDWidget\\(…, {name}="
        with pytest.raises(AttributeError, match=words):
            setattr(w, name, value)
    assert everything(w) == before


def said_by_a_page(w, **message):
    """What is said back to a page; that is told of an error, and so is `error`."""
    w._hear({"json": json.dumps({"id": 1, "run": w._session.state.run, **message})})
    error = w.error
    w._session.state.error = ""
    w._session.told = w._session.state.traits()
    return error


EDIT = {"type": "edit", "step": 3, "at": 0, "remove": 1, "insert": []}
OF_ANSWERS = "y must be 0 or 1 for loss='cross_entropy'; got 0.3"
LAST = "points must be at least one; the last one cannot be removed"
SAID = {
    "an answer": ("yes or no", EDIT | {"insert": [[0, 0.3]]}, OF_ANSWERS),
    "one held back": ("yes or no", EDIT | {"insert": [[0, 0.3]], "held": True}, OF_ANSWERS),
    "all that is trained on": ("yes or no", EDIT | {"remove": 4}, LAST),
    "all that is held back": ("yes or no", EDIT | {"remove": 2, "held": True}, LAST),
    "all of a share": ("huber", EDIT | {"remove": 4, "held": True}, LAST),
    "a loss": ("yes or no", {"type": "set", "step": 3, "changes": {"loss": "mean"}}, "loss"),
    "delta": ("huber", {"type": "set", "step": 3, "changes": {"delta": 0}}, "delta"),
    "NaN": ("function", {"type": "set", "step": 3, "changes": {"guess": [1e200, 0]}}, "guess must be"),
}  # fmt: skip


@pytest.mark.parametrize("what", SAID)
def test_a_page_that_says_it_changes_nothing(what):
    made, message, words = SAID[what]
    w = played(MADE[made])
    before = everything(w)
    assert words in said_by_a_page(w, **message)
    assert everything(w) == before


@pytest.mark.parametrize("made", ["function", "named"])
@pytest.mark.parametrize(
    ("far", "words"),
    [
        ((1e200, 0), "guess must be where the loss is finite; got (1e+200, 0.0)"),
        ((float("nan"), 0), "guess must be"),
        ((1, 2, 3), "guess must be two finite numbers"),
    ],
)
def test_a_guess_without_a_value_is_refused_and_so_is_a_loop_that_goes_there(made, far, words):
    w = played(MADE[made])
    before = everything(w)
    with pytest.raises(ValueError, match=re.escape(words)):
        w.guess = far
    assert everything(w) == before


def test_a_loop_that_goes_where_there_is_no_parameter_is_refused():
    w = played(MADE["function"])
    before = everything(w)
    with pytest.raises(ValueError, match="params must be"):
        w.record((1.0, 2.0, 3.0))
    assert everything(w) == before
