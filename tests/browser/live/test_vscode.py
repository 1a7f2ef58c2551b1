"""VS Code's manager of widgets, which has no subshells: a cell that runs is waited for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gd_widget import make_line
from tests.browser.engines.page import Page
from tests.browser.live.hosts import Host
from tests.browser.place import Place
from tests.browser.shown import Shown, assert_true
from tests.waiting import until

pytestmark = [
    pytest.mark.hosts,
    pytest.mark.parametrize("host", ["VS Code's manager of widgets"], indirect=True),
]

BEGIN = "(code) => { globalThis.cell = runCell(code); }"
WAIT = """\
import time
from pathlib import Path
Path({begun!r}).touch()
while not Path({free!r}).exists():
    time.sleep(0.01)
"""


@pytest.fixture
def shown(host: Host, addresses: dict[str, str], page: Page) -> Shown:
    shown = host.show(Place(page), addresses["trains"])
    shown.place.wait_for_text(".gd-widget .engine", "NumPy")
    return shown


@pytest.fixture
def busy(shown: Shown, tmp_path: Path) -> Callable[..., Callable[[], None]]:
    """Keeps the kernel busy with a cell, and returns what ends that."""
    begun, free = tmp_path / "begun", tmp_path / "free"

    def begin(before: str = "", after: str = "") -> Callable[[], None]:
        wait = WAIT.format(begun=str(begun), free=str(free))
        shown.place.call(BEGIN, f"{before}\n{wait}\n{after}")
        until(begun.exists)

        def end() -> None:
            free.touch()
            assert shown.place.call("() => cell") == ""

        return end

    return begin


def steps_of(shown: Shown) -> str:
    """Where the kernel is, and how many rows it has."""
    return str(shown.place.call("() => runCell('print(w.n_steps, len(w.history))')")).strip()


def assert_all_is_well(shown: Shown, last: int) -> None:
    """The page has every step to the last with PyTorch's numbers, and nothing to say against it."""
    rows = shown.history()
    assert rows[:, 0].tolist() == list(range(last + 1))
    assert_true(rows, make_line(n=100, seed=1))
    assert shown.number("loss") == pytest.approx(rows[shown.step, 3], rel=1e-3)
    assert "NumPy" in shown.place.text(".gd-widget .engine"), "it is the kernel that has trained"
    assert shown.place.text(".gd-widget .notice") == ""


def test_what_is_pressed_while_a_cell_runs_is_done_after_it_once(
    shown: Shown, busy: Callable[..., Callable[[], None]]
) -> None:
    end = busy()
    shown.place.click("Play")
    shown.wait_for_button("Pause")
    assert shown.stands_still() and shown.step == 0
    end()
    shown.wait_for_step_beyond(5)
    shown.place.click("Pause")
    shown.wait_for_button("Play")
    step = shown.step
    assert_all_is_well(shown, step)
    assert steps_of(shown) == f"{step} {step + 1}"


def test_a_pause_that_is_heard_after_the_cell_is_one_where_it_was_pressed(
    shown: Shown, busy: Callable[..., Callable[[], None]]
) -> None:
    shown.place.click("Play")
    shown.wait_for_step_beyond(3)
    end = busy()
    shown.place.click("Pause")
    shown.wait_for_button("Play")
    step = shown.step
    end()
    assert steps_of(shown).split()[0] == str(step)
    assert shown.stands_still() and shown.step == step
    shown.place.click("Step")
    shown.wait_for_step(step + 1)
    shown.place.click("Step back")
    shown.wait_for_step(step)
    assert steps_of(shown).split()[0] == str(step)


def test_what_a_cell_trains_is_shown_while_it_runs(
    shown: Shown, busy: Callable[..., Callable[[], None]]
) -> None:
    end = busy("w.step(5)", "w.step(5)")
    shown.wait_for_step(5)
    end()
    shown.wait_for_step(10)
    assert_all_is_well(shown, 10)
