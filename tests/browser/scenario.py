"""What a person does with a widget, wherever it is shown."""

from __future__ import annotations

import numpy as np

from tests.browser.shown import Shown

RATE = 0.05


def use(shown: Shown, begins_at: int = 0) -> np.ndarray:
    """Play, pause, step, go back, drag the line, change the rate, and train 101 steps from there.

    begins_at : the step shown at first.

    Returns the rows of those steps, shape (102, 7), as the page saves them.
    """
    shown.wait_for_step(begins_at)

    shown.place.click("Play")
    shown.wait_for_step_beyond(begins_at + 3)
    shown.place.click("Pause")
    shown.wait_for_button("Play")
    paused_at = shown.step
    assert shown.stands_still()
    assert shown.step == paused_at
    shown.place.click("Step")
    shown.wait_for_step(paused_at + 1)
    shown.place.click("Step back")
    shown.wait_for_step(paused_at)

    slope = shown.number("slope")
    shown.place.drag("Left end of the line", 0, -40)
    shown.wait_for_step(0)
    assert shown.number("slope") != slope

    shown.place.type("Learning rate, typed", str(RATE))
    shown.place.click("Step")
    shown.wait_for_step(1)
    shown.open("The five lines")
    shown.place.wait_for_text(".gd-widget .code", str(RATE))

    shown.place.click("Speed")
    shown.place.page.keys("End")
    shown.place.click("Play")
    shown.wait_for_step(101)
    shown.wait_for_button("Play")

    rows = shown.history()
    assert rows[:, 0].tolist() == list(range(102))
    assert set(rows[1:, 6]) == {RATE}
    return rows
