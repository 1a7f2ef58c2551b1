"""The widget in every host that runs Python: the kernel trains, and the page shows it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from gd_widget import make_line
from tests.browser.engines.page import Page
from tests.browser.live.hosts import Host
from tests.browser.live.lite import WHEELS
from tests.browser.place import Place
from tests.browser.scenario import use
from tests.browser.shown import assert_true
from tools.lite import fitting

ENGINE = ".gd-widget .engine"
NOTICE = ".gd-widget .notice"


def test_the_kernel_trains_with_pytorchs_numbers(
    host: Host, addresses: dict[str, str], page: Page
) -> None:
    shown = host.show(Place(page), addresses["trains"])
    shown.place.wait_for_text(ENGINE, "NumPy")
    rows = use(shown)
    assert_true(rows, make_line(n=100, seed=1))
    assert "NumPy" in shown.place.text(ENGINE), "it is the kernel that has trained"
    assert shown.place.text(NOTICE) == ""


ARE_IN_SIGHT = """() => {
  const { bottom } = find(".gd-widget .lr").getBoundingClientRect();
  const height = bottom - find(".gd-widget").getBoundingClientRect().top;
  return height > 400 && height <= Math.max(560, innerHeight - 160);
}"""


def test_charts_and_what_one_steers_by_are_in_one_screen(
    host: Host, addresses: dict[str, str], page: Page
) -> None:
    shown = host.show(Place(page), addresses["trains"])
    shown.wait_for_step(0)
    shown.place.wait_for(ARE_IN_SIGHT)


@pytest.mark.hosts
@pytest.mark.parametrize("host", ["JupyterLite"], indirect=True)
@pytest.mark.parametrize("path", fitting(), ids=lambda path: path.stem)
def test_a_notebook_for_the_browser_prints_there_what_it_prints_elsewhere(
    host: Host, addresses: dict[str, str], page: Page, path: Path
) -> None:
    place = host.show(Place(page), addresses[path.stem]).place
    outputs = place.call(
        """() => jupyterapp.shell.currentWidget.content.widgets
          .filter(({ model }) => model.type === "code")
          .map(({ model }) => model.outputs.toJSON().map(({ text }) => text ?? "").flat().join(""))"""
    )
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    printed = [
        "".join(output.text for output in cell.outputs if output.output_type == "stream")
        for cell in code
    ]
    assert outputs[1:] == printed, "the first cell is the one that installs"
    if WHEELS:
        own, _ = addresses[path.stem].split("/lab/")
        assert [asked for asked in page.requests() if not asked.startswith(own)] == []


@pytest.mark.hosts
@pytest.mark.parametrize("host", ["JupyterLite"], indirect=True)
def test_an_assignment_gets_the_same_grades_in_the_browser(
    host: Host, addresses: dict[str, str], page: Page
) -> None:
    place = host.show(Place(page), addresses["assignment"]).place
    grades = place.call(
        """() => jupyterapp.shell.currentWidget.content.widgets
          .flatMap(({ model }) => model.outputs.toJSON())
          .filter(({ output_type }) => output_type === "execute_result")
          .map(({ data }) => data["text/plain"])"""
    )
    assert [grade for grade in grades if "GDWidget" not in grade] == ["1.0", "0.5", "0.0"]


def test_what_update_raises_is_shown_with_its_line(
    host: Host, addresses: dict[str, str], page: Page
) -> None:
    shown = host.show(Place(page), addresses["raises"])
    shown.wait_for_step(0)
    for step in (1, 2, 3):
        shown.place.click("Step")
        shown.wait_for_step(step)
    shown.place.click("Step")
    line = 'raise ValueError("wet points")'
    shown.place.wait_for_text(NOTICE, f"update() raised ValueError: wet points, in line 4: {line}")
    assert shown.place.text('.gd-widget [aria-current="step"]') == line
    assert shown.step == 3
    shown.place.click("Step")
    shown.wait_for_step(4)
    assert shown.place.text(NOTICE) == ""
