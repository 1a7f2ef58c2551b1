"""What is to be true of what is committed, before a release is made of it.

Every check takes a folder, and raises UnfitError where something is not as it must be.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from packaging.version import Version

LAST_LINES = 15
"""Of what a program printed that failed: they say why."""


class UnfitError(Exception):
    """Something is not as it must be in a release."""


def run(*command: str | Path, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """What a program prints; UnfitError with its last words where it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-LAST_LINES:])
        raise UnfitError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{last}")
    return done.stdout


def version_of(source: Path) -> str:
    """As package.json has it, from which every other is to be."""
    return str(json.loads((source / "package.json").read_text())["version"])


def everything_is_committed(tree: Path) -> None:
    """What is built is what is committed, and nothing is forgotten."""
    left = run("git", "status", "--porcelain", folder=tree).splitlines()
    if left:
        raise UnfitError(f"git must have nothing left to commit; got {', '.join(left)}")


def versions_agree(source: Path) -> None:
    """All files that must say the version say the same."""
    lock = json.loads((source / "package-lock.json").read_text())
    extension = json.loads((source / "labextension" / "package.json").read_text())
    same_version(
        version_of(source),
        {
            "package-lock.json": lock["version"],
            "package-lock.json, of its first package,": lock["packages"][""]["version"],
            "labextension/package.json": extension["version"],
        },
    )


def same_version(version: str, said: Mapping[str, str]) -> None:
    """That all these places say this version, in npm's spelling or in Python's."""
    wrong = [
        f"{place} says {other}"
        for place, other in said.items()
        if Version(other) != Version(version)
    ]
    if wrong:
        raise UnfitError(f"the version must be package.json's, {version}; {', '.join(wrong)}")


def changelog_is_current(source: Path) -> None:
    """The newest section is this version's, says something, and has its day."""
    section_of(version_of(source), (source / "CHANGELOG.md").read_text("utf-8"), date.today())


def section_of(version: str, changelog: str, today: date) -> None:
    """That the first section is this version's and has a day; only of a .dev it need not."""
    heading, _, rest = changelog.partition("\n## ")[2].partition("\n")
    named = re.fullmatch(r"(\S+) \((.+)\)", heading)
    if not named or named[1] != version:
        raise UnfitError(
            f"CHANGELOG.md must begin with a section of {version}; its first is {heading!r}"
        )
    if not rest.partition("\n## ")[0].strip():
        raise UnfitError(f"CHANGELOG.md must say what is new in {version}; its section is empty")
    if named[2] == "unreleased" and Version(version).is_devrelease:
        return
    try:
        is_past = date.fromisoformat(named[2]) <= today
    except ValueError:
        is_past = False
    if not is_past:
        raise UnfitError(
            f"CHANGELOG.md must say on which day {version} is released, not after today, as in "
            f'"## {version} ({today})"; got "## {heading}"'
        )


def citation_is_current(source: Path) -> None:
    """CITATION.cff says this version, its licence, and the day that the changelog says.

    Source: https://github.com/citation-file-format/citation-file-format, version 1.2.0.
    """
    text = (source / "CITATION.cff").read_text("utf-8")
    said = dict(re.findall(r"^([\w-]+): *(.*)$", text, re.MULTILINE))
    for name in ("cff-version", "message", "title", "authors"):
        if name not in said:
            raise UnfitError(f"CITATION.cff must have {name}, which is missing")
    same_version(version_of(source), {"CITATION.cff": said.get("version", "0")})
    heading = re.search(r"^## \S+ \((.+)\)$", (source / "CHANGELOG.md").read_text("utf-8"), re.M)
    day = heading[1] if heading and heading[1] != "unreleased" else None
    if said.get("date-released") != day:
        raise UnfitError(
            f"date-released in CITATION.cff must be the changelog's day, {day or 'none yet'}; "
            f"got {said.get('date-released', 'none')}"
        )


def links_lead_to_files(source: Path) -> None:
    """What README.md links to, or shows, is committed."""
    text = (source / "README.md").read_text("utf-8")
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
    missing = [target for target in targets if not (source / target).exists()]
    if missing:
        raise UnfitError(f"README.md must link to files that are there; got {', '.join(missing)}")
