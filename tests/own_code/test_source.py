"""The lines of the reader's function, and the one that failed."""

from __future__ import annotations

import functools
import linecache
import traceback

import numpy as np
import pytest
import torch

from gd_widget.own_code import Update
from gd_widget.words.sentence import sentence


def where(outside, error):
    return sentence(outside.raised(error)), outside.line_of(error)


def place_of(outside):
    try:
        outside.step(0, outside.params)
    except Exception as error:
        return where(outside, error)
    raise AssertionError("it raised nothing")


def test_the_lines_of_update_and_the_one_that_failed():
    def update():
        a = np.zeros(2)

        def divide(by):
            return 1 / by

        return divide(a.ndim - 1)

    outside = Update(update, np.zeros(2))
    assert outside.code == [
        "def update():",
        "    a = np.zeros(2)",
        "",
        "    def divide(by):",
        "        return 1 / by",
        "",
        "    return divide(a.ndim - 1)",
    ]
    assert place_of(outside) == (
        "update() raised ZeroDivisionError: division by zero, in line 5: return 1 / by",
        4,
    )


def test_an_error_in_a_library_is_placed_where_update_called_it():
    def update():
        torch.ones(3) @ torch.ones(4)

    said, line = place_of(Update(update, np.zeros(2)))
    assert line == 1
    assert said.startswith("update() raised RuntimeError: inconsistent tensor size")
    assert said.endswith(", in line 2: torch.ones(3) @ torch.ones(4)")


def test_a_traceback_begins_where_update_was_called():
    def update():
        torch.ones(3) @ torch.ones(4)

    outside = Update(update, np.zeros(2))
    with pytest.raises(RuntimeError) as failed:
        outside.step(0, outside.params)
    assert traceback.extract_tb(outside.traceback(failed.value))[0].name == "update"
    built_in = Update([].clear, np.zeros(2))
    assert built_in.traceback(failed.value) is failed.value.__traceback__


def fails_beside():
    raise AssertionError


def test_an_error_of_code_beside_update_is_placed_there():
    outside = Update(functools.partial(lambda f: f(), fails_beside), np.zeros(2))
    assert where(outside, AssertionError()) == ("update() raised AssertionError", None)
    update = torch.no_grad()(fails_beside)
    assert place_of(Update(update, np.zeros(2))) == (
        "fails_beside() raised AssertionError, in line 2: raise AssertionError",
        1,
    )


def test_an_error_in_another_function_of_the_cell():
    cell: dict = {}
    source = "def loss():\n    return 1 / 0\n\ndef update():\n    return loss()\n"
    linecache.cache["<cell 7>"] = (len(source), None, source.splitlines(True), "<cell 7>")
    exec(compile(source, "<cell 7>", "exec"), cell)
    outside = Update(cell["update"], np.zeros(2))
    assert outside.code == ["def update():", "    return loss()"]
    assert place_of(outside) == (
        "update() raised ZeroDivisionError: division by zero, in line 2: return loss()",
        1,
    )
    with pytest.raises(ZeroDivisionError) as caught:
        cell["loss"]()
    assert where(outside, caught.value)[0].endswith("in loss(): return 1 / 0")


def test_code_without_a_source():
    cell: dict = {}
    exec("def update():\n    x = 1\n    return x / 0\n", cell)
    outside = Update(cell["update"], np.zeros(2))
    assert outside.code is None
    assert place_of(outside) == (
        "update() raised ZeroDivisionError: division by zero, in line 3",
        None,
    )


def test_code_whose_file_has_changed_since(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("(((\n")
    cell = {"a": np.array([-1.0, 1.0])}
    exec(compile("def update():\n    a[:] += 0.1\n", str(file), "exec"), cell)
    outside = Update(cell["update"], cell["a"])
    assert outside.code is None
    assert outside.step(0, (-1.0, 1.0))[0] == pytest.approx((-0.9, 1.1))
