"""The way back from what page/compression.py makes of a text."""

from __future__ import annotations

import zlib

import numpy as np

from gd_widget.page.compression import LETTERS


def unpacked(letters: str, size: int) -> str:
    """The text again."""
    digits = np.array([LETTERS.index(letter) for letter in letters.encode()]).reshape(-1, 5)
    data = (digits @ 85 ** np.arange(4, -1, -1)).astype(">u4").tobytes()
    assert len(data) - 4 < size <= len(data)
    return zlib.decompress(data[:size], wbits=-zlib.MAX_WBITS).decode()
