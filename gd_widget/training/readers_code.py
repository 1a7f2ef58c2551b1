"""Training code that the reader wrote, as the rest of the package sees it.

The package own_code is imported here, when the reader's code is there to be trained by, which is
seldom; whoever has such code asks it, and imports nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.losses import PointLoss
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.stretches import Plan
from gd_widget.core.types import Params
from gd_widget.training.outside import Outside

if TYPE_CHECKING:
    from gd_widget.own_code import Recorder

RECORDED: Plan = {"optimizer": "your loop", "outside": True}
"""What makes the rows that a loop of the reader's own hands over."""


class ReadersCode(Outside, Protocol):
    """A function that makes the steps, and can tell what happened."""

    error: Exception | None
    """The last one that it raised."""

    @property
    def params(self) -> Params:
        """The parameters, as the reader's own object holds them."""

    @property
    def code(self) -> list[str] | None:
        """Its lines, or None where its source is not to be had."""

    @property
    def printed(self) -> str:
        """The end of what it has printed."""

    def forget_printed(self) -> None:
        """What was printed so far is about training that is over."""

    def diagnose(
        self, bowl: Quadratic, loss: PointLoss | Quadratic | None = None
    ) -> list[Diagnosis]:
        """What is wrong with it.

        bowl : the mean squared error on the points; loss : what is shown, where it is not that.
        """

    def raised(self, error: BaseException) -> Diagnosis:
        """What it raised, and where."""

    def line_of(self, error: BaseException) -> int | None:
        """The index in `code` of the line that failed, where it is one of these."""

    def hint(self, error: BaseException) -> Diagnosis | None:
        """What an error is a sign of, where that is known."""

    def traceback(self, error: BaseException) -> TracebackType | None:
        """What was being run, from it inwards."""


def readers_update(update: Callable[[], Any], params: Any, names: Sequence[str]) -> ReadersCode:
    """The reader's update(), and the parameters that it changes; see own_code.Update.

    names : what the data call the parameters, in order.
    """
    from gd_widget.own_code import Update

    return Update(update, params, names)


def readers_loop(names: Sequence[str]) -> Recorder:
    """What takes over the rows that a loop of the reader's hands over; the names as above."""
    from gd_widget.own_code import Recorder

    return Recorder(names)
