"""What a film is to be like, checked. Neither Pillow nor a renderer is needed for that."""

from __future__ import annotations

from typing import Any, NamedTuple

from gd_widget.core.checks import flag, problem, some_of, whole_number

PANELS = ("fit", "surface", "loss")
"""The panels that a film can show."""

MOST_PER_SECOND = {".gif": 50, ".webp": 60, ".mp4": 60}
"""Pictures a second. Browsers play those of a GIF that stay less than 0.02 s five times as long."""

NARROWEST, WIDEST = 320, 3840
"""Pixels."""

UNTRAINED = 60
"""Steps that a film shows of a widget that has made none."""

LAST_STAYS = 2.0
"""Seconds, before a film begins again."""


class Options(NamedTuple):
    """How a film is made; see GDWidget.save."""

    steps: int | None = None
    fps: float = 20
    width: int = 640
    panels: tuple[str, ...] | None = None
    progress: bool = True


def options(ending: str, said: dict[str, Any], has_points: bool = True) -> Options:
    """The options for a film of this ending. Raises ValueError for what a film cannot have.

    has_points : False of a function, to which there is no fit.
    """
    checked: dict[str, Any] = {}
    if "steps" in said:
        checked["steps"] = whole_number("steps", said["steps"], least=1)
    if "fps" in said:
        checked["fps"] = _rate(said["fps"], MOST_PER_SECOND[ending], ending)
    if "width" in said:
        checked["width"] = whole_number("width", said["width"], least=NARROWEST, most=WIDEST)
        if checked["width"] % 2:
            raise problem("width", "an even number, as films are", said["width"])
    if "panels" in said:
        able = PANELS if has_points else tuple(name for name in PANELS if name != "fit")
        checked["panels"] = tuple(some_of("panels", said["panels"], able))
    if "progress" in said:
        checked["progress"] = flag("progress", said["progress"])
    return Options(**checked)


def _rate(fps: Any, most: int, ending: str) -> float:
    is_number = isinstance(fps, (int, float)) and not isinstance(fps, bool)
    if not is_number or not 1 <= fps <= most:
        raise problem("fps", f"a number from 1 to {most} in a {ending} file", fps)
    return float(fps)
