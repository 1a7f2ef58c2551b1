"""A session as one still picture, for viewers that strip scripts: an SVG of attributes alone.

On the left the fit, on the right the bowl of the loss from above, as the widget shows them, on
a paper of its own, so that it can be read on a page of any colour. There are no styles and no
ids, for sanitizers drop the ones and rename the others: what would be clipped is cut by hand,
or covered by a mat.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gd_widget.core.checks import whole_number
from gd_widget.core.types import FloatArray, Params
from gd_widget.drawing import bowl, fit
from gd_widget.drawing.axes import Frame
from gd_widget.drawing.ground import ground_of
from gd_widget.drawing.heading import MARGIN, Said, legend, numbers_line, title_line
from gd_widget.drawing.look import FONT, PAPER
from gd_widget.drawing.numerals import decimals, fixed, held_fixed, in_words
from gd_widget.drawing.svg import Markup, element, escaped
from gd_widget.training.run import Run
from gd_widget.training.trainer import Trainer
from gd_widget.words.names import shown_names, shown_run
from gd_widget.words.say import list_mark, say, translated

WIDTH, HEIGHT = 760, 356
BETWEEN = 28
TOP, BOTTOM = 86, 312
"""Where the charts begin and end, in pixels from above."""

FIRST_ROWS, MOST_ROWS = 64, 1000
"""Rows drawn of a long history, so that a million steps take no longer."""


def poster(
    trainer: Trainer,
    title: str,
    x_label: str,
    y_label: str,
    true_params: Params | None = None,
    step: int | None = None,
    race: Sequence[Run] = (),
    shows_best: bool = True,
) -> str:
    """The picture of a session, one `<svg>` element, the same for the same state.

    title, x_label, y_label : any text; it is cut where it is too long.
    true_params : (slope, intercept) that the data were made with, if known.
    step : which row of the table is shown; None: the trainer's current step.
    shows_best : whether the best fit is marked.
    race : all runs of a race, of which `trainer` is the first; they are where they are now.

    >>> from gd_widget.data.make_line import make_line
    >>> poster(Trainer(make_line(100)), "Gradient descent", "x", "y")[-6:]
    '</svg>'
    """
    step = trainer.n_steps if step is None else step
    step = whole_number("step", step, least=0, most=trainer.n_rows - 1)
    points, path = trainer.points, _path_to_draw(trainer, step)
    *digits, of_loss = decimals(trainer.bowl)
    names = shown_names(points.names)
    params = in_words(points.names, path[-1].tolist(), digits)
    numbers = [*params, (say("loss"), fixed(trainer.table.loss(step), of_loss))]
    if trainer.held_back is not None:
        held = trainer.held_back.loss(trainer.table.params(step))
        numbers.append((say("held back"), held_fixed(held, of_loss)))
    runs = [run.trainer for run in race] or [trainer]
    ground = ground_of(trainer.objective, names, path[-1].tolist(), trainer.bowl)
    others = [_path_to_draw(run.trainer, run.n_steps) for run in race[1:]]
    ways = [ground.path_of(other) for other in others]
    note = ""
    if step == trainer.n_steps and trainer.diverged_at is not None:
        note = say("Diverged at step {step}.", step=trainer.diverged_at)
    landing = trainer.next_params() if step == trainer.n_steps else None
    told = say("Step {step}: {numbers}.", step=step, numbers=_in_a_row(numbers))

    half = (WIDTH - BETWEEN) / 2
    way, ahead = ground.path_of(path), None if landing is None else ground.place_of(landing)
    truth = ground.place_of(true_params) if true_params and points.model.is_line else None
    guess, now = (tuple(path[i].tolist()) for i in (0, -1))
    fitted, middle = Markup(""), float(MARGIN)
    if ground.frame is None:  # a function has no points
        middle = half + BETWEEN
        left = Frame.within(
            (MARGIN, half, TOP, BOTTOM), *fit.ranges(points, guess, now, trainer.told_loss.kind)
        )
        fitted = fit.picture(
            *(points, path, left, x_label, y_label, others),
            best=trainer.objective.best if shows_best else None,
            kinds=[run.told_loss.kind for run in runs],
        )
    right = Frame.within(
        (middle, WIDTH - MARGIN, TOP, BOTTOM),
        *bowl.ranges(ground, way, truth),
    )
    return element(
        "svg",
        element("title", escaped(say("{said} {more}", said=told, more=note) if note else told)),
        element("rect", width=WIDTH, height=HEIGHT, fill=PAPER),
        bowl.picture(ground, way, ahead, truth, right, (WIDTH, HEIGHT), ways, shows_best),
        title_line(translated(title), WIDTH),
        # In a race, the names of the runs instead of all numbers but the step.
        numbers_line([(say("step"), str(step)), *([] if race else numbers)], note, WIDTH),
        legend([shown_run(run.name) for run in race], WIDTH),
        fitted,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        font_family=FONT,
        font_variant="tabular-nums",
    )


def _in_a_row(numbers: Sequence[Said]) -> str:
    """Numbers with their names, one after the other."""
    return list_mark().join(f"{name} {value}" for name, value in numbers)


def _path_to_draw(trainer: Trainer, step: int) -> FloatArray:
    """The params of the first rows, whose lines stay, and of some others, the last included.

    Half of these are evenly spaced; half are ever further apart, as the path's early steps are.
    """
    steps = np.arange(min(FIRST_ROWS, step + 1))
    if step >= FIRST_ROWS:
        spaced = [space(FIRST_ROWS, step, MOST_ROWS // 2) for space in (np.linspace, np.geomspace)]
        others = np.unique(np.concatenate(spaced).round().astype(int))
        steps = np.concatenate([steps, others])
    return trainer.table.rows_at(steps)[:, : len(trainer.params)]
