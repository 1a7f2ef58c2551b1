"""Watch gradient descent fit a line, one step at a time.

>>> from gd_widget import GDWidget
>>> GDWidget(n=100, lr=0.1)
GDWidget(n=100, lr=0.1, step=0, slope=-1, intercept=1, loss=7.955)
"""

from typing import Any

from gd_widget.core.quadratic import Quadratic
from gd_widget.data.make_line import make_line
from gd_widget.training.trainer import Trainer
from gd_widget.widget import GDWidget

static_views = True
"""Whether a cell keeps, beside the widget, a view that lives on where no kernel runs."""

__version__: str
__all__ = ["GDWidget", "Quadratic", "Trainer", "make_line"]


def __getattr__(name: str) -> Any:
    """The version, when it is asked for: to find it, all that is installed is looked through."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("gd-widget")
