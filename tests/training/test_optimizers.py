"""Optimizers and their settings, as a widget has them: traits, messages and the one line."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from gd_widget import GDWidget, sharing
from gd_widget.core.rules import RULES
from gd_widget.page.answers import receive


@pytest.mark.parametrize("name", RULES)
def test_every_rule_goes_downhill(name):
    w = GDWidget(optimizer=name, engine="numpy")
    before = w.loss
    w.step(30)
    assert w.loss < before and w.n_steps == 30
    assert w.optimizer == w.runs[0].optimizer == name


def test_the_one_line_says_the_optimizer_where_it_is_another():
    w = GDWidget(optimizer="adam", batch_size=10)
    assert repr(w).startswith("GDWidget(n=100, optimizer='adam', lr=0.1, batch_size=10, step=0, ")
    assert repr(GDWidget(optimizer="newton")).startswith(
        "GDWidget(n=100, optimizer='newton', step=0"
    )


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"optimizer": "adma"}, "optimizer must be one of 'gd', 'momentum', .*; got 'adma'"),
        ({"optimizer": 3}, "optimizer must be one of 'gd', .*; got 3"),
        ({"batch_size": 0}, "batch_size must be a whole number, at least 1; got 0"),
        ({"batch_size": 2.5}, "batch_size must be a whole number, at least 1; got 2.5"),
        ({"momentum": 1}, "momentum must be a number from 0 to below 1; got 1"),
        ({"momentum": True}, "momentum must be a number from 0 to below 1; got True"),
        ({"alpha": -0.1}, "alpha must be a number from 0 to below 1; got -0.1"),
        ({"betas": 0.9}, "betas must be two numbers from 0 to below 1; got 0.9"),
        ({"betas": (0.9, 1)}, r"betas must be two numbers from 0 to below 1; got \(0.9, 1\)"),
    ],
)
def test_bad_settings_are_refused_and_change_nothing(bad, words):
    with pytest.raises(ValueError, match=words):
        GDWidget(**bad)
    w = GDWidget(optimizer="adam", batch_size=20)
    ((name, value),) = bad.items()
    before = getattr(w, name)
    with pytest.raises(ValueError, match=words):
        setattr(w, name, value)
    assert getattr(w, name) == before
    assert w._trainer.settings[name] == before


def test_settings_may_change_at_any_step_and_count_from_there():
    w = GDWidget(engine="numpy")
    w.step(10)
    w.optimizer = "momentum"
    w.step(5)
    w.momentum = 0.5
    w.step(5)
    w.optimizer = "newton"
    w.step(1)
    plans = [stretch.plan for stretch in w._trainer.table.stretches]
    assert [(p["optimizer"], p.get("momentum")) for p in plans] == [
        ("gd", None),
        ("momentum", 0.9),
        ("momentum", 0.5),
        ("newton", None),
    ]
    assert np.isnan(w.history["lr"]).tolist() == [False] * 21 + [True]
    assert w.status == "converged"


def test_a_setting_that_the_rule_does_not_heed_changes_no_row():
    w = GDWidget(engine="numpy")
    w.step(10)
    before = w.history
    w.seek(4)
    w.momentum = 0.3
    w.step(6)
    assert w.history.tobytes() == before.tobytes()
    assert len(w._trainer.table.stretches) == 1


def test_epochs_are_told_from_steps():
    w = GDWidget(batch_size=30)
    w.step(9)
    assert w.history["epoch"].tolist() == pytest.approx([i / 4 for i in range(10)])
    w.batch_size = None
    w.step(2)
    assert w.history["epoch"][-2:].tolist() == pytest.approx([3.25, 4.25])


def test_play_pauses_after_so_many_epochs():
    w = GDWidget(batch_size=30, n_epochs=5)
    w.step(3)
    w.play()
    assert w._session.state.stop_at == 3 + 5 * 4


def test_a_batch_as_large_as_all_is_all():
    w, whole = GDWidget(batch_size=100), GDWidget()
    w.step(5)
    whole.step(5)
    assert w.history.tobytes() == whole.history.tobytes()


@pytest.mark.parametrize(
    ("optimizer", "beta", "factor"),
    [("gd", 0.9, 1), ("momentum", 0.9, 1.9), ("momentum", 0.5, 1.5), ("nesterov", 0.9, 1.9 / 2.8)],
)
def test_the_critical_rate_is_that_of_the_rule(optimizer, beta, factor):
    settings = {"optimizer": optimizer, "momentum": beta, "engine": "numpy"}
    critical = factor * GDWidget().critical_lr
    below, above = (GDWidget(lr=critical * share, **settings) for share in (0.98, 1.02))
    assert below.advice == ""
    assert f"is above {critical:.3g}, the critical rate" in above.advice
    below.step(2000)
    above.step(2000)
    assert below.loss < 0.1
    assert above.loss > 1e3
    suggested = float(above.advice.rsplit("Try ")[1].rstrip("."))
    above.lr = suggested
    above.reset()
    above.step(500)
    assert above.loss < 0.08


def test_rules_without_a_critical_rate_are_not_warned_of_one():
    for name in ("adagrad", "rmsprop", "adam", "cg", "newton"):
        assert GDWidget(optimizer=name, lr=50.0).advice == ""


def test_a_page_changes_optimizers_too():
    w = GDWidget(engine="numpy")
    w.step(3)
    sent = []
    w._session.pages.send = lambda content, buffers: sent.append(content)

    def say(**changes):
        sent.clear()
        receive(w._session, {"type": "set", "id": 1, "run": 0, "changes": changes})
        return sent[0]

    say(optimizer="adam", betas=[0.8, 0.99], batch_size=10)
    assert (w.optimizer, w.betas, w.batch_size) == ("adam", (0.8, 0.99), 10)
    assert sent[0]["runs"][0]["optimizer"] == "adam"
    assert say(optimizer="own")["type"] == "error"
    assert say(optimizer=["gd", "adam"])["message"].startswith("optimizer must be one value, or 1")
    assert say(batch_size="all")["message"].startswith("batch_size must be a whole number")
    assert w.optimizer == "adam"


def test_a_rate_too_large_for_a_power_diverges_like_any_other():
    w = GDWidget(optimizer="momentum", lr=1e300, engine="numpy")
    w.step(50)
    assert w.status == "diverged" and math.isfinite(w.loss)


def test_a_memory_too_large_to_hold_is_divergence_too():
    w = GDWidget(optimizer="gd", lr=50, engine="numpy")
    w.step(1000)
    w.optimizer = "adagrad"
    w.step(3)
    assert (w.status, w.runs[0].diverged_at) == ("diverged", w.n_steps + 1)
    json.dumps(w._session.state.brief(), allow_nan=False)


def test_the_picture_of_every_rule_can_be_drawn():
    for name in RULES:
        w = GDWidget(optimizer=name, batch_size=10)
        w.step(2)
        assert sharing.picture(w._session.state).endswith("</svg>")
