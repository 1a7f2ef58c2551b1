"""Makes the documentation site, in dist/docs or the folder given: python -m tools.docs.

Every page has live widgets, and asks nobody for anything. Warnings are errors, broken links too.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tools.joined import joined

ROOT = Path(__file__).parents[1]
SITE = ROOT / "dist" / "docs"

SUMMARY = (
    "A widget for notebooks and web pages that shows gradient descent one step at a time; PyTorch "
    "computes the steps in a notebook, the page itself elsewhere."
)


def main() -> None:
    """Build the site, or say what is wrong with it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SITE
    code = build(folder)
    if code:
        sys.exit(code)
    print(folder / "index.html")


def build(folder: Path) -> int:
    """Make all pages; what Sphinx has to say against it goes to stderr. 0: nothing."""
    options = ["--quiet", "--fail-on-warning", "--keep-going", "--fresh-env", "--nitpicky"]
    options += ["-d", str(folder.parent / "doctrees")]
    command = [sys.executable, "-m", "sphinx", *options, "docs", str(folder.absolute())]
    code = subprocess.run(command, cwd=ROOT).returncode  # whose conf.py imports this file
    if code == 0:
        for page in folder.rglob("*.html"):
            text = readable_by_all(page.read_text("utf-8"))
            page.write_text(joined(text, page, folder / "_static"), "utf-8")
        (folder / "llms.txt").write_text(llms(ROOT / "docs"), "utf-8")
    return code


MENDED = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="On this page" class="toc-drawer',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    '<div class="highlight"><pre>': '<div class="highlight"><pre tabindex="0">',
}
"""What Furo and Sphinx write, and what a screen reader or a keyboard needs instead."""


def readable_by_all(page: str) -> str:
    """A page in which headings have levels, landmarks names, and code can be scrolled by keys."""
    for written, needed in MENDED.items():
        page = page.replace(written, needed)
    return page


SECTION = re.compile(r"<!-- README: (.*?) -->")


def section(title: str) -> str:
    """A section of the README, without its heading: what is said there is not said twice."""
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.search(
        rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL
    )
    if found is None:
        raise ValueError(f"README.md has no section {title!r}")
    return found[1]


def llms(source: Path) -> str:
    """What the site has, for readers that are programs; see https://llmstxt.org."""
    lines = ["# gd_widget", "", f"> {SUMMARY}", "", "## Pages", ""]
    for page in sorted(source.rglob("*.md")):
        title, _, text = page.read_text("utf-8").removeprefix("# ").partition("\n")
        address = page.relative_to(source).with_suffix(".html").as_posix()
        lines.append(f"- [{title}]({address}): {first_sentence(text)}")
    return "\n".join(lines) + "\n"


def first_sentence(text: str) -> str:
    """Of a page in Markdown: of its first paragraph that is no code, table or element."""
    text = SECTION.sub(lambda named: section(named[1]), text)
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    words = next(part for part in re.split(r"\n\s*\n", text) if re.match(r"\s*[\w`*]", part))
    words = re.sub(r"\[([^][]*)\]\(.*?\)", r"\1", " ".join(words.split()))
    return re.sub(r":$", ".", re.split(r"(?<=[.?]) ", words)[0])


if __name__ == "__main__":
    main()
