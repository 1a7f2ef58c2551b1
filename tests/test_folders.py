"""The folders are the concepts, and what one may import of another runs one way.

Every import is read, those inside functions and those for types alone too: in Python with ast, in
JavaScript with one regular expression, which finds `import ... from "…"` and `import("…")`.
"""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PYTHON = {
    "core": set(),
    "data": {"core"},
    "own_code": {"core", "data"},
    "training": {"core", "data", "own_code"},
    "bets": {"core", "training"},
    "words": {"core"},
    "drawing": {"core", "data", "training", "words"},
    "page": {"core", "data", "own_code", "training", "bets", "words"},
    "": {"core", "data", "own_code", "training", "bets", "words", "drawing", "page"},
    "figures": {"core", "data", "training", "words", "drawing", "page", ""},
}
"""Folders of gd_widget, and what each may import beside itself; "" is the files at the top."""

HEAVY = {
    "torch",
    "bqplot",
    "pandas",
    "polars",
    "dask",
    "distributed",
    "pyarrow",
    "scipy",
    "sklearn",
}
"""What takes long to import, or need not be installed."""

MAY_BE_HEAVY = {
    "gd_widget.data.dask_features": {"dask"},
    "gd_widget.data.dask_points": {"dask", "distributed"},
    "gd_widget.data.tensor_points": {"torch"},
    "gd_widget.training.engines.autograd": {"torch"},
    "gd_widget.training.engines.autograd_function": {"torch"},
    "gd_widget.training.engines.autograd_losses": {"torch"},
    "gd_widget.training.engines.recording": {"torch"},
    "gd_widget.training.engines.on_device": {"torch"},
    "gd_widget.training.made_optimizer": {"torch"},
    "gd_widget.training.torch_optimizer": {"torch"},
    "gd_widget.figures": {"bqplot"},
}
"""The files, or folders, that import it when they are imported themselves."""

JAVASCRIPT = {
    "core": set(),
    "types": {"core"},
    "words": {"core", "types"},
    "bets": {"core", "types", "words"},
    "sources": {"core", "types", "words", "bets"},
    "session": {"core", "types", "words", "sources"},
    "views": {"core", "types", "words", "bets"},
    "page": {"core", "types", "words", "sources", "session", "views"},
    "": {"core", "types", "words", "sources", "session", "views", "page"},
}
"""The same of js; types is a file, js/types.js, which has nothing but types in it."""

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")


def python_modules() -> dict[str, Path]:
    files = (ROOT / "gd_widget").rglob("*.py")
    return {name_of(file): file for file in files}


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_in(tree: ast.AST) -> list[str]:
    """The modules, and the names in them that may be modules, that the code asks for."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            found += [node.module or ""]
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


MODULES = python_modules()
TREES = {name: ast.parse(file.read_text()) for name, file in MODULES.items()}


def folder_of(module: str) -> str:
    inside = module.split(".")[1:]
    is_folder = inside and (ROOT / "gd_widget" / inside[0]).is_dir()
    return inside[0] if is_folder else ""


@pytest.mark.parametrize("module", MODULES)
def test_a_python_file_imports_only_what_its_folder_may(module):
    mine = folder_of(module)
    allowed = PYTHON[mine] | {mine}
    # A folder's __init__ is what others see of it; the package's own is for users alone.
    asked = [name for name in imports_in(TREES[module]) if name in MODULES and name != "gd_widget"]
    assert [name for name in asked if folder_of(name) not in allowed] == []
    assert module == "gd_widget" or "gd_widget" not in imports_in(TREES[module])


def test_no_python_files_import_each_other_in_a_circle():
    arrows = {}
    for module, tree in TREES.items():
        asked = imports_in(without_types(tree))
        arrows[module] = {name for name in asked if name in MODULES and name != module}
        # To import a file is to import the folders it is in; they import files for others to see.
        arrows[module] -= {module.rpartition(".")[0]}
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {' -> '.join(error.args[1])}")


def without_types(tree: ast.AST) -> ast.AST:
    """The code without what is imported for types alone, which is never run."""
    kept = [node for node in ast.iter_child_nodes(tree) if not is_for_types(node)]
    return ast.Module(body=kept, type_ignores=[])  # type: ignore[arg-type]


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


@pytest.mark.parametrize("module", MODULES)
def test_what_is_heavy_is_imported_by_few_and_named_files(module):
    allowed = {
        heavy
        for place, some in MAY_BE_HEAVY.items()
        for heavy in some
        if f"{module}.".startswith(f"{place}.")
    }
    nodes = [node for node in ast.iter_child_nodes(TREES[module]) if not is_for_types(node)]
    at_once = [
        name.split(".")[0]
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom | ast.If | ast.Try | ast.With)
        for name in imports_in(ast.Module(body=[node], type_ignores=[]))  # type: ignore[list-item]
    ]
    assert set(at_once) & HEAVY <= allowed


# ------------------------------------------------------------------------------- JavaScript

SCRIPTS = sorted((ROOT / "js").rglob("*.js"))


def js_folder_of(path: Path) -> str:
    first, *rest = path.relative_to(ROOT / "js").parts
    return "types" if first == "types.js" else first if rest else ""


def js_imports(path: Path) -> list[Path]:
    return [(path.parent / found).resolve() for found in IMPORT.findall(path.read_text())]


def js_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SCRIPTS, ids=js_name)
def test_a_script_imports_only_what_its_folder_may(path):
    mine = js_folder_of(path)
    allowed = JAVASCRIPT[mine] | {mine}
    asked = [other for other in js_imports(path) if other.suffix == ".js"]
    assert [js_name(other) for other in asked if js_folder_of(other) not in allowed] == []
    assert all(other.exists() for other in js_imports(path))


def test_no_scripts_import_each_other_in_a_circle():
    code = {path: re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S) for path in SCRIPTS}
    arrows = {
        path: {(path.parent / found).resolve() for found in IMPORT.findall(text)}
        for path, text in code.items()
    }
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {' -> '.join(map(js_name, error.args[1]))}")


def test_only_the_kernel_source_knows_jupyter():
    """The host's model is spoken to in three files alone, and in the two that a host calls."""
    speaks = re.compile(r"\bmodel\.(get|set|on|off|send|save_changes)\b")
    known = {js_name(path) for path in SCRIPTS if speaks.search(path.read_text())}
    sources = {f"js/sources/kernel{what}.js" for what in ("", "-watch", "-traits")}
    assert known <= {*sources, "js/widget.js", "js/loader.js"}
