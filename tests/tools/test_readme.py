"""What the README shows runs, and prints what it says."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from gd_widget import GDWidget
from gd_widget.core.settings import SETTINGS
from gd_widget.widget import ARGUMENTS
from tests.graders.assignment import FIRST, GRADES, OTTER_TESTS, UPDATES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "benchmarks/README.md"])
HOW_TO = ROOT / "docs" / "how-to"
REFERENCE = (ROOT / "docs" / "reference.md").read_text()


def run_code_of(text: str) -> None:
    """Run the Python that a page shows, from above to below, in one namespace."""
    names: dict[str, object] = {}
    for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(code, "<page>", "exec"), names)


def test_the_code_runs_and_prints_what_it_says(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    use = README.partition("```python\n")[2].partition("```")[0]
    assert len(use.splitlines()) <= 12
    run_code_of(README)
    first, second = capsys.readouterr().out.splitlines()
    said = re.search(r"print\(w\)\s+# (.*) \.\.\.", use)
    assert said and first.startswith(said[1])
    assert second.startswith("7.955")
    assert {path.name for path in tmp_path.iterdir()} == {"post.html", "figure.svg", "run.gif"}


def test_the_code_of_the_pages_runs_and_prints_what_they_say(capsys):
    printed = {}
    for name in ("own-data", "optimizers", "losses", "dashboards", "own-update"):
        page = (HOW_TO / f"{name}.md").read_text()
        run_code_of(page)
        printed[name] = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed["own-data"]] == ["height"]
    runs = [line.split()[0] for line in printed["optimizers"]]
    assert runs == ["Gradient", "Momentum", "Adam"]
    said = re.search(r"print\(own\.advice\)\s+# (.*) …", page)
    assert said and printed["own-update"][0].startswith(said[1])
    run_code_of("```python\nfrom gd_widget import GDWidget\n```" + REFERENCE)


def test_the_reference_says_of_every_argument_what_the_settings_say():
    (table,) = re.findall(r"^\| argument .*?\n\n", REFERENCE, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| (.*?) +\| (.*?) +\|$", table, re.MULTILINE)
    for name in ARGUMENTS:
        (text,) = [text for names, text in rows if re.search(rf"[` ]{name}[=,`]", names)]
        assert name not in SETTINGS or text == SETTINGS[name].help


def test_the_docstring_names_every_argument():
    missing = [name for name in ARGUMENTS if not re.search(rf"\b{name}\b", GDWidget.__doc__)]
    assert missing == []


def anchors(page: Path) -> set[str]:
    """What a link to a heading of a page ends in."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target, anchor in re.findall(r"\]\((?!https:)([^)#]*)#?([^)]*)\)", page.read_text()):
        there = page.parent / target if target else page
        assert there.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors(there), f"{page.name} links to {target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_with_its_folder_is_there(page):
    named = re.findall(r"`((?:gd_widget|js|tests|notebooks|docs)/[\w./-]+\.\w+)`", page.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_for_make_is_one(page):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = page.read_text()
    named = re.findall(r"`make ([\w-]+)", text) + re.findall(r"^make ([\w-]+)", text, re.MULTILINE)
    assert set(named) <= targets


def test_the_workflow_for_a_class_installs_what_our_own_site_is_made_with():
    page = (ROOT / "docs/teaching-a-class.md").read_text()
    (installs,) = re.findall(r"- run: >-\n +pip install ((?:.*\n {10})*.*)", page)
    ours = (ROOT / "environments/lite.in").read_text().split()
    locked = (ROOT / "environments/lite.txt").read_text()
    for requirement in installs.replace('"', "").split():
        name, _, version = requirement.partition("==")
        bare, _, extras = name.partition("[")
        assert any(re.match(rf"{bare}\b(?!-)", one) for one in ours), f"{bare} is not in ours"
        assert not version or f"{bare}=={version}" in locked.splitlines()
        (extra,) = [one for one in ours if re.match(rf"{bare}\b(?!-)", one)]
        assert set(filter(None, extras.strip("]").split(","))) <= set(re.split(r"[\[\],]", extra))
    (first,) = set(re.findall(r"`%pip install -q (anywidget==\S+) gd-widget`", page))
    assert first in installs


@pytest.mark.parametrize(("student", "worth"), [("right", 1), ("half-right", 0.5), ("wrong", 0)])
def test_an_update_is_graded_as_the_page_for_teachers_says(student, worth, capsys):
    names: dict[str, object] = {}
    for cell in (FIRST, UPDATES[student]):
        exec(cell, names)
    exec("for _ in range(3 if worth else 0): update()", {"worth": worth, "update": names["update"]})
    exec(GRADES, names)
    assert names["grade"] == worth
    assert bool(capsys.readouterr().out.strip()) == (worth < 1), "a reason"
    before = np.array(names["a"])
    for test, least in zip(OTTER_TESTS, (0.5, 1), strict=True):
        if worth >= least:
            exec(test, names)
        else:
            with pytest.raises(AssertionError):
                exec(test, names)
    assert np.array_equal(before, names["a"])


def test_the_rule_for_nbval_is_the_one_that_is_used():
    page = (ROOT / "docs/without-a-kernel.md").read_text()
    (rule,) = re.findall(r"```ini\n(.*?)```", page, re.DOTALL)
    assert rule in (ROOT / "notebooks/sanitize.cfg").read_text()


def test_every_option_of_the_element_is_in_its_reference():
    page = (ROOT / "docs/without-a-kernel.md").read_text()
    names = ["x", "y", *SETTINGS.keys() - {"engine", "playing", "lang"}]  # HTML has lang
    types = (ROOT / "js/widget.d.ts").read_text()
    for name in names:
        attribute = "heading" if name == "title" else name
        assert f"`{attribute.replace('_', '-')}`" in page
        assert re.search(rf"^  {attribute}: ", types, re.MULTILINE)
