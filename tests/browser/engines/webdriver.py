"""What WebDriver and its successor BiDi have in common: mouse and keyboard."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from tests.browser.engines.page import Page

KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "Space": " ",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Delete": "\ue017",
}
MOUSE = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
PRESS, RELEASE = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))


class WebDriverPage(Page):
    """A page whose engine performs WebDriver's actions."""

    @abstractmethod
    def perform(self, source: dict[str, Any]) -> None:
        """Perform the actions of one input source, and return when they are done."""

    def move(self, x: float, y: float) -> None:
        self._mouse(moved(x, y))

    def press(self) -> None:
        self._mouse(PRESS)

    def release(self) -> None:
        self._mouse(RELEASE)

    def double_click(self, x: float, y: float) -> None:
        self._mouse(moved(x, y), PRESS, RELEASE, PRESS, RELEASE)  # asked one by one, too slow

    def _mouse(self, *actions: dict[str, Any]) -> None:
        self.perform({**MOUSE, "actions": actions})

    def keys(self, *keys: str) -> None:
        for chord in keys:
            values = [KEYS.get(key, key) for key in chord.split("+")]
            down = [{"type": "keyDown", "value": value} for value in values]
            up = [{"type": "keyUp", "value": value} for value in reversed(values)]
            self.perform(keyboard(*down, *up))


def keyboard(*actions: dict[str, Any]) -> dict[str, Any]:
    """The keyboard, and what is done with it."""
    return {"type": "key", "id": "keyboard", "actions": actions}


def moved(x: float, y: float) -> dict[str, Any]:
    """The mouse goes to a place, at once."""
    return {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
