"""A picture of words: of a function there are no points, and a poster has no fit to draw."""

from __future__ import annotations

from gd_widget.drawing.heading import numbers_line, title_line
from gd_widget.drawing.look import FONT, PAPER
from gd_widget.drawing.svg import element, escaped
from gd_widget.training.trainer import Trainer

WIDTH, HEIGHT = 760, 90


def words_alone(trainer: Trainer, title: str) -> str:
    """The title, and where training is, as one `<svg>` element."""
    values = (*trainer.params, trainer.loss)
    pairs = zip((*trainer.names, "loss"), values, strict=True)
    numbers = [("step", str(trainer.n_steps)), *((name, f"{value:.4g}") for name, value in pairs)]
    note = "" if trainer.diverged_at is None else f"Diverged at step {trainer.diverged_at}."
    said = ", ".join(f"{name} {value}" for name, value in numbers)
    return element(
        "svg",
        element("title", escaped(f"{said}. {note}".strip())),
        element("rect", width=WIDTH, height=HEIGHT, fill=PAPER),
        title_line(title, WIDTH),
        numbers_line(numbers, note, WIDTH),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        font_family=FONT,
        font_variant="tabular-nums",
    )
