"""What befalls a notebook, a kernel and the line between: no step is lost or made twice.

What a kernel's end brings is in test_kernel_lost.py, too; a page that is loaded again in
test_jupyterlab_anew.py; an interrupt in test_jupyterlab.py.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.conftest import new_page
from tests.browser.lab import Notebook, View

LONG = "from gd_widget import GDWidget\nw = GDWidget(n=100, lr=0.001, n_epochs=None, engine='numpy')\nw"
"""A cell that shows a widget that can be played for as long as a test lasts.

NumPy is there sooner, and what befalls a kernel is the same."""


GONE = "The kernel is gone. This page goes on"


@pytest.fixture
def playing(notebook: Notebook, view: View, request: pytest.FixtureRequest) -> View:
    """A widget that plays, ten steps a second."""
    notebook.open(f"{request.node.name[:40]}.ipynb", [LONG])
    notebook.run_all()
    view.expect_step(0)
    view.button("Play").click()
    view.wait_for_step_beyond(5)
    return view


def pause(view: View, others: bool = False) -> int:
    """Pause, and see that every step up to there is known once; returns the last.

    others : whether another page plays, and may have got further.
    """
    view.pause()
    expect(view.button("Play")).to_be_visible()
    step = view.step
    steps = [int(row["step"]) for row in view.saved_rows()]
    assert steps == list(range(len(steps) if others else step + 1))
    return step


def expect_all_rows(notebook: Notebook, step: int) -> None:
    """That the kernel is at this step, and has made each one up to there once."""
    notebook.run_until(
        "print(w.n_steps, *set(w.history['step'][1:] - w.history['step'][:-1]))", f"{step} 1"
    )
    assert notebook.run("print(len(w.history))") == str(step + 1)


def test_a_kernel_killed_mid_play_is_not_missed_and_the_cell_run_again_is_live(
    notebook: Notebook, playing: View, page: Page
) -> None:
    pid = int(notebook.run("import os; print(os.getpid())"))
    os.kill(pid, signal.SIGKILL)
    told = page.get_by_role("dialog", name="Kernel Restarting")
    page.add_locator_handler(told, lambda: told.get_by_role("button", name="Ok").click())
    expect(playing.notice).to_contain_text(GONE)  # the server asks now and then
    playing.wait_for_step_beyond(playing.step + 10)
    step = pause(playing)
    playing.button("Step").click()
    playing.expect_step(step + 1)
    notebook.wait_for_kernel()
    notebook.run_all()
    playing.expect_step(0)
    expect(playing.root.locator(".engine")).to_contain_text("NumPy")
    playing.button("Step").click()
    playing.expect_step(1)
    notebook.run_until("print(w.n_steps)", "1")


class Line:
    """The line between a page and the kernels, which can be cut and mended."""

    def __init__(self, page: Page) -> None:
        self._sockets: list[WebSocketRoute] = []
        self._is_cut = self._loses = False
        page.route_web_socket("**/channels*", self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            socket.close()
        else:
            server = socket.connect_to_server()
            socket.on_message(lambda message: None if self._loses else server.send(message))
            self._sockets.append(socket)

    def lose_all(self) -> None:
        """What the page says is lost from now on, and nobody has told it."""
        self._loses = True

    def cut(self) -> None:
        self._is_cut = True
        for socket in self._sockets:
            socket.close()
        self._sockets.clear()

    def mend(self) -> None:
        self._is_cut = self._loses = False


@pytest.fixture
def line(page: Page) -> Line:
    return Line(page)


def test_a_line_cut_for_ten_seconds_mid_play_and_mended_is_found_again(
    line: Line, notebook: Notebook, playing: View
) -> None:
    line.lose_all()
    expect(playing.notice).to_contain_text("The kernel is busy.")
    line.cut()
    expect(playing.notice).to_contain_text(GONE)
    playing.wait_for_step_beyond(playing.step + 100)  # ten seconds of playing
    line.mend()
    expect(playing.notice).to_contain_text("The kernel answers again.")
    playing.wait_for_step_beyond(playing.step + 5)
    pause(playing)
    playing.button("Go back to it").click()
    expect(playing.root.locator(".engine")).to_contain_text("NumPy")
    expect(playing.notice).to_have_text("")
    step = int(notebook.run("print(w.n_steps)"))
    playing.expect_step(step)
    playing.button("Step").click()
    playing.expect_step(step + 1)
    expect_all_rows(notebook, step + 1)


def test_a_line_cut_while_nothing_is_asked_is_not_noticed(
    line: Line, notebook: Notebook, playing: View, page: Page
) -> None:
    step = pause(playing)
    expect_all_rows(notebook, step)
    line.cut()
    status = "jupyterapp.shell.currentWidget.sessionContext.session.kernel.connectionStatus"
    page.wait_for_function(f"() => {status} === 'connecting'")
    line.mend()
    page.wait_for_function(f"() => {status} === 'connected'")
    playing.button("Play").click()
    playing.wait_for_step_beyond(step + 5)
    expect_all_rows(notebook, pause(playing))
    expect(playing.root.locator(".engine")).to_contain_text("NumPy")


CAN_BE_HIDDEN = """(() => {
  const { performance, requestAnimationFrame: frame, cancelAnimationFrame: cancel } = globalThis;
  const now = performance.now.bind(performance);
  const handles = new Map();
  let [isHidden, late, last] = [false, 0, 0];
  performance.now = () => now() + late;
  globalThis.requestAnimationFrame = (draw) => {
    const handle = ++last;
    const next = (time) => {
      if (isHidden) return handles.set(handle, frame(next));
      handles.delete(handle);
      draw(time + late);
    };
    handles.set(handle, frame(next));
    return handle;
  };
  globalThis.cancelAnimationFrame = (handle) => cancel(handles.get(handle));
  globalThis.hide = () => { isHidden = true; };
  globalThis.showAfter = (minutes) => { isHidden = false; late += minutes * 60_000; };
})()"""
"""What browsers do to a hidden page, whose time goes on: it draws no frames."""

ASK = """async (code) => {
  const future = jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({ code });
  let printed = "";
  future.onIOPub = ({ content }) => { printed += content.text ?? ""; };
  await future.done;
  return printed;
}"""
"""What some code prints, with no cell to be drawn."""


def test_a_page_hidden_for_minutes_costs_nothing_and_goes_on_where_it_was(
    notebook: Notebook, view: View, page: Page
) -> None:
    page.add_init_script(CAN_BE_HIDDEN)
    notebook.open("hidden.ipynb", [LONG])
    notebook.run_all()
    view.expect_step(0)
    view.button("Play").click()
    view.wait_for_step_beyond(5)
    page.evaluate("hide()")
    page.evaluate(ASK, "pass")  # what was asked for before has been answered then
    made, step = page.evaluate(ASK, "print(w.n_steps)"), view.step
    # That nothing comes cannot be awaited, only watched for a while.
    assert page.evaluate(ASK, "import time; time.sleep(1); print(w.n_steps)") == made
    page.evaluate("showAfter(5)")
    view.wait_for_step_beyond(step + 10)
    expect(view.notice).to_have_text("")
    expect_all_rows(notebook, pause(view))


def test_two_browsers_on_one_kernel_show_the_same_and_both_control_it(
    notebook: Notebook, playing: View, browser: Browser, lab: str, root: Path
) -> None:
    notebook.command("docmanager:save")
    with new_page(browser) as page:
        Notebook(page, lab, root).visit(notebook.name)
        other = View(page.locator(".gd-widget"))
        other.wait_for_step_beyond(playing.step)
        expect(other.root.locator(".engine")).to_contain_text("NumPy")
        step = pause(other, others=True)
        expect(playing.button("Play")).to_be_visible()
        playing.expect_step(step)
        expect_all_rows(notebook, step)
        playing.button("Step").click()
        other.expect_step(step + 1)
        other.button("Step").click()
        playing.expect_step(step + 2)
        other.button("Step back").click()
        playing.expect_step(step + 1)
        other.root.get_by_label("Learning rate, typed").fill("0.05")
        other.root.get_by_label("Learning rate, typed").press("Enter")
        expect(playing.root.get_by_label("Learning rate, typed")).to_have_value("0.05")
        playing.button("Play").click()
        other.wait_for_step_beyond(step + 10)
        step = pause(other, others=True)
        playing.expect_step(step)
        expect_all_rows(notebook, step)
        assert pytest.approx(0.05) == float(notebook.run("print(w.history['lr'][-1])"))
