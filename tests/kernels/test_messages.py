"""The messages between a page and a real kernel, of each release that differs in who hears them."""

from __future__ import annotations

import numpy as np
import pytest

from gd_widget.core.model import LINE
from gd_widget.core.table import fields
from gd_widget.data.make_line import make_line
from gd_widget.training.trainer import Trainer
from tests.kernels.kernel import Kernel, Page, Said
from tests.waiting import SECONDS, until

IS_WHOLE = """h = w.history
print(len(h) == w.n_steps + 1, bool((h["step"] == np.arange(len(h))).all()),
      np.allclose(np.diff(h["slope"]), -h["lr"][1:] * h["grad_slope"][:-1], atol=1e-12))"""
"""Whether every row is there once, and is the step that follows the one before it."""


def rows(said: Said) -> np.ndarray:
    """Step and fields of each row."""
    return np.frombuffer(said.buffers[0], "<f8").reshape(-1, 1 + len(fields(LINE.names)))


def expected_rows(start: int, stop: int, n: int = 30, seed: int = 1) -> np.ndarray:
    trainer = Trainer(make_line(n, seed=seed), lr=0.1, engine="numpy")
    trainer.step(stop)
    return np.column_stack([np.arange(start, stop + 1), trainer.rows(start, stop + 1)])


def use(kernel: Kernel, page: Page) -> None:
    """Every message there is, each answered once and truly; the widget is new."""
    hello = page.ask("hello").content
    assert (hello["type"], hello["step"], hello["bowl"]["n"]) == ("hello", 0, 30)

    advanced = page.ask("advance", after=0, steps=5)
    assert (advanced.content["type"], advanced.content["after"]) == ("rows", 0)
    np.testing.assert_array_equal(rows(advanced), expected_rows(1, 5))
    again = page.ask("advance", after=0, steps=5)
    np.testing.assert_array_equal(rows(again), rows(advanced))

    assert page.ask("seek", step=2).content["step"] == 2
    changed = page.ask("set", step=3, changes={"lr": 0.05, "playing": True}).content
    assert (changed["step"], changed["runs"][0]["lr"], changed["status"]) == (3, 0.05, "playing")
    went_on = page.ask("advance", after=3, steps=4)
    assert rows(went_on)[:, 0].tolist() == [4, 5, 6, 7]
    assert page.ask("set", step=6, changes={"playing": False}).content["status"] == "paused"
    assert kernel.run("print(w.n_steps, w.lr)") == "6 0.05"
    assert kernel.run(IS_WHOLE) == "True True True"

    edited = page.ask("edit", step=6, at=0, remove=1, insert=[[0.5, 9.0], [0.6, 9.5]]).content
    assert (edited["type"], edited["step"], edited["bowl"]["n"]) == ("hello", 0, 31)
    picture = page.ask("picture", x=[-1, 1], y=[0, 6]).content
    assert picture["type"] == "picture" and picture["picture"]["most"] >= 1
    begun = page.ask("reset").content
    assert begun["runs"][0]["row"][:3] == [0, -1, 1]
    assert page.ask("new_data").content["makes"]["seed"] == 2
    refused = page.ask("set", changes={"lr": -1}).content
    assert refused["message"] == "lr must be a positive number; got -1"
    assert page.ask("hello").content["bowl"]["n"] == 30
    assert kernel.run("print(w.n_steps, len(w.history), w.lr)") == "0 1 0.05"


def test_every_message_is_answered_once_and_truly(kernel: Kernel, page: Page) -> None:
    use(kernel, page)


CELLS = {
    "training": "w.step(10**5)",
    "sleeping": "time.sleep(0.5)",
    "asynchronous": "import asyncio\nfor _ in range(50): await asyncio.sleep(0.01)",
}


@pytest.mark.parametrize("source", CELLS.values(), ids=CELLS.keys())
def test_what_is_asked_while_a_cell_runs_is_answered_in_the_end(
    kernel: Kernel, page: Page, source: str
) -> None:
    page.ask("hello")
    cell = kernel.start(source)
    if "w.step" in source:  # a subshell might make the rows asked for before the cell begins
        kernel.listen_until(lambda: page.heard[-1].content["type"] == "rows" or None)
    asked = [page.send("hello"), page.send("advance", after=0, steps=3)]
    hello, advanced = (page.answer_to(number) for number in asked)
    assert hello.content["type"] == "hello"
    np.testing.assert_array_equal(rows(advanced), expected_rows(1, 3))
    assert kernel.end_of(cell) == ""
    assert kernel.run("print(w.n_steps)") == ("100000" if "step" in source else "3")
    assert kernel.run(IS_WHOLE) == "True True True"
    assert page.ask("seek", step=2).content["step"] == 2
    assert rows(page.ask("advance", after=2, steps=3))[:, 0].tolist() == [3, 4, 5]


def test_a_subshell_answers_while_a_cell_runs(
    kernel: Kernel, page: Page, subshell: str | None
) -> None:
    kernel.run("trained = threading.Event(); w.observe(lambda _: trained.set(), 'n_steps')")
    page.ask("hello")
    cell = kernel.start(f"print(trained.wait({SECONDS if subshell else 0.5}))")
    asked = page.send("advance", after=0, steps=5)
    np.testing.assert_array_equal(rows(page.answer_to(asked)), expected_rows(1, 5))
    assert kernel.end_of(cell) == str(subshell is not None), "the main shell comes to it later"


def test_after_an_interrupt_everything_is_answered(kernel: Kernel, page: Page) -> None:
    page.ask("hello")
    cell = kernel.start("w.step(10**7)")
    kernel.listen_until(lambda: page.heard[-1].content["type"] == "rows" or None)
    kernel.interrupt()
    assert kernel.end_of(cell) == "KeyboardInterrupt"
    assert kernel.run("print(0 < w.n_steps < 10**7)") == "True"
    assert kernel.run(IS_WHOLE) == "True True True"
    made = page.ask("hello").content["step"]
    assert rows(page.ask("advance", after=made, steps=2))[:, 0].tolist() == [made + 1, made + 2]
    assert kernel.run(IS_WHOLE) == "True True True"


HANGS_ONCE = """params, calls = np.array([-1.0, 1.0]), []
def update():
    calls.append(params[0])
    params[0] += 0.01
    if len(calls) == 3:
        open("entered", "w").close()
        time.sleep(3600)  # until it is interrupted
w = GDWidget(n=30, update=update, params=params, engine="numpy")"""


def test_an_interrupt_of_what_a_page_asked_for_is_told_to_the_page(
    kernel: Kernel, subshell: str | None
) -> None:
    entered = kernel.folder / "entered"
    entered.unlink(missing_ok=True)
    assert kernel.run(HANGS_ONCE) == ""
    page = Page(kernel, subshell)
    page.ask("hello")
    page.ask("set", changes={"playing": True})
    asked = page.send("advance", after=0, steps=20)
    until(entered.exists)
    kernel.interrupt()
    answer = page.answer_to(asked).content
    assert (answer["type"], answer["message"]) == (
        "error",
        "Interrupted. The steps made before are kept.",
    )
    assert "update()" in answer["traceback"]
    state = page.ask("hello").content
    assert not state["playing"] and state["step"] == 2
    assert rows(page.ask("advance", after=2, steps=2))[:, 0].tolist() == [3, 4]
    assert kernel.run("print(w.n_steps, len(w.history))") == "4 5"
