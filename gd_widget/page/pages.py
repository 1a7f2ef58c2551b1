"""What the pages are told: as answers, and unasked when something has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gd_widget.page import messages, packing
from gd_widget.page.outbox import Outbox
from gd_widget.page.state import State
from gd_widget.words.say import speaking

Send = Callable[[dict[str, Any], list[bytes]], None]


class Pages:
    """The pages that show a session, and what they know of it.

    send : called with a message's content and buffers.

    An answer repeats the `id` of the message that it answers; what is told unasked has none.
    """

    def __init__(self, state: State, send: Send) -> None:
        self._state = state
        self.send = send
        self.all_is_new = False
        """Whether they need more than the state: other points, another title."""
        self._spoken = "en"  # the language they have the words of
        self._last_sent = 0  # the last step whose row they have
        self._outbox = Outbox(self._tell)

    def post(self) -> None:
        """Something has changed: tell them, now or soon."""
        self._outbox.post()

    def forget_rows_after(self, step: int) -> None:
        """Rows after this one may be replaced, and are news again."""
        self._last_sent = min(self._last_sent, step)

    def _tell(self) -> None:
        with self._state.lock:
            if self.all_is_new:
                self.send_everything()
                return
            n_rows = self._state.race.n_rows
            if n_rows - 1 > self._last_sent:
                self.send_rows(self._last_sent + 1, n_rows)
            self.send_state()

    def send_everything(self, answer_to: int | None = None, is_first: bool = False) -> None:
        """The points, all rows, and the state.

        is_first : whether it answers a page's first question: then it has the language's words,
            which it has also where another language is spoken than before.
        """
        n_rows = self._state.race.n_rows
        self.all_is_new = False
        self._last_sent = n_rows - 1
        rows, buffers = self._pack(0, n_rows, packing.MOST_AT_ONCE)
        language = self._state.language
        with speaking(language):
            content = {"type": "hello", "id": answer_to, **rows, **self._state.snapshot()}
            if is_first or language != self._spoken:
                self._spoken = language
                content["words"] = messages.describe_words()
        pictures = [self._state.picture()] if content["picture"] else []
        self.send(content, [self._state.points(), *buffers, *pictures])

    def send_state(self, answer_to: int | None = None) -> None:
        """What changes while training."""
        with speaking(self._state.language):
            self.send({"type": "state", "id": answer_to, **self._state.brief()}, [])

    def send_rows(
        self, start: int, stop: int, answer_to: int | None = None, ended: str = ""
    ) -> None:
        """The rows start to stop - 1.

        ended : "converged" or "diverged" where training has come to that with them.
        """
        state = self._state
        rows, buffers = self._pack(start, stop)
        content = {"type": "rows", "id": answer_to, "run": state.run, "after": start - 1}
        with speaking(state.language):
            said = {"printed": state.printed, "advice": state.advice}
        self.send({**content, **rows, "ended": ended, **said}, buffers)
        self._last_sent = max(self._last_sent, stop - 1)

    def _pack(
        self, start: int, stop: int, most: int = packing.MOST_NUMBERS
    ) -> tuple[dict[str, Any], list[bytes]]:
        tables = [trainer.table for trainer in self._state.race.trainers]
        packed, every = packing.pack_rows(tables, start, stop, most, self._state.shadow)
        content = {
            "every": every,
            "widths": [p.width for p in packed],
            "stretches": [p.stretches for p in packed],
        }
        return content, [p.bytes for p in packed]
