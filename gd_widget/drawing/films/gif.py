"""A GIF, written picture by picture.

All pictures have one palette, so that a colour is the same in all of them, and of each only what
has changed is written. Source: https://www.w3.org/Graphics/GIF/spec-gif89a.txt.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import BinaryIO, NamedTuple

import numpy as np
from PIL import GifImagePlugin, Image

from gd_widget.core.types import Array

AS_BEFORE = 255
"""In the place of a colour: what has not changed."""

LONGEST = 65535
"""Hundredths of a second that one picture can stay."""

Pixels = Array[np.uint32]
"""Red, 256 times green and 65,536 times blue of each."""


class Part(NamedTuple):
    """What a picture changes: the places of colours in the palette, in a box from `corner` on."""

    colours: Array[np.uint8]
    corner: tuple[int, int]


class Palette:
    """The 255 colours that some pictures have most of; any other is shown as the nearest of them.

    (Pillow's own `quantize` may take a neighbour for a colour that the palette has.)
    """

    def __init__(self, pictures: Sequence[Image.Image]) -> None:
        counts: Counter[int] = Counter()
        for picture in pictures:
            found, times = np.unique(_pixels(picture), return_counts=True)
            counts.update(dict(zip(found.tolist(), times.tolist(), strict=True)))
        most = sorted(counts, key=lambda colour: (-counts[colour], colour))[:AS_BEFORE]
        self._colours = _parts(np.array(most, np.uint32))
        self._place_of = np.full(1 << 24, AS_BEFORE, np.uint8)  # of those looked for so far

    def places_of(self, pixels: Pixels) -> Array[np.uint8]:
        """Where in the palette the colours of pixels stand."""
        places = self._place_of[pixels]
        new = np.unique(pixels[places == AS_BEFORE])
        if not len(new):
            return places
        apart = _parts(new)[:, None, :] - self._colours
        self._place_of[new] = (apart * apart).sum(axis=2).argmin(axis=1)
        return self._place_of[pixels]

    def __bytes__(self) -> bytes:
        return self._colours.astype(np.uint8).tobytes().ljust(3 * (AS_BEFORE + 1), b"\0")


def write(file: BinaryIO, pictures: Iterable[tuple[Image.Image, int]], palette: Palette) -> None:
    """Write pictures, each with how long it stays in hundredths of a second; they begin again."""
    shown: Pixels | None = None
    waiting: Part | None = None
    stays = 0
    for picture, hundredths in pictures:
        now = _pixels(picture)
        part = _changed(now, shown, palette)
        if part is not None:
            if waiting is None:
                _begin(file, picture.size, palette)
            else:
                _put(file, waiting, stays)
            waiting, stays = part, 0
        shown, stays = now, stays + hundredths
    assert waiting is not None  # there was a picture
    _put(file, waiting, stays)
    file.write(b";")


def _pixels(picture: Image.Image) -> Pixels:
    whole: Pixels = np.asarray(picture.convert("RGBA")).view("<u4")[..., 0]
    return whole & np.uint32(0xFFFFFF)


def _parts(colours: Pixels) -> Array[np.int64]:
    """Red, green and blue of colours, shape (n, 3)."""
    parts: Array[np.int64] = (colours[:, None] >> np.array([0, 8, 16])).astype(np.int64) & 255
    return parts


def _changed(now: Pixels, before: Pixels | None, palette: Palette) -> Part | None:
    """What a picture has that the one before has not; None: nothing."""
    if before is None:
        return Part(palette.places_of(now), (0, 0))
    differs = now != before
    rows, columns = (np.flatnonzero(differs.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    top, left = int(rows[0]), int(columns[0])
    box = slice(top, rows[-1] + 1), slice(left, columns[-1] + 1)
    places = palette.places_of(now[box])
    return Part(np.where(differs[box], places, np.uint8(AS_BEFORE)), (left, top))


def _begin(file: BinaryIO, size: tuple[int, int], palette: Palette) -> None:
    """The header: the size, the palette of all pictures, and that they begin again without end."""
    file.write(b"GIF89a" + struct.pack("<HHBBB", *size, 0b1_111_0_111, 0, 0) + bytes(palette))
    file.write(b"!\xff\x0bNETSCAPE2.0" + struct.pack("<BBHB", 3, 1, 0, 0))


def _put(file: BinaryIO, part: Part, hundredths: int) -> None:
    """One picture; of what stays longer than one can, an unchanged pixel after it."""
    stays = min(hundredths, LONGEST)
    picture = Image.fromarray(part.colours)
    data = GifImagePlugin.getdata(
        picture, part.corner, duration=10 * stays, transparency=AS_BEFORE, disposal=1
    )
    file.writelines(data)
    if hundredths > stays:
        _put(file, Part(np.full((1, 1), AS_BEFORE, np.uint8), (0, 0)), hundredths - stays)
