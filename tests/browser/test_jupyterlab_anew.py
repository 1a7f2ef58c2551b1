"""JupyterLab anew: a kernel that has loaded nothing, a page loaded again, windows of any width, the tutorial."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gallery import settle
from tests.browser.lab import SHOW, Notebook, View
from tests.waiting import until

SLOW_TORCH = """
from pathlib import Path
from time import sleep
from gd_widget.training.engines import choose
import_engine = choose.import_engine
def slowly(engine):
    while not Path("may-load").exists():
        sleep(0.01)
    import_engine(engine)
choose.import_engine = slowly
"""


def test_play_pressed_at_once_waits_for_pytorch_and_plays(
    notebook: Notebook, view: View, root: Path
) -> None:
    notebook.open("at-once.ipynb", [SLOW_TORCH + SHOW])
    notebook.run_all()
    view.button("Play").click()
    expect(view.notice).to_have_text("PyTorch is being loaded.")
    view.expect_step(0)
    (root / "may-load").touch()
    view.wait_for_step_beyond(5)
    expect(view.notice).to_have_text("")
    view.pause()
    notebook.run_until("print(w.n_steps)", str(view.step))
    first, *_ = view.saved_rows()
    exactly = notebook.run(
        "from gd_widget import make_line\n"
        "from gd_widget.training.engines.autograd import autograd\n"
        "print(*autograd(make_line(100)).of_all((-1, 1)))"
    ).split()
    assert [first[name] for name in ("loss", "grad_slope", "grad_intercept")] == exactly
    assert notebook.run(
        "print(*w.history[['loss', 'grad_slope', 'grad_intercept']][0])"
    ) == " ".join(exactly)


def test_a_reloaded_page_shows_where_the_kernel_is(shown: Notebook, view: View, page: Page) -> None:
    view.button("Play").click()
    view.wait_for_step_beyond(10)
    view.pause()
    step = view.step
    shown.command("docmanager:save")
    page.reload()
    shown.wait_for_kernel()
    view.expect_step(step)
    view.button("Step").click()
    view.expect_step(step + 1)


def test_a_reloaded_page_that_finds_no_front_end_has_it_from_the_kernel(
    shown: Notebook, view: View, page: Page
) -> None:
    shown.run("from ipywidgets.widgets import widget as all")
    shown.run("w.step(7); all._instances.pop(w._front_end.model_id)")
    shown.command("docmanager:save")
    page.reload()
    shown.wait_for_kernel()
    view.expect_step(7)
    view.button("Step").click()
    view.expect_step(8)
    shown.run_until("print(w.n_steps)", "8")


def test_all_widgets_closed_and_others_made_are_shown(shown: Notebook, page: Page) -> None:
    shown.run("from ipywidgets import Widget; Widget.close_all()")
    shown.start("w = GDWidget(n=30, engine='numpy')\nw")
    again = View(page.locator(".gd-widget").last)
    again.expect_step(0)
    again.button("Step").click()
    again.expect_step(1)
    shown.run_until("print(w.n_steps)", "1")


def test_a_page_reloaded_while_playing_goes_on(shown: Notebook, view: View, page: Page) -> None:
    shown.run("w.steps_per_second = 5")
    view.button("Play").click()
    view.wait_for_step_beyond(5)
    shown.command("docmanager:save")
    page.reload()
    shown.wait_for_kernel()
    view.wait_for_step_beyond(8)
    view.pause()
    step = view.step
    shown.run_until("print(w.n_steps, len(w.history))", f"{step} {step + 1}")


@pytest.mark.parametrize("width", [420, 700, 1300])
def test_nothing_is_wider_than_its_place(
    notebook: Notebook, view: View, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    notebook.open(f"width-{width}.ipynb", [SHOW])
    notebook.command("application:toggle-left-area")
    notebook.run_all()
    view.expect_step(0)

    def too_wide() -> list[str]:
        settle(page)
        found: list[str] = view.root.evaluate(
            """root => {
              const right = root.getBoundingClientRect().right + 0.5;
              return [...root.querySelectorAll("button, input, select, span, svg:not(svg svg)")]
                .filter((e) => e.getBoundingClientRect().right > right).map((e) => e.outerHTML);
            }"""
        )
        return found

    until(lambda: too_wide() == [])  # JupyterLab gives a place its width in several steps


def test_the_tutorial_runs_in_jupyterlab(
    notebook: Notebook, view: View, page: Page, root: Path
) -> None:
    name = "gradient_descent_from_scratch.ipynb"
    source = Path(__file__).parents[2] / "notebooks" / name
    (root / name).write_bytes(source.read_bytes())
    notebook.visit(name)
    notebook.run_all()
    page.wait_for_function(
        """() => {
          const cells = jupyterapp.shell.currentWidget.content.widgets;
          const code = cells.filter((cell) => cell.model.type === "code");
          return code.every((cell) => cell.model.executionCount !== null);
        }"""
    )
    errors = page.evaluate(
        """() => jupyterapp.shell.currentWidget.content.widgets
          .flatMap((cell) => cell.model.outputs?.toJSON() ?? [])
          .filter((output) => output.output_type === "error").map((output) => output.evalue)"""
    )
    assert errors == []
    view.root.scroll_into_view_if_needed()
    before = view.step
    for button in ("Skip", "Next question", "Skip"):  # of two bets
        view.button(button).click()
    view.button("Play").click()
    view.wait_for_step_beyond(before + 5)
    view.pause()
