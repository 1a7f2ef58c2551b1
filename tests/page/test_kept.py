"""What a cell keeps of a widget, and what sanitizers leave of it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert import HTMLExporter
from nbconvert.filters import clean_html
from nbconvert.preprocessors.sanitize import SanitizeHTML

import gd_widget
from gd_widget import GDWidget, sharing
from gd_widget.page.fragment import compressed
from gd_widget.page.kept import PLAIN, kept, quoted
from tests.unpacking import unpacked as unpacked_from

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SVG = "{http://www.w3.org/2000/svg}"
RUN_IT = (
    " A still view of step 3: it is live where this cell is run, in a notebook that is trusted "
    "(JupyterLab: Trust Notebook, in the command palette)."
)


PACKED = r'<script type="text/plain">(.*?)</script>.*\.textContent,(\d+)\)'


def unpacked(page: str) -> str:
    """What a page that unpacks itself puts in its place."""
    [(letters, size)] = re.findall(PACKED, page, re.DOTALL)
    return unpacked_from(letters, int(size))


@pytest.fixture
def w() -> GDWidget:
    widget = GDWidget(n=100, lr=0.1)
    widget.step(3)
    return widget


def html_of(w: GDWidget) -> str:
    bundle = w._repr_mimebundle_()
    assert bundle
    return str(bundle[0]["text/html"])


def notebook(w: GDWidget) -> nbformat.NotebookNode:
    """A notebook with the output of a cell that shows a widget, as JupyterLab saves it."""
    bundle = w._repr_mimebundle_()
    assert bundle
    output = nbformat.v4.new_output("display_data", bundle[0])
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("w", outputs=[output])])


def test_pages_that_begin_alike_are_compressed_each_to_itself():
    pages = [f"<script>{'alike ' * 1000}</script>{i}" for i in range(3)]
    assert [unpacked(compressed(page)) for page in pages] == pages


def test_a_cell_keeps_a_page_a_picture_and_words_beside_the_widget(w):
    html = html_of(w)
    (page,) = re.findall("<!--(.*?)-->", html)
    assert unpacked(page) == sharing.framed_page(w._session.state)
    shown = ElementTree.fromstring(html.replace(f"<!--{page}-->", ""))[0]
    assert shown.get("title") == repr(w)
    (picture,) = re.findall(r'url\("data:image/svg\+xml,([^")]*)"\)$', shown[0].get("style"))
    assert unquote(picture) == sharing.picture(w._session.state).replace('"', "'")
    assert shown[0].tail == f"{w!r}.{RUN_IT}"


def test_it_is_one_short_line_of_ascii(w):
    w.title = "Größe\n\n### x --> y --!> z"
    html = html_of(w)
    assert html.isascii() and "\n" not in html
    assert len(html) <= 0.55 * len(w.to_html())


def test_no_title_is_more_than_words_in_the_picture(w):
    w.title = """it's <b>"a" & (b)</b> {{ 3 }} #50% \\ ` ]]> Größe"""
    style = ElementTree.fromstring(re.sub("<!--.*?-->", "", html_of(w)))[0][0].get("style")
    [picture] = re.findall(r'url\("data:image/svg\+xml,([^"(){}`\\]*)"\)$', style)
    said = [text.text for text in ElementTree.fromstring(unquote(picture)).iter(f"{SVG}text")]
    assert w.title in said


def test_it_can_be_switched_off(w, monkeypatch):
    assert gd_widget.static_views is True
    assert set(w._repr_mimebundle_()[0]) == {"text/plain", "text/html", WIDGET_VIEW}
    monkeypatch.setattr(gd_widget, "static_views", False)
    assert gd_widget.static_views is False
    assert set(w._repr_mimebundle_()[0]) == {"text/plain", WIDGET_VIEW}


@pytest.mark.parametrize("page", ["a --> b", "a --!> b"])
def test_a_page_that_would_end_its_comment_is_refused(page):
    with pytest.raises(ValueError, match="must not contain the end of a comment"):
        kept(page, "<svg/>", (1, 1), "words", 0)


@pytest.mark.parametrize("clean", [clean_html, SanitizeHTML().sanitize_html_tags])
def test_of_a_sanitizer_that_makes_text_of_elements_words_are_left(w, clean):
    left = clean(html_of(w))
    assert re.findall("<(\\w+)", left) == ["em", "i", "i"]
    assert unescape(re.sub("<[^>]*>", "", left)) == f"{w!r}.{RUN_IT}"


def test_a_sanitized_export_is_read_not_scrolled(w):
    text, _ = HTMLExporter(sanitize_html=True).from_notebook_node(notebook(w))
    (element,) = re.findall(r'<em class="gd-widget-page">.*?</em>', text)
    assert f"{w!r}.{RUN_IT}" in unescape(element)
    assert len(element) < 500
    assert "atob" not in text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_picture_is_quoted_as_urllib_would(text: str) -> None:
    assert quoted(text) == quote(text, safe=PLAIN)
