"""What is shipped: a pure wheel with the bundle, and an sdist that can build it."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import gd_widget

ROOT = Path(__file__).parents[1]
BUNDLE = "gd_widget/static/widget.js"
MOST_BYTES = 108_000  # the bundle is stored again with every widget in a saved notebook


@pytest.fixture(scope="module")
def dist(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_wheel_is_pure_and_carries_the_bundle(dist):
    [wheel] = dist.glob("*.whl")
    assert wheel.name == f"gd_widget-{gd_widget.__version__}-py3-none-any.whl"
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "gd_widget").rglob("*.py")}
    shared = f"gd_widget-{gd_widget.__version__}.data/data/share/jupyter/labextensions/gd-widget"
    extension = {f"{shared}/package.json", f"{shared}/static/reopened.js"}
    assert names == sources | {BUNDLE} | extension


def test_the_sdist_builds_what_the_wheel_carries(dist, tmp_path):
    [sdist] = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    [source] = tmp_path.iterdir()
    names = {path.relative_to(source).as_posix() for path in source.rglob("*")}
    assert {BUNDLE, "js/widget.js", "js/theme.css", "package-lock.json", "hatch_build.py"} <= names
    assert not any(name.startswith(("node_modules", ".venv", ".git/")) for name in names)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    [ours], [its] = dist.glob("*.whl"), tmp_path.glob("*.whl")
    contents = [
        {name: wheel.read(name) for name in wheel.namelist() if ".dist-info/" not in name}
        for wheel in map(zipfile.ZipFile, (ours, its))
    ]
    assert contents[0] == contents[1]


def test_the_versions_agree():
    for package in ("package.json", "labextension/package.json"):
        assert json.loads((ROOT / package).read_text())["version"] == gd_widget.__version__


def test_the_bundle_is_small():
    assert (ROOT / BUNDLE).stat().st_size <= MOST_BYTES


def test_the_bundle_asks_for_nothing_from_elsewhere():
    text = (ROOT / BUNDLE).read_text()
    for forbidden in ("eval(", "new Function", "fetch(", "XMLHttpRequest", "innerHTML=", "import("):
        found = text.count(forbidden)
        # lit-html parses its own templates, made of the source's literals, by innerHTML.
        assert found == (1 if forbidden == "innerHTML=" else 0), forbidden
