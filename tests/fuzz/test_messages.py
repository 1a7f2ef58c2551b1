"""Whatever comes over the wire, the handler answers with an error, and nothing has changed."""

from __future__ import annotations

import json
import math
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gd_widget import GDWidget
from gd_widget.page.messages import MESSAGES

a_few = settings(max_examples=max(30, settings().max_examples // 8))  # each takes long


class Wire:
    """A widget in the midst of training, and all that it sends."""

    def __init__(self, **options):
        self.sent = []
        self.w = GDWidget(n=5, engine="numpy", **options)
        self.w.step(3)
        self.w.seek(2)
        self.w.send = self.take

    def take(self, content, buffers=None):
        self.sent.append(json.loads(content["json"]))
        assert all(isinstance(buffer, bytes) for buffer in buffers or [])

    def say(self, content, buffers=()):
        """What a page says, through the widget's own handler; what it is answered."""
        self.sent.clear()
        with suppress(TypeError):  # bytes are no JSON, and go as they are
            content = {"json": json.dumps(content)}
        self.w._handle_custom_msg(content, list(buffers))
        return self.sent

    def state(self):
        """All that there is to know, but for the error itself."""
        session = self.w._session
        error, session.state.error = session.state.error, ""
        try:
            return (
                session.state.snapshot(),
                session.state.settings.copy(),
                self.w._trainer.rows().tolist(),
            )
        finally:
            session.state.error = error


WIRE = Wire()
RACE = Wire(lr=[0.1, 0.2])

HOSTILE = [
    *(None, True, False, 0, -1, 10**400, -(10**400), 2**53 + 1, 1e308, -0.0, 0.5),
    *(math.nan, math.inf, -math.inf, "", "NaN", "1", "\x00", "\ud800", "__class__", "é" * 50),
    *([], [[]], [None], [1, 2, 3], {}, {"a": {}}, {"__proto__": 1}, [["x", "y"]]),
    *([math.nan, 1], [1e200, 1e200], [0, 10**400], ["gd"] * 9, [0.1] * 9, [[0.1], [0.1]]),
]
DEEP = json.loads("[" * 900 + "]" * 900)
"""About as deep as JSON can be that arrives."""

anything = st.recursive(
    st.sampled_from(HOSTILE) | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
RIGHT = {
    "id": 1,
    "run": 0,
    "after": 2,
    "steps": 1,
    "step": 2,
    "changes": {},
    "held": False,
    "lang": "es",
    "at": 0,
    "remove": 0,
    "bet": 0,
    "answer": None,
    "insert": [],
    "x": [-1, 1],
    "y": [-1, 1],
}
NAMES = ["lr", "optimizer", "batch_size", "momentum", "alpha", "betas", "guess", "playing"]


def must_be_refused(wire, content, buffers=()):
    before, run = wire.state(), wire.w._session.state.run
    answers = wire.say(content, buffers)
    assert [answer["type"] for answer in answers] == ["error"]
    [answer] = answers
    assert answer["message"] and answer["traceback"] == ""
    assert len(answer["message"]) < 500
    assert wire.w.error == answer["message"] and wire.w.status == "error"
    assert wire.state() == before and wire.w._session.state.run == run


@given(
    content=anything | st.binary(max_size=9), buffers=st.lists(st.binary(max_size=20), max_size=3)
)
def test_what_is_no_message_is_refused(content, buffers):
    must_be_refused(WIRE, content, buffers)


@pytest.mark.parametrize(
    "content",
    [
        DEEP,
        {"type": DEEP, "id": 1},
        {"type": "hello", "id": DEEP},
        {"type": "set", "id": 1, "run": 0, "changes": DEEP},
        {"type": "set", "id": 1, "run": 0, "changes": {"lr": DEEP, "playing": DEEP}},
        {"type": "set", "id": 1, "run": 0, "changes": {"guess": DEEP}},
        {"type": "edit", "id": 1, "run": 0, "step": 0, "at": 0, "remove": 0, "insert": DEEP},
    ],
    ids=range(7),
)
def test_what_is_nested_as_deep_as_can_be_is_refused(content):
    must_be_refused(WIRE, content)


@pytest.mark.parametrize("kind", MESSAGES)
@a_few
@given(data=st.data())
def test_a_field_that_is_wrong_is_refused(kind, data):
    wire = data.draw(st.sampled_from([WIRE, RACE]))
    fields = {name: RIGHT[name] for name in MESSAGES[kind]}
    name = data.draw(st.sampled_from(list(fields)))
    value = data.draw(st.sampled_from(HOSTILE) | anything)
    message = {"type": kind, **fields, "run": wire.w._session.state.run, name: value}
    if is_right(kind, name, value):
        answers = wire.say(message)
        assert len([one for one in answers if one["id"] == message["id"]]) == 1
        assert np.isfinite(wire.w._trainer.rows()[:, :5]).all()
    else:
        must_be_refused(wire, message)


def is_right(kind, name, value):
    """Whether a field may be so; what is right by itself may still be refused."""
    try:
        MESSAGES[kind][name](name, value)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", NAMES)
@a_few
@given(value=st.sampled_from(HOSTILE) | anything, step=st.none() | st.integers(0, 3))
def test_a_setting_is_taken_or_refused_and_never_half(name, value, step):
    wire = Wire()
    before, run = wire.state(), wire.w._session.state.run
    fields = {} if step is None else {"step": 2}
    content = {"type": "set", "id": 1, "run": run, "changes": {name: value}, **fields}
    [answer] = [one for one in wire.say(content) if one["id"] == 1]
    if answer["type"] == "error":
        assert answer["traceback"] == ""
        assert wire.state() == before
    else:
        assert answer["type"] == "state"
        json.dumps(wire.w._session.state.settings[name], allow_nan=False)
    assert wire.w.lr == wire.w._session.state.settings["lr"]
    wire.w.step(2)
    assert np.isfinite(wire.w._trainer.rows()[:, :5]).all()


@given(
    sync=st.dictionaries(
        st.sampled_from(["lr", "steps_per_second", "playing", "n_steps", "_snapshot", "zzz"]),
        st.sampled_from(HOSTILE) | anything,
        max_size=3,
    )
)
def test_what_a_page_sets_of_the_model_is_taken_or_shown_as_an_error(sync):
    wire = Wire()
    wire.w.set_state(sync)
    session = wire.w._session
    assert all(one["type"] in ("error", "state", "hello") for one in wire.sent)
    assert wire.w.lr == session.state.settings["lr"] == wire.w._trainer.lr
    assert wire.w.playing is session.state.settings["playing"]
    assert 0 < wire.w.lr < math.inf and 0 < wire.w.steps_per_second < math.inf
