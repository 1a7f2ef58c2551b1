"""A sentence is the same text in a page as in Python, in every language, with its numbers."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gd_widget.words.say import ENGLISH, NUMBERS, PLACE, Language, say, speaking
from tools import words

ROOT = Path(__file__).parents[2]

IN_A_PAGE = """
  import { readFileSync } from "node:fs";
  import { languageOf, say, speaking } from "./js/words/say.js";
  const { cases, languages } = JSON.parse(readFileSync(0, "utf8"));
  const all = languages.map((words) =>
    speaking(languageOf(words), () => cases.map(([template, values]) => say(template, values))),
  );
  console.log(JSON.stringify(all));
"""
MARKS = """
  const marks = process.argv.slice(1).map((tag) => {
    const parts = new Intl.NumberFormat(tag).formatToParts(1234567.5);
    const of = (type) => parts.find((part) => part.type === type).value;
    const least = [1000, 10000].find((n) => n.toLocaleString(tag).length > String(n).length);
    return [of("decimal"), of("group"), String(least).length];
  });
  console.log(JSON.stringify(marks));
"""


def run(script: str, *arguments: str, told: Any = None) -> Any:
    command = ["node", "--input-type=module", "-e", script, *arguments]
    told = json.dumps(told)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=told)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def any_value(spec: str, rng: random.Random) -> Any:
    """What may stand at a place: text, a whole number, or a float of any size."""
    if spec == "":
        return rng.choice(["update()", "a {b}", 0, 7, -12, 123456])
    if spec == ",":
        return rng.choice([0, 999, 1000, 9999, 10000, 123456789])
    return rng.choice([0.0, 2.0, -0.5, rng.gauss(0, 1), 10 ** rng.uniform(-12, 12), 0.125, 2.5])


def test_every_sentence_is_said_alike():
    rng, cases = random.Random(0), []
    for sentence in words.templates():
        for _ in range(3):
            values = {name: any_value(spec, rng) for name, spec in PLACE.findall(sentence)}
            cases.append((sentence, values))
    pseudo = {sentence: words.pseudo(sentence) for sentence in words.templates()}
    languages = [ENGLISH, *(Language(tag, pseudo, *marks) for tag, marks in NUMBERS.items())]
    told = [{"lang": one.tag, "sentences": dict(one.sentences)} for one in languages]
    in_pages = run(IN_A_PAGE, told={"cases": cases, "languages": told})
    for one, page in zip(languages, in_pages, strict=True):
        with speaking(one):
            assert page == [say(sentence, **values) for sentence, values in cases], one.tag


def test_the_marks_of_numbers_are_those_that_browsers_have():
    assert run(MARKS, *NUMBERS) == [list(marks) for marks in NUMBERS.values()]


@pytest.mark.parametrize("file", ["en", "en-losses", "en-many", "en-bets", "listed", "run-name"])
def test_what_a_page_finds_out_by_itself_it_says_in_pythons_words(file):
    page = list(words.in_javascript((ROOT / f"js/words/{file}.js").read_text("utf-8")))
    in_python = {
        sentence
        for path in words.WORDS.glob("*.py")
        if path.stem != "say"
        for sentence in words.in_python(path.read_text("utf-8"))
    }
    assert page and set(page) <= in_python
