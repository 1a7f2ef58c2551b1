"""A widget as the documentation has it: several plain runs under one clock, and the settings."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tests.fuzz.plain_training import PlainRun, Points

OWN = ("lr", "optimizer")
AT_REST = ("converged", "paused")
OF_RULES = ("optimizer", "lr", "batch_size", "momentum", "alpha", "betas")


class RefusedError(Exception):
    """What must be refused, and change nothing."""


class PlainWidget:
    """What w must be; `follow` arguments are the widget itself, for the digits of its rows."""

    def __init__(self, points: Points, settings: dict[str, Any], seed: int | None, w: Any) -> None:
        self.points, self.settings, self.seed = points, settings, seed
        self.error, self.stop_at = "", None
        n = max(len(v) if isinstance(v, list) else 1 for v in map(settings.get, OWN))
        own = [{name: of_run(settings[name], i) for name in OF_RULES} for i in range(n)]
        self.runs = [PlainRun(points, each) for each in own]
        self.begin(w)

    @property
    def clock(self) -> int:
        return max(run.step for run in self.runs)

    @property
    def n_rows(self) -> int:
        return max(len(run.rows) for run in self.runs)

    @property
    def has_diverged(self) -> bool:
        return all(run.diverged_at is not None for run in self.runs)

    @property
    def has_converged(self) -> bool:
        staying = [run for run in self.runs if not run.has_diverged]
        return bool(staying) and all(run.converged for run in staying)

    @property
    def is_on_edge(self) -> bool:
        return any(run.is_on_edge for run in self.runs)

    @property
    def status(self) -> str:
        if self.error:
            return "error"
        if all(run.has_diverged for run in self.runs):
            return "diverged"
        if self.settings["playing"]:
            return "playing"
        if self.has_converged:
            return "converged"
        return "paused" if self.clock else "ready"

    # ---------------------------------------------------------------------- what is done

    def train(self, n: int, w: Any, until_converged: bool = False, may_be_slow: bool = False):
        """So many steps, or fewer where they must be."""
        histories = [run.history for run in w.runs]
        made = w.n_steps - self.clock
        assert 0 <= made <= n
        arriving = until_converged and not self.has_converged
        for step in range(1, made + 1):
            self.advance(histories, self.clock)
            if arriving and self.has_converged and not self.is_on_edge:
                assert step == made, "what has converged must stop"
                return
        if made < n and all(run.diverged_at is not None for run in w.runs):
            self.advance(histories, self.clock)
            assert self.has_diverged
        elif made < n:
            assert may_be_slow and made >= 1, f"{made} of {n} steps were made"

    def advance(self, histories: list[np.ndarray], clock: int) -> None:
        for run, history in zip(self.runs, histories, strict=True):
            if run.diverged_at is None or len(self.runs) == 1:
                run.advance(history[: clock + 2])

    def seek(self, step: int, w: Any) -> None:
        if not 0 <= step < self.n_rows:
            raise RefusedError
        for run in self.runs:
            run.seek(step)
        self.catch_up(w)

    def catch_up(self, w: Any) -> None:
        for run, real in zip(self.runs, w.runs, strict=True):
            while run.step < self.clock and run.diverged_at is None:
                run.advance(real.history)

    def begin(self, w: Any, points: Points | None = None, start: Any = None) -> None:
        points = points or self.points
        start = self.settings["guess"] if start is None else start
        loss, grad = points.worth(start)
        if not all(map(math.isfinite, (loss, *grad))):
            raise RefusedError
        self.points = points
        for run, real in zip(self.runs, w.runs, strict=True):
            run.points = points
            run.begin(start, real.history[0])
        self.stop()

    def stop(self) -> None:
        self.settings["playing"], self.stop_at, self.error = False, None, ""

    def set(self, changes: dict[str, Any], w: Any) -> None:
        for name in {"lr", "optimizer"} & set(changes):
            match changes[name]:
                case [one]:  # a list of one is that one
                    changes = {**changes, name: one}
        changes = {name: v for name, v in changes.items() if self.settings[name] != v}
        for name in changes:
            is_list = name in ("lr", "optimizer") and isinstance(changes[name], list)
            if is_list and len(changes[name]) != len(self.runs):
                raise RefusedError
        if "guess" in changes:
            self.begin(w, start=changes["guess"])
            self.settings["guess"] = changes["guess"]
            changes["playing"] = False
        per_epoch = self.runs[0].per_epoch
        for i, run in enumerate(self.runs):
            run.set({name: of_run(v, i) for name, v in changes.items() if name in OF_RULES})
        if changes:
            self.catch_up(w)
            self.error = ""
        self.settings.update(changes)
        if {"playing", "n_epochs"} & set(changes) or self.runs[0].per_epoch != per_epoch:
            per_epoch, n_epochs = self.runs[0].per_epoch, self.settings["n_epochs"]
            is_endless = n_epochs is None or not self.settings["playing"]
            self.stop_at = None if is_endless else self.clock + n_epochs * per_epoch

    # -------------------------------------------------------------------- what is so now

    def check(self, w: Any) -> None:
        """Hold the widget against all this."""
        assert (w.n_steps, w.error) == (self.clock, self.error)
        assert w.status == self.status or (self.is_on_edge and w.status in AT_REST)
        settings = {name: getattr(w, name) for name in self.settings}
        assert settings == self.settings
        np.testing.assert_array_equal(w.x, self.points.x)
        np.testing.assert_array_equal(w.y, self.points.y)
        for run, real in zip(self.runs, w.runs, strict=True):
            row = run.row
            assert (real.n_steps, real.params) == (run.step, row.params)
            assert (real.loss, real.grad) == (row.loss, row.grad)
            assert real.diverged_at == run.diverged_at
            expected = [(i, *r.params, r.loss, *r.grad, r.lr) for i, r in enumerate(run.rows)]
            got = [tuple(made)[:7] for made in real.history]
            np.testing.assert_array_equal(got, expected[: run.step + 1])
        first = self.runs[0].row
        assert (w.slope, w.intercept, w.loss, w.grad) == (*first.params, first.loss, first.grad)
        assert repr(w) == self.one_line(w)

    def one_line(self, w: Any) -> str:
        n, run = len(self.points.x), self.runs[0]
        if len(self.runs) > 1:
            names = ", ".join(real.name for real in w.runs)
            return f"GDWidget(n={n}, step={self.clock}, runs: {names})"
        parts = [f"n={n}"]
        rule, *heeded = run.plan
        parts += [f"optimizer={rule!r}"] if rule != "gd" else []
        parts += [f"lr={run.settings['lr']:g}"] if heeded else []
        parts += [f"batch_size={run.size}"] if run.size is not None else []
        parts += [f"step={run.step}"]
        numbers = {"slope": run.row.params[0], "intercept": run.row.params[1], "loss": run.row.loss}
        parts += [f"{name}={number:.4g}" for name, number in numbers.items()]
        parts += ["diverged"] if run.diverged_at is not None else []
        return f"GDWidget({', '.join(parts)})"


def of_run(value: Any, i: int) -> Any:
    return value[i] if isinstance(value, list) else value


def made_up(n: int, seed: int) -> Points:
    """The points that GDWidget makes: about y = 3x + 2, with noise on [0, 1)."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, n)
    return Points(x, 3 * x + 2 + rng.uniform(0, 1, n))
