"""What is found out about the data: a function for each code, of the details it comes with.

js/words/en.js and en-many.js are the twins.
"""

from __future__ import annotations

from gd_widget.words.say import say


def one_point(x: float, y: float) -> str:
    return say(
        "There is one point: every line through ({x:.4g}, {y:.4g}) fits it exactly.", x=x, y=y
    )


def same_x(x: float, y: float) -> str:
    return say(
        "All x are {x:.4g}: every line through ({x:.4g}, {y:.4g}) fits equally well, so slope and "
        "intercept cannot be told apart.",
        **{"x": x, "y": y},
    )


def many_fit(n: int, d: int, free: int) -> str:
    if n == 1:
        return say(
            "In float64, one point determines no more than {told} of the {d} parameters: many "
            "solutions fit alike, but for rounding. Of those that fit best, least_squares is the "
            "one of least norm.",
            **{"d": d, "told": d - free},
        )
    return say(
        "In float64, {n:,} points tell no more than {told} of the {d} parameters apart: many "
        "solutions fit alike, but for rounding. Of those that fit best, least_squares is the one "
        "of least norm.",
        **{"n": n, "d": d, "told": d - free},
    )


def noise_mean(intercept: float, best: float) -> str:
    return say(
        "The noise has mean ½: of many points the best intercept is near {best:g}, not the "
        "{intercept:g} the data were made with.",
        **{"intercept": intercept, "best": best},
    )
