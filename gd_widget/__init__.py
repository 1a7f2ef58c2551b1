"""Watch gradient descent fit a line, one step at a time.

>>> from gd_widget import GDWidget
>>> GDWidget(n=100, lr=0.1)
GDWidget(n=100, lr=0.1, step=0, slope=-1, intercept=1, loss=7.955)
"""

import sys
from types import ModuleType
from typing import Any

from gd_widget import bets, sharing
from gd_widget.core.quadratic import Quadratic
from gd_widget.data.make_line import make_line
from gd_widget.grading import check
from gd_widget.training.trainer import Trainer
from gd_widget.widget import GDWidget

static_views: bool
"""Whether a cell keeps, beside the widget, a view that lives on where no kernel runs."""

__version__: str
__all__ = ["GDWidget", "Quadratic", "Trainer", "bets", "check", "make_line"]


def __getattr__(name: str) -> Any:
    """The version, when it is asked for: to find it, all that is installed is looked through."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("gd-widget")


class _Package(ModuleType):
    """The package itself: a switch that is set here is one that lies in sharing.py."""

    @property
    def static_views(self) -> bool:
        return sharing.static_views

    @static_views.setter
    def static_views(self, wanted: bool) -> None:
        sharing.static_views = wanted


sys.modules[__name__].__class__ = _Package
