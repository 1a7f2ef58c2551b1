"""A race that is changed, by Python and by pages.

Nothing here runs by itself: the page owns the clock, and asks for rows (answers.py). Requests may
arrive on any thread while a cell trains on another, so whatever touches a trainer holds one lock.
This file knows nothing of widgets: it is given a function that sends, and one to call when
something has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

from gd_widget.core.checks import whole_number
from gd_widget.core.settings import RULE_SETTINGS, SETTINGS, panels_for
from gd_widget.core.types import Params
from gd_widget.data.curve import fitted
from gd_widget.data.points import TrainingData
from gd_widget.data.validation import made_points
from gd_widget.page import loading, messages
from gd_widget.page.errors import describe_error
from gd_widget.page.pages import Pages, Send
from gd_widget.page.state import State
from gd_widget.training.readers_code import RECORDED, ReadersCode, readers_loop
from gd_widget.training.start import usual_start
from gd_widget.words.say import speaking

SECONDS_PER_SLICE = 0.05
"""Training lets other threads in, and tells the page, at least this often."""


class Session:
    """What may be done with a race. Each change is told of: to the pages, and to one listener.

    send : called with a message's content and buffers.
    changed : called, under the lock, when settings or readings have changed: with the names of
        those that have, and what they were. What they are now is in `told`.
    """

    def __init__(
        self,
        state: State,
        *,
        send: Send,
        changed: Callable[[dict[str, Any]], None],
    ) -> None:
        self.state = state
        self.pages = Pages(state, send)
        self.lock = state.lock
        """Held by whoever wants the session to stay as it is."""
        self.told = state.traits()
        """Settings and readings as they were when it was last told of a change."""
        self._changed = changed
        self._depth = 0  # how many changing() blocks are open
        if not state.race.is_loaded:
            loading.waiting.add(self.pages)

    @contextmanager
    def changing(self, tell: bool = True) -> Iterator[None]:
        """Hold the lock; afterwards, however it ended, say once what has changed.

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
                        self._say_what_changed()
                    finally:
                        if tell:
                            self.pages.post()

    def _say_what_changed(self) -> None:
        before, self.told = self.told, self.state.traits()
        changes = {name: was for name, was in before.items() if self.told[name] != was}
        if changes:
            self._changed(changes)

    # ---------------------------------------------------------------- training

    def load_engine(self) -> None:
        """Have the engine there, and row 0 made by it. Who holds the lock has others wait for it.

        Nobody can have read row 0 before: nothing that anyone is told of has changed.
        """
        if self.state.race.is_loaded:
            return
        loading.import_engine(self.state.race.first.engine)
        with self.lock:
            self.state.race.load_engine()
            loading.waiting.discard(self.pages)
            self.told["loss"] = self.state.race.first.loss
            self.pages.send_state()

    def step(self, n: int) -> None:
        """Train n steps; fewer only where the numbers stop being finite."""
        missing = whole_number("n", n, least=0)
        self.load_engine()
        try:
            while missing > 0:
                with self.changing():
                    self.state.error = ""
                    made = self.train(missing)
                    is_over = made == 0 or self.state.race.diverged
                missing = 0 if is_over else missing - made
                sleep(0)  # else the lock is taken again before another thread wakes up
        except BaseException as error:
            # An interrupt may come while the last slice is being told of.
            with self.changing():
                if self._code_that_raised(error) is not None:
                    self.report(error)
            raise

    def train(self, n: int, until_converged: bool = False) -> int:
        """Train n steps, or as many as one slice of time has room for; see Race.step."""
        race = self.state.race
        self.pages.forget_rows_after(race.n_steps)
        return race.step(n, seconds=SECONDS_PER_SLICE, until_converged=until_converged)

    def record(self, params: Any) -> None:
        """Take over the next row from a loop of the reader's own."""
        state = self.state
        self.load_engine()
        with self.changing():
            if len(state.race.trainers) > 1:
                n = len(state.race.trainers)
                raise ValueError(f"record is for a widget of one run; this is a race of {n}")
            trainer = state.race.first
            if state.recorder is None:
                state.recorder = readers_loop(trainer.names)
            made = state.recorder.record(trainer.n_steps, params)
            state.error = ""
            self.pages.forget_rows_after(trainer.n_steps)
            trainer.record(made, RECORDED)

    def seek(self, step: int) -> None:
        """Go to a step already made."""
        state = self.state
        with self.changing():
            before = state.race.n_steps
            state.race.seek(step)
            state.error = ""
            if state.race.n_steps != before:
                state.run += 1

    # ------------------------------------------------------------------------ bets

    def answer(self, answer: Any, i: int | None = None, at: int | None = None) -> None:
        """Answer a bet, by its place, or else the next; None skips it. `at`: see Asked.answer.

        Where it cannot be kept the answer counts all the same: ValueError or OSError says why.
        """
        state = self.state
        self.load_engine()
        with self.changing():
            i = state.asked.unanswered if i is None else i
            state.asked.answer(i, answer, state.race, at)
            if state.kept is not None:
                state.kept.write(state.asked)

    def ask(self, i: int) -> None:
        """Put a bet."""
        with self.changing():
            self.state.asked.ask(i, self.state.race)

    # ------------------------------------------------------------ beginning again

    def reset(self) -> None:
        """Begin again from the guess, paused."""
        with self.changing():
            self.state.race.reset()
            self.state.asked.begin_again()
            self._forget_what_was()
            self.set(playing=False)

    def new_data(self, points: TrainingData, start: Params | None = None) -> None:
        """Begin again on other points, paused, from `start` or else the guess."""
        with self.changing():
            self.state.race.new_data(points, start)
            self.state.are_edited = True
            self._forget_what_was()
            self.pages.all_is_new = True
            self.set(playing=False)

    def make_new_data(self, seed: int | None = None) -> None:
        """Begin again on points made as those before were, from `seed` or else the next one."""
        state = self.state
        with self.changing():
            if state.makes is None:
                raise ValueError("new_data makes points, and this widget shows your own x and y")
            seed = state.makes["seed"] + 1 if seed is None else SETTINGS["seed"].checked(seed)
            makes = {**state.makes, "seed": seed}
            model = state.race.first.points.model
            self.new_data(fitted(made_points(makes), model, model.means is not None))
            state.makes, state.are_edited = makes, False

    def _forget_what_was(self) -> None:
        state = self.state
        state.error = ""
        if state.readers_code is not None:
            state.readers_code.forget_printed()
        if state.recorder is not None:
            state.recorder.close()
        state.run += 1
        state.asked.put_again()
        self.pages.forget_rows_after(0)

    # ----------------------------------------------------------------- settings

    def set(self, **changes: Any) -> None:
        """Change settings, given as checked values. What is so already is no change."""
        state, race = self.state, self.state.race
        names = race.first.names
        usual = {
            "guess": usual_start(race.first.points),
            "panels": panels_for(len(names), race.kinds),
        }
        changes |= {name: what for name, what in usual.items() if changes.get(name, ()) is None}
        changes = {name: value for name, value in changes.items() if state.settings[name] != value}
        if not changes:
            return
        with self.changing():
            # What may be refused, and what may take long, comes before anything is changed.
            per_epoch = race.first.per_epoch
            of_rules = {name: value for name, value in changes.items() if name in RULE_SETTINGS}
            choices = race.choices(**of_rules)
            starts = race.starts_at(changes["guess"]) if "guess" in changes else []
            if starts:
                race.begin(starts)
                self._forget_what_was()
                changes["playing"] = False
            if of_rules:
                race.take(choices)
                state.run += 1
            state.error = ""
            state.settings |= changes
            state.settings["lr"] = race.true_lr(state.settings["lr"])
            if not changes.get("playing", True):
                state.run += 1  # what a page asked for just before comes too late
            if changes.keys() & {"playing", "n_epochs"} or race.first.per_epoch != per_epoch:
                state.stop_at = self._end_of_play()
            is_behind = race.is_behind
            if changes.keys() - set(messages.PAGE_SETTINGS) or is_behind:
                self.pages.all_is_new = True
            if is_behind:  # last: an interrupt leaves it behind, and the next step comes to that
                race.catch_up()

    def _end_of_play(self) -> int | None:
        race, n_epochs = self.state.race, self.state.settings["n_epochs"]
        if n_epochs is None or not self.state.settings["playing"]:
            return None
        return race.n_steps + int(n_epochs) * race.first.per_epoch

    # ------------------------------------------------------------------- errors

    def report(self, error: BaseException, answer_to: int | None = None) -> None:
        """Tell the pages of an error; nothing else shows what goes wrong in a handler."""
        with speaking(self.state.language):
            said = describe_error(error, self._code_that_raised(error))
        with self.changing(tell=False):
            if said["traceback"]:  # training itself failed: the page has nothing to play
                self.set(playing=False)
            self.state.error = said["message"]
            self.pages.send({"type": "error", "id": answer_to, **said}, [])

    def _code_that_raised(self, error: BaseException) -> ReadersCode | None:
        code = self.state.readers_code
        return code if code is not None and code.error is error else None
