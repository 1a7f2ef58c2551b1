"""Each bet's truth is what training then does, and its score follows the rule that it states."""

import math
import re

import numpy as np
import pytest
import torch

from gd_widget import GDWidget, bets
from gd_widget.bets.about_code import LINES
from gd_widget.words.bets import question

RATE = 0.1


def asked(*questions, **how):
    return GDWidget(lr=how.pop("lr", RATE), ask=list(questions), engine="numpy", **how)


def plain_training(steps, lr=RATE):
    """Parameters and loss of each step, by a loop that shares nothing with the package's."""
    w = GDWidget(lr=lr, engine="numpy")
    x, y, (a, b) = w.x, w.y, (-1.0, 1.0)
    rows = []
    for _ in range(steps + 1):
        r = a * x + b - y
        rows.append((a, b, float(np.mean(r * r))))
        if rows[-1][2] > 1e100:
            break
        a, b = a - lr * float(np.mean(2 * r * x)), b - lr * float(np.mean(2 * r))
    return rows


def given(w):
    return w.answers[-1]


def test_next_step():
    w = asked(bets.NextStep())
    w.answer((-0.5, 1.6))
    before, after = plain_training(1)
    assert given(w)["truth"]["params"] == pytest.approx(after[:2])
    off = math.dist((-0.5, 1.6), after[:2]) / math.dist(before[:2], after[:2])
    assert given(w)["score"] == pytest.approx(1 - off)


def test_loss_after():
    w = asked(bets.LossAfter(20))
    w.answer(2)
    rows = plain_training(20)
    assert given(w)["truth"]["loss"] == pytest.approx(rows[20][2])
    off = abs(2 - rows[20][2]) / (rows[0][2] - rows[20][2])
    assert given(w)["score"] == pytest.approx(1 - off)
    assert w.score == given(w)["score"]


def test_a_curve_is_as_good_as_it_is_near_on_average():
    w = asked(bets.DrawLoss(4))
    w.answer([4, 2])
    rows = [loss for _, _, loss in plain_training(4)]
    assert given(w)["truth"]["losses"] == pytest.approx(rows[1:])
    drawn = np.interp([1, 2, 3, 4], [0, 2, 4], [rows[0], 4, 2])
    off = np.abs(drawn - rows[1:]).sum() / np.abs(rows[0] - np.array(rows[1:])).sum()
    assert given(w)["score"] == pytest.approx(1 - off)


def test_the_true_curve_scores_1():
    w = asked(bets.DrawLoss(10))
    w.answer([loss for _, _, loss in plain_training(10)][1:])
    assert w.score == pytest.approx(1)


def test_winner():
    w = asked(bets.Winner(100), lr=[0.1, 0.5, 20])
    w.answer("0.1")
    assert given(w)["truth"]["names"] == ["0.1", "0.5", "20"]
    goal = 1.01 * w._trainer.bowl.floor
    for lr, step in zip([0.1, 0.5, 20], given(w)["truth"]["arrived"], strict=True):
        losses = [loss for _, _, loss in plain_training(100, lr)]
        there = [i for i, loss in enumerate(losses) if loss <= goal]
        assert step == (there[0] if there else None)
    assert w.score == 0
    w.reset()
    w.answer("0.5")
    assert w.score == 1


def test_the_winner_on_a_perfect_line_is_first_at_a_millionth_of_the_first_loss():
    w = asked(bets.Winner(500), x=[0.0, 1, 2], y=[1.0, 3, 5], guess=(0, 0), lr=[0.1, 0.3])
    assert "%" not in question(bets.Winner(500).as_json(), ())
    w.answer("0.3")
    w.step(500)
    for run, step in zip(w.runs, given(w)["truth"]["arrived"], strict=True):
        losses = run.history["loss"]
        assert losses[step] <= 1e-6 * losses[0] < losses[step - 1]


def test_a_race_that_nobody_wins():
    w = asked(bets.Winner(50), lr=[20, 30])
    w.answer("none")
    assert w.score == 1
    assert given(w)["said"] == "No run gets there: you are right."


def test_largest_rate():
    w = asked(bets.LargestRate())
    w.answer(0.5)
    assert given(w)["truth"] == {"rate": w.critical_lr}
    assert w.score == pytest.approx(1 - abs(math.log10(0.5 / w.critical_lr)))
    assert "2 times too low" in given(w)["said"]


def test_sign():
    w = asked(bets.Sign())
    w.answer(("up", "down"))
    before, after = plain_training(1)
    assert given(w)["truth"]["signs"] == [
        math.copysign(1, one - other) for one, other in zip(after[:2], before[:2], strict=True)
    ]
    assert w.score == 0.5


def test_order():
    w = asked(bets.Order())
    w.answer(["zero", "guess", "loss", "grad", "update"])
    assert w.score == pytest.approx(0.6)  # four of ten pairs are the wrong way round
    w.reset()
    w.answer(list(LINES))
    assert w.score == 1


def test_the_lines_put_in_order_train():
    x, y = torch.linspace(-1, 1, 20), torch.linspace(0, 3, 20)
    x = torch.stack([x, torch.ones(20)], 1)
    a = torch.nn.Parameter(torch.tensor([-1.0, 1.0]))
    names = {"torch": torch, "x": x, "y": y, "a": a, "lr": 0.1}
    losses = []
    for _ in range(30):
        exec("\n".join(LINES.values()), names)
        losses.append(names["loss"].item())
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] / 10


def test_a_question_of_ones_own():
    question = bets.Ask("Which intercept is best?", answer=2.5, tolerance=0.1)
    for answer, score in [(2.45, 1), (2.6, 1), (2.7, 0)]:
        w = asked(question)
        w.answer(answer)
        assert w.score == score
        assert given(w)["question"] == "Which intercept is best?"


def test_what_is_asked_of_a_run_that_diverges():
    w = asked(bets.LossAfter(10_000), bets.DrawLoss(500), lr=2)
    w.answer(3)
    w.answer([1])
    assert [one["score"] for one in w.answers] == [0, 0]
    assert w.answers[0]["truth"]["loss"] is None
    assert w.answers[0]["said"] == "Training diverges before that."
    assert np.isfinite(w.answers[1]["truth"]["losses"]).all()


def test_where_training_stands_still_only_what_is_exact_scores():
    best = GDWidget(engine="numpy").least_squares
    for off, score in [(0, 1), (0.1, 0)]:
        w = asked(bets.NextStep(), optimizer="newton", guess=best)
        (after,) = [w._trainer.rows_ahead(0, 0, 1)[1][:2]]
        w.answer(after + off)
        assert w.score == score


def test_looking_ahead_changes_nothing():
    w, other = asked(bets.DrawLoss(50), batch_size=10, lr=0.2), None
    other = GDWidget(lr=0.2, batch_size=10, engine="numpy")
    w.step(3)
    w.answer([1])
    w.step(10)
    other.step(13)
    assert w.n_steps == 13
    np.testing.assert_array_equal(w.history, other.history)


def test_rows_that_were_made_are_the_truth():
    w = asked(bets.LossAfter(10))
    w.step(4)
    w.lr = 0.5
    w.step(20)
    w.answer(1)
    assert given(w)["truth"]["loss"] == w.history["loss"][10]
    assert given(w)["at"] == 0


@pytest.mark.parametrize(
    ("question", "answer", "rule"),
    [
        (bets.LossAfter(), "much", "a number, at least 0"),
        (bets.LossAfter(), math.nan, "a number, at least 0"),
        (bets.LossAfter(), math.inf, "a number, at least 0"),
        (bets.LossAfter(), -1, "a number, at least 0"),
        (bets.NextStep(), 3, "two finite numbers (slope, intercept)"),
        (bets.NextStep(), (1, math.nan), "two finite numbers (slope, intercept)"),
        (bets.DrawLoss(5), [], "a list of 1 to 5 losses, none below 0"),
        (bets.DrawLoss(5), [1] * 6, "a list of 1 to 5 losses, none below 0"),
        (bets.DrawLoss(5), 3, "a list of 1 to 5 losses, none below 0"),
        (bets.LargestRate(), 0, "a positive number"),
        (bets.Sign(), ("up",), "'up' or 'down' for each of slope, intercept"),
        (bets.Sign(), "up", "'up' or 'down' for each of slope, intercept"),
        (bets.Sign(), (True, False), "'up' or 'down' for each of slope, intercept"),
        (bets.Order(), ["guess"], "the lines grad, zero, guess, update, loss in another order"),
        (bets.Ask("?", 1), None, "one"),
        (bets.Ask("?", 1), "one", "a finite number"),
    ],
)
def test_a_bad_answer_is_refused_and_changes_nothing(question, answer, rule):
    w = asked(question)
    with pytest.raises(ValueError, match=f"the answer must be {re.escape(rule)}"):
        w.answer(answer)
    assert w.answers == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"ask": [bets.Winner()]}, "Winner asks about a race, and this widget has one run"),
        ({"ask": [bets.Winner()], "loss": ["mse", "mae"]}, "whose least value is known"),
        (
            {"ask": [bets.Winner()], "x": [1, 2], "y": [0, 1], "loss": "cross_entropy"}
            | {"lr": [1, 2]},
            "told apart; got cross_entropy",
        ),
        ({"ask": bets.LossAfter()}, "ask must be a list of at most 20 bets"),
        ({"ask": ["loss"]}, "ask must be a list of at most 20 bets"),
        ({"ask": [bets.LossAfter] * 2}, "ask must be a list of at most 20 bets"),
        ({"ask": [bets.NextStep()], "degree": 3}, "at most two parameters; this one has 4"),
        ({"ask": [bets.Sign()], "degree": 5}, "at most four parameters; this one has 6"),
        ({"ask": [bets.LargestRate()], "optimizer": "adam"}, "critical rate is known"),
        ({"ask": [bets.LargestRate()], "batch_size": 8}, "at all points: what the largest rate"),
        ({"ask": [bets.LargestRate()], "loss": "mae"}, "the mean squared error; got 'mae'"),
        ({"ask": [bets.LargestRate()], "function": "saddle"}, "got 'function'"),
        ({"ask": [bets.Order()], "loss": "huber"}, "alone; got 'huber', ridge 0"),
        ({"ask": [bets.Order()], "ridge": 0.5}, "alone; got 'mse', ridge 0.5"),
        ({"ask": [bets.Order()], "function": "himmelblau"}, "alone; got 'function'"),
        ({"ask": [bets.LossAfter()], "optimizer": torch.optim.SGD}, "takes a rule by name"),
        ({"keep": "answers.json"}, "keep must be given together with ask"),
        ({"ask": [bets.Order()], "keep": 3}, "keep must be the name of a file"),
    ],
)
def test_a_question_that_makes_no_sense_here_is_refused(how, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        GDWidget(**how)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: bets.LossAfter(0), "steps must be a whole number from 1 to 10000; got 0"),
        (lambda: bets.DrawLoss(1e3), "steps must be a whole number from 2 to 500"),
        (lambda: bets.Winner("soon"), "steps must be a whole number"),
        (lambda: bets.Ask(3, 1), "question must be a string; got 3"),
        (lambda: bets.Ask("?", math.nan), "answer must be a finite number; got nan"),
        (lambda: bets.Ask("?", 1, -1), "tolerance must be a number, at least 0; got -1"),
    ],
)
def test_a_bet_that_is_none_is_refused(make, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        make()
