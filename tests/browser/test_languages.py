"""The widget in other languages: room for longer words, nothing forgotten, several on one page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gallery.make import STATES, record, write
from gd_widget import GDWidget
from gd_widget.core.rules import RULES
from gd_widget.page.bundle import BUNDLE
from gd_widget.words.say import NUMBERS, language
from tests.browser.conftest import new_page
from tests.browser.gallery import (
    CHECKS,
    HEIGHT,
    NOTICES,
    OF_READERS,
    ROOT,
    Gallery,
    faults,
    resize,
)
from tests.browser.lab import View
from tests.languages import spoken_as_german, untranslated

WIDTHS = [390, 848]
RUNS = [*(rule.label for rule in RULES.values()), "squared", "absolute", "Huber"]
"""What runs are called in code, too."""
NOT_OURS = {
    "coach": "update sub grad zero",
    "own-error": "update AttributeError NoneType object has no attribute zero grad",
    "error": "Unable to allocate GiB for an array of numbers",
}
"""Code, and what Python has said."""
FROM_READERS = ("markup", "bet-own")  # whose words are in them

TIGHT = ("bet-sign", "bet-step-true", "held-powers")
"""Where some language has less room than twice the English has: each has words of its own length."""
CUT_OFF = """
root => [...root.querySelectorAll(".question")]
  .filter((el) => el.scrollHeight > el.clientHeight)
  .map((el) => `cut off: ${el.textContent.trim()}`)
"""
"""What has less room than it takes, so that one has to scroll to it."""

READ = """
root => {
  const copy = root.cloneNode(true);
  const code = ".code-line, .bet-line, pre, kbd, option[value], .engine, .printed";
  for (const one of copy.querySelectorAll(code)) one.remove();
  const said = ["title", "aria-label", "aria-valuetext", "data-more"];
  const all = [...copy.querySelectorAll("*")].flatMap((one) =>
    said.map((name) => one.getAttribute(name)).filter(Boolean));
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) all.push(texts.currentNode.textContent.trim());
  return all.filter(Boolean);
}
"""
"""What is read in a view, or heard, that is no code."""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    folder = tmp_path_factory.mktemp("longer")
    with pytest.MonkeyPatch.context() as patch:
        spoken_as_german(patch)
        recordings = [record(state, "de") for state in STATES]
    return Gallery(write(folder, recordings))


@pytest.fixture(scope="module")
def one_page(browser: Browser) -> Iterator[Page]:
    """For one state after the other."""
    with new_page(browser) as page:
        yield page


@pytest.mark.parametrize("name", [state.name for state in STATES if state.kernel != "silent"])
def test_half_as_long_again_all_can_be_read_and_all_is_translated(
    one_page: Page, gallery: Gallery, name: str
) -> None:
    """In a language of tests: its letters have marks, whatever is said in it."""
    view = shown(one_page, gallery, name)
    found = []
    for width in WIDTHS:
        resize(one_page, width)
        checks = OF_READERS if name == "markup" else CHECKS
        found += [f"{name}, {width} px: {words}" for words in faults(view, checks)]
        if folder := os.environ.get("PICTURES"):
            view.root.screenshot(path=f"{folder}/{name}-{width}.png")
    known = {word for text in (*RUNS, NOT_OURS.get(name, "")) for word in text.split()}
    for text in [] if name in FROM_READERS else view.root.evaluate(READ):
        words = [word for word in untranslated(text) if word not in known]
        found += [f"{name}: {words} in {text!r}"] if words else []
    assert not found, "\n".join(found)


@pytest.fixture(scope="module", params=[tag for tag in NUMBERS if tag != "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory, lang: str) -> Gallery:
    states = [state for state in STATES if state.name in TIGHT]
    return Gallery(write(tmp_path_factory.mktemp(lang), [record(one, lang) for one in states]))


@pytest.mark.parametrize("name", TIGHT)
def test_where_there_is_little_room_the_words_of_each_language_have_it(
    one_page: Page, tight: Gallery, lang: str, name: str
) -> None:
    view = shown(one_page, tight, name, lang)
    found = []
    for width in (*WIDTHS, 700):  # between them there is least beside what is answered with
        resize(one_page, width)
        said = faults(view, CHECKS) + view.root.evaluate(CUT_OFF)
        found += [f"{lang}, {name}, {width} px: {words}" for words in said]
    assert not found, "\n".join(found)


def shown(page: Page, gallery: Gallery, name: str, lang: str = "de") -> View:
    """A state of the gallery, once there is something to see, and what it says."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": WIDTHS[-1], "height": HEIGHT})
    view = gallery.turn_to(page, name)
    expect(view.root).to_have_attribute("lang", lang)
    expect(view.root.locator(".loss, .surface").first).to_be_visible()
    if name in NOTICES:
        expect(view.root.locator(".notice")).not_to_be_empty()
    more = view.root.locator(".corner button[aria-expanded]")
    if more.count():
        more.click()
    return view


def play_in(lang: str) -> str:
    """What the button is called."""
    return language(lang).sentences["Play"]


def test_a_saved_page_is_in_the_language_of_its_widget(page: Page, tmp_path: Path) -> None:
    GDWidget(lang="es").save(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    expect(page.locator("html")).to_have_attribute("lang", "es")
    view = page.locator(".gd-widget")
    expect(view).to_have_attribute("lang", "es")
    view.get_by_role("button", name=play_in("es"), exact=True).click()
    expect(view.locator(".primary")).to_have_attribute(
        "aria-label", language("es").sentences["Pause"]
    )


def test_one_page_has_widgets_in_several_languages(page: Page, tmp_path: Path) -> None:
    imported = [BUNDLE, ROOT / "languages" / "es.js", ROOT / "languages" / "de.js"]
    scripts = [f'<script type="module">{one.read_text("utf-8")}</script>' for one in imported]
    elements = '<gradient-descent></gradient-descent><gradient-descent lang="de">'
    path = tmp_path / "page.html"
    path.write_text(f'<!doctype html><html lang="es"><title>x</title>{"".join(scripts)}{elements}')
    page.goto(path.as_uri())
    for i, lang in enumerate(("es", "de")):
        view = page.locator(".gd-widget").nth(i)
        expect(view.get_by_role("button", name=play_in(lang), exact=True)).to_be_visible()
