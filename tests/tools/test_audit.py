"""What the advisory services say is read as it is meant, and no answer is no good news."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import audit
from tools.audit import Audit, read_npm_audit, read_pip_audit, without_doubles

CLEAN = {"name": "six", "version": "1.17.0", "vulns": []}
SKIPPED = {"name": "zipp", "skip_reason": "zipp was not found"}
HOLE = {
    "name": "torch",
    "version": "1.0",
    "vulns": [{"id": "X-1", "fix_versions": ["1.1", "2.0"]}, {"id": "X-2", "fix_versions": []}],
}


def pip_audit(*packages: dict[str, object], about: int | None = None) -> Audit:
    printed = json.dumps({"dependencies": packages, "fixes": []})
    return read_pip_audit(len(packages) if about is None else about, printed, "")


def test_every_version_is_asked_about_once():
    text = (
        "# made\na==1\nb==1 ; python_full_version < '3.11'\nb==2 ; python_full_version >= '3.11'\n"
    )
    assert without_doubles(text) == [["a==1", "b==1"], ["b==2"]]


def test_every_lock_file_but_an_old_one_is_asked_about():
    names = {file.name for file in audit.PYTHON_FILES}
    folder = Path(__file__).parents[2] / "environments"
    assert names == {"constraints.txt", *(file.name for file in folder.glob("*.txt"))} - {
        "colab.txt"
    }


@pytest.mark.parametrize("file", audit.PYTHON_FILES, ids=lambda file: file.name)
def test_the_locked_versions_are_all_asked_about(file):
    text = file.read_text()
    lists = without_doubles(text)
    assert sum(map(len, lists)) == sum(
        "==" in line and line[0] != "#" for line in text.splitlines()
    )
    for pins in lists:
        assert len({pin.partition("==")[0] for pin in pins}) == len(pins)


def test_advisories_of_python_are_told_with_the_version_that_mends_them():
    found = pip_audit(CLEAN, HOLE)
    assert found == Audit(
        2, ["torch 1.0: X-1, fixed in 1.1, 2.0", "torch 1.0: X-2, fixed in no version"], []
    )


def test_what_pip_audit_left_out_is_unanswered():
    assert pip_audit(CLEAN, SKIPPED).unanswered == ["zipp was not found"]
    assert pip_audit(CLEAN, about=2).unanswered == ["pip-audit answered for 1 of 2 versions"]
    assert pip_audit(CLEAN).unanswered == []


def test_a_program_that_gives_up_is_unanswered_in_its_last_words():
    assert read_pip_audit(2, "", "Traceback\nConnectionError: no route\n").unanswered == [
        "ConnectionError: no route"
    ]
    assert read_npm_audit(2, "", "").unanswered == ["it ended without a word"]


def test_advisories_of_node_are_told_once():
    report = {
        "auditReportVersion": 2,
        "vulnerabilities": {
            "a": {"severity": "high", "via": [{"title": "Reads too much"}]},
            "b": {"severity": "high", "via": ["a"]},
        },
    }
    found = read_npm_audit(9, json.dumps(report), "")
    assert found == Audit(9, ["a, high: Reads too much"], [])
    assert read_npm_audit(9, '{"vulnerabilities": {}}', "") == Audit(9)


def test_a_refusal_of_the_registry_is_unanswered():
    said = json.dumps({"message": "405 Method Not Allowed", "statusCode": 405})
    assert read_npm_audit(9, said, "").unanswered == ["405 Method Not Allowed"]


def test_what_is_printed_says_plainly_that_nobody_answered():
    assert Audit(3).words() == "3 versions: nothing known"
    assert Audit(3, ["a hole"]).words() == "3 versions\n  a hole"
    assert Audit(3, unanswered=["no route", "no route"]).words() == (
        "3 versions\n  NOT AUDITED, the advisory service could not be reached: no route; and 1 more"
    )


def test_it_ends_well_only_where_all_have_answered(monkeypatch, capsys):
    def ends_with(python: Audit, node: Audit) -> object:
        monkeypatch.setattr(audit, "ask_pip_audit", lambda pins: python)
        monkeypatch.setattr(audit, "audit_node", lambda folder: node)
        try:
            audit.main()
        except SystemExit as end:
            return end.code
        return 0

    assert ends_with(Audit(1), Audit(1)) == 0
    assert ends_with(Audit(1), Audit(1, ["a hole"])) == 1
    assert ends_with(Audit(1, unanswered=["no route"]), Audit(1)) == 1
    assert "no route" in capsys.readouterr().out
