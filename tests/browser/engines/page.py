"""What a test can do with a page, whichever engine shows it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any


class NotThereError(Exception):
    """A frame is not there, or was replaced meanwhile: it may be worth asking again."""


class ScriptError(Exception):
    """What was called in the page has thrown."""


class Page(ABC):
    """One page in a browser, with no other before it.

    `frames` says in which document: the selectors of the iframes from the page inwards, found
    in open shadow roots too; none for the page itself.
    """

    @abstractmethod
    def visit(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""

    @abstractmethod
    def call(self, function: str, *arguments: Any, frames: Sequence[str] = ()) -> Any:
        """Call a JavaScript function, JSON in and out; a promise is waited for.

        Raises NotThereError where there is no such frame, ScriptError for what the function throws.
        """

    @abstractmethod
    def move(self, x: float, y: float) -> None:
        """Move the mouse, in pixels from the corner of what is visible of the page."""

    @abstractmethod
    def press(self) -> None:
        """Press the mouse's main button, where the mouse is."""

    @abstractmethod
    def release(self) -> None:
        """Release it."""

    @abstractmethod
    def double_click(self, x: float, y: float) -> None:
        """Click twice at a place, at once."""

    @abstractmethod
    def wheel_with_control(self, x: float, y: float, by: float) -> None:
        """Turn the wheel at a place by so many pixels, while Control is held."""

    @abstractmethod
    def keys(self, *keys: str) -> None:
        """Press keys one after the other: "a", "Enter", "Control+a"."""

    @abstractmethod
    def screenshot(self) -> bytes:
        """What is visible, as PNG."""

    @abstractmethod
    def complaints(self) -> list[str]:
        """Errors that nothing has caught, rejected promises, and what a CSP has refused."""

    @abstractmethod
    def asked(self) -> list[str]:
        """All addresses the page and its frames have asked for; files may be left out."""

    def requests(self) -> list[str]:
        """Those that a network is asked for."""
        return [address for address in self.asked() if address.startswith(("http", "ws"))]


class Engine(ABC):
    """A browser that is running."""

    @abstractmethod
    def page(self) -> AbstractContextManager[Page]:
        """A page as if the browser had just been started."""

    @abstractmethod
    def close(self) -> None:
        """End the browser and all that was started for it."""


FIND_FRAME = """(selector) => {
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches(selector)) return element;
      const found = element.shadowRoot && look(element.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  return look(document);
}"""
"""The first element that a selector fits, in open shadow roots too."""

WIDTH, HEIGHT = 1300, 1000
"""Of what is visible of a page, in pixels."""
