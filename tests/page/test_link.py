"""A link: what stands in it, what cannot, and that a page which opens it is where Python is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
import torch

from gd_widget import GDWidget, bets
from gd_widget.core.functions import FUNCTIONS
from gd_widget.core.rules import RULES
from gd_widget.core.settings import SETTINGS
from gd_widget.page.link import LINKED

ROOT = Path(__file__).parents[2]
PAGE = "https://example.org/post.html"

OPENED = """
  import { readFileSync } from "node:fs";
  import { LINKED, asking, linked, linkOf } from "./js/page/link.js";
  import { newBrowserSource } from "./js/sources/browser.js";
  import { at, begin } from "./js/sources/start.js";
  import { newSession } from "./js/session/session.js";
  const opened = JSON.parse(readFileSync(0, "utf8")).map((hash) => {
    const asked = linked("gradient-descent", hash);
    const known = at(asked.step, asking(asked, begin(asked.options)));
    const { view } = newSession(newBrowserSource(known));
    const bets = view.bets.map(({ kind, steps, hides, stops }) => ({ kind, steps, hides, stops }));
    const runs = view.runs.map(({ row, lr, optimizer }) => ({ params: row.params, lr, optimizer }));
    return { again: `#${linkOf("gradient-descent", view)}`, step: view.bets[0]?.at ?? view.step, runs, bets };
  });
  console.log(JSON.stringify({ opened, LINKED }));
"""


def in_a_page(hashes: list[str]) -> dict[str, Any]:
    """What pages show that are opened so, and the links they give themselves."""
    command = ["node", "--input-type=module", "-e", OPENED]
    given = json.dumps(hashes)
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=given)
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def some_widgets() -> list[GDWidget]:
    """Widgets that differ from the usual one in one thing each, and in many at random."""
    one = [
        *({"optimizer": name} for name in RULES),
        *({"loss": loss} for loss in ("mse", "mae", "huber")),
        *({"degree": degree} for degree in (2, 3)),
        {"lr": [0.1, 0.5, 1e-3], "optimizer": "momentum"},
        {"optimizer": ["gd", "adam"]},
        {"lr": 2.0},
        {"loss": ["mse", "huber"], "delta": 0.5, "ridge": 0.25},
        {"intercept": False, "guess": [2]},
        {"standardize": True, "degree": 2},
        {"seed": 10**17, "true_params": (1, -2.5), "noise": "gaussian", "n": 30},
        {"batch_size": 16, "n_epochs": 3, "steps_per_second": 2.5, "panels": ["loss", "fit"]},
        {"optimizer": "adam", "betas": (0.5, 0.25)},
        *({"function": name} for name in FUNCTIONS),
        {"function": "himmelblau", "lr": 0.1, "guess": [2, 1], "optimizer": "momentum"},
        {"function": "saddle", "lr": [0.1, 0.2], "panels": ["surface"]},
        *({"ask": [bet]} for bet in (bets.NextStep(), bets.Sign(), bets.LossAfter())),
        {"ask": [bets.LargestRate(), bets.DrawLoss(30), bets.Order(), bets.LossAfter(7)]},
        {"ask": [bets.Winner()], "lr": [0.1, 0.5], "loss": "huber"},
    ]
    random = np.random.default_rng(0)
    many = [
        {
            "seed": int(random.integers(1000)),
            "n": int(random.integers(2, 200)),
            "lr": round(float(random.uniform(0.01, 0.9)), 3),
            "guess": random.normal(size=2).round(3).tolist(),
            "true_params": tuple(random.integers(-5, 5, 2).tolist()),
            "momentum": float(random.choice([0.0, 0.5, 0.9])),
            "optimizer": str(random.choice(["gd", "momentum", "rmsprop", "adam"])),
        }
        for _ in range(20)
    ]
    return [GDWidget(engine="numpy", **how) for how in [{}, *one, *many]]


def test_a_page_opens_where_python_is_and_gives_the_same_link():
    widgets = some_widgets()
    for i, w in enumerate(widgets):
        w.step(i % 40)
    hashes = [w.link(PAGE).removeprefix(PAGE) for w in widgets]
    answer = in_a_page(hashes)
    assert answer["LINKED"] == list(LINKED)
    for w, hash_, page in zip(widgets, hashes, answer["opened"], strict=True):
        assert page["again"] == hash_
        assert page["step"] == w.n_steps
        told = [bet.as_json() for bet in w._session.state.asked.bets]
        assert page["bets"] == told
        for run, shown in zip(w.runs, page["runs"], strict=True):
            assert shown["params"] == pytest.approx(run.params, rel=1e-9, abs=1e-12), hash_


def test_it_says_what_is_not_as_usual_and_no_words_or_controls():
    assert set(LINKED) < set(SETTINGS)
    w = GDWidget(title="<b>T</b>", controls="beginner", hide=["best"], x_label="age", lr=0.5)
    assert w.link(PAGE) == f"{PAGE}#gradient-descent?lr=0.5"
    assert w.link(f"{PAGE}#mine") == f"{PAGE}#mine?lr=0.5"
    w.new_data(7)
    w.optimizer = "adam"
    w.step(3)
    query = w.link(PAGE).partition("?")[2]
    assert dict(parse_qsl(query)) == {"seed": "7", "optimizer": "adam", "lr": "0.5", "step": "3"}


def test_the_language_is_in_it_where_it_is_not_english():
    assert GDWidget(lang="es").link(PAGE) == f"{PAGE}#gradient-descent?lang=es"
    assert GDWidget(lang="en").link(PAGE) == GDWidget().link(PAGE) == f"{PAGE}#gradient-descent?"


def own_code() -> GDWidget:
    a = np.array([0.0, 0.0])
    return GDWidget([0, 1], [1, 2], params=a, update=lambda: None)


def far() -> GDWidget:
    w = GDWidget(engine="numpy")
    w.step(10_001)
    return w


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: GDWidget([0, 1], [1, 2]), "these were not made from one: w.save"),
        (own_code, "these were not made from one: w.save"),
        (lambda: GDWidget(optimizer=torch.optim.SGD), "code in Python made these steps"),
        (lambda: GDWidget(n=20_001), "n must be at most 20000 in a link; got 20001: w.save"),
        (lambda: GDWidget(ask=[bets.Ask("How many?", 2)]), "a link has no words, and this"),
        (lambda: GDWidget(function=lambda x, y: x * y, guess=[1, 1]), "were not made from one"),
        (far, "step must be at most 10000 in a link; got 10001"),
    ],
)
def test_what_no_page_could_make_is_refused_and_said(make, said):
    with pytest.raises(ValueError, match=said):
        make().link(PAGE)


@pytest.mark.parametrize("bad", [None, "", "#here", 7])
def test_an_address_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="^base_url must be the address of a page; got "):
        GDWidget().link(bad)
