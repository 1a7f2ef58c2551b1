"""Questions that a widget asks before it shows the outcome.

>>> from gd_widget import GDWidget, bets
>>> w = GDWidget(lr=0.1, ask=[bets.LossAfter(10), bets.NextStep()])
>>> w.answer(2)
>>> round(w.answers[0]["score"], 2), round(w.answers[0]["truth"]["loss"], 3)
(0.91, 1.419)
"""

from gd_widget.bets.about_code import Ask, Order
from gd_widget.bets.about_loss import DrawLoss, LossAfter
from gd_widget.bets.about_rates import LargestRate, Winner
from gd_widget.bets.about_steps import NextStep, Sign

__all__ = [
    "Ask",
    "DrawLoss",
    "LargestRate",
    "LossAfter",
    "NextStep",
    "Order",
    "Sign",
    "Winner",
]
