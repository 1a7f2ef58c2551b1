"""What a page may not change, though it asks: its reader has no control for it."""

from __future__ import annotations

from typing import Any

import pytest

from gd_widget import GDWidget
from gd_widget.core.controls import BEGINNER, CONTROLS, STEER
from gd_widget.page.answers import receive
from gd_widget.page.messages import from_json


class Told(GDWidget):
    """A widget that keeps the last thing it said to its page."""

    def send(self, content: Any, buffers: Any = None) -> None:
        self.said = from_json(content)


def ask(w: Told, kind: str, **fields: Any) -> dict[str, Any]:
    """What the kernel answers."""
    receive(w._session, {"type": kind, "id": 1, "run": w._session.state.run, **fields})
    return w.said


REQUESTS: list[tuple[str, str, dict[str, Any]]] = [
    ("lr", "set", {"changes": {"lr": 0.5}}),
    ("optimizer", "set", {"changes": {"optimizer": "adam"}}),
    ("settings", "set", {"changes": {"momentum": 0.5}}),
    ("settings", "set", {"changes": {"batch_size": 10}}),
    ("speed", "set", {"changes": {"steps_per_second": 60}}),
    ("drag", "set", {"changes": {"guess": [0, 0]}}),
    ("drag", "edit", {"step": 0, "at": 0, "remove": 1, "insert": []}),
    ("reset", "reset", {}),
    ("data", "new_data", {}),
]


@pytest.mark.parametrize(("control", "kind", "fields"), REQUESTS)
@pytest.mark.parametrize("how", ["locked", "left out", "free"])
def test_a_page_changes_nothing_by_a_control_that_its_reader_does_not_have(
    control, kind, fields, how
):
    frame: dict[str, Any] = {
        "locked": {"lock": [control]},
        "left out": {"controls": [name for name in CONTROLS if name != control]},
        "free": {"lock": [name for name in STEER if name != control]},
    }[how]
    w = Told(engine="numpy", **frame)
    w.step(3)
    before = repr(w), w.momentum, w.guess, w.steps_per_second
    answer = ask(w, kind, **fields)
    if how == "free":
        assert answer["type"] in ("state", "hello")
        return
    assert answer["type"] == "error"
    asked = next(iter(fields.get("changes", {kind: 0})))
    assert answer["message"].startswith(f"{asked} is not for readers to change here: ")
    assert (repr(w), w.momentum, w.guess, w.steps_per_second) == before


def test_python_may_change_what_is_locked():
    w = Told(engine="numpy", lock=["lr", "reset"], controls="beginner")
    w.lr = 0.5
    w.step(2)
    w.reset()
    assert (w.lr, w.n_steps) == (0.5, 0)


def test_a_page_that_comes_to_the_end_may_say_that_it_no_longer_plays():
    w = Told(engine="numpy", lock=["play"])
    w.play()
    assert ask(w, "set", changes={"playing": False})["type"] == "state"
    assert not w.playing


def test_what_a_teacher_leaves_is_told_to_pages_and_kept():
    w = Told(controls="beginner", hide=("best",), lock=("lr",))
    told = {"controls": "beginner", "hide": ["best"], "lock": ["lr"]}
    assert ask(w, "hello").items() >= told.items()
    assert w._snapshot.items() >= told.items()
    w.hide = []
    assert ask(w, "hello")["hide"] == []
    assert set(BEGINNER) < set(CONTROLS)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"controls": ["plya"]}, r"^controls must be a list of .*; did you mean 'play'\?$"),
        ({"controls": "expert"}, "^controls must be a list of some of 'reset'"),
        ({"controls": []}, "^controls must be"),
        ({"lock": ["Lr"]}, r"^lock must be .* did you mean 'lr'\?$"),
        ({"lock": ["save"]}, "^lock must be a list of some of"),
        ({"hide": ["advise"]}, r"^hide must be .* did you mean 'advice'\?$"),
        ({"hide": "best"}, "^hide must be a list of some of 'best'"),
        ({"hide": ["best", "best"]}, "^hide must be"),
        ({"hide": [7]}, "^hide must be"),
    ],
)
def test_a_name_that_is_none_has_the_nearest_one_named(bad, said):
    with pytest.raises(ValueError, match=said):
        GDWidget(**bad)
    w = GDWidget()
    [(name, value)] = bad.items()
    before = getattr(w, name)
    with pytest.raises(ValueError, match=said):
        setattr(w, name, value)
    assert getattr(w, name) == before
