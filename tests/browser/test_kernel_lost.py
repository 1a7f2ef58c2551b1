"""A JupyterLab whose kernel is shut down, restarted, busy or not started: the view lives on."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from gd_widget import GDWidget
from gd_widget.drawing.poster import HEIGHT, WIDTH
from tests.browser.lab import SHOW, Notebook, View, change_theme, running_lab


def steps_in(view: View) -> list[int]:
    """The steps a view knows."""
    return [int(row["step"]) for row in view.saved_rows()]


def test_a_kernel_shut_down_mid_play_is_not_missed(shown: Notebook, view: View) -> None:
    view.button("Play").click()
    view.wait_for_step_beyond(10)
    shown.shut_down()
    stopped_at = view.step
    view.wait_for_step_beyond(stopped_at + 20)
    expect(view.notice).to_contain_text("The kernel is gone. This page goes on")
    expect(view.root.locator(".engine")).to_have_text("this page")
    view.pause()
    step = view.step
    assert steps_in(view) == list(range(step + 1))
    view.button("Step").click()
    view.expect_step(step + 1)
    view.button("Step back").click()
    view.expect_step(step)
    view.more().button("New data").click()
    view.expect_step(0)
    view.button("Play").click()
    view.wait_for_step_beyond(5)


def test_a_kernel_that_restarts_is_not_missed_and_the_cell_run_again_is_live(
    shown: Notebook, view: View
) -> None:
    view.button("Play").click()
    view.wait_for_step_beyond(3)
    shown.restart()
    expect(view.notice).to_contain_text("The kernel is gone")
    view.wait_for_step_beyond(view.step + 5)
    shown.wait_for_kernel()
    shown.run_all()
    view.expect_step(0)
    expect(view.root.locator(".engine")).to_contain_text("PyTorch")
    view.button("Step").click()
    view.expect_step(1)
    shown.run_until("print(w.n_steps)", "1")


def test_a_server_lost_mid_play_is_not_missed(page: Page, tmp_path: Path) -> None:
    with running_lab(tmp_path) as lab:
        notebook = Notebook(page, lab, tmp_path).open("lost.ipynb", [SHOW])
        notebook.run_all()
        view = View(page.locator(".gd-widget"))
        view.expect_step(0)
        view.button("Play").click()
        view.wait_for_step_beyond(5)
    # JupyterLab tells of the server, too, in the way of all else.
    told = page.get_by_role("dialog", name="Server Connection Error")
    page.add_locator_handler(told, lambda: told.get_by_role("button", name="Close").click())
    stopped_at = view.step
    view.wait_for_step_beyond(stopped_at + 20)
    expect(view.root.locator(".engine")).to_have_text("this page")
    view.pause()
    step = view.step
    assert steps_in(view) == list(range(step + 1))


def test_a_kernel_busy_for_long_is_left_and_gone_back_to(
    shown: Notebook, view: View, root: Path
) -> None:
    view.button("Play").click()
    view.wait_for_step_beyond(1)
    # Holds the interpreter's lock: no other thread of the kernel answers either.
    wait = "until [ -e listen-again ]; do sleep 0.1; done"
    shown.start(f"import ctypes; ctypes.PyDLL(None).system({wait.encode()})")
    try:
        view.button("Go on in this page").click()
        expect(view.button("Pause")).to_be_focused()  # keys are heard on
        view.wait_for_step_beyond(view.step + 5)
        view.pause()
    finally:
        (root / "listen-again").touch()
    view.button("Go back to it").click()
    expect(view.button("Play")).to_be_focused()
    expect(view.root.locator(".engine")).to_contain_text("PyTorch")
    expect(view.notice).to_have_text("")
    expect(view.button("Play")).to_be_visible()
    step = int(shown.run("print(w.n_steps)"))
    view.expect_step(step)
    view.button("Step").click()
    view.expect_step(step + 1)


@pytest.fixture
def reopened(shown: Notebook, page: Page) -> Locator:
    """The output of a notebook that was run, saved, closed, and opened without being run."""
    shown.command("docmanager:save")
    shown.shut_down()
    shown.visit(shown.name)
    return page.locator(".jp-OutputArea-output").first


def frame_in(output: Locator) -> FrameLocator:
    return output.locator("iframe").content_frame


def test_a_notebook_reopened_without_running_shows_a_live_view(reopened: Locator) -> None:
    view = View(frame_in(reopened).locator(".gd-widget"))
    view.expect_step(0)
    view.button("Play").click()
    view.wait_for_step_beyond(5)
    view.pause()
    step = view.step
    view.button("Step").click()
    view.expect_step(step + 1)


def test_the_view_of_a_reopened_notebook_fits_its_place(reopened: Locator, page: Page) -> None:
    view = View(frame_in(reopened).locator(".gd-widget"))
    view.expect_step(0)
    expect(reopened.get_by_text("A still view")).to_have_count(0)
    page.wait_for_function(
        """frame => frame.clientHeight === frame.contentDocument.documentElement.offsetHeight
           && frame.contentDocument.documentElement.scrollHeight <= frame.clientHeight""",
        arg=reopened.locator("iframe").element_handle(),
    )
    change_theme(page, "Dark")
    expect(view.root).to_have_class(re.compile("dark"))
    change_theme(page, "Light")
    expect(view.root).not_to_have_class(re.compile("dark"))


def test_a_notebook_that_is_not_trusted_shows_a_still_picture_and_says_how_to_make_it_live(
    notebook: Notebook, root: Path, page: Page
) -> None:
    w = GDWidget(n=100, lr=0.1)
    w.step(3)
    shown = w._repr_mimebundle_()
    assert shown
    cell = nbformat.v4.new_code_cell(
        "w", outputs=[nbformat.v4.new_output("display_data", shown[0])]
    )
    made = nbformat.v4.new_notebook(
        cells=[cell], metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    nbformat.write(made, root / "from-someone.ipynb")
    notebook.visit("from-someone.ipynb")
    element = page.locator(".gd-widget-page")
    expect(element).to_contain_text(
        "A still view of step 3: it is live where this cell is run, in a notebook that is trusted"
    )
    picture = element.locator("i i")
    assert picture.evaluate("(at) => getComputedStyle(at).backgroundImage.slice(0, 30)").startswith(
        'url("data:image/svg+xml,%3Csvg'
    )
    size = picture.bounding_box()
    assert size and size["width"] > 400
    assert size["height"] / size["width"] == pytest.approx(HEIGHT / WIDTH, rel=0.02)
    expect(page.locator("iframe")).to_have_count(0)
    page.evaluate("() => void jupyterapp.commands.execute('notebook:trust')")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    view = View(frame_in(page.locator(".jp-OutputArea-output").first).locator(".gd-widget"))
    view.expect_step(3)
