"""Whether memory stays flat while a GDWidget plays for a long time in JupyterLab.

    python -m benchmarks.soak               half an hour at 600 steps a second
    python -m benchmarks.soak --minutes 3

A real JupyterLab in headless Chromium. At every sample garbage is collected first, on both sides.
Of the page: what its scripts hold, with the arrays that are kept outside of the heap, and how many
nodes and listeners the document has. Of the kernel: the process, and what tracemalloc has seen
allocated there. The kernel keeps every row, so the memory of its tables is subtracted, and that of
the last 65,536 messages' signatures, which Jupyter keeps to know them again; the page keeps a
bounded number of rows (MOST_ROWS in js/core/table.js), which it has after a minute.

lr=1e-5 converges, where Play would pause, after an hour.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.table import header, table
from hatch_build import is_current
from tests.browser.lab import Notebook, View, running_lab
from tools.browsers import CHROMIUM_OPTIONS, find_chromium

ROOT = Path(__file__).parents[1]
RATE = 600
EVERY = 60.0
"""Seconds from one sample to the next."""

SETTLED = 120.0
"""Seconds of playing after which nothing but the kernel's rows may grow."""

MOST_GROWTH = {"page": 5e6, "kernel": 2e6}
"""Bytes from then on; nodes and listeners may not become more at all."""

CELL = f"""
import gc, json, sys, tracemalloc
import psutil
from gd_widget import GDWidget

tracemalloc.start()
w = GDWidget(n=100, lr=1e-5, n_epochs=None, steps_per_second={RATE})

def kernel_memory():
    gc.collect()
    table = w._trainer.table
    heard = get_ipython().kernel.session.digest_history
    kept = sum(map(sys.getsizeof, (table._rows, table._memory, heard, *heard)))
    rss = psutil.Process().memory_info().rss
    traced, _ = tracemalloc.get_traced_memory()
    return json.dumps(dict(rows=len(table), kept=kept, rss=rss, traced=traced))

w
"""

ASK = """async expression => {
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  const future = kernel.requestExecute({
    code: "", silent: true, store_history: false, user_expressions: { answer: expression },
  });
  const { content } = await future.done;
  return content.user_expressions.answer.data["text/plain"];
}"""


@dataclass(frozen=True)
class Sample:
    """Bytes and numbers at a moment. `kept` is the kernel's memory of rows and signatures."""

    seconds: float
    rows: int
    heap: int
    arrays: int
    nodes: int
    listeners: int
    rss: int
    traced: int
    kept: int

    @property
    def page(self) -> int:
        """What the page's scripts hold."""
        return self.heap + self.arrays

    @property
    def kernel(self) -> int:
        """What Python has allocated in the kernel, beside what it keeps."""
        return self.traced - self.kept

    def as_row(self) -> list[str]:
        """The numbers in words."""
        bytes_ = (self.heap, self.arrays, self.rss, self.kept, self.rss - self.kept, self.kernel)
        heap, arrays, *rest = (f"{number / 1e6:.2f}" for number in bytes_)
        counts = f"{self.nodes}", f"{self.listeners}"
        return [f"{self.seconds / 60:.1f}", f"{self.rows:,}", heap, arrays, *counts, *rest]


COLUMNS = (
    *("minutes", "kernel's rows", "page heap MB", "page arrays MB", "nodes", "listeners"),
    *("kernel RSS MB", "kept MB", "RSS less kept MB", "traced less kept MB"),
)


def sample(page: Page, browser_side: CDPSession, began: float) -> Sample:
    """The memory on both sides, now."""
    # Twice: what finalizers let go of is found by the second.
    for _ in range(2):
        browser_side.send("HeapProfiler.collectGarbage")
    usage = browser_side.send("Runtime.getHeapUsage")
    counters = browser_side.send("Memory.getDOMCounters")
    answer: str = page.evaluate(ASK, "kernel_memory()")
    kernel: dict[str, Any] = json.loads(answer.strip("'"))
    return Sample(
        seconds=monotonic() - began,
        heap=int(usage["usedSize"]),
        arrays=int(usage["backingStorageSize"]),
        nodes=counters["nodes"],
        listeners=counters["jsEventListeners"],
        **kernel,
    )


def play(notebook: Notebook, minutes: float) -> list[Sample]:
    """Samples from before the click on Play to the end."""
    page = notebook.page
    browser_side = page.context.new_cdp_session(page)
    notebook.open("soak.ipynb", [CELL])
    notebook.run_all()
    view = View(page.locator(".gd-widget").first)
    view.expect_step(0)
    began = monotonic()
    samples = [sample(page, browser_side, began)]
    view.button("Play").click()
    while samples[-1].seconds < 60 * minutes:
        page.wait_for_timeout(1000 * min(EVERY, 60 * minutes))
        samples.append(sample(page, browser_side, began))
        print("  ".join(samples[-1].as_row()), flush=True)
    view.pause()
    return samples


def faults(samples: list[Sample]) -> list[str]:
    """What has grown that must not."""
    last = samples[-1]
    settled = next((one for one in samples if one.seconds >= SETTLED), last)
    found = [
        f"the {side} has grown by {grown / 1e6:.2f} MB since minute {settled.seconds / 60:.1f}"
        for side, most in MOST_GROWTH.items()
        if (grown := getattr(last, side) - getattr(settled, side)) > most
    ]
    found += [
        f"there are {getattr(last, name) - getattr(settled, name)} more {name}"
        for name in ("nodes", "listeners")
        if getattr(last, name) > getattr(settled, name)
    ]
    if last.rows < 0.9 * RATE * last.seconds:
        found.append(f"it has made {last.rows / last.seconds:.0f} steps a second, not {RATE}")
    return found


def main() -> None:
    """Play, sample, print; the exit status says whether memory was flat."""
    parser = argparse.ArgumentParser(description="Memory while a widget plays in JupyterLab.")
    parser.add_argument("--minutes", type=float, default=30)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as root,
        running_lab(Path(root)) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_OPTIONS)
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        samples = play(Notebook(page, lab, Path(root)), options.minutes)
        browser.close()
    print(header("jupyterlab", "ipykernel", "torch", rate=RATE, bundle_is_current=is_current(ROOT)))
    print(table("Memory while playing", COLUMNS, [one.as_row() for one in samples]))
    found = faults(samples)
    print("\n".join(found) or "flat")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
