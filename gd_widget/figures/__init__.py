"""bqplot figures that follow a widget, to lay out a dashboard of one's own with ipywidgets.

They are an extra, pip install "gd-widget[bqplot]"; notebooks/dashboard.ipynb shows them in use.
The colours and shapes are those of the widget, whose drawing the package `drawing` has too.

>>> from gd_widget import GDWidget
>>> from gd_widget.figures import loss_figure
>>> w = GDWidget(n=100, lr=0.1)
>>> figure = loss_figure(w)
>>> w.step(20)
>>> best, name, curve, here = figure.marks
>>> len(curve.y)
21
"""

from gd_widget.figures.fit import fit_figure
from gd_widget.figures.loss import loss_figure
from gd_widget.figures.surface import surface_figure

__all__ = ["fit_figure", "loss_figure", "surface_figure"]
