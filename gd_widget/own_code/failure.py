"""An error that the reader's code raised, and what can be seen where it did."""

from __future__ import annotations

import linecache
import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import FrameType
from typing import Any

from gd_widget.core.diagnosis import Names

LIBRARIES = ("torch", "numpy", "pandas", "polars", "jax", "jaxlib")
"""An error that these raise is the reader's at the line that called them."""


@dataclass
class Failure:
    """An error, and what is known of the code that raised it.

    params : the reader's own tensors or arrays.
    dtype : their type, such as "float32".
    n_backward : how often gradients had arrived in the step that failed.
    is_first : whether that was the first step.
    """

    error: BaseException
    names: Names
    params: Sequence[Any] = field(default=())
    dtype: str = "float32"
    n_backward: int = 0
    is_first: bool = True

    @property
    def said(self) -> str:
        """The error's own words."""
        return str(self.error)

    @cached_property
    def line(self) -> str:
        """The reader's line that failed, "" where it is not known."""
        frame, number = self._place
        return linecache.getline(frame.f_code.co_filename, number).strip() if frame else ""

    @property
    def library(self) -> str:
        """Where the error was raised, such as "torch"; "" where by the line itself."""
        frames = [frame for frame, _ in traceback.walk_tb(self.error.__traceback__)]
        return _package(frames[-1]) if frames and _is_library(frames[-1]) else ""

    def value(self, dotted: str) -> Any:
        """What a name, or an attribute of one as in w.x, stands for there; None for nothing."""
        frame, _ = self._place
        if frame is None:
            return None
        first, *rest = dotted.split(".")
        value = frame.f_locals.get(first, frame.f_globals.get(first))
        for attribute in rest:
            value = getattr(value, attribute, None)
        return value

    @property
    def arrays(self) -> tuple[str, ...]:
        """What the line calls arrays: NumPy's, and the columns of a frame.

        Not those that only choose items, as in x[some], which stay whole numbers.
        """
        return tuple(name for name, value in self._named.items() if _is_array(value))

    @property
    def has_frame(self) -> bool:
        """Whether it takes something of a frame, which is no array as a whole."""
        return any(hasattr(value, "columns") for value in self._named.values())

    @property
    def lists(self) -> tuple[str, ...]:
        """What it calls lists."""
        return tuple(name for name, value in self._named.items() if isinstance(value, list))

    @property
    def none(self) -> str:
        """The first name in it that stands for None, "" for none."""
        frame, _ = self._place
        known = {**frame.f_globals, **frame.f_locals} if frame else {}
        return next((one for one in self._named if one in known and known[one] is None), "")

    def is_local(self, name: str) -> bool:
        """Whether the function that failed has made it itself."""
        frame, _ = self._place
        return frame is not None and name in frame.f_code.co_varnames

    @property
    def has_tensor(self) -> bool:
        """Whether it has a tensor."""
        return any(hasattr(value, "detach") for value in self._named.values())

    @cached_property
    def _named(self) -> dict[str, Any]:
        line = re.sub(r"\[[^\[\]]*\]", "", self.line)
        names = dict.fromkeys(re.findall(r"[A-Za-z_][\w.]*\w|[A-Za-z_]", line))
        return {name: self.value(name) for name in names}

    @cached_property
    def _place(self) -> tuple[FrameType | None, int]:
        places = list(traceback.walk_tb(self.error.__traceback__))
        own = [(frame, line) for frame, line in places if not _is_library(frame)]
        return own[-1] if own else (None, 0)


def _is_library(frame: FrameType) -> bool:
    return _package(frame) in LIBRARIES


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _is_array(value: Any) -> bool:
    is_tensor, is_class = hasattr(value, "detach"), isinstance(value, type)
    return hasattr(value, "__array__") and hasattr(value, "shape") and not (is_tensor or is_class)
