"""What would spoil a release is found before it is one, and said by file, rule and value."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tools.release_check import MOST_LINES, failures_of
from tools.release_source import (
    UnfitError,
    citation_is_current,
    everything_is_committed,
    links_lead_to_files,
    run,
    same_version,
    section_of,
    version_of,
    versions_agree,
)

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 26)
LOG = "# Changelog\n\n## 0.2.0 ({day})\n\n- New.\n\n## 0.1.0 (2026-11-01)\n\n- Old.\n"


def test_a_version_with_its_day_is_fit():
    section_of("0.2.0", LOG.format(day="2026-11-26"), TODAY)
    section_of("0.2.0", LOG.format(day="2026-10-01"), TODAY)


@pytest.mark.parametrize("day", ["unreleased", "2026-11-27", "2026-13-01", "soon"])
def test_a_version_without_its_day_is_not(day):
    with pytest.raises(UnfitError) as raised:
        section_of("0.2.0", LOG.format(day=day), TODAY)
    assert str(raised.value) == (
        "CHANGELOG.md must say on which day 0.2.0 is released, not after today, as in "
        f'"## 0.2.0 (2026-11-26)"; got "## 0.2.0 ({day})"'
    )


@pytest.mark.parametrize("version", ["0.2.0-dev.1", "0.2.0.dev1"])
def test_a_version_for_development_may_be_unreleased(version):
    section_of(version, f"# Changelog\n\n## {version} (unreleased)\n\n- New.\n", TODAY)


@pytest.mark.parametrize(
    ("log", "first"),
    [
        (LOG.format(day="2026-11-26"), "0.2.0 (2026-11-26)"),
        ("# Changelog\n\n## 0.3.0\n\n- New.\n", "0.3.0"),
        ("# Changelog\n", ""),
    ],
)
def test_a_version_must_have_the_first_section(log, first):
    with pytest.raises(UnfitError) as raised:
        section_of("0.3.0", log, TODAY)
    assert str(raised.value) == (
        f"CHANGELOG.md must begin with a section of 0.3.0; its first is '{first}'"
    )


def test_a_section_must_say_something():
    with pytest.raises(UnfitError, match="its section is empty"):
        section_of("0.2.0", LOG.format(day="2026-11-26").replace("- New.\n", ""), TODAY)


def test_versions_may_be_spelled_as_npm_or_as_python_does():
    same_version("0.2.0-dev.1", {"a wheel": "0.2.0.dev1"})
    with pytest.raises(UnfitError) as raised:
        same_version("0.2.0", {"a": "0.2.0", "b": "0.1.0", "c": "0.2.0rc1"})
    assert str(raised.value) == (
        "the version must be package.json's, 0.2.0; b says 0.1.0, c says 0.2.0rc1"
    )


@pytest.mark.parametrize("wrong", ["package-lock.json", "labextension/package.json"])
def test_a_file_that_was_forgotten_is_named(tmp_path, wrong):
    (tmp_path / "labextension").mkdir()
    for name in ("package.json", "package-lock.json", "labextension/package.json"):
        (tmp_path / name).write_text(
            json.dumps({"version": "0.2.0", "packages": {"": {"version": "0.2.0"}}})
        )
    versions_agree(tmp_path)
    (tmp_path / wrong).write_text(
        json.dumps({"version": "0.1.0", "packages": {"": {"version": "0.2.0"}}})
    )
    with pytest.raises(UnfitError, match=f"0.2.0; {wrong} says 0.1.0$"):
        versions_agree(tmp_path)


def test_the_sources_here_agree_and_have_a_section():
    versions_agree(ROOT)
    assert f"\n## {version_of(ROOT)} (" in (ROOT / "CHANGELOG.md").read_text()


CITED = "cff-version: 1.2.0\nmessage: m\ntitle: t\nauthors:\n  - name: we\nversion: {version}\n"


@pytest.mark.parametrize(
    ("day", "cited", "wrong"),
    [
        ("unreleased", CITED.format(version="0.2.0"), None),
        ("2026-11-26", CITED.format(version="0.2.0") + "date-released: 2026-11-26\n", None),
        ("2026-11-26", CITED.format(version="0.2.0"), "day, 2026-11-26; got none$"),
        (
            "unreleased",
            CITED.format(version="0.2.0") + "date-released: 2026-11-26\n",
            "none yet; got",
        ),
        ("unreleased", CITED.format(version="0.1.0"), "0.2.0; CITATION.cff says 0.1.0$"),
        ("unreleased", CITED.format(version="0.2.0").replace("title: t\n", ""), "must have title"),
    ],
)
def test_what_is_cited_is_what_is_released(tmp_path, day, cited, wrong):
    (tmp_path / "package.json").write_text('{"version": "0.2.0"}')
    (tmp_path / "CHANGELOG.md").write_text(LOG.format(day=day))
    (tmp_path / "CITATION.cff").write_text(cited)
    if wrong is None:
        citation_is_current(tmp_path)
    else:
        with pytest.raises(UnfitError, match=wrong):
            citation_is_current(tmp_path)


def test_the_citation_here_is_current():
    citation_is_current(ROOT)


def test_a_link_to_a_file_that_is_nowhere_is_named(tmp_path):
    (tmp_path / "there.md").touch()
    links = "[a](there.md) [b](there.md#part) [c](#part) [d](https://example.org/x)"
    (tmp_path / "README.md").write_text(links)
    links_lead_to_files(tmp_path)
    (tmp_path / "README.md").write_text(f"{links} ![e](docs/gone.png) [f](gone.md#part)")
    with pytest.raises(UnfitError, match=r"got docs/gone\.png, gone\.md$"):
        links_lead_to_files(tmp_path)


def test_what_is_not_committed_is_named(tmp_path):
    def git(*arguments: str) -> None:
        me = ["-c", "user.name=me", "-c", "user.email=me@example.org"]
        subprocess.run(["git", *me, *arguments], cwd=tmp_path, check=True)

    git("init", "--quiet")
    (tmp_path / "a").touch()
    git("add", "a")
    git("commit", "--quiet", "--no-verify", "-m", "a")
    everything_is_committed(tmp_path)
    (tmp_path / "b").touch()
    with pytest.raises(UnfitError, match=r"nothing left to commit; got \?\? b$"):
        everything_is_committed(tmp_path)


def test_a_program_that_fails_has_its_last_words(tmp_path):
    assert run("echo", "said", folder=tmp_path) == "said\n"
    with pytest.raises(UnfitError, match=r"^sh -c .* ended with 3:\nwhy$"):
        run("sh", "-c", "echo why >&2; exit 3", folder=tmp_path)


def test_all_that_failed_is_told_and_what_needs_it_is_not_tried(capsys):
    tried = []

    def fail() -> None:
        tried.append("fail")
        raise UnfitError("it is wrong")

    checks = {"one": lambda: tried.append("one"), "two": fail, "three": fail}
    assert failures_of(checks, in_turn=False) == ["two: it is wrong", "three: it is wrong"]
    assert capsys.readouterr().out == "ok   one\nFAIL two\nFAIL three\n"
    tried.clear()
    assert failures_of(checks, in_turn=True) == ["two: it is wrong"]
    assert tried == ["one", "fail"]


def test_a_failure_of_many_words_is_cut_short():
    def fail() -> None:
        raise AssertionError("\n".join(map(str, range(100))))

    [failure] = failures_of({"one": fail}, in_turn=False)
    assert failure.startswith("one: 0\n1\n") and len(failure.splitlines()) == MOST_LINES


def test_a_failure_without_words_is_told_by_its_kind():
    def fail() -> None:
        raise AssertionError

    assert failures_of({"one": fail}, in_turn=False) == ["one: AssertionError()"]
