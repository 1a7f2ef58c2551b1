"""A function update() of the reader's own, called for each step."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Sequence
from contextlib import closing
from types import TracebackType
from typing import Any

from gd_widget.core.checks import problem
from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.losses import PointLoss
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.stretches import Plan
from gd_widget.core.types import Params
from gd_widget.data.points import TrainingData
from gd_widget.own_code.coach import Coach
from gd_widget.own_code.displays import noticing
from gd_widget.own_code.evidence import Diary, Evidence
from gd_widget.own_code.failure import Failure
from gd_widget.own_code.hints import hint
from gd_widget.own_code.kept_grads import KeptGrads
from gd_widget.own_code.parameters import LINE, Parameters, counted, one_number
from gd_widget.own_code.prints import Heard, overhearing
from gd_widget.own_code.reachable_names import plain_function
from gd_widget.own_code.roles import Roles
from gd_widget.own_code.source import Source
from gd_widget.own_code.watch import Watch


class Update:
    """The reader's update(), which changes the reader's params in place; see readers_code.py.

    update : called without arguments, once for each step. It may return its loss.
    params : see Parameters.
    parameters : what the data call the d parameters, in order.

    Raises ValueError, naming the argument, for an update that cannot be called so, and for
    params that are not d finite numbers.

    >>> import numpy as np
    >>> a = np.array([1.0, 4.0])
    >>> def halve():
    ...     a[:] = a / 2
    >>> update = Update(halve, a)
    >>> update.step(0, (1.0, 4.0))
    ((0.5, 2.0), nan)
    """

    repeats = False
    settings: tuple[str, ...] = ()
    acts_as: Plan | None = None  # what is wrong with it the coach says
    lr = math.nan  # somewhere in the reader's code

    def __init__(
        self, update: Callable[[], Any], params: Any, parameters: Sequence[str] = LINE
    ) -> None:
        _check(update)
        self._params = Parameters(params, parameters)
        self._start = self._params.read()
        if not all(map(math.isfinite, self._start)):
            raise problem("params", counted(len(self._params), "finite number"), params)
        self._update = update
        function = plain_function(update)
        name = "<lambda>" if function is None else function.__name__
        self.name = f"{name if name.isidentifier() else 'update'}()"
        self._source = Source(function)
        self._roles = Roles(update, params, self._params)
        self._names = self._roles.names(self.name)

        self.error: Exception | None = None
        """The last one that update() raised."""
        self._diary = Diary()
        self._coach = Coach()
        self._printed = Heard()
        self._replaced_inside = False
        self._n_backward = 0  # in the last step, whether it failed or not
        self._points: TrainingData | None = None  # once there are some
        self._began_by_itself = True  # not where the widget put it
        self._gone_back = False
        self._grads = KeptGrads(self._params.grad(), len(self._params))

    # -------------------------------------------------------------------- training

    def begin(self, points: TrainingData, step: int = 0) -> None:
        """Other points: what was found out on the ones before says nothing of these."""
        self._began_by_itself = self._points is None
        self._points = points
        self._diary = Diary()

    def step(self, step: int, params: Params) -> tuple[Params, float]:
        """Call update() once; whatever it raises is raised.

        A StopIteration is raised as the cause of a RuntimeError: it would end whatever iterates
        over the steps, as if there were no more of them.
        """
        if self._params.read() != params:
            self.go_to(step, params)
        self._grads.cut_after(step)
        before, lr, lost = self._params.read(), self._roles.lr(), self._roles.lost()
        numbers = self._roles.numbers()
        watch = Watch(self._params, self._roles.optimizer)
        try:
            with closing(watch), overhearing(self._printed), noticing(self._printed.add):
                returned = self._update()
        except StopIteration as error:
            self.error = RuntimeError(f"{self.name} raised StopIteration")
            raise self.error from error
        except Exception as error:
            self.error = error
            raise
        finally:
            self._n_backward = watch.n_backward
        self._gone_back = False
        after = self._params.read()
        seen = watch.seen()
        self._grads.append(seen["left"])
        lost_now = self._roles.lost()
        self._replaced_inside = bool(lost_now) and (self._replaced_inside or lost_now != lost)
        self._diary.add(
            Evidence(
                step,
                before,
                after,
                self._params.eps,
                loss=one_number(returned),
                lr=lr,
                numbers=numbers,
                writes=self._roles.writes,
                calls_backward=self._roles.calls_backward,
                replaced=lost_now[0] if lost_now else "",
                replaced_inside=self._replaced_inside,
                **seen,
            )
        )
        return after, math.nan

    def go_to(self, step: int, params: Params) -> None:
        """Put the parameters, and what their .grad held, back to what they were at this row."""
        self._params.write(params)
        self._params.set_grad(self._grads.at(step))
        self._gone_back = self._gone_back or step < len(self._grads) - 1
        if step == 0 and params != self._start:
            self._began_by_itself = False

    def set_lr(self, lr: float) -> None:
        """Refused: the rate is somewhere in the reader's code."""
        raise ValueError(f"lr is set in {self.name}, whose code makes the steps; got {lr:g}")

    # ---------------------------------------------------------------- what there is to say

    def diagnose(
        self, bowl: Quadratic, loss: PointLoss | Quadratic | None = None
    ) -> list[Diagnosis]:
        """What is wrong with the reader's code, the first mistake first.

        bowl : the mean squared error on the points; loss : what is shown, where it is not that.
        """
        start, records = self._start if self._began_by_itself else None, self._diary.records
        mistake = self._coach.diagnose(records, bowl, self._names, start, self._points, loss)
        return [found for found in (mistake, self._forgotten()) if found is not None]

    def _forgotten(self) -> Diagnosis | None:
        """That an optimizer remembers steps which were gone back on.

        It is said from going back (or resetting) until the next step is made: its memory then
        belongs to rows that are no longer there, and the next steps will not repeat them.
        """
        optimizer = self._roles.memory() if self._gone_back else ""
        if not optimizer:
            return None
        return Diagnosis.of("forgotten", names=self._names, optimizer=optimizer)

    @property
    def params(self) -> Params:
        """The parameters as the reader's own object holds them."""
        return self._params.read()

    @property
    def evidence(self) -> Sequence[Evidence]:
        """The records of the first few steps and the last."""
        return self._diary.records

    @property
    def code(self) -> list[str] | None:
        """The lines of update(), or None where its source is not to be had."""
        return self._source.lines

    def raised(self, error: BaseException) -> Diagnosis:
        """What update() raised, and where."""
        error = _as_raised(error)
        kind, reason = type(error).__name__, str(error).strip().split("\n")[0]
        place = self._source.place(error)._asdict()
        return Diagnosis.of("raised", names=self._names, error=kind, reason=reason, **place)

    def line_of(self, error: BaseException) -> int | None:
        """The index in `code` of the line that failed, where it is one of these."""
        place = self._source.place(_as_raised(error))
        return place.line - 1 if place.line is not None and place.text else None

    def traceback(self, error: BaseException) -> TracebackType | None:
        """What was being run, from update() inwards."""
        return self._source.traceback(_as_raised(error))

    def hint(self, error: BaseException) -> Diagnosis | None:
        """What an error is a sign of, for those that beginners meet."""
        return hint(
            Failure(
                _as_raised(error),
                self._names,
                self._params.parts,
                self._params.dtype,
                self._n_backward,
                is_first=not self._diary.records,
            )
        )

    @property
    def printed(self) -> str:
        """The end of what update() has printed."""
        return self._printed.text

    def forget_printed(self) -> None:
        """What was printed so far is about training that is over."""
        self._printed.text = ""


def _as_raised(error: BaseException) -> BaseException:
    """The error that update() raised: a StopIteration is the cause of the one that is passed on."""
    return error.__cause__ if isinstance(error.__cause__, StopIteration) else error


def _check(update: Any) -> None:
    rule = "a function that is called without arguments, once for each step"
    if not callable(update):
        raise problem("update", rule, update)
    odd = inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction
    if any(is_odd(update) for is_odd in odd):
        raise problem("update", f"{rule}, neither async nor a generator", update)
    try:
        inspect.signature(update).bind()
    except TypeError:
        raise problem("update", rule, update) from None
    except ValueError:  # some built-in functions have no signature
        pass
