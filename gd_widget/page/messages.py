"""The messages between a page and the kernel: which there are, checked, and as JSON.

Messages travel as JSON text, {"json": "…"}, beside their buffers, and so does what is kept for
pages without a kernel: between Pyodide and the page, None gets lost, and null becomes an object.

From the page (`id` chosen by the page and repeated in the answer):

    hello    {id, lang?}                  asks for everything, in a language of the web
    load     {id}                         has PyTorch imported, once there is something to see
    advance  {id, run, after, steps}      asks for the rows after a step; makes those missing
    seek     {id, run, step}              go to a row
    set      {id, run, changes, step?}    change settings, at the row the page shows
    edit     {id, run, step, at, remove, insert, held?}   replace points, or such as are held back,
                                       at the row the page shows
    picture  {id, x, y}                a closer look at many points, in these ranges of x and y
    answer   {id, bet, answer, at}     answers a bet, by its place, asked at a step; null skips it
    ask      {id, bet}                 puts a bet
    heights  {id, x, y}                a function's values in these ranges of its parameters
    reset    {id}      new_data {id}

and, where there is no front end yet to speak for it, `front_end` {}: see ../front_end.py.

To the page: `hello` (everything), `rows`, `state`, `picture`, `heights` and `error`; pages.py makes
them, and packing.py their buffers. `run` counts the times training went on from elsewhere or with
other settings, so that what was asked for before is recognised and dropped. `advance` names the row
it goes on from: asking twice makes no row twice, whoever asks. Of more than 64 parameters, all that
is told is their shadow in a plane: see shadow.py.
This file knows nothing of widgets: it turns dicts into checked dicts, and what there is into JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gd_widget.core.checks import flag, nearest, pair, point, problem, text, whole_number
from gd_widget.core.function_loss import FunctionLoss
from gd_widget.core.losses import PointLoss
from gd_widget.core.settings import RULE_SETTINGS, SETTINGS
from gd_widget.core.types import Params
from gd_widget.page.shadow import Shadow
from gd_widget.training.run import Run
from gd_widget.training.trainer import Trainer
from gd_widget.words.say import spoken

Check = Callable[[str, Any], Any]

MOST_STEPS = 100_000
"""Steps one message may ask for; a page asks for a fraction of a second's worth."""

MOST_WHOLE = 2**53 - 1
"""What a page's numbers hold of whole ones."""

MOST_EDITED = 100
"""Points one edit may insert."""


def _count(name: str, value: Any) -> int:
    return whole_number(name, value, least=0, most=2**53)


def _steps(name: str, value: Any) -> int:
    return whole_number(name, value, least=1, most=MOST_STEPS)


def _changes(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise problem(name, "an object of settings", value)
    return {key: setting(key, value[key]) for key in value}


def setting(name: str, value: Any) -> Any:
    """The checked value of a setting that a page may change."""
    if name not in PAGE_SETTINGS:
        raise ValueError(f"there is no setting {name!r}; {nearest(name, PAGE_SETTINGS)}")
    return SETTINGS[name].checked(value)


def _pairs(name: str, value: Any) -> list[Params]:
    if not isinstance(value, list) or len(value) > MOST_EDITED:
        raise problem(name, f"a list of at most {MOST_EDITED} points", value)
    return [point("a point", one) for one in value]


def _range(name: str, value: Any) -> tuple[float, float]:
    rule = "two finite numbers, the lower one first"
    low, high = pair(name, value, rule)
    if not low < high:
        raise problem(name, rule, value)
    return low, high


def _anything(name: str, value: Any) -> Any:
    """What a bet makes of it is for the bet to say."""
    return value


PAGE_SETTINGS = (*RULE_SETTINGS, "guess", "steps_per_second", "playing")
"""Those that a page may change, and is told of while training."""

MESSAGES: dict[str, dict[str, Check]] = {
    "hello": {"id": _count, "lang": text},
    "load": {"id": _count},
    "advance": {"id": _count, "run": _count, "after": _count, "steps": _steps},
    "seek": {"id": _count, "run": _count, "step": _count},
    "set": {"id": _count, "run": _count, "changes": _changes, "step": _count},
    "edit": {
        "id": _count,
        "run": _count,
        "step": _count,
        "at": _count,
        "remove": _count,
        "insert": _pairs,
        "held": flag,
    },
    "picture": {"id": _count, "x": _range, "y": _range},
    "answer": {"id": _count, "bet": _count, "answer": _anything, "at": _count},
    "ask": {"id": _count, "bet": _count},
    "heights": {"id": _count, "x": _range, "y": _range},
    "reset": {"id": _count},
    "new_data": {"id": _count},
}
OPTIONAL = {("hello", "lang"), ("set", "step"), ("edit", "held")}


def to_json(content: Any) -> str:
    """JSON text, which has no NaN."""
    return json.dumps(content, allow_nan=False)


def from_json(content: Any) -> Any:
    """What a message of JSON text says; None where it is none."""
    try:
        return json.loads(content["json"])
    except (TypeError, KeyError, ValueError, RecursionError):
        return None


def id_of(content: Any) -> int | None:
    """The id to be repeated in the answer; None where there is none, or it is no id."""
    try:
        return _count("id", content["id"])
    except (KeyError, TypeError, ValueError):
        return None


def read_message(content: Any) -> dict[str, Any]:
    """The message with every field checked, or ValueError naming field, rule and value."""
    if not isinstance(content, dict):
        raise problem("a message", "an object", content)
    kind = content.get("type")
    if not isinstance(kind, str) or kind not in MESSAGES:
        raise problem("a message's type", f"one of {', '.join(MESSAGES)}", kind)
    message: dict[str, Any] = {"type": kind}
    for name, check in MESSAGES[kind].items():
        if name in content:
            message[name] = check(name, content[name])
        elif (kind, name) not in OPTIONAL:
            raise ValueError(f"a message of type {kind!r} must have {name!r}; got {content!r:.200}")
    return message


def describe_makes(makes: dict[str, Any] | None) -> dict[str, Any] | None:
    """How points are made, as JSON: a seed too large for a page's numbers as its digits."""
    if makes is None:
        return None
    seed = makes["seed"]
    told = {**makes, "seed": seed if seed <= MOST_WHOLE else str(seed)}
    return {name: value for name, value in told.items() if value is not None}


def describe_words() -> dict[str, Any]:
    """The language that is spoken, and its sentences by the English ones, as JSON."""
    return {"lang": spoken().tag, "sentences": dict(spoken().sentences)}


def describe_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings, as JSON. What exceeds a page's numbers is as good as None: no end, all points."""
    counts = ("batch_size", "n_epochs")
    return {
        name: None if name in counts and (value or 0) > MOST_WHOLE else value
        for name, value in settings.items()
    }


def _rule_of(trainer: Trainer) -> dict[str, Any] | None:
    """The rule of ours that code of another kind does the same as at the same rate, if any."""
    plan = trainer.acts_as
    if "outside" in plan or "outside" not in trainer.plan:
        return None
    if not math.isclose(plan["lr"], trainer.lr):
        return None
    return {name: value for name, value in plan.items() if name != "lr"}


def objective_as_json(trainer: Trainer, shadow: Shadow | None = None) -> dict[str, Any]:
    """What a run goes down, as JSON: which loss, its settings, and where it is least, if known.

    shadow : of very many parameters, in whose plane that place is said.
    """
    objective = trainer.objective
    known = objective.best is not None and objective.floor is not None
    best = objective.best or ()
    place = shadow.place(best) if known and shadow else list(best)
    least = {"params": place, "loss": objective.floor} if known else None
    is_separable = isinstance(objective, PointLoss) and objective.is_separable
    name = objective.about.name if isinstance(objective, FunctionLoss) else None
    told = {**trainer.told_loss._asdict(), "function": name}
    return {**told, "least": least, "separable": is_separable}


def describe_function(trainer: Trainer) -> dict[str, Any] | None:
    """What is known of a function that is trained down, as JSON; None where points are."""
    if not isinstance(trainer.objective, FunctionLoss):
        return None
    about = trainer.objective.about
    return {
        "name": about.name,
        "names": list(about.names),
        "minima": [list(place) for place in about.minima],
        "frame": [list(ends) for ends in about.frame],
        "code": list(about.code),
    }


def describe_run(run: Run, shadow: Shadow | None = None) -> dict[str, Any]:
    """Where a run is, as JSON. Its row is as `pack_rows` has it; a rate not known is null."""
    trainer = run.trainer
    table, plan, step = trainer.table, trainer.plan, trainer.n_steps
    row = table.row(step)
    *numbers, lr = shadow.rows(np.array([row]))[0].tolist() if shadow else row
    memory = [] if shadow else table.memory(step)
    stretch = table.stretch_at(step)
    return {
        "name": run.name,
        "optimizer": plan["optimizer"],
        "outside": "outside" in plan,
        "acts_as": _rule_of(trainer),
        "lr": plan.get("lr") if "outside" in plan else trainer.lr,
        "n_rows": len(table),
        "diverged_at": trainer.diverged_at,
        "reached": run.steps_to_floor,
        "row": [step, *numbers, None if math.isnan(lr) else lr, *memory],
        "stretch": stretch and stretch.as_json(),
    }
