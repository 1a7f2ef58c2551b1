"""What is shipped runs no text as code, takes no text for markup, and asks no network."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from gd_widget import GDWidget
from gd_widget.page.bundle import SIZES, STATIC
from gd_widget.page.parts import ON_ITS_OWN, smallest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "gd_widget"

FORBIDDEN = {
    "runs text as code": (
        r"\beval\b(?=\s*[(`])|\bFunction\b(?=\s*[(`])|\bset(?:Timeout|Interval)\(\s*[\"'`]"
        r"|javascript:|\bWorker\b|importScripts|\bimport\("
    ),
    "takes text for markup": (
        r"\b(?:inner|outer)HTML\s*=(?!=)|insertAdjacentHTML|\bdocument\.write|DOMParser"
        r"|createContextualFragment|setHTMLUnsafe|\bsrcdoc\b|\bunsafe(?:HTML|SVG|MathML|Static)\b"
    ),
    "asks a network": (
        r"\bfetch\s*\(|XMLHttpRequest|WebSocket|WebTransport|EventSource|sendBeacon"
        r"|RTCPeerConnection|@import\b|\burl\("
    ),
    "names an address": r"(?:https?|wss?|ftp):\/\/(?!www\.w3\.org\/)|[\"'`]\/\/\w",
    "keeps something in the browser": r"localStorage|sessionStorage|indexedDB|document\.cookie",
}
LITS_OWN = "innerHTML="
"""lit-html has the browser parse its templates, which are the literals of the source; where a page
asks for trusted types, by a policy of its own. Values never pass there."""

NETWORK = {
    "aiohttp", "ftplib", "http", "httpx", "multiprocessing", "requests", "smtplib",
    "socket", "ssl", "subprocess", "urllib.request", "urllib3", "webbrowser", "websockets", "xmlrpc",
}  # fmt: skip
CODE_FROM_DATA = {"ctypes", "dill", "joblib", "marshal", "pickle", "shelve"}


def deeds(text: str) -> list[tuple[str, str]]:
    """What of the forbidden a script or a style sheet does, and by which words."""
    return [
        (deed, match[0])
        for deed, pattern in FORBIDDEN.items()
        for match in re.finditer(pattern, text)
    ]


def without_comments(source: str) -> str:
    """JavaScript or CSS as we write it; its comments name types by import(), and sources."""
    return re.sub(r"/\*.*?\*/|(?:^|(?<=\s))//.*?$", "", source, flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    ("line", "deed"),
    [
        ("eval(text)", "runs text as code"),
        ("(0, eval)`1`; eval`1`", "runs text as code"),
        ("new Function('return 1')()", "runs text as code"),
        ("setTimeout('tick()', 9)", "runs text as code"),
        ("await import(address)", "runs text as code"),
        ("new Worker(address)", "runs text as code"),
        ("a.href='javascript:1'", "runs text as code"),
        ("el.innerHTML = text", "takes text for markup"),
        ("el.outerHTML=text", "takes text for markup"),
        ("el.insertAdjacentHTML('beforeend', text)", "takes text for markup"),
        ("document.write(text)", "takes text for markup"),
        ("html`${unsafeHTML(text)}`", "takes text for markup"),
        ("frame.srcdoc = text", "takes text for markup"),
        ("fetch (address)", "asks a network"),
        ("new XMLHttpRequest", "asks a network"),
        ("new WebSocket(address)", "asks a network"),
        ("navigator.sendBeacon(address, text)", "asks a network"),
        (".a{background:url(a.png)}", "asks a network"),
        ('@import "a.css";', "asks a network"),
        ('image.src = "https://example.org/a.png"', "names an address"),
        ("image.src = '//example.org/a.png'", "names an address"),
        ("localStorage.a = 1", "keeps something in the browser"),
    ],
)
def test_what_is_forbidden_would_be_found(line, deed):
    assert deed in [found for found, _ in deeds(without_comments(line))]


def test_what_is_allowed_is_not_found():
    lines = [
        'const SVG = "http://www.w3.org/2000/svg";',
        "/** @param {import('./runs.js').Run} run */",
        "el.textContent = text; // not innerHTML = text",
        "if (el.innerHTML === text) evaluate(f); isFunction(f);",
        "setTimeout(() => {}, 9)",
    ]
    assert deeds(without_comments("\n".join(lines))) == []


def test_the_sources_of_the_front_end_do_nothing_forbidden():
    paths = [
        path
        for folder in (ROOT / "js", ROOT / "labextension")
        for path in folder.rglob("*")
        if path.suffix in (".js", ".css")
    ]
    assert {"widget.js", "theme.css", "reopened.js"} <= {path.name for path in paths}
    found = {path.name: deeds(without_comments(path.read_text("utf-8"))) for path in paths}
    assert {name: done for name, done in found.items() if done} == {}


@pytest.mark.parametrize("size", SIZES)
def test_the_bundle_does_nothing_forbidden(size):
    text = (STATIC / size).read_text("utf-8")
    assert deeds(text) == [("takes text for markup", LITS_OWN)]
    assert 'createPolicy("lit-html"' in text


def test_a_saved_page_is_the_front_end_and_data_and_has_no_other_address(tmp_path):
    w = GDWidget(n=10, title="A <b>title</b> with https://example.org in it")
    w.save(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    before, bundle, after = page.partition(smallest(ON_ITS_OWN).read_text("utf-8").strip())
    assert bundle
    words = [("names an address", "https://")]
    assert deeds(before) == []
    assert deeds(after) == words * 2  # the title of the page, and that of the widget
    assert re.findall(r"\s(?:src|href|action|data)\s*=", before + after) == []


def test_a_saved_page_has_the_readers_function_and_nothing_of_the_machine(tmp_path):
    a = np.array([-1.0, 1.0])

    def update():
        print("printed " * 2)
        raise RuntimeError("raised " * 2)

    points = GDWidget(n=10)
    own = GDWidget(points.x, points.y, params=a, update=update)
    with pytest.raises(RuntimeError, match="raised raised"):
        own.step()
    own.save(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert all(words in page for words in ("def update()", "raised", "printed printed"))
    kept_out = (str(tmp_path), str(ROOT), str(Path.home()), __file__, "Traceback", "raised raised")
    assert [words for words in kept_out if words in page] == []


def test_the_package_asks_no_network_and_runs_no_text_as_code():
    found = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found += [f"{path.name}: {name}" for name in dangers(node)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "import urllib.request",
        "from http import client",
        "import pickle",
        "eval('1')",
        "exec(text)",
    ],
)
def test_dangers_in_python_would_be_found(line):
    assert [name for node in ast.walk(ast.parse(line)) for name in dangers(node)]


def dangers(node: ast.AST) -> list[str]:
    """What a piece of Python imports or calls that may ask a network, or run text as code."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [f"{node.module or ''}.{alias.name}" for alias in node.names]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return [node.func.id] if node.func.id in ("eval", "exec", "compile", "__import__") else []
    else:
        return []
    known = NETWORK | CODE_FROM_DATA
    return [name for name in names if {name.split(".")[0], ".".join(name.split(".")[:2])} & known]


def test_the_workflows_may_read_and_no_more_and_name_actions_by_commit():
    paths = list((ROOT / ".github" / "workflows").iterdir())
    assert {"test.yml", "audit.yml"} <= {path.name for path in paths}
    for path in paths:
        text = path.read_text("utf-8")
        rights = re.findall(r"permissions:(.*(?:\n[ ]+.*)*)", text)
        # What is built is published by a job of its own, which runs none of our code.
        publishes = (
            ["\n      pages: write\n      id-token: write"] if path.name == "docs.yml" else []
        )
        assert rights == ["\n  contents: read", *publishes], path.name
        uses = re.findall(r"uses: *(.*)", text)
        assert uses and all(re.fullmatch(r"\S+@[0-9a-f]{40} # v[\d.]+", use) for use in uses), uses
        assert text.count("actions/checkout@") == text.count("persist-credentials: false")
        assert "secrets." not in text and "pull_request_target" not in text
