"""A film as a file: how long each picture stays, and who writes which format.

GIFs are written by gif.py, which no library does picture by picture; WebP by Pillow; MP4 by
FFmpeg, which imageio-ffmpeg brings along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from gd_widget.drawing.films import gif
from gd_widget.drawing.films.options import LAST_STAYS
from gd_widget.drawing.films.reel import Reel

Done = Callable[[], object]
"""What is called after every picture."""


def write_gif(path: Path, reel: Reel, fps: float, done: Done) -> None:
    """Write a GIF: 100 ticks a second, which other rates are rounded to picture by picture."""
    n = len(reel)
    chosen = [reel.picture(step) for step in (0, n // 2, n - 1)]  # what colours there are
    stays = _times(n, fps, ticks=100)
    with open(path, "xb") as file:
        gif.write(file, zip(_all(reel, done), stays, strict=True), gif.Palette(chosen))


def write_webp(path: Path, reel: Reel, fps: float, done: Done) -> None:
    """Write an animated WebP without loss."""
    _Lazily(reel, done).save(
        path,
        "WEBP",
        save_all=True,
        lossless=True,
        method=4,
        loop=0,
        duration=_times(len(reel), fps, 1000),
    )


def write_mp4(path: Path, reel: Reel, fps: float, done: Done) -> None:
    """Write an MP4 that browsers and phones play. It ends with its last picture, held."""
    import imageio_ffmpeg

    writer = imageio_ffmpeg.write_frames(
        str(path),
        reel.size,
        fps=fps,
        codec="libx264",
        macro_block_size=2,
        quality=None,
        output_params=["-crf", "18", "-movflags", "+faststart", "-f", "mp4"],
    )
    writer.send(None)
    try:
        for picture in _all(reel, done):
            data = picture.tobytes()
            writer.send(data)
        for _ in range(round(LAST_STAYS * fps)):
            writer.send(data)
    finally:
        writer.close()


WRITERS = {".gif": write_gif, ".webp": write_webp, ".mp4": write_mp4}


def _all(reel: Reel, done: Done) -> Iterator[Image.Image]:
    for step in range(len(reel)):
        yield reel.picture(step)
        done()


def _times(n: int, fps: float, ticks: int) -> list[int]:
    """How long each of n pictures stays, in ticks of which there are so many a second.

    Rounded so that the whole takes as long as it should.
    """
    starts = [round(i * ticks / fps) for i in range(n)]
    ends = [*starts[1:], starts[-1] + round(LAST_STAYS * ticks)]
    return [end - start for start, end in zip(starts, ends, strict=True)]


class _Lazily(Image.Image):
    """A reel as Pillow knows pictures that move: each is made when it is sought."""

    def __init__(self, reel: Reel, done: Done) -> None:
        super().__init__()
        self._reel, self._done, self._at = reel, done, -1
        self.n_frames = len(reel)
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Go to a picture."""
        if frame == self._at:
            return
        picture = self._reel.picture(frame)
        self.im, self._mode, self._size = picture.im, picture.mode, picture.size
        if frame > self._at:  # and not back to the first, in the end
            self._done()
        self._at = frame

    def tell(self) -> int:
        """Which one is shown."""
        return self._at
