"""From a race to a film of it, in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tqdm.auto import tqdm

from gd_widget.core.types import Params
from gd_widget.drawing.films.options import PANELS, UNTRAINED, Options
from gd_widget.drawing.films.reel import Reel, Story, Take
from gd_widget.drawing.films.write import WRITERS
from gd_widget.training.race import Race


def story_of(
    race: Race, settings: Mapping[str, Any], truth: Params | None, steps: int | None
) -> Story:
    """What there is to tell of a race, up to a step.

    settings : of the widget: its title, the names of x and y, and what is not to be told.
    truth : the parameters that the data of a line were made with, if known.
    steps : None, those made so far; of an untrained race the first UNTRAINED.

    Rows that are not there yet are made; the race is left at the step where it is.
    """
    here = race.n_steps
    last = steps or here or UNTRAINED
    if last >= race.n_rows:
        race.seek(race.n_rows - 1)
        race.step(last - race.n_steps)
        race.seek(here)
    takes = []
    for run in race.runs:
        rows = run.trainer.rows(0, min(last + 1, run.trainer.n_rows))
        d = len(run.params)
        takes.append(Take(run.name, rows[:, :d], rows[:, d], run.trainer.told_loss.kind))
    title, x, y = (settings[name] for name in ("title", "x_label", "y_label"))
    hidden = settings["hide"]
    told = None if "true" in hidden else truth
    first = race.first
    told_best = "best" not in hidden
    held = None if first.held_back is None else first.held_back.losses(takes[0].path)
    return Story(title, x, y, first.points, told, takes, first.objective, told_best, held)


def write(path: Path, ending: str, story: Story, shown: Sequence[str], options: Options) -> None:
    """Write a film.

    shown : the panels of the widget: those of them that a film can show are shown, where the
        options do not say which.
    """
    able = PANELS if len(story.points.sample) else ("surface", "loss")
    panels = options.panels or [name for name in shown if name in able] or able
    reel = Reel(story, panels, options.width)
    with tqdm(total=len(reel), unit="pictures", leave=False, disable=not options.progress) as bar:
        WRITERS[ending](path, reel, options.fps, bar.update)
