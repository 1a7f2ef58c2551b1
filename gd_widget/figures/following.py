"""How a figure follows a widget: it is drawn again when the widget has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from weakref import ref

from gd_widget.page.outbox import Outbox
from gd_widget.words.say import speaking

if TYPE_CHECKING:
    from gd_widget.widget import GDWidget

WATCHED = (
    "n_steps",
    "slope",
    "intercept",
    "loss",
    "optimizer",
    "lr",
    "batch_size",
    "n_epochs",
    "hide",
    "lang",
    "title",
    "x_label",
    "y_label",
)
"""The traits of a widget that say when a figure is no longer true."""


def following(w: GDWidget, figure: Any, draw: Callable[[GDWidget], None]) -> Any:
    """The figure, which draw() keeps true from now on.

    draw : given the widget, of which it keeps nothing: a figure that is kept keeps no widget.
    """
    _Following(w, figure, draw)
    return figure


class _Following:
    """Draws when the widget has changed, at most 20 times a second, until either is closed.

    The widget keeps this alive, and with it the figure; the figure keeps nothing of the widget.
    """

    def __init__(self, w: GDWidget, figure: Any, draw: Callable[[GDWidget], None]) -> None:
        self._w, self._figure = ref(w), ref(figure)
        self._draw: Callable[[GDWidget], None] | None = draw
        self._drawn: tuple[Any, ...] = ()
        self._outbox = Outbox(self._draw_now)
        w.observe(self._look, WATCHED)
        for widget in (w, figure):
            widget.observe(self._look_whether_closed, "comm")
        self._look()

    def _look(self, change: Any = None) -> None:
        # A step changes several traits, each of which is told of, when all have changed.
        w = self._w()
        # Only a line has a slope.
        seen = tuple(getattr(w, name, None) for name in ("params", *WATCHED))
        if seen != self._drawn:
            self._drawn = seen
            self._outbox.post()

    def _draw_now(self) -> None:
        w = self._w()
        if w is not None:
            # Another thread may be training, or drawing.
            with w.alone(), speaking(w.lang):
                if self._draw is not None:
                    self._draw(w)

    def _look_whether_closed(self, change: Any) -> None:
        if change["new"] is not None or self._draw is None:
            return
        self._draw = None
        w = self._w()
        if w is not None:
            w.unobserve(self._look, WATCHED)
        for widget in (w, self._figure()):
            if widget is not None:
                widget.unobserve(self._look_whether_closed, "comm")
