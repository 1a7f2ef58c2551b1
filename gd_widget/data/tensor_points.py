"""Points in a GPU's memory: PyTorch's tensors, looked at where they lie.

What there is to know of them is computed there, and brought over in one transfer each. The engine
that trains on them is on_device.py. Nothing here is about GPUs alone: a tensor's device may be any.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, reduce
from typing import Any

import torch

from gd_widget.core.model import LINE
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.sums import added, sums_from_numbers
from gd_widget.data.columns import one_dimensional, without_ones
from gd_widget.data.data_error import must_be_numbers, must_be_there, must_match
from gd_widget.data.density import Cells, Density, Extent, cells_of
from gd_widget.data.points import MOST_POINTS, Points, bowl_of, evenly_spaced

CHUNK = 2**24
"""Numbers of x in one pass: many enough to keep all of a GPU busy."""


class DevicePoints:
    """n points: `x` and `y`, tensors of shape (n,) on one device, of real numbers of any type.

    Of more than MOST_POINTS, they are the user's own tensors; float64 is made of a chunk at a time.
    For x, the lesson's design matrix of shape (n, 2) is a column too.

    Raises ValueError, naming the argument and the rule, for what is not two columns of finite real
    numbers of one length on one device.
    """

    model, names = LINE, LINE.names
    engines = ("torch",)
    are_held = True
    held = None

    def __init__(self, x: torch.Tensor, y: torch.Tensor) -> None:
        with torch.inference_mode(False), torch.no_grad():
            self.x, self.y = _column("x", x), _column("y", y)
        must_match(len(self.x), len(self.y))
        if self.x.device != self.y.device:
            raise ValueError(
                f"x and y must be on one device; got {self.x.device} and {self.y.device}"
            )
        seen = torch.stack([torch.stack([*_seen(x), *_seen(y)]) for x, y in chunks(self.x, self.y)])
        columns = list(zip(*seen.tolist(), strict=True))
        for name, (missing, *_) in (("x", columns[:3]), ("y", columns[3:])):
            must_be_there(name, int(sum(missing)), len(self))
        _, lows_x, highs_x, _, lows_y, highs_y = columns
        self.extent: Extent = (min(lows_x), max(highs_x)), (min(lows_y), max(highs_y))

    def __len__(self) -> int:
        return len(self.x)

    @property
    def given(self) -> torch.Tensor:
        """The same as x."""
        return self.x

    @cached_property
    def bowl(self) -> Quadratic:
        """The mean squared error of a line on these points."""
        sizes, sums = zip(*((len(x), _sums(x, y)) for x, y in chunks(self.x, self.y)), strict=True)
        parts = zip(sizes, torch.stack(sums).tolist(), strict=True)
        whole = reduce(added, (sums_from_numbers(n, *numbers) for n, numbers in parts))
        return bowl_of(whole, self.extent)

    @cached_property
    def sample(self) -> Points:
        """All of them, or of very many evenly spaced ones, in this process's memory."""
        x, y = self.x, self.y
        if len(self) > MOST_POINTS:
            some = torch.from_numpy(evenly_spaced(len(self))).to(x.device)
            x, y = x[some], y[some]
        return Points(*torch.stack([x.double(), y.double()]).cpu().numpy())

    def density(self, within: Extent | None = None) -> Density:
        """How many lie where: of all of them, or of those in a part of the plane."""
        x, y = cells_of(self.extent, within)
        counts = sum(_counts(xs, ys, x, y) for xs, ys in chunks(self.x, self.y))
        assert isinstance(counts, torch.Tensor)
        return Density(x, y, counts.cpu().numpy().reshape(y.n, x.n))


def chunks(x: torch.Tensor, y: torch.Tensor) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """All points, or rows of a design matrix, in float64: a copy only of what is none."""
    size = max(1, CHUNK * len(x) // x.numel())
    for start in range(0, len(x), size):
        part = slice(start, start + size)
        yield x[part].double(), y[part].double()


def _column(name: str, values: Any) -> torch.Tensor:
    """The numbers as a tensor of shape (n,): a copy of few, which the user may go on changing.

    Of what was made in inference mode too: autograd refuses it.
    """
    values = values.detach()
    if values.is_complex():
        must_be_numbers(name, "c")
    column: torch.Tensor = one_dimensional(name, without_ones(name, values))
    is_copied = len(column) <= MOST_POINTS or column.is_inference()
    return column.double().clone() if is_copied else column


def _seen(values: torch.Tensor) -> list[torch.Tensor]:
    """How many are missing or infinite; the least; the greatest."""
    return [(~values.isfinite()).sum(), *values.aminmax()]


def _sums(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The numbers of a chunk, as sums_from_numbers takes them: those of sums_of_line."""
    n = len(x)
    dx, dy = x - x[0], y - y[0]
    shift_x, shift_y = dx.mean(), dy.mean()
    dx -= shift_x
    dy -= shift_y
    squares = dx @ dx
    # Without a branch, for which the GPU would be waited for. Where all dx are 0, so is the rest.
    mean_x, mean_y = x[0] + shift_x, y[0] + shift_y
    least = mean_x * mean_y / (1 + mean_x * mean_x)
    best_slope = torch.where(squares > 0, dx @ dy / squares, least)
    residuals = dy - best_slope * dx
    means = [x[0], y[0], shift_x, shift_y]
    return torch.stack([*means, squares / n, best_slope, residuals @ residuals / n])


def _counts(xs: torch.Tensor, ys: torch.Tensor, x: Cells, y: Cells) -> torch.Tensor:
    """How many points of a chunk are in each cell, row by row; what is in none is left out."""
    columns, rows = _places(xs, x), _places(ys, y)
    inside = (columns >= 0) & (columns < x.n) & (rows >= 0) & (rows < y.n)
    nowhere = x.n * y.n
    cells = torch.where(inside, rows * x.n + columns, nowhere).long()
    return torch.bincount(cells, minlength=nowhere + 1)[:nowhere]


def _places(values: torch.Tensor, cells: Cells) -> torch.Tensor:
    return (values * 2.0**-cells.level).floor() - cells.first
