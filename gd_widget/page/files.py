"""Files that are complete, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Have a file written, which takes the place of one of that name once it is complete.

    write : writes all of it to the path that it is given.

    Raises OSError, which names `path`, where it cannot be written; what was there is there still.
    """
    target = Path(os.path.realpath(path))  # a link stays one
    # Beside the file, because only within one file system is a replacement all or nothing.
    unfinished = target.with_name(f".{uuid4().hex}.part")
    try:
        write(unfinished)
        with open(unfinished, "rb+") as file:
            os.fsync(file.fileno())
        if target.exists():
            unfinished.chmod(target.stat().st_mode & 0o777)
        os.replace(unfinished, target)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, os.fspath(path)) from None
    finally:
        with suppress(OSError):  # that of above says more
            unfinished.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a new file, in UTF-8 with plain line ends on every system."""
    with open(path, "x", encoding="utf-8", newline="\n") as file:
        file.write(text)
