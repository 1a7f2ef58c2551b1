"""Chromium, by way of Playwright."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Frame, expect, sync_playwright
from playwright.sync_api import Page as PlaywrightPage

from tests.browser.engines.page import (
    FIND_FRAME,
    HEIGHT,
    WIDTH,
    Engine,
    NotThereError,
    Page,
    ScriptError,
)
from tests.waiting import SECONDS
from tools.browsers import CHROMIUM_OPTIONS, find_chromium


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A Chromium, started; whatever is awaited of its pages is awaited as long as all else."""
    expect.set_options(timeout=SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_OPTIONS)
        browser.on("context", lambda context: context.set_default_timeout(SECONDS * 1000))
        yield browser
        browser.close()


class Chromium(Engine):
    """A Chromium that somebody else has started, and will end."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    @contextmanager
    def page(self) -> Iterator[ChromiumPage]:
        context = self._browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
        yield ChromiumPage(context.new_page())
        context.close()

    def close(self) -> None:
        pass


class ChromiumPage(Page):
    def __init__(self, page: PlaywrightPage) -> None:
        self._page = page
        self._complaints: list[str] = []
        self._asked: list[str] = []
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("console", self._heard)
        page.on("request", lambda request: self._asked.append(request.url))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"{message.text} {message.location['url']}")

    def answer(self, address: str, file: Path) -> None:
        """Have a file be the answer to whoever asks for an address; `address` is a regex."""
        anyone = {"access-control-allow-origin": "*"}
        self._page.route(
            re.compile(address), lambda route: route.fulfill(path=file, headers=anyone)
        )

    def visit(self, address: str) -> None:
        self._page.goto(address)

    def call(self, function: str, *arguments: Any, frames: Sequence[str] = ()) -> Any:
        try:
            return self._frame(frames).evaluate(f"(all) => ({function})(...all)", arguments)
        except Error as error:
            gone = "Execution context was destroyed" in error.message or "detached" in error.message
            raise (NotThereError if gone else ScriptError)(error.message) from error

    def _frame(self, frames: Sequence[str]) -> Frame:
        frame = self._page.main_frame
        for selector in frames:
            element = frame.evaluate_handle(FIND_FRAME, selector).as_element()
            inside = element and element.content_frame()
            if not inside:
                raise NotThereError(f"there is no frame {selector}")
            frame = inside
        return frame

    def move(self, x: float, y: float) -> None:
        self._page.mouse.move(x, y)

    def press(self) -> None:
        self._page.mouse.down()

    def release(self) -> None:
        self._page.mouse.up()

    def double_click(self, x: float, y: float) -> None:
        self._page.mouse.dblclick(x, y)

    def wheel_with_control(self, x: float, y: float, by: float) -> None:
        self.move(x, y)
        self._page.keyboard.down("Control")
        self._page.mouse.wheel(0, by)
        self._page.keyboard.up("Control")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)

    def screenshot(self) -> bytes:
        return self._page.screenshot()

    def complaints(self) -> list[str]:
        self._page.evaluate("0")  # what was said before is heard before the answer
        return self._complaints

    def asked(self) -> list[str]:
        self._page.evaluate("0")
        return self._asked
