"""How Sphinx makes the site of these pages; see tools/docs.py.

Sphinx, because it reads Markdown, checks every link, and needs neither Node nor a network; Furo,
because its pages ask for nothing from elsewhere.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

from tools.docs import ROOT, SECTION, section
from tools.reference import reference

project = "gd_widget"
html_title = "gd_widget"
html_theme = "furo"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_favicon = "favicon.svg"
html_static_path = [str(ROOT / "gd_widget" / "static" / "widget.js"), "site.css"]
html_css_files = ["site.css"]
html_js_files = [("widget.js", {"type": "module"})]
html_theme_options = {"source_edit_link": None}
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_use_index = False
exclude_patterns = ["conf.py"]
smartquotes = False  # names of arguments and what is given to them stand in many sentences
pygments_style = "a11y-light"
pygments_dark_style = "a11y-high-contrast-dark"


def read(_: Sphinx, page: str, source: list[str]) -> None:
    """Put in what a page takes from elsewhere, whose links lead out of this folder."""
    up = "../" * (page.count("/") + 1)

    def there(match: re.Match[str]) -> str:
        text = section(match[1])
        text = re.sub(r"\]\((?!\w+:|#)", f"]({up}", text)
        text = text.replace(f"({up}benchmarks/README.md)", "(#how-it-is-measured)")
        return text.replace(f"({up}docs/", f"({up[3:]}")

    source[0] = SECTION.sub(there, source[0]).replace("<!-- docstrings -->", reference())


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx calls it."""
    app.connect("source-read", read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
