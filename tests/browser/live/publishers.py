"""What makes sites of notebooks: each builds one of a notebook, with what our docs say to set.

A function builds a site in an empty folder, given the Python of their environment and a notebook
that has been run. It returns the folder of the site, whose first page shows the notebook.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import nbformat

from gd_widget import GDWidget
from gd_widget.page.bundle import BUNDLE
from tests.browser.static_pages import HTML_MANAGER, REQUIRE


def run(python: Path, folder: Path, *command: str) -> None:
    """Run something in the environment; what it says is shown where it fails."""
    done = subprocess.run(
        [str(python), *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def sphinx(python: Path, folder: Path, made: nbformat.NotebookNode, settings: str) -> Path:
    """A notebook by Sphinx with these settings."""
    (folder / "conf.py").write_text(settings)
    nbformat.write(made, folder / "index.ipynb")
    run(python, folder, "-m", "sphinx", "-q", "-b", "html", ".", "site")
    return folder / "site"


MYST_NB = """\
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_mime_priority_overrides = [("html", "text/html", 0)]
"""


def myst_nb(python: Path, folder: Path, made: nbformat.NotebookNode) -> Path:
    """Sphinx with myst-nb."""
    return sphinx(python, folder, made, MYST_NB)


NBSPHINX = """\
extensions = ["nbsphinx"]
nbsphinx_execute = "never"
html_static_path = ["_static"]
nbsphinx_requirejs_path = "require.js"
nbsphinx_requirejs_options = {}
nbsphinx_widgets_path = "embed-amd.js"
"""
"""The scripts that it usually asks other servers for lie in the site."""


def nbsphinx(python: Path, folder: Path, made: nbformat.NotebookNode) -> Path:
    """Sphinx with nbsphinx."""
    (folder / "_static").mkdir()
    for script in (REQUIRE, HTML_MANAGER):
        shutil.copy(script, folder / "_static")
    return sphinx(python, folder, made, NBSPHINX)


BOOK = """\
title: A book
execute:
  execute_notebooks: "off"
sphinx:
  config:
    nb_mime_priority_overrides: [["html", "text/html", 0]]
"""


def jupyter_book(python: Path, folder: Path, made: nbformat.NotebookNode) -> Path:
    """Jupyter Book 1."""
    (folder / "_config.yml").write_text(BOOK)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    nbformat.write(made, folder / "index.ipynb")
    run(python, folder, "-c", "from jupyter_book.cli.main import main; main()", "build", ".")
    return folder / "_build" / "html"


MKDOCS = """\
site_name: A site
theme:
  name: material
  font: false
plugins:
  - mkdocs-jupyter:
      include_requirejs: true
"""


def mkdocs(python: Path, folder: Path, made: nbformat.NotebookNode) -> Path:
    """MkDocs with mkdocs-jupyter and the theme Material."""
    (folder / "mkdocs.yml").write_text(MKDOCS)
    (folder / "docs").mkdir()
    nbformat.write(made, folder / "docs" / "index.ipynb")
    run(python, folder, "-m", "mkdocs", "build", "--quiet")
    return folder / "site"


ZENSICAL = """\
[project]
site_name = "A site"
"""

PASTED = """\
# A page

{fragment}

<gradient-descent n="100" lr="0.1"></gradient-descent>
<script type="module" src="widget.js"></script>
"""


def trained() -> GDWidget:
    """A widget as that in the notebook is."""
    w = GDWidget(n=100, lr=0.1)
    w.step(3)
    return w


def zensical(python: Path, folder: Path) -> Path:
    """Zensical, with a page that is pasted into one, and the element."""
    (folder / "zensical.toml").write_text(ZENSICAL)
    docs = folder / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(PASTED.format(fragment=trained().to_html()))
    shutil.copy(BUNDLE, docs)
    run(python, folder, "-m", "zensical", "build")
    return folder / "site"


HUGO = """\
title = "A site"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]

[markup.goldmark.renderer]
unsafe = true
"""


def hugo(python: Path, folder: Path) -> Path:
    """Hugo, with the fragment pasted into a page of Markdown."""
    (folder / "hugo.toml").write_text(HUGO)
    (folder / "layouts").mkdir()
    (folder / "layouts" / "home.html").write_text("<!doctype html>\n{{ .Content }}")
    (folder / "content").mkdir()
    (folder / "content" / "_index.md").write_text(f"{trained().to_html()}\n\nMore.\n")
    run(python, folder, "-m", "hugo")
    return folder / "public"


def pandoc(python: Path, folder: Path) -> Path:
    """Pandoc, of which Quarto is made: the fragment in a raw block of Markdown."""
    (folder / "index.md").write_text(f"```{{=html}}\n{trained().to_html()}\n```\n\nMore.\n")
    convert = "import pypandoc; pypandoc.convert_file('index.md', 'html', "
    convert += "outputfile='index.html', extra_args=['--standalone', '--metadata=title:A page'])"
    run(python, folder, "-c", convert)
    return folder


def asciidoc(python: Path, folder: Path, made: nbformat.NotebookNode) -> str:
    """A notebook as AsciiDoc, by nbconvert and pandoc."""
    nbformat.write(made, folder / "index.ipynb")
    convert = "import os, pypandoc, nbconvert.nbconvertapp as app; "
    convert += "os.environ['PATH'] = os.path.dirname(pypandoc.get_pandoc_path()) + ':' + "
    convert += "os.environ['PATH']; app.main()"
    run(python, folder, "-c", convert, "--to", "asciidoc", "index.ipynb")
    return (folder / "index.asciidoc").read_text("utf-8")
