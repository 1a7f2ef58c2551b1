"""Sliders and keys while the widget plays, as a person's hand and a browser's focus have it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gd_widget import GDWidget
from tests.browser.engines.page import Engine
from tests.browser.place import Place
from tests.browser.shown import Shown

FOCUSED = "() => find('.gd-widget').getRootNode().activeElement?.ariaLabel ?? null"

SPEED_ABOVE = """(least) =>
  Number.parseFloat(find(".speed .value").textContent.replace("/s", "")) > least"""


@pytest.fixture
def shown(engine: Engine, tmp_path: Path) -> Iterator[Shown]:
    """A widget on a page without a kernel."""
    GDWidget(n=100, lr=0.0001, n_epochs=None).save(tmp_path / "post.html")
    with engine.page() as page:
        page.visit((tmp_path / "post.html").as_uri())
        shown = Shown(Place(page))
        shown.wait_for_step(0)
        yield shown
        assert page.complaints() == []


def test_the_speed_follows_the_hand_while_the_widget_plays(shown: Shown) -> None:
    page = shown.place.page
    shown.place.click("Play")
    shown.wait_for_step_beyond(2)
    x, y = shown.place.wait_for("pointOf", "Speed")
    page.move(x, y)
    page.press()
    for dx, least in ((10, 100), (30, 1000)):
        page.move(x + dx, y)
        shown.place.wait_for(SPEED_ABOVE, least)
        shown.wait_for_step_beyond(shown.step + 20)
    page.release()
    shown.wait_for_step_beyond(shown.step + 20)
    assert shown.place.call(SPEED_ABOVE, 1000)


def test_a_button_that_ends_with_its_own_action_goes_on_hearing_keys(shown: Shown) -> None:
    page = shown.place.page
    shown.place.click("Step")
    shown.wait_for_step(1)
    shown.place.click("Step back")
    shown.wait_for_step(0)
    page.keys("ArrowRight", "ArrowRight")
    shown.wait_for_step(2)
    shown.place.click("Step back")
    shown.wait_for_step(1)
    page.keys("Enter")
    shown.wait_for_step(0)
    page.keys("Enter")  # once more than there are steps
    assert shown.place.call(FOCUSED) == "Step back"
    page.keys("ArrowRight")
    shown.wait_for_step(1)


BEGIN = """() => {
  const [keys, does] = [".help kbd", ".help kbd + span"].map((selector) =>
    [...find(".gd-widget").querySelectorAll(selector)].map((one) => one.getBoundingClientRect()));
  const lefts = new Set(does.map(({ left }) => Math.round(left)));
  return does.length > 5 && lefts.size === 1 && keys.every(({ right }) => right <= does[0].left);
}"""


def test_what_keys_do_begins_at_one_place_however_long_their_names_are(shown: Shown) -> None:
    shown.place.click("More")
    shown.place.click("Keys")
    shown.place.wait_for("() => find('.help[open]') !== null")
    assert shown.place.call(BEGIN)
