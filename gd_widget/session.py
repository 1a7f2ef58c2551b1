"""A trainer in conversation with pages: what they ask, what they are told.

The page owns the clock: it asks for rows and plays them (the messages are in protocol.py), and
nothing here runs by itself. Requests may arrive on any thread while a cell trains on another,
so everything that touches the trainer holds one lock. This file knows nothing of widgets: it
is given a function that sends, and one to call when something has changed.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from time import sleep
from typing import Any, NamedTuple

import numpy as np

from gd_widget import protocol
from gd_widget.advice import advise
from gd_widget.arguments import problem, whole_number
from gd_widget.data import Params, Points
from gd_widget.gradients import describe_engine
from gd_widget.outbox import Outbox
from gd_widget.trainer import Trainer

Send = Callable[[dict[str, Any], list[bytes]], None]

SECONDS_PER_SLICE = 0.05
"""Training lets other threads in, and tells the page, at least this often."""

COMMANDS = {"seek", "set", "edit", "reset", "new_data"}
"""What a person asked for: its success ends the showing of an earlier error."""


class Saved(NamedTuple):
    """A session at rest: JSON, and the points and rows as protocol.py packs them."""

    snapshot: dict[str, Any]
    points: bytes
    rows: bytes


class Session:
    """One trainer, its settings, and what the pages that show it know.

    settings : lr, guess, steps_per_second, playing, n_epochs, panels, title, x_label, y_label,
        all checked.
    facts : what a page is told of the data beside the points, as JSON.
    send : called with a message's content and buffers.
    changed : called, under the lock, whenever anything has changed.
    new_points : makes the points that a page's "new data" asks for.
    """

    def __init__(
        self,
        trainer: Trainer,
        settings: dict[str, Any],
        facts: dict[str, Any],
        *,
        send: Send,
        changed: Callable[[], None],
        new_points: Callable[[], Points] | None = None,
    ) -> None:
        self.trainer = trainer
        self.settings = settings
        self.facts = facts
        self.error = ""
        self._send = send
        self._changed = changed
        self._new_points = new_points
        self.lock = RLock()  # held by whoever wants the session to stay as it is
        self._depth = 0  # how many changing() blocks are open
        self._run = 0
        self._told = 0  # the last step whose row the pages were sent
        self._all_is_new = False  # whether the pages need more than the state
        self._stop_at: int | None = None
        self._packed: tuple[Points, tuple[bytes, Params]] | None = None  # the last ones packed
        self._outbox = Outbox(self._tell)

    # -------------------------------------------------------- what changes a session

    def step(self, n: int) -> None:
        """Train n steps; fewer only where the numbers stop being finite."""
        missing = whole_number("n", n, least=0)
        try:
            while missing > 0:
                with self.changing():
                    self.error = ""
                    made = self._train(missing)
                missing = missing - made if made else 0
                sleep(0)  # else the lock is taken again before another thread wakes up
        except BaseException:
            # An interrupt may come while the last slice is being told of.
            with self.changing():
                pass
            raise

    def _train(self, n: int, until_converged: bool = False) -> int:
        # Rows from here on may be replaced, and are news to the pages again.
        self._told = min(self._told, self.trainer.n_steps)
        return self.trainer.step(n, seconds=SECONDS_PER_SLICE, until_converged=until_converged)

    def seek(self, step: int) -> None:
        """Go to a step already made."""
        with self.changing():
            before = self.trainer.n_steps
            self.trainer.seek(step)
            self.error = ""
            self._run += self.trainer.n_steps != before

    def reset(self) -> None:
        """Begin again from the guess, paused."""
        with self.changing():
            self.trainer.reset()
            self._begin_anew()
            self.set(playing=False)

    def new_data(self, points: Points, start: Params | None = None) -> None:
        """Begin again on other points, paused, from `start` or else the guess."""
        with self.changing():
            self.trainer.new_data(points, start)
            self._begin_anew()
            self._all_is_new = True
            self.set(playing=False)

    def _begin_anew(self) -> None:
        self.error = ""
        self._run += 1
        self._told = 0

    def set(self, **changes: Any) -> None:
        """Change settings, given as checked values. What is so already is no change."""
        changes = {name: v for name, v in changes.items() if self.settings[name] != v}
        if not changes:
            return
        with self.changing():
            if "guess" in changes:  # first: it alone may be refused
                self.trainer.guess = changes["guess"]
                self._begin_anew()
                changes["playing"] = False
            self.error = ""
            for name, value in changes.items():
                self.settings[name] = value
                if name == "lr":
                    self.trainer.lr = value
                    self._run += 1
                elif name == "playing":
                    self._stop_at = self._end_of_play() if value else None
                    self._run += not value  # what a page asked for just before comes too late
                elif name not in protocol.SETTINGS:
                    self._all_is_new = True

    def _end_of_play(self) -> int | None:
        n_epochs = self.settings["n_epochs"]
        return None if n_epochs is None else self.trainer.n_steps + n_epochs

    @contextmanager
    def changing(self, tell: bool = True) -> Iterator[None]:
        """Hold the lock; afterwards, however it ended, say once what is so now.

        tell : whether the pages are told too; False where they get an answer anyway.
        """
        with self.lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    try:
                        self._changed()
                    finally:
                        if tell:
                            self._outbox.post()

    @property
    def history(self) -> np.ndarray:
        """The trainer's, whole even while another thread trains."""
        with self.lock:
            return self.trainer.history

    # ------------------------------------------------------------- what a page is told

    @property
    def status(self) -> str:
        """error, diverged, playing, converged, paused or ready: the first that holds."""
        if self.error:
            return "error"
        if self.settings["playing"] and self.trainer.diverged_at is None:
            return "playing"
        return self._status_at_rest

    @property
    def _status_at_rest(self) -> str:
        if self.trainer.diverged_at is not None:
            return "diverged"
        if self.trainer.converged:
            return "converged"
        return "paused" if self.trainer.n_steps else "ready"

    @property
    def advice(self) -> str:
        """What is wrong with the training, in a sentence, or ""."""
        return advise(self.trainer)

    def state(self) -> dict[str, Any]:
        """What changes while training, as JSON; `row` begins with its step number."""
        trainer = self.trainer
        step = trainer.n_steps
        return {
            "run": self._run,
            "n_rows": trainer.n_rows,
            "row": [step, *trainer.rows(step, step + 1)[0].tolist()],
            "status": self.status,
            "advice": self.advice,
            "stop_at": self._stop_at,
            **{name: self.settings[name] for name in protocol.SETTINGS},
        }

    def snapshot(self) -> dict[str, Any]:
        """Everything but the points and the earlier rows, as JSON."""
        trainer = self.trainer
        bowl = trainer.bowl
        state = self.state()
        return {
            **state,
            **{name: value for name, value in self.settings.items() if name not in state},
            **self.facts,
            "engine": describe_engine(trainer.engine),
            "bowl": dict(vars(bowl)),
            "spread": self._packed_points()[1],
        }

    def points(self) -> bytes:
        """The points as a page draws them."""
        return self._packed_points()[0]

    def _packed_points(self) -> tuple[bytes, Params]:
        points = self.trainer.points
        if self._packed is None or self._packed[0] is not points:
            self._packed = points, protocol.pack_points(points, self.trainer.bowl)
        return self._packed[1]

    def saved(self) -> Saved:
        """All that a page needs to go on without a kernel; the same for the same state."""
        with self.lock:
            at_rest = {"playing": False, "stop_at": None, "status": self._status_at_rest}
            steps, rows = self.trainer.thinned_rows(protocol.MOST_SAVED_ROWS)
            return Saved(
                {**self.snapshot(), **at_rest},
                self.points(),
                protocol.pack_saved_rows(steps, rows),
            )

    def _tell(self) -> None:
        with self.lock:
            if self._all_is_new:
                self._send_everything(None)
                return
            if self.trainer.n_rows - 1 > self._told:
                self._send_rows(None, self._told + 1, self.trainer.n_rows)
            self._send_state(None)

    def _send_everything(self, answer_to: int | None) -> None:
        self._all_is_new = False
        self._told = self.trainer.n_rows - 1
        rows, every = protocol.pack_rows(self.trainer.rows(), 0)
        content = {"type": "hello", "id": answer_to, "every": every, **self.snapshot()}
        self._send(content, [self.points(), rows])

    def _send_state(self, answer_to: int | None) -> None:
        self._send({"type": "state", "id": answer_to, **self.state()}, [])

    def _send_rows(self, answer_to: int | None, start: int, stop: int, ended: str = "") -> None:
        rows, every = protocol.pack_rows(self.trainer.rows(start, stop), start)
        content = {"type": "rows", "id": answer_to, "run": self._run, "after": start - 1}
        self._send({**content, "every": every, "ended": ended}, [rows])
        self._told = max(self._told, stop - 1)

    # --------------------------------------------------------------- what a page asks

    def receive(self, content: Any) -> None:
        """Answer one message from a page; whatever is wrong is answered too, with `error`."""
        answer_to = content.get("id") if isinstance(content, dict) else None
        try:
            message = protocol.read_message(content)
            with self.changing(tell=False):
                if message["type"] in COMMANDS:
                    self.error = ""
                getattr(self, f"_answer_{message['type']}")(message)
        except Exception as error:
            self.report(error, answer_to)

    def report(self, error: Exception, answer_to: int | None = None) -> None:
        """Tell the pages of an error; nothing else shows what goes wrong in a handler."""
        expected = isinstance(error, ValueError)
        hint = "" if expected else "The traceback is in this widget's error details."
        with self.changing(tell=False):
            if not expected:  # training itself failed: the page has nothing to play
                self.set(playing=False)
            self.error = str(error) or type(error).__name__
            content = {"type": "error", "id": answer_to, "message": self.error, "hint": hint}
            trace = "" if expected else "".join(traceback.format_exception(error))
            self._send({**content, "traceback": trace}, [])

    def _answer_hello(self, message: dict[str, Any]) -> None:
        self._send_everything(message["id"])

    def _answer_advance(self, message: dict[str, Any]) -> None:
        after, steps = message["after"], message["steps"]
        trainer = self.trainer
        if message["run"] != self._run:
            self._send_state(message["id"])
            return
        last = trainer.n_rows - 1
        if after > last + protocol.MOST_STEPS:
            raise problem("after", f"at most {protocol.MOST_STEPS} steps beyond {last}", after)
        # A slow kernel answers a request with fewer rows, and the next one from where it got to.
        start, goal = min(after, last), after + steps
        ended = ""
        if goal > trainer.n_steps:
            was_converged = trainer.converged
            self._train(goal - trainer.n_steps, until_converged=True)
            if trainer.diverged_at is not None:
                ended = "diverged"
            elif trainer.converged and not was_converged:
                ended = "converged"
        self._send_rows(message["id"], start + 1, min(goal, trainer.n_steps) + 1, ended)

    def _answer_seek(self, message: dict[str, Any]) -> None:
        self._go_where_the_page_is(message)
        self._send_state(message["id"])

    def _answer_set(self, message: dict[str, Any]) -> None:
        changes = message["changes"]
        if "guess" not in changes:  # which begins again wherever the page is
            self._go_where_the_page_is(message)
        elif changes["guess"] == self.settings["guess"]:
            self.reset()  # for set(), what is so already is no change
        self.set(**changes)
        self._send_state(message["id"])

    def _go_where_the_page_is(self, message: dict[str, Any]) -> None:
        # What a page says of a run that is over is about rows that may be gone.
        # The page may not have heard yet that there are fewer rows than it shows.
        if "step" in message and message["run"] == self._run:
            self.seek(min(message["step"], self.trainer.n_rows - 1))

    def _answer_reset(self, message: dict[str, Any]) -> None:
        self.reset()
        self._send_state(message["id"])

    def _answer_edit(self, message: dict[str, Any]) -> None:
        trainer = self.trainer
        n = len(trainer.points)
        if n > protocol.MOST_POINTS:
            raise problem("n", f"at most {protocol.MOST_POINTS} for points to be edited", n)
        # An edit made on points that are no longer there is none.
        if message["run"] == self._run:
            points = trainer.points.spliced(message["at"], message["remove"], message["insert"])
            shown = min(message["step"], trainer.n_rows - 1)
            slope, intercept = trainer.rows(shown, shown + 1)[0, :2].tolist()
            self.new_data(points, start=(slope, intercept))
        self._send_everything(message["id"])

    def _answer_new_data(self, message: dict[str, Any]) -> None:
        if self._new_points is None:
            raise ValueError("new_data makes points, and this widget shows your own x and y")
        self.new_data(self._new_points())
        self._send_everything(message["id"])
