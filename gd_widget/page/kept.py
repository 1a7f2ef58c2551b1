"""What a notebook's cell keeps beside its widget: a page, a picture and words in one element.

Notebooks are passed through sanitizers that differ. What each of them leaves has to be worth
reading, and never the page's source:

- Nothing taken out: the page. It stands in a comment, and is put into a frame as soon as the
  element is in sight: a long notebook starts no page that nobody looks at.
- JupyterLab, in a notebook that it does not trust, takes out comments and what handles events, and
  leaves styles: the picture, which is a background, and the words.
- nbconvert's `--sanitize-html`, which JupyterLab's export as HTML asks for, makes text of elements
  that it does not know, and leaves out comments and attributes: the words.
"""

from __future__ import annotations

from urllib.parse import quote

from gd_widget.page.fragment import FRAME, FRAME_HEIGHT, attribute
from gd_widget.words.say import say

ELEMENT = (
    '<em class="gd-widget-page" style="display:block;font-style:normal;'
    'content-visibility:auto;contain-intrinsic-size:auto {height}px"'
    ' oncontentvisibilityautostatechange="{show}"><!--{page}-->'
    '<i title="{words}" style="display:block;max-width:{width}px;font-style:normal">'
    '<i style="display:block;padding-bottom:{share:.4g}%;background-size:100% 100%;'
    'print-color-adjust:exact;background-image:url(&quot;data:image/svg+xml,{picture}&quot;)"></i>{note}</i></em>'
)

SHOW = f"""\
const show=()=>{{const page=this.firstChild;if(page.data){{\
const frame=document.createElement('iframe');\
frame.title=page.nextSibling.title;frame.style.cssText='{FRAME}';frame.srcdoc=page.data;\
page.replaceWith(frame);this.style.contentVisibility='visible'}}}};\
event.skipped||(document.readyState=='loading'?\
document.addEventListener('DOMContentLoaded',show):show())"""
"""What shows the page in the place of its comment, once all of that has been read.

(In an attribute, `addEventListener` alone would be the element's, which hears of no such event.)
"""


PLAIN = " ',/:;="
"""What is left as it is in the picture's URL: what means nothing in HTML, nor in a style."""


def quoted(text: str) -> str:
    """What urllib's quote() makes of it, sooner: few kinds of letters are not left as they are."""
    text = text.replace("%", "%25")  # first, for all the others bring some
    for letter in set(text) - {"%"}:
        text = text.replace(letter, quote(letter, safe=PLAIN))
    return text


def kept(page: str, poster: str, size: tuple[int, int], words: str, step: int) -> str:
    """A page as a cell keeps it.

    poster, size : the picture, an SVG, and its width and height.
    words : what the widget is, and where, in a line.
    step : the one that the picture shows.

    Raises ValueError where the page could not stand in a comment.
    """
    if "-->" in page or "--!>" in page:
        raise ValueError("the page must not contain the end of a comment; it stands in one")
    note = say(
        "{words}. A still view of step {step}: it is live where this cell is run, in a notebook "
        "that is trusted (JupyterLab: Trust Notebook, in the command palette).",
        **{"words": words, "step": step},
    )
    return ELEMENT.format(
        height=FRAME_HEIGHT,
        show=attribute(SHOW),
        page=page.replace("\n", ""),
        words=attribute(words),
        width=size[0],
        share=100 * size[1] / size[0],
        picture=quoted(poster.replace('"', "'")),
        note=attribute(note),
    )
