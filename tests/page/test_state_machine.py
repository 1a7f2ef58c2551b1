"""GDWidget, from Python and from a page at once, held against a plain model after every act.

`make test` has 200 conversations of up to 25 acts; `make soak` ten thousand.
"""

from __future__ import annotations

import json
import math
from base64 import b64decode
from html.parser import HTMLParser
from itertools import count
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gd_widget import GDWidget
from gd_widget.core.controls import VERDICTS
from tests.fuzz.plain_page import PlainPage
from tests.fuzz.plain_training import HEEDED, Points
from tests.fuzz.plain_widget import PlainWidget, RefusedError, made_up

numbers = st.floats(-3, 3).map(lambda x: round(x, 3))
pairs = st.tuples(numbers, numbers)
lrs = st.sampled_from([1e-3, 0.1, 0.3, 0.9, 1.5, 1e6, 1e150])
rules = st.sampled_from(list(HEEDED))
shares = st.sampled_from([0.0, 0.5, 0.9, 0.99])
SETTINGS = {
    "optimizer": rules,
    "lr": lrs,
    "batch_size": st.none() | st.integers(1, 9),
    "momentum": shares,
    "alpha": shares,
    "betas": st.tuples(shares, shares),
    "guess": pairs | st.just((1e200, 0.0)) | st.just((1e100, -1e100)),
    "steps_per_second": st.sampled_from([1.0, 60.0]),
    "playing": st.booleans(),
}
OF_PYTHON = {
    **SETTINGS,
    "n_epochs": st.none() | st.integers(1, 20),
    "panels": st.sampled_from([["fit"], ["loss", "fit"], ["code", "surface"]]),
    "hide": st.lists(st.sampled_from(VERDICTS), unique=True),
    "height": st.none() | st.integers(380, 900),
    "size": st.sampled_from(["normal", "large"]),
    "title": st.text(max_size=3).filter(lambda t: t.isprintable()),
    "x_label": st.sampled_from(["x", "age"]),
    "y_label": st.sampled_from(["y", "<b>"]),
}
BAD = {
    "optimizer": ["sgd", 3, []],
    "lr": [0, -1, math.nan, math.inf, "fast", None, []],
    "batch_size": [0, 1.5, "all"],
    "momentum": [1, -0.1, None],
    "alpha": [1, "a"],
    "betas": [(0.9,), (0.9, 1), 0.9],
    "guess": [(1,), "ab", (math.nan, 0)],
    "steps_per_second": [0, math.inf, "x"],
    "playing": [1, None, "yes"],
    "n_epochs": [0, 1.5],
    "panels": [[], ["fits"], ["fit", "fit"]],
    "controls": [[], ["lrr"], "expert"],
    "lock": [["save"], "lr"],
    "hide": [["worst"], None],
    "height": [379, 500.0],
    "size": ["huge", None],
    "title": [None, "\ud800"],
}


def one_of(choices: dict[str, Any]) -> Any:
    """A setting by name, and a value for it."""
    return st.sampled_from(list(choices)).flatmap(
        lambda name: st.tuples(st.just(name), choices[name])
    )


class Conversation(RuleBasedStateMachine):
    """One widget, one page, and the model of both."""

    def __init__(self) -> None:
        super().__init__()
        self.page, self.ids = PlainPage(), count(1)

    @initialize(
        n=st.integers(1, 12),
        seed=st.integers(0, 5),
        own=st.none() | st.lists(pairs, min_size=1, max_size=8),
        lr=lrs | st.lists(lrs, min_size=2, max_size=3),
        optimizer=rules | st.lists(rules, min_size=2, max_size=3),
        batch_size=SETTINGS["batch_size"],
        guess=pairs,
        n_epochs=OF_PYTHON["n_epochs"],
        engine=st.sampled_from(["numpy", "torch"]),
    )
    def begin(self, n, seed, own, lr, optimizer, batch_size, guess, n_epochs, engine):
        if isinstance(lr, list) and isinstance(optimizer, list):
            lr = (lr + lr)[: len(optimizer)]
        given = {"lr": lr, "optimizer": optimizer, "batch_size": batch_size, "guess": guess}
        given["n_epochs"] = n_epochs
        if own:
            x, y = np.array(own).T.copy()
            points = Points(x, y)
            self.w = GDWidget(x, y, engine=engine, **given)
        else:
            points = made_up(n, seed)
            self.w = GDWidget(n=n, seed=seed, engine=engine, **given)
        usual = {
            **{"momentum": 0.9, "alpha": 0.99, "betas": (0.9, 0.999), "steps_per_second": 10.0},
            **{"playing": False, "panels": ["fit", "surface", "loss", "code"]},
            **{"height": None, "size": "normal", "controls": None, "lock": [], "hide": []},
            **{"title": "Gradient descent", "x_label": "x", "y_label": "y"},
        }
        self.model = PlainWidget(points, {**usual, **given}, None if own else seed, self.w)
        self.w.send = self.page.take
        self.ask("hello")

    # ------------------------------------------------------------------------- from Python

    @rule(n=st.integers(0, 12))
    def step(self, n):
        self.w.step(n)
        self.model.train(n, self.w)
        self.model.error = "" if n else self.model.error

    @rule(n=st.integers(0, 20))
    def back(self, n):
        to = max(0, self.w.n_steps - n)
        self.w.back(n)
        self.model.seek(to, self.w)
        self.model.error = ""

    @rule(step=st.integers(-1, 25))
    def seek(self, step):
        if not 0 <= step < self.model.n_rows:
            with pytest.raises(ValueError, match="^step must be a whole number from 0 to "):
                self.w.seek(step)
            return
        self.w.seek(step)
        self.model.seek(step, self.w)
        self.model.error = ""

    @rule()
    def reset(self):
        self.w.reset()
        self.model.begin(self.w)

    @rule(seed=st.none() | st.integers(0, 9))
    def new_data(self, seed):
        if self.model.seed is None:
            with pytest.raises(ValueError, match="shows your own x and y"):
                self.w.new_data(seed)
            return
        self.w.new_data(seed)
        self.next_points(seed)

    def next_points(self, seed=None):
        self.model.seed = self.model.seed + 1 if seed is None else seed
        n = self.w._session.state.makes["n"]
        self.model.begin(self.w, made_up(n, self.model.seed))

    @rule()
    def play(self):
        self.w.play()
        self.model.set({"playing": True}, self.w)

    @rule()
    def pause(self):
        self.w.pause()
        self.model.set({"playing": False}, self.w)

    @rule(change=one_of(OF_PYTHON))
    def set_a_trait(self, change):
        name, value = change
        self.tried({name: value}, lambda: setattr(self.w, name, value))

    @rule(name=st.sampled_from(["lr", "optimizer"]), data=st.data())
    def set_a_trait_of_each_run(self, name, data):
        values = data.draw(st.lists(SETTINGS[name], min_size=1, max_size=3))
        self.tried({name: values}, lambda: setattr(self.w, name, values))

    def tried(self, changes, act):
        """Act; what must be refused, must raise."""
        try:
            act()
        except ValueError:
            with pytest.raises(RefusedError):
                self.model.set(changes, self.w)
        else:
            self.model.set(changes, self.w)

    @rule(change=one_of({name: st.sampled_from(values) for name, values in BAD.items()}))
    def set_a_trait_wrongly(self, change):
        name, value = change
        with pytest.raises(ValueError, match=f"^{name} must be "):
            setattr(self.w, name, value)

    @rule(call=st.sampled_from([("step", -1), ("step", 1.5), ("back", "x"), ("seek", None)]))
    def call_wrongly(self, call):
        name, value = call
        with pytest.raises(ValueError, match="must be a whole number"):
            getattr(self.w, name)(value)

    @rule(params=pairs | st.just((math.nan, 0.0)) | st.just((1e200, 1.0)))
    def record(self, params):
        if len(self.model.runs) > 1:
            with pytest.raises(ValueError, match="record is for a widget of one run"):
                self.w.record(np.array(params))
            return
        self.w.record(np.array(params))
        self.model.error = ""
        self.model.runs[0].record(params, self.w.history[-1])

    @rule()
    def save(self):
        with TemporaryDirectory() as folder:
            self.w.save(f"{folder}/page.html")
            self.w.save(f"{folder}/picture.svg")
            with open(f"{folder}/page.html", encoding="utf-8") as file:
                saved = Saved(file.read()).state
            with open(f"{folder}/picture.svg", encoding="utf-8") as file:
                assert "nan" not in file.read().lower().replace("nanum", "")
        rows = np.frombuffer(b64decode(saved["rows"]), "<f8")
        at = 0
        for run, about in zip(self.model.runs, saved["snapshot"]["saved"], strict=True):
            size = about["rows"] * about["width"]
            table = rows[at : at + size].reshape(-1, about["width"])
            at += size
            steps = table[:, 0].astype(int).tolist()
            assert steps[0] == 0 and steps[-1] == len(run.rows) - 1
            expected = [(*run.rows[i].params, run.rows[i].lr) for i in steps]
            np.testing.assert_array_equal(table[:, 1:4], expected)
        assert at == len(rows)

    # --------------------------------------------------------------------------- from the page

    def ask(self, kind, fails=False, **fields):
        """Have the page send something; it is answered once, by an error or else."""
        number = next(self.ids)
        message = {"type": kind, "id": number, **fields}
        self.w._handle_custom_msg({"json": json.dumps(message)}, [])
        [answer] = self.page.answers(number)
        is_error = answer["type"] == "error"
        if is_error:
            self.model.error = answer["message"]
            self.page.is_lost = True
        return answer

    @rule(ahead=st.integers(0, 3), steps=st.integers(1, 15), behind=st.integers(0, 1))
    def page_asks_for_rows(self, ahead, steps, behind):
        model, run = self.model, self.page.run - behind
        clock = model.clock
        self.page.forget_after(clock)
        after = clock + ahead
        goal = after + steps
        answer = self.ask("advance", run=max(0, run), after=after, steps=steps)
        if run != self.page.run and run >= 0:
            assert answer["type"] == "state"
            return
        assert answer["type"] == "rows"
        is_over = model.has_diverged and after > model.n_rows - 1
        was_converged = model.has_converged
        if goal > clock and not is_over:
            model.train(goal - clock, self.w, until_converged=True, may_be_slow=True)
        ends = goal > clock
        ended = "converged" if model.has_converged and not was_converged else ""
        ended = "diverged" if model.has_diverged else ended
        expected = ended if ends else ""
        assert answer["ended"] == expected or (model.is_on_edge and expected != "diverged")

    @rule(step=st.integers(0, 30), behind=st.integers(0, 1))
    def page_seeks(self, step, behind):
        run = max(0, self.page.run - behind)
        is_now = run == self.page.run
        self.ask("seek", run=run, step=step)
        self.model.error = ""
        if is_now:
            self.model.seek(min(step, self.model.n_rows - 1), self.w)

    @rule(
        changes=st.dictionaries(st.sampled_from(list(SETTINGS)), st.none(), max_size=3),
        step=st.none() | st.integers(0, 20),
        behind=st.integers(0, 1),
        data=st.data(),
    )
    def page_sets(self, changes, step, behind, data):
        changes = {name: data.draw(SETTINGS[name], name) for name in changes}
        for name in {"lr", "optimizer"} & set(changes):
            if data.draw(st.booleans()):
                changes[name] = data.draw(st.lists(SETTINGS[name], min_size=1, max_size=3))
        run = max(0, self.page.run - behind)
        is_now, model = run == self.page.run, self.model
        if step is not None and any(len(each.rows) <= step < model.n_rows for each in model.runs):
            step = (
                None  # a run that ended before makes that row now, by old settings or by new ones
            )
        fields = {} if step is None else {"step": step}
        answer = self.ask("set", run=run, changes=changes, **fields)
        message = model.error if answer["type"] == "error" else ""
        if step is not None and is_now and "guess" not in changes:
            model.seek(min(step, model.n_rows - 1), self.w)
        begins_again = changes.get("guess") == model.settings["guess"]
        model.error = ""
        try:
            model.set(changes, self.w)
        except RefusedError:
            assert message
        else:
            assert not message, message
            if begins_again:
                model.begin(self.w)
        model.error = message

    @rule(change=one_of({name: st.sampled_from(BAD[name]) for name in SETTINGS}))
    def page_sets_wrongly(self, change):
        name, value = change
        answer = self.ask("set", run=self.page.run, changes={name: value})
        assert answer["type"] == "error" and answer["message"].startswith(f"{name} must be ")

    @rule()
    def page_resets(self):
        assert self.ask("reset")["type"] == "state"
        self.model.begin(self.w)

    @rule()
    def page_asks_for_new_data(self):
        answer = self.ask("new_data")
        if self.model.seed is None:
            assert answer["message"].endswith("shows your own x and y")
        else:
            self.next_points()

    @rule(
        at=st.integers(0, 12),
        remove=st.integers(0, 3),
        insert=st.lists(pairs, max_size=2),
        step=st.integers(0, 20),
        behind=st.integers(0, 1),
    )
    def page_edits(self, at, remove, insert, step, behind):
        model, run = self.model, max(0, self.page.run - behind)
        is_now = run == self.page.run
        n = len(model.points.x)
        fields = {"at": at, "remove": remove, "insert": insert, "step": step}
        answer = self.ask("edit", run=run, **fields)
        if is_now and (at > n or remove > n - at or n - remove + len(insert) == 0):
            assert answer["type"] == "error"
            return
        x, y = (
            np.concatenate([old[:at], [pair[i] for pair in insert], old[at + remove :]])
            for i, old in enumerate(model.points)
        )
        shown = model.runs[0].rows[min(step, len(model.runs[0].rows) - 1)].params
        start = model.settings["guess"] if len(model.runs) > 1 else shown
        # A line that was near to some points may be infinitely far from others.
        if is_now and not np.isfinite([*np.hstack(Points(x, y).worth(start))]).all():
            assert answer["type"] == "error"
            return
        assert answer["type"] == "hello"
        model.error = ""
        if is_now:
            model.begin(self.w, Points(x, y), start)

    @rule(low=pairs, size=st.floats(1e-3, 5))
    def page_looks_closer(self, low, size):
        x, y = low
        answer = self.ask("picture", x=[x, x + size], y=[y, y + size])
        assert answer["type"] == "picture"

    # ------------------------------------------------------------------------- what must be so

    @invariant()
    @precondition(lambda self: hasattr(self, "w"))
    def all_agree(self):
        if self.page.is_lost:
            self.ask("hello")
            assert [len(rows) for rows in self.page.rows] == [len(r.rows) for r in self.model.runs]
        self.model.check(self.w)
        page, model = self.page, self.model
        assert page.run == self.w._session.state.run
        for rows, run in zip(page.rows, model.runs, strict=True):
            for step, row in rows.items():
                made = run.rows[step]
                np.testing.assert_array_equal(row, (*made.params, made.loss, *made.grad, made.lr))
        last = page.sent[-1]
        if last["type"] in ("hello", "state"):
            told = {name: page.told[name] for name in ("step", "stop_at", "n_rows")}
            assert told == {
                **{"step": model.clock, "stop_at": model.stop_at, "n_rows": model.n_rows}
            }
            assert page.told["status"] == self.w.status
            for name in ("batch_size", "momentum", "alpha", "steps_per_second", "playing"):
                assert page.told[name] == model.settings[name]
            for name in ("betas", "guess"):
                assert tuple(page.told[name]) == model.settings[name]
            for told, run in zip(page.told["runs"], model.runs, strict=True):
                own = (run.settings["optimizer"], run.settings["lr"], run.diverged_at)
                assert (told["optimizer"], told["lr"], told["diverged_at"]) == own
                assert run.step in page.rows[model.runs.index(run)]
        if last["type"] == "hello":
            for name in ("title", "x_label", "y_label", "panels", "hide", "height", "size"):
                assert page.told[name] == model.settings[name]
            assert page.told["n_epochs"] == model.settings["n_epochs"]
        page.sent.clear()
        page.sent.append(last)

    def teardown(self):
        if hasattr(self, "w"):
            self.w.close()


class Saved(HTMLParser):
    """What a saved page holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.state: dict[str, Any] = {}
        self._is_state = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._is_state = ("type", "application/json") in attrs

    def handle_data(self, data):
        if self._is_state:
            import json

            self.state = json.loads(data)
            self._is_state = False


TestConversation = Conversation.TestCase
TestConversation.settings = settings(
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
