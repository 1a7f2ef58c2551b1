"""What is filmed: a training step by step, in pictures that share all that stands still.

The axes hold the whole film from its first picture on, so that nothing jumps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PIL import Image

from gd_widget.core.objective import Objective
from gd_widget.core.types import FloatArray, Params
from gd_widget.data.points import TrainingData
from gd_widget.drawing import bowl, fit, loss
from gd_widget.drawing.axes import Box, Frame, axes
from gd_widget.drawing.films.paint import Painter
from gd_widget.drawing.ground import ground_of
from gd_widget.drawing.heading import MARGIN, Said, legend, numbers_line, title_line
from gd_widget.drawing.look import PAPER
from gd_widget.drawing.numerals import decimals, fixed, held_fixed, in_words
from gd_widget.drawing.svg import Markup, element, joined
from gd_widget.words.names import shown_names, shown_run
from gd_widget.words.say import say, translated

WIDTH = 640
"""Units across; a film twice as wide is drawn twice as large."""

TOP, BETWEEN, BELOW = 86, 28, 36
"""Units: where the charts begin; between two that are side by side; and what their names need."""

HEIGHT, LOW_HEIGHT = 220, 110
"""Units, of a chart; and of one that has all the width below two others."""

RADIUS = 6
"""Units around the loss, whose curve begins at the edge with a circle."""

HEADING: Box = (0, WIDTH, 34, 60)
"""Where the numbers stand."""


class Take(NamedTuple):
    """A run as it is filmed.

    path : the parameters at steps 0, 1, 2, …, shape (steps + 1, d); losses : the loss at each.
    A run that has ended before the others stays where it is.
    """

    name: str
    path: FloatArray
    losses: FloatArray
    kind: str  # of its loss


class Story(NamedTuple):
    """All that a film tells, taken while nothing changes it.

    true_params : those that the data of a line were made with, if known and to be told.
    tells_best : whether the best fit and its loss may be told.
    """

    title: str
    x_label: str
    y_label: str
    points: TrainingData
    true_params: Params | None
    takes: Sequence[Take]
    objective: Objective  # what the first of them goes down
    tells_best: bool = True
    held_back: FloatArray | None = None  # the loss of such points at each step of the first of them


class Panel(NamedTuple):
    """A chart.

    box : where it is; what is drawn in it ends there.
    ground : what stands still in it below what moves, `over` above that, and `around` beside it.
    at : what moves in it, at a step.
    """

    box: Box
    at: Callable[[int], Markup]
    around: Markup
    ground: Markup = Markup("")
    over: Markup = Markup("")


class Reel:
    """The pictures of all steps of a story, from the guess on; each is made when it is asked for.

    panels : some of options.PANELS, at least one.
    width : of each picture, in pixels.
    """

    def __init__(self, story: Story, panels: Sequence[str], width: int) -> None:
        self._story = story
        self._panels, height = _panels(story, panels)
        scale = width / WIDTH
        # Films have an even number of rows.
        sheet = (0.0, float(WIDTH), 0.0, 2 * round(height * scale / 2) / scale)
        self._painter = Painter(scale)
        paper = element("rect", width=sheet[1], height=sheet[3], fill=PAPER)
        self._still = self._painter.paint(paper, sheet)
        for panel in self._panels:
            self._painter.paint_over(self._still, panel.ground, panel.box)
        self._over = [self._painter.paint(panel.over, panel.box) for panel in self._panels]
        names = [shown_run(take.name) for take in story.takes] if len(story.takes) > 1 else []
        around = [title_line(translated(story.title), WIDTH), legend(names, WIDTH)]
        around += [panel.around for panel in self._panels]
        self._painter.paint_over(self._still, joined(around), sheet)

    def __len__(self) -> int:
        return max(len(take.path) for take in self._story.takes)

    @property
    def size(self) -> tuple[int, int]:
        """Of each picture: width and height, in pixels."""
        return self._still.size

    def picture(self, step: int) -> Image.Image:
        """The picture of a step, in RGB."""
        picture = self._still.copy()
        said = numbers_line(_numbers(self._story, step), "", WIDTH)
        self._painter.paint_over(picture, said, HEADING)
        for panel, over in zip(self._panels, self._over, strict=True):
            self._painter.paint_over(picture, panel.at(step), panel.box)
            self._painter.put_over(picture, over, panel.box)
        return picture.convert("RGB")


def _numbers(story: Story, step: int) -> list[Said]:
    """The step; of one run its parameters and its loss, too."""
    if len(story.takes) > 1:
        return [(say("step"), str(step))]
    [take] = story.takes
    *digits, of_loss = decimals(story.points.bowl)
    params = in_words(story.points.names, take.path[step].tolist(), digits)
    last = fixed(float(take.losses[step]), of_loss)
    numbers = [(say("step"), str(step)), *params, (say("loss"), last)]
    if story.held_back is not None:
        numbers.append((say("held back"), held_fixed(float(story.held_back[step]), of_loss)))
    return numbers


def _panels(story: Story, names: Sequence[str]) -> tuple[list[Panel], float]:
    """The panels in their places, two side by side and a third below; and the whole's height."""
    ways = {"fit": _fit, "surface": _surface, "loss": _loss}
    half = (WIDTH - BETWEEN) / 2
    columns = [(MARGIN, half), (half + BETWEEN, WIDTH - MARGIN)]
    if len(names) == 1:
        columns = [(MARGIN, WIDTH - MARGIN)]
    spaces = [(*column, TOP, TOP + HEIGHT) for column in columns]
    low = TOP + HEIGHT + BELOW + BETWEEN
    spaces.append((MARGIN, WIDTH - MARGIN, low, low + LOW_HEIGHT))
    panels = [ways[name](story, space) for name, space in zip(names, spaces, strict=False)]
    return panels, max(panel.box[3] for panel in panels) + BELOW


def _fit(story: Story, space: Box) -> Panel:
    points, takes = story.points, story.takes
    best = story.objective.best if story.tells_best else None
    first, last = (tuple(takes[0].path[i].tolist()) for i in (0, -1))
    frame = Frame.within(space, *fit.ranges(points, first, last, takes[0].kind))

    def at(step: int) -> Markup:
        path, *others = (take.path[: step + 1] for take in takes)
        return fit.marks(points, path, frame, others, best, [take.kind for take in takes])

    around = fit.background(points, frame, story.x_label, story.y_label, takes[0].kind)
    return Panel(frame.box, at, around)


def _surface(story: Story, space: Box) -> Panel:
    now, squares = story.takes[0].path[-1].tolist(), story.points.bowl
    ground = ground_of(story.objective, shown_names(story.points.names), now, squares)
    ways = [ground.path_of(take.path) for take in story.takes]
    is_line = story.points.model.is_line
    truth = ground.place_of(story.true_params) if story.true_params and is_line else None
    frame = Frame.within(space, *bowl.ranges(ground, ways[0], truth))
    # Where the way will go, names stand aside from the first picture on.
    named = bowl.names(ground, ways[0], None, truth, frame, story.tells_best)

    def at(step: int) -> Markup:
        way, *others = (each[: step + 1] for each in ways)
        landing = tuple(ways[0][step + 1].tolist()) if step + 1 < len(ways[0]) else None
        moved = bowl.movement(ground, way, landing, frame, others)
        return joined([moved, bowl.here(ground, way, frame)])

    return Panel(frame.box, at, axes(frame, *ground.names), bowl.landscape(ground, frame), named)


def _loss(story: Story, space: Box) -> Panel:
    floor = story.objective.floor or 0.0  # as good as none where it is not known
    losses = [take.losses for take in story.takes]
    held = [] if story.held_back is None else [story.held_back]
    frame = loss.frame_of([*losses, *held], floor, space)

    def at(step: int) -> Markup:
        under = [loss.held_back(each[: step + 1], frame) for each in held]
        return joined([*under, loss.marks([each[: step + 1] for each in losses], frame)])

    left, right, top, bottom = frame.box
    box = (left - RADIUS, right + RADIUS, top - RADIUS, bottom + RADIUS)
    told = story.objective.floor if story.tells_best else None
    named = loss.name_of_best(told, decimals(story.points.bowl)[-1], frame)
    return Panel(box, at, loss.background(told, frame), over=named)
