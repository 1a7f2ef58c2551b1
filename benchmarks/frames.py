"""What a series of frames says: how many came, which stood still, and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

ALMOST = 0.97
"""Of a step: screens and clocks differ by a little, and 60 Hz is to show 60 steps/s."""


class Frame(NamedTuple):
    """One frame: its time in ms, the step it shows, the last step that has come, the button."""

    time: float
    step: int
    arrived: int
    playing: bool


@dataclass(frozen=True)
class Recording:
    """Frames in a row, and how many of them were painted before the last click."""

    frames: list[Frame]
    click: int | None

    @classmethod
    def of(cls, recorded: dict[str, Any]) -> Recording:
        """What sampler.js has recorded."""
        return cls([Frame(*frame) for frame in recorded["frames"]], recorded["click"])

    def after_click(self, seconds: float) -> Recording:
        """The frames from so many seconds after the click on."""
        assert self.click is not None
        start = self.frames[self.click].time + 1000 * seconds
        return Recording([frame for frame in self.frames if frame.time >= start], None)

    @property
    def seconds(self) -> float:
        """The time from the first frame to the last."""
        return (self.frames[-1].time - self.frames[0].time) / 1000

    @property
    def frames_per_second(self) -> float:
        """Frames painted in a second."""
        return (len(self.frames) - 1) / self.seconds

    @property
    def steps_per_second(self) -> float:
        """Steps shown, or passed over, in a second."""
        return (self.frames[-1].step - self.frames[0].step) / self.seconds

    @property
    def long_frames(self) -> list[int]:
        """Frames that came more than half a frame late, whose ever fault it was."""
        gaps = [after.time - before.time for before, after in pairwise(self.frames)]
        usual = median(gaps)
        return [i for i, gap in enumerate(gaps, start=1) if gap > 1.5 * usual]

    def stalled(self, rate: float) -> list[int]:
        """Frames that show the number of the frame before, though a step was due.

        One is due when the time of a step has passed since the number last changed.
        """
        stalled, changed = [], self.frames[0]
        for i, (before, frame) in enumerate(pairwise(self.frames), start=1):
            if frame.step != before.step:
                changed = frame
            elif (frame.time - changed.time) * rate / 1000 >= ALMOST:
                stalled.append(i)
        return stalled

    def starved(self, rate: float) -> list[int]:
        """Stalled frames in which no row after the one shown had come from the kernel."""
        frames = self.frames
        return [i for i in self.stalled(rate) if frames[i].arrived <= frames[i].step]

    @property
    def longest_still(self) -> float:
        """The longest time in ms in which the number did not change."""
        times = [self.frames[0].time]
        times += [after.time for before, after in pairwise(self.frames) if after.step > before.step]
        times += [self.frames[-1].time]
        return max(after - before for before, after in pairwise(times))

    @property
    def least_lead(self) -> int:
        """The fewest steps that were there, not shown yet, in any frame."""
        return min(frame.arrived - frame.step for frame in self.frames)

    @property
    def ms_to_first_change(self) -> float:
        """The time from the first frame after the click to the first with a new number."""
        assert self.click is not None
        start = self.frames[self.click]
        return next(f.time for f in self.frames[self.click :] if f.step > start.step) - start.time

    @property
    def frames_to_last_change(self) -> int:
        """Frames from the click to the last one with a new number: 0 none, 1 the next one."""
        assert self.click is not None
        pairs = enumerate(pairwise(self.frames), start=1)
        changes = [i for i, (before, frame) in pairs if frame.step != before.step]
        return max([0, *(i - self.click + 1 for i in changes)])

    @property
    def frames_to_button(self) -> int:
        """Frames from the click to the first one that shows Play in the place of Pause."""
        assert self.click is not None
        return next(i + 1 for i, frame in enumerate(self.frames[self.click :]) if not frame.playing)
