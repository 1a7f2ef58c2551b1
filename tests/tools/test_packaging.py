"""What is shipped: a pure wheel with the bundle, and an sdist that can build it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path
from tempfile import gettempdir

import pytest

import gd_widget
from gd_widget.page.bundle import SIZES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "gd_widget"
STATIC = "gd_widget/static"
BUNDLE = f"{STATIC}/widget.js"
LINE = f"{STATIC}/line.js"
LOADER = f"{STATIC}/loader.js"
LICENSES = (
    "licenses/LICENSE",
    "licenses/js/licenses/gifenc.txt",
    "licenses/js/licenses/lit-html.txt",
)
INFO = ("METADATA", "RECORD", "WHEEL", *LICENSES)
SOURCES = (".py", ".typed", ".txt", ".js", ".mjs", ".ts", ".css", ".json")
BESIDE = {
    ".gitignore", ".npmrc", "CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", "hatch_build.py",
    "package-lock.json", "package.json", "pyproject.toml",
}  # fmt: skip
"""What lies in an sdist beside the folders."""
MOST_BYTES = {LINE: 150_000, LOADER: 1_000}
"""What every page needs; and what is stored with every widget of a notebook."""
MOST_DEFLATED = {LINE: 56_000}


@pytest.fixture(scope="module")
def dist(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_wheel_carries_the_package_and_nothing_else(dist):
    [wheel] = dist.glob("*.whl")
    name = f"gd_widget-{gd_widget.__version__}"
    paths = [*PACKAGE.rglob("*.py"), *PACKAGE.glob("words/*.json")]
    sources = {path.relative_to(ROOT).as_posix() for path in paths}
    typed, built = {"gd_widget/py.typed"}, {LOADER, f"{STATIC}/sizes.json"}
    built |= {f"{STATIC}/{size}" for size in SIZES}
    shared = f"{name}.data/data/share/jupyter/labextensions/gd-widget"
    extension = {f"{shared}/package.json", f"{shared}/static/reopened.js"}
    info = {f"{name}.dist-info/{file}" for file in INFO}
    assert set(zipfile.ZipFile(wheel).namelist()) == sources | typed | built | extension | info


def test_the_wheel_is_for_every_python_and_machine(dist):
    [wheel] = dist.glob("*.whl")
    name = f"gd_widget-{gd_widget.__version__}"
    assert wheel.name == f"{name}-py3-none-any.whl"
    said = zipfile.ZipFile(wheel).read(f"{name}.dist-info/WHEEL").decode().splitlines()
    assert {"Root-Is-Purelib: true", "Tag: py3-none-any"} <= set(said)


def test_the_sdist_carries_what_a_build_needs_and_nothing_else(dist):
    [sdist] = dist.glob("*.tar.gz")
    folders = [ROOT / name for name in ("gd_widget", "js", "labextension")]
    sources = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in SOURCES
    }
    with tarfile.open(sdist) as archive:
        names = {member.name.partition("/")[2] for member in archive if member.isfile()}
    assert names == sources | BESIDE


def test_nothing_shipped_says_where_it_was_built(dist):
    [wheel], [sdist] = dist.glob("*.whl"), dist.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as zipped, tarfile.open(sdist) as archive:
        contents = {name: zipped.read(name) for name in zipped.namelist()}
        contents |= {
            file.name: archive.extractfile(file).read() for file in archive if file.isfile()
        }
    places = {str(ROOT), str(dist), sys.prefix, gettempdir()}
    told = [
        (name, place)
        for name, content in contents.items()
        for place in places
        if f"{place}/".encode() in content
    ]
    assert told == []


def test_the_sdist_builds_what_the_wheel_carries(dist, tmp_path):
    [sdist] = dist.glob("*.tar.gz")
    options = ["--no-deps", "--no-build-isolation", "-w", str(tmp_path), str(sdist)]
    command = [sys.executable, "-m", "pip", "wheel", *options]
    subprocess.run(command, check=True, capture_output=True)
    [ours], [its] = dist.glob("*.whl"), tmp_path.glob("*.whl")
    contents = [
        {name: wheel.read(name) for name in wheel.namelist() if ".dist-info/" not in name}
        for wheel in map(zipfile.ZipFile, (ours, its))
    ]
    assert contents[0] == contents[1]


def test_the_versions_agree():
    for file in ("package.json", "package-lock.json", "labextension/package.json"):
        assert json.loads((ROOT / file).read_text())["version"] == gd_widget.__version__


@pytest.mark.parametrize(
    ("name", "file", "notice"),
    [
        ("lit-html", "LICENSE", r"lit-html, Copyright \d+ Google LLC, BSD-3-Clause"),
        ("gifenc", "LICENSE.md", r"gifenc, Copyright \d+ Matt DesLauriers, MIT"),
    ],
)
def test_what_others_have_written_of_the_bundle_comes_with_their_notice_and_licence(
    name, file, notice
):
    theirs = (ROOT / "node_modules" / name / file).read_text()
    assert (ROOT / f"js/licenses/{name}.txt").read_text() == theirs
    [said] = re.findall(notice, (ROOT / BUNDLE).read_text("utf-8").splitlines()[0])
    [holder] = re.findall(r"Copyright .*?(?: Google LLC|Lauriers)", theirs.replace("(c) ", ""))
    assert holder in said


def test_the_bundle_has_nothing_else_of_others():
    built_with = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    imported = re.findall(
        r'from "([a-z@][^"]*)"', "".join(path.read_text() for path in (ROOT / "js").rglob("*.js"))
    )
    assert {one.partition("/")[0] for one in imported} == {"gifenc", "lit-html"} <= set(built_with)


def test_what_is_built_is_small():
    sizes = {name: (ROOT / name).stat().st_size for name in MOST_BYTES}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES[name]} == {}
    sizes = {name: len(zlib.compress((ROOT / name).read_bytes(), 9)) for name in MOST_DEFLATED}
    assert {name: size for name, size in sizes.items() if size > MOST_DEFLATED[name]} == {}
