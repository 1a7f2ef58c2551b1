"""Web servers on this machine: a folder as a web site, and programs that serve."""

from __future__ import annotations

import subprocess
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.waiting import SECONDS, until


@contextmanager
def serving(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a folder, each answer with these headers; yields the address, without a slash."""
    handler = partial(Handler, directory=str(folder), headers_too=headers or {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Handler(SimpleHTTPRequestHandler):
    """Answers with files, and is silent about it."""

    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",  # some machines know another type, which modules must not have
        ".mjs": "text/javascript",
    }

    def __init__(self, *args: object, headers_too: Mapping[str, str], **kwargs: object) -> None:
        self._headers_too = headers_too
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":  # no page of the tests has one, and browsers ask anyway
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        for name, value in self._headers_too.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running(
    command: Sequence[str], address: str, *, log: Path, env: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a program that serves, from when it answers at an address; end it afterwards.

    log : where it writes what it has to say.
    """
    with log.open("wb") as said:
        server = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            _wait_for(address, server, log)
            yield
        finally:
            server.terminate()
            server.wait(timeout=SECONDS)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    def answers() -> bool:
        if server.poll() is not None:
            raise RuntimeError(f"{log.stem} ended with {server.returncode}:\n{log.read_text()}")
        try:
            urllib.request.urlopen(address, timeout=SECONDS).close()
        except OSError:
            return False
        return True

    until(answers)
