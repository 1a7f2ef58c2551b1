"""Mistakes 1 to 4 are slips of code: what happens to the tensors is not what was meant.

Each function says what is wrong, with the evidence, or "" where that is not proved.
"""

from __future__ import annotations

import math

from gd_widget.own_code.comparison import Case
from gd_widget.own_code.words import first, pair


def is_replaced(case: Case) -> str:
    """1. The name now stands for another tensor, and the one that is watched stays as it is."""
    e, words = case.records[-1], case.words
    if not e.replaced or not e.stays:
        return ""
    if e.replaced_inside:
        return (
            f"{first(words.code)} makes a new {e.replaced} instead of changing the one it was "
            f"given, which stays {pair(e.after)}: write {words.step_there}."
        )
    return (
        f"{e.replaced} is no longer the {words.holder} that this widget was given, which stays "
        f"{pair(e.after)}: after making a new {e.replaced}, make the widget again."
    )


def is_not_a_number(case: Case) -> str:
    """2. Something became NaN while the numbers were still of ordinary size."""
    e, words = case.records[-1], case.words
    exact, loss = case.exact(e.before), case.loss(e.before)
    ordinary = case.loss(case.records[0].before) + case.bowl.root_mean_squares[1] ** 2
    if not loss <= 1e6 * ordinary:
        return ""
    of_line = f"at step {e.step}, where the line is still {pair(e.before)}"
    look = "look for a nan in its x or y, or for a division by zero"
    if e.grad is not None and not all(map(math.isfinite, e.grad)):
        return (
            f"The gradient in {words.code} is {pair(e.grad)} {of_line} and the exact one "
            f"{pair(exact)}: {look}."
        )
    if e.loss is not None and math.isnan(e.loss):
        return f"The loss in {words.code} is nan {of_line} and the exact loss {loss:.4g}: {look}."
    if not all(map(math.isfinite, e.after)):
        return (
            f"{first(words.code)} made {words.params} {pair(e.after)} {of_line} and the exact "
            f"gradient {pair(exact)}: print what it steps by."
        )
    return ""


def never_moves(case: Case) -> str:
    """3. The parameters are what they were, though there is something to gain."""
    records, words = case.records, case.words
    last = records[-1]
    still = len(records) >= 3 and all(e.stays for e in records)
    if not still or not case.is_large(case.exact(last.before)):
        return ""
    times = last.step - records[0].step + 1
    said = f"{words.ran} {times} times and did not move {words.params}: "
    if words.strange_optimizer:
        return (
            f"{said}{words.strange_optimizer} was made for other parameters than the ones "
            f"that this widget was given."
        )
    if not words.tensors:
        return f"{said}it has to change the array itself, {words.step}."
    if not any(e.n_backward for e in records):
        return f"{said}no gradient has arrived there, as loss.backward() would make it do."
    said = f"{said}after loss.backward() it needs its step, {words.step_there}."
    if all(e.adds_to_leftover for e in records[1:]):
        grown = f"{words.one}.grad has piled up to {pair(last.left)}"
        said = f"{said} Then {words.emptying}, because {grown}."
    return said


def piles_up(case: Case) -> str:
    """4. backward() adds to a gradient that the step before has used already."""
    words = case.words
    for last, e in zip(case.records, case.records[1:], strict=False):
        comes_next = e.step == last.step + 1
        # Left as it was, not scaled or collected on purpose.
        is_as_it_was = e.adds_to_leftover and e.leftover == last.left == last.total
        if comes_next and is_as_it_was and not last.stays and not e.stays:
            return (
                f"Gradients pile up in {words.code}: at step {e.step} {words.one}.grad still "
                f"held {pair(e.leftover)} from the step before when backward() added "
                f"{pair(e.grad)}. After the step, empty it: {words.emptying}."
            )
    return ""
