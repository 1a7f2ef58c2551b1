"""The front end is stored once in a notebook; elsewhere each widget carries it."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import ipywidgets.embed
import nbformat
import pytest
from ipywidgets import HBox, Widget

from gd_widget import GDWidget, front_end
from gd_widget.front_end import WAITING, WHOLE
from tests.unpacking import unpacked as unpacked_from
from tools.notebooks import execute

PAGE = '<em class=\\"gd-widget-page\\"'
STATE = "application/vnd.jupyter.widget-state+json"


@pytest.fixture
def in_a_kernel(monkeypatch):
    """As in a Jupyter kernel, which has made no widget yet."""
    monkeypatch.setattr(front_end, "get_ipython", lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setattr(front_end, "_shared", None)


def unpacked(esm):
    """The front end, out of the module that the shared model is; of any other, nothing."""
    packed = re.findall(r'\("([^"]+)",(\d+)\)', esm)
    return unpacked_from(packed[0][0], int(packed[0][1])) if packed else ""


def esms(state):
    """What each model of a saved state carries for a page to run."""
    models = (model["state"] for model in state.values())
    return [model["_esm"] for model in models if "_esm" in model]


def test_where_no_notebook_is_each_widget_carries_the_front_end():
    w = GDWidget()
    assert w._esm == WHOLE
    assert w._front_end is None


def test_the_widgets_of_a_notebook_share_one(in_a_kernel):
    a, b = GDWidget(), GDWidget()
    assert a._esm == b._esm == WAITING
    assert a._front_end is b._front_end
    assert unpacked(a._front_end._esm) == WHOLE
    assert len(a._front_end._esm) < 0.6 * len(WHOLE)


def test_both_are_of_one_build():
    name = front_end.WAITING.partition('"gd_widget ')[2].partition('"')[0]
    assert len(name) == 16
    assert WHOLE.count(f'"gd_widget {name}"') == 1


def test_who_closes_all_widgets_may_make_others(in_a_kernel):
    old = GDWidget()._front_end
    Widget.close_all()
    w = GDWidget()
    assert w._front_end is not old
    assert WHOLE in map(unpacked, esms(ipywidgets.embed.dependency_state([w])))


def test_a_widget_brings_it_along_where_it_is_embedded_alone(in_a_kernel):
    a, b = GDWidget(), GDWidget()
    for views in ([a], [HBox([a, b])]):
        state = ipywidgets.embed.dependency_state(views)
        assert [unpacked(esm) for esm in esms(state) if esm != WAITING] == [WHOLE]
        assert state[a.model_id]["state"]["_front_end"] == f"IPY_MODEL_{a._front_end.model_id}"


def test_a_page_that_cannot_find_it_gets_it_as_the_widgets_own(in_a_kernel):
    a, b = GDWidget(), GDWidget()
    a._hear({"json": json.dumps({"type": "front_end"}, separators=(",", ":"))})
    assert a._esm == WHOLE
    assert b._esm == WAITING
    assert a.error == ""


def test_a_saved_notebook_has_the_front_end_once_whatever_is_shown(tmp_path):
    cells = [
        "from gd_widget import GDWidget\nGDWidget(engine='numpy')",
        "never_shown = GDWidget(engine='numpy')",
        "w = GDWidget(engine='numpy')\nw",
        "w",
        "from ipywidgets import Output\nout = Output()\nwith out:\n    display(w)\nout",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    execute(notebook, tmp_path, keep_widgets=True)
    state = notebook.metadata.widgets[STATE]["state"]
    found = sorted(esms(state), key=len)
    assert found[:3] == [WAITING] * 3
    assert [unpacked(esm) for esm in found[3:]] == [WHOLE]
    pages = [json.dumps(part).count(PAGE) for part in (*notebook.cells, state)]
    assert pages == [1, 0, 1, 1, 0, 1], "what an Output shows, it keeps, and its cell does not"
