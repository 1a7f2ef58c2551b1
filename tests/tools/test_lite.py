"""The JupyterLite site: which notebooks it takes, and a Pyodide that names only what it has."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pytest

from tools import lite, pyodide

TAG = "cp314-cp314-pyemscripten_2026_0_wasm32.whl"


def write_notebook(path: Path, *cells: str) -> None:
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=code), path)


@pytest.mark.parametrize("more", ["import torch", "x = 1\nfrom bqplot import Figure", "    import pandas as pd"])  # fmt: skip
def test_notebooks_that_need_more_than_numpy_are_left_out(tmp_path, monkeypatch, more):
    monkeypatch.setattr(lite, "NOTEBOOKS", tmp_path)
    enough = "import math\nimport numpy as np\nfrom gd_widget import GDWidget\nx = 'from torch'"
    write_notebook(tmp_path / "enough.ipynb", enough)
    write_notebook(tmp_path / "more.ipynb", enough, more)
    assert [path.name for path in lite.fitting()] == ["enough.ipynb"]


def test_a_sites_notebooks_install_first_and_name_its_kernel(tmp_path):
    write_notebook(tmp_path / "one.ipynb", "1 + 1")
    lite.write_notebooks(tmp_path / "files", [tmp_path / "one.ipynb"])
    written = nbformat.read(tmp_path / "files" / "one.ipynb", as_version=4)
    assert [cell.source for cell in written.cells] == ["%pip install -q gd-widget", "1 + 1"]
    assert written.metadata.kernelspec.name == "python"


def write_wheel(folder: Path, name: str, *needs: str) -> Path:
    """A wheel of one module, by its file's name."""
    path = folder / name
    distribution, version = name.split("-")[:2]
    metadata = [f"Name: {distribution}", *(f"Requires-Dist: {need}" for need in needs)]
    with ZipFile(path, "w") as wheel:
        wheel.writestr(f"{distribution}/__init__.py", "")
        wheel.writestr(f"{distribution}-{version}.dist-info/METADATA", "\n".join([*metadata, "\n"]))
    return path


@pytest.fixture
def package(tmp_path, monkeypatch) -> Path:
    """Pyodide's npm package, of a distribution in which `big` needs the small ones."""
    depends = {"big": ["small_one"], "small-one": [], "typing": [], "unused": []}
    lock = {
        "info": {"python": "3.14.2"},
        "packages": {
            name: {
                **{"name": name, "version": "1.0", "depends": needs, "sha256": "of theirs"},
                "file_name": f"{name.replace('-', '_')}-1.0-" + (TAG if name == "big" else "py3-none-any.whl"),
            }
            for name, needs in depends.items()
        },
    }  # fmt: skip
    package = tmp_path / "package"
    package.mkdir()
    for name in pyodide.RUNTIME:
        (package / name).write_text(name)
    (package / pyodide.LOCK).write_text(json.dumps(lock))
    monkeypatch.setattr(pyodide, "PACKAGE", package)
    monkeypatch.setattr(pyodide, "OF_THE_DISTRIBUTION", ("big",))
    monkeypatch.setattr(
        pyodide,
        "download",
        lambda name, version, folder: write_wheel(folder, f"{name}-{version}-py3-none-any.whl"),
    )
    return package


def test_pyodides_lock_names_what_lies_beside_it_and_nothing_else(package, tmp_path):
    site, given = tmp_path / "site", tmp_path / "given"
    for folder in (site, given):
        folder.mkdir()
    write_wheel(given, f"big-1.2-{TAG}")
    ours = write_wheel(
        given,
        "Our_own-3.0-py3-none-any.whl",
        "typing>=0.1",
        "colorama; sys_platform == 'win32'",
        "tests; extra == 'dev'",
    )
    pyodide.write(site, [ours], given)
    packages = json.loads((site / pyodide.LOCK).read_text())["packages"]
    assert sorted(packages) == ["big", "our-own", "small-one", "typing"]
    for package in packages.values():
        wheel = site / package["file_name"]
        assert package["sha256"] == sha256(wheel.read_bytes()).hexdigest()
    own = packages["our-own"]
    assert (own["imports"], own["depends"], own["version"]) == (["Our_own"], ["typing"], "3.0")
    assert packages["big"]["version"] == "1.2", "NumPy's may be of another version than Pyodide's"
    assert {path.name for path in site.iterdir()} == {
        *pyodide.RUNTIME,
        pyodide.LOCK,
        *(package["file_name"] for package in packages.values()),
    }


def test_a_wheel_that_is_missing_is_named(package, tmp_path):
    given = tmp_path / "given"
    given.mkdir()
    with pytest.raises(RuntimeError, match=f"given has no big-1.0-{TAG}, nor one of another"):
        pyodide.write(given, [], given)
