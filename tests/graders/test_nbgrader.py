"""A course in nbgrader, from the assignment to the feedback, with the cells that the docs give."""

from __future__ import annotations

import json
import os

import nbformat
import pytest

from tests.graders.assignment import (
    CONFIG,
    FIRST,
    GRADES,
    TRIES,
    UPDATES,
    code,
    handed_in,
    notebook,
)
from tests.graders.tool import tool

pytestmark = pytest.mark.hosts

SCORES = """
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({s.student.id: s.score for s in book.assignment_submissions("ps1")}))
"""


def cell(source: str, grade_id: str, **how: object):
    usual = {"grade": False, "solution": False, "locked": True, "schema_version": 3, "task": False}
    return code(source, nbgrader={**usual, "grade_id": grade_id, **how})


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory):
    """A course whose assignment is released, and what runs nbgrader there."""
    folder = tmp_path_factory.mktemp("course")
    run = tool("nbgrader", folder)
    config = f'c = get_config()\nc.CourseDirectory.course_id = "gd"\n{CONFIG}'
    (folder / "nbgrader_config.py").write_text(config)
    source = folder / "source" / "ps1" / "lesson.ipynb"
    source.parent.mkdir(parents=True)
    solution = f"### BEGIN SOLUTION\n{UPDATES['right']}\n### END SOLUTION"
    own = GRADES.rsplit("grade", 1)
    nbformat.write(
        notebook(
            code(FIRST),
            cell(solution, "update", solution=True, locked=False),
            code(TRIES),
            cell("3 * grade".join(own), "grade", grade=True, points=3),
        ),
        source,
    )
    run("-m", "nbgrader", "generate_assignment", "ps1")
    return folder, run


def test_submissions_get_the_scores_that_they_are_worth(course) -> None:
    folder, run = course
    released = folder / "release" / "ps1" / "lesson.ipynb"
    assert "errors" not in released.read_text()
    for student, update in UPDATES.items():
        handed_in(released, update, folder / "submitted" / student / "ps1" / "lesson.ipynb")
    run("-m", "nbgrader", "autograde", "ps1")
    assert json.loads(run("-c", SCORES)) == {"right": 3.0, "half-right": 1.5, "wrong": 0.0}
    run("-m", "nbgrader", "generate_feedback", "ps1")
    feedback = {
        student: (folder / "feedback" / student / "ps1" / "lesson.html").read_text()
        for student in UPDATES
    }
    assert "goes up" in feedback["half-right"]
    assert "gd-widget-page" in feedback["right"], "the live page"
    assert os.path.getsize(folder / "autograded" / "right" / "ps1" / "lesson.ipynb") < 300_000
