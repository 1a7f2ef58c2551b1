"""The first page of the documentation site: how soon one can press Play on it.

    python -m benchmarks.site            a minute
    python -m benchmarks.site --quick    three rounds

Beside the same page of its words and the widget alone, without the theme's style sheet and
script. Each is opened in a browser that has kept nothing; they take turns, and the one that
begins moves on by one each round. A round before is not counted.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.lab import chromium_version
from benchmarks.ratios import LIST, Comparison, Wanted, list_row
from benchmarks.table import header, table
from tests.browser.engines.chromium import running_chromium
from tests.browser.servers import serving
from tools.docs import build

PACKAGES = ["sphinx", "furo"]
PAGES = ("index.html", "alone.html")
THEME = "the theme's style sheet is there before one can press anything, and its page drawn"

WATCH = """() => {
  const look = () => {
    const root = document.querySelector("gradient-descent")?.shadowRoot;
    const play = root?.querySelector("[aria-label=Play]");
    if (play?.checkVisibility()) window.playable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def alone(page: str) -> str:
    """A page of the site without what its theme fetches, and without the theme's own scripts."""
    page = re.sub(r'<link rel="stylesheet"[^>]*>', "", page)
    return re.sub(r"<script(?![^>]*widget\.js).*?</script>", "", page, flags=re.DOTALL)


def to_play(browser: Browser, address: str, page: str) -> float:
    """The ms from going to a page to the first frame in which Play can be pressed.

    Raises RuntimeError where the page asks anybody else for anything.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.add_init_script(f"({WATCH})()")
    opened.goto(f"{address}/{page}")
    opened.wait_for_function("() => window.playable")
    ms = float(opened.evaluate("window.playable"))
    context.close()
    elsewhere = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    if elsewhere:
        raise RuntimeError(f"{page} must ask nobody else; it asked for {', '.join(elsewhere)}")
    return ms


def comparisons(rounds: int) -> list[Comparison]:
    """The first page beside its words and the widget alone."""
    times: dict[str, list[float]] = {page: [] for page in PAGES}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "docs"
        if build(site):
            raise RuntimeError("the site cannot be made; what is wrong stands above")
        (site / PAGES[1]).write_text(alone((site / PAGES[0]).read_text("utf-8")), "utf-8")
        with serving(site) as address, running_chromium() as browser:
            for i in range(rounds + 1):
                for page in PAGES[i % 2 :] + PAGES[: i % 2]:
                    times[page].append(to_play(browser, address, page))
    ours, theirs = (times[page][1:] for page in PAGES)
    measured, beside = "first page of the site to Play, ms", "its words and the widget alone"
    return [Comparison(measured, beside, ours, theirs, Wanted(False, bound=1.2, why=THEME))]


def main() -> None:
    """Measure and print it."""
    parser = argparse.ArgumentParser(description="The first page of the documentation site.")
    parser.add_argument("--rounds", type=int, default=15, help="that are counted")
    parser.add_argument("--quick", action="store_true", help="three of them")
    options = parser.parse_args()
    print(header(*PACKAGES, Chromium=chromium_version()), "\n")
    pairs = comparisons(3 if options.quick else options.rounds)
    print(table("Site", LIST, [list_row(pair) for pair in pairs]))


if __name__ == "__main__":
    main()
