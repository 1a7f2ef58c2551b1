"""A page without a kernel finds the same truths, gives the same scores, and says the same words."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gd_widget import GDWidget, bets
from gd_widget.bets import about_code
from gd_widget.bets.bet import Bet

ROOT = Path(__file__).parents[2]

IN_A_PAGE = """
  import { readFileSync } from "node:fs";
  import { LINES, SHUFFLED } from "./js/bets/about-code.js";
  import { KINDS } from "./js/bets/asked.js";
  import { readSaved } from "./js/sources/read-saved.js";
  import { newStanding } from "./js/sources/standing.js";
  import { question, verdict } from "./js/words/en-bets.js";
  const played = ({ saved, steps, answers }) => {
    const standing = newStanding(readSaved(() => saved));
    standing.race.trainTo(steps, () => false);
    const refused = [];
    answers.forEach((answer, bet) => {
      try {
        standing.obey("ask", { bet });
        standing.obey("answer", { bet, answer });
      } catch ({ message }) {
        refused.push(message);
      }
    });
    const { bets, names, runs } = standing.state();
    const said = bets.map((bet) => [
      question(bet, names, runs[0].name),
      bet.truth && verdict(bet, names, runs[0].name),
    ]);
    return { bets, said, refused };
  };
  const cases = JSON.parse(readFileSync(0, "utf8")).map(played);
  console.log(JSON.stringify({ kinds: Object.keys(KINDS), lines: LINES, shuffled: SHUFFLED, cases }));
"""


class Case:
    """Questions, how many steps are made before, answers, and what else the widget is given."""

    def __init__(self, *asked: Bet, answers: list[Any], steps: int = 0, **how: Any) -> None:
        self.make = lambda: GDWidget(ask=list(asked), engine="numpy", **how)
        self.answers, self.steps = answers, steps

    def in_python(self) -> GDWidget:
        w = self.make()
        w.step(self.steps)
        for i, answer in enumerate(self.answers):
            w._session.ask(i)
            try:
                w._session.answer(answer, i)
            except ValueError as error:
                self.refused = str(error)
        return w

    def as_json(self) -> dict[str, Any]:
        saved = self.make()._session.state.saved()
        packed = [b64encode(part).decode() for part in (saved.points, saved.rows, saved.picture)]
        parts = dict(zip(("points", "rows", "picture"), packed, strict=True))
        snapshot = {"snapshot": saved.snapshot, **parts}
        return {"saved": snapshot, "steps": self.steps, "answers": self.answers}


ALL = [
    bets.NextStep(),
    bets.LossAfter(20),
    bets.DrawLoss(30),
    bets.LargestRate(),
    bets.Sign(),
    bets.Order(),
    bets.Ask("How steep?", 3, 0.25),
]
ANSWERS = [
    [-0.5, 1.6],
    2.0,
    [3, 1, 0.5],
    0.5,
    [1, -1],
    ["guess", "grad", "loss", "update", "zero"],
    2.8,
]
ALL_LOSSES = ALL[:3]
"""Those that can be asked of any."""

X = np.linspace(0.1, 2, 40)
TEN = np.random.default_rng(1).normal(size=(50, 10))

CASES = {
    "all": Case(*ALL, answers=ANSWERS),
    "skipped": Case(*ALL, answers=[None] * len(ALL)),
    "later": Case(*ALL, answers=ANSWERS, steps=7, lr=0.3),
    "momentum": Case(*ALL, answers=ANSWERS, steps=3, optimizer="momentum"),
    "batches": Case(*ALL[:3], answers=ANSWERS[:3], batch_size=16),
    "newton": Case(*ALL[:3], answers=ANSWERS[:3], optimizer="newton"),
    "diverges": Case(*ALL[:4], answers=ANSWERS[:4], lr=200),
    "far": Case(bets.LossAfter(5000), bets.DrawLoss(400), answers=[1, [1, 2]], lr=1.5),
    "one parameter": Case(
        *ALL[:2], x=X, y=2 * X, intercept=False, answers=[[0.5], 1.0], guess=[-1]
    ),
    "absolute": Case(*ALL_LOSSES, answers=ANSWERS[:3], loss="mae", steps=4),
    "huber": Case(*ALL_LOSSES, answers=ANSWERS[:3], loss="huber", delta=0.5),
    "yes or no": Case(
        *ALL_LOSSES, x=X, y=np.arange(40) % 3 > 0, answers=ANSWERS[:3], loss="cross_entropy"
    ),
    "ridge": Case(*ALL[:4], answers=ANSWERS[:4], ridge=0.1),
    "function": Case(*ALL_LOSSES, answers=ANSWERS[:3], function="himmelblau", lr=0.01, steps=2),
    "function that diverges": Case(*ALL_LOSSES, answers=ANSWERS[:3], function="himmelblau", lr=9),
    "polynomial": Case(*ALL[1:4], answers=ANSWERS[1:4], degree=3),
    "ten features": Case(*ALL[1:4], answers=ANSWERS[1:4], x=TEN, y=TEN @ range(10)),
    "race of losses": Case(bets.Winner(), answers=["none"], loss=["mse", "huber"]),
    "race": Case(bets.Winner(), *ALL[:2], answers=["0.1", *ANSWERS[:2]], lr=[0.1, 0.5, 20]),
    "won": Case(bets.Winner(), answers=["0.5"], lr=[0.1, 0.5, 20], steps=9),
    "tie": Case(bets.Winner(), answers=["none"], lr=[0.5, 0.5, 0.1]),
    "nobody": Case(bets.Winner(10), answers=["20"], lr=[20, 30]),
    "bad loss": Case(bets.LossAfter(), answers=[-1]),
    "bad place": Case(bets.NextStep(), answers=[[1]]),
    "bad run": Case(bets.Winner(), answers=["7"], lr=[0.1, 0.5]),
}


@pytest.fixture(scope="module")
def in_javascript() -> dict[str, Any]:
    command = ["node", "--input-type=module", "-e", IN_A_PAGE]
    told = json.dumps([case.as_json() for case in CASES.values()])
    run = subprocess.run(command, cwd=ROOT, input=told, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


@pytest.mark.parametrize("name", [name for name in CASES if not name.startswith("bad")])
def test_a_page_finds_the_same(name: str, in_javascript: dict[str, Any]) -> None:
    case, there = CASES[name], in_javascript["cases"][list(CASES).index(name)]
    w = case.in_python()
    for mine, its, (_, said) in zip(w.answers, there["bets"], there["said"], strict=True):
        assert its["score"] == pytest.approx(mine["score"], rel=1e-9, abs=1e-12)
        assert_alike(its["truth"], mine["truth"])
        assert (its["at"], its["answer"]) == (mine["at"], mine["answer"])
        assert said == mine["said"]
    asked = [question for question, _ in there["said"]]
    assert asked[: len(w.answers)] == [one["question"] for one in w.answers]


def test_a_page_refuses_the_same_in_the_same_words(in_javascript: dict[str, Any]) -> None:
    for name in ("bad loss", "bad place", "bad run"):
        case, there = CASES[name], in_javascript["cases"][list(CASES).index(name)]
        assert case.in_python().answers == []
        (refused,) = there["refused"]
        assert refused.partition(";")[0] == case.refused.partition(";")[0]


def assert_alike(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert one.keys() == other.keys()
    for name, value in other.items():
        is_text = name in ("names", "lines", "first")
        are_none = value is None or (isinstance(value, list) and None in value)
        exact = is_text or are_none
        assert one[name] == (value if exact else pytest.approx(value, rel=1e-9, abs=1e-12))


def test_both_know_the_same_kinds(in_javascript: dict[str, Any]) -> None:
    kinds = [getattr(bets, name).kind for name in bets.__all__]
    assert sorted(in_javascript["kinds"]) == sorted(kinds)
    assert in_javascript["lines"] == about_code.LINES
    assert list(in_javascript["lines"]) == list(about_code.LINES)
    assert in_javascript["shuffled"] == list(about_code.SHUFFLED)
