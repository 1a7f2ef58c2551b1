"""The points a line is fitted to, and what the views need to know of them.

Points may be in this process's memory (Points, here), on a GPU (tensor_points.py), or more than any
memory holds (dask_points.py). Nothing here knows of training; quadratic.py says what points
say of a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

import numpy as np

from gd_widget.core.checks import point, problem, whole_number
from gd_widget.core.model import LINE, Model
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.sums import Sums, added, sums_of_line
from gd_widget.core.types import Array, FloatArray, Params

if TYPE_CHECKING:  # else imported where very many points are drawn
    from gd_widget.data.density import Density, Extent

MOST_POINTS = 20_000
"""Points that travel to a page as they are. Of more it gets their density, and a sample."""

SAMPLE = 500
"""Points in a sample."""

CHUNK = 2**13
"""Points looked at in one go: what is computed of them stays in the processor's own memory, and is
too little for libraries to start threads."""


class Sample(Protocol):
    """Examples in this process's memory, few enough to be looked at one by one."""

    @property
    def features(self) -> FloatArray:
        """What is known of each, shape (n, k); of points, x, shape (n, 1)."""

    @property
    def y(self) -> FloatArray:
        """What is to be predicted of each, shape (n,)."""

    def __len__(self) -> int:
        """How many they are."""


class TrainingData(Protocol):
    """n examples to train on, wherever they are: points, or rows of a design matrix."""

    @property
    def model(self) -> Model:
        """What is fitted to them."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the parameters are called."""

    @property
    def given(self) -> Any:
        """X as it was given, shape (n,) or (n, k), in the same kind of array as x."""

    @property
    def x(self) -> Any:
        """Of shape (n,), for a line; or the design matrix, of shape (n, d). Read-only."""

    @property
    def y(self) -> Any:
        """Of shape (n,), in the same kind of array."""

    @property
    def engines(self) -> tuple[str, ...]:
        """Which engines can train on them; the first is what "auto" means."""

    @property
    def are_held(self) -> bool:
        """Whether single ones can be had at any time."""

    @property
    def bowl(self) -> Quadratic:
        """The mean squared error on them."""

    @property
    def sample(self) -> Sample:
        """All of them, or of very many so many as can travel, evenly spaced."""

    @property
    def held(self) -> Sample | None:
        """Others, which are held back: nothing here is about them. None: there are none."""

    def __len__(self) -> int:
        """How many they are."""


class Data(TrainingData, Protocol):
    """Points in a plane, which can be drawn."""

    @property
    def extent(self) -> Extent:
        """The least and the greatest x, and the same of y."""

    @property
    def sample(self) -> Points:
        """All of them, or of more than MOST_POINTS so many as SAMPLE says, evenly spaced."""

    def density(self, within: Extent | None = None) -> Density:
        """How many lie where: of all of them, or of those in a part of the plane."""


def is_in_a_plane(data: TrainingData) -> TypeGuard[Data]:
    """Whether they are points, with one x each."""
    return hasattr(data, "density")


def in_a_plane(data: TrainingData) -> Data:
    """The data as points, for whoever draws them; ValueError where they are none."""
    if not is_in_a_plane(data):
        raise ValueError(f"what is drawn must be points x and y; got {type(data).__name__}")
    return data


class Points:
    """n points: `x` and `y`, both of shape (n,), of float64 or float32, finite and read-only.

    held : others, which are held back.
    """

    model, names = LINE, LINE.names
    engines = ("torch", "numpy")
    are_held = True

    def __init__(self, x: Array[Any], y: Array[Any], *, held: Points | None = None) -> None:
        self.held = held
        # Views, so that locking them leaves the user's own arrays as they were.
        self.x, self.y = x.view(), y.view()
        self.x.flags.writeable = self.y.flags.writeable = False

    @property
    def given(self) -> Array[Any]:
        """The same as x."""
        return self.x

    @property
    def features(self) -> FloatArray:
        """The only one is x: shape (n, 1)."""
        return self.x[:, None]

    def __repr__(self) -> str:
        return f"Points({len(self)} of them)"

    def __len__(self) -> int:
        return len(self.x)

    def chunks(self) -> Iterator[tuple[FloatArray, FloatArray]]:
        """All points, CHUNK of them at a time, in float64."""
        for start in range(0, len(self), CHUNK):
            part = slice(start, start + CHUNK)
            yield np.asarray(self.x[part], np.float64), np.asarray(self.y[part], np.float64)

    @cached_property
    def bowl(self) -> Quadratic:
        """The mean squared error of a line on these points."""
        return bowl_of(self.sums, self.extent)

    @cached_property
    def sums(self) -> Sums:
        """What fixes that."""
        return reduce(added, (sums_of_line(x, y) for x, y in self.chunks()))

    @cached_property
    def extent(self) -> Extent:
        """The least and the greatest x, and the same of y."""
        x, y = self.x, self.y
        return (float(x.min()), float(x.max())), (float(y.min()), float(y.max()))

    @cached_property
    def sample(self) -> Points:
        """Those that are drawn one by one: all, or of very many evenly spaced ones."""
        if len(self) <= MOST_POINTS:
            return self
        some = evenly_spaced(len(self))
        return Points(self.x[some].astype(np.float64), self.y[some].astype(np.float64))

    def density(self, within: Extent | None = None) -> Density:
        """How many lie where: of all points, or of those in a part of the plane."""
        return self._overview if within is None else self._counted(within)

    @cached_property
    def _overview(self) -> Density:
        return self._counted(self.extent)

    def _counted(self, within: Extent) -> Density:
        from gd_widget.data.density import Density, cells_of

        return Density.of(self.chunks(), *cells_of(self.extent, within))

    def without(self, held: Array[np.bool_]) -> Points:
        """These points without some, which are held back."""
        back = Points(self.x[held], self.y[held])
        return Points(self.x[~held], self.y[~held], held=back)

    def spliced(self, at: int, remove: int, insert: Sequence[Params], held: bool = False) -> Points:
        """These points without `remove` of them from `at` on, and others in their place.

        insert : (x, y) pairs. At least one point must be left.
        held : whether it is about those that are held back.
        """
        if held:
            if self.held is None:
                raise problem("held", "False where no points are held back", held)
            return Points(self.x, self.y, held=self.held.spliced(at, remove, insert))
        at = whole_number("at", at, least=0, most=len(self))
        remove = whole_number("remove", remove, least=0, most=len(self) - at)
        if len(self) - remove + len(insert) == 0:
            raise ValueError("points must be at least one; the last one cannot be removed")
        pairs = np.array([point("a point", p) for p in insert], np.float64).reshape(-1, 2)
        kept = slice(at), slice(at + remove, None)
        return Points(
            *(
                np.concatenate([old[kept[0]], new, old[kept[1]]])
                for old, new in zip((self.x, self.y), pairs.T, strict=True)
            ),
            held=self.held,
        )


def bowl_of(sums: Sums, extent: Extent) -> Quadratic:
    """The mean squared error of a line on points of such an extent.

    Raises ValueError when the squares of the data exceed the range of float64, or those of their
    differences are all below it.
    """
    bowl = Quadratic.from_sums(sums)
    bowl.must_be_finite(*(max(map(abs, ends)) for ends in extent))
    least, most = extent[0]
    if least < most and bowl.cov_x[0][0] == 0:
        rule = "equal everywhere, or differ by more than float64 can square"
        raise ValueError(f"x must be {rule}; got {least:.3g} to {most:.3g}")
    return bowl


def evenly_spaced(n: int, most: int = SAMPLE) -> Array[np.intp]:
    """The places of at most so many among n points."""
    count = min(n, most)
    return np.arange(count) * n // max(count, 1)


def are_many(points: TrainingData) -> bool:
    """Whether they are too many to be looked at one by one: their sample is only some of them."""
    return len(points.sample) < len(points)
