"""Every code has a sentence."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

import gd_widget
from gd_widget.core.diagnosis import CODES, Diagnosis, Names
from gd_widget.words import code
from gd_widget.words.bets import question, verdict
from gd_widget.words.errors import raised
from gd_widget.words.every_code import SENTENCES as FUNCTIONS
from gd_widget.words.names import shown_names
from gd_widget.words.numbers import vector
from gd_widget.words.say import NUMBERS, language, speaking
from gd_widget.words.sentence import sentence
from tests.golden import SENTENCES


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["found"]["code"])
def test_the_page_says_the_same(case):
    details = dict(case["found"])
    code, run = details.pop("code"), details.pop("run", "")
    assert sentence(Diagnosis.of(code, **details)._replace(run=run)) == case["said"]


def test_there_is_a_sentence_for_every_code_made_of_its_details():
    details = {
        code: tuple(inspect.signature(function).parameters) for code, function in FUNCTIONS.items()
    }
    assert details == CODES


def test_words_know_the_types_of_the_core_alone():
    for file in (Path(gd_widget.__file__).parent / "words").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("gd_widget"):
                assert node.module.startswith(("gd_widget.words", "gd_widget.core")), file


def test_lines_of_code_are_in_the_names_of_the_readers_own():
    by_hand = Names(params="w", lr="eta")
    assert code.step(by_hand) == "w.sub_(eta * w.grad)"
    assert code.step_there(by_hand) == "w.sub_(eta * w.grad) (inside with torch.no_grad():)"
    assert code.emptying(by_hand) == "w.grad.zero_()"
    several = Names(params="")
    assert code.step(several) == "p.sub_(lr * p.grad) for each parameter p"
    assert code.emptying(several) == "p.grad.zero_() for each parameter p"
    assert code.step_there(Names(optimizer="opt")) == "opt.step()"
    assert code.emptying(Names(optimizer="opt")) == "opt.zero_grad()"
    assert code.step_there(Names(are_tensors=False)) == "a[...] -= lr * grad"


def test_a_long_vector_is_shortened_in_the_middle():
    assert vector((1 / 3, -2.0)) == "(0.333, -2)"
    assert vector([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) == "(1, 2, 3, 4, 5, 6)"
    assert vector([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]) == "(1, 2, 3, …, 6, 7)"
    assert vector(None) == "nothing"


def test_numbers_with_a_decimal_comma_are_kept_apart_by_more_than_that():
    said = {"fr": "(0,333\u202f; -2)", "zh-CN": "(0.333, -2)"}
    for tag in NUMBERS:
        with speaking(language(tag)):
            assert vector((1 / 3, -2.0)) == said.get(tag, "(0,333; -2)")


def test_where_code_has_raised_is_said_with_the_articles_of_each_language():
    """Of "in line 2" and "in loss()": other languages' prepositions meet an article in the first."""
    where = {
        "de": ("in Zeile 2", "in loss()"),
        "es": ("en la línea 2", "en loss()"),
        "fr": ("à la ligne 2", "dans loss()"),
        "pt-BR": ("na linha 2", "em loss()"),
        "zh-CN": ("位于第 2 行", "位于loss()"),
    }
    for tag, (in_line, in_call) in where.items():
        with speaking(language(tag)):
            for text in ("", "a.step()"):
                names = Names()
                assert in_line in raised(names, "ValueError", "", 2, "", text)
                assert in_call in raised(names, "ValueError", "", None, "loss()", text)


def test_words_of_chinese_stand_side_by_side():
    """With no space where one that is put in, as the name of a parameter is, is Chinese too."""
    params = {"answer": (-0.5, 1.6), "truth": {"params": (-0.7, 1.3)}}
    signs = {"answer": (1, 1), "truth": {"signs": (1, -1)}}
    arrived = {"names": ["Momentum", "Gradient descent"], "arrived": [9, 20], "first": ["Momentum"]}
    with speaking(language("zh-CN")):
        names = shown_names(("slope", "intercept"))
        said = [
            question({"kind": "sign"}, names),
            verdict({"kind": "next_step"}, params, names),
            verdict({"kind": "sign"}, signs, names),
            verdict({"kind": "winner"}, {"answer": "Gradient descent", "truth": arrived}, names),
            raised(Names(params=""), "ValueError", "", None, "", ""),
        ]
    for words in said:
        assert not re.search("[\u4e00-\u9fff] [\u4e00-\u9fff]", words), words
