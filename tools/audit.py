"""Asks what is known against the versions that are locked, in both languages: `make audit`.

Ends with status 1 where there is an advisory, and where a service has not answered for all of
them: no answer is not a good one. pip-audit by itself says "No known vulnerabilities found" of
packages that it could not ask about.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tools.lock import NODE_FOLDERS

ROOT = Path(__file__).parents[1]

OLD = ROOT / "environments" / "colab.txt"
"""Old because Colab is: nobody here can mend what is known against it."""

PYTHON_FILES = (
    ROOT / "constraints.txt",
    *(file for file in sorted((ROOT / "environments").glob("*.txt")) if file != OLD),
)


@dataclass
class Audit:
    """What was found out about some locked versions.

    about : how many of them there are.
    advisories : one line for each.
    unanswered : one line for each question that has no answer, and why.
    """

    about: int = 0
    advisories: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    def add(self, other: Audit) -> None:
        """Take in what was found out about others."""
        self.about += other.about
        self.advisories += other.advisories
        self.unanswered += other.unanswered

    def words(self) -> str:
        """The same in lines to be read."""
        lines = [*self.advisories]
        if self.unanswered:
            first, *others = self.unanswered
            more = f"; and {len(others)} more" if others else ""
            lines.append(f"NOT AUDITED, the advisory service could not be reached: {first}{more}")
        return "\n  ".join([f"{self.about} versions{'' if lines else ': nothing known'}", *lines])


def without_doubles(constraints: str) -> list[list[str]]:
    """The pins of all Pythons and systems, in lists of which none names a package twice.

    pip-audit would leave out what the markers say is for others, and refuses doubles.
    """
    lists: list[list[str]] = []
    seen: dict[str, int] = {}
    for line in constraints.splitlines():
        pin = line.partition("#")[0].partition(";")[0].strip()
        if not pin:
            continue
        name = pin.partition("==")[0]
        turn = seen[name] = seen.get(name, -1) + 1
        if turn == len(lists):
            lists.append([])
        lists[turn].append(pin)
    return lists


def audit_python(constraints: str) -> Audit:
    """Ask PyPI about every version that is named in the text of a lock file."""
    found = Audit()
    for pins in without_doubles(constraints):
        found.add(ask_pip_audit(pins))
    return found


def ask_pip_audit(pins: list[str]) -> Audit:
    """What pip-audit finds out about pins of which each is of another package."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text("\n".join(pins) + "\n")
        command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off"]
        command += ["--no-deps", "--disable-pip", f"--requirement={file}"]
        done = subprocess.run(command, capture_output=True, text=True)
    return read_pip_audit(len(pins), done.stdout, done.stderr)


def read_pip_audit(about: int, printed: str, errors: str) -> Audit:
    """What pip-audit's JSON says; where it printed none, its errors are why."""
    try:
        packages = json.loads(printed)["dependencies"]
    except ValueError:
        return Audit(about, unanswered=[last_line(errors)])
    found = Audit(about)
    for package in packages:
        if "skip_reason" in package:
            found.unanswered.append(package["skip_reason"])
        for hole in package.get("vulns", []):
            fixed = ", ".join(hole["fix_versions"]) or "no version"
            found.advisories.append(
                f"{package['name']} {package['version']}: {hole['id']}, fixed in {fixed}"
            )
    if len(packages) < about:
        found.unanswered.append(f"pip-audit answered for {len(packages)} of {about} versions")
    return found


def audit_node(folder: Path) -> Audit:
    """Ask npm's registry about a lock file."""
    lock = json.loads((folder / "package-lock.json").read_text())
    command = ["npm", "audit", "--package-lock-only", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return read_npm_audit(len(lock["packages"]) - 1, done.stdout, done.stderr)


def read_npm_audit(about: int, printed: str, errors: str) -> Audit:
    """What `npm audit --json` says; what is no report says why there is none."""
    try:
        report = json.loads(printed)
    except ValueError:
        return Audit(about, unanswered=[last_line(errors)])
    if "vulnerabilities" not in report:
        return Audit(about, unanswered=[report.get("message") or last_line(errors)])
    found = Audit(about)
    for name, package in report["vulnerabilities"].items():
        # What is text names another package in the report, through which this one is concerned.
        titles = [via["title"] for via in package["via"] if not isinstance(via, str)]
        found.advisories += [f"{name}, {package['severity']}: {title}" for title in titles]
    return found


def last_line(text: str) -> str:
    """The last words of a program, which say why it gave up."""
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else "it ended without a word"


def main() -> None:
    """Ask about everything, print what was found, and fail unless that is nothing."""
    audits = {str(file.relative_to(ROOT)): audit_python(file.read_text()) for file in PYTHON_FILES}
    for folder in NODE_FOLDERS:
        audits[str(folder / "package-lock.json")] = audit_node(folder)
    for file, audit in audits.items():
        print(f"{file}, {audit.words()}")
    if any(audit.advisories or audit.unanswered for audit in audits.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
