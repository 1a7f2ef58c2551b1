"""The loss that the reader's code returns, compared with that of some points."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gd_widget.own_code.evidence import Evidence
from gd_widget.own_code.predictions import EXACT
from gd_widget.own_code.shown import Shown


def loss_factor(records: Sequence[Evidence], shown: Shown) -> float | None:
    """How many times the loss shown the returned one is, before each step or after it."""
    losses = [e.loss for e in records if e.loss is not None and math.isfinite(e.loss)]
    if len(losses) < 3 or len(losses) < len(records):
        return None
    for places in ([e.before for e in records], [e.after for e in records]):
        k = _common_factor(
            losses,
            [shown.gradient(place)[0] for place in places],
            [shown.rounding_of_loss(place, records[0].eps) for place in places],
        )
        if k is not None:
            return k
    return None


def _common_factor(
    losses: Sequence[float], expected: Sequence[float], roundings: Sequence[float]
) -> float | None:
    """The k for which each loss is k times the expected one, within their rounding."""
    if not all(0 < one < math.inf for one in expected):
        return None
    largest = max(range(len(expected)), key=expected.__getitem__)
    k = losses[largest] / expected[largest]
    allowed = [EXACT * one + rounding for one, rounding in zip(expected, roundings, strict=True)]
    if max(expected) - min(expected) <= 10 * max(allowed):  # then whatever hardly changes would fit
        return None
    fits = all(
        abs(loss - k * one) <= abs(k) * least
        for loss, one, least in zip(losses, expected, allowed, strict=True)
    )
    return k if k and fits else None
