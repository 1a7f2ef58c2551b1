"""A language for tests: whatever is said in it has marks on its letters, and nothing else has."""

from __future__ import annotations

import re

import pytest

from gd_widget.words import say
from gd_widget.words.say import ENGLISH, Language
from tools import words

SENTENCES = {one: words.pseudo(one) for one in words.templates()} | {say.LIST_MARK: "; "}
PSEUDO = Language("de", SENTENCES, ",", ".")


def spoken_as_german(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have it be spoken where German is asked for."""
    monkeypatch.setattr(say, "language", {"": ENGLISH, "en": ENGLISH, "de": PSEUDO}.__getitem__)


def untranslated(text: str) -> list[str]:
    """The words of a text that have a vowel without a mark; names of one letter are code."""
    return [word for word in re.findall(r"[^\W\d_]{2,}", text) if re.search("[aeiou]", word)]
