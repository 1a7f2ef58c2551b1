"""Pages of every kind, each with the smallest front end that has what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import View
from tests.page.test_parts import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_it_trains_with_the_parts_that_its_page_has(
    page: Page, view: View, kind: str, tmp_path: Path
) -> None:
    w = KINDS[kind][0]()
    w.step(2)
    w.save(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    # What Python has made while a question waits is kept back.
    view.expect_step(0 if kind == "a question" else 2)
    for question in view.button("Skip").all():
        question.click()
    view.expect_step(2)
    view.button("Step").click()
    view.expect_step(3)
    w.step(1)
    row = view.saved_rows()[-1]
    loss = w.runs[-1].history["loss"][int(row["step"])]
    assert float(row["loss"]) == pytest.approx(loss, rel=1e-9)
    for code in view.root.get_by_role("button", name=re.compile("lines")).all():
        code.click()
    for button in view.root.get_by_role("button", name="3-D").all():
        button.click()
    view.more().root.locator("summary", has_text="Save").click()
    with page.expect_download() as film:
        view.button("Save as GIF").click()
    assert film.value.path().read_bytes()[:6] == b"GIF89a"
    expect(view.root.get_by_role("alert").filter(has_text=" ")).to_have_count(0)
