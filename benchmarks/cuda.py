"""Training on a GPU: that it is right, that it waits for nothing, and how fast it is.

    python -m benchmarks.cuda

For a machine with a CUDA device; elsewhere it says that there is none, and fails. First the checks
that the tests cannot make without a GPU, then speeds against the lesson's loop on the same GPU,
as ratios taken within each round.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

from benchmarks.kernel import measure, ratio, speed
from benchmarks.loops import GUESS, LR, Contender, bare_loop
from benchmarks.table import header, table
from gd_widget import GDWidget, Trainer, make_line
from gd_widget.core.rules import RULES
from gd_widget.core.settings import rule_settings
from gd_widget.data.points import Points
from gd_widget.data.tensor_points import CHUNK, DevicePoints
from gd_widget.training.engines.on_device import Ahead
from gd_widget.training.rows import Course

DEVICE = "cuda"
SIZES = (100, 10_000, 1_000_000, 10_000_000, 100_000_000)
BARE_BYTES = 80
"""What the bare loop needs for a point: x, its column of ones, y, and what autograd holds."""


def there(points: Points, dtype: torch.dtype = torch.float64) -> tuple[torch.Tensor, torch.Tensor]:
    """Their x and y on the device."""
    x, y = (torch.tensor(values, dtype=dtype, device=DEVICE) for values in (points.x, points.y))
    return x, y


def check_histories(n: int = 1000, steps: int = 200) -> None:
    """Every rule makes the rows that it makes in memory, to 1e-12, with and without batches."""
    points = make_line(n)
    for optimizer, rule in RULES.items():
        for batch_size in (None, 64) if "batch_size" in rule.settings else (None,):
            settings: dict[str, Any] = {"optimizer": optimizer, "lr": LR, "batch_size": batch_size}
            here = Trainer(points, engine="torch", **settings)
            away = Trainer(DevicePoints(*there(points)), **settings)
            for trainer in (here, away):
                trainer.step(steps)
            np.testing.assert_allclose(
                away.rows(), here.rows(), rtol=1e-12, atol=1e-12, err_msg=f"{settings}"
            )
    print(f"Histories of {len(RULES)} rules: those of the CPU to 1e-12.")


@contextmanager
def no_waiting() -> Iterator[None]:
    """Whatever waits for the device raises RuntimeError."""
    torch.cuda.set_sync_debug_mode("error")
    try:
        yield
    finally:
        torch.cuda.set_sync_debug_mode("default")


def check_waiting(n: int = 10_000, count: int = 100) -> None:
    """Rows are queued without waiting for the device, with each rule that trains there."""
    points = DevicePoints(*there(make_line(n)))
    bowl = points.bowl
    start = (*GUESS, *bowl.gradient(GUESS), LR)
    settings = rule_settings({"lr": LR}, bowl)
    rules = [rule for rule in RULES.values() if not rule.decides]
    for rule in rules:
        for batches in (None, iter([np.arange(64)] * 2 * count)):
            ahead, course = Ahead(points), Course(rule, settings, batches, LR)
            here = start, rule.memory(2, settings)
            ahead.make(here, course, 1).cpu()  # what is set up once may wait
            with no_waiting():
                made = ahead.make(here, course, count)
            assert made.isfinite().all(), rule
    print(f"{count} rows ahead of {len(rules)} rules, and with batches: nothing waited for.")


def check_memory(n: int = 50_000_000) -> None:
    """The data stay the user's own tensors; training takes no more than some chunks."""
    x = torch.rand(n, dtype=torch.float32, device=DEVICE)
    y = 3 * x + 2 + torch.rand(n, dtype=torch.float32, device=DEVICE)
    before = torch.cuda.memory_allocated()
    torch.cuda.reset_peak_memory_stats()
    w = GDWidget(x, y)
    w.step(20)
    held = w._trainer.points
    assert (held.x.data_ptr(), held.y.data_ptr()) == (x.data_ptr(), y.data_ptr())
    chunks = (torch.cuda.max_memory_allocated() - before) / (8 * CHUNK)
    print(f"{n:,} points of float32: not copied; at most {chunks:.1f} chunks of memory more.")
    assert chunks < 16


def bare_on_device(points: Points) -> Contender:
    """The lesson's loop on the device, which is waited for at the end alone."""
    bare = bare_loop(points, torch.float64, DEVICE)

    def train(steps: int) -> None:
        bare.train(steps)
        torch.cuda.synchronize()

    return Contender(train, bare.restart, bare.params)


def widget_on_device(points: Points) -> Contender:
    """`w.step(steps)` on tensors that are on the device."""
    w = GDWidget(*there(points), lr=LR, guess=GUESS)
    return Contender(w.step, w.reset, lambda: w.params)


def speeds_at(n: int, rounds: int, seconds: float) -> list[str]:
    """One size's row of the table."""
    points = make_line(n)
    contenders = {"bare": bare_on_device(points), "widget": widget_on_device(points)}
    for contender in contenders.values():
        contender.restart()
        contender.train(10)
    for own, bare in zip(contenders["widget"].params(), contenders["bare"].params(), strict=True):
        assert math.isclose(own, bare, rel_tol=1e-9), (n, own, bare)
    rates = measure(contenders, rounds, seconds)
    return [f"{n:,}", speed(rates, "bare"), speed(rates, "widget"), *ratio(rates, "widget", "bare")]


def main() -> None:
    """Check, then measure, and print it."""
    parser = argparse.ArgumentParser(description="Training on a CUDA device.")
    parser.add_argument("--rounds", type=int, default=5, help="how often both take turns")
    parser.add_argument("--seconds", type=float, default=0.3, help="of each turn")
    options = parser.parse_args()
    if not torch.cuda.is_available():
        sys.exit("There is no CUDA device here: nothing was checked, nothing measured.")

    print(header("torch", device=torch.cuda.get_device_name()), "\n", flush=True)
    check_histories()
    check_waiting()
    check_memory()
    rows = []
    for n in SIZES:
        torch.cuda.empty_cache()
        free, _ = torch.cuda.mem_get_info()
        if 2 * BARE_BYTES * n > free:
            print(f"{n:,} points are left out: the device has {free:,} bytes free.")
            break
        rows.append(speeds_at(n, options.rounds, options.seconds))
    columns = ["n", "bare /s", "GDWidget /s", "ratio to bare", "range"]
    print(table("\nw.step() on the device, float64", columns, rows))


if __name__ == "__main__":
    main()
