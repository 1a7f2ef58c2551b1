"""Which language is spoken to a page, and which in what Python gives."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from gd_widget import GDWidget, bets
from gd_widget.core.settings import LANGUAGES
from gd_widget.words.say import NUMBERS, nearest
from tests.languages import PSEUDO, spoken_as_german, untranslated


@pytest.fixture(autouse=True)
def pseudo(monkeypatch):
    spoken_as_german(monkeypatch)


class Page:
    """A page that takes down what a widget sends it."""

    def __init__(self, w: GDWidget) -> None:
        self.widget, self.sent = w, []
        w._session.pages.send = lambda content, buffers: self.sent.append(content)

    def ask(self, kind: str, **fields: object) -> dict:
        self.widget._hear({"json": json.dumps({"type": kind, "id": len(self.sent), **fields})})
        return self.sent[-1]


def diverging(**options: object) -> GDWidget:
    w = GDWidget(lr=2, engine="numpy", **options)
    w.step(40)
    return w


def test_what_can_be_set_is_what_numbers_are_known_for():
    assert set(LANGUAGES) == {"en", *NUMBERS}
    with pytest.raises(ValueError, match="lang must be one of .*'zh-CN'; got 'it'"):
        GDWidget(lang="it")


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de-AT", "de"), ("PT", "pt-BR"), ("zh-Hans-CN", "zh-CN"), ("en-GB", "en"), ("deu", "en")],
)
def test_a_tag_of_the_web_finds_the_language_that_there_is(tag, language):
    assert nearest(tag) == language


def test_sentences_are_in_the_language_set_and_codes_and_errors_are_not():
    english, german = diverging(), diverging(lang="de")
    assert untranslated(english.advice) and not untranslated(german.advice)
    assert german.diagnoses == english.diagnoses
    assert repr(german) == repr(english)
    with pytest.raises(ValueError, match="lr must be a positive number; got -1"):
        german.lr = -1
    german.lang = ""
    assert german.advice == english.advice


def test_answers_are_in_the_language_set():
    w = GDWidget(ask=[bets.NextStep(), bets.LossAfter(2)], lang="de")
    w.answer((0, 0))
    w.skip()
    for answer in w.answers:
        assert not untranslated(answer["question"] + answer["said"])


def test_a_page_is_answered_in_the_language_that_it_asks_for():
    w = diverging()
    page = Page(w)
    hello = page.ask("hello", lang="de-CH")
    assert hello["words"] == {"lang": "de", "sentences": dict(PSEUDO.sentences)}
    assert not untranslated(hello["advice"] + hello["note"])
    assert not untranslated(page.ask("seek", run=hello["run"], step=30)["advice"])
    assert untranslated(w.advice), "Python was not told to speak another"


def test_words_are_not_sent_again_with_every_edit():
    page = Page(GDWidget(lang="de"))
    hello = page.ask("hello")
    assert hello["words"]["lang"] == "de"
    edit = page.ask("edit", run=hello["run"], step=0, at=0, remove=1, insert=[[1, 2]])
    assert edit["type"] == "hello" and "words" not in edit


def test_a_page_that_is_open_learns_the_words_when_another_language_is_set():
    w = GDWidget()
    page = Page(w)
    assert page.ask("hello", lang="")["words"]["sentences"] == {}
    for lang in ("de", "en"):
        w.lang = lang
        assert page.sent[-1]["type"] == "hello" and page.sent[-1]["words"]["lang"] == lang
    w.title = "Another"
    assert page.sent[-1]["title"] == "Another" and "words" not in page.sent[-1]


def test_the_language_set_counts_more_than_the_pages():
    page = Page(GDWidget(lang="en"))
    assert page.ask("hello", lang="de")["words"]["lang"] == "en"


def test_an_error_of_the_readers_code_is_explained_in_the_pages_language():
    import torch

    a = torch.tensor([-1.0, 1.0], requires_grad=True)

    def update():
        a.grad.zero_()

    page = Page(GDWidget(update=update, params=a))
    hello = page.ask("hello", lang="de")
    error = page.ask("advance", run=hello["run"], after=0, steps=1)
    assert error["hint"].startswith("a.gráď íš ")
    assert "ráíšéď AttributeError" in error["message"]
    assert "'NoneType' object has no attribute 'zero_'" in error["message"]


def test_words_are_kept_beside_the_snapshot_once():
    w = GDWidget(lang="de")
    assert w._words["lang"] == "de" and "words" not in w._snapshot
    changed = []
    w.observe(changed.append, "_words")
    w.step(3)
    assert changed == []
    w.lang = ""
    assert w._words == {"lang": "en", "sentences": {}}


class Scripts(HTMLParser):
    """The data of a page, and the languages it says it is in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.data, self.langs, self._inside = "", [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.langs += [value for name, value in attributes if name == "lang"]
        self._inside = ("type", "application/json") in attributes

    def handle_data(self, data):
        if self._inside:
            self.data += data
            self._inside = False


def test_a_saved_page_brings_the_words_of_the_language_set(tmp_path):
    for lang, said in (("de", "de"), ("", "en")):
        w = GDWidget(lang=lang, engine="numpy")
        w.save(tmp_path / "page.html")
        text = (tmp_path / "page.html").read_text("utf-8")
        page = Scripts(text)
        assert page.langs == [said]
        words = json.loads(page.data)["snapshot"].get("words")
        assert words == ({"lang": "de", "sentences": dict(PSEUDO.sentences)} if lang else None)
        assert (PSEUDO.sentences["Gradient descent"] in text) == bool(lang)


def test_what_a_cell_keeps_says_in_the_language_set_how_it_is_made_live():
    html = GDWidget(lang="de", engine="numpy")._repr_mimebundle_()[0]["text/html"]
    note = re.search(r"</i>([^<]*)</i></em>", html)[1]
    assert "&#237;" in note and "Trust Notebook" not in note
