"""The gallery in a browser: one state of it at a time, and what is wrong with its picture."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.lab import View

ROOT = Path(__file__).parents[2]
CHECKS_SOURCE = (ROOT / "gallery" / "checks.js").read_text("utf-8")
HEIGHT = 1600
TOLERANCE = 0.5  # pixels

# What a page is responsible for, and a widget on it is not: that all is inside landmarks.
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"region": {"enabled": False}, "target-size": {"enabled": True}},
}

NOTICES = {
    "converged": "Converged: at step",
    "diverged": "Diverged at step",
    "error": "Unable to allocate",
    "busy": "The kernel is busy",
    "gone": "The kernel is gone",
    "waiting": "Waiting for the kernel",
    "from-0-to-100": "the critical rate of these data",
    "one-point": "There is one point",
    "equal-x": "All x are 2",
    "race-diverged": "Diverged at step",
    "own-error": "'NoneType' object has no attribute",
    "coach": "did not move a",
    "own-gone": "its kernel is needed",
    "own-without-kernel": "its kernel is needed",
}
"""The words each state is recognised by."""


def made_in(folder: Path) -> Path:
    """The page, as its command writes it."""
    made = subprocess.run(
        [sys.executable, "-m", "gallery.make", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return Path(made.stdout.strip())


class Gallery:
    """A page that gallery/make.py has written, and the recordings on it, by name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        page = self.path.read_text("utf-8")
        (content,) = re.findall(r'id="recordings">(.*?)</script>', page, re.DOTALL)
        recordings = json.loads(content)["recordings"]
        self.recordings: dict[str, dict[str, Any]] = {r["name"]: r for r in recordings}

    def address(self, query: str = "") -> str:
        """Where the page is."""
        return f"{self.path.as_uri()}{query}"

    def steps(self, state: str) -> int:
        """How far training has gone in a state."""
        return int(self.recordings[state]["hello"]["step"])

    def show(self, page: Page, state: str, width: int = 950, theme: str = "light") -> View:
        """One state alone, on a page of this width, as soon as it can be recognised."""
        page.emulate_media(reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": HEIGHT})
        view = self.turn_to(page, state, theme)
        expect(view.notice).to_contain_text(NOTICES.get(state, ""))
        if state != "waiting":
            view.expect_step(self.steps(state))
        return view

    def turn_to(self, page: Page, state: str, theme: str = "light") -> View:
        """One state alone. Where the page shows another, that is taken away as a cell's output is."""
        if page.url.startswith(self.address("?")):
            page.evaluate("([state, theme]) => display(state, theme)", [state, theme])
        else:
            page.goto(self.address(f"?state={state}&theme={theme}"))
            page.evaluate(CHECKS_SOURCE)
        return View(page.locator(".gd-widget"))


def settle(page: Page) -> None:
    """Until what has changed is drawn."""
    page.evaluate("() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))")


def resize(page: Page, width: int) -> None:
    """Give the page another width."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    settle(page)


def dress(page: Page, theme: str) -> None:
    """Change the page's theme, as hosts do while it is shown."""
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    settle(page)


def violations(page: Page, *, of_colour_alone: bool = False) -> list[str]:
    """What axe-core finds in the widget: the rule, the element, and what to mend.

    of_colour_alone : of the same elements in another theme, by the rules for which that matters.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    view = page.locator(".gd-widget")
    broken = view.evaluate(
        """async (element, [options, ofColourAlone]) => {
          if (ofColourAlone) {
            const rules = axe.getRules(options.runOnly).filter(({ tags }) => tags.includes("cat.color"));
            options.runOnly = { type: "rule", values: rules.map(({ ruleId }) => ruleId) };
          }
          return (await axe.run(element, options)).violations;
        }""",
        [AXE, of_colour_alone],
    )
    return [
        f"{rule['id']} ({rule['impact']}) {node['target']} {node['html'][:160]}: "
        f"{node['failureSummary']}"
        for rule in broken
        for node in rule["nodes"]
    ]


CHECKS = (
    "overlappingText",
    "textOnCharts",
    "namesOnPaths",
    "cutOffText",
    "endsInDots",
    "outside",
    "tooSmallText",
    "notNumbers",
    "unnamed",
    "hardToHit",
)


OF_READERS = [name for name in CHECKS if name != "endsInDots"]
"""Where titles and names of axes are a reader's own, they may be longer than any room."""


def faults(view: View, names: Sequence[str] = CHECKS) -> list[str]:
    """What breaks the rules of gallery/checks.js."""
    answer: list[str] = view.root.evaluate(
        """(root, names) => names.flatMap((name) =>
             checks[name](root).map((fault) => `${name}: ${fault}`))""",
        names,
    )
    return answer


def places(view: View) -> dict[str, list[float]]:
    """Left, top, width and height of panels, controls and numbers, within the view."""
    settle(view.root.page)
    answer: dict[str, list[float]] = view.root.evaluate("root => places(root)")
    return answer


def moved(before: dict[str, list[float]], after: dict[str, list[float]]) -> list[str]:
    """What is in both and not where it was, from the top: the rest may follow from the first."""
    found = [
        f"{name} was at {before[name]}, is at {after[name]} (left, top, width, height)"
        for name in sorted(before.keys() & after.keys(), key=lambda name: before[name][1::-1])
        if any(abs(a - b) > TOLERANCE for a, b in zip(before[name], after[name], strict=True))
    ]
    return [*found[:3], f"and {len(found) - 3} more"] if len(found) > 3 else found
