"""What parameters and runs are called: in every language by the words that its menus have."""

from __future__ import annotations

import pytest

from gd_widget import GDWidget
from gd_widget.drawing.numerals import in_words
from gd_widget.words.names import shown_run
from gd_widget.words.say import NUMBERS, speaking, translated


@pytest.mark.parametrize(
    ("name", "german"),
    [
        ("", ""),
        ("0.1", "0,1"),
        ("Gradient descent", "Gradientenabstieg"),
        ("Gradient descent 2", "Gradientenabstieg 2"),
        ("absolute, Adam, 0.001", "absolut; Adam; 0,001"),
        ("MyOptimizer", "MyOptimizer"),
        ("my\nname", "my\nname"),
    ],
)
def test_a_run_is_called_by_words_of_the_language(name, german):
    assert shown_run(name) == name
    with speaking("de"):
        assert shown_run(name) == german


def test_advice_names_a_run_as_the_legend_does():
    w = GDWidget(optimizer=["gd", "adam"], lr=[2.0, 0.1], lang="de", engine="numpy")
    w.step(5)
    assert w.advice.startswith("Gradientenabstieg; 2: ")
    assert w.diagnoses[0].run == "Gradient descent, 2"


@pytest.mark.parametrize("tag", NUMBERS)
def test_slope_and_intercept_have_room_in_every_language(tag):
    with speaking(tag):
        shown = in_words(("slope", "intercept"), (3.0, 2.5), (1, 1))
        assert [name for name, _ in shown] == [translated("slope"), translated("intercept")]
