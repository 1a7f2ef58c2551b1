"""A reader's own update(), or loop, in JupyterLab: what it does is what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Notebook, View

SETUP = """
from pathlib import Path
import torch
from torch import nn
from gd_widget import GDWidget, make_line

line = make_line()
x, y = torch.tensor(line.x), torch.tensor(line.y)
a = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))
calls = made = 0


def until(name):
    while not Path(name).exists():
        pass
"""

UPDATE = """
def update():
    global calls, made
    calls += 1
    {first}
    loss = ((x * a[0] + a[1] - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        a.sub_({lr} * a.grad)
        {last}
    made += 1


w = GDWidget(x, y, params=a, update=update)
w
"""


def own(first: str = "pass", last: str = "a.grad.zero_()", lr: str = "0.1") -> str:
    """A cell that shows a widget which the reader's update() trains."""
    return SETUP + UPDATE.format(first=first, last=last, lr=lr)


def assert_all_is_known(notebook: Notebook, view: View, steps: int) -> None:
    """That kernel and view have the same rows, each step once."""
    rows = view.saved_rows()
    assert [int(row["step"]) for row in rows] == list(range(steps + 1))
    assert notebook.run("print(*w.history['slope'].tolist())") == " ".join(
        str(float(row["slope"])) for row in rows
    )


def test_each_step_is_one_call_and_back_puts_the_parameters_back(shared: Notebook) -> None:
    view = shared.show(own())
    for step in (1, 2, 3):
        view.button("Step").click()
        view.expect_step(step)
    shared.run_until("print(calls, w.n_steps)", "3 3")

    view.button("Play").click()
    view.wait_for_step_beyond(12)
    view.pause()
    step = view.step
    shared.run_until("print(w.n_steps, a.tolist() == list(w.params))", f"{step} True")
    assert_all_is_known(shared, view, step)
    plain = (
        "kept = w.history; a.data = torch.tensor([-1.0, 1.0], dtype=torch.float64)\n"
        "loop = []\n"
        "for _ in kept:\n    loop.append(a.tolist()); update()\n"
        "print(loop == [[row['slope'], row['intercept']] for row in kept])"
    )
    view.button("Step back").click()
    view.expect_step(step - 1)
    shared.run_until("print(w.n_steps, a.tolist() == list(w.params))", f"{step - 1} True")
    assert shared.run(plain) == "True", "the rows are what the same loop makes without us"


def test_an_error_is_shown_with_its_line_and_step_tries_again(shared: Notebook) -> None:
    line = "if made == 6 and is_wet: raise ValueError('wet points')"
    view = shared.show("is_wet = True\n" + own(line))
    marked = view.root.locator('[aria-current="step"]')
    view.button("Play").click()
    expect(view.notice).to_contain_text(
        f"update() raised ValueError: wet points, in line 4: {line}"
    )
    expect(marked).to_have_text(line)
    expect(view.button("Play")).to_be_visible()
    view.expect_step(6)
    assert_all_is_known(shared, view, 6)
    told = shared.run("print(w.status, w.playing, calls, a.tolist() == list(w.params))")
    assert told == "error False 7 True"
    traced = view.notice.locator("pre").text_content() or ""
    assert traced.count("File") == 1, "the traceback is of the reader's code alone"

    view.button("Step").click()
    shared.run_until("print(calls, w.n_steps)", "8 6")
    expect(marked).to_have_text(line)
    shared.run("is_wet = False")
    view.button("Step").click()
    view.expect_step(7)
    expect(view.notice).to_have_text("")
    expect(marked).to_have_count(0)
    assert_all_is_known(shared, view, 7)


def test_a_call_that_takes_long_is_waited_for(shared: Notebook, root: Path) -> None:
    view = shared.show(own("if made == 5: until('go-on')"))
    view.button("Play").click()
    try:
        expect(view.notice).to_have_text("The kernel is busy. Training goes on when it answers.")
        assert view.step <= 5
    finally:  # else the kernel waits in all tests to come
        (root / "go-on").touch()
    view.wait_for_step_beyond(12)
    expect(view.notice).to_have_text("")
    view.pause()
    step = view.step
    shared.run_until("print(w.n_steps)", str(step))
    assert_all_is_known(shared, view, step)


def test_a_call_without_end_can_be_interrupted(shared: Notebook) -> None:
    view = shared.show(own("while made == 2: pass"))
    for step in (1, 2):
        view.button("Step").click()
        view.expect_step(step)
    view.button("Step").click()
    expect(view.notice).to_have_text("The kernel is busy. Training goes on when it answers.")
    shared.interrupt()
    expect(view.notice).to_contain_text("Interrupted. The steps made before are kept.")
    assert shared.run("made = 3; print(w.n_steps)") == "2"
    view.button("Step").click()
    view.expect_step(3)
    expect(view.notice).to_have_text("")
    assert_all_is_known(shared, view, 3)


def test_what_it_prints_is_shown_whoever_has_it_step(shared: Notebook) -> None:
    view = shared.show(own("print(f'<b>call {calls}</b>')"))
    printed = view.root.locator(".printed pre")
    expect(printed).to_have_count(0)
    for call in (1, 2):
        view.button("Step").click()
        view.expect_step(call)
    expect(printed).to_have_text("<b>call 1</b>\n<b>call 2</b>\n")
    assert shared.run("w.step(2)") == "<b>call 3</b>\n<b>call 4</b>"
    expect(printed).to_contain_text("<b>call 4</b>")


@pytest.mark.parametrize("value", ["inf", "nan"])
def test_numbers_that_are_none_end_it_at_the_last_good_row(shared: Notebook, value: str) -> None:
    view = shared.show(own(lr=f"(float('{value}') if made == 4 else 0.1)"))
    view.button("Play").click()
    expect(view.notice).to_contain_text("at step 4, where the line is still (−0.0211, 1.94)")
    expect(view.button("Play")).to_be_visible()
    view.expect_step(4)
    assert "NaN" not in view.root.inner_html() and "Infinity" not in view.root.inner_html()
    told = "print(w.status, w.n_steps, a.tolist() == list(w.params))"
    shared.run_until(told, "diverged 4 True")
    assert_all_is_known(shared, view, 4)
    view.button("Step back").click()
    view.expect_step(3)
    shared.run_until(told, "paused 3 True")
    view.button("Step").click()
    view.expect_step(4)
    expect(view.notice).to_have_text("")


def test_what_is_wrong_is_said_while_it_plays(shared: Notebook) -> None:
    view = shared.show(own(last="pass"))
    view.button("Play").click()
    expect(view.notice).to_contain_text("Gradients pile up in update(): at step 1 a.grad still")
    expect(view.button("Pause")).to_be_visible()
    view.pause()
    told = shared.run("print(w.advice)")
    assert (view.notice.text_content() or "").strip() == told.replace("-", "−")


def test_a_loop_moves_the_picture_while_its_cell_runs(shared: Notebook, root: Path) -> None:
    view = shared.show(own() + "\nw = GDWidget(x, y)\nw")
    shared.start(
        "for turn in range(100):\n    update(); w.record(a)\n    if turn == 49: until('half-seen')"
    )
    view.wait_for_step_beyond(0)
    assert view.step <= 50
    (root / "half-seen").touch()
    view.expect_step(100)
    shared.wait_for_kernel()
    assert_all_is_known(shared, view, 100)
    view.button("Step").click()  # the widget's own rule goes on from there
    view.expect_step(101)


def test_without_its_kernel_it_can_be_looked_at(notebook: Notebook, view: View) -> None:
    # Steps that take long: it is in the midst of one when it is shut down, which is interrupted first.
    notebook.open("own-code-gone.ipynb", [own(first="__import__('time').sleep(0.3)")])
    notebook.run_all()
    view.expect_step(0)
    view.button("Play").click()
    view.wait_for_step_beyond(5)
    notebook.shut_down()
    expect(view.notice).to_contain_text("its kernel is needed for further steps")
    expect(view.button("Play")).to_be_disabled()
    expect(view.button("Step")).to_be_disabled()
    step = view.step
    view.button("Step back").click()
    view.expect_step(step - 1)
    view.step_number.press("Home")
    view.expect_step(0)
    view.step_number.press("ArrowRight")
    view.expect_step(1)
    assert [int(row["step"]) for row in view.saved_rows()] == list(range(step + 1))
