"""A page as the messages' description has it: what it has been sent, put together.

It holds what it is told against the kernel only when asked to, and asks for everything where it
was told of rows that follow others it never had.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np


class PlainPage:
    """Messages from a kernel, and the rows of each run by step."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.told: dict[str, Any] = {}
        self.rows: list[dict[int, tuple[float, ...]]] = []
        self.run = 0
        self.is_lost = False  # whether it must ask for everything

    def take(self, content: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        content = json.loads(content["json"])
        self.sent.append(content)
        getattr(self, f"_{content['type']}")(content, [bytes(b) for b in buffers or []])

    def answers(self, number: int) -> list[dict[str, Any]]:
        return [content for content in self.sent if content.get("id") == number]

    def _hello(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        self.told, self.run, self.is_lost = content, content["run"], False
        points, *tables = buffers[: 1 + len(content["runs"])]
        self.points = np.frombuffer(points, "<f8").reshape(2, -1)
        self.rows = [{} for _ in content["runs"]]
        self._add(content, tables)
        self._put(content)

    def _rows(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        self.run = content["run"]
        if any(buffers) and content["after"] > max(map(max, self.rows)):
            self.is_lost = True
        if any(buffers):
            self.forget_after(content["after"])
        self._add(content, buffers)

    def _state(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        self.told, self.run = {**self.told, **content}, content["run"]
        self._put(content)

    def _error(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        assert content["message"]
        assert content["traceback"] == "", content["traceback"]

    def _picture(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        picture, [cells] = content["picture"], buffers
        assert len(cells) == picture["columns"] * picture["rows"]

    def _add(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        assert content["every"] == 1, "so few rows are sent whole"
        for rows, width, table in zip(self.rows, content["widths"], buffers, strict=True):
            for row in np.frombuffer(table, "<f8").reshape(-1, width).tolist():
                rows[int(row[0])] = tuple(row[1:7])

    def _put(self, content: dict[str, Any]) -> None:
        """Where each run is."""
        for rows, run in zip(self.rows, content["runs"], strict=True):
            for step in [step for step in rows if step >= run["n_rows"]]:
                del rows[step]
            step, *row = run["row"]
            self.is_lost |= step > max(rows, default=-1) + 1
            rows[step] = tuple(np.nan if number is None else number for number in row[:6])

    def forget_after(self, after: int) -> None:
        """Rows after a step are replaced; or a person goes on from there, perhaps otherwise."""
        for rows in self.rows:
            for step in [step for step in rows if step > after]:
                del rows[step]
