"""The loss over one parameter, and its tangent: where that is steep, a step is long."""

from __future__ import annotations

import numpy as np

from gd_widget.core.objective import Objective
from gd_widget.drawing.axes import Frame
from gd_widget.drawing.look import ERROR, NOW, Look
from gd_widget.drawing.svg import Markup, element, pair

PIECES = 60
REACH = 0.15
"""Of the picture, that the tangent goes on to both sides."""

CURVE: Look = {"fill": "none", "stroke": NOW, "stroke_width": 1.5, "stroke_opacity": "0.5"}
TANGENT: Look = {"stroke": ERROR, "stroke_width": 2}


def parabola(objective: Objective, frame: Frame) -> Markup:
    """The curve. A mat covers what is beyond the frame."""
    x = np.linspace(frame.x.low, frame.x.high, PIECES + 1).tolist()
    places = [pair(frame.x.at(one), frame.y.at(objective.loss([one]))) for one in x]
    return element("path", d=f"M{' '.join(places)}", **CURVE)


def tangent(objective: Objective, at: float, frame: Frame) -> Markup:
    """The tangent at a value of the parameter; none where that is outside the frame."""
    if not frame.x.low <= at <= frame.x.high:
        return Markup("")
    loss, slope = objective.gradient([at])
    reach = REACH * (frame.x.high - frame.x.low)
    ends = [pair(frame.x.at(at + by), frame.y.at(loss + slope * by)) for by in (-reach, reach)]
    return element("path", d=f"M{' '.join(ends)}", **TANGENT)
