"""Points on a GPU."""

from __future__ import annotations

from typing import Any


class DevicePoints:
    """To come."""

    def __init__(self, x: Any, y: Any) -> None:
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any: ...
