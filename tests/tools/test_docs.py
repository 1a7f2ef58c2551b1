"""The documentation site: it is made without a warning, and its numbers are those of the widget."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ipywidgets import DOMWidget

import gd_widget
from gd_widget import GDWidget, Quadratic, Trainer, bets, figures
from gd_widget.bets.bet import Bet
from gd_widget.core.settings import SETTINGS
from tools.docs import build
from tools.reference import markdown

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "docs" / "course"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "docs"
    assert build(folder) == 0
    return folder


def pages() -> list[Path]:
    return sorted((ROOT / "docs").rglob("*.md"))


def test_every_page_is_made_and_none_asks_elsewhere_for_anything(site):
    for page in pages():
        made = site / page.relative_to(ROOT / "docs").with_suffix(".html")
        text = made.read_text("utf-8")
        assert "<h1>" in text
        fetched = re.findall(r'<(?:script|link|img|iframe)\b[^>]*?(?:src|href)="([^"]*)"', text)
        assert fetched and not [url for url in fetched if re.match(r"\w+:|//", url)], page
        for url in fetched:
            assert (made.parent / url.partition("?")[0]).exists(), (page, url)


def test_every_page_begins_with_the_widget_and_has_its_theme_as_two_files(site):
    for made in site.rglob("*.html"):
        text = made.read_text("utf-8")
        fetched = re.findall(r'<(?:script|link rel="stylesheet")[^>]* (?:src|href)="([^"]*)"', text)
        asked_for = [url.replace("../", "").partition("?")[0] for url in fetched]
        assert asked_for.pop(0) == "_static/widget.js"
        assert [re.sub(r"-\w{8}\.", ".", url) for url in asked_for[:2]] == [
            "_static/theme.css",
            "_static/theme.js",
        ]
        more = ["_static/searchtools.js", "_static/language_data.js", "searchindex.js"]
        assert asked_for[2:] == (more if made.name == "search.html" else [])
        waits = re.findall(r"<script (?!async|defer|type=.module. async)[^>]*>", text)
        assert not waits, "the widget would wait, or what the search needs come too late"


def test_what_is_code_in_a_sentence_or_table_can_be_copied_from_there(site):
    """Which has other marks where Sphinx makes a printer's of those around a name."""
    for made in site.rglob("*.html"):
        assert not re.search("[\u2018\u201c\u201d]", made.read_text("utf-8")), made


def test_programs_are_told_what_there_is(site):
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# gd_widget\n\n> ")
    links = re.findall(r"^- \[(.*?)\]\((.*?)\): .*\w\W?[.?]$", text, re.MULTILINE)
    assert len(links) == len(pages()), "each has a sentence about it"
    for title, address in links:
        assert f"<h1>{title}<" in (site / address).read_text("utf-8")


def public(kind: type, besides: type | None = None) -> set[str]:
    """The names of a class of ours, those that it inherits too, but for another class's."""
    ours = [one for one in kind.__mro__ if one.__module__.startswith("gd_widget")]
    names = {name for one in ours for name in vars(one) if not name.startswith("_")}
    return {name for name in names if not hasattr(besides, name)}


def called(term: str) -> list[str]:
    """The names in a heading or a term, without what is given to them."""
    plain = re.sub(r"<a class=.headerlink.*|<.*?>", "", term)
    return plain.partition("(")[0].split(", ")


def test_the_reference_has_every_public_name_and_member(site):
    text = (site / "reference.html").read_text("utf-8")
    under: dict[str, set[str]] = {}
    for part in text.split("<h3>")[1:]:
        title, *terms = re.findall(r"^.*?(?=</h3>)|(?<=<dt>)<code.*?(?=</dt>)", part)
        [name], *named = [called(one) for one in (title, *terms)]
        under[name] = {name for names in named for name in names}
    ours = public(GDWidget, DOMWidget) - set(SETTINGS)
    assert {f"w.{name}" for name in ours} <= set(under) | under["GDWidget"]
    assert {name for name in gd_widget.__all__ if name != "bets"} <= set(under)
    assert {f"figures.{name}" for name in figures.__all__} <= set(under)
    for name in bets.__all__:
        own = public(getattr(bets, name), Bet)
        assert own <= under[f"bets.{name}"] | {"kind", "steps", "tolerance"}, name
    assert public(Bet) - {"kind"} <= under["What every bet has"]
    for kind in (Trainer, Quadratic):
        assert public(kind) <= under[kind.__name__], kind


def test_a_docstring_becomes_paragraphs_terms_and_examples():
    text = "What it does,\nin two <b>.\n\nn : how many,\n    at least 1.\n\n>>> 1 + 1\n2"
    assert markdown(text) == (
        "What it does, in two &lt;b>.\n\n`n`\n: how many, at least 1.\n\n```pycon\n>>> 1 + 1\n2\n```"
    )


def test_the_numbers_of_the_course_are_the_widgets():
    line = GDWidget(engine="numpy")
    told = (COURSE / "a-line.md").read_text("utf-8")
    assert f"{line.loss:.4f}" in told
    assert "({:.2f}, {:.2f})".format(*line.grad).replace("-", "−") in told
    slope, intercept = line.least_squares
    assert f"arrives at {slope:.2f} and {intercept:.2f}" in " ".join(told.split())

    told = (COURSE / "the-learning-rate.md").read_text("utf-8")
    assert f"the limit is {line.critical_lr:.3f}" in " ".join(told.split())
    said = " ".join(told.split())
    for lr, words in {
        0.005: "At 0.005 it takes {} steps",
        0.1: "at 0.1 it takes {},",
        0.7: "at 0.7 only {}.",
        0.99: "At 0.99 it takes {} steps",
    }.items():
        steps = GDWidget(lr=lr, engine="numpy").forecast
        assert words.format(f"{steps:.0f}") in said, lr
    [creeping] = re.findall(r"\*\*creeps\*\*. At (.*?) it", said)
    slow = GDWidget(lr=float(creeping), engine="numpy").forecast
    assert slow > 1_000, "the slider beside it says that such a rate creeps"

    number = GDWidget([1, 2, 3, 4], [2, 4, 7, 8], intercept=False, engine="numpy", lr=1 / 15)
    number.step()
    assert number.slope == pytest.approx(number.least_squares[0])
    told = (COURSE / "one-number.md").read_text("utf-8")
    assert f"beyond the limit of {number.critical_lr:.3f}" in " ".join(told.split())


def test_what_the_course_says_of_many_axes_is_so():
    x = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]
    y = [1.2, 0.4, 0.1, 0.3, 1.1, 2.0, 2.6, 2.3, 0.9]
    same, other = (
        GDWidget(x, y, degree=3, standardize=standardize, lr=lr, engine="numpy")
        for standardize, lr in ((True, 0.3), (False, 0.001))
    )
    assert 1_000 < same.forecast < 10_000 < 100_000 < other.forecast
    curvatures = other.runs[0].trainer.bowl.curvatures
    assert 50_000 < curvatures[-1] / curvatures[0] < 51_000
