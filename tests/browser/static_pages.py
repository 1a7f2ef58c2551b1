"""Pages on which the widget lives without a kernel, each as its host makes it, and offline.

A function writes index.html, and what that needs, into an empty folder. It returns the headers
the folder is to be served with, if there are any. What a page would ask of its host's own
servers lies beside it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import anywidget
import marimo
import nbformat
from ipywidgets import Widget
from ipywidgets.embed import dependency_state, embed_minimal_html
from nbconvert import HTMLExporter, SlidesExporter

from gd_widget import GDWidget
from gd_widget.page.bundle import BUNDLE
from tools.notebooks import execute

Headers = dict[str, str]

HOSTS = Path(__file__).with_name("hosts")
PACKAGES = HOSTS / "node_modules"
REQUIRE = PACKAGES / "requirejs" / "require.js"
HTML_MANAGER = PACKAGES / "@jupyter-widgets" / "html-manager" / "dist" / "embed-amd.js"
REVEAL = PACKAGES / "reveal.js"
ANYWIDGET = Path(anywidget.__file__).parent / "nbextension" / "index.js"
MARIMO = Path(marimo.__file__).parent / "_static"

SAVED_STEP = 3
"""How far training has gone in the pages made of notebooks."""

CELLS = [
    f"from gd_widget import GDWidget\nw = GDWidget(n=100, lr=0.1)\nw.step({SAVED_STEP})",
    "w",
]


def page(body: str) -> str:
    """A page as one writes it by hand."""
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>A page</title>\n'
        f"{body}\n</html>\n"
    )


def write(folder: Path, text: str) -> None:
    """Write a folder's one page."""
    (folder / "index.html").write_text(text, "utf-8")


# ---------------------------------------------------------------------- the widget's own pages


def saved(folder: Path) -> Headers:
    """What `save` writes, and nothing else."""
    GDWidget(n=100, lr=0.1).save(folder / "index.html")
    return {}


def sandboxed(folder: Path) -> Headers:
    """The saved page in a frame that may run scripts, and no more."""
    GDWidget(n=100, lr=0.1).save(folder / "post.html")
    style = "width:100%;height:900px;border:0"
    write(
        folder, page(f'<iframe sandbox="allow-scripts" src="post.html" style="{style}"></iframe>')
    )
    return {}


def framed(folder: Path) -> Headers:
    """The saved page in an ordinary frame, among what else is on a page."""
    GDWidget(n=100, lr=0.1).save(folder / "post.html")
    frame = '<iframe src="post.html" style="width:100%;height:900px;border:0"></iframe>'
    write(folder, page(f"<p>Text.</p>\n{frame}\n<p>More.</p>"))
    return {}


def inline_policy(folder: Path) -> Headers:
    """The saved page where scripts must be in the page."""
    saved(folder)
    return {"Content-Security-Policy": "script-src 'unsafe-inline'"}


def hash_policy(folder: Path) -> Headers:
    """The saved page where every script must be known by its hash."""
    saved(folder)
    text = (folder / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{name}'" for name in hashes)
    return {"Content-Security-Policy": f"script-src {allowed}"}


def fragment(folder: Path) -> Headers:
    """What `to_html` returns, pasted into a page."""
    write(folder, page(f"<p>Text.</p>\n{GDWidget(n=100, lr=0.1).to_html()}\n<p>More.</p>"))
    return {}


def kept(folder: Path) -> Headers:
    """What a notebook's cell keeps, in a page: the same, compressed."""
    bundle = GDWidget(n=100, lr=0.1)._repr_mimebundle_()
    assert bundle
    write(folder, page(f"<p>Text.</p>\n{bundle[0]['text/html']}\n<p>More.</p>"))
    return {}


def element(folder: Path) -> Headers:
    """The element on a page, and the front end beside it."""
    shutil.copy(BUNDLE, folder / "widget.js")
    widget = '<gradient-descent n="100" lr="0.1"></gradient-descent>'
    write(folder, page(f'{widget}\n<script type="module" src="widget.js"></script>'))
    return {}


# ----------------------------------------------------------------------- the pages of notebooks


def notebook() -> nbformat.NotebookNode:
    """A notebook that shows a widget, executed, the widget's state saved with it."""
    return deepcopy(executed())


@cache
def executed() -> nbformat.NotebookNode:
    """The same, for whoever changes nothing in it: a kernel takes longer than all that is tested."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    with TemporaryDirectory() as folder:
        execute(made, Path(folder), keep_widgets=True)
    return made


def nbconvert(folder: Path) -> Headers:
    """The notebook as HTML."""
    return converted(folder, notebook())


def nbconvert_without_state(folder: Path) -> Headers:
    """The notebook as HTML, without the widgets' state, as JupyterLab saves it by default."""
    made = notebook()
    del made.metadata["widgets"]
    return converted(folder, made)


def converted(folder: Path, made: nbformat.NotebookNode) -> Headers:
    """What nbconvert makes of a notebook."""
    beside(folder)
    exporter = HTMLExporter(
        require_js_url=REQUIRE.name, widget_renderer_url=HTML_MANAGER.name, mathjax_url=""
    )
    text, _ = exporter.from_notebook_node(made)
    write(folder, text)
    return {}


STAND_INS = {
    "jquery.js": "",
    "mermaid.js": "export default { initialize() {} };",
    "mathjax.js": "window.MathJax = { Hub: { Config() {}, getAllJax: () => null } };",
}
"""What the page of slides loads besides, for which there is nothing to do here."""


def slides(folder: Path) -> Headers:
    """The notebook as slides by reveal.js, the widget on the first, and another one after it."""
    beside(folder)
    (folder / "reveal").symlink_to(REVEAL)
    for name, text in STAND_INS.items():
        (folder / name).write_text(text)
    made = notebook()
    made.cells.append(nbformat.v4.new_markdown_cell("# The next slide"))
    for cell, kind in zip(made.cells, ("skip", "slide", "slide"), strict=True):
        cell.metadata["slideshow"] = {"slide_type": kind}
    jquery, mermaid, mathjax = (f"./{name}" for name in STAND_INS)
    exporter = SlidesExporter(
        reveal_url_prefix="reveal",
        require_js_url=REQUIRE.name,
        widget_renderer_url=HTML_MANAGER.name,
        jquery_url=jquery,
        mermaid_js_url=mermaid,
        mathjax_url=mathjax,
    )
    text, _ = exporter.from_notebook_node(made)
    write(folder, text)
    return {}


def embedded(folder: Path) -> Headers:
    """What ipywidgets itself embeds, and drops: its defaults."""
    widget = GDWidget(n=100, lr=0.1)
    widget.step(SAVED_STEP)
    return embed(folder, [widget])


def embed(folder: Path, widgets: list[Widget], unseen: Sequence[Widget] = ()) -> Headers:
    """Widgets as ipywidgets embeds them, with others that are not to be seen, such as links."""
    beside(folder)
    path = folder / "index.html"
    state = dependency_state([*widgets, *unseen])
    embed_minimal_html(path, widgets, state=state, embed_url=HTML_MANAGER.name, cors=False)
    local = f'<script src="{REQUIRE.name}"></script>'
    write(
        folder,
        re.sub(
            r'<script src="http[^"]*/require\.min\.js"[^>]*></script>',
            local,
            path.read_text("utf-8"),
        ),
    )
    return {}


def beside(folder: Path) -> None:
    """What shows ipywidgets on pages, and where it looks for anywidget."""
    for source in (REQUIRE, HTML_MANAGER):
        shutil.copy(source, folder)
    shutil.copy(ANYWIDGET, folder / "anywidget.js")


# ------------------------------------------------------------------------------ other hosts' pages


def run(folder: Path, *command: str) -> None:
    """Run one of the Python programs that make pages, in a folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    made = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert made.returncode == 0, made.stdout


MARIMO_NOTEBOOK = """\
import marimo

app = marimo.App()


@app.cell
def _():
    from gd_widget import GDWidget

    GDWidget(n=100, lr=0.1)
    return
"""


def marimo_export(folder: Path) -> Headers:
    """A marimo notebook, exported as HTML."""
    (folder / "notebook.py").write_text(MARIMO_NOTEBOOK)
    run(folder, "marimo", "--quiet", "export", "html", "notebook.py", "--output", "index.html")
    text = (folder / "index.html").read_text("utf-8")
    write(folder, re.sub(r"https://[^\"]*/@marimo-team/frontend@[^/\"]*/dist", "marimo", text))
    (folder / "marimo").symlink_to(MARIMO)
    return {}


MYST_PROJECT = f"""\
version: 1
project:
  title: A project
site:
  template: {HOSTS / "myst"}
"""

MYST_PAGE = """\
# A page

:::{anywidget} widget.js
{"n": 100, "lr": 0.1}
:::
"""


def myst(folder: Path) -> Headers:
    """A page of MyST Markdown with the `anywidget` directive."""
    project = folder / "project"
    project.mkdir()
    (project / "myst.yml").write_text(MYST_PROJECT)
    (project / "index.md").write_text(MYST_PAGE)
    shutil.copy(BUNDLE, project / "widget.js")
    run(project, "mystmd_py.main", "build", "--html")
    shutil.copytree(project / "_build" / "html", folder, dirs_exist_ok=True)
    return {}
