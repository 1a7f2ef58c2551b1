"""What a person reads, in the language that is spoken.

The English sentence is the key of the other languages' catalogs: the twin of js/words/say.js.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Sentences = dict[str, str]
"""Of a language, by the English ones."""

ENGLISH: Sentences = {}
_spoken: ContextVar[Sentences] = ContextVar("sentences")


@contextmanager
def speaking(sentences: Sentences) -> Iterator[None]:
    """Have what is said inside it said in a language."""
    before = _spoken.set(sentences)
    try:
        yield
    finally:
        _spoken.reset(before)


def say(template: str, **values: object) -> str:
    """A sentence, its values where their names stand in it.

    The template is English, whole, and a literal: a test collects them. Numbers among the values may
    be asked for as {name:g}, {name:.4g}, or {name:,}.

    >>> say("Try {rate:g}.", rate=0.125)
    'Try 0.125.'
    """
    return _spoken.get(ENGLISH).get(template, template).format(**values)
