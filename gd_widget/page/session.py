"""A race in conversation with pages: what they ask, what they are told.

The page owns the clock: it asks for rows and plays them (the messages are in messages.py), and
nothing here runs by itself. Requests may arrive on any thread while a cell trains on another,
so everything that touches a trainer holds one lock. This file knows nothing of widgets: it
is given a function that sends, and one to call when something has changed.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

from gd_widget.core.checks import problem, whole_number
from gd_widget.core.settings import RULE_SETTINGS
from gd_widget.core.types import Params
from gd_widget.data.points import MOST_POINTS, Data, Points, are_many
from gd_widget.page import messages, packing
from gd_widget.page.outbox import Outbox
from gd_widget.page.state import Standing
from gd_widget.training.race import Race
from gd_widget.training.readers_code import RECORDED, readers_loop
from gd_widget.words.sentence import sentence

Send = Callable[[dict[str, Any], list[bytes]], None]

SECONDS_PER_SLICE = 0.05
"""Training lets other threads in, and tells the page, at least this often."""

COMMANDS = {"seek", "set", "edit", "reset", "new_data"}
"""What a person asked for: its success ends the showing of an earlier error."""

INTERRUPTED = "Interrupted. The steps made before are kept."


class Session(Standing):
    """A race that is changed, by Python and by pages, and what the pages know of it.

    race, settings, facts : see Standing.
    send : called with a message's content and buffers.
    changed : called, under the lock, whenever anything has changed.
    new_points : makes the points that a page's "new data" asks for, and says of what.
    """

    def __init__(
        self,
        race: Race,
        settings: dict[str, Any],
        facts: dict[str, Any],
        *,
        send: Send,
        changed: Callable[[], None],
        new_points: Callable[[], tuple[Points, dict[str, Any]]] | None = None,
    ) -> None:
        super().__init__(race, settings, facts)
        self._send = send
        self._changed = changed
        self._new_points = new_points
        self._depth = 0  # how many changing() blocks are open
        self._told = 0  # the last step whose row the pages were sent
        self._all_is_new = False  # whether the pages need more than the state
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
                    is_over = made == 0 or self.race.diverged
                missing = 0 if is_over else missing - made
                sleep(0)  # else the lock is taken again before another thread wakes up
        except BaseException as error:
            # An interrupt may come while the last slice is being told of.
            with self.changing():
                if self._is_readers(error):
                    self.report(error)
            raise

    def _train(self, n: int, until_converged: bool = False) -> int:
        # Rows from here on may be replaced, and are news to the pages again.
        self._told = min(self._told, self.race.n_steps)
        return self.race.step(n, seconds=SECONDS_PER_SLICE, until_converged=until_converged)

    def record(self, params: Any) -> None:
        """Take over the next row from a loop of the reader's own."""
        with self.changing():
            if len(self.race.trainers) > 1:
                n = len(self.race.trainers)
                raise ValueError(f"record is for a widget of one run; this is a race of {n}")
            trainer = self.race.first
            if self._recorder is None:
                self._recorder = readers_loop()
            made = self._recorder.record(trainer.n_steps, params)
            self.error = ""
            self._told = min(self._told, trainer.n_steps)
            trainer.record(made, RECORDED)

    def seek(self, step: int) -> None:
        """Go to a step already made."""
        with self.changing():
            before = self.race.n_steps
            self.race.seek(step)
            self.error = ""
            if self.race.n_steps != before:
                self._run += 1

    def reset(self) -> None:
        """Begin again from the guess, paused."""
        with self.changing():
            self.race.reset()
            self._begin_anew()
            self.set(playing=False)

    def new_data(
        self, points: Data, start: Params | None = None, makes: dict[str, Any] | None = None
    ) -> None:
        """Begin again on other points, paused, from `start` or else the guess.

        makes : what made them, where that is known.
        """
        with self.changing():
            self.race.new_data(points, start)
            if makes is not None:
                self.facts["makes"] = makes
            self._begin_anew()
            self._all_is_new = True
            self.set(playing=False)

    def _begin_anew(self) -> None:
        self.error = ""
        if self.readers_code is not None:
            self.readers_code.forget_printed()
        if self._recorder is not None:
            self._recorder.close()
        self._run += 1
        self._told = 0

    def set(self, **changes: Any) -> None:
        """Change settings, given as checked values. What is so already is no change."""
        changes = {name: v for name, v in changes.items() if self.settings[name] != v}
        if not changes:
            return
        with self.changing():
            # What may be refused, and what may take long, comes before anything is changed.
            per_epoch = self.race.first.per_epoch
            of_rules = {name: value for name, value in changes.items() if name in RULE_SETTINGS}
            choices = self.race.choices(**of_rules)
            starts = self.race.starts_at(changes["guess"]) if "guess" in changes else []
            if starts:
                self.race.begin(starts)
                self._begin_anew()
                changes["playing"] = False
            if of_rules:
                self.race.take(choices)
                self._run += 1
            self.error = ""
            self.settings.update(changes)
            self.settings["lr"] = self.race.true_lr(self.settings["lr"])
            if not changes.get("playing", True):
                self._run += 1  # what a page asked for just before comes too late
            if changes.keys() & {"playing", "n_epochs"} or self.race.first.per_epoch != per_epoch:
                self._stop_at = self._end_of_play() if self.settings["playing"] else None
            is_behind = self.race.is_behind
            if changes.keys() - set(messages.SETTINGS) or is_behind:
                self._all_is_new = True
            if is_behind:  # last: an interrupt leaves it behind, and the next step comes to that
                self.race.catch_up()

    def _end_of_play(self) -> int | None:
        n_epochs = self.settings["n_epochs"]
        return (
            None if n_epochs is None else self.race.n_steps + n_epochs * self.race.first.per_epoch
        )

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

    # ------------------------------------------------------------- what a page is told

    def _tell(self) -> None:
        with self.lock:
            if self._all_is_new:
                self._send_everything(None)
                return
            if self.race.n_rows - 1 > self._told:
                self._send_rows(None, self._told + 1, self.race.n_rows)
            self._send_state(None)

    def _send_everything(self, answer_to: int | None) -> None:
        self._all_is_new = False
        self._told = self.race.n_rows - 1
        rows, buffers = self._rows(0, self.race.n_rows, packing.MOST_AT_ONCE)
        content = {"type": "hello", "id": answer_to, **rows, **self.snapshot()}
        pictures = [self.picture()] if content["picture"] else []
        self._send(content, [self.points(), *buffers, *pictures])

    def _rows(
        self, start: int, stop: int, most: int = packing.MOST_NUMBERS
    ) -> tuple[dict[str, Any], list[bytes]]:
        tables = [trainer.table for trainer in self.race.trainers]
        packed, every = packing.pack_rows(tables, start, stop, most)
        content = {
            "every": every,
            "widths": [p.width for p in packed],
            "stretches": [p.stretches for p in packed],
        }
        return content, [p.bytes for p in packed]

    def _send_state(self, answer_to: int | None) -> None:
        self._send({"type": "state", "id": answer_to, **self.state()}, [])

    def _send_rows(self, answer_to: int | None, start: int, stop: int, ended: str = "") -> None:
        rows, buffers = self._rows(start, stop)
        content = {"type": "rows", "id": answer_to, "run": self._run, "after": start - 1}
        said = {"printed": self.printed, "advice": self.advice}
        self._send({**content, **rows, "ended": ended, **said}, buffers)
        self._told = max(self._told, stop - 1)

    # --------------------------------------------------------------- what a page asks

    def receive(self, content: Any) -> None:
        """Answer one message from a page; whatever is wrong is answered too, with `error`."""
        answer_to = messages.id_of(content)
        try:
            message = messages.read_message(content)
            with self.changing(tell=False):
                if message["type"] in COMMANDS:
                    self.error = ""
                getattr(self, f"_answer_{message['type']}")(message)
        except BaseException as error:
            # An interrupt, too: the page would wait, and then ask again for what did not end.
            self.report(error, answer_to)
            if not isinstance(error, Exception):
                raise

    def report(self, error: BaseException, answer_to: int | None = None) -> None:
        """Tell the pages of an error; nothing else shows what goes wrong in a handler."""
        code = self.readers_code if self._is_readers(error) else None
        expected = isinstance(error, ValueError) and code is None
        line = None
        if code is not None:
            message, hint = sentence(code.raised(error)), sentence(code.hint(error))
            line = code.line_of(error)
        else:
            is_interrupt = isinstance(error, KeyboardInterrupt)
            message = INTERRUPTED if is_interrupt else str(error) or type(error).__name__
            is_clear = expected or is_interrupt
            hint = "" if is_clear else "The traceback is in this widget's error details."
        with self.changing(tell=False):
            if not expected:  # training itself failed: the page has nothing to play
                self.set(playing=False)
            self.error = message
            content = {"type": "error", "id": answer_to, "message": message, "hint": hint}
            trace = ""
            if not expected:
                first = code.traceback(error) if code is not None else error.__traceback__
                trace = "".join(traceback.format_exception(type(error), error, first))
            self._send({**content, "traceback": trace, "line": line}, [])

    def _answer_hello(self, message: dict[str, Any]) -> None:
        self._send_everything(message["id"])

    def _answer_advance(self, message: dict[str, Any]) -> None:
        after, steps = message["after"], message["steps"]
        race = self.race
        if message["run"] != self._run:
            self._send_state(message["id"])
            return
        last = race.n_rows - 1
        if after > last + messages.MOST_STEPS:
            raise problem("after", f"at most {messages.MOST_STEPS} steps beyond {last}", after)
        # A slow kernel answers a request with fewer rows, and the next one from where it got to.
        start, goal = min(after, last), after + steps
        ended = ""
        if goal > race.n_steps:
            was_converged = race.converged
            # What was asked for before it diverged calls no code of the reader's again, which may
            # do better now; from the last row there is, it does.
            if not (race.diverged and after > last):
                self._train(goal - race.n_steps, until_converged=True)
            if race.diverged:
                ended = "diverged"
            elif race.converged and not was_converged:
                ended = "converged"
        # Training that has ended before where the page is has no rows for it.
        start = min(start, race.n_steps)
        self._send_rows(message["id"], start + 1, min(goal, race.n_steps) + 1, ended)

    def _answer_seek(self, message: dict[str, Any]) -> None:
        self._go_where_the_page_is(message)
        self._send_state(message["id"])

    def _answer_set(self, message: dict[str, Any]) -> None:
        changes = message["changes"]
        if "guess" not in changes:  # which begins again wherever the page is
            self._go_where_the_page_is(message)
        is_so_already = changes.get("guess") == self.settings["guess"]
        self.set(**changes)
        if is_so_already:  # which is no change for set()
            self.reset()
        self._send_state(message["id"])

    def _go_where_the_page_is(self, message: dict[str, Any]) -> None:
        # What a page says of a run that is over is about rows that may be gone.
        # The page may not have heard yet that there are fewer rows than it shows.
        if "step" in message and message["run"] == self._run:
            self.seek(min(message["step"], self.race.n_rows - 1))

    def _answer_reset(self, message: dict[str, Any]) -> None:
        self.reset()
        self._send_state(message["id"])

    def _answer_edit(self, message: dict[str, Any]) -> None:
        points = self.race.first.points
        if are_many(points):
            raise problem("n", f"at most {MOST_POINTS} for points to be edited", len(points))
        # An edit made on points that are no longer there is none.
        if message["run"] == self._run:
            edit = message["at"], message["remove"], message["insert"]
            self.new_data(points.sample.spliced(*edit), start=self._start_at(message["step"]))
        self._send_everything(message["id"])

    def _start_at(self, step: int) -> Params | None:
        """Where training begins again: at the line shown; of a race, which has several, nowhere."""
        if len(self.race.trainers) > 1:
            return None
        shown = min(step, self.race.n_rows - 1)
        slope, intercept = self.race.first.rows(shown, shown + 1)[0, :2].tolist()
        return slope, intercept

    def _answer_picture(self, message: dict[str, Any]) -> None:
        density = self.race.first.points.density((message["x"], message["y"]))
        about, shades = density.packed()
        self._send({"type": "picture", "id": message["id"], "picture": about}, [shades])

    def _answer_new_data(self, message: dict[str, Any]) -> None:
        if self._new_points is None:
            raise ValueError("new_data makes points, and this widget shows your own x and y")
        points, makes = self._new_points()
        self.new_data(points, makes=makes)
        self._send_everything(message["id"])
