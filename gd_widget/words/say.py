"""What a person reads, in the language that is spoken: the twin of js/words/say.js.

The English sentence is the key of the other languages' catalogs, which are the files es.json and so
on beside this one; what one of them lacks is said in English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

PLACE = re.compile(r"{(\w+):?(.*?)}")
"""Where a value stands in a sentence: its name, and how a number is written."""


class Language(NamedTuple):
    """How a language says things.

    tag : as the web calls it, such as pt-BR.
    sentences : by the English ones.
    mark : what stands before decimals.
    groups : what stands between groups of three digits.
    least_grouped : digits from which on there are groups.
    """

    tag: str
    sentences: Mapping[str, str] = MappingProxyType({})
    mark: str = "."
    groups: str = ","
    least_grouped: int = 4


ENGLISH = Language("en")
NUMBERS: dict[str, tuple[str, str, int]] = {
    "es": (",", ".", 5),
    "fr": (",", "\N{NARROW NO-BREAK SPACE}", 4),
    "pt-BR": (",", ".", 4),
    "de": (",", ".", 4),
    "zh-CN": (".", ",", 4),
}
"""mark, groups and least_grouped of the languages beside English, as Intl.NumberFormat has them."""

LIST_MARK = ", "
"""What stands between numbers in an English list."""

_spoken: ContextVar[Language] = ContextVar("language")


@cache
def language(tag: str) -> Language:
    """One of English and NUMBERS by its tag; "" is English."""
    if tag in ("", "en"):
        return ENGLISH
    catalog = Path(__file__).with_name(f"{tag}.json").read_text("utf-8")
    return Language(tag, MappingProxyType(json.loads(catalog)), *NUMBERS[tag])


def nearest(tag: str) -> str:
    """The tag of what there is for a language of the web; English for all that there is not.

    >>> nearest("pt-PT"), nearest("zh"), nearest("it")
    ('pt-BR', 'zh-CN', 'en')
    """
    first = tag.lower().partition("-")[0]
    return next((one for one in NUMBERS if one.lower().partition("-")[0] == first), "en")


def spoken() -> Language:
    """The language that is spoken now."""
    return _spoken.get(ENGLISH)


@contextmanager
def speaking(words: str | Language) -> Iterator[None]:
    """Have what is said inside it said in a language, or in that of a tag."""
    before = _spoken.set(language(words) if isinstance(words, str) else words)
    try:
        yield
    finally:
        _spoken.reset(before)


def say(template: str, /, **values: Any) -> str:
    """A sentence, its values where their names stand in it.

    The template is English, whole, and a literal: tools/words.py collects them. Numbers among the
    values may be asked for as {name:g}, {name:.4g}, or {name:,}, which has groups of digits.

    >>> say("Try {rate:g}.", rate=0.125)
    'Try 0.125.'
    """
    return PLACE.sub(lambda place: _written(values[place[1]], place[2]), translated(template))


def translated(text: str) -> str:
    """What may be a sentence of ours, as a title that nobody has set, or anything else."""
    return spoken().sentences.get(text, text)


def _written(value: Any, spec: str) -> str:
    return value if isinstance(value, str) else numeral(format(value, spec))


def list_mark() -> str:
    """What stands between numbers in a list: where they have commas, no comma."""
    return translated(LIST_MARK)


def numeral(number: str) -> str:
    """A number, written with a point and commas, as the language writes it.

    >>> with speaking(Language("de", mark=",", groups=".")):
    ...     numeral("1,234.5")
    '1.234,5'
    """
    words = spoken()
    whole, point, decimals = number.partition(".")
    groups = words.groups if sum(map(str.isdigit, whole)) >= words.least_grouped else ""
    return whole.replace(",", groups) + (point and words.mark + decimals)
