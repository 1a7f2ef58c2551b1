"""Every sentence that is said is in every catalog, and can be said in it, whatever its values."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_widget.words.say import PLACE, Language, language, say, speaking
from tools import words

SENTENCES = words.templates()
CATALOGS = sorted(path.stem for path in words.WORDS.glob("*.json"))
PSEUDO = Language("xx", {one: words.pseudo(one) for one in SENTENCES}, mark=",", groups=".")
LANGUAGES = [*map(language, CATALOGS), PSEUDO]


def test_the_sentences_of_both_languages_sources_are_found_each_once():
    assert len(SENTENCES) == len(set(SENTENCES)) > 200
    assert "Gradient descent" in SENTENCES and "" not in SENTENCES
    assert "Diverged at step {diverged_at}: the numbers were too large to hold." in SENTENCES


def test_sentences_are_read_from_python():
    source = 'say("One {a} " "whole.", a=say("Two."))\nother.say(name)\nwhatever("Three.")'
    assert list(words.in_python(source)) == ["One {a} whole.", "Two."]
    for source in ('say(f"Of {n}.")', "say(name)", 'say("a" + "b")', 'say(TABLE["a"], n=2)'):
        with pytest.raises(ValueError, match="not one literal"):
            list(words.in_python(source))


def test_sentences_are_read_from_javascript():
    source = """
      // say("no comment")
      /** say("nor this") */ const a = say("One, " + "whole.", { name: say("Two.") });
      const b = say(n === "1" ? "1 step" : "{n} steps", { n });
      const c = say(TABLE[b] ?? template("Three \\"3\\"."));
      html`<p>${sayParts("Four {link}.", { link: html`<a>${say("five")}</a>` })}</p>`;
    """
    found = ["One, whole.", "Two.", "1 step", "{n} steps", 'Three "3".', "Four {link}.", "five"]
    assert list(words.in_javascript(source)) == found
    with pytest.raises(ValueError, match="not a literal"):
        list(words.in_javascript("say(`Of ${n}.`)"))


@pytest.mark.parametrize("tag", CATALOGS)
def test_a_catalog_has_all_sentences_and_no_others(tag):
    assert words.problems(words.read(tag), SENTENCES) == []


WRITTEN_WRONG = {
    "de": r"\d ?%",
    "es": r"\d ?%",
    "fr": r"(?<!\u202f)[;?!%]|[\w}] ?:(?= |$)|'",
    "zh-CN": r"[\u4e00-\u9fff] ?[:;?!]|[\u4e00-\u9fff]\.(?!\w)|[\u4e00-\u9fff][A-Za-z]",
}
"""Before a mark that stands apart there is a space at which no line breaks; Chinese has marks of its own."""


@pytest.mark.parametrize("tag", sorted(WRITTEN_WRONG))
def test_marks_are_written_as_in_their_language(tag):
    found = [one for one in words.read(tag).values() if re.search(WRITTEN_WRONG[tag], one)]
    assert found == []


def test_what_is_wrong_with_a_catalog_is_said():
    sentences = ["One {n:,}.", "Two.", "Three {a}."]
    catalog = {"One {n:,}.": "Uno {n}.", "Two.": "", "Three {a}.": "{a} es tres.", "Four.": "4"}
    assert words.problems(catalog, sentences) == [
        "missing: Two.",
        "no longer said: Four.",
        "other places for values: One {n:,}. -> Uno {n}.",
    ]


def test_a_catalog_is_brought_up_to_date(tmp_path, monkeypatch):
    monkeypatch.setattr(words, "WORDS", tmp_path)
    (tmp_path / "es.json").write_text(json.dumps({"Two.": "Dos.", "Old.": "Viejo."}), "utf-8")
    words.write("es", ["One.", "Two."])
    assert words.read("es") == {"One.": "", "Two.": "Dos."}


def values_of(sentence: str) -> dict[str, st.SearchStrategy[object]]:
    """Any value for each of the names in a sentence."""
    kinds = {"": st.text(min_size=1) | st.integers(), ",": st.integers(0)}
    return {name: kinds.get(spec, st.floats()) for name, spec in PLACE.findall(sentence)}


# By their places, for Hypothesis writes down what a test is given: long lists, both.
@pytest.mark.parametrize("place", range(len(LANGUAGES)), ids=[one.tag for one in LANGUAGES])
@given(st.data())
def test_any_values_can_be_said_in_any_sentence(place, data):
    sentence = SENTENCES[data.draw(st.integers(0, len(SENTENCES) - 1))]
    values = data.draw(st.fixed_dictionaries(values_of(sentence)))
    with speaking(LANGUAGES[place]):
        said = say(sentence, **values)
    assert said
    assert all(value in said for value in values.values() if isinstance(value, str))


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers())
def test_a_number_can_be_read_back_whatever_its_marks(number, whole):
    for other in LANGUAGES:
        with speaking(other):
            said, grouped = say("{a:.17g}", a=number), say("{n:,}", n=whole)
        assert float(said.replace(other.mark, ".")) == number
        assert int(grouped.replace(other.groups, "")) == whole


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_language_for_tests_is_longer_and_has_the_same_places(sentence):
    longer = words.pseudo(sentence)
    assert PLACE.findall(longer) == PLACE.findall(sentence)
    bare, letters = PLACE.sub("", longer), PLACE.sub("", sentence)
    assert len(bare) >= max(1.3 * len(letters), len(letters) + 1) or len(letters) < 4
    assert set("aeio") & set(bare) == set()


@pytest.mark.parametrize("given", [["--help"], ["it"], ["es", "klingon"], ["--all"]])
def test_what_is_no_known_language_begins_no_catalog(given, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(words, "WORDS", tmp_path)
    with pytest.raises(SystemExit) as ended:
        words.main(given)
    assert list(tmp_path.iterdir()) == []
    out, err = capsys.readouterr()
    asks_for_help = given == ["--help"]
    assert ended.value.code == (0 if asks_for_help else 2)
    assert ("es, fr, pt-BR, de, zh-CN" in out) == asks_for_help
    if given[-1] in ("it", "klingon"):
        assert f"tag must be one of es, fr, pt-BR, de, zh-CN; got {given[-1]!r}" in err


def test_a_catalog_is_begun_with_every_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(words, "WORDS", tmp_path)
    assert words.main(["es"]) == 1
    begun = json.loads((tmp_path / "es.json").read_text("utf-8"))
    assert begun == dict.fromkeys(SENTENCES, "")
    assert f"es: {len(SENTENCES)} wrong" in capsys.readouterr().out
