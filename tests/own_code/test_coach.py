"""The coach names each of eight mistakes, however it is written, and leaves right code alone."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st

from gd_widget.core.diagnosis import Diagnosis, Names
from gd_widget.core.quadratic import Quadratic
from gd_widget.data.make_line import make_line
from gd_widget.data.user_data import points_of
from gd_widget.own_code import Update
from gd_widget.own_code.coach import MISTAKES, Coach, diagnose
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.evidence import Evidence
from gd_widget.training.trainer import Trainer
from gd_widget.words.sentence import sentence
from tests.lesson import POINTS, Lesson
from tests.own_code.more_right_code import STANDARDIZED, STYLES, made
from tests.own_code.right_code import RIGHT
from tests.own_code.wrong_code import WRONG

nn, F, optim = torch.nn, torch.nn.functional, torch.optim

FAR_POINTS = points_of(*(lambda x: (x, 1.8 * x + 32 + np.sin(x)))(np.linspace(60, 100, 80)))
OTHER_POINTS = points_of(*(lambda x: (x, 0.5 * x + 3 + np.sin(7 * x)))(np.linspace(2, 6, 40)))


def begin(update, params, points=POINTS) -> Trainer:
    outside = Update(update, params)
    return Trainer(points, guess=outside.params, outside=outside, engine="numpy")


def said_of(trainer: Trainer) -> str:
    """The coach's first sentence."""
    return sentence(next(iter(trainer.readers_code.diagnose(trainer.bowl)), None))


def said_by(trainer: Trainer, steps: int) -> list[str]:
    """What the coach says before the first of so many steps, and after each."""
    said = [said_of(trainer)]
    for _ in range(steps):
        goes_on = trainer.step(1)
        said.append(said_of(trainer))
        if not goes_on:
            break
    return said


# ------------------------------------------------------------------------ code that is right


@pytest.mark.parametrize("name", RIGHT)
def test_right_code_is_left_alone(name):
    torch.manual_seed(0)
    assert set(said_by(begin(*RIGHT[name](Lesson())), 60)) == {""}


@pytest.mark.parametrize(
    "name",
    [
        *("emptied_after", "step_before_backward", "adam", "lbfgs", "sgd_momentum"),
        *("shuffled_batches", "by_hand_in_numpy", "linear_model", "newton"),
        *("rate_that_decays", "gradient_collected_in_two_calls", "absolute_errors"),
    ],
)
def test_right_code_is_left_alone_in_float64_and_on_other_points(name):
    torch.manual_seed(0)
    lesson = Lesson(OTHER_POINTS, torch.float64)
    assert set(said_by(begin(*RIGHT[name](lesson), OTHER_POINTS), 60)) == {""}


@pytest.mark.parametrize("name", ["emptied_after", "adam", "by_hand_in_numpy", "shuffled_batches"])
def test_right_code_is_left_alone_long_after_it_has_converged(name):
    trainer = begin(*RIGHT[name](Lesson(guess=(0.0, 0.0))))
    trainer.step(300)
    assert set(said_by(trainer, 100)) == {""}


def test_right_code_that_begins_far_away_is_left_alone():
    trainer = begin(*RIGHT["emptied_after"](Lesson(guess=(50.0, -200.0))))
    assert set(said_by(trainer, 150)) == {""}


# ---------------------------------------------------------------------------- code that is not

SOON = 6
"""Steps after which a mistake has been named."""


@pytest.mark.filterwarnings("ignore:Using a target size")
@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_named_soon_and_stays_named(name):
    torch.manual_seed(0)
    make, mistake, parts = WRONG[name]
    trainer = begin(*make(Lesson()))
    said = said_by(trainer, 12)
    assert said[0] == ""
    begins = next(i for i, sentence in enumerate(said) if sentence)
    assert begins <= SOON and all(said[begins:])
    assert any(all(part in sentence for part in parts) for sentence in said), said
    assert all(parts[0][:12] in sentence for sentence in said if sentence), said
    code = trainer.readers_code
    assert code.diagnose(trainer.bowl)[0] == mistake(Case(code.evidence, trainer.bowl, code._names))


FIRST_OF_EACH = {mistake: name for name, (_, mistake, _) in reversed(WRONG.items())}


@pytest.mark.parametrize("name", FIRST_OF_EACH.values())
def test_a_mistake_is_named_in_float64(name):
    torch.manual_seed(0)
    make, _, parts = WRONG[name]
    said = said_by(begin(*make(Lesson(dtype=torch.float64))), 12)
    assert any(all(part in sentence for part in parts) for sentence in said), said


def test_there_are_eight_mistakes_and_each_is_written_in_three_ways_at_least():
    ways = Counter(mistake for _, mistake, _ in WRONG.values())
    assert set(ways) == set(MISTAKES) and len(MISTAKES) == 8
    assert min(ways.values()) >= 3


def test_a_negative_rate_may_be_too_fast_as_well():
    t = Lesson()
    lr = -1.2

    def update():
        F.mse_loss(t.x @ t.a, t.y).backward()
        t.a.data.add_(lr * t.a.grad)
        t.a.grad = None

    said = said_by(begin(update, t.a), 6)
    assert said[-1].startswith("The learning rate 1.2 in update() is above 0.999")


@pytest.mark.parametrize("guess", [(3.0, 2.0), (2.98, 2.5), (3.0, 2.4)])
@pytest.mark.parametrize("name", ["emptied_after", "adam", "shuffled_batches", "linear_model"])
def test_a_start_at_the_answer_is_named(guess, name):
    t = Lesson(guess=guess)
    update, params = RIGHT[name](t)
    if name == "linear_model":
        with torch.no_grad():
            params.weight.fill_(guess[0])
            params.bias.fill_(guess[1])
    said = said_by(begin(update, params), 5)
    assert set(said) == {said[0]}
    assert (
        f"started at ({guess[0]:g}, {guess[1]:g}), which is near the best line, (3.01, 2.5)"
        in said[0]
    )
    assert "Start from a guess, such as (-1, 1)." in said[0]


def test_a_start_that_was_chosen_in_the_widget_is_not():
    t = Lesson()
    trainer = begin(*RIGHT["emptied_after"](t))
    trainer.guess = (3.0, 2.0)
    assert said_of(trainer) == ""
    trainer.new_data(make_line(50), start=(3.0, 2.0))
    assert said_of(trainer) == ""


def test_another_a_made_in_a_cell_is_named():
    cell = {"F": F, "torch": torch, **vars(Lesson())}
    exec(
        "def update():\n"
        "    F.mse_loss(x @ a, y).backward()\n"
        "    a.data -= 0.1 * a.grad\n"
        "    a.grad = None\n",
        cell,
    )
    trainer = begin(cell["update"], cell["a"])
    trainer.step(3)
    assert said_of(trainer) == ""
    cell["a"] = nn.Parameter(torch.tensor([-1.0, 1.0]))
    trainer.step(1)
    assert said_of(trainer).startswith(
        "a is no longer the tensor that this widget was given, which stays (-0.239, 1.78)"
    )
    made_again = begin(cell["update"], cell["a"])
    made_again.step(3)
    assert said_of(made_again) == "" and made_again.loss < trainer.table.loss(0)


def test_another_array_made_in_a_cell_is_named():
    x, y, a = Lesson().arrays()
    cell = {"x": x, "y": y, "a": a}
    exec(
        "def update():\n    r = a[0] * x + a[1] - y\n    a[:] -= 0.2 * r.mean(), 0.2 * r.mean()\n",
        cell,
    )
    trainer = begin(cell["update"], a)
    cell["a"] = a.copy()
    trainer.step(1)
    assert said_of(trainer).startswith(
        "a is no longer the array that this widget was given, which stays (-1, 1)"
    )
    made_again = begin(cell["update"], cell["a"])
    made_again.step(1)
    assert "no longer" not in said_of(made_again) and made_again.params != (-1, 1)


def test_float32_that_overflows_is_called_too_fast_and_not_a_nan():
    t = Lesson()

    def update():
        F.mse_loss(t.x @ t.a, t.y).backward()
        t.a.data -= 1000 * t.a.grad
        t.a.grad = None

    said = said_by(begin(update, t.a), 100)
    assert len(said) < 60, "it has diverged"
    assert said[-1].startswith("The learning rate 1000 in update() is above")


def test_nothing_is_said_of_data_that_fit_every_line():
    points = points_of([2.0, 2.0, 2.0], [1.0, 2.0, 3.0])
    t = Lesson(points)
    update, params = RIGHT["emptied_after"](t)
    assert set(said_by(begin(update, params, points), 30)) == {""}


# ----------------------------------------------------------------------------------- the rest


def test_without_evidence_there_is_nothing_to_say():
    bowl = Quadratic.of(POINTS.x, POINTS.y)
    assert diagnose([], bowl, Names()) is None
    assert diagnose([Evidence(0, (1.0, 1.0), (1.0, 1.0))], bowl, Names()) is None


def test_asked_again_of_the_same_the_coach_does_not_judge_again():
    trainer = begin(*WRONG["too_fast"][0](Lesson()))
    trainer.step(4)
    records, bowl, names, coach = trainer.outside.evidence, trainer.bowl, Names(), Coach()
    found = coach.diagnose(records, bowl, names)
    assert found is not None and coach.diagnose(records, bowl, names) is found
    assert coach.diagnose(records[:1], bowl, names) is None
    assert coach.diagnose(records, bowl, names, trainer.guess) == found


NUMBERS = st.floats() | st.sampled_from([0.0, 1.0, -1.0, 1e-310, 1e200, -1e308])
FINITE = NUMBERS.filter(np.isfinite)
PAIRS = st.tuples(NUMBERS, NUMBERS)
RECORDS = st.builds(
    Evidence,
    step=st.integers(0, 40),
    before=st.tuples(FINITE, FINITE),
    after=PAIRS,
    loss=st.none() | NUMBERS,
    lr=st.none() | NUMBERS,
    n_backward=st.integers(0, 2),
    **dict.fromkeys(("at", "leftover", "grad", "total", "left"), st.none() | PAIRS),
    replaced=st.sampled_from(["", "a"]),
)


def check(found: Diagnosis | None) -> None:
    """There is a sentence for it, and it is JSON."""
    assert bool(sentence(found)) == (found is not None)
    if found is not None:
        json.dumps(found.as_json(), allow_nan=False)


def steps_by_hand(*ends: tuple[tuple[float, float], tuple[float, float]]) -> list[Evidence]:
    """Records of steps whose gradients nobody saw."""
    each = enumerate(ends)
    return [Evidence(step=i, before=before, after=after) for i, (before, after) in each]


FROM_0 = (0.0, 0.0)


@example(records=steps_by_hand(*2 * [(FROM_0, (0.0, 1.0))], ((0.0, 1e-308), FROM_0)), start=None)
@example(records=steps_by_hand((FROM_0, (0.0, 1e95)), ((0.0, 7e59), FROM_0)), start=None)
@given(records=st.lists(RECORDS, max_size=6), start=st.none() | st.tuples(FINITE, FINITE))
def test_whatever_was_done_there_is_a_sentence_or_none(records, start):
    bowl = Quadratic.of(POINTS.x, POINTS.y)
    case = Case(records, bowl, Names())
    for mistake in MISTAKES if records else ():
        check(mistake(case))
    check(diagnose(records, bowl, Names(), start))


@given(rate=NUMBERS.filter(bool), named=st.none() | NUMBERS, grad=st.booleans())
def test_steps_of_whatever_rate_are_judged(rate, named, grad):
    bowl = Quadratic.of(POINTS.x, POINTS.y)
    params, records = (-1.0, 1.0), []
    for step in range(5):
        exact = bowl.gradient(params)[1:]
        after = (params[0] - rate * exact[0], params[1] - rate * exact[1])
        seen = {"n_backward": 1, "at": params, "grad": exact} if grad else {}
        records.append(Evidence(step, params, after, lr=named, **seen))
        if not np.isfinite(after).all():
            break
        params = after
    check(diagnose(records, bowl, Names()))


# ------------------------------------------------------------ the styles of courses and libraries


@pytest.mark.parametrize("name", STYLES)
def test_the_styles_of_courses_are_left_alone(name):
    torch.manual_seed(0)
    assert set(said_by(begin(*made(STYLES[name], Lesson())), 50)) == {""}


@pytest.mark.parametrize("points", [POINTS, FAR_POINTS], ids=["near", "far"])
@pytest.mark.parametrize("name", STANDARDIZED)
def test_of_other_points_it_is_said_at_most_that_they_are_others(name, points):
    said = said_by(begin(*made(STANDARDIZED[name], Lesson(points)), points), 50)
    other = "The loss in update() is not that of the points shown"
    assert all(one == "" or one.startswith(other) for one in said), set(said)
