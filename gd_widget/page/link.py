"""A session as an address: what a page with the element opens in. js/page/link.js reads it.

    https://example.org/post.html#gradient-descent?seed=3&lr=0.5&step=20

What stands there are the element's attributes, the bets, as "next_step; loss_after 20", the
language where it is not English, and the step; what does not stand there is as usual.
What the page's author alone decides, its own words, controls and sizes, is in no link.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from gd_widget.bets import Ask
from gd_widget.bets.bet import Bet
from gd_widget.core.checks import problem
from gd_widget.core.function_loss import FunctionLoss
from gd_widget.core.functions import FUNCTIONS
from gd_widget.core.settings import SETTINGS, panels_for
from gd_widget.page.state import State
from gd_widget.training.start import usual_start

LINKED = (
    *("n", "noise", "seed", "true_params", "validation", "degree", "intercept", "standardize"),
    *("loss", "function", "delta", "ridge", "optimizer", "lr", "batch_size", "momentum", "alpha"),
    *("betas", "history_size", "guess", "n_epochs", "steps_per_second", "panels"),
)
"""The settings that a link may have."""

MOST_STEPS, MOST_POINTS = 10_000, 20_000
"""What a page makes because an address says so."""

ELEMENT = "gradient-descent"
"""What listens to a link that names no element of the page."""

INSTEAD = "w.save(path) writes a page that has them"


def link(state: State, base_url: str) -> str:
    """The address of a page, with where this session is; see GDWidget.link."""
    if not isinstance(base_url, str) or not any(urlsplit(base_url)[1:3]):
        raise problem("base_url", "the address of a page", base_url)
    page, _, element = base_url.partition("#")
    return f"{page}#{element or ELEMENT}?{urlencode(_told(state))}"


def _told(state: State) -> dict[str, str]:
    """What is not as usual, by the names of the element's attributes; the bets, and the step."""
    values, points = _values(state), state.race.first.points
    usual = {name: SETTINGS[name].default for name in LINKED}
    panels = panels_for(len(points.names), state.race.kinds)
    usual |= {"guess": usual_start(points), "panels": panels}
    if values["function"] is not None:
        usual["lr"] = FUNCTIONS[values["function"]].lr
    changed = {name: value for name, value in values.items() if value not in (None, usual[name])}
    if state.asked.bets:
        changed["ask"] = "; ".join(map(_bet_in_words, state.asked.bets))
    if state.settings["lang"] not in ("", "en"):
        changed["lang"] = state.settings["lang"]
    if state.race.n_steps:
        changed["step"] = state.race.n_steps
    return {name.replace("_", "-"): _in_text(value) for name, value in changed.items()}


def _values(state: State) -> dict[str, Any]:
    """The settings of LINKED as they are now. ValueError where no page could make the same."""
    _must_be_made_anew(state)
    held_back = (state.makes or {}).get("validation")
    if isinstance(held_back, list):
        raise problem("validation", "a share in a link", held_back)
    first, losses = state.race.first, [one.told_loss for one in state.race.trainers]
    model, kinds = first.points.model, [loss.kind for loss in losses]
    known = {
        **(state.makes or {}),
        **state.settings,
        **{"degree": model.degree, "intercept": model.intercept is not None},
        **{"standardize": model.means is not None, "ridge": losses[0].ridge},
        "loss": kinds if len(set(kinds)) > 1 else kinds[0],
        "delta": next((loss.delta for loss in losses if loss.kind == "huber"), 1.0),
        "function": None,
    }
    objective = first.objective
    if isinstance(objective, FunctionLoss):
        known |= {"function": objective.about.name, "loss": None, "intercept": None}
    return {name: known.get(name) for name in LINKED}


def _bet_in_words(bet: Bet) -> str:
    """Its kind, and how far it looks ahead where that was chosen."""
    if isinstance(bet, Ask):
        raise ValueError(f"a link has no words, and this question has: {INSTEAD}")
    settings = bet.settings()
    return " ".join(str(settings[name]) for name in ("kind", "steps") if name in settings)


def _must_be_made_anew(state: State) -> None:
    """Raise ValueError for what a page could not make of an address."""
    first = state.race.first
    is_known = isinstance(first.objective, FunctionLoss) and first.objective.about.name is not None
    if not is_known and (state.makes is None or state.are_edited):
        were = "not made from one" if state.makes is None else "edited since"
        raise ValueError(f"a link has the seed of points, and these were {were}: {INSTEAD}")
    if first.outside is not None or state.recorder is not None:
        raise ValueError(f"code in Python made these steps, which no page can: {INSTEAD}")
    sizes = {"n": (len(first.points), MOST_POINTS), "step": (state.race.n_steps, MOST_STEPS)}
    for name, (value, most) in sizes.items():
        if value > most:
            raise ValueError(f"{name} must be at most {most} in a link; got {value}: {INSTEAD}")


def _in_text(value: Any) -> str:
    """As an attribute of the element has it: a list with spaces between."""
    if isinstance(value, (list, tuple)):
        return " ".join(map(_in_text, value))
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
