"""A page of the site that begins with the widget, and has its theme as two files instead of seven.

They come over the same few connections, and nothing can be pressed before the style sheet is there:
the widget is asked for first, and is read while the rest of the page comes.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path

STYLES = re.compile(r'(?:<link rel="stylesheet"[^>]*>\s*)+')
SCRIPTS = re.compile(r'(?:<script src="[^"]*"></script>\s*)+')
WIDGET = re.compile(r'<script type="module" (src="[^"]*")></script>\s*')
SOURCE_MAP = re.compile(r"^/[/*]# sourceMappingURL=.*$", re.MULTILINE)


def joined(text: str, page: Path, static: Path) -> str:
    """A page whose theme is two files, which are written here.

    text : the page, as it was made. page : where it lies. static : the folder of the site's files.
    """
    up = "../" * (len(page.relative_to(static.parent).parts) - 1)

    def one(tags: str, ending: str) -> str:
        """The address of one file that has what these tags fetch."""
        files = [page.parent / url for url in re.findall(r'(?:href|src)="([^"?]*)', tags)]
        content = "\n".join(SOURCE_MAP.sub("", file.read_text("utf-8")) for file in files)
        # By its name, a browser that has kept an older one knows that this is another.
        name = f"theme-{zlib.crc32(content.encode()):08x}.{ending}"
        (static / name).write_text(content, "utf-8")
        return f"{up}{static.name}/{name}"

    text = STYLES.sub(
        lambda tags: f'<link rel="stylesheet" href="{one(tags[0], "css")}">\n', text, count=1
    )
    text = SCRIPTS.sub(
        lambda tags: f'<script src="{one(tags[0], "js")}"></script>\n', text, count=1
    )
    # The page of the search has more scripts, which need this one: in order, then, and all later.
    text = text.replace("<script src=", "<script defer src=")
    return widget_first(text)


def widget_first(text: str) -> str:
    """A page that asks for the widget before all else, and waits for it nowhere."""
    start = '<meta charset="utf-8">'
    [address] = WIDGET.findall(text)
    first = f'{start}\n<script type="module" async {address}></script>\n'
    return WIDGET.sub("", text).replace(start, first, 1)
