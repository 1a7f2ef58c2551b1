"""Which points a step of stochastic gradient descent looks at: the twin of js/core/batches.js.

An epoch is one pass over all points, in an order of its own. A batch is the next `batch_size`
of them; the last one of an epoch takes what is left, as PyTorch's DataLoader does.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from gd_widget.core.types import Array

Indices = Array[np.intp]


def batches_per_epoch(n: int, batch_size: int | None) -> int:
    """Steps it takes to have seen every point; None: every step sees all."""
    return 1 if batch_size is None else -(-n // batch_size)


def batch(n: int, batch_size: int, index: int) -> Indices:
    """Which of n points are in the index-th batch, counted from 0 through all epochs."""
    epoch, place = divmod(index, batches_per_epoch(n, batch_size))
    return shuffled(n, epoch)[place * batch_size : (place + 1) * batch_size]


@lru_cache(maxsize=2)
def shuffled(n: int, epoch: int) -> Indices:
    """The order of an epoch, the same on every machine and in every language."""
    order = np.argsort(np.random.default_rng(epoch).random(n), kind="stable")
    order.flags.writeable = False
    return order
