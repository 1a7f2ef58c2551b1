"""PyTorch's recording of what gradients are computed from, whatever the user has switched off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def recording_gradients() -> Iterator[None]:
    """As outside of the user's `with torch.no_grad()` or `torch.inference_mode()`."""
    with torch.inference_mode(False), torch.enable_grad():
        yield
