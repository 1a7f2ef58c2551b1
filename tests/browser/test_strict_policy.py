"""The saved page and the element where a site allows next to nothing, in every engine.

The policy allows the page's own script and style by their hashes, pictures made in the page, and
no more: no request, no inline style, no text for markup but what lit-html's own policy lets through.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from gd_widget import make_line
from tests.browser import static_pages
from tests.browser.engines.page import Engine, Page
from tests.browser.place import Place
from tests.browser.servers import serving
from tests.browser.shown import CATCH_FILES, Shown, assert_true

# 'self', among the pictures, is for the icon that Firefox asks every site for.
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html"
)


def hashes(text: str, tag: str) -> str:
    """What a policy calls the content of elements with this tag; 'none' where there are none."""
    found = re.findall(rf"<{tag}>(.+?)</{tag.split()[0]}>", text, re.DOTALL)
    named = [b64encode(sha256(inline.encode()).digest()).decode() for inline in found]
    return " ".join(f"'sha256-{name}'" for name in named) or "'none'"


@pytest.fixture(params=["saved page", "element"])
def strict(
    request: pytest.FixtureRequest, engine: Engine, tmp_path: Path
) -> Iterator[tuple[Page, str]]:
    """A page under the policy, and its site's address."""
    write = {"saved page": static_pages.saved, "element": static_pages.element}[request.param]
    write(tmp_path)
    text = (tmp_path / "index.html").read_text("utf-8")
    scripts = "'self'" if request.param == "element" else hashes(text, 'script type="module"')
    policy = POLICY.format(scripts=scripts, styles=hashes(text, "style"))
    with (
        serving(tmp_path, {"Content-Security-Policy": policy}) as address,
        engine.page() as page,
    ):
        page.visit(f"{address}/index.html")
        yield page, address


def test_it_trains_under_the_strictest_policy(strict: tuple[Page, str]) -> None:
    page, address = strict
    shown = Shown(Place(page))
    shown.wait_for_step(0)
    shown.place.drag("Left end of the line", 0, -40)
    shown.place.type("Learning rate, typed", "0.05")
    shown.place.click("Play")
    shown.wait_for_step_beyond(3)
    shown.place.click("Pause")
    shown.wait_for_button("Play")
    assert_true(shown.history(), make_line(n=100, seed=1))
    assert page.complaints() == []
    asked = {asked.removeprefix(f"{address}/") for asked in page.requests()}
    assert asked <= {"index.html", "widget.js", "favicon.ico"}


def test_it_is_laid_out_and_makes_pictures(strict: tuple[Page, str]) -> None:
    page, _ = strict
    shown = Shown(Place(page))
    shown.wait_for_step(0)
    columns = "() => getComputedStyle(find('.panels')).gridTemplateColumns.split(' ').length"
    assert shown.place.call(columns) > 1
    shown.place.call(CATCH_FILES)
    shown.open("More")
    shown.place.click("Save")
    shown.place.click("Save as PNG")
    assert shown.place.wait_for("() => caught[0] ?? null").startswith("\ufffdPNG")
    assert page.complaints() == []


def test_the_policy_is_in_force(strict: tuple[Page, str]) -> None:
    page, _ = strict
    Shown(Place(page)).wait_for_step(0)
    refused = """async () => {
      const tries = {
        markup: () => { document.createElement("div").innerHTML = "<b>text</b>"; },
        script: () => { document.createElement("script").textContent = "1"; },
        request: () => fetch("index.html"),
      };
      const refused = [];
      for (const [name, attempt] of Object.entries(tries)) {
        try { await attempt(); } catch { refused.push(name); }
      }
      return refused;
    }"""
    assert page.call(refused) == ["markup", "script", "request"]
