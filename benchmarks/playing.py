"""How busy the page's main thread is while the widget plays, one step in each frame.

    python -m benchmarks.playing                      alone
    python -m benchmarks.playing --beside FOLDER      beside another build of it

FOLDER is a checkout of this repository, of any age, in which the front end was built. The widget
has all panels and 100 points, and trains in the page. Both have pages of their own and take turns.

What is counted is `TaskDuration` of Chromium's DevTools, the processor time of the main thread's
tasks: script, style, layout and painting. It is divided by the frames that came, which are fewer
where others use the machine, too.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.lab import HERE, chromium_version
from benchmarks.ratios import LIST, Comparison, Wanted, list_row
from benchmarks.table import header, number, table
from tools.browsers import CHROMIUM_OPTIONS, find_chromium

SETTLING, SECONDS = 2, 4
TARGET = 0.5

PAGE = """<!doctype html><meta charset="utf-8">
<gradient-descent n="100" lr="1e-4" n-epochs="1000" steps-per-second="60"></gradient-descent>
<script type="module">{bundle}</script>"""
"""At so small a rate training does not come to its end, where playing would."""

FRAMES = """() => {
  window.framesSoFar = 0;
  const count = () => {
    window.framesSoFar += 1;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
}"""


def busy(session: CDPSession) -> float:
    """Milliseconds that the main thread has been busy so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    values = {one["name"]: float(one["value"]) for one in metrics}
    return 1000 * values["TaskDuration"]


def play(page: Page) -> float:
    """Milliseconds of the main thread in a frame of playing."""
    page.get_by_role("button", name="Play", exact=True).click()
    page.evaluate(FRAMES)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.wait_for_timeout(1000 * SETTLING)
    before, frames = busy(session), page.evaluate("framesSoFar")
    page.wait_for_timeout(1000 * SECONDS)
    after = busy(session)
    return (after - before) / float(page.evaluate("framesSoFar") - frames)


def measure(browser: Browser, checkout: Path) -> float:
    """The same in a page of its own, with the front end of a checkout."""
    page = browser.new_page(viewport={"width": 900, "height": 1000})
    bundle = (checkout / "gd_widget/static/widget.js").read_text("utf-8")
    page.set_content(PAGE.format(bundle=bundle))
    page.locator(".gd-widget .surface .handle").wait_for()
    spent = play(page)
    page.close()
    return spent


def rounds_of(rounds: int, checkouts: list[Path]) -> list[list[float]]:
    """The figures of each checkout; the one that begins changes each round."""
    figures: dict[Path, list[float]] = {checkout: [] for checkout in checkouts}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_OPTIONS)
        for i in range(rounds):
            for checkout in checkouts[:: 1 if i % 2 else -1]:
                figures[checkout].append(measure(browser, checkout))
        browser.close()
    return list(figures.values())


MEASURED = "main thread in a frame of playing, ms"


def comparisons(rounds: int, beside: Path) -> list[Comparison]:
    """Beside another build."""
    ours, theirs = rounds_of(rounds, [HERE.parent, beside])
    wanted = Wanted(more=False, bound=TARGET)
    return [Comparison(MEASURED, "an earlier build", ours, theirs, wanted)]


def main() -> None:
    """Measure and print it."""
    parser = argparse.ArgumentParser(description="The main thread while the widget plays.")
    parser.add_argument("--beside", type=Path, help="a checkout with another build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one round")
    options = parser.parse_args()
    rounds = 1 if options.quick else options.rounds
    print(header(Chromium=chromium_version()), "\n")
    if options.beside:
        pairs = comparisons(rounds, options.beside)
        print(table("Playing", LIST, [list_row(pair) for pair in pairs]))
    else:
        (ours,) = rounds_of(rounds, [HERE.parent])
        print(f"{MEASURED}: {number(median(ours))}")


if __name__ == "__main__":
    main()
