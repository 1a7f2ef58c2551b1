"""Text compressed into letters that no host changes."""

from __future__ import annotations

import json
from html import escape

import mistune
from hypothesis import given
from hypothesis import strategies as st

from gd_widget.page.compression import LETTERS, UNPACK, packed
from tests.unpacking import unpacked


@given(text=st.text() | st.text().map(lambda text: f"<script>{text}</script>{text}"))
def test_a_text_comes_back_as_it_was(text):
    assert unpacked(*packed(text)) == text


def test_the_letters_mean_nothing_to_json_html_or_javascript():
    letters = LETTERS.decode()
    assert len(set(letters)) == 85
    assert json.dumps(letters) == f'"{letters}"'
    assert escape(letters) == letters
    assert not set(letters) & set("`${")


def test_markdown_leaves_them_as_they_are_in_an_attribute():
    line = f'<div><iframe srcdoc="{LETTERS.decode()}"></iframe></div>'
    assert mistune.create_markdown(escape=False)(line).strip() == line


def test_they_are_a_quarter_more_than_the_bytes():
    letters, size = packed("".join(map(chr, range(32, 1000))) * 3)
    assert size <= len(letters) * 4 / 5 < size + 4


def test_the_script_has_the_letters_in_their_order():
    assert f'"{LETTERS.decode()}"' in UNPACK
