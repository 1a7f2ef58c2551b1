"""Training by the reader's own code: a function update(), or a loop in a cell.

The function is called for each step; the loop hands over its parameters after each of its own.
Both change the reader's own parameters, and keep evidence of how, which coach.py judges.
"""

from __future__ import annotations

import inspect
import linecache
import math
import textwrap
import traceback
from array import array
from collections.abc import Callable, Sequence
from typing import Any

from gd_widget.arguments import problem
from gd_widget.coach import Words, diagnose, hint
from gd_widget.data import Params, Points
from gd_widget.evidence import Diary, Evidence, Watch
from gd_widget.held import Held, one_number
from gd_widget.names import codes_in, names_in, optimizers_in, plain_function
from gd_widget.prints import Heard, overhearing
from gd_widget.quadratic import Quadratic

LR_NAMES = ("lr", "learning_rate", "eta")


class Update:
    """The reader's update(), which changes the reader's params in place; see trainer.Outside.

    update : called without arguments, once for each step. It may return its loss.
    params : see held.Held.

    Raises ValueError, naming the argument, for an update that cannot be called so, and for
    params that are not two finite numbers.

    >>> import numpy as np
    >>> a = np.array([1.0, 4.0])
    >>> def halve():
    ...     a[:] = a / 2
    >>> update = Update(halve, a)
    >>> update.step(0, (1.0, 4.0))
    ((0.5, 2.0), nan)
    """

    repeats = False
    lr = math.nan  # somewhere in the reader's code

    def __init__(self, update: Callable[[], Any], params: Any) -> None:
        _check(update)
        self._held = Held(params)
        self._start = self._held.read()
        if not all(map(math.isfinite, self._start)):
            raise problem("params", "two finite numbers", params)
        self._update = update
        function = plain_function(update)
        name = "<lambda>" if function is None else function.__name__
        self.name = f"{name if name.isidentifier() else 'update'}()"
        self._source = _Source(function)

        self._names = names_in(update)
        parts = self._held.parts
        mine = [params, *parts]
        self._bound = [n for n in self._names if any(n.value() is one for one in mine)]
        self._bound_to = [n.value() for n in self._bound]
        optimizers = optimizers_in(self._names)
        self._lrs = [n.value for n in self._names if n.name in LR_NAMES]
        self._optimizer = next((o for _, o in optimizers if _holds(o, parts)), None)
        called = self._bound[0].name if self._bound else "a"
        self._words = Words(
            code=self.name,
            params=called if len(parts) == 1 else "the parameters",
            one=called if len(parts) == 1 else "p",
            lr=next((n.name for n in self._names if n.name in LR_NAMES), "lr"),
            tensors=self._held.are_tensors,
            optimizer=next((name for name, o in optimizers if o is self._optimizer), ""),
            strange_optimizer="" if self._optimizer or not optimizers else optimizers[0][0],
        )

        self.error: Exception | None = None
        """The last one that update() raised."""
        self._diary = Diary()
        self._printed = Heard()
        self._replaced_inside = False
        self._began = False
        self._is_own_start = True
        self._gone_back = False
        # What .grad held at each row, two numbers each, NaN for nothing: code that does not
        # empty it goes on from there.
        self._grads = array("d", _packed(self._held.grad()))

    # ---------------------------------------------------------------- trainer.Outside

    def begin(self, points: Points, step: int = 0) -> None:
        """Other points: what was found out on the ones before says nothing of these."""
        self._is_own_start = not self._began
        self._began = True
        self._diary = Diary()

    def step(self, step: int, params: Params) -> tuple[Params, float]:
        """Call update() once; whatever it raises is raised."""
        if self._held.read() != params:
            self.go_to(step, params)
        del self._grads[2 * (step + 1) :]
        before, lr = self._held.read(), self._lr()
        lost = self._lost_names()
        watch = Watch(self._held)
        try:
            with overhearing(self._printed):
                returned = self._update()
        except Exception as error:
            self.error = error
            raise
        finally:
            watch.close()
        self._gone_back = False
        after = self._held.read()
        seen = watch.seen()
        self._grads.extend(_packed(seen["left"]))
        lost_now = self._lost_names()
        self._replaced_inside = bool(lost_now) and (self._replaced_inside or lost_now != lost)
        self._diary.add(
            Evidence(
                step,
                before,
                after,
                self._held.eps,
                loss=one_number(returned),
                lr=lr,
                replaced=lost_now[0] if lost_now else "",
                replaced_inside=self._replaced_inside,
                **seen,
            )
        )
        return after, math.nan

    def go_to(self, step: int, params: Params) -> None:
        """Put the parameters, and what their .grad held, back to what they were at this row."""
        self._held.write(params)
        self._held.set_grad(_unpacked(self._grads[2 * step : 2 * step + 2]))
        self._gone_back = self._gone_back or step < len(self._grads) // 2 - 1
        if step == 0 and params != self._start:
            self._is_own_start = False

    def set_lr(self, lr: float) -> None:
        """Refused: the rate is somewhere in the reader's code."""
        raise ValueError(f"lr is set in {self.name}, whose code makes the steps; got {lr:g}")

    # ---------------------------------------------------------------- what there is to say

    def diagnose(self, bowl: Quadratic) -> str:
        """What is wrong with the reader's code, in a sentence with the evidence, or ""."""
        start = self._start if self._is_own_start else None
        return diagnose(self._diary.records, bowl, self._words, start)

    def hidden_state(self) -> str:
        """The name of an optimizer that remembers steps which were gone back on, or "".

        It is said from going back (or resetting) until the next step is made: its memory then
        belongs to rows that are no longer there, and the next steps will not repeat them.
        """
        if not self._gone_back:
            return ""
        optimizers = [optimizer for _, optimizer in optimizers_in(names_in(self._update))]
        return next((type(o).__name__ for o in optimizers if _remembers(o)), "")

    @property
    def params(self) -> Params:
        """(slope, intercept) as the reader's own object holds them."""
        return self._held.read()

    @property
    def evidence(self) -> Sequence[Evidence]:
        """The records of the first few steps and the last."""
        return self._diary.records

    @property
    def code(self) -> list[str] | None:
        """The lines of update(), or None where its source is not to be had."""
        return self._source.lines

    def where(self, error: BaseException) -> tuple[str, int | None]:
        """What update() raised and in which line, in a sentence; and that line's index in `code`.

        The line is the last one of update() that was being run; where it was none, the last one
        of the same file or cell.
        """
        said = f"{self.name} raised {type(error).__name__}"
        reason = str(error).strip().split("\n")[0]
        place, line = self._source.place(error)
        return f"{said}{reason and f': {reason}'}{place and f', in {place}'}", line

    def hint(self, error: BaseException) -> str:
        """What to write instead, for the errors that beginners meet, or ""."""
        return hint(error, self._words)

    def take_printed(self) -> str:
        """What update() has printed since this was last asked, at most 4000 characters."""
        return self._printed.take()

    # ---------------------------------------------------------------------- looking around

    def _lost_names(self) -> list[str]:
        """The names that stood for the parameters, and now stand for something else."""
        bound = zip(self._bound, self._bound_to, strict=True)
        return [name.name for name, value in bound if name.value() is not value]

    def _lr(self) -> float | None:
        """The learning rate that update() names, or its optimizer's."""
        if self._optimizer is not None:
            return one_number(self._optimizer.param_groups[0].get("lr"))
        found = (one_number(value()) for value in self._lrs)
        return next((lr for lr in found if lr is not None), None)


class Recorder:
    """A loop in a cell that is not ours, which hands over its parameters after each step.

    >>> import numpy as np
    >>> recorder = Recorder()
    >>> recorder.record(0, np.array([1.0, 2.0]))
    (1.0, 2.0)
    """

    def __init__(self) -> None:
        self._diary = Diary()
        self._words = Words(code="the loop")
        self._last: Params | None = None
        self._watch: Watch | None = None

    def record(self, step: int, params: Any) -> Params:
        """(slope, intercept) as they stand in params (see held.Held), after a step from this row.

        They may be other objects each time. Gradients that arrive at them are seen from here on
        until the next record. Raises ValueError for params that are not two numbers.
        """
        held = Held(params)
        after = held.read()
        watched, before = self._watch, self._last
        self.close()
        if watched is not None and before is not None:
            self._diary.add(Evidence(step, before, after, held.eps, **watched.seen()))
        one = "a" if len(held.parts) == 1 else "p"
        called = "a" if one == "a" else "the parameters"
        self._words = Words("the loop", called, one, tensors=held.are_tensors)
        self._last = after
        self._watch = Watch(held)
        return after

    def close(self) -> None:
        """The loop is over, or begins again: what was recorded last is not gone on from."""
        if self._watch is not None:
            self._watch.close()
        self._watch = self._last = None

    def diagnose(self, bowl: Quadratic) -> str:
        """What is wrong with the loop, in a sentence with the evidence, or ""."""
        return diagnose(self._diary.records, bowl, self._words)

    @property
    def evidence(self) -> Sequence[Evidence]:
        """The records of the first few steps and the last."""
        return self._diary.records


class _Source:
    """The lines of a function, and where in them something went wrong."""

    def __init__(self, function: Any) -> None:
        self.lines: list[str] | None = None
        self._codes = [] if function is None else list(codes_in(function.__code__))
        if not self._codes:
            return
        self._first = self._codes[0].co_firstlineno
        try:
            lines, self._first = inspect.getsourcelines(self._codes[0])
        except (OSError, TypeError, SyntaxError):  # typed in at a prompt
            return
        self.lines = textwrap.dedent("".join(lines)).splitlines()

    def place(self, error: BaseException) -> tuple[str, int | None]:
        """Such as "line 5: loss = 1 / 0", and the index of that line, if it is one of these."""
        if not self._codes:
            return "", None
        places = [(frame.f_code, n) for frame, n in traceback.walk_tb(error.__traceback__)]
        inside = [n - self._first for code, n in places if code in self._codes]
        if inside:
            line = inside[-1]
            known = self.lines is not None and 0 <= line < len(self.lines)
            text = self.lines[line].strip() if self.lines is not None and known else ""
            return f"line {line + 1}{text and f': {text}'}", line if known else None
        file = self._codes[0].co_filename
        beside = [(code, n) for code, n in places if code.co_filename == file]
        if not beside:
            return "", None
        code, n = beside[-1]
        text = linecache.getline(file, n).strip()
        return f"{code.co_name}(){text and f': {text}'}", None


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


def _packed(grad: Params | None) -> Params:
    return (math.nan, math.nan) if grad is None else grad


def _unpacked(grad: Sequence[float]) -> Params | None:
    return (grad[0], grad[1]) if len(grad) == 2 and not any(map(math.isnan, grad)) else None


def _holds(optimizer: Any, parts: list[Any]) -> bool:
    held = [p for group in optimizer.param_groups for p in group["params"]]
    return any(p is part for p in held for part in parts)


def _remembers(optimizer: Any) -> bool:
    return any(value is not None for state in optimizer.state.values() for value in state.values())
