"""Where a person looks: a page, or a frame on it; what is there, and what one does there.

What a person acts on is named as it is called: by its label, or the words on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.engines.page import NotThereError, Page
from tests.waiting import until

LOOK = Path(__file__).with_name("look.js").read_text("utf-8").strip().removesuffix(";")
NAMES = "find, named, nextFrame, show, pointOf, outOf, words"
MOVES = 6
"""Of the mouse, in a drag: people do not jump."""


@dataclass(frozen=True)
class Place:
    """A document: the page itself, or the one in a frame."""

    page: Page
    frames: tuple[str, ...] = ()

    def inside(self, frame: str) -> Place:
        """The document in a frame on this one, by the iframe's selector."""
        return Place(self.page, (*self.frames, frame))

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function, which has what look.js gives."""
        text = f"(...all) => {{ const {{ {NAMES} }} = ({LOOK})(); return ({function})(...all); }}"
        return self.page.call(text, *arguments, frames=self.frames)

    def wait_for(self, function: str, *arguments: Any) -> Any:
        """What the function returns as soon as that is neither false nor null."""

        def answer() -> Any:
            try:
                return self.call(function, *arguments)
            except NotThereError:
                return None

        try:
            return until(answer)
        except TimeoutError as error:
            asked = f"({function})({', '.join(map(repr, arguments))})"
            raise AssertionError(f"{error}: {asked} in {self.frames}; {self._words()}") from None

    def _words(self) -> str:
        """What can be read there, for whom a test has failed."""
        try:
            return f"what is there: {self.call('words')}"
        except NotThereError as error:
            return str(error)

    def text(self, selector: str) -> str:
        """The words of the first element that fits, as soon as there is one."""
        return str(self.wait_for("(selector) => find(selector)?.textContent.trim()", selector))

    def wait_for_text(self, selector: str, words: str) -> None:
        """Until an element has these words."""
        self.wait_for(
            "(selector, words) => find(selector)?.textContent.includes(words)", selector, words
        )

    def click(self, name: str) -> None:
        """Click what has this name."""
        self.page.move(*self._point(name))
        self.page.press()
        self.page.release()

    def drag(self, name: str, dx: float, dy: float) -> None:
        """Press on what has this name, move the mouse by so many pixels, and release it."""
        x, y = self._point(name)
        self.page.move(x, y)
        self.page.press()
        for i in range(1, MOVES + 1):
            self.page.move(x + dx * i / MOVES, y + dy * i / MOVES)
        self.page.release()

    def type(self, name: str, text: str) -> None:
        """Type a text in the place of what a field holds, and press Enter."""
        self.click(name)
        self.page.keys("Control+a", *text, "Enter")

    def _point(self, name: str) -> tuple[float, float]:
        """Where to click on something, in the page's pixels, as soon as that can be done."""
        for i, frame in enumerate(self.frames):
            Place(self.page, self.frames[:i]).wait_for("show", frame)
        x, y = self.wait_for("pointOf", name)
        for i in reversed(range(len(self.frames))):
            x, y = Place(self.page, self.frames[:i]).wait_for("outOf", self.frames[i], x, y)
        return x, y
