"""SVG as text: elements, numbers and words, for a picture that no script or style sheet helps.

A user's words are text and never markup, whatever is in them: only `escaped` makes markup of a
string, and the type checker holds the package to it.
This file knows nothing of charts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import NewType

Markup = NewType("Markup", str)

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say, not even escaped: most control characters, halves of surrogate
pairs, U+FFFE and U+FFFF. Source: https://www.w3.org/TR/xml/#charsets."""

ELLIPSIS = "…"


def escaped(text: str) -> Markup:
    """Any string as the text that it is, without what XML has no way to say."""
    return Markup(escape(NO_XML.sub("", text)))


def element(name: str, *content: Markup, **attributes: str | float) -> Markup:
    """<name attributes>content</name>; numbers are pixels, and `stroke_width` is stroke-width.

    >>> element("circle", cx=0.25, r=6, stroke_width="2.5")
    '<circle cx="0.2" r="6" stroke-width="2.5"/>'
    """
    said = "".join(
        f' {key.replace("_", "-")}="{escaped(value) if isinstance(value, str) else pixels(value)}"'
        for key, value in attributes.items()
    )
    return Markup(f"<{name}{said}>{joined(content)}</{name}>" if content else f"<{name}{said}/>")


def joined(parts: Iterable[Markup]) -> Markup:
    """One after the other."""
    return Markup("".join(parts))


def pixels(number: float) -> str:
    """A number of pixels: a tenth of one is as much as an eye can see.

    >>> pixels(12), pixels(3.14159), pixels(-0.01)
    ('12', '3.1', '0')
    """
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def pair(x: float, y: float) -> str:
    """A place in pixels, for a path."""
    return f"{pixels(x)},{pixels(y)}"


def plain(text: str) -> str:
    """The text as SVG shows it anyway, in one line: spaces, tabs and line ends are one space."""
    return re.sub("[ \t\r\n]+", " ", NO_XML.sub("", text)).strip(" ")


def cut(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text in one line, or as much of it as fits, ending in dots: SVG text does not wrap.

    width, size : what there is, and the font's, in pixels.

    >>> cut("Temperature in Reykjavík", 100, 11)
    'Temperature i…'
    """
    text = plain(text)
    used, most = 0.0, 0
    for i, letter in enumerate(text):
        if used <= width - _width_of(ELLIPSIS, size, bold):
            most = i  # so many letters fit, and the dots
        used += _width_of(letter, size, bold)
        if used > width:
            return text[:most].rstrip(" ") + ELLIPSIS
    return text


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide the text is in the widest of the usual fonts, about; in pixels."""
    return sum(_width_of(letter, size, bold) for letter in text)


def _width_of(letter: str, size: float, bold: bool) -> float:
    if letter in "mwMW@%—…−":
        ems = 1.0
    elif letter in " .,:;!|'`()[]/ijlftrI":
        ems = 0.4
    elif letter >= "\u0900":  # scripts of which many letters are wide
        ems = 1.0
    else:
        ems = 0.78 if letter.isupper() else 0.64
    return ems * size * (1.1 if bold else 1)
