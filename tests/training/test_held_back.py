"""Points that are held back: their loss is a plain PyTorch loop's, and training never sees them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from gd_widget import GDWidget
from gd_widget.core.held_back import held_places

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/held_back.json").read_text())
X, WAVE, ANSWERS = (np.array(GOLDEN[name]) for name in ("x", "y", "answers"))


def widget(case, **more):
    kind = case["loss"]["kind"]
    told = {"loss": kind, **{name: case["loss"][name] for name in case["loss"] if name != "kind"}}
    y = ANSWERS if kind == "cross_entropy" else WAVE
    settings = {"degree": case["degree"], "batch_size": case["batch_size"], **told, **more}
    return GDWidget(X, y, validation=GOLDEN["share"], seed=GOLDEN["seed"], **settings)


def name_of(case):
    return " ".join(map(str, [*case["loss"].values(), case["degree"], case["batch_size"]]))


@pytest.mark.parametrize("engine", ["torch", "numpy"])
@pytest.mark.parametrize("case", GOLDEN["cases"], ids=name_of)
def test_the_loss_of_points_held_back_is_that_of_a_plain_loop(case, engine):
    w = widget(case, engine=engine)
    expected = np.array(case["rows"])
    w.step(GOLDEN["steps"][-1])
    history = w.history[GOLDEN["steps"]]
    made = np.stack([history[name] for name in (*w.names, "loss", "validation_loss")], axis=1)
    sizes = 1e-12 * (np.abs(expected) + np.abs(expected).max(axis=0))
    if engine == "numpy" and case["degree"] == 12:
        sizes[:, -2] *= 10  # of powers nearly alike: see core/quadratic.py
    assert (np.abs(made - expected) <= sizes).all()
    assert w.validation_loss == pytest.approx(expected[-1, -1], rel=1e-12)
    assert w.runs[0].validation_loss == w.validation_loss


def test_who_is_held_back_is_drawn_by_the_seed_apart_from_the_points():
    n = len(X)
    held = held_places(GOLDEN["share"], n, GOLDEN["seed"])
    assert np.flatnonzero(held).tolist() == GOLDEN["held"]
    assert (held_places(0.3, n, 6) != held).any()
    w = GDWidget(n=200, validation=0.25, engine="numpy")
    x, y = w.held_back
    assert (len(w.x), len(x), len(y)) == (150, 50, 50)
    # Neither those furthest to the left, nor those of the least noise.
    everyone = GDWidget(n=200, engine="numpy")
    assert sorted([*w.x, *x]) == sorted(everyone.x)
    assert x.min() < -0.8 and x.max() > 0.8
    before = w.held_back
    w.new_data()
    assert (len(w.x), len(w.held_back[0])) == (150, 50)
    assert not set(before[0]) & set(w.held_back[0])


def test_a_mask_and_places_say_the_same():
    mask = np.arange(10) >= 7
    for validation in (mask, mask.tolist(), [7, 8, 9], np.array([9, 7, 8])):
        w = GDWidget(np.arange(10.0), np.arange(10.0), validation=validation, engine="numpy")
        assert w.x.tolist() == list(range(7)) and w.held_back[0].tolist() == [7, 8, 9]


def test_what_is_known_of_columns_is_known_of_the_others_alone():
    rng = np.random.default_rng(0)
    x = np.column_stack([rng.normal(size=40), rng.normal(5, 3, 40)])
    y = x @ [1, 2] + rng.normal(size=40)
    mask = np.arange(40) < 10
    w = GDWidget(x, y, validation=mask, standardize=True, ridge=0.1, engine="numpy")
    assert w._trainer.points.model.means == pytest.approx(x[10:].mean(axis=0))
    assert w.least_squares == pytest.approx(
        GDWidget(x[10:], y[10:], standardize=True, engine="numpy").least_squares
    )
    w.step(9)
    # Of the points held back, the plain mean of squares: the ridge is a price of training.
    held, truth = w.held_back
    assert held.tolist() == x[:10].tolist()
    assert w.validation_loss == pytest.approx(((w.predict(held) - truth) ** 2).mean(), rel=1e-12)


def test_of_many_powers_training_overfits_and_points_held_back_show_it():
    def last(degree):
        w = GDWidget(X, WAVE, degree=degree, validation=0.3, seed=3, optimizer="newton")
        w.step(1)
        return w.loss, w.validation_loss

    few, some, many = last(1), last(5), last(12)
    assert few[0] > some[0] > many[0]
    assert some[1] < few[1] and some[1] < many[1]


def test_each_run_of_a_race_has_its_own():
    w = GDWidget(X, WAVE, validation=0.3, loss=["mse", "mae"], engine="numpy")
    w.step(5)
    x, y = w.held_back
    off = [run.slope * x + run.intercept - y for run in w.runs]
    expected = [(off[0] ** 2).mean(), np.abs(off[1]).mean()]
    assert [run.validation_loss for run in w.runs] == pytest.approx(expected, rel=1e-12)


def test_it_can_be_observed_and_is_none_where_no_points_are_held_back():
    seen = []
    w = GDWidget(validation=0.3, engine="numpy")
    w.observe(lambda change: seen.append(change.new), "validation_loss")
    w.step(2)
    assert seen[-1] == w.validation_loss
    assert "held_back=30" in repr(w) and "validation_loss=" in repr(w)
    plain = GDWidget(engine="numpy")
    assert plain.validation_loss is None and plain.held_back is None
    assert "validation_loss" not in plain.history.dtype.names


def test_code_of_the_readers_own_gets_the_others():
    a = torch.nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))

    def update():
        loss = ((a[0] * torch.tensor(w.x) + a[1] - torch.tensor(w.y)) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()

    w = GDWidget(update=update, params=a, validation=0.3)
    w.step(20)
    ours = GDWidget(validation=0.3)
    ours.step(20)
    assert w.loss == pytest.approx(ours.loss, rel=1e-12) and w.advice == ""
    assert w.validation_loss == pytest.approx(ours.validation_loss, rel=1e-12)


RULE = "a share above 0 and below 1, a mask of True and False, or places of points"
SIDES = "validation must leave at least one point on each side; got "
MASK = "a mask of 30, as many as there are points"
BAD = {
    **{
        repr(bad): (bad, f"validation must be {RULE}; got {bad!r}")
        for bad in (0, 1, -0.1, 1.5, float("nan"), True, "a third", [], [[1]], [0.5, 0.2], {1})
    },
    "a short mask": ([True, False], f"validation must be {MASK}; got 2"),
    "a place beyond": (
        [30],
        "validation must be places from 0 to 29, none of them twice; got [30]",
    ),
    "a place below": ([-1], "validation must be places from 0 to 29, none of them twice; got [-1]"),
    "a place twice": ([1, 1], "validation must be places from 0 to 29, none of them twice"),
    "too little": (0.001, f"{SIDES}0.001, which holds back 0 of 30"),
    "too much": (0.999, f"{SIDES}0.999, which holds back 30 of 30"),
    "all": ([True] * 30, SIDES),
    "none": ([False] * 30, SIDES),
}


@pytest.mark.parametrize("bad", BAD)
def test_what_holds_back_nothing_or_all_or_is_no_such_thing_is_refused(bad):
    validation, words = BAD[bad]
    with pytest.raises(ValueError, match=re.escape(words)):
        GDWidget(n=30, validation=validation, engine="numpy")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"function": "saddle"}, "validation must be left out where function is given"),
        ({"n": 30_000}, "None for data of which only a sample is drawn, as of these 30000"),
        ({"x": np.eye(70), "y": np.ones(70)}, "None for more than 64 parameters"),
        ({"x": [0, 1, 2], "y": [0, 1, 1], "seed": 3, "validation": [0]}, "seed must be left out"),
        ({"x": [0, 1, 2], "y": [0, 1, 1], "n": 3}, "n must be left out"),
        ({"x": [0, 1], "y": [0, 1e200], "validation": [1]}, "small enough for their squares"),
    ],
)
def test_where_no_points_can_be_held_back_it_is_said(settings, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        GDWidget(**{"validation": 0.3, "engine": "numpy", **settings})


def test_of_yes_or_no_those_held_back_are_too():
    words = re.escape("y must be 0 or 1 for loss='cross_entropy'; got 2")
    with pytest.raises(ValueError, match=words):
        GDWidget([0, 1, 2], [0, 1, 2], validation=[2], loss="cross_entropy", engine="numpy")


def test_what_was_made_stays_as_it_was_made():
    w = GDWidget(validation=0.3, engine="numpy")
    with pytest.raises(AttributeError, match=r"validation stays as the widget was made"):
        w.validation = 0.5


def test_a_link_has_the_share_and_no_list():
    w = GDWidget(validation=0.3, engine="numpy")
    assert w.link("https://example.org/").endswith("#gradient-descent?validation=0.3")
    w = GDWidget(validation=[3, 4], engine="numpy")
    with pytest.raises(ValueError, match=r"validation must be a share in a link; got \[3, 4\]"):
        w.link("https://example.org/")
