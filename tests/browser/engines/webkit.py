"""WebKitGTK, driven by Selenium on a screen of its own.

The browser is webkit_app.py, which tells what happens in its pages.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from selenium.common import exceptions
from selenium.webdriver.remote.command import Command
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from selenium.webdriver.webkitgtk.webdriver import WebDriver

from tests.browser.engines.page import (
    FIND_FRAME,
    HEIGHT,
    WIDTH,
    Engine,
    NotThereError,
    Page,
    ScriptError,
)
from tests.browser.engines.webdriver import WebDriverPage
from tests.waiting import SECONDS
from tools.browsers import WebKitPrograms

APP = Path(__file__).with_name("webkit_app.py")

# The function comes first, outside of all names but the page's.
CALL = """
  return ((call, all, finish) => {
    const done = (answer) => finish(JSON.stringify(answer));
    Promise.resolve(all)
      .then((all) => call(...JSON.parse(all)))
      .then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) }));
  })(%s, ...arguments);
"""

# The driver takes an iframe for no element if the page in it was the first to look at it.
GET_FRAME = f"""
  const frame = ({FIND_FRAME})(...arguments);
  return frame && Object.setPrototypeOf(frame, HTMLIFrameElement.prototype);
"""

# The driver turns a wheel as if no key were held.
TURN_WHEEL = """(clientX, clientY, deltaY) => {
  let place = document.elementFromPoint(clientX, clientY);
  while (place.shadowRoot) place = place.shadowRoot.elementFromPoint(clientX, clientY);
  const all = { bubbles: true, cancelable: true, composed: true, ctrlKey: true };
  place.dispatchEvent(new WheelEvent("wheel", { clientX, clientY, deltaY, ...all }));
}"""

GONE = (
    exceptions.NoSuchFrameException,
    exceptions.NoSuchElementException,
    exceptions.StaleElementReferenceException,
)
"""What is raised when a document goes while it is asked."""

ENDED = exceptions.InvalidSessionIdException
"""What is raised when the browser has ended, whatever it was asked for."""

ERROR = re.compile(r".*\bCONSOLE (?:[A-Z-]+ )?ERROR .*")
ASKED = re.compile(r"ASKED (.*)")


class WebKit(Engine):
    """A screen, a driver and a browser of its own; `folder` is for what these write."""

    def __init__(self, programs: WebKitPrograms, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self._log = folder / "webkit.log"
        self._screen, self._display = start_screen(programs.screen)
        self._driver = self._start()

    def _start(self) -> WebDriver:
        programs, folder = self._programs, self._folder
        options = Options()
        options.binary_location = programs.python
        options.set_capability("browserName", APP.name)  # as the driver, too, calls it
        options.add_argument(str(APP))
        options.add_argument(str(folder))
        env = {**os.environ, "DISPLAY": f":{self._display}"}
        service = Service(programs.driver, log_output=str(self._log), env=env)
        driver = WebDriver(options, service)
        driver.set_script_timeout(SECONDS)
        return driver

    @contextmanager
    def page(self) -> Iterator[Page]:
        page = WebKitPage(self._driver, self._log)
        try:
            page.visit("about:blank")
        except ENDED:  # in the test before, which has failed: this one is not to
            self._driver.quit()
            self._driver = self._start()
            page = WebKitPage(self._driver, self._log)
        page.forget()
        yield page

    def end(self) -> None:
        """End the browser as it sometimes ends by itself: nothing is told, the driver stays."""
        with suppress(exceptions.NoSuchWindowException):  # gone, before its window is closed
            self._driver.execute(Command.QUIT)

    def close(self) -> None:
        self._driver.quit()
        self._screen.terminate()
        self._screen.wait(timeout=SECONDS)


def start_screen(program: str) -> tuple[subprocess.Popen[bytes], int]:
    """A screen that nobody sees, and its number, as soon as it can be drawn on."""
    reading, writing = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    process = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline()
    assert number, "Xvfb ended as soon as it was started"
    return process, int(number)


class WebKitPage(WebDriverPage):
    def __init__(self, driver: WebDriver, log: Path) -> None:
        self._driver, self._log = driver, log
        self._start = 0  # of this page in the log

    def forget(self) -> None:
        """What has happened until now is of no concern."""
        self._start = len(self._lines())

    def visit(self, address: str) -> None:
        self._driver.switch_to.default_content()
        self._driver.get(address)

    def call(self, function: str, *arguments: Any, frames: Sequence[str] = ()) -> Any:
        try:
            self._go_to(frames)
            said = self._driver.execute_async_script(CALL % function, json.dumps(arguments))
        except GONE as error:
            raise NotThereError(str(error)) from error
        answer = json.loads(said)
        if "error" in answer:
            raise ScriptError(answer["error"])
        return answer["value"]

    def _go_to(self, frames: Sequence[str]) -> None:
        self._driver.switch_to.default_content()
        for selector in frames:
            frame = self._driver.execute_script(GET_FRAME, selector)
            if not frame:
                raise NotThereError(f"there is no frame {selector}")
            self._driver.switch_to.frame(frame)

    def perform(self, source: dict[str, Any]) -> None:
        self._go_to(())
        self._driver.execute(Command.W3C_ACTIONS, {"actions": [source]})

    def wheel_with_control(self, x: float, y: float, by: float) -> None:
        self.move(x, y)
        self.call(TURN_WHEEL, x, y, by)

    def screenshot(self) -> bytes:
        self._go_to(())
        return self._driver.get_screenshot_as_png()

    def complaints(self) -> list[str]:
        return [found[0] for found in map(ERROR.fullmatch, self._said()) if found]

    def asked(self) -> list[str]:
        return [found[1] for found in map(ASKED.fullmatch, self._said()) if found]

    def _said(self) -> list[str]:
        self.call("() => 0")  # what was said before is printed before the answer
        return self._lines()[self._start :]

    def _lines(self) -> list[str]:
        return self._log.read_text("utf-8", errors="replace").splitlines()
