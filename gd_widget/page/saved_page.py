"""A session as a web page of its own: data, state and front end in one file.

The page asks for nothing: no network, no kernel, no file beside it. It runs from a disk, in a
sandboxed frame, and under a policy that allows inline scripts alone, by hash if need be.
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Callable
from html import escape
from pathlib import Path

from gd_widget.core.checks import problem
from gd_widget.page.files import write_whole
from gd_widget.page.state import Saved
from gd_widget.words.say import say, translated

PAGE = """\
<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>body{{margin:0}}</style>
<script type="module">{bundle}
{fit}</script>
<title>{title}</title>
<gradient-descent><script type="application/json">{state}</script></gradient-descent>
<noscript>{noscript}</noscript>
</html>
"""
"""What all pages have in common comes first: it is compressed once. It runs when all is there."""

# A page of its own is dark where the reader's system is; a frame is what the page around it is.
# The frame of a fragment that shares its page's origin is made as high as what it shows, and takes
# the place of the picture beside it; any other frame is left alone. Printing, nothing is observed
# (js/page/mount.js), and sheets are counted before it is known how high all will be on paper: the
# frame keeps its height, and what is higher than that is made smaller.
FIT = """\
self==top&&(document.documentElement.style.colorScheme="light dark");\
try{const f=frameElement,r=document.documentElement;if(f?.matches(".gd-widget-page>iframe"))\
{f.nextElementSibling?.remove();r.style.transformOrigin="0 0";\
new ResizeObserver(()=>f.style.height=r.offsetHeight+"px").observe(r);\
for(const query of["print",`(width:${innerWidth}px)`])\
matchMedia(query).onchange=()=>r.style.scale=Math.min(1,f.clientHeight/r.offsetHeight)}}catch{}"""


def page(saved: Saved, title: str, bundle: str) -> str:
    """The whole page, as text. The same state gives the same text.

    bundle : the front end. Raises ValueError where it could not stand in a script.
    """
    if "</script" in bundle or "<!--" in bundle:
        raise ValueError("the front end must not contain </script or <!--; it cannot be inlined")
    # How often training began anew is no part of where it is.
    snapshot = {name: value for name, value in saved.snapshot.items() if name != "run"}
    if saved.words["sentences"]:
        snapshot["words"] = saved.words
    state = {
        "snapshot": snapshot,
        "points": b64encode(saved.points).decode(),
        "rows": b64encode(saved.rows).decode(),
        "picture": b64encode(saved.picture).decode(),
    }
    # In a script, "<" is all that could end it, or begin a comment.
    data = json.dumps(state, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
    return PAGE.format(
        lang=saved.words["lang"],
        title=escape(translated(title)),
        state=data,
        bundle=bundle.strip(),
        fit=FIT,
        noscript=escape(say("This figure needs JavaScript.")),
    )


def save(path: str | os.PathLike[str], writers: dict[str, Callable[[Path], None]]) -> None:
    """Write what the ending asks for, complete or not at all.

    writers : what writes it to a path, by ending.
    """
    *others, last = writers
    rule = f"a name that ends in {', '.join(others)} or {last}"
    try:
        ending = Path(os.path.realpath(path)).suffix.lower()
    except (TypeError, ValueError):  # no path at all, or one with a null character
        raise problem("path", rule, path) from None
    write = writers.get(ending)
    if write is None:
        raise problem("path", rule, os.fspath(path))
    write_whole(Path(path), write)
