"""Numbers of any size and sign: each can be read whole in every chart, and none lies on another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from gd_widget.page.bundle import BUNDLE
from tests.browser.gallery import HEIGHT, ROOT

SIZES = [1e-12, 4e-4, 1.0, 8e6, 1e12]
XS = [-1, -0.4, 0.1, 0.5, 1]
OFF = [0.1, -0.1, 0, 0.1, -0.1]

SHOW = """async ({ steps, ...attributes }) => {
  document.querySelector("gradient-descent")?.remove();
  const element = document.createElement("gradient-descent");
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, [value].flat().join(" "));
  }
  document.body.append(element);
  const drawn = () => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
  await drawn();
  const root = element.shadowRoot.querySelector(".gd-widget");
  const step = root.querySelector("button[aria-label=Step]");
  for (let i = 0; i < steps; i++) step.click();
  await drawn();
  if (root.querySelector(".value.step").textContent !== String(steps)) return ["no step"];
  const few = [...root.querySelectorAll(".panels .ticks:not(.over)")].flatMap((ticks) => {
    const count = ticks.querySelectorAll(".end").length;
    return count > 1 ? [] : [`${count} numbers beside ${ticks.textContent}`];
  });
  return [...few, ...checks.cutOffText(root), ...checks.overlappingText(root)];
}"""
"""Shows the element with these attributes, makes so many steps, and says what cannot be read."""


@pytest.fixture(scope="module")
def ready(browser: Browser) -> Iterator[Page]:
    """A page that knows the element, and what must be true of it."""
    page = browser.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.set_content("<!doctype html><body></body>")
    page.add_script_tag(content=BUNDLE.read_text("utf-8"), type="module")
    page.add_script_tag(path=ROOT / "gallery" / "checks.js")
    yield page
    page.close()


def sessions(slope: float, intercept: float, width: float) -> list[dict[str, Any]]:
    """Points on a line, those that are made, and a race; x reaches so far from zero."""
    x = [width * x for x in XS]
    y = [slope * (x + width * off) + intercept for x, off in zip(x, OFF, strict=True)]
    far = {"guess": [-slope, 2 * intercept], "lr": 1e-3}
    return [
        {"x": x, "y": y, "steps": 0},
        {"x": x, "y": y, **far, "steps": 2},
        {"true-params": [slope, intercept], **far, "steps": 2},
        {"x": [x + 3 * width for x in x], "y": y, "lr": [0.01, 0.1], "steps": 1},
    ]


@pytest.mark.parametrize(("width", "sign"), [(390, 1), (950, -1)])
def test_numbers_of_all_sizes(ready: Page, width: int, sign: int) -> None:
    ready.set_viewport_size({"width": width, "height": HEIGHT})
    found = []
    for i, (slope, intercept) in enumerate(product(SIZES, SIZES)):
        for shown in sessions(sign * slope, (-1) ** i * intercept, 1.0):
            found += [(words, shown) for words in ready.evaluate(SHOW, shown)]
    assert not found, "\n".join(map(str, found[:9]))


size = st.builds(
    lambda sign, digits, power: sign * digits * 10.0**power,
    st.sampled_from([-1, 1]),
    st.floats(1, 9.99),
    st.integers(-12, 12),
)


@settings(max_examples=settings().max_examples // 10)  # a browser takes its time
@given(slope=size, intercept=size, reach=size.map(abs))
def test_whatever_they_are(ready: Page, slope: float, intercept: float, reach: float) -> None:
    ready.set_viewport_size({"width": 700, "height": HEIGHT})
    for shown in sessions(slope, intercept, reach):
        assert ready.evaluate(SHOW, shown) == [], shown
