"""What a page asks, answered: one function for each message of messages.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gd_widget.core.checks import problem
from gd_widget.core.types import Params
from gd_widget.data.curve import Curve
from gd_widget.data.function_data import FunctionData
from gd_widget.data.points import MOST_POINTS, are_many, in_a_plane
from gd_widget.page import messages
from gd_widget.page.locked import must_be_free
from gd_widget.page.session import Session
from gd_widget.page.state import State
from gd_widget.words.say import nearest

Message = dict[str, Any]

GRID = 64, 48
"""Places along x and y at which a page is told a function's values."""

COMMANDS = {"seek", "set", "edit", "answer", "ask", "reset", "new_data"}
"""What a person asked for: its success ends the showing of an earlier error."""

NEED_THE_ENGINE = {"load", "advance", "answer"}
"""What waits for PyTorch, where that is not imported yet, before the lock is taken."""


def receive(session: Session, content: Any) -> None:
    """Answer one message from a page; whatever is wrong is answered too, with `error`."""
    answer_to = messages.id_of(content)
    try:
        message = messages.read_message(content)
        must_be_free(session.state.settings, message)
        if message["type"] in NEED_THE_ENGINE:
            session.load_engine()
        with session.changing(tell=False):
            if message["type"] in COMMANDS:
                session.state.error = ""
            ANSWERS[message["type"]](session, message)
    except BaseException as error:
        # An interrupt, too: the page would wait, and then ask again for what did not end.
        session.report(error, answer_to)
        if not isinstance(error, Exception):
            raise


def hello(session: Session, message: Message) -> None:
    """Everything, for a page that has just opened, in its language where none was set."""
    session.state.asked_for = nearest(message.get("lang", ""))
    session.pages.send_everything(message["id"], is_first=True)


def load(session: Session, message: Message) -> None:
    """The engine is there."""
    session.pages.send_state(message["id"])


def advance(session: Session, message: Message) -> None:
    """The rows after a step; those that are missing are made."""
    race, after, steps = session.state.race, message["after"], message["steps"]
    if message["run"] != session.state.run:
        session.pages.send_state(message["id"])
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
            session.train(goal - race.n_steps, until_converged=True)
        if race.diverged:
            ended = "diverged"
        elif race.converged and not was_converged:
            ended = "converged"
    # Training that has ended before where the page is has no rows for it.
    start = min(start, race.n_steps)
    session.pages.send_rows(start + 1, min(goal, race.n_steps) + 1, message["id"], ended)


def seek(session: Session, message: Message) -> None:
    """Go to a row."""
    _go_where_the_page_is(session, message)
    session.pages.send_state(message["id"])


def set_settings(session: Session, message: Message) -> None:
    """Change settings, at the row that the page shows."""
    changes, shadow = message["changes"], session.state.shadow
    if shadow is not None and len(changes.get("guess") or ()) == 2:  # a place in the plane
        changes["guess"] = shadow.params_at(changes["guess"])
    if "guess" not in changes:  # which begins again wherever the page is
        _go_where_the_page_is(session, message)
    is_so_already = changes.get("guess") == session.state.settings["guess"]
    session.set(**changes)
    if is_so_already:  # which is no change for set()
        session.reset()
    session.pages.send_state(message["id"])


def edit(session: Session, message: Message) -> None:
    """Replace points; training begins again at the line that the page shows."""
    points = in_a_plane(session.state.race.first.points)
    if are_many(points):
        raise problem("n", f"at most {MOST_POINTS} for points to be edited", len(points))
    # An edit made on points that are no longer there is none.
    if message["run"] == session.state.run:
        editable = points if isinstance(points, Curve) else points.sample
        where, held = (message["at"], message["remove"]), message.get("held", False)
        edited = editable.spliced(*where, message["insert"], held)
        session.new_data(edited, start=_line_shown(session.state, message["step"]))
    session.pages.send_everything(message["id"])


def picture(session: Session, message: Message) -> None:
    """A closer look at very many points."""
    points = in_a_plane(session.state.race.first.points)
    about, shades = points.density((message["x"], message["y"])).packed()
    session.pages.send({"type": "picture", "id": message["id"], "picture": about}, [shades])


def answer(session: Session, message: Message) -> None:
    """Answer a bet, or skip it."""
    at, last = message["at"], session.state.race.n_rows - 1
    if at > last + messages.MOST_STEPS:
        raise problem("at", f"at most {messages.MOST_STEPS} steps beyond {last}", at)
    try:
        session.answer(message["answer"], message["bet"], at)
    except Exception:
        session.pages.send_state()  # it may count, though it could not be kept
        raise
    session.pages.send_state(message["id"])


def ask(session: Session, message: Message) -> None:
    """Put a bet."""
    session.ask(message["bet"])
    session.pages.send_state(message["id"])


def heights(session: Session, message: Message) -> None:
    """A function's values on a grid, which a page draws level sets of; none of anything else."""
    data = session.state.race.first.points
    grid, buffers = None, []
    if isinstance(data, FunctionData):
        from gd_widget.training.engines.autograd_function import heights

        columns, rows = GRID
        (low_x, high_x), (low_y, high_y) = message["x"], message["y"]
        x, y = np.linspace(low_x, high_x, columns), np.linspace(low_y, high_y, rows)
        grid = {"x": message["x"], "y": message["y"], "columns": columns, "rows": rows}
        buffers = [heights(data.function, x, y).astype("<f8").tobytes()]
    session.pages.send({"type": "heights", "id": message["id"], "grid": grid}, buffers)


def reset(session: Session, message: Message) -> None:
    """Begin again from the guess."""
    session.reset()
    session.pages.send_state(message["id"])


def new_data(session: Session, message: Message) -> None:
    """Begin again on other points."""
    session.make_new_data()
    session.pages.send_everything(message["id"])


ANSWERS: dict[str, Callable[[Session, Message], None]] = {
    "hello": hello,
    "load": load,
    "advance": advance,
    "seek": seek,
    "set": set_settings,
    "edit": edit,
    "answer": answer,
    "ask": ask,
    "picture": picture,
    "heights": heights,
    "reset": reset,
    "new_data": new_data,
}


def _go_where_the_page_is(session: Session, message: Message) -> None:
    # What a page says of a run that is over is about rows that may be gone.
    # The page may not have heard yet that there are fewer rows than it shows.
    if "step" in message and message["run"] == session.state.run:
        session.seek(min(message["step"], session.state.race.n_rows - 1))


def _line_shown(state: State, step: int) -> Params | None:
    """The parameters of a row; of a race, which has several lines, none."""
    if len(state.race.trainers) > 1:
        return None
    shown = min(step, state.race.n_rows - 1)
    return state.race.first.table.params(shown)
