"""The widget under the style sheets of hosts and of sites' themes looks as it does without them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from gd_widget.page.bundle import BUNDLE
from tests.browser.lab import View
from tests.browser.servers import serving
from tests.browser.static_pages import REVEAL
from tools.environments import environment

pytestmark = pytest.mark.hosts

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
{sheets}
<style>html, body, .place {{ margin: 0 !important; padding: 0 !important }}</style>
<style>.place {{ width: 900px !important; max-width: none !important }}</style>
<body style="background: #fff">
{around}<div class="place"><gradient-descent n="100" lr="0.1"></gradient-descent></div>
<script type="module" src="widget.js"></script>
</html>
"""

LOOK = """(root) => [root, ...root.querySelectorAll("*")].map((node) => {
  const style = getComputedStyle(node);
  const { width, height } = node.getBoundingClientRect();
  const names = ["display", "position", "visibility", "opacity", "pointerEvents", "color",
    "fontSize", "lineHeight", "fontWeight", "fontStyle", "textAlign", "textTransform",
    "letterSpacing", "whiteSpace", "fill", "stroke", "cursor"];
  return [node.tagName, node.getAttribute("class"), Math.round(width), Math.round(height),
    ...names.map((name) => style[name])];
})"""

THEMES = {
    "reveal.js": ("", '<div class="reveal"><div class="slides"><section class="present">'),
    "Bootstrap": ("mkdocs/themes/mkdocs/css/bootstrap.min.css", '<div class="container">'),
    "Material": (
        "material/templates/assets/stylesheets/main.*.css",
        '<div class="md-content"><article class="md-content__inner md-typeset">',
    ),
    "Zensical": (
        "zensical/templates/assets/stylesheets/modern/main.*.css",
        '<div class="md-content"><article class="md-content__inner md-typeset">',
    ),
    "Furo": ("furo/theme/furo/static/styles/furo.css", '<div class="content"><article><section>'),
    "PyData, of Jupyter Book": (
        "pydata_sphinx_theme/theme/pydata_sphinx_theme/static/styles/pydata-sphinx-theme.css",
        '<div class="bd-content"><article class="bd-article"><section>',
    ),
}
"""Where each style sheet lies among the packages, and the elements around what it styles."""


def sheets_of(name: str) -> list[Path]:
    if name == "reveal.js":
        return [REVEAL / "dist" / "reveal.css", REVEAL / "dist" / "theme" / "black.css"]
    place, _ = THEMES[name]
    packages = environment("publishers").parents[1]
    [found] = packages.glob(f"lib/python*/site-packages/{place}")
    return [found]


def look(page: Page, folder: Path, sheets: list[Path], around: str) -> list[Any]:
    """Of each element of the widget: what a style sheet might change."""
    folder.mkdir()
    shutil.copy(BUNDLE, folder)
    links = ""
    for sheet in sheets:
        shutil.copy(sheet, folder)
        links += f'<link rel="stylesheet" href="{sheet.name}">\n'
    (folder / "index.html").write_text(PAGE.format(sheets=links, around=around))
    with serving(folder, {}) as address:
        page.goto(f"{address}/index.html")
        view = View(page.locator(".gd-widget"))
        view.expect_step(0)
        view.button("More").evaluate("(button) => button.click()")  # reveal.js is not at work
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        return list(view.root.evaluate(LOOK))


@pytest.mark.parametrize("name", THEMES)
def test_a_style_sheet_of_a_host_changes_nothing(
    site_page: Page, tmp_path: Path, name: str
) -> None:
    _, around = THEMES[name]
    bare = look(site_page, tmp_path / "bare", [], around)
    styled = look(site_page, tmp_path / "styled", sheets_of(name), around)
    different = [(a, b) for a, b in zip(bare, styled, strict=True) if a != b]
    assert different == []
