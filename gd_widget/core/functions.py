"""Well-known functions of two parameters: where gradient descent goes, and where it is stuck.

Each is said once as it is typed, and once with its derivatives, which PyTorch's agree with. Where a
value is asked for, x and y may be numbers, or arrays or tensors of one shape.

js/core/functions.js is the twin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Pair = tuple[float, float]


class Function(NamedTuple):
    """A function of two parameters.

    code : its lines, as one types them.
    value : of x and y.
    gradient : the derivatives by x and by y.
    hessian : those of the gradient, by rows: f_xx, f_xy, f_xy, f_yy.
    minima : where it is least of all around.
    floor : what it is there; None: there is no least value.
    frame : the part of the plane to look at, of x and of y.
    guess, lr : from where, and how fast, gradient descent shows what there is to see.
    source : who it is from.
    """

    code: tuple[str, ...]
    value: Callable[[Any, Any], Any]
    gradient: Callable[[float, float], Pair]
    hessian: Callable[[float, float], tuple[Pair, Pair]]
    minima: tuple[Pair, ...]
    floor: float | None
    frame: tuple[Pair, Pair]
    guess: Pair
    lr: float
    source: str


def _rosenbrock_hessian(x: float, y: float) -> tuple[Pair, Pair]:
    return (2 - 400 * (y - 3 * x * x), -400 * x), (-400 * x, 200.0)


def _himmelblau_gradient(x: float, y: float) -> Pair:
    one, other = x * x + y - 11, x + y * y - 7
    return 4 * x * one + 2 * other, 2 * one + 4 * y * other


def _himmelblau_hessian(x: float, y: float) -> tuple[Pair, Pair]:
    both = 4 * (x + y)
    return (12 * x * x + 4 * y - 42, both), (both, 4 * x + 12 * y * y - 26)


BEALE = (1.5, 2.25, 2.625)
"""What is missed by x · (1 - yᵏ), k = 1, 2, 3, is squared and added up."""


def _beale(x: Any, y: Any) -> Any:
    a, b, c = BEALE
    return (a - x + x * y) ** 2 + (b - x + x * y * y) ** 2 + (c - x + x * y * y * y) ** 2


def _beale_gradient(x: float, y: float) -> Pair:
    by_x = by_y = 0.0
    for k, value in enumerate(BEALE, 1):
        missed = value - x + x * y**k
        by_x += 2 * missed * (y**k - 1)
        by_y += 2 * missed * k * x * y ** (k - 1)
    return by_x, by_y


def _beale_hessian(x: float, y: float) -> tuple[Pair, Pair]:
    xx = xy = yy = 0.0
    for k, value in enumerate(BEALE, 1):
        missed, slope = value - x + x * y**k, k * y ** (k - 1)
        xx += 2 * (y**k - 1) ** 2
        xy += 2 * (x * slope * (y**k - 1) + missed * slope)
        bend = k * (k - 1) * y ** (k - 2) if k > 1 else 0.0
        yy += 2 * ((x * slope) ** 2 + missed * x * bend)
    return (xx, xy), (xy, yy)


def _plateau_gradient(x: float, y: float) -> Pair:
    shrink = 2 / (1 + x * x + y * y) ** 2
    return shrink * x, shrink * y


def _plateau_hessian(x: float, y: float) -> tuple[Pair, Pair]:
    above = 1 + x * x + y * y
    shrink, bend = 2 / above**2, 8 / above**3
    both = -bend * x * y
    return (shrink - bend * x * x, both), (both, shrink - bend * y * y)


FUNCTIONS = {
    "saddle": Function(
        ("def f(x, y):", "    return x ** 2 - y ** 2"),
        lambda x, y: x * x - y * y,
        lambda x, y: (2 * x, -2 * y),
        lambda x, y: ((2.0, 0.0), (0.0, -2.0)),
        minima=(),
        floor=None,
        frame=((-2, 2), (-2, 2)),
        guess=(1.5, 0.001),
        lr=0.1,
        source="Goodfellow, Bengio and Courville, Deep Learning (2016), section 8.2.3",
    ),
    "rosenbrock": Function(
        ("def f(x, y):", "    return (1 - x) ** 2 + 100 * (y - x ** 2) ** 2"),
        lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
        lambda x, y: (2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)),
        _rosenbrock_hessian,
        minima=((1.0, 1.0),),
        floor=0.0,
        frame=((-2, 2), (-1, 3)),
        guess=(-1.2, 1.0),
        lr=0.001,
        source="Rosenbrock, An automatic method for finding the greatest or least value (1960)",
    ),
    "himmelblau": Function(
        ("def f(x, y):", "    return (x ** 2 + y - 11) ** 2 + (x + y ** 2 - 7) ** 2"),
        lambda x, y: (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
        _himmelblau_gradient,
        _himmelblau_hessian,
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        floor=0.0,
        frame=((-5, 5), (-5, 5)),
        guess=(0.0, 0.0),
        lr=0.01,
        source="Himmelblau, Applied Nonlinear Programming (1972)",
    ),
    "beale": Function(
        (
            "def f(x, y):",
            "    return ((1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2",
            "            + (2.625 - x + x * y ** 3) ** 2)",
        ),
        _beale,
        _beale_gradient,
        _beale_hessian,
        minima=((3.0, 0.5),),
        floor=0.0,
        frame=((-4.5, 4.5), (-4.5, 4.5)),
        guess=(1.0, 1.0),
        lr=0.01,
        source="Beale, On an iterative method for finding a local minimum of a function (1958)",
    ),
    "valley": Function(
        ("def f(x, y):", "    return (x ** 2 + 100 * y ** 2) / 2"),
        lambda x, y: (x * x + 100 * y * y) / 2,
        lambda x, y: (x, 100 * y),
        lambda x, y: ((1.0, 0.0), (0.0, 100.0)),
        minima=((0.0, 0.0),),
        floor=0.0,
        frame=((-2, 2), (-1, 1)),
        guess=(-1.8, 0.8),
        lr=0.018,
        source="Goh, Why Momentum Really Works (2017)",
    ),
    "plateau": Function(
        ("def f(x, y):", "    return 1 - 1 / (1 + x ** 2 + y ** 2)"),
        lambda x, y: 1 - 1 / (1 + x * x + y * y),
        _plateau_gradient,
        _plateau_hessian,
        minima=((0.0, 0.0),),
        floor=0.0,
        frame=((-5, 5), (-5, 5)),
        guess=(-4.0, 3.0),
        lr=0.5,
        source="Geman and McClure, Statistical methods for tomographic image reconstruction (1987)",
    ),
}
