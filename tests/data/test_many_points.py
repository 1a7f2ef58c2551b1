"""More points than travel one by one: what a page gets instead, and what it costs."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest

from gd_widget import GDWidget, make_line
from gd_widget.data.points import MOST_POINTS, SAMPLE
from tests.page.test_session import Page

MANY = MOST_POINTS + 1


def size(answer) -> int:
    content, buffers = answer
    return len(json.dumps(content)) + sum(map(len, buffers))


def picture_of(content, shades) -> np.ndarray:
    return np.frombuffer(shades, np.uint8).reshape(content["rows"], content["columns"])


def test_a_page_gets_a_sample_and_a_picture():
    page = Page(MANY)
    answer, (points, rows, shades) = page.ask("hello")
    about, bowl = answer["picture"], answer["bowl"]
    middle, spread = answer["middle"], answer["spread"]
    assert bowl["n"] == MANY
    x, y = np.frombuffer(points, "<f4").reshape(2, SAMPLE)
    sample = page.trainer.points.sample
    np.testing.assert_allclose(x * spread[0] + middle[0], sample.x, atol=1e-6)
    np.testing.assert_allclose(y * spread[1] + middle[1], sample.y, atol=1e-6)
    assert tuple(map(tuple, about["extent"])) == page.trainer.points.extent
    picture = picture_of(about, shades)
    assert picture.max() == 255 and max(picture.shape) <= 256
    # make_line has no point above the upper edge of its noise.
    assert picture[-1, 0] == 0 and picture[0, -1] == 0
    assert len(rows) == 8 * 7


def test_few_points_have_no_picture():
    answer, buffers = Page(MOST_POINTS).ask("hello")
    assert answer["picture"] is None and len(buffers) == 2


def test_what_a_page_is_sent_does_not_grow_with_the_points():
    sizes = [
        [
            size(page.ask("hello")),
            size(page.ask("advance", after=0, steps=5)),
            size(page.ask("picture", x=[0, 0.5], y=[0, 4])),
        ]
        for page in (Page(MANY), Page(10 * MANY))
    ]
    for few, many in zip(*sizes, strict=True):
        assert many == pytest.approx(few, rel=0.2)


def test_what_is_saved_has_the_picture_too():
    page = Page(MANY)
    saved = page.session.state.saved()
    _, (points, _, shades) = page.ask("hello")
    assert (saved.points, saved.picture) == (points, shades)
    assert saved.snapshot["picture"] == page.ask("hello")[0]["picture"]


def test_a_closer_look_is_finer_and_changes_nothing():
    page = Page(MANY)
    page.session.step(3)
    run = page.run
    page.sent.clear()
    answer, (shades,) = page.ask("picture", x=[0.1, 0.2], y=[2.5, 3])
    about = answer["picture"]
    assert answer["type"] == "picture"
    assert about["x"][0] <= 0.1 and about["x"][1] >= 0.2
    assert (about["x"][1] - about["x"][0]) / about["columns"] < 0.001
    x, y = page.trainer.points.x, page.trainer.points.y
    (x_low, x_high), (y_low, y_high) = about["x"], about["y"]
    inside = (x >= x_low) & (x < x_high) & (y >= y_low) & (y < y_high)
    picture = picture_of(about, shades)
    assert 0 < np.count_nonzero(picture) <= inside.sum()
    assert (page.run, page.session.state.race.n_steps) == (run, 3)


def test_a_look_beside_the_points_finds_none():
    answer, (shades,) = Page(MANY).ask("picture", x=[-1, -0.9], y=[4.9, 5])
    assert answer["picture"]["most"] == 0 and set(shades) == {0}


@pytest.mark.parametrize("bad", [[1, 1], [2, 1], [0, None], [0], "wide", [0, 1, 2]])
def test_a_range_that_is_none_is_refused(bad):
    answer, _ = Page(MANY).ask("picture", x=bad, y=[0, 1])
    assert answer["type"] == "error"
    assert answer["message"].startswith("x must be two finite numbers, the lower one first; got ")


def test_points_of_which_a_page_has_some_cannot_be_edited_there():
    answer, _ = Page(MANY).ask("edit", step=0, at=0, remove=1, insert=[])
    assert (
        answer["message"] == f"n must be at most {MOST_POINTS} for points to be edited; got {MANY}"
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_widget_takes_little_memory_beside_the_points(dtype):
    # The target is twice the data, these included; here as much as there is room for.
    points = make_line(2_000_000)
    x, y = points.x.astype(dtype), points.y.astype(dtype)
    GDWidget(n=MANY, engine="numpy")  # what is made once
    tracemalloc.start()
    try:
        w = GDWidget(x, y, engine="numpy")
        w.step(10)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert w.n_steps == 10
    assert peak < 0.25 * (x.nbytes + y.nbytes)
