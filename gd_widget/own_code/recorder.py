"""A loop in a cell that is not ours, which hands over its parameters after each step."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np

from gd_widget.core.diagnosis import Diagnosis, Names
from gd_widget.core.losses import PointLoss
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params
from gd_widget.data.points import TrainingData
from gd_widget.own_code.coach import Coach
from gd_widget.own_code.evidence import Diary, Evidence
from gd_widget.own_code.parameters import LINE, Parameters
from gd_widget.own_code.watch import Watch


class Recorder:
    """What a loop has handed over.

    parameters : what the data call the d parameters, in order.

    >>> import numpy as np
    >>> recorder = Recorder()
    >>> recorder.record(0, np.array([1.0, 2.0]))
    (1.0, 2.0)
    """

    def __init__(self, parameters: Sequence[str] = LINE) -> None:
        self._parameters = tuple(parameters)
        self._diary = Diary()
        self._coach = Coach()
        self._names = Names(function="")
        self._last: Params | None = None
        self._watch: Watch | None = None

    def record(self, step: int, params: Any) -> Params:
        """The d parameters as they stand in params, after a step from this row.

        params : see Parameters; or plain numbers. They may be other objects each time. Gradients
            that arrive at them are seen from here on until the next record.

        Raises ValueError for params that are not d numbers.
        """
        now = Parameters(_in_an_array(params, len(self._parameters)), self._parameters)
        after = now.read()
        watched, before = self._watch, self._last
        self.close()
        if watched is not None and before is not None:
            self._diary.add(Evidence(step, before, after, now.eps, **watched.seen()))
        name = "a" if len(now.parts) == 1 else ""
        self._names = Names(function="", params=name, are_tensors=now.are_tensors)
        self._last = after
        self._watch = Watch(now)
        return after

    def close(self) -> None:
        """The loop is over, or begins again: what was recorded last is not gone on from."""
        if self._watch is not None:
            self._watch.close()
        self._watch = self._last = None

    def diagnose(
        self,
        bowl: Quadratic,
        points: TrainingData | None = None,
        loss: PointLoss | Quadratic | None = None,
    ) -> list[Diagnosis]:
        """What is wrong with the loop: one thing at most.

        points : those that the bowl is of, where they are known.
        loss : what is shown, where it is not the mean squared error.
        """
        found = self._coach.diagnose(self._diary.records, bowl, self._names, None, points, loss)
        return [] if found is None else [found]

    @property
    def evidence(self) -> Sequence[Evidence]:
        """The records of the first few steps and the last."""
        return self._diary.records


def _in_an_array(params: Any, d: int) -> Any:
    """An array of d plain numbers; all else as it is."""
    if isinstance(params, np.ndarray) and params.dtype.kind in "iu":
        return params.astype(np.float64)
    are_d = isinstance(params, (list, tuple)) and len(params) == d
    are_plain = are_d and all(isinstance(one, Real) for one in params)
    return np.array(params, np.float64) if are_plain else params
