"""The messages between a page and the kernel, checked and packed.

From the page (plain JSON, `id` chosen by the page and repeated in the answer):

    hello    {id}                         asks for everything
    advance  {id, run, after, steps}      asks for the rows after a step; makes those missing
    seek     {id, run, step}              go to a row
    set      {id, run, changes, step?}    change settings, at the row the page shows
    edit     {id, run, step, at, remove, insert}   replace points, at the row the page shows
    reset    {id}      new_data {id}

To the page: `hello` (everything), `rows`, `state` and `error`; widget.py sends them. `run`
counts the times training went on from elsewhere or with other settings, so that what was
asked for before is recognised and dropped. `advance` names the row it goes on from: asking
twice makes no row twice, whoever asks.
This file knows nothing of widgets: it turns dicts into checked dicts, and rows into bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from gd_widget.arguments import flag, nearest, pair, point, positive_number, problem, whole_number
from gd_widget.data import FloatArray, Params, Points
from gd_widget.quadratic import Quadratic

Check = Callable[[str, Any], Any]

MOST_STEPS = 100_000
"""Steps one message may ask for; a page asks for a fraction of a second's worth."""

MOST_ROWS = 1000
"""Rows one message may carry, 56 kB: twenty of them a second stay near 1 MB/s."""

MOST_SAVED_ROWS = 128
"""Rows kept for a page without a kernel, which can compute those between them."""

MOST_EXACT = 1000
"""Points that travel in all their digits."""

MOST_EDITED = 100
"""Points one edit may insert."""

MOST_POINTS = 20_000
"""Points a view draws; beyond that, evenly spaced ones stand for all."""


def _count(name: str, value: Any) -> int:
    return whole_number(name, value, least=0, most=2**53)


def _steps(name: str, value: Any) -> int:
    return whole_number(name, value, least=1, most=MOST_STEPS)


def _changes(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise problem(name, "an object of settings", value)
    return {key: setting(key, value[key]) for key in value}


def setting(name: str, value: Any) -> Any:
    """The checked value of a setting that a page may change."""
    if name not in SETTINGS:
        raise ValueError(f"there is no setting {name!r}; {nearest(name, SETTINGS)}")
    return SETTINGS[name](name, value)


def _pairs(name: str, value: Any) -> list[Params]:
    if not isinstance(value, list) or len(value) > MOST_EDITED:
        raise problem(name, f"a list of at most {MOST_EDITED} points", value)
    return [point("a point", one) for one in value]


SETTINGS: dict[str, Check] = {
    "guess": pair,
    "lr": positive_number,
    "steps_per_second": positive_number,
    "playing": flag,
}

MESSAGES: dict[str, dict[str, Check]] = {
    "hello": {"id": _count},
    "advance": {"id": _count, "run": _count, "after": _count, "steps": _steps},
    "seek": {"id": _count, "run": _count, "step": _count},
    "set": {"id": _count, "run": _count, "changes": _changes, "step": _count},
    "edit": {
        "id": _count,
        "run": _count,
        "step": _count,
        "at": _count,
        "remove": _count,
        "insert": _pairs,
    },
    "reset": {"id": _count},
    "new_data": {"id": _count},
}
OPTIONAL = {("set", "step")}


def read_message(content: Any) -> dict[str, Any]:
    """The message with every field checked, or ValueError naming field, rule and value."""
    if not isinstance(content, dict):
        raise problem("a message", "an object", content)
    kind = content.get("type")
    if not isinstance(kind, str) or kind not in MESSAGES:
        raise problem("a message's type", f"one of {', '.join(MESSAGES)}", kind)
    message: dict[str, Any] = {"type": kind}
    for name, check in MESSAGES[kind].items():
        if name in content:
            message[name] = check(name, content[name])
        elif (kind, name) not in OPTIONAL:
            raise ValueError(f"a message of type {kind!r} must have {name!r}; got {content!r:.200}")
    return message


def pack_rows(rows: FloatArray, first_step: int) -> tuple[bytes, int]:
    """Rows as bytes, each preceded by its step number, and k where only every k-th is there.

    Little-endian float64, row by row. The first row and the last are always included.
    """
    every = -(-len(rows) // (MOST_ROWS - 1)) or 1
    kept = np.arange(len(rows) - 1, -1, -every)[::-1]
    if len(kept) and kept[0] != 0:
        kept = np.concatenate([[0], kept])
    return _with_steps(first_step + kept, rows[kept]), every


def pack_saved_rows(steps: npt.NDArray[np.intp], rows: FloatArray) -> bytes:
    """Rows for a page without a kernel: step, slope, intercept, lr.

    The loss and the gradient are left out, because the bowl gives them.
    """
    return _with_steps(steps, rows[:, [0, 1, 5]])


def _with_steps(steps: npt.NDArray[np.intp], rows: FloatArray) -> bytes:
    return np.column_stack([steps, rows]).astype("<f8", copy=False).tobytes()


def pack_points(points: Points, bowl: Quadratic) -> tuple[bytes, Params]:
    """All x, then all y; and the two numbers that they are to be multiplied by.

    What is packed are offsets from the means, in units of the largest: as little-endian float64,
    or, of more than MOST_EXACT points, as float32, seven digits of the spread whatever its size.
    Of more than MOST_POINTS points, evenly spaced ones.
    """
    kept = slice(None, None, -(-len(points) // MOST_POINTS))
    x, y = points.x[kept] - bowl.mean_x, points.y[kept] - bowl.mean_y
    spread = float(np.abs(x).max()) or 1.0, float(np.abs(y).max()) or 1.0
    numbers = "<f8" if len(points) <= MOST_EXACT else "<f4"
    packed = np.concatenate([x / spread[0], y / spread[1]]).astype(numbers).tobytes()
    return packed, spread
