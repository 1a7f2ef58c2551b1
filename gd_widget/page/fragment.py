"""A page as a frame in another page, to be pasted there; and a page that unpacks itself."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from gd_widget.page.compression import UNPACK, packed

FRAME_HEIGHT = 900
"""Pixels a frame has where what is in it may not tell it another height."""

FRAME = f"width:100%;height:{FRAME_HEIGHT}px;border:0;color-scheme:light"
"""The style of a frame."""

FRAGMENT = (
    '<div class="gd-widget-page">'
    '<iframe title="{title}" style="{frame}" srcdoc="{page}"></iframe>'
    '<img alt="{alt}" style="max-width:100%" src="data:image/svg+xml;base64,{picture}" />'
    "</div>"
)


UNPACKING = """\
<!doctype html><html lang="en"><meta charset="utf-8"><script type="text/plain">{letters}</script>\
<script type="module">
try{{const page=await({unpack})(document.querySelector("script").textContent,{size});\
document.open();document.write(page);document.close()}}\
catch{{frameElement?.remove()}}
</script>
"""
"""A page that is another one, compressed, and puts that in its own place.

Where it cannot, in a browser without DecompressionStream or where a policy forbids it, its frame
goes, and the picture beside that stays.
"""


def fragment(page: str, poster: str, words: str) -> str:
    """A page as a frame in another page; where frames are taken out, its picture stays.

    words : what the picture shows, for who does not see it.
    """
    return FRAGMENT.format(
        title=attribute(words),
        frame=FRAME,
        page=attribute(page),
        alt=attribute(words),
        picture=b64encode(poster.encode()).decode(),
    )


def attribute(text: str) -> str:
    """Text as an attribute's value, in one line of ASCII: whatever becomes of it on the way."""
    line = escape(text).replace("\n", "&#10;")
    return line.encode("ascii", "xmlcharrefreplace").decode()


def compressed(page: str) -> str:
    """A page that unpacks itself: less than half of the bytes, for notebooks, which keep many.

    It needs leave to run what it has unpacked: a policy that allows scripts by their hashes gives
    none.
    """
    letters, size = packed(page)
    return UNPACKING.format(letters=letters, unpack=UNPACK, size=size)
