"""How smoothly a GDWidget plays in JupyterLab, and how promptly it pauses.

    python -m benchmarks.page            a minute of playing for each row
    python -m benchmarks.page --quick    a few seconds of each
    python -m benchmarks.page --load 2   while two other processes compute all the time

A real JupyterLab in headless Chromium, whose screen has 60 frames a second. sampler.js notes
from outside the widget what each frame shows, first while nothing plays, then while it plays,
for the same time: frames that the machine drops by itself are in both. frames.py says what is
counted. In the rows with a delay, delay.js holds up each message to and from the kernel, half
of the delay each way.

Playing must end only where this script ends it. So n_epochs is None, and the training slow: at
lr=1e-4 the slope's error is a tenth of what it was after a minute at 600 steps/s, and
convergence, where Play pauses, takes 200,000 steps, more than five minutes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.frames import Recording
from benchmarks.lab import HERE, Lab, ask, lab_in_chromium, source
from benchmarks.ratios import Comparison, Wanted
from benchmarks.table import header, number, table
from hatch_build import is_current
from tests.browser.lab import Notebook, View

RATES = (60, 600)
ADDED_MS = 300
SETTLING = {0: 1.0, ADDED_MS: 2.0}
"""Seconds after the click on Play that are not counted, without and with the delay."""

TARGET, UNDER_LOAD = 0.99, 0.95
"""Frames a second while it plays, of those while nothing plays: alone, and beside other work."""

MOST_SECONDS = 300
FRAMES_AFTER_PAUSE = 30

CELL = """
from gd_widget import GDWidget
w = GDWidget(n=100, lr=1e-4, n_epochs=None, steps_per_second={rate})
w
"""


@dataclass(frozen=True)
class Times:
    """Seconds while nothing plays, and while it plays; and how often it is paused."""

    idle: float
    playing: float
    pauses: int


@dataclass(frozen=True)
class Trial:
    """One row: a speed, a delay, and what was recorded with them."""

    rate: int
    added_ms: int
    engine: str
    idle: Recording
    playing: Recording
    pauses: list[Recording]
    steps_agree: bool

    @property
    def counted(self) -> Recording:
        """The frames that count: all but the first seconds."""
        return self.playing.after_click(SETTLING[self.added_ms])


@contextmanager
def other_work(processes: int) -> Iterator[None]:
    """For as long as this lasts, so many processes compute and do nothing else."""
    all_of_them = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)
    ]
    try:
        yield
    finally:
        for process in all_of_them:
            process.kill()
            process.wait()


def slowed_by(ms: float) -> str:
    """A script: messages to and from the kernel take so much longer, there and back."""
    return f"({source('delay.js')})({ms / 2})" if ms else ""


def widget_on(notebook: Notebook, cell: str) -> View:
    """The widget that a cell shows, ready to play, with the sampler beside it."""
    notebook.open("played.ipynb", [cell])
    notebook.run_all()
    view = View(notebook.page.locator(".gd-widget").first)
    view.expect_step(0)
    notebook.page.evaluate(source("paintings.js"))
    view.root.evaluate(source("sampler.js"))
    return view


def record_idle(page: Page, seconds: float) -> Recording:
    """Frames while nothing plays."""
    page.evaluate("sampler.start()")
    page.wait_for_timeout(1000 * seconds)
    return Recording.of(page.evaluate("sampler.stop()"))


def record_playing(view: View, seconds: float) -> Recording:
    """Frames from before the click on Play; the click on Pause comes after the last."""
    page = view.root.page
    page.evaluate("sampler.start()")
    view.button("Play").click()
    page.wait_for_timeout(1000 * seconds)
    recording = Recording.of(page.evaluate("sampler.stop()"))
    pause(view)
    return recording


def record_pause(view: View, rate: int) -> Recording:
    """Play for a quarter of a second, pause, and watch the frames after the click."""
    page = view.root.page
    page.evaluate("sampler.start()")
    before = view.step
    view.button("Play").click()
    view.wait_for_step_beyond(before + rate // 4)
    pause(view)
    page.wait_for_function(f"() => sampler.framesSinceClick >= {FRAMES_AFTER_PAUSE}")
    return Recording.of(page.evaluate("sampler.stop()"))


def pause(view: View) -> None:
    """Click Pause, and wait until the kernel has answered."""
    page = view.root.page
    known = page.evaluate("sampler.pausesKnown")
    view.pause()
    page.wait_for_function("known => sampler.pausesKnown > known", arg=known)


def steps_agree(view: View) -> bool:
    """Whether Python's `w.n_steps` is the number shown."""
    return int(ask(view.root.page, "w.n_steps")) == view.step


def measure(lab: Lab, rate: int, added_ms: int, times: Times) -> Trial:
    """Everything about one speed with one delay."""
    with lab.page(slowed_by(added_ms)) as notebook:
        return recorded(notebook, rate, added_ms, times)


def recorded(notebook: Notebook, rate: int, added_ms: int, times: Times) -> Trial:
    """The same, on a page of its own."""
    view = widget_on(notebook, CELL.format(rate=rate))
    engine = view.root.locator(".engine").inner_text()
    idle = record_idle(notebook.page, times.idle)
    playing = record_playing(view, times.playing + SETTLING[added_ms])
    recordings, agreed = [], steps_agree(view)
    for _ in range(times.pauses):
        recordings.append(record_pause(view, rate))
        agreed = agreed and steps_agree(view)
    return Trial(rate, added_ms, engine, idle, playing, recordings, agreed)


def comparison(trial: Trial, bound: float, beside_others: str = "") -> Comparison:
    """Frames a second while it plays, beside those while nothing plays."""
    added = f", {trial.added_ms} ms added" if trial.added_ms else ""
    return Comparison(
        f"frames/s at {trial.rate} steps/s{added}{beside_others}",
        "while nothing plays",
        [trial.counted.frames_per_second],
        [trial.idle.frames_per_second],
        Wanted(more=True, bound=bound),
    )


def frame_cells(idle: Recording, playing: Recording, rate: int) -> list[str]:
    """What a series of frames comes to, beside those while nothing plays."""
    stalled = playing.stalled(rate)
    return [
        f"{playing.seconds:.0f}",
        f"{idle.frames_per_second:.2f}",
        f"{playing.frames_per_second:.2f}",
        f"{playing.frames_per_second / idle.frames_per_second:.3f}",
        f"{len(idle.long_frames)}",
        f"{len(playing.long_frames)}",
        f"{playing.steps_per_second / rate:.4f}",
        f"{len(stalled)}",
        f"{len(playing.starved(rate))}",
        f"{len(set(stalled) & set(playing.long_frames))}",
        f"{playing.longest_still:.0f}",
        number(playing.least_lead),
    ]


FRAME_COLUMNS = ["seconds", "idle fps", "playing fps", "ratio"]
FRAME_COLUMNS += ["long idle", "long playing", "reached/asked", "stalled", "starved", "late"]
FRAME_COLUMNS += ["still ms", "least lead"]


def playing_row(trial: Trial) -> list[str]:
    """One trial's row of the table about playing."""
    frames = frame_cells(trial.idle, trial.counted, trial.rate)
    first = f"{trial.playing.ms_to_first_change:.0f}"
    return [f"{trial.rate}", f"{trial.added_ms}", *frames, first]


PLAYING = ["steps/s", "added ms", *FRAME_COLUMNS, "first ms"]


def pause_row(trial: Trial) -> list[str]:
    """One trial's row of the table about pausing."""
    last = [recording.frames_to_last_change for recording in trial.pauses]
    button = [recording.frames_to_button for recording in trial.pauses]
    agree = "always" if trial.steps_agree else "NOT always"
    row = [f"{trial.rate}", f"{trial.added_ms}", f"{len(trial.pauses)}"]
    return [*row, f"{max(last)}", f"{max(button)}", agree]


PAUSE = ["steps/s", "added ms", "pauses", "last change, frames", "Play shown, frames"]
PAUSE += ["w.n_steps is the number shown"]


def save(trials: list[Trial], path: Path) -> None:
    """Every frame of every trial, to look at closely."""
    path.write_text(
        json.dumps(
            [
                {
                    "rate": trial.rate,
                    "added_ms": trial.added_ms,
                    "idle": trial.idle.frames,
                    "click": trial.playing.click,
                    "playing": trial.playing.frames,
                }
                for trial in trials
            ]
        )
    )


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description="Playing and pausing in JupyterLab.")
    parser.add_argument("--seconds", type=float, default=60, help="of playing, for each row")
    parser.add_argument("--pauses", type=int, default=20, help="for each row")
    parser.add_argument("--load", type=int, default=0, help="processes that compute all the time")
    parser.add_argument("--quick", action="store_true", help="5 seconds and 3 pauses each")
    parser.add_argument("--save", type=Path, help="a file for every frame's numbers, as JSON")
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.pauses = 5, 3
    if options.seconds > MOST_SECONDS:
        parser.error(f"--seconds must be at most {MOST_SECONDS}: after that training converges")

    times = Times(options.seconds, options.seconds, options.pauses)
    with other_work(options.load), lab_in_chromium() as lab:
        chromium = lab.browser.version
        trials = [measure(lab, rate, ms, times) for ms in SETTLING for rate in RATES]

    packages = ("anywidget", "jupyterlab", "ipykernel")
    engine = trials[0].engine
    bundle = "current" if is_current(HERE.parent) else "OLDER THAN ITS SOURCE"
    print(header(*packages, Chromium=chromium, engine=engine, bundle=bundle), "\n")
    print(table("Playing", PLAYING, [playing_row(trial) for trial in trials]))
    bound = UNDER_LOAD if options.load else TARGET
    print(f"wanted: a ratio of {bound} or more{'' if options.load else ', and no stalled frame'}\n")
    print(table("Pausing", PAUSE, [pause_row(trial) for trial in trials]))
    if options.save:
        save(trials, options.save)


if __name__ == "__main__":
    main()
