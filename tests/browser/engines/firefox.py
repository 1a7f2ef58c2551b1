"""Firefox, by WebDriver BiDi: JSON messages over a WebSocket, which Firefox itself answers.

Written down at https://w3c.github.io/webdriver-bidi/.
"""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import websocket

from tests.browser.engines.page import (
    FIND_FRAME,
    HEIGHT,
    WIDTH,
    Engine,
    NotThereError,
    Page,
    ScriptError,
)
from tests.browser.engines.webdriver import KEYS, WebDriverPage, keyboard
from tests.waiting import SECONDS, until

EVENTS = ["log.entryAdded", "network.beforeRequestSent"]
CALL = "async (all) => JSON.stringify((await (%s)(...JSON.parse(all))) ?? null)"

GONE = ("no such frame", "no such node", "unknown error")
"""What Firefox answers when a document goes while it is asked."""


class RefusedError(Exception):
    """What a browser answers instead of a result; `kind` is a word of the standard's."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class Connection:
    """Questions, answers, and what Firefox says in between."""

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(address, timeout=SECONDS, suppress_origin=True)
        self._ids = count(1)
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") != number:
                self.events.append(answer)
            elif answer["type"] == "error":
                raise RefusedError(answer["error"], answer["message"])
            else:
                return dict(answer["result"])

    def close(self) -> None:
        self._socket.close()


class Firefox(Engine):
    """A Firefox of its own, without a screen; `folder` holds its profile."""

    def __init__(self, program: str, folder: Path) -> None:
        options = ["--headless", "--no-remote", "--remote-debugging-port=0"]
        self._process = subprocess.Popen(
            [program, *options, "--profile", str(folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._written = folder / "WebDriverBiDiServer.json"
        self._connection = Connection(until(self._address))
        self._connection.ask("session.new", capabilities={})
        self._connection.ask("session.subscribe", events=EVENTS)

    def _address(self) -> str | None:
        assert self._process.poll() is None, "Firefox ended as soon as it was started"
        try:
            said = json.loads(self._written.read_text())
        except (OSError, ValueError):
            return None  # not written yet, or not to the end
        return f"ws://{said['ws_host']}:{said['ws_port']}/session"

    @contextmanager
    def page(self) -> Iterator[Page]:
        ask = self._connection.ask
        user = ask("browser.createUserContext")["userContext"]
        tab = ask("browsingContext.create", type="tab", userContext=user)["context"]
        viewport = {"width": WIDTH, "height": HEIGHT}
        ask("browsingContext.setViewport", context=tab, viewport=viewport)
        self._connection.events.clear()
        yield FirefoxPage(self._connection, tab)
        ask("browser.removeUserContext", userContext=user)

    def close(self) -> None:
        self._connection.ask("browser.close")
        self._connection.close()
        self._process.wait(timeout=SECONDS)


class FirefoxPage(WebDriverPage):
    def __init__(self, connection: Connection, tab: str) -> None:
        self._connection, self._tab = connection, tab

    def visit(self, address: str) -> None:
        ask = self._connection.ask
        ask("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def call(self, function: str, *arguments: Any, frames: Sequence[str] = ()) -> Any:
        context = self._tab
        for selector in frames:
            frame = f"(...all) => ({FIND_FRAME})(...all)?.contentWindow ?? null"
            found = self._call(context, frame, selector)
            if found["type"] != "window":
                raise NotThereError(f"there is no frame {selector}")
            context = found["value"]["context"]
        answer = self._call(context, CALL % function, json.dumps(arguments))
        return json.loads(answer["value"])

    def _call(self, context: str, function: str, argument: str) -> dict[str, Any]:
        try:
            answer = self._connection.ask(
                "script.callFunction",
                functionDeclaration=function,
                arguments=[{"type": "string", "value": argument}],
                target={"context": context},
                awaitPromise=True,
                userActivation=False,
            )
        except RefusedError as error:
            raise (NotThereError if error.kind in GONE else error) from error
        if answer["type"] == "exception":
            raise ScriptError(answer["exceptionDetails"]["text"])
        return dict(answer["result"])

    def perform(self, source: dict[str, Any]) -> None:
        self._connection.ask("input.performActions", context=self._tab, actions=[source])

    def wheel_with_control(self, x: float, y: float, by: float) -> None:
        self.perform(keyboard({"type": "keyDown", "value": KEYS["Control"]}))
        turned = {"type": "scroll", "x": round(x), "y": round(y), "deltaX": 0, "deltaY": by}
        self.perform({"type": "wheel", "id": "wheel", "actions": [turned]})
        self.perform(keyboard({"type": "keyUp", "value": KEYS["Control"]}))

    def screenshot(self) -> bytes:
        answer = self._connection.ask("browsingContext.captureScreenshot", context=self._tab)
        return b64decode(answer["data"])

    def complaints(self) -> list[str]:
        said = self._heard("log.entryAdded")
        return [entry["text"] for entry in said if entry["level"] == "error"]

    def asked(self) -> list[str]:
        return [event["request"]["url"] for event in self._heard("network.beforeRequestSent")]

    def _heard(self, event: str) -> list[dict[str, Any]]:
        self._connection.ask("session.status")  # what was said before is heard before the answer
        return [heard["params"] for heard in self._connection.events if heard["method"] == event]
