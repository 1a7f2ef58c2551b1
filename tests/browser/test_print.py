"""On paper: what is printed fits the sheet, whatever the window was, and is dark on white."""

from __future__ import annotations

import re
import zlib
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest
from nbconvert import WebPDFExporter
from playwright import async_api
from playwright.sync_api import Page

from gd_widget import GDWidget, bets
from tests.browser import static_pages
from tests.browser.lab import View
from tests.waiting import until
from tools.browsers import find_chromium

WATCH = """(root) => {
  const seen = (node) => node.getBoundingClientRect();
  const parts = ["header", "cell", "lr", "code"].map((name) => `.${name}`).join(", ");
  window.printed = [];
  // Of a frame, no more is printed than it had room for when that began.
  addEventListener("beforeprint", () => (window.room = window.frameElement?.clientHeight));
  const width = () => document.documentElement.clientWidth;
  const before = width();
  const watch = () => {
    if (width() === before) return;
    window.printed.push({
      paper: document.documentElement.clientWidth,
      asked: root.scrollWidth,
      ink: getComputedStyle(root).color,
      boxes: [...root.querySelectorAll(parts)].map((node) => seen(node).toJSON()),
      charts: [...root.querySelectorAll("svg.fit, svg.surface, svg.loss")].map((node) => seen(node).toJSON()),
      buttons: [...root.querySelectorAll("button")].filter((node) => seen(node).width > 0).length,
      frame: window.frameElement?.clientHeight ?? null,
      height: document.documentElement.getBoundingClientRect().height,
      room: window.room,
    });
  };
  // Last of all that listen, and to both: a page may be as on paper from the start.
  for (const query of ["print", `(width: ${innerWidth}px)`])
    matchMedia(query).addEventListener("change", watch);
}"""
"""Kept of how it is laid out for paper, once the widget has had its turn."""


def meet(one: dict[str, float], other: dict[str, float]) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > 1 and down > 1


def words_of_sheets(pdf: bytes) -> list[int]:
    """How often something is written on each sheet of a PDF; 0: it is empty."""
    objects = dict(re.findall(rb"^(\d+) 0 obj\n(.*?)\nendobj", pdf, re.MULTILINE | re.DOTALL))
    sheets = [one for one in objects.values() if b"/Type /Page\n" in one]
    drawn = [objects[re.findall(rb"/Contents (\d+) 0 R", sheet)[0]] for sheet in sheets]
    packed = [re.findall(rb"stream\n(.*)\nendstream", one, re.DOTALL)[0] for one in drawn]
    return [zlib.decompress(one).count(b" Tj") if one else 0 for one in packed]


def printed(page: Page, view: View, margin: str = "1.5cm") -> tuple[dict[str, Any], list[int]]:
    """Print it on A4: how it was laid out, and how much was written on each sheet."""
    root = view.root
    root.evaluate(WATCH)
    pdf = page.pdf(format="A4", margin={"left": margin, "right": margin})
    return dict(root.evaluate("() => window.printed.at(-1)")), words_of_sheets(pdf)


def assert_fits(layout: dict[str, Any]) -> None:
    assert 450 < layout["paper"] < 800, "it is laid out for A4, not for the window"
    assert layout["asked"] <= layout["paper"] + 1  # pixels are rounded
    boxes, charts = layout["boxes"], layout["charts"]
    assert len(charts) == 3
    for box in (*boxes, *charts):
        assert box["width"] > 0
        assert box["left"] >= 0 and box["right"] <= layout["paper"]
    assert not any(meet(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert layout["buttons"] == 0
    assert layout["ink"] == "rgb(31, 41, 51)"


@pytest.mark.parametrize("width", [1280, 500])
def test_a_saved_page_fits_the_paper(page: Page, tmp_path: Path, width: int) -> None:
    w = GDWidget(n=100, lr=0.1)
    w.step(20)
    w.save(tmp_path / "post.html")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((tmp_path / "post.html").as_uri())
    view = View(page.locator(".gd-widget"))
    view.expect_step(20)
    before = view.root.locator("svg.fit").bounding_box()
    layout, sheets = printed(page, view)
    assert_fits(layout)
    assert len(sheets) == 1
    until(lambda: view.root.locator("svg.fit").bounding_box() == before)


SAID = """(root) => {
  const seen = (node) => node.getBoundingClientRect().height > 0;
  const is_cut = (node) => node.scrollWidth > node.clientWidth;
  return {
    buttons: [...root.querySelectorAll("button")].filter(seen).map((node) => node.innerText.trim()),
    cut: [...root.querySelectorAll(".caption, summary")].filter(seen).filter(is_cut).length,
    lines: [...root.querySelectorAll(".bet-line")].filter(seen).length,
    over: root.querySelector(".status").getBoundingClientRect().bottom,
    lr: root.querySelector(".lr").getBoundingClientRect().top,
  };
}"""
"""What is said on paper: buttons that are seen, and sentences that end in dots."""


@pytest.mark.parametrize(
    "options",
    [
        {"x": [0, 1, 2, 3], "y": [1, 0, 3, 9], "degree": 3, "lr": 0.001},  # which creeps
        {"lr": 1.5, "ask": [bets.NextStep()]},
        {"ask": [bets.Order()]},
        {"lr": [0.05, 0.3, 0.9]},  # whose page has the whole front end
    ],
    ids=["advice", "bet", "order", "race"],
)
def test_what_is_said_is_said_on_paper_as_a_whole(
    page: Page, tmp_path: Path, options: dict[str, Any]
) -> None:
    GDWidget(**options).save(tmp_path / "post.html")
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto((tmp_path / "post.html").as_uri())
    root = page.locator(".gd-widget")
    root.get_by_role("button", name="Step", exact=True).wait_for()
    page.emulate_media(media="print")
    said = root.evaluate(SAID)
    lines = 5 if "order" in repr(options).lower() else 0
    assert (said["buttons"][lines:], said["cut"], said["lines"]) == ([], 0, lines)
    assert said["over"] <= said["lr"]


def assert_fits_its_frame(layout: dict[str, Any]) -> None:
    assert layout["frame"] == layout["room"], "sheets are counted, and what follows has its place"
    assert layout["room"] >= layout["height"] - 0.5, "the rest of it is cut off"


@pytest.mark.parametrize("margin", ["1.5cm", "3cm"])
def test_what_a_cell_keeps_fits_the_paper_and_its_frame(
    page: Page, tmp_path: Path, margin: str
) -> None:
    kept = []
    for lr in (0.1, [0.05, 0.3, 0.9]):
        w = GDWidget(n=100, lr=lr)
        w.step(20)
        bundle = w._repr_mimebundle_()
        assert bundle
        kept.append(bundle[0]["text/html"])
    page.set_viewport_size({"width": 1280, "height": 1600})  # both are in sight
    (tmp_path / "page.html").write_text(f"<!doctype html>{kept[0]}<p>A race:{kept[1]}<p>More.</p>")
    page.goto((tmp_path / "page.html").as_uri())
    for i in range(2):
        view = View(page.locator("iframe").nth(i).content_frame.locator(".gd-widget"))
        view.expect_step(20)
    until(lambda: page.locator("iframe + *").count() == 0)
    layout, sheets = printed(page, view, margin)
    assert_fits(layout)
    assert_fits_its_frame(layout)
    assert len(sheets) == 2 and all(sheets)


def test_nbconverts_webpdf_fits_the_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layouts = []
    print_page = async_api.Page.pdf

    async def watched(page: async_api.Page, **options: Any) -> bytes:
        frame = page.frames[-1]
        await frame.locator(".gd-widget .value.step").wait_for()
        await frame.locator(".gd-widget").evaluate(WATCH)
        pdf = await print_page(page, **options)
        layouts.append(await frame.evaluate("() => window.printed.at(-1)"))
        return pdf

    made = static_pages.notebook()
    del made.metadata["widgets"]
    launch = partialmethod(async_api.BrowserType.launch, executable_path=find_chromium())
    monkeypatch.setattr(async_api.BrowserType, "launch", launch)
    monkeypatch.setattr(async_api.Page, "pdf", watched)
    exporter = WebPDFExporter(
        disable_sandbox=True, require_js_url=static_pages.REQUIRE.as_uri(), mathjax_url=""
    )
    pdf, _ = exporter.from_notebook_node(made)
    (layout,) = layouts
    assert_fits(layout)
    assert_fits_its_frame(layout)
    assert len(words_of_sheets(pdf)) == 1
