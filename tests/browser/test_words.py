"""What a user writes comes out as it was written, and never as markup, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from gd_widget import GDWidget, sharing
from gd_widget.page.bundle import BUNDLE

SVG = "{http://www.w3.org/2000/svg}"
PIECES = [
    "</script>", "<script>bad()</script>", "<img src=x onerror=bad()>", '"', "'", "&", "&amp;",
    "<!--", "-->", "]]>", "</title>", "</gradient-descent>", "\u2028", "\u2029", "\u202e", "\u200f",
    "</svg>", "${bad()}", "{{bad()}}", "\\", "`", "\ufeff", "é", "𝒳", "x", " ",
]  # fmt: skip
words = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
in_a_browser = settings(
    max_examples=settings().max_examples // 10,  # a browser takes its time
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def happened() -> list[str]:
    """What a page has done by itself, or asked for: nothing may."""
    return []


@pytest.fixture(scope="module")
def quiet(browser: Browser, happened: list[str]) -> Iterator[Page]:
    """A page that is answered nothing, and says what has happened on it."""
    page = browser.new_page()
    page.route("**/*", lambda route: (happened.append(route.request.url), route.abort()))
    page.on("pageerror", lambda error: happened.append(str(error)))
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.expose_function("bad", lambda: happened.append("user's words were run"))
    yield page
    page.close()


def show(page: Page, html: str) -> None:
    """A page anew: what the one before has defined is gone."""
    page.goto("about:blank")
    page.set_content(html)


def shown_in(page: Page) -> dict[str, str]:
    """The words in the one view on the page, and how many elements a user could have made."""
    root = page.locator(".gd-widget")
    expect(root.locator(".value.step")).to_have_text("0")
    answer: dict[str, str] = root.evaluate(
        """root => ({
          title: root.querySelector(".title").textContent,
          x: root.querySelector(".fit .name").textContent,
          strangers: String(root.querySelectorAll("img, script, style + script").length),
        })"""
    )
    return answer


@in_a_browser
@given(text=words)
@example(text="".join(PIECES))
@example(text="x  x")
def test_in_the_saved_page(quiet: Page, happened: list[str], text: str) -> None:
    w = GDWidget([1, 2, 3], [2, 4, 7], title=text, x_label=text[:12])
    # A page by its markup, as a server would send it; CR LF and CR become LF on the way.
    show(quiet, sharing.page(w._session.state))
    assert shown_in(quiet) == {"title": text, "x": text[:12], "strangers": "0"}
    title = " ".join(filter(None, text.split(" ")))
    assert quiet.title() == title, "browsers trim a title, and make one space of several"
    assert quiet.locator("img").count() == 0
    assert happened == []


@in_a_browser
@given(text=words)
@example(text="".join(PIECES))
def test_in_the_fragment_and_its_picture(quiet: Page, happened: list[str], text: str) -> None:
    w = GDWidget([1, 2, 3], [2, 4, 7], title=text, x_label=text)
    html = w.to_html()
    show(quiet, f"<!doctype html><body>{html}</body>")
    frame = quiet.locator("iframe").content_frame
    expect(frame.locator(".title")).to_have_text(text, use_inner_text=False)
    assert quiet.evaluate("() => document.body.children.length") == 1
    picture = ElementTree.fromstring(sharing.picture(w._session.state))
    said = ["".join(found.itertext()) for found in picture.iter(f"{SVG}text")]
    in_one_line = " ".join(filter(None, text.split(" ")))
    wanted = [one.removesuffix("…") if one.endswith("…") else f"{one}\n" for one in said]
    assert not in_one_line or any(f"{in_one_line}\n".startswith(one) for one in wanted)
    assert happened == []


@in_a_browser
@given(text=words)
@example(text="".join(PIECES))
def test_in_the_element(quiet: Page, happened: list[str], text: str) -> None:
    show(quiet, "<!doctype html><body></body>")
    quiet.add_script_tag(content=BUNDLE.read_text("utf-8"), type="module")
    quiet.evaluate(
        """text => {
          const element = document.createElement("gradient-descent");
          element.setAttribute("heading", text);
          element.setAttribute("x-label", [...text].slice(0, 10).join(""));
          document.body.append(element);
        }""",
        text,
    )
    assert shown_in(quiet) == {"title": text, "x": text[:10], "strangers": "0"}
    assert happened == []


def test_in_the_picture_as_a_browser_shows_it(page: Page, tmp_path: Path) -> None:
    text = "".join(PIECES[:8])
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.expose_function("bad", lambda: dialogs.append("user's words were run"))
    w = GDWidget([1, 2, 3], [2, 4, 7], title=text)
    w.save(tmp_path / "picture.svg")
    page.goto((tmp_path / "picture.svg").as_uri())
    said = page.evaluate("() => [...document.querySelectorAll('text')].map((t) => t.textContent)")
    assert text in said
    assert page.evaluate("() => document.querySelectorAll('script, img').length") == 0
    assert dialogs == []
