"""Text compressed into letters that no host changes, and the script that makes it of them again.

Four bytes are five letters, a quarter more; base64 takes a third more. Of the 85 letters none means
anything in JSON, HTML, a string of JavaScript, a formula in Markdown or a language of templates.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

import numpy as np

LETTERS = bytes(letter for letter in range(ord("!"), ord("~") + 1) if letter not in b"\"'&<>\\`${")

UNPACK = f"""\
async(letters,size)=>{{const view=new DataView(new ArrayBuffer(letters.length/5*4));\
for(let i=0;i<letters.length;i+=5)\
view.setUint32(i/5*4,[...letters.slice(i,i+5)].reduce((n,c)=>85*n+"{LETTERS.decode()}".indexOf(c),0));\
const bytes=view.buffer.slice(0,size);\
return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")))\
.text()}}"""
"""A function of JavaScript: from the letters, and the number of bytes they are, to the text."""


def packed(text: str) -> tuple[str, int]:
    """Text compressed, as letters, and the bytes that these are.

    Pages begin alike, up to the end of their first script, which is most of them: what comes of
    that is kept, and each goes on from a copy.
    """
    script, end, rest = text.partition("</script>")
    letters, begun, deflate = _begun(script + end)
    deflate = deflate.copy()
    last = begun + deflate.compress(rest.encode()) + deflate.flush()
    return letters + _in_letters(last), len(letters) // 5 * 4 + len(last)


@lru_cache(maxsize=2)
def _begun(text: str) -> tuple[str, bytes, zlib._Compress]:
    """The letters of a text so far, bytes too few for five more, and what goes on from there."""
    deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    begun = deflate.compress(text.encode())
    whole = len(begun) // 4 * 4
    return _in_letters(begun[:whole]), begun[whole:], deflate


def _in_letters(data: bytes) -> str:
    """The digits, to the base of 85, of each four bytes; zeros fill up the last ones."""
    words = np.frombuffer(data + bytes(-len(data) % 4), ">u4")
    digits = words[:, np.newaxis] // 85 ** np.arange(4, -1, -1) % 85
    return np.frombuffer(LETTERS, np.uint8)[digits].tobytes().decode()
