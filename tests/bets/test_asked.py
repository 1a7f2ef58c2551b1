"""One question after the other: from Python, from pages, and from a file."""

import json
import os
import subprocess
import sys

import pytest

from gd_widget import GDWidget, bets, sharing
from gd_widget.page.answers import receive


def asked(**how):
    return GDWidget(ask=[bets.LossAfter(10), bets.LargestRate()], engine="numpy", **how)


class Page:
    """What a page says and hears."""

    def __init__(self, widget):
        self.widget, self.said = widget, []
        widget.send = lambda content, buffers=None: self.said.append(json.loads(content["json"]))

    def says(self, kind, **fields):
        self.said.clear()
        receive(self.widget._session, {"type": kind, "id": 7, **fields})
        return [one for one in self.said if one.get("id") == 7][-1]


def test_answers_and_score_are_traits():
    w, heard = asked(), []
    w.observe(lambda change: heard.append((change.name, change.new)), ["answers", "score"])
    w.answer(2)
    w.skip()
    assert [name for name, _ in heard] == ["answers", "score", "answers"]
    assert [one["answer"] for one in w.answers] == [2, None]
    assert w.score == w.answers[0]["score"] / 2
    with pytest.raises(ValueError, match="there is no question left to answer"):
        w.answer(1)


def test_where_nothing_was_asked_nothing_can_be_answered():
    with pytest.raises(ValueError, match=r"make the widget with ask=\[\.\.\.\]"):
        GDWidget().answer(1)
    assert GDWidget().answers == []


def test_an_open_question_changes_nothing_that_python_says():
    w, other = asked(), GDWidget(engine="numpy")
    for one in (w, other):
        one.step(30)
    assert repr(w) == repr(other)
    assert (w.loss, w.status, w.advice, w.forecast) == (
        other.loss,
        other.status,
        other.advice,
        other.forecast,
    )


def test_reset_undoes_answers():
    w = asked()
    w.answer(2)
    w.reset()
    assert (w.answers, w.score) == ([], 0)
    w.answer(1)
    assert w.answers[0]["answer"] == 1


def test_what_a_page_is_told_of_an_open_question_has_no_truth():
    w = asked()
    hello = Page(w).says("hello")
    assert [one["truth"] for one in hello["bets"]] == [None, None]
    assert hello["asked"] == 0
    assert "bets" not in Page(GDWidget()).says("hello")


def test_the_picture_beside_a_page_keeps_back_what_is_asked():
    w = asked()
    assert "best fit" not in sharing.picture(w._session.state)
    w.skip()
    assert "best fit" in sharing.picture(w._session.state)


def test_a_page_answers_asks_on_and_skips():
    w = asked()
    page = Page(w)
    state = page.says("answer", bet=0, answer=2, at=0)
    assert state["type"] == "state"
    assert state["bets"][0]["score"] == w.answers[0]["score"] > 0.9
    assert state["asked"] == 0  # with its answer, until the next is asked for
    w.step(5)
    state = page.says("ask", bet=1)
    assert (state["asked"], state["bets"][1]["at"]) == (1, 5)
    state = page.says("answer", bet=1, answer=None, at=5)
    assert state["bets"][1]["truth"]["rate"] == w.critical_lr
    assert state["bets"][1]["score"] == 0


def test_of_two_pages_the_first_answer_counts_and_the_other_hears_why():
    w = asked()
    page = Page(w)
    page.says("answer", bet=0, answer=2, at=0)
    error = page.says("answer", bet=0, answer=3, at=0)
    assert error["message"] == "question 1 has its answer: the first one counts"
    assert w.answers[0]["answer"] == 2
    assert page.says("answer", bet=0, answer=2, at=0)["type"] == "state"  # it is the same


def test_what_was_asked_while_the_page_was_ahead_is_judged_there():
    w, ahead = asked(), asked()
    ahead.step(40)
    ahead._session.ask(0)
    ahead.answer(1)
    Page(w).says("answer", bet=0, answer=1, at=40)
    assert w.answers == ahead.answers
    assert w.n_steps == 0
    error = Page(w).says("answer", bet=1, answer=1, at=10**9)
    assert error["message"] == "at must be at most 100000 steps beyond 0; got 1000000000"


@pytest.mark.parametrize("answer", ["x", [1], {}, True, 1e400])
def test_what_a_page_cannot_mean_is_refused(answer):
    w = asked()
    error = Page(w).says("answer", bet=0, answer=answer, at=0)
    assert error["type"] == "error"
    assert "the answer must be a number, at least 0" in error["message"]
    assert "a question must be one of 2" in Page(w).says("ask", bet=2)["message"]
    assert w.answers == []


def test_answers_are_kept_beside_the_notebook(tmp_path):
    file = tmp_path / "answers.json"
    w = asked(keep=file)
    assert not file.exists()
    w.answer(2)
    again = asked(keep=file)
    assert again.answers == w.answers
    assert again.score == w.score
    assert os.listdir(tmp_path) == ["answers.json"]  # nothing unfinished is left


def test_a_notebook_that_gives_its_answers_can_be_run_twice(tmp_path):
    for _ in range(2):
        w = asked(keep=tmp_path / "answers.json")
        w.answer(2)
        w.answer(0.5)
    assert [one["answer"] for one in w.answers] == [2, 0.5]


def test_a_score_in_the_file_is_found_anew_from_the_answer(tmp_path):
    file = tmp_path / "answers.json"
    w = asked(keep=file)
    w.answer(7)
    w.skip()
    kept = json.loads(file.read_text())
    for one in kept["answers"]:
        one["score"] = 1
    file.write_text(json.dumps(kept))
    assert asked(keep=file).score == w.score < 0.5


def edited(file, change):
    """The file, with its first answer changed by hand."""
    kept = json.loads(file.read_text())
    change(kept["answers"][0])
    file.write_text(json.dumps(kept))


@pytest.mark.parametrize("at", [0, 7])
def test_a_truth_in_the_file_is_found_anew_from_training(tmp_path, at):
    file = tmp_path / "answers.json"
    w = asked(keep=file)
    w.step(at)
    w.answer(7)
    assert asked(keep=file).answers == w.answers
    edited(file, lambda one: one["truth"].update(loss=7.0))
    text = file.read_text()
    with pytest.raises(ValueError, match=r"says of loss_after that .* is true, and training gives"):
        asked(keep=file)
    assert file.read_text() == text


def test_a_truth_of_training_that_was_changed_is_as_the_file_says(tmp_path):
    file = tmp_path / "answers.json"
    for change in (
        lambda w: setattr(w, "lr", 0.3),
        lambda w: w.new_data(5),
        lambda w: setattr(w, "guess", (0, 0)),
    ):
        w = asked(keep=file)
        change(w)
        w.answer(1)
        again = asked(keep=file)
        assert again.answers == w.answers
        again.answer(1)
        again.skip()  # what was kept is written again as it was read
        assert asked(keep=file).answers == again.answers
        file.unlink()


@pytest.mark.parametrize(
    "how",
    [
        {"ask": [bets.NextStep(), bets.Sign(), bets.DrawLoss(5), bets.Order()]},
        {"ask": [bets.Winner(60)], "lr": [0.1, 0.5]},
        {"ask": [bets.NextStep(), bets.LossAfter(3)], "loss": "mae"},
        {"ask": [bets.LossAfter(3)], "function": "himmelblau", "optimizer": "adam"},
        {"ask": [bets.LossAfter(3)], "batch_size": 10, "engine": "torch"},
        {"ask": [bets.LargestRate(), bets.Ask("How many?", 2)], "optimizer": "momentum"},
    ],
)
def test_every_bet_is_found_anew_by_whatever_computes(tmp_path, how):
    file = tmp_path / "answers.json"
    w = GDWidget(keep=file, **how)
    w.step(4)
    for _ in how["ask"]:
        w.skip()
    assert [one["at"] for one in GDWidget(keep=file, **how).answers] == [
        one["at"] for one in w.answers
    ]
    key = next(iter(w.answers[0]["truth"]))
    edited(file, lambda one: one["truth"].update({key: 0.123}))
    with pytest.raises(ValueError, match=r"answers\.json (says of|is damaged)"):
        GDWidget(keep=file, **how)


def test_a_file_is_read_without_waiting_for_pytorch(tmp_path):
    code = (
        "import sys; from gd_widget import GDWidget, bets; "
        f"w = GDWidget(ask=[bets.LossAfter(9)], keep={str(tmp_path / 'kept')!r}); "
        "print('torch' in sys.modules, len(w.answers)); w.answers or w.answer(2)"
    )
    runs = [subprocess.check_output([sys.executable, "-c", code], text=True) for _ in range(2)]
    assert [run.split() for run in runs] == [["False", "0"], ["False", "1"]]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("answer", "much"), ("truth", {}), ("truth", 3), ("truth", {"before": 1})],
        *[("truth", {"before": None, "loss": "1"}), ("at", -1), ("at", 10**9), ("training", 3)],
    ],
)
def test_an_answer_that_is_none_damages_the_file(tmp_path, name, value):
    file = tmp_path / "answers.json"
    asked(keep=file).answer(2)
    kept = json.loads(file.read_text())
    kept["answers"][0][name] = value
    file.write_text(json.dumps(kept))
    with pytest.raises(ValueError, match="answers.json (is damaged|says of loss_after)"):
        asked(keep=file)


def test_answers_about_one_loss_are_none_about_another(tmp_path):
    made = [{}, {"loss": "mae"}, {"ridge": 0.1}, {"function": "himmelblau"}, {"function": "saddle"}]
    for how in made:
        GDWidget(ask=[bets.LossAfter(2)], lr=0.01, keep=tmp_path / "kept", **how).answer(1)
        with pytest.raises(ValueError, match="about other training"):
            GDWidget(
                ask=[bets.LossAfter(2)],
                lr=0.01,
                keep=tmp_path / "kept",
                **made[made.index(how) - 1],
            )
        (tmp_path / "kept").unlink()


def test_reset_leaves_the_file(tmp_path):
    w = asked(keep=tmp_path / "answers.json")
    w.answer(2)
    w.reset()
    assert asked(keep=tmp_path / "answers.json").answers[0]["answer"] == 2


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"questions": [], "answers": [3]}', '{"answers": 3, "questions": 3}']
)
def test_a_damaged_file_is_said_and_left_as_it_is(tmp_path, text):
    file = tmp_path / "answers.json"
    file.write_text(text)
    with pytest.raises(ValueError, match="answers.json is damaged: mend it, move it away"):
        asked(keep=file)
    assert file.read_text() == text


def test_a_file_of_other_questions_or_other_training_is_left_as_it_is(tmp_path):
    file = tmp_path / "answers.json"
    w = asked(keep=file)
    w.answer(2)
    text = file.read_text()
    for other in (
        lambda: GDWidget(ask=[bets.LossAfter(11), bets.LargestRate()], keep=file),
        lambda: asked(keep=file, lr=0.2),
        lambda: asked(keep=file, seed=2),
    ):
        with pytest.raises(ValueError, match="has answers to other questions, or about other"):
            other()
    assert file.read_text() == text


def test_a_file_that_comes_there_meanwhile_is_not_overwritten(tmp_path):
    file = tmp_path / "answers.json"
    w = asked(keep=file)
    file.write_text("my notes")
    with pytest.raises(ValueError, match="is damaged"):
        w.answer(2)
    assert file.read_text() == "my notes"
    assert w.answers[0]["answer"] == 2  # it counts all the same


def test_a_file_that_cannot_be_written_is_said_and_the_answer_counts(tmp_path):
    w = asked(keep=tmp_path / "nowhere" / "answers.json")
    error = Page(w).says("answer", bet=0, answer=2, at=0)
    assert "No such file or directory" in error["message"]
    assert w.answers[0]["answer"] == 2
