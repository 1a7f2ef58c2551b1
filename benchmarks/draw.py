"""What drawing one frame costs, against an empty frame in the same run.

    python -m benchmarks.draw

The gallery's page is shown in Chromium. In each of 300 frames the scrubber is moved to another
step, so that every panel changes, and what happens in that frame is timed: the event, the
animation callback, and the layout that the drawing makes necessary. The empty frame is the same
without the scrubber. Medians and 95th percentiles, in milliseconds.

That is the script's part. The whole frame, with style, layout and painting, is the main thread's
processor time in Chromium's own trace, for each frame: it hardly depends on what else is running.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.table import header, table
from gallery.make import STATES, record, write
from tools.browsers import CHROMIUM_OPTIONS, find_chromium

FRAMES = 300
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
TARGETS = {"mid-way": 4, "many-points": 8, "density-mid-way": 4}  # milliseconds

# Callbacks are timed from outside, around whatever asks for a frame.
TIMED_FRAMES = """
  window.spent = 0;
  const places = () => [...document.querySelectorAll("*")].map((element) => element.shadowRoot);
  const viewIn = (place) => place?.querySelector('.gd-widget');
  const view = () => (window.view ??= places().map(viewIn).find(Boolean));
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => request((now) => {
    const start = performance.now();
    callback(now);
    view()?.getBoundingClientRect();
    window.spent += performance.now() - start;
  });
  window.frames = (n, scrubs) => new Promise((resolve) => {
    const times = [];
    const next = () => {
      times.push(window.spent);
      window.spent = 0;
      if (times.length > n) return resolve(times.slice(1));
      if (scrubs) {
        const scrubber = view().querySelector('.scrubber');
        scrubber.valueAsNumber = 1 + (times.length % 12);
        const start = performance.now();
        scrubber.dispatchEvent(new Event('input', { bubbles: true }));
        view().getBoundingClientRect();
        window.spent += performance.now() - start;
      }
      request(() => setTimeout(next));
    };
    next();
  });
"""


def milliseconds(page: Page, scrubs: bool) -> tuple[float, float]:
    """Median and 95th percentile of the time spent in a frame."""
    times = page.evaluate("([n, scrubs]) => window.frames(n, scrubs)", [FRAMES, scrubs])
    return float(np.median(times)), float(np.percentile(times, 95))


def whole_frame(browser: Browser, page: Page, scrubs: bool) -> float:
    """Milliseconds of the main thread's processor time for each frame."""
    browser.start_tracing(page=page, categories=TRACED)
    page.evaluate("([n, scrubs]) => window.frames(n, scrubs)", [FRAMES, scrubs])
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    # A tab's own bar has a renderer, too: the busiest is the page's.
    spent = [
        sum(
            event.get("tdur", 0)
            for event in events
            if event["name"] == "RunTask" and (event["pid"], event["tid"]) == thread
        )
        for thread in main
    ]
    return float(max(spent)) / 1000 / FRAMES


def main() -> None:
    """Print the table."""
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        address = write(Path(folder), [record(state) for state in STATES]).as_uri()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_OPTIONS)
        for state, target in TARGETS.items():
            page = browser.new_page(viewport={"width": 1000, "height": 1000})
            page.add_init_script(TIMED_FRAMES)
            page.goto(f"{address}?state={state}")
            page.locator(".gd-widget .surface .handle").wait_for()
            empty, _ = milliseconds(page, scrubs=False)
            median, p95 = milliseconds(page, scrubs=True)
            rest, whole = (whole_frame(browser, page, scrubs) for scrubs in (False, True))
            script = [f"{empty:.2f}", f"{median:.2f}", f"{p95:.2f}", str(target)]
            rows.append([state, *script, f"{rest:.2f}", f"{whole:.2f}"])
            page.close()
        browser.close()
    print(header(), "\n")
    columns = ["state", "empty ms", "median ms", "p95 ms", "under ms", "whole empty", "whole"]
    print(table("Drawing a frame", columns, rows))


if __name__ == "__main__":
    main()
