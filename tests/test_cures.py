"""What an error or an advice names as a cure is done to the letter by a test, and helps.

CURED and ERRORS say which test does so; whoever adds a diagnosis, or an error that names a cure, adds its
test. Those that belong to no other file stand here.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from gd_widget import GDWidget, bets
from gd_widget.core.diagnosis import CODES

ROOT = Path(__file__).parents[1]

GUESSES = (
    "own_code/test_other_guesses.py::test_what_is_wrong_is_named_and_what_was_right_is_left_alone"
)
HINTS = "own_code/test_hints.py::test_the_cure_that_a_hint_names_makes_it_train"

CURED = {
    "batches_overshoot": "training/test_diagnoses.py::test_batches_that_leave_for_good_are_told_a_rate_at_which_they_stay",
    "creeps_at_best": "training/test_diagnoses.py::test_even_a_good_rate_may_creep_and_what_is_said_to_help_does",
    "above_critical": "test_cures.py::test_the_rate_to_try_is_one_that_trains",
    "overshoots": "test_cures.py::test_the_rate_to_try_in_ones_own_code_is_one_that_trains",
    "trembles": "test_cures.py::test_a_smaller_rate_comes_nearer",
    "optimizer_climbs": "test_cures.py::test_an_optimizer_made_without_maximize_goes_down",
    "started_at_best": "test_cures.py::test_from_the_guess_that_is_named_there_is_something_to_see",
    "replaced": "own_code/test_hints.py::test_a_line_that_is_named_runs_in_the_code_that_it_is_for",
    **dict.fromkeys(
        [
            *("never_moves", "piles_up", "steps_again", "not_a_number", "climbs", "scaled"),
            *("broadcasts", "other_points", "other_order", "other_kind", "turned", "left_out"),
            *("mean_first", "no_square", "stale", "behind", "one_sign", "part_stays"),
            *("part_scaled", "one_gradient", "part_elsewhere", "part_overshoots"),
            "other_derivative",
        ],
        GUESSES,
    ),
    **dict.fromkeys(list(CODES)[list(CODES).index("raised") + 1 :], HINTS),
}
"""Of each diagnosis, the test that does what it says."""

NO_CURE = {
    *("too_large", "separable", "no_curvature", "newton_climbs", "at_saddle", "optimizer_made_nan"),
    *("one_point", "same_x", "many_fit", "noise_mean", "forgotten", "raised"),
}
"""Diagnoses that say what is so, and nothing to do."""

DATA = "data/test_hints_work.py::"
FUNCTION = "training/test_functions.py::test_what_an_error_names_is_changed_and_the_function_trains_in_both_parameters"
NOT_INSTALLED = "test_cures.py::test_what_is_to_be_installed_is_an_extra_that_there_is"

ERRORS = {
    "give several rates, as in": "test_cures.py::test_a_question_is_asked_of_what_it_needs",
    "such as 'gd', 'momentum'": "test_cures.py::test_a_question_is_asked_of_what_it_needs",
    "as in ask=[bets": "test_cures.py::test_a_question_is_asked_of_what_it_needs",
    "make the widget with ask": "test_cures.py::test_a_question_is_asked_of_what_it_needs",
    "together with ask=": "test_cures.py::test_a_question_is_asked_of_what_it_needs",
    "mend it, move it away": "test_cures.py::test_answers_are_kept_in_another_file_or_the_file_is_moved",
    "did you mean": "test_cures.py::test_the_name_that_was_meant_is_one",
    "a frame comes first": f"{DATA}test_a_name_that_is_no_argument",
    "takes two of them": "test_cures.py::test_two_columns_are_taken_by_name",
    "x - x.mean() in place of x makes": "test_cures.py::test_a_degree_is_possible_about_the_mean",
    "leave it out": "data/test_digits.py::test_a_column_that_is_nearly_a_sum_of_others_is_named",
    "rename it": "test_cures.py::test_a_column_is_renamed",
    "an array with": f"{DATA}test_a_series_of_dask_beside_something_else",
    "make it a column with": f"{DATA}test_the_name_of_an_index_becomes_that_of_a_column",
    "first; got {}: do it with": f"{DATA}test_what_is_no_frame_yet_is_made_one",
    "take the first with": f"{DATA}test_of_columns_of_one_name_the_first_is_taken",
    "make columns of rows": f"{DATA}test_rows_become_columns",
    "pair equal labels": f"{DATA}test_series_are_paired_as_one_says",
    "drop them with": "data/test_missing.py::test_rows_of_a_matrix_are_dropped_too",
    "pip install": NOT_INSTALLED,
    "writes a page": "test_cures.py::test_what_no_link_can_say_is_saved_as_a_page",
    "comes first": "test_cures.py::test_a_film_is_made_once_the_question_has_its_answer",
    "take the number out": FUNCTION,
    ".sum() or .mean()": FUNCTION,
    "torch.no_grad() cut it off": FUNCTION,
    "in place of np.sin()": FUNCTION,
    "set all of it": "test_cures.py::test_a_list_is_set_whole",
    "`make build` builds it": "test_cures.py::test_a_clone_without_its_front_end_builds_it",
    "make another": "test_cures.py::test_another_widget_is_made_with_what_was_asked",
}
"""A part of each error that names a cure, and the test that does what it says."""

NAMES_A_CURE = re.compile(
    r"pip install|did you mean|comes first|set all of it|takes two of them|in place of|such as|as in |"
    r": (make|give|write|take|leave|rename|use|call|read|drop|pair|mend|do it)\b|mend it|writes a page|"
    r"builds it|makes it possible|number out of a tensor|cut it off|make the widget with|together with ask"
)


def literals(source: str) -> Iterator[str]:
    """The texts in a file, with {} for what is put into them; not what is said of functions."""
    tree = ast.parse(source)
    said = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            said |= {id(part) for part in one.values}
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in one.values)
            yield "".join(map(str, parts))
        elif isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in said:
            yield one.value


def errors_with_a_cure() -> list[str]:
    files = sorted((ROOT / "gd_widget").rglob("*.py"))
    # Settings have words about what they are; the folder of words has what CURED is about.
    files = [one for one in files if one.parent.name != "words" and one.name != "settings.py"]
    texts = (text for file in files for text in literals(file.read_text("utf-8")))
    return [text for text in texts if NAMES_A_CURE.search(text)]


def test_every_diagnosis_has_its_cure_done_or_names_none():
    assert CURED.keys() | NO_CURE == CODES.keys()
    assert not CURED.keys() & NO_CURE


def test_every_error_that_names_a_cure_has_it_done():
    texts = errors_with_a_cure()
    assert len(texts) > 25
    assert [text for text in texts if not any(part in text for part in ERRORS)] == []
    assert [part for part in ERRORS if not any(part in text for text in texts)] == []


@pytest.mark.parametrize("place", sorted({*CURED.values(), *ERRORS.values()}))
def test_the_test_that_is_named_is_there(place):
    file, name = place.split("::")
    assert f"\ndef {name}(" in (ROOT / "tests" / file).read_text("utf-8")


# ---------------------------------------------------------------------------------- rates


def suggested(advice: str) -> float:
    return float(re.search(r"Try ([\d.e-]+)\.$", advice)[1])


@pytest.mark.parametrize("optimizer", ["gd", "momentum", "nesterov"])
def test_the_rate_to_try_is_one_that_trains(optimizer):
    w = GDWidget(n=100, lr=60, optimizer=optimizer)
    lr = suggested(w.advice)
    w.step(2000)
    assert w.status == "diverged" and suggested(w.advice) == lr
    w = GDWidget(n=100, lr=lr, optimizer=optimizer)
    w.step(200)
    assert w.advice == "" and w.loss < 1.01 * w._trainer.bowl.floor


def own(lr: float, start=(-1.0, 1.0), steps=30) -> GDWidget:
    points, a = GDWidget(n=100), np.array(start)

    def update():
        r = a[0] * points.x + a[1] - points.y
        a[:] -= lr * 2 * np.array([(r * points.x).mean(), r.mean()])

    w = GDWidget(points.x, points.y, params=a, update=update)
    w.step(steps)
    return w


def test_the_rate_to_try_in_ones_own_code_is_one_that_trains():
    lr = suggested(own(1.5).advice)
    w = own(lr, steps=300)
    assert w.advice == "" and w.loss < 1.001 * w._trainer.bowl.floor


def test_a_smaller_rate_comes_nearer():
    large, small = (GDWidget(n=100, loss="mae", lr=lr, engine="numpy") for lr in (0.9, 0.05))
    for w in (large, small):
        w.step(400)
    assert "A smaller rate comes nearer." in large.advice
    assert small.loss < large.loss


def test_an_optimizer_made_without_maximize_goes_down():
    up, down = (
        GDWidget(n=100, optimizer=lambda p, m=m: torch.optim.SGD(p, lr=0.1, maximize=m))
        for m in (True, False)
    )
    for w in (up, down):
        w.step(50)
    assert "is it made with maximize=True?" in up.advice
    assert down.advice == "" and down.loss < 1


def test_from_the_guess_that_is_named_there_is_something_to_see():
    assert "Start from a guess, such as (-1, 1)." in own(0.1, (3.0, 2.5), steps=3).advice
    assert own(0.1, (-1.0, 1.0), steps=3).advice == ""


# ------------------------------------------------------------------------- questions and sharing


def test_a_question_is_asked_of_what_it_needs(tmp_path):
    with pytest.raises(ValueError, match=r"give several rates, as in lr=\[0.1, 0.5\], or several"):
        GDWidget(ask=[bets.Winner()])
    for several in ({"lr": [0.1, 0.5]}, {"optimizer": ["gd", "adam"]}):
        assert GDWidget(ask=[bets.Winner()], **several)._session.state.asked.open is not None
    with pytest.raises(ValueError, match="such as 'gd', 'momentum' or 'nesterov'; got 'adam'"):
        GDWidget(ask=[bets.LargestRate()], optimizer="adam")
    for optimizer in ("gd", "momentum", "nesterov"):
        GDWidget(ask=[bets.LargestRate()], optimizer=optimizer)
    with pytest.raises(ValueError, match=r"make the widget with ask=\[...\]"):
        GDWidget().answer(1)
    with pytest.raises(ValueError, match=r"as in ask=\[bets.LossAfter\(10\)\]"):
        GDWidget(ask=10)
    GDWidget(ask=[bets.LossAfter(10)]).answer(1)
    with pytest.raises(ValueError, match=r"keep must be given together with ask=\[...\]"):
        GDWidget(keep=tmp_path / "kept.json")
    GDWidget(ask=[bets.LossAfter(10)], keep=tmp_path / "kept.json").answer(1)
    assert (tmp_path / "kept.json").exists()


def test_answers_are_kept_in_another_file_or_the_file_is_moved(tmp_path):
    file = tmp_path / "kept.json"
    file.write_text("no answers")
    with pytest.raises(ValueError, match="mend it, move it away, or keep these answers in another"):
        GDWidget(ask=[bets.LossAfter(10)], keep=file)
    GDWidget(ask=[bets.LossAfter(10)], keep=tmp_path / "another.json").answer(1)
    file.rename(tmp_path / "moved")
    GDWidget(ask=[bets.LossAfter(10)], keep=file).answer(1)
    assert file.exists()


def test_what_no_link_can_say_is_saved_as_a_page(tmp_path):
    w = GDWidget([0, 1], [1, 2])
    with pytest.raises(ValueError, match=r"w.save\(path\) writes a page that has them"):
        w.link("https://example.org/demo")
    w.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").stat().st_size > 1000


def test_a_film_is_made_once_the_question_has_its_answer(tmp_path):
    for settle in (lambda w: w.answer(1), lambda w: w.skip()):
        w = GDWidget(n=5, ask=[bets.LossAfter(1)])
        with pytest.raises(ValueError, match=r"w.answer\(...\) or w.skip\(\) comes first"):
            w.save(tmp_path / "film.gif")
        settle(w)
        w.save(tmp_path / "film.gif", steps=1, width=320)
        assert (tmp_path / "film.gif").stat().st_size > 1000


# ------------------------------------------------------------------------------------- names


def test_the_name_that_was_meant_is_one():
    for name, value in (("learning_rate", 0.2), ("optimiser", "adam"), ("batchsize", 8)):
        with pytest.raises(TypeError) as error:
            GDWidget(**{name: value})
        meant = re.search(r"did you mean (\w+)\?$", str(error.value))[1]
        assert getattr(GDWidget(**{meant: value}), meant) == value


def test_two_columns_are_taken_by_name():
    df = {"a": [1, 2], "b": [3, 4], "c": [0, 0]}
    with pytest.raises(ValueError, match="takes two of them by name") as error:
        GDWidget([1, 2], df)
    call = re.search(r"\((GDWidget\(.*\)) takes", str(error.value))[1]
    call = call.replace("x=...", "x='a'").replace("y=...", "y='b'")
    assert eval(call, {"GDWidget": GDWidget, "df": df}).x.tolist() == [1, 2]


def test_a_degree_is_possible_about_the_mean():
    x = 1e6 + np.arange(20.0)
    y = np.sin(x)
    with pytest.raises(ValueError, match=r"x - x.mean\(\) in place of x makes it possible"):
        GDWidget(x, y, degree=3)
    assert len(GDWidget(x - x.mean(), y, degree=3).params) == 4


def test_a_column_is_renamed():
    a, b, y = np.random.default_rng(0).normal(size=(3, 30))
    with pytest.raises(ValueError, match="got 'loss': rename it"):
        GDWidget({"loss": a, "b": b, "y": y}, x=["loss", "b"], y="y")
    assert GDWidget({"loss_": a, "b": b, "y": y}, x=["loss_", "b"], y="y").names[0] == "loss_"


def test_a_list_is_set_whole():
    w = GDWidget(lr=[0.1, 0.5])
    with pytest.raises(TypeError, match="set all of it, as in w.panels = ") as error:
        w.panels.remove("code")
    exec(str(error.value).partition("as in ")[2], {"w": w})
    w.panels = [one for one in w.panels if one != "code"]
    assert "code" not in w.panels


def test_another_widget_is_made_with_what_was_asked():
    w = GDWidget(n=20)
    with pytest.raises(AttributeError, match="make another, GDWidget") as error:
        w.degree = 3
    call = str(error.value).partition("make another, ")[2].replace("…, ", "n=20, ")
    assert len(eval(call, {"GDWidget": GDWidget}).params) == 4


def test_what_is_to_be_installed_is_an_extra_that_there_is():
    extras = (ROOT / "pyproject.toml").read_text("utf-8").partition("[project.optional-depend")[2]
    named = {
        name for text in errors_with_a_cure() for name in re.findall(r"gd-widget\[(\w+)\]", text)
    }
    assert named == {"bqplot", "film", "torch"}
    for name in named:
        assert f"\n{name} = [" in extras.partition("[dependency-groups]")[0]


def test_a_clone_without_its_front_end_builds_it(tmp_path):
    built = shutil.ignore_patterns("static", "__pycache__")
    for folder in ("gd_widget", "js"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=built)
    for file in ("hatch_build.py", "package.json", "package-lock.json"):
        shutil.copy(ROOT / file, tmp_path)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")

    def imported():
        command = [sys.executable, "-c", "import gd_widget.page.bundle"]
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        run = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        return run.stderr.strip().split("\n")[-1]

    assert "`make build` builds it" in imported()
    # What that does, once there is the environment it is done in.
    recipe = re.search(
        r"^build:.*\n\t@\$\(BIN\)/python (\S+)$", (ROOT / "Makefile").read_text(), re.M
    )
    assert recipe
    subprocess.run([sys.executable, recipe[1]], cwd=tmp_path, check=True, capture_output=True)
    assert imported() == ""
