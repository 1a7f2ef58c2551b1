"""The reference of the site: what the docstrings say, in Markdown."""

from __future__ import annotations

import inspect
import re
from functools import cached_property
from types import FunctionType
from typing import Any

from ipywidgets import DOMWidget

from gd_widget import GDWidget, Quadratic, Trainer, bets, check, figures, make_line
from gd_widget.bets.bet import Bet
from gd_widget.core.quadratic import Numbers
from gd_widget.traits import Settable, Told


def reference() -> str:
    """All that is public, each class with its members."""
    parts = [described("GDWidget", GDWidget, GDWidget.__doc__), terms(readings())]
    for name, member in members(GDWidget).items():
        parts.append(described(f"w.{name}", member, member.__doc__))
    parts.append(described("check", check, check.__doc__))
    for name in bets.__all__:
        bet = getattr(bets, name)
        parts += [described(f"bets.{name}", bet.__init__, bet.__doc__), terms(said(members(bet)))]
    parts += ["### What every bet has", markdown(inspect.cleandoc(Bet.__doc__ or ""))]
    parts.append(terms(said(members(Bet))))
    for name in figures.__all__:
        figure = getattr(figures, name)
        parts.append(described(f"figures.{name}", figure, figure.__doc__))
    parts.append(described("make_line", make_line, make_line.__doc__))
    parts.append(described("Trainer", Trainer.__init__, Trainer.__doc__))
    parts.append(terms(said(members(Trainer))))
    parts.append(described("Quadratic", Quadratic, Quadratic.__doc__))
    parts += [markdown(inspect.cleandoc(Numbers.__doc__ or "")), terms(said(members(Quadratic)))]
    return "\n\n".join(parts)


DESCRIBED = FunctionType, classmethod, property, cached_property
"""What a class has that is described: no constants, and no fields of a tuple."""


def members(kind: type) -> dict[str, Any]:
    """What is public of a class, by name, and what it inherits of ours.

    What all widgets have is described by ipywidgets, and what all bets have once, of them all.
    """
    found: dict[str, Any] = {}
    for one in kind.__mro__:
        if not one.__module__.startswith("gd_widget") or (one is Bet and kind is not Bet):
            continue
        for name, member in vars(one).items():
            is_described = isinstance(member, DESCRIBED)
            if is_described and not name.startswith("_") and not hasattr(DOMWidget, name):
                found.setdefault(name, member)
    return found


def readings() -> dict[str, str]:
    """What a widget tells of the current step: its traits, but for the settings."""
    told = GDWidget.class_traits(help=bool).items()
    is_read = {
        name for name, one in told if isinstance(one, Told) and not isinstance(one, Settable)
    }
    return {f"w.{name}": one.help for name, one in told if name in is_read}


def said(described: dict[str, Any]) -> dict[str, str]:
    """Members as they are called, and what their docstrings say."""
    return {call(name, one): inspect.cleandoc(one.__doc__ or "") for name, one in described.items()}


def terms(described: dict[str, str]) -> str:
    """A list of names, each with what is said of it."""
    parts = []
    for name, text in described.items():
        indented = markdown(text).replace("\n", "\n  ")
        parts.append(f"`{name}`\n: {indented}")
    return "\n\n".join(parts)


def described(name: str, what: object, text: str | None) -> str:
    """One function, class or property under a heading of its own."""
    return f"### `{call(name, what)}`\n\n{markdown(inspect.cleandoc(text or ''))}"


def call(name: str, what: object) -> str:
    """How it is called: with its arguments and their defaults, where it has any."""
    function = what.__func__ if isinstance(what, classmethod) else what
    if not inspect.isfunction(function):
        return name
    given = [str(one) for one in inspect.signature(function).parameters.values()]
    given = [re.sub(r": [^=]*", "", one).replace("= ", "=") for one in given]
    return f"{name}({', '.join(one for one in given if one not in ('self', 'cls'))})"


def markdown(text: str) -> str:
    """A docstring as Markdown: arguments are terms with what is said of them, examples are code."""
    blocks = re.split(r"\n\s*\n", text)
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: str) -> str:
    if block.lstrip().startswith(">>>"):
        return f"```pycon\n{inspect.cleandoc(block)}\n```"
    if block.startswith("    "):
        return f"```text\n{inspect.cleandoc(block)}\n```"
    if not re.match(r"[\w, *]+ : ", block):
        return _plain(" ".join(block.split()))
    items: list[str] = []
    for line in block.splitlines():
        if re.match(r"[\w, *]+ : ", line):
            items.append(line)
        else:
            items[-1] += " " + line.strip()
    pairs = [item.split(" : ", 1) for item in items]
    return "\n\n".join(f"`{name}`\n: {_plain(said)}" for name, said in pairs)


def _plain(text: str) -> str:
    """Words as they are: what looks like an element is none."""
    return text.replace("<", "&lt;")
