"""A real kernel, and what a page would send it, by hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import Empty
from typing import Any, NamedTuple

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from tests.waiting import SECONDS, until


class Said(NamedTuple):
    """A message of a widget's to its pages."""

    content: dict[str, Any]
    buffers: list[bytes]


@contextmanager
def running_kernel(python: Path, folder: Path) -> Iterator[Kernel]:
    """A kernel of this Python, which keeps what it writes in this folder."""
    connection, _ = write_connection_file(str(folder / "connection.json"))
    env = {**os.environ, "IPYTHONDIR": str(folder / "ipython")}
    command = [str(python), "-m", "ipykernel_launcher", "-f", connection]
    with (folder / "kernel.log").open("wb") as log:
        # In a session of its own: Ctrl-C in the tests' terminal is none of its affair.
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True
        )
        client = BlockingKernelClient(connection_file=connection)
        try:
            client.load_connection_file()
            client.start_channels(hb=False)
            kernel = Kernel(process, client, folder)
            kernel.wait_until_heard()
            yield kernel
        finally:
            client.stop_channels()
            process.kill()
            process.wait()


class Kernel:
    """A kernel that runs cells, and takes down what its widgets say."""

    def __init__(
        self, process: subprocess.Popen[bytes], client: BlockingKernelClient, folder: Path
    ) -> None:
        self._process, self._client = process, client
        self.folder = folder
        self._printed: dict[str, str] = {}
        self._raised: dict[str, str] = {}
        self._over: set[str] = set()
        self.said: dict[str, list[Said]] = {}
        """By comm, all of it."""
        self.opened: list[str] = []
        """The comms of the widgets made here, in their order."""

    def wait_until_heard(self) -> None:
        """Until all that it says from now on arrives here; RuntimeError if it has died."""

        def is_heard() -> bool:
            if self._process.poll() is not None:
                raise RuntimeError(f"the kernel ended with {self._process.returncode}")
            self._client.kernel_info()
            return self._listen()

        until(is_heard)

    def start(self, source: str) -> str:
        """Run a cell, without waiting for its end; returns a name for it."""
        return str(self._client.execute(source))

    def end_of(self, cell: str) -> str:
        """Wait for a cell's end, and return what it printed, or else the name of its error."""
        self.listen_until(lambda: cell in self._over or None)
        return self._raised.get(cell) or self._printed.get(cell, "").strip()

    def run(self, source: str) -> str:
        """Run a cell, and return what it printed, or else the name of its error."""
        return self.end_of(self.start(source))

    def interrupt(self) -> None:
        """What Jupyter does when one presses its stop button."""
        self._process.send_signal(signal.SIGINT)

    def open_subshell(self) -> str | None:
        """The id of a new subshell, as JupyterLab asks for one; None: this kernel has none."""
        features = self._reply("kernel_info_request", {})["content"].get("supported_features", [])
        if "kernel subshells" not in features:
            return None
        return str(self._reply("create_subshell_request", {})["content"]["subshell_id"])

    def _reply(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """The answer on the channel that is never busy."""
        message = self._client.session.msg(kind, content)
        self._client.control_channel.send(message)
        while True:
            reply = self._client.get_control_msg(timeout=SECONDS)
            if reply["parent_header"]["msg_id"] == message["header"]["msg_id"]:
                return dict(reply)

    def tell(self, comm: str, data: dict[str, Any], subshell: str | None) -> None:
        """Send a comm's message, on a subshell if one is named."""
        message = self._client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        if subshell is not None:
            message["header"]["subshell_id"] = subshell
        self._client.shell_channel.send(message)

    def listen_until(self, condition: Callable[[], Any]) -> Any:
        """Take down what is said until this returns something; returns that."""

        def found() -> Any:
            answer = condition()
            if answer is None:
                self._listen()
            return answer

        return until(found)

    def _listen(self) -> bool:
        """Take down what is said next; whether anything was."""
        try:
            message = self._client.get_iopub_msg(timeout=0.5)
        except Empty:
            return False
        content, cell = message["content"], message["parent_header"].get("msg_id", "")
        kind = message["msg_type"]
        if kind == "stream":
            self._printed[cell] = self._printed.get(cell, "") + content["text"]
        elif kind == "error":
            self._raised[cell] = content["ename"]
        elif kind == "status" and content["execution_state"] == "idle":
            self._over.add(cell)
        elif kind == "comm_open" and "_snapshot" in content["data"].get("state", {}):
            self.opened.append(content["comm_id"])
        elif kind == "comm_msg" and content["data"].get("method") == "custom":
            said = Said(
                json.loads(content["data"]["content"]["json"]),
                [bytes(buffer) for buffer in message["buffers"]],
            )
            self.said.setdefault(content["comm_id"], []).append(said)
        return True


class Page:
    """What a page asks the last widget made, on the main shell or on a subshell."""

    def __init__(self, kernel: Kernel, subshell: str | None) -> None:
        self._kernel, self._subshell = kernel, subshell
        self._comm = kernel.opened[-1]
        self._ids = count(1)
        self.run = 0
        """The run of training that it has last heard of."""

    @property
    def heard(self) -> list[Said]:
        """All that the widget has said."""
        return self._kernel.said.setdefault(self._comm, [])

    def send(self, kind: str, **fields: Any) -> int:
        """Ask, without waiting for an answer; returns the question's id."""
        number = next(self._ids)
        question = {"type": kind, "id": number, "run": self.run, **fields}
        data = {"method": "custom", "content": {"json": json.dumps(question)}}
        self._kernel.tell(self._comm, data, self._subshell)
        return number

    def answer_to(self, number: int) -> Said:
        """Wait for the answer to a question: there is one, and only one."""

        def answer() -> Said | None:
            answers = [said for said in self.heard if said.content["id"] == number]
            assert len(answers) < 2
            return answers[0] if answers else None

        said: Said = self._kernel.listen_until(answer)
        self.run = said.content.get("run", self.run)
        return said

    def ask(self, kind: str, **fields: Any) -> Said:
        """Ask, and wait for the answer."""
        return self.answer_to(self.send(kind, **fields))
