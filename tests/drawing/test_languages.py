"""Pictures, films and figures speak the language of their widget: no word of another is in them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from gd_widget import GDWidget
from gd_widget.drawing import numerals
from gd_widget.drawing.films.film import story_of
from gd_widget.drawing.films.reel import Reel
from gd_widget.figures import fit_figure, loss_figure, surface_figure
from gd_widget.sharing import picture
from gd_widget.words.say import speaking
from tests.languages import PSEUDO, spoken_as_german, untranslated

GERMAN = {"lang": "de", "engine": "numpy", "x_label": "X", "y_label": "Y"}
WIDGETS = [
    {},
    {"lr": 2.0},
    {"x": [[1.0, 2.0, 3.0], [4.0, 5.0, 7.0], [7.0, 8.0, 8.0], [1.0, 9.0, 2.0]], "y": [1, 2, 3, 4]},
    {"function": "saddle"},
    {"optimizer": ["gd", "momentum"], "lr": [0.5, 0.1]},
    {"loss": ["mse", "mae", "huber"]},
]


@pytest.fixture(autouse=True)
def pseudo(monkeypatch):
    spoken_as_german(monkeypatch)


def trained(**options: object) -> GDWidget:
    w = GDWidget(**{**GERMAN, **options})
    w.step(30)
    return w


@pytest.mark.parametrize("options", WIDGETS, ids=str)
def test_a_picture_is_in_the_widgets_language(options):
    english, german = picture_of(**options, lang=""), picture_of(**options)
    assert untranslated(" ".join(english))
    assert untranslated(" ".join(german)) == []


def picture_of(**options: object) -> list[str]:
    root = ElementTree.fromstring(picture(trained(**options)._session.state))
    return [text for text in root.itertext() if text.strip()]


def test_a_film_is_in_the_widgets_language(tmp_path, monkeypatch):
    w, said = trained(), []
    from gd_widget.drawing.films import reel

    drawn = reel.numbers_line
    monkeypatch.setattr(reel, "numbers_line", lambda *args: said.append(args[0]) or drawn(*args))
    w.save(tmp_path / "run.gif", steps=1, progress=False)
    names = [name for name, _ in said[-1]]
    assert names == [PSEUDO.sentences[one] for one in ("step", "slope", "intercept", "loss")]
    assert all(re.fullmatch(r"−?\d+(,\d+)?", number) for _, number in said[-1])


def test_a_films_charts_are_in_the_language_that_is_spoken():
    state = trained()._session.state
    story = story_of(state.race, state.settings, (3.0, 2.0), None)
    with speaking(PSEUDO):
        reel = Reel(story, ("surface", "loss"), 640)
    for panel in reel._panels:
        texts = ElementTree.fromstring(f"<svg>{panel.around}{panel.over}</svg>").itertext()
        assert untranslated(" ".join(texts)) == []


def test_numbers_have_the_languages_marks():
    with speaking(PSEUDO):
        assert numerals.fixed(-1.4857, 2) == "−1,49"
        assert numerals.rounded(2.5) == "2,5"
        assert numerals.in_words("pqrst", (1.0, 2.0, 3.0, 4.0, 5.5), (0, 0, 0, 0, 1)) == [
            ("a", "[1; 2; …; 5,5]")
        ]


@pytest.mark.parametrize("figure", [fit_figure, loss_figure, surface_figure])
@pytest.mark.parametrize("how", [{}, {"loss": ["mse", "mae"]}], ids=str)
def test_a_figure_follows_the_widgets_language(figure, how):
    w = trained(lang="en", **how)
    fig = figure(w)
    assert untranslated(words_of(fig))
    w.lang = "de"
    assert untranslated(words_of(fig)) == []


def words_of(fig) -> str:
    names = [str(text) for mark in fig.marks for text in getattr(mark, "text", None) or []]
    names += [name for mark in fig.marks for name in mark.labels or []] if fig.legend_text else []
    return " ".join([fig.title, *(axis.label for axis in fig.axes), *names])
