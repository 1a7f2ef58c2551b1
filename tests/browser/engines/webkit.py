"""WebKitGTK, by its WebDriver, on a screen of its own.

The driver's language is written down at https://w3c.github.io/webdriver/. The browser it drives
is webkit_app.py, which tells what happens in its pages.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import urllib.error
import urllib.request
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.browser.engines.page import (
    FIND_FRAME,
    HEIGHT,
    WIDTH,
    Engine,
    NotThereError,
    Page,
    ScriptError,
)
from tests.browser.engines.webdriver import RefusedError, WebDriverPage
from tests.browser.ports import free_port
from tests.waiting import SECONDS, until
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

GONE = ("no such frame", "no such element", "stale element reference")
"""What the driver answers when a document goes while it is asked."""

ERROR = re.compile(r".*\bCONSOLE (?:[A-Z-]+ )?ERROR .*")
ASKED = re.compile(r"ASKED (.*)")


class Driver:
    """Questions to the driver and its answers, JSON over HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.address}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                said = json.load(error)["value"]
            raise RefusedError(said["error"], said["message"]) from error


class WebKit(Engine):
    """A screen, a driver and a browser of its own; `folder` is for what these write."""

    def __init__(self, programs: WebKitPrograms, folder: Path) -> None:
        self._log = folder / "webkit.log"
        self._screen, display = start_screen(programs.screen)
        port = free_port()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [programs.driver, f"--port={port}"],
                env={**os.environ, "DISPLAY": f":{display}"},
                stdout=log,
                stderr=log,
            )
        self._driver = Driver(f"http://127.0.0.1:{port}")
        until(self._listens)
        browser = {"binary": programs.python, "args": [str(APP), str(folder)]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": browser}}
        session = self._driver.ask("POST", "/session", {"capabilities": capabilities})
        self._driver.address += f"/session/{session['sessionId']}"

    def _listens(self) -> bool:
        assert self._process.poll() is None, "WebKitWebDriver ended as soon as it was started"
        try:
            return bool(self._driver.ask("GET", "/status")["ready"])
        except OSError:
            return False

    @contextmanager
    def page(self) -> Iterator[Page]:
        page = WebKitPage(self._driver, self._log)
        page.visit("about:blank")
        page.forget()
        yield page

    def close(self) -> None:
        with suppress(RefusedError):  # its window goes with the session, which the driver regrets
            self._driver.ask("DELETE", "")
        for process in (self._process, self._screen):
            process.terminate()
            process.wait(timeout=SECONDS)


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
    def __init__(self, driver: Driver, log: Path) -> None:
        self._driver, self._log = driver, log
        self._start = 0  # of this page in the log

    def forget(self) -> None:
        """What has happened until now is of no concern."""
        self._start = len(self._lines())

    def visit(self, address: str) -> None:
        self._driver.ask("POST", "/frame", {"id": None})
        self._driver.ask("POST", "/url", {"url": address})

    def call(self, function: str, *arguments: Any, frames: Sequence[str] = ()) -> Any:
        try:
            self._go_to(frames)
            body = {"script": CALL % function, "args": [json.dumps(arguments)]}
            answer = json.loads(self._driver.ask("POST", "/execute/async", body))
        except RefusedError as error:
            raise (NotThereError if error.kind in GONE else error) from error
        if "error" in answer:
            raise ScriptError(answer["error"])
        return answer["value"]

    def _go_to(self, frames: Sequence[str]) -> None:
        self._driver.ask("POST", "/frame", {"id": None})
        for selector in frames:
            body = {"script": GET_FRAME, "args": [selector]}
            frame = self._driver.ask("POST", "/execute/sync", body)
            if not frame:
                raise NotThereError(f"there is no frame {selector}")
            self._driver.ask("POST", "/frame", {"id": frame})

    def perform(self, source: dict[str, Any]) -> None:
        self._go_to(())
        self._driver.ask("POST", "/actions", {"actions": [source]})

    def screenshot(self) -> bytes:
        self._go_to(())
        return b64decode(self._driver.ask("GET", "/screenshot"))

    def complaints(self) -> list[str]:
        return [found[0] for found in map(ERROR.fullmatch, self._said()) if found]

    def asked(self) -> list[str]:
        return [found[1] for found in map(ASKED.fullmatch, self._said()) if found]

    def _said(self) -> list[str]:
        self.call("() => 0")  # what was said before is printed before the answer
        return self._lines()[self._start :]

    def _lines(self) -> list[str]:
        return self._log.read_text("utf-8", errors="replace").splitlines()
