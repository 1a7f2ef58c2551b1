"""The still picture of models that are no line: curves, several features, one parameter."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from gd_widget import GDWidget, sharing
from gd_widget.core.plane import params_at, plane_of
from gd_widget.drawing.axes import Frame, Scale
from gd_widget.drawing.bowl import ranges
from gd_widget.drawing.fitted import across
from gd_widget.drawing.ground import ground_of
from gd_widget.drawing.levels import ellipse
from gd_widget.drawing.look import RUNS
from tests.drawing.test_poster import Chart, places, texts

NOW, BEST, ERROR = "#0072b2", "#00795a", "#d55e00"
PLACE = re.compile(r"(-?[\d.]+),(-?[\d.]+)")


def points(n: int = 60) -> tuple[np.ndarray, np.ndarray]:
    x = np.linspace(-1, 1, n)
    return x, 1 - 2 * x + 3 * x**3 + 0.1 * np.sin(9 * np.arange(n))


def several(d: int = 3, n: int = 50) -> tuple[np.ndarray, np.ndarray]:
    x = np.sin(np.outer(np.arange(1, n + 1), np.arange(2, d + 2)))
    return x, x @ np.arange(1, d + 1) + 0.1 * np.cos(5 * np.arange(n)) + 2


def drawn(w: GDWidget, tmp_path) -> ElementTree.Element:
    w.save(tmp_path / "picture.svg")
    root = ElementTree.fromstring((tmp_path / "picture.svg").read_text("utf-8"))
    for one in root.iter():
        one.tag = one.tag.removeprefix("{http://www.w3.org/2000/svg}")
    return root


def paths(root, **attributes):
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [one for one in root.iter("path") if wanted.items() <= one.attrib.items()]


def all_places(path) -> np.ndarray:
    return np.array([[float(x), float(y)] for x, y in PLACE.findall(path.get("d"))])


def test_a_polynomial_is_a_curve_and_so_are_earlier_steps_and_the_best_fit(tmp_path):
    w = GDWidget(*points(), degree=3, lr=0.3, engine="numpy")
    w.step(9)
    root = drawn(w, tmp_path)
    chart = Chart(root, "fit")
    assert chart.names == ["x", "y"]
    (curve,) = paths(root, stroke=NOW, stroke_width="2.5", fill="none")
    (best,) = paths(root, stroke=BEST, stroke_dasharray="4 4")
    for path, params in ((curve, w.params), (best, w.least_squares)):
        x, y = chart.values(all_places(path)).T
        assert len(x) > 40
        said = w._trainer.points.model.predict(params, x[:, None])
        assert y == pytest.approx(said, abs=0.03)
    (ghosts,) = paths(root, stroke_opacity="0.22")
    assert ghosts.get("d").count("M") >= 3


def test_nothing_of_a_curve_is_outside_the_frame():
    w = GDWidget(*points(), degree=3, engine="numpy")
    frame = Frame(Scale(-1, 1, 0, 100), Scale(-1, 1, 50, 0))
    for params in ((0, 0, 90, 0), (0, 30, 0, -5), (1e300, 1e300, -1e300, 0)):
        found = PLACE.findall(across(w._trainer.points.model, params, frame))
        assert all(-0.1 <= float(x) <= 100.1 and -0.1 <= float(y) <= 50.1 for x, y in found)
    assert across(w._trainer.points.model, (0, 0, 0, 9), frame) == ""


def test_several_features_are_predicted_against_actual(tmp_path):
    x, y = several()
    w = GDWidget(x, y, lr=0.2, engine="numpy")
    w.step(9)
    root = drawn(w, tmp_path)
    chart = Chart(root, "fit")
    assert chart.names == ["y", "y, predicted"]
    (dots,) = paths(root, stroke=NOW, stroke_width="5", stroke_linecap="round")[-1:]
    seen = chart.values(all_places(dots))
    assert len(seen) == len(y)
    assert seen == pytest.approx(np.stack([y, w.predict(x)], axis=1), abs=0.1)
    clouds = paths(root, stroke=NOW, stroke_opacity="0.22")
    assert len(clouds) == 2
    for step, cloud in zip((3, 7), clouds, strict=True):
        params = w._trainer.table.params(step)
        earlier = w._trainer.points.model.predict(params, x)
        assert chart.values(all_places(cloud))[:, 1] == pytest.approx(earlier, abs=0.1)
    (diagonal,) = paths(root, stroke=BEST, stroke_dasharray="4 4")
    across, up = chart.values(all_places(diagonal)).T
    assert across == pytest.approx(up, abs=0.1)
    (down,) = paths(root, stroke=ERROR, stroke_opacity="0.45")
    assert down.get("d").count("V") == len(y)


def test_many_parameters_are_a_list_and_their_bowl_a_plane(tmp_path):
    w = GDWidget(*several(5), lr=0.2, engine="numpy")
    w.step(9)
    root = drawn(w, tmp_path)
    assert Chart(root, "bowl").names == ["steepest direction", "flattest direction"][::-1]
    heading = next(text for text in texts(root) if text.startswith("step"))
    assert re.match(r"step 9 a \[\S+, \S+, …, \S+\] loss ", heading)
    assert "best fit" in texts(root)


@pytest.mark.parametrize("off", [(4, 0.02), (4, 0), (-0.01, 7)])
def test_rings_are_longer_along_the_flattest_direction_however_right_a_guess_is(off):
    w = GDWidget(*several(5), engine="numpy")
    bowl = w._trainer.bowl
    guess = params_at(plane_of(bowl), off, bowl.least_squares)
    ground = ground_of(bowl, w.names)
    across, up = ranges(ground, ground.path_of(np.array([guess])), None)
    flattest, steepest = ground.bowl.curvatures
    truly = np.sqrt(steepest / flattest)
    # A height over the floor is twice as far away where the curvature is a quarter.
    ratio = truly * (up[1] - up[0]) / (across[1] - across[0])
    assert ratio > min(2, truly)


def test_a_race_has_the_dots_of_every_run(tmp_path):
    w = GDWidget(*several(), lr=[0.05, 0.2], engine="numpy")
    w.step(9)
    dots = paths(drawn(w, tmp_path), stroke=RUNS[0], stroke_linecap="round")
    assert any(len(places(path)) > 40 for path in dots if "h.1" in path.get("d"))


def test_one_parameter_has_the_parabola_of_its_loss(tmp_path):
    x, y = points()
    w = GDWidget(x, y, intercept=False, lr=0.3, engine="numpy")
    w.step(2)
    root = drawn(w, tmp_path)
    chart = Chart(root, "bowl")
    assert chart.names == ["slope", "loss"]
    (parabola,) = paths(root, stroke=NOW, stroke_opacity="0.5")
    a, loss = chart.values(all_places(parabola)).T
    bowl = w._trainer.bowl
    assert loss == pytest.approx([bowl.loss([one]) for one in a], abs=0.2)
    (tangent,) = paths(root, stroke=ERROR, stroke_width="2", fill=None) or [
        path for path in paths(root, stroke=ERROR, stroke_width="2") if path.get("fill") is None
    ]
    (a1, l1), (a2, l2) = chart.values(all_places(tangent))
    assert (l2 - l1) / (a2 - a1) == pytest.approx(w.grad[0], rel=0.2, abs=0.1)


def test_level_sets_of_two_features_are_turned_ellipses():
    x, y = several(2)
    w = GDWidget(x, y, intercept=False, engine="numpy")
    ground = ground_of(w._trainer.bowl, w.names)
    frame = Frame(Scale(-4, 6, 0, 300), Scale(-3, 5, 200, 0))
    longer, shorter, degrees = ellipse(ground.bowl, 0.5, frame)
    turn = np.radians(degrees)
    for angle in np.linspace(0, 2 * np.pi, 9):
        along = np.array([longer * np.cos(angle), shorter * np.sin(angle)])
        right, down = (
            along[0] * np.cos(turn) - along[1] * np.sin(turn),
            along[0] * np.sin(turn) + along[1] * np.cos(turn),
        )
        ((x0, x1),) = ground.best
        place = x0 + right / frame.x.per_unit, x1 + down / frame.y.per_unit
        assert ground.bowl.loss(place) - ground.bowl.floor == pytest.approx(0.5)


def test_a_valley_of_two_equal_features_is_a_strip(tmp_path):
    x, y = several(1)
    w = GDWidget(np.column_stack([x, x]), y, intercept=False, engine="numpy")
    w.step(3)
    strips = [path for path in drawn(w, tmp_path).iter("path") if path.get("d").endswith("z")]
    assert len(strips) > 5


@pytest.mark.parametrize("how", [{"function": "himmelblau", "lr": 0.01}, {"function": "saddle"}])
def test_a_function_has_its_surface_alone_with_its_minima(how):
    w = GDWidget(**how, engine="numpy")
    w.step(5)
    svg = sharing.picture(w._session.state)
    assert svg.count(">minimum<") == len(w._trainer.objective.minima)
    assert "best fit" not in svg


def test_yes_or_no_is_a_curve_without_residuals():
    x = np.linspace(-2, 2, 40)
    w = GDWidget(x, x + np.sin(9 * x) > 0, loss="cross_entropy", lr=0.5, engine="numpy")
    w.step(5)
    svg = sharing.picture(w._session.state)
    assert svg.count("stroke-dasharray") == 1  # the best curve
    assert "best fit" in svg
