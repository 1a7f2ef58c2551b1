"""What can be read in the reader's code without running it."""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from gd_widget.own_code.reachable_names import codes_in, functions_in

IN_PLACE = {"sub_", "add_", "copy_", "set_", "addcmul_", "addcdiv_", "data", "step"}
"""Attributes by which tensors are changed in place, or an optimizer changes them."""


class Written:
    """The numbers and attributes in a function, and in those beside it that it calls.

    >>> def update():
    ...     a.data -= 0.1 * a.grad
    >>> written = Written(update)
    >>> written.numbers, sorted(written.attributes), written.in_place
    ((0.1,), ['data', 'grad'], True)
    """

    def __init__(self, function: Callable[[], Any]) -> None:
        codes = [code for one in functions_in(function) for code in codes_in(one.__code__)]
        steps = [one for code in codes for one in dis.get_instructions(code)]
        self.numbers = tuple(_numbers(steps))
        self.attributes = {
            str(one.argval) for one in steps if one.opname.endswith(("_ATTR", "_METHOD"))
        }
        stores = any(one.opname == "STORE_SUBSCR" for one in steps)
        self.in_place = stores or bool(self.attributes & IN_PLACE)


def _numbers(steps: list[dis.Instruction]) -> Iterator[float]:
    """The numbers in a function's lines, but for those that only choose an item, as in a[0]."""
    for one, after in pairwise(steps):
        is_constant = one.opname in ("LOAD_CONST", "LOAD_SMALL_INT")
        is_index = after.opname.endswith("SUBSCR") or after.argrepr == "[]"
        if is_constant and type(one.argval) in (int, float) and not is_index:
            yield float(one.argval)
