"""Writes the gallery: the widget in every state, on one page that needs no notebook.

    python -m gallery.make DIR

prints the path of the page, DIR/index.html. No state is written by hand: a real GDWidget is
trained into each, and what its kernel says to a page is recorded. host.js says it again to the
built front end, which runs as it does in Jupyter, without kernel and without network.

    index.html                  all states, one below the other
    index.html?state=mid-way    one alone, for a picture
    index.html?theme=dark       on a dark page
"""

from __future__ import annotations

import argparse
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import torch

from gallery.other_losses import apart, wave, with_outlier, yes_or_no, yes_or_no_of_two
from gd_widget import GDWidget, bets, make_line
from gd_widget.bets.bet import Bet
from gd_widget.core.rules import RULES
from gd_widget.data.points import in_a_plane
from gd_widget.drawing import fit
from gd_widget.page.answers import receive
from gd_widget.page.bundle import BUNDLE
from gd_widget.training.maker import Maker

HERE = Path(__file__).parent
STEPS = 14
NARROW = 360  # pixels
MARKUP = "<b>bold</b> & <script>alert('x')</script>"


class Recorded(GDWidget):
    """A widget that keeps what it says to its page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.said: list[tuple[dict[str, Any], list[bytes]]] = []
        super().__init__(*args, **kwargs)

    def send(self, content: Any, buffers: Any = None) -> None:
        """Called for every message to the page."""
        self.said.append((json.loads(content["json"]), buffers or []))

    def ask(self, kind: str, **fields: Any) -> tuple[dict[str, Any], list[bytes]]:
        """What the kernel answers to a message of a page."""
        receive(self._session, {"type": kind, "id": 0, **fields})
        return self.said[-1]

    @property
    def run(self) -> int:
        """What a page's messages must name, or they are taken for late."""
        return self._session.state.run


def trained(*args: Any, steps: int = STEPS, **arguments: Any) -> Recorded:
    """A widget some steps into its training."""
    widget = Recorded(*args, **arguments)
    widget.step(steps)
    return widget


def converged() -> Recorded:
    """A widget at the first step that counts as converged."""
    widget = Recorded(lr=0.5)
    while widget.status != "converged":
        widget.step()
    return widget


def oscillating() -> Recorded:
    """A widget whose steps overshoot the best fit, each by a little less than the last."""
    rate = float(f"{0.98 * Recorded().critical_lr:.2g}")
    return trained(lr=rate, steps=40)


def scaled(size: float) -> Recorded:
    """A widget on a line whose y is this many times as large."""
    points = make_line()
    return trained(points.x, size * points.y, guess=(-size, size))


def from_0_to_100() -> Recorded:
    """A widget on data for which the usual learning rate is far too large."""
    points = make_line()
    return trained(50 + 50 * points.x, points.y, steps=4)


def columns(d: int, **arguments: Any) -> Recorded:
    """A widget on d features, each of which varies less than the one before."""
    random = np.random.default_rng(0)
    x = random.normal(size=(3 * d, d)) / np.linspace(1, 4, d)
    y = x @ random.normal(size=d) + random.normal(size=3 * d) / 4
    return trained(x, y, **{"lr": 0.3} | arguments)


def through_zero(lr: float) -> Recorded:
    """A widget of one parameter."""
    x = np.linspace(0.1, 2, 40)
    y = 2 * x + np.random.default_rng(0).normal(size=40) / 3
    return trained(x, y, intercept=False, guess=[-1], lr=lr, steps=3)


def polynomial(**arguments: Any) -> Recorded:
    """A widget on a cubic."""
    x = np.linspace(-1, 1, 80)
    y = 1 - 2 * x + 3 * x**3 + np.random.default_rng(0).normal(size=80) / 5
    return trained(x, y, degree=3, **arguments)


def asked(*questions: Bet, answers: Sequence[Any] = (), **arguments: Any) -> Recorded:
    """A widget that asks before it shows."""
    widget = Recorded(ask=questions, **arguments)
    for answer in answers:
        widget.answer(answer)
    return widget


def race(n: int) -> Recorded:
    """A widget of n runs, each with a rule of its own."""
    return trained(optimizer=list(RULES)[:n], lr=0.1, steps=30)


def race_with_divergence() -> Recorded:
    """A widget of three runs, one of which is far too fast."""
    return trained(lr=[0.1, 0.5, 20], steps=120)


def own_code(kind: str = "right", steps: int = STEPS) -> Recorded:
    """A widget that a reader's own update() trains.

    kind : "right"; "prints", which says where it is; "stuck", as the lesson's post has it, without
        a step; "fails", with a line that raises.
    """
    points = make_line()
    x: Any = torch.stack([torch.tensor(points.x), torch.ones(len(points), dtype=torch.float64)], 1)
    y = torch.tensor(points.y)
    a: Any = torch.nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))
    lr = 0.1

    if kind == "right":

        def update() -> None:
            y_guess = x @ a
            loss = ((y_guess - y) ** 2).mean()
            loss.backward()
            with torch.no_grad():
                a.sub_(lr * a.grad)
                a.grad.zero_()

    elif kind == "prints":

        def update() -> None:
            loss = ((x @ a - y) ** 2).mean()
            print(f"loss {loss.item():.4f}, <b>slope</b> {a[0].item():.4f}")
            loss.backward()
            with torch.no_grad():
                a.sub_(lr * a.grad)
                a.grad.zero_()

    elif kind == "stuck":

        def update() -> None:
            y_guess = x @ a
            loss = ((y_guess - y) ** 2).mean()
            loss.backward()

    else:

        def update() -> None:
            a.grad.zero_()
            loss = ((x @ a - y) ** 2).mean()
            loss.backward()

    with redirect_stdout(StringIO()):  # which is heard all the same
        return trained(points.x, points.y, update=update, params=a, steps=steps)


def crowd(steps: int = STEPS) -> Recorded:
    """A widget of more points than are drawn one by one."""
    return trained(n=200_000, noise="gaussian", steps=steps)


def wordy() -> Recorded:
    """A widget with long words everywhere, some of which look like markup."""
    return trained(
        title=f"Weekly sales of umbrellas against the rain of the week before: {MARKUP}",
        x_label=f"rain of the week before, in millimetres, all stations, {MARKUP}",
        y_label=f"umbrellas sold in the whole country, in thousands, {MARKUP}",
    )


@dataclass(frozen=True)
class State:
    """One picture of the gallery.

    kernel : "answers"; "busy", heard once and then running something else; "gone" after its
        first answer; "fails" at the next step; "silent", never heard at all; "none" is there.
    width : pixels the widget is given, None: as many as the page has.
    zooms : how often the points are zoomed in on.
    is_turned : whether the surface is seen from the side.
    """

    name: str
    heading: str
    make: Callable[[], Recorded]
    kernel: str = "answers"
    width: int | None = None
    zooms: int = 0
    is_turned: bool = False


LOSSES = {"loss": ["mse", "huber", "mae"], "lr": 0.1}
YES_OR_NO = {"loss": "cross_entropy", "lr": 0.5}
HELD: dict[str, Any] = {"validation": 0.3, "seed": 3}
TWELVE: dict[str, Any] = {"degree": 12, "optimizer": "lbfgs", "lr": 1.0, "steps": 60}

STATES = [
    State("fresh", "Fresh: the guess", Recorded),
    State("mid-way", f"Mid-way: {STEPS} steps of a hundred", trained),
    State("converged", "Converged", converged),
    State("oscillating", "Oscillating: just below the critical rate", oscillating),
    State("diverged", "Diverged", lambda: trained(lr=2, steps=10_000)),
    State("error", "An error in the kernel, its details open", trained, "fails"),
    State("busy", "The kernel is busy", trained, "busy"),
    State("gone", "The kernel is gone", trained, "gone"),
    State("without-kernel", "No kernel: the page computes", trained, "none"),
    State("waiting", "Not heard from the kernel yet", Recorded, "silent"),
    State("huge", "Huge values: y about 1e9", lambda: scaled(1e9)),
    State("tiny", "Tiny values: y about 1e-9", lambda: scaled(1e-9)),
    State("from-0-to-100", "x from 0 to 100, where 0.1 is too fast", from_0_to_100),
    State("one-point", "One point", lambda: trained([2], [3])),
    State("equal-x", "All x equal", lambda: trained([2] * 10, range(10))),
    State("many-points", "20,000 points", lambda: trained(n=20_000)),
    State("density", "200,000 points", partial(crowd, 0)),
    State("density-mid-way", f"200,000 points, {STEPS} steps", crowd),
    State("density-zoomed", "200,000 points, eight times as large", crowd, zooms=3),
    State("density-saved", "200,000 points without a kernel", crowd, "none", zooms=1),
    *(
        State(name, f"{RULES[name].label}: {steps} steps", partial(trained, **how, steps=steps))
        for name, steps, how in (
            ("momentum", STEPS, {"optimizer": "momentum"}),
            ("nesterov", STEPS, {"optimizer": "nesterov"}),
            ("adagrad", STEPS, {"optimizer": "adagrad", "lr": 1}),
            ("rmsprop", STEPS, {"optimizer": "rmsprop"}),
            ("adam", STEPS, {"optimizer": "adam", "betas": (0.8, 0.99)}),
            ("cg", 1, {"optimizer": "cg"}),
            ("bfgs", 1, {"optimizer": "bfgs"}),
            ("lbfgs", 1, {"optimizer": "lbfgs"}),
            ("newton", 0, {"optimizer": "newton"}),
        )
    ),
    State("from-the-side", "The bowl from the side", trained, is_turned=True),
    State("one-parameter", "One parameter", partial(through_zero, 0.1)),
    State("one-too-fast", "One parameter, and too high a rate", partial(through_zero, 0.8)),
    State("polynomial", "A polynomial", partial(polynomial, lr=0.3)),
    State(
        "polynomial-race", "A race of polynomials", partial(polynomial, lr=[0.05, 0.7], steps=30)
    ),
    State("four-features", "Four features", partial(columns, 4)),
    State("four-turned", "Four features, from the side", partial(columns, 4), is_turned=True),
    State("many-features", "Sixty features", partial(columns, 60)),
    State("hundred-features", "A hundred features: their shadow", partial(columns, 100)),
    State("features-race", "A race on four features", partial(columns, 4, lr=[0.03, 0.6])),
    State("minibatch", "Batches of 16 points", lambda: trained(batch_size=16, steps=30)),
    State("race", "A race of three learning rates", lambda: trained(lr=[0.01, 0.1, 0.9])),
    State("race-of-8", "A race of eight rules", lambda: race(8)),
    State("race-diverged", "A race in which one run diverged", race_with_divergence),
    *(
        State(name, heading, partial(trained, *points(), **how), is_turned=name.endswith("side"))
        for name, heading, points, how in (
            ("absolute", "The absolute error", with_outlier, {"loss": "mae"}),
            ("huber", "Huber's loss", with_outlier, {"loss": "huber", "delta": 0.5, "lr": 0.5}),
            ("losses", "A race of three losses", with_outlier, LOSSES | {"steps": 60}),
            ("logistic", "Yes or no", yes_or_no, YES_OR_NO | {"steps": 30}),
            ("logistic-side", "Yes or no, from the side", yes_or_no, YES_OR_NO),
            ("logistic-bfgs", "Yes or no, by BFGS", yes_or_no, YES_OR_NO | {"optimizer": "bfgs"}),
            ("decision", "Yes or no of two features", yes_or_no_of_two, YES_OR_NO),
            ("apart", "Yes and no that a number tells apart", apart, YES_OR_NO | {"steps": 500}),
        )
    ),
    *(
        State(f"held-{name}", f"Points held back: {heading}", partial(trained, *points, **how))
        for name, heading, points, how in (
            ("line", "a line", (), HELD | {"steps": 40}),
            ("powers", "overfitting", wave(), HELD | TWELVE),
            ("race", "a race in batches", wave(), HELD | {"lr": [0.02, 0.2], "batch_size": 8}),
            ("features", "two features", yes_or_no_of_two(), HELD),
            ("decision", "yes or no of two", yes_or_no_of_two(), HELD | YES_OR_NO),
        )
    ),
    *(
        State(name, heading, partial(trained, function=f, **how), is_turned=name.endswith("side"))
        for name, heading, f, how in (
            ("himmelblau", "A function with four minima", "himmelblau", {"lr": 0.01}),
            ("himmelblau-side", "The same, from the side", "himmelblau", {"lr": 0.01}),
            ("saddle", "A saddle", "saddle", {"steps": 20}),
            ("rosenbrock", "A race in a bent valley", "rosenbrock", {"lr": [0.001, 0.0005]}),
        )
    ),
    State("own-code", "The reader's own update()", own_code),
    State("own-error", "An error in it", lambda: own_code("fails", steps=0), "fails"),
    State("printed", "It prints", lambda: own_code("prints")),
    State("coach", "It takes no step, and the coach says so", lambda: own_code("stuck")),
    State("own-gone", "Its kernel is gone", own_code, "gone"),
    State("own-without-kernel", "It was saved without its kernel", own_code, "none"),
    *(
        State(f"bet-{name}", f"A question: {heading}", partial(asked, bet, **how))
        for name, heading, bet, how in (
            ("step", "where the next step lands", bets.NextStep(), {}),
            ("loss", "what the loss will be", bets.LossAfter(20), {}),
            ("curve", "how it will go", bets.DrawLoss(50), {}),
            ("winner", "who wins a race", bets.Winner(), {"lr": [0.1, 0.5, 20]}),
            ("rate", "the largest rate", bets.LargestRate(), {}),
            ("sign", "up or down", bets.Sign(), {}),
            ("order", "the order of the lines", bets.Order(), {}),
            ("own", "a teacher's", bets.Ask(f"How many points are there? {MARKUP}", 100), {}),
            ("step-true", "where it landed", bets.NextStep(), {"answers": [(-0.5, 1.6)]}),
            ("loss-true", "what the loss is", bets.LossAfter(20), {"answers": [2]}),
            ("curve-true", "how it went", bets.DrawLoss(50), {"answers": [[3, 1, 0.5]]}),
        )
    ),
    State("markup", "Long words that look like markup", wordy),
    State("large", "Large type", lambda: trained(size="large")),
    State("low", "Lower than is usual", lambda: trained(height=460)),
    State("beginner", "The controls of a beginner", lambda: trained(controls="beginner")),
    State(
        "locked",
        "Controls that are locked",
        lambda: trained(lock=["lr", "reset", "optimizer", "speed", "timeline"]),
    ),
    State(
        "hidden",
        "Verdicts that are kept back",
        lambda: trained(lr=1.5, hide=["best", "true", "zones", "advice", "forecast"]),
    ),
    State("narrow", f"Narrow: {NARROW} px", trained, width=NARROW),
]


def record(state: State, lang: str = "en") -> dict[str, Any]:
    """All that a kernel in this state has to say in a language, as JSON; host.js says it."""
    widget = state.make()
    hello, buffers = widget.ask("hello", lang=lang)
    heard = state.kernel != "silent"
    return {
        "name": state.name,
        "heading": state.heading,
        "width": state.width,
        "kernel": state.kernel,
        "traits": {
            "_id": state.name,
            "_snapshot": widget._snapshot if heard else {},
            "_words": widget._words if heard else {},
        },
        "zooms": state.zooms,
        "is_turned": state.is_turned,
        "saved": [
            b64encode(part).decode() for part in (widget._points, widget._rows, widget._picture)
        ],
        "hello": hello,
        "buffers": [b64encode(buffer).decode() for buffer in buffers],
        "closer": closer(widget, 2**state.zooms) if state.zooms else None,
        "error": failure(widget) if state.kernel == "fails" else None,
        "start": widget.ask("seek", run=widget.run, step=0)[0],
    }


def closer(widget: Recorded, times: float) -> list[Any]:
    """What the kernel says when the middle of the fit is looked at, so many times as large."""
    ranges = fit.ranges(in_a_plane(widget._trainer.points), widget.guess, widget.guess)
    middle = {}
    for name, (low, high) in zip("xy", ranges, strict=True):
        half = (high - low) / 2
        middle[name] = [low + half - half / times, low + half + half / times]
    content, buffers = widget.ask("picture", **middle)
    return [content, [b64encode(buffer).decode() for buffer in buffers]]


def failure(widget: Recorded) -> dict[str, Any]:
    """What the kernel says when the next step cannot be computed."""
    asked = {"run": widget.run, "after": widget.n_steps, "steps": 1}
    if widget._trainer.outside is not None:  # which fails by itself
        return widget.ask("advance", **asked)[0]

    def rows_after(*_: object) -> None:
        raise MemoryError("Unable to allocate 7.45 GiB for an array of 1000000000 numbers")

    with patch.object(Maker, "rows_after", rows_after):
        error, _ = widget.ask("advance", **asked)
    return error


def rows(recording: dict[str, Any]) -> np.ndarray:
    """The table of a recording's first run, shape (rows, 7): the step, then its numbers."""
    numbers = np.frombuffer(b64decode(recording["buffers"][1]), "<f8")
    return numbers.reshape(-1, recording["hello"]["widths"][0])[:, :7]


def write(folder: Path, recordings: list[dict[str, Any]]) -> Path:
    """The page with these recordings, in `folder`."""
    content = json.dumps({"bundle": BUNDLE.read_text("utf-8"), "recordings": recordings})
    page = (HERE / "page.html").read_text("utf-8")
    for mark, kind, text in (
        ("recordings", 'type="application/json" id="recordings"', content.replace("<", "\\u003c")),
        ("host", 'type="module"', (HERE / "host.js").read_text("utf-8")),
    ):
        page = page.replace(f"<!-- {mark} -->", f"<script {kind}>{text}</script>")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(page, "utf-8")
    return path


def main() -> None:
    """Write the page and print its path."""
    parser = argparse.ArgumentParser(description="The widget in every state, on one page.")
    parser.add_argument("folder", type=Path, help="where index.html is written")
    print(write(parser.parse_args().folder, [record(state) for state in STATES]))


if __name__ == "__main__":
    main()
