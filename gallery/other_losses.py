"""Points that a plain line is not for: one is far away, y says yes or no, or they are of a wave."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gd_widget import make_line

Points = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


def with_outlier() -> Points:
    """A line, and one point far below it."""
    points = make_line(40)
    x, y = np.array(points.x), np.array(points.y)
    y[x.argmax()] -= 12
    return x, y


def yes_or_no() -> Points:
    """Yes is the more probable the larger x is."""
    random = np.random.default_rng(3)
    x = random.uniform(-3, 3, 60)
    return x, (random.uniform(size=60) < 1 / (1 + np.exp(-2 * x))).astype(np.float64)


def yes_or_no_of_two() -> Points:
    """Two clouds that overlap, of two features."""
    random = np.random.default_rng(4)
    y = (np.arange(80) % 2).astype(np.float64)
    return random.normal(size=(80, 2)) + 1.6 * y[:, None] * np.array([1, 0.6]), y


def apart() -> Points:
    """No below 0, yes above: larger parameters tell them apart better, without an end."""
    x = np.linspace(-2, 2, 20)
    return x, (x > 0).astype(np.float64)


def wave() -> Points:
    """A wave, too few points for a curve of many powers."""
    random = np.random.default_rng(11)
    x = random.uniform(-1, 1, 30)
    return x, np.sin(4 * x) + random.normal(0, 0.3, 30)
