"""A folder as a web site on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


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
