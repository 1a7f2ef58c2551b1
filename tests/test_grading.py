"""Grades of training: what right, half-right and wrong code is worth, and that nothing is left behind."""

from __future__ import annotations

import logging
import sys
import warnings

import numpy as np
import pytest
import torch

from gd_widget import GDWidget, check
from gd_widget.core.diagnosis import CODES
from gd_widget.grading import CREDIT, HARMLESS, Grade
from gd_widget.words.every_code import SENTENCES
from tests.lesson import POINTS, Lesson
from tests.own_code.right_code import RIGHT
from tests.own_code.wrong_code import WRONG

X, Y = POINTS.x, POINTS.y


def graded(make) -> Grade:
    torch.manual_seed(0)
    return check(*make(Lesson()), X, Y)


@pytest.mark.parametrize("name", RIGHT)
def test_right_code_has_full_credit(name):
    grade = graded(RIGHT[name])
    assert (grade, repr(grade), grade.reasons) == (1, "1.0", ())


WORTH = {
    "never_moves": {0.25, 0.5},
    "climbs": {0.5},
    "piles_up": {0.75},
    "scaled": {0.75},
    "overshoots": {0.75},
    "broadcasts": {0.25},
    "replaced": {0.25},
    "not_a_number": {0.25},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_worth_what_its_code_says_and_is_named(name):
    make, mistake, _ = WRONG[name]
    grade = graded(make)
    assert grade in WORTH[mistake.__name__]
    assert grade.diagnoses[0].code == mistake.__name__
    assert repr(grade) == str(float(grade))
    assert grade.reasons[0] == SENTENCES[mistake.__name__](**grade.diagnoses[0].details)


def test_every_code_is_worth_something_or_harmless():
    hints = {"raised", *list(CODES)[list(CODES).index("raised") :]}
    assert {*CREDIT, *HARMLESS, *hints} == set(CODES)
    assert not CREDIT.keys() & HARMLESS
    assert all(0 < worth < 1 for worth in CREDIT.values())


def numpy_update(rate=0.1):
    a = np.array([5.0, 5.0])

    def update():
        errors = a[0] * X + a[1] - Y
        a[:] -= rate * 2 * np.array([(errors * X).mean(), errors.mean()])

    return update, a


def test_it_begins_from_the_guess_and_puts_back_what_was_there():
    update, a = numpy_update()
    assert check(update, a, X, Y) == check(update, a, X, Y) == 1
    assert a.tolist() == [5, 5]
    a[:] = [np.nan, 3]  # whatever cells before have left
    assert check(update, a, X, Y) == 1
    assert str(a.tolist()) == "[nan, 3.0]"
    a[:] = [3, 2.5]
    assert check(update, a, X, Y) == 1, "the best fit is no guess"


def test_a_gradient_and_the_memory_of_an_optimizer_are_put_back():
    a = torch.nn.Parameter(torch.tensor([4.0, 4.0]))
    x, y = torch.tensor(X).float(), torch.tensor(Y).float()
    optimizer = torch.optim.Adam([a], lr=0.1)

    def update():
        optimizer.zero_grad()
        ((a[0] * x + a[1] - y) ** 2).mean().backward()
        optimizer.step()

    def state():
        memory = optimizer.state[a]
        return a.tolist(), a.grad.tolist(), [memory[name].tolist() for name in sorted(memory)]

    for _ in range(40):
        update()
    before = state()
    first = check(update, a, x, y)
    assert state() == before
    assert first == check(update, a, x, y) == 1
    assert state() == before


def test_a_name_that_update_takes_away_stands_for_the_parameters_again():
    code = """
def update():
    global a
    errors = a[0] * X + a[1] - Y
    a = a - 0.2 * np.array([(errors * X).mean(), errors.mean()])
"""
    names = {"np": np, "X": X, "Y": Y, "a": np.array([-1.0, 1.0])}
    exec(code, names)
    a = names["a"]
    assert check(names["update"], a, X, Y) == 0.25
    assert names["a"] is a


def test_nothing_is_printed_and_nobody_is_warned(capfd):
    right, a = numpy_update()

    def update():
        print("a step")
        print("careful", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        logging.getLogger("of a student").warning("careful")
        right()

    assert check(update, a, X, Y) == 1
    assert check(lambda: 1 / 0, a, X, Y) == 0
    w = GDWidget(X, Y, update=right, params=a)
    assert w.check() == 0
    assert capfd.readouterr() == ("", "")


def test_an_error_is_worth_nothing_and_is_said():
    a = np.array([-1.0, 1.0])

    def update():
        a[:] = a - unknown  # noqa: F821

    grade = check(update, a, X, Y)
    assert (grade, grade.diagnoses[0].code) == (0, "raised")
    assert "update() raised NameError: name 'unknown' is not defined" in grade.reasons[0]


@pytest.mark.parametrize(
    ("update", "params", "said"),
    [
        (None, np.zeros(2), "update must be a function that is called without arguments"),
        (lambda: None, [0, 1], "params must be what holds slope and intercept"),
        (lambda: None, np.zeros(2, int), "params must be what holds slope and intercept"),
        (lambda n: None, np.zeros(2), "update must be a function"),
    ],
)
def test_what_is_no_update_is_worth_nothing_and_said(update, params, said):
    grade = check(update, params, X, Y)
    assert grade == 0
    assert grade.reasons[0].startswith(said)


def test_bad_points_are_the_teachers_mistake():
    update, a = numpy_update()
    with pytest.raises(ValueError, match="x and y must"):
        check(update, a, X, Y[:3])
    with pytest.raises(ValueError, match="steps must be a whole number, at least 1; got 0"):
        check(update, a, X, Y, steps=0)
    with pytest.raises(ValueError, match="guess must be two finite numbers"):
        check(update, a, X, Y, guess=(1,))


def test_who_has_not_come_far_has_half():
    update, a = numpy_update(rate=1e-4)
    grade = check(update, a, X, Y)
    assert grade == 0.5
    assert "100 steps have brought the loss from 7.96 to" in grade.reasons[0]
    assert check(update, a, X, Y, steps=40_000) == 1


def test_a_model_of_more_parameters_is_checked_too():
    random = np.random.default_rng(0)
    x = random.normal(size=(50, 3))
    y = x @ [1.0, -2.0, 3.0] + 1
    a = np.zeros(4)
    design = np.column_stack([x, np.ones(50)])

    def update():
        a[:] -= 0.1 * 2 * design.T @ (design @ a - y) / 50

    assert check(update, a, x, y) == 1


class TestOfAWidget:
    def test_before_training_it_says_so(self):
        grade = GDWidget().check()
        assert grade == 0
        assert grade.reasons == ("No step has been made yet: w.step(100) makes some, or Play.",)

    def test_it_is_of_the_training_so_far(self):
        w = GDWidget(lr=0.1)
        w.step(100)
        assert w.check() == 1
        w.seek(1)
        assert w.check() == 0.5
        w.lr = 3
        w.step(5)
        grade = w.check()
        assert (grade, grade.diagnoses[0].code) == (0.75, "above_critical")

    def test_of_a_race_it_is_the_mean(self):
        w = GDWidget(lr=[0.1, 2.0])
        w.step(100)
        grade = w.check()
        assert grade == (1 + 0.75) / 2
        assert len(grade.reasons) == 1 and grade.reasons[0].startswith("2: ")

    def test_what_update_raised_last_is_worth_nothing(self):
        right, a = numpy_update()
        fails = []

        def update():
            if fails:
                raise ValueError("wet points")
            right()

        w = GDWidget(X, Y, update=update, params=a)
        w.step(50)
        assert w.check() == 1
        fails.append(True)
        with pytest.raises(ValueError, match="wet"):
            w.step()
        assert w.check() == 0
        assert "wet points" in w.check().reasons[0]

    def test_of_a_loop_it_is_what_was_handed_over(self):
        w = GDWidget(X, Y, guess=(0, 0))
        right, a = numpy_update()
        a[:] = 0
        for _ in range(50):
            right()
            w.record(a)
        assert w.check() == 1
