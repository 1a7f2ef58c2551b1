"""An assignment of otter-grader's: assigned, and run on submissions, with the cells of the docs."""

from __future__ import annotations

import json

import nbformat
import pytest

from tests.graders.assignment import FIRST, OTTER_TESTS, TRIES, UPDATES, code, handed_in, notebook
from tests.graders.tool import tool

pytestmark = pytest.mark.hosts

GRADES = {"right": 2.0, "half-right": 1.0, "wrong": 0.0}


def raw(source: str):
    return nbformat.v4.new_raw_cell(source)


@pytest.fixture(scope="module")
def assigned(tmp_path_factory: pytest.TempPathFactory):
    """A folder in which the assignment has been made, and what runs otter there."""
    folder = tmp_path_factory.mktemp("otter")
    run = tool("otter", folder)
    gradient, step = OTTER_TESTS
    nbformat.write(
        notebook(
            raw("# ASSIGNMENT CONFIG\nname: lesson\ngenerate: true"),
            code(FIRST),
            raw("# BEGIN QUESTION\nname: update\npoints: 2"),
            raw("# BEGIN SOLUTION"),
            code(f"# BEGIN SOLUTION\n{UPDATES['right']}\n# END SOLUTION"),
            raw("# END SOLUTION"),
            raw("# BEGIN TESTS"),
            code(f'""" # BEGIN TEST CONFIG\npoints: 1\n""" # END TEST CONFIG\n{gradient}'),
            code(f'""" # BEGIN TEST CONFIG\npoints: 1\n""" # END TEST CONFIG\n{step}'),
            raw("# END TESTS"),
            raw("# END QUESTION"),
            code(TRIES),
        ),
        folder / "lesson.ipynb",
    )
    run("-m", "otter", "assign", "lesson.ipynb", "dist", "--no-run-tests")
    return folder, run


@pytest.mark.parametrize("student", UPDATES)
def test_a_submission_gets_the_score_that_it_is_worth(assigned, student: str) -> None:
    folder, run = assigned
    mine = folder / student / "lesson.ipynb"
    handed_in(folder / "dist" / "student" / "lesson.ipynb", UPDATES[student], mine)
    [autograder] = (folder / "dist" / "autograder").glob("*.zip")
    run("-m", "otter", "run", "-a", str(autograder), "-o", str(mine.parent), str(mine))
    results = json.loads((mine.parent / "results.json").read_text())
    assert sum(test["score"] for test in results["tests"] if "score" in test) == GRADES[student]
