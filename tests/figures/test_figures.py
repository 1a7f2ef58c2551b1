"""bqplot figures that follow a widget: what their marks hold, and when they are told."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
from time import monotonic
from weakref import ref

import ipywidgets
import numpy as np
import pytest

from gd_widget import GDWidget, Quadratic
from gd_widget.figures import fit_figure, loss_figure, surface_figure
from gd_widget.figures.following import following
from gd_widget.figures.marks import RUNS
from gd_widget.figures.moment import MOST_STEPS, thinned
from gd_widget.page.answers import receive
from gd_widget.page.outbox import SECONDS_BETWEEN
from gd_widget.training.race import MOST_RUNS
from tests.six_numbers import six_numbers
from tests.waiting import until

FIGURES = [fit_figure, loss_figure, surface_figure]


class Light(GDWidget):
    """One that can be collected: anywidget keeps those whose front end is read from a file."""

    _esm = "export default {}"


@pytest.fixture
def messages(monkeypatch):
    """What widgets send from here on: pairs of the sender and the state."""
    sent = []

    def send(self, message, buffers=None):
        size = sum(memoryview(buffer).nbytes for buffer in buffers or [])
        sent.append((self, message.get("state"), size))

    monkeypatch.setattr(ipywidgets.Widget, "_send", send)
    return sent


def limits(scale):
    return scale.min, scale.max


def values_of(figure):
    """As text, in which nan is nan."""
    return str([(mark.x.tolist(), mark.y.tolist()) for mark in figure.marks])


def test_the_fit_shows_points_residuals_and_the_line():
    w = GDWidget(n=100, lr=0.1)
    figure = fit_figure(w)
    residuals, points, line = figure.marks
    w.step(7)
    assert points.x.tolist() == w.x.tolist()
    assert points.y.tolist() == w.y.tolist()
    assert line.y == pytest.approx(w.predict(line.x), abs=1e-12)
    assert line.x.tolist() == list(limits(line.scales["x"]))
    from_points, to_line, gaps = residuals.x[0::3], residuals.y[1::3], residuals.y[2::3]
    assert from_points.tolist() == w.x.tolist() and residuals.y[0::3].tolist() == w.y.tolist()
    assert to_line == pytest.approx(w.predict(w.x), abs=1e-12)
    assert np.isnan(gaps).all() and not np.isnan(residuals.y[-1])


def test_the_loss_shows_every_step():
    w = GDWidget(n=100, lr=0.1)
    best, name, curve, here = loss_figure(w).marks
    w.step(60)
    assert curve.x.tolist() == w.history["step"].tolist()
    assert curve.y.tolist() == w.history["loss"].tolist()
    assert (here.x.tolist(), here.y.tolist()) == ([60], [w.loss])
    floor = Quadratic.of(w.x, w.y).floor
    assert best.visible and best.y.tolist() == [floor, floor]
    assert (name.text.tolist(), name.y.tolist()) == (["best fit"], [floor])
    w.back(10)
    assert curve.y.tolist() == w.history["loss"].tolist() and len(curve.y) == 51
    w.reset()
    assert curve.y.tolist() == [w.loss]


def test_the_surface_shows_the_path_and_where_it_leads():
    w = GDWidget(n=100, lr=0.1)
    _, path, here, best, name = surface_figure(w).marks
    w.step(60)
    assert path.x.tolist() == w.history["slope"].tolist()
    assert path.y.tolist() == w.history["intercept"].tolist()
    assert (here.x[0], here.y[0]) == w.params
    assert (best.x[0], best.y[0]) == (name.x[0], name.y[0]) == w.least_squares


@pytest.mark.parametrize(
    "x",
    [[-1, 0, 1, 0.5], [0, 30, 60, 100], [1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3], [2, 2, 2, 2]],
    ids=["near 0", "far from 0", "very far", "all the same"],
)
def test_level_sets_are_exact(x):
    w = GDWidget(x, [1, 2, 4, 3])
    bowl = six_numbers(Quadratic.of(w.x, w.y))
    levels, *_, best, _ = surface_figure(w).marks
    assert len(levels.x) == 9
    slopes, intercepts = limits(best.scales["x"]), limits(best.scales["y"])
    for xs, ys in zip(levels.x, levels.y, strict=True):
        above = (
            bowl.var_x * (xs - bowl.best_slope) ** 2 + (bowl.mean_x * xs + ys - bowl.mean_y) ** 2
        )
        inside = (xs >= slopes[0]) & (xs <= slopes[1])
        inside &= (ys >= intercepts[0]) & (ys <= intercepts[1])
        height = 10 ** (round(2 * np.log10(above[len(xs) // 4])) / 2)
        assert above[inside] == pytest.approx(height, rel=1e-6)
        # What is cut off is outside, and not far, where a browser's numbers would end.
        assert np.isfinite(xs).all() and np.isfinite(ys).all()
        assert np.abs(xs).max() <= np.abs(slopes).max() * 2
        assert np.abs(ys).max() <= 1e3 * np.abs(intercepts).max()
    assert (best.x[0], best.y[0]) == w.least_squares


def test_points_held_back_are_hollow_and_their_loss_is_a_second_curve():
    w = GDWidget(n=50, lr=0.1, validation=0.3)
    _, points, held, _ = fit_figure(w).marks
    *_, dashed, name, _ = loss_figure(w).marks
    w.step(40)
    for mark, at in ((points, (w.x, w.y)), (held, w.held_back)):
        assert (mark.x.tolist(), mark.y.tolist()) == tuple(map(list, at))
    assert held.scales["y"].max > w.held_back[1].max()
    assert (held.colors, points.colors) == (["#fff"], [held.stroke])
    assert dashed.line_style == "dashed"
    assert dashed.y.tolist() == w.history["validation_loss"].tolist()
    assert (name.text.tolist(), name.x.tolist()) == (["held back"], [40])
    assert name.y.tolist() == [w.validation_loss]
    w.new_data(5)
    assert held.x.tolist() == w.held_back[0].tolist()


def test_marks_are_changed_in_place():
    w = GDWidget()
    figures = [figure(w) for figure in FIGURES]
    before = [(figure.marks[:], figure.axes[:]) for figure in figures]
    w.step(5)
    w.new_data(seed=4)
    w.lr = 0.5
    w.step(5)
    assert [(figure.marks, figure.axes) for figure in figures] == before


def test_new_points_are_shown_with_their_bowl():
    w = GDWidget()
    fit, loss, surface = (figure(w) for figure in FIGURES)
    levels_before = surface.marks[0].x.copy()
    w.new_data(seed=2)
    assert fit.marks[1].y.tolist() == w.y.tolist()
    assert loss.marks[2].y.tolist() == [w.loss]
    assert loss.marks[0].y[0] == Quadratic.of(w.x, w.y).floor
    assert (surface.marks[3].x[0], surface.marks[3].y[0]) == w.least_squares
    assert not np.array_equal(surface.marks[0].x, levels_before)


def test_a_point_that_is_edited_in_the_page_moves():
    w = GDWidget(n=10)
    figure = fit_figure(w)
    edit = {"type": "edit", "id": 1, "run": 0, "step": 0, "at": 3, "remove": 1, "insert": [[0, 9]]}
    receive(w._session, edit)
    assert w.y[3] == 9
    assert figure.marks[1].y.tolist() == w.y.tolist()
    assert figure.marks[1].scales["y"].max > 9


def test_another_guess_is_where_the_path_begins():
    w = GDWidget()
    figure = surface_figure(w)
    w.step(3)
    w.guess = (40, -7)
    path = figure.marks[1]
    assert (path.x.tolist(), path.y.tolist()) == ([40], [-7])
    assert path.scales["x"].max > 40 and path.scales["y"].min < -7


def test_labels_are_those_of_the_widget_and_follow_them():
    w = GDWidget([1, 2], [3, 4], title="A title", x_label="years", y_label="km")
    figure = fit_figure(w)
    across, up = figure.axes
    assert (figure.title, across.label, up.label) == ("A title", "years", "km")
    w.title, w.x_label, w.y_label = "<b>", "months", "m"
    assert (figure.title, across.label, up.label) == ("<b>", "months", "m")
    assert [axis.label for axis in loss_figure(w).axes] == ["step", "loss"]
    assert [axis.label for axis in surface_figure(w).axes] == ["slope", "intercept"]


def test_axes_keep_still_while_it_plays():
    w = GDWidget()
    figures = [figure(w) for figure in FIGURES]
    before = [limits(axis.scale) for figure in figures for axis in figure.axes]
    for _ in range(100):
        w.step()
    assert [limits(axis.scale) for figure in figures for axis in figure.axes] == before
    w.step()  # one more than there was room for
    steps = figures[1].axes[0].scale
    assert limits(steps) == (0, 200)
    w.back(101)
    assert limits(steps) == (0, 200)  # the rows are still there
    w.reset()
    w.step()
    assert limits(steps) == (0, 100)


@pytest.mark.parametrize("figure", FIGURES)
def test_who_zooms_in_sees_that_until_it_has_to_move(figure):
    w = GDWidget()
    scale = figure(w).axes[1].scale
    scale.min, scale.max = 2, 3
    w.step(5)
    assert limits(scale) == (2, 3)
    w.new_data()
    assert limits(scale) != (2, 3)


def test_the_axis_of_the_steps_holds_what_play_will_do():
    assert loss_figure(GDWidget(n_epochs=30)).axes[0].scale.max == 50
    assert loss_figure(GDWidget(n_epochs=None)).axes[0].scale.max == 100
    assert loss_figure(GDWidget(n=100, batch_size=10, n_epochs=30)).axes[0].scale.max == 500


# ------------------------------------------------------------------------- long runs


@pytest.mark.parametrize("n_steps", [0, 1, 199, 200, 499, 500, 501, 10_000, 123_456_789])
def test_of_a_long_run_some_steps_are_drawn(n_steps):
    steps = thinned(n_steps)
    assert steps[0] == 0 and steps[-1] == n_steps
    assert len(steps) <= MOST_STEPS and (np.diff(steps) > 0).all()
    assert len(steps) == n_steps + 1 or len(steps) > MOST_STEPS / 2
    assert steps[: min(n_steps, 200)].tolist() == list(range(min(n_steps, 200)))


def test_steps_once_drawn_are_drawn_again_until_the_spacing_doubles():
    before = set(thinned(1_000))
    assert before - {1_000} <= set(thinned(1_001))
    assert set(thinned(2_000)) - before - {2_000} <= set(range(1_000, 2_000))


def test_a_long_run_is_thinned_to_rows_that_are_its_own():
    w = GDWidget(lr=0.001)
    _, _, curve, here = loss_figure(w).marks
    _, path, *_ = surface_figure(w).marks
    w.step(10_000)
    assert len(curve.x) == len(path.x) <= MOST_STEPS
    rows = w.history[curve.x]
    assert curve.y.tolist() == rows["loss"].tolist()
    assert path.x.tolist() == rows["slope"].tolist()
    assert path.y.tolist() == rows["intercept"].tolist()
    assert here.x[0] == curve.x[-1] == 10_000


def test_of_many_points_some_are_drawn():
    w = GDWidget(n=12_345)
    residuals, points, _ = fit_figure(w).marks
    assert len(points.x) == 500 and len(residuals.x) == 1499
    assert set(points.x) <= set(w.x)


@pytest.fixture
def standing_clock(monkeypatch):
    """However long something takes: for the outbox it is done at once."""
    monkeypatch.setattr("gd_widget.page.outbox.monotonic", lambda: 0.0)


def test_while_a_cell_runs_its_steps_are_drawn_together(standing_clock):
    w = GDWidget()
    curve = loss_figure(w).marks[2]

    async def steps():
        for _ in range(600):
            w.step()
        assert curve.x[-1] == 0, "drawn when it was made, and not again so soon"
        while curve.x[-1] < 600:
            await asyncio.sleep(0)

    asyncio.run(steps())


def test_many_steps_are_few_messages_of_bounded_size(messages):
    w = GDWidget()
    marks = [mark for figure in FIGURES for mark in figure(w).marks]
    curve = marks[5]

    async def steps():
        messages.clear()
        start = monotonic()
        for _ in range(600):
            w.step()
        await asyncio.sleep(2 * SECONDS_BETWEEN)
        return (monotonic() - start) / SECONDS_BETWEEN

    most = asyncio.run(steps()) + 1
    assert curve.x[-1] == 600, "the last step is told of when the cell has ended"
    for mark in marks:
        sizes = [size for sender, _, size in messages if sender is mark]
        assert len(sizes) <= most
        assert max(sizes, default=0) <= 2 * 8 * MOST_STEPS


def test_what_is_so_already_is_not_sent(messages):
    w = GDWidget()
    fit, loss, surface = (figure(w) for figure in FIGURES)
    messages.clear()
    w.step()
    changed = [sender for sender, _, _ in messages if not isinstance(sender, GDWidget)]
    residuals, _, line = fit.marks
    curve, here_on_curve = loss.marks[2:]
    path, here_on_path = surface.marks[1:3]
    expected = [residuals, line, curve, here_on_curve, path, here_on_path]
    assert sorted(map(id, changed)) == sorted(map(id, expected))


# ----------------------------------------------------------------------------- races


def test_of_a_race_each_run_has_a_mark_a_colour_and_a_name():
    w = GDWidget(lr=[0.01, 0.1, 0.9])
    fit, loss, surface = (figure(w) for figure in FIGURES)
    w.step(20)
    (residuals, _, *lines), (_, _, *curves, now), (_, *paths, here, _, _) = (
        figure.marks for figure in (fit, loss, surface)
    )
    assert not residuals.visible
    for marks in (lines, curves, paths):
        assert [mark.labels for mark in marks] == [["0.01"], ["0.1"], ["0.9"]]
        assert [(mark.colors[0], mark.line_style) for mark in marks] == list(RUNS[:3])
        assert all(mark.display_legend for mark in marks)
    for run, line, curve, path in zip(w.runs, lines, curves, paths, strict=True):
        assert line.y == pytest.approx(run.slope * line.x + run.intercept, abs=1e-12)
        assert curve.y.tolist() == run.history["loss"].tolist()
        assert path.x.tolist() == run.history["slope"].tolist()
    assert now.y.tolist() == [run.loss for run in w.runs]
    assert here.x.tolist() == [run.slope for run in w.runs]
    assert now.colors == here.colors == [color for color, _ in RUNS[:3]]


def test_one_run_needs_no_legend():
    marks = [mark for figure in FIGURES for mark in figure(GDWidget()).marks]
    assert not any(mark.display_legend for mark in marks)


def test_there_are_looks_for_the_largest_race():
    assert len(set(RUNS)) == len({color for color, _ in RUNS}) == MOST_RUNS
    w = GDWidget(lr=[0.01 * k for k in range(1, 9)])
    assert len(loss_figure(w).marks) == 3 + MOST_RUNS


def test_names_of_runs_follow_what_tells_them_apart():
    w = GDWidget(lr=[0.1, 0.2])
    curves = loss_figure(w).marks[2:4]
    w.lr = [0.1, 0.3]
    assert [curve.labels for curve in curves] == [["0.1"], ["0.3"]]
    w.optimizer = ["gd", "adam"]
    assert [curve.labels for curve in curves] == [["Gradient descent, 0.1"], ["Adam, 0.3"]]


def test_a_run_that_has_ended_stays_where_it_is():
    w = GDWidget(lr=[0.1, 1000])
    _, _, slow, fast, now = loss_figure(w).marks
    w.step(200)
    last = w.runs[1].n_steps
    assert last < 200
    assert (slow.x[-1], fast.x[-1]) == (now.x[0], now.x[1]) == (200, last)


# --------------------------------------------------------------- numbers that run away


def test_where_training_diverges_all_that_is_drawn_stays_near():
    w = GDWidget(lr=1.5)
    fit, loss, surface = (figure(w) for figure in FIGURES)
    w.step(3)
    w.step(1000)
    assert w.status == "diverged" and w.loss > 1e300
    for figure in (fit, loss, surface):
        for mark in figure.marks:
            for values, axis in ((mark.x, figure.axes[0]), (mark.y, figure.axes[1])):
                low, high = limits(axis.scale)
                assert np.isfinite([low, high]).all() and low < high
                values = values[np.isfinite(values)]
                assert (np.abs(values - low) <= 25 * (high - low)).all()
    _, path, here, *_ = surface.marks
    assert path.x[:3].tolist() == w.history["slope"][:3].tolist()
    low, high = limits(surface.axes[0].scale)
    assert low <= here.x[0] <= high
    assert high < 40, "it is followed for a while only"


def test_a_perfect_fit_has_a_loss_axis():
    w = GDWidget([0, 1, 2], [1, 3, 5], lr=0.3)
    figure = loss_figure(w)
    best, name, curve, _ = figure.marks
    w.step(1000)
    low, high = limits(figure.axes[1].scale)
    assert not best.visible and not name.visible
    assert 0 < low <= curve.y.min() <= 1e-11 * w.history["loss"][0] and curve.y.max() < high
    exact = GDWidget([0, 1], [1, 3], guess=(2, 1))
    assert exact.loss == 0
    assert limits(loss_figure(exact).axes[1].scale) == (0.1, 1)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    "points",
    [
        ([1], [2]),
        ([1, 1, 1], [1, 2, 3]),
        ([0, 0], [0, 0]),
        ([1e150, 2e150], [1, 2]),
        ([1, 2], [0, 0]),
    ],
    ids=["one", "one x", "nothing", "large", "flat"],
)
def test_odd_points_are_drawn(figure, points):
    w = GDWidget(*points, lr=1e-3)
    shown = figure(w)
    w.step(3)
    for axis in shown.axes:
        low, high = limits(axis.scale)
        assert np.isfinite([low, high]).all() and low < high
    for mark in shown.marks:
        assert np.isfinite(mark.x.astype(float)).all()


# ------------------------------------------------------------------- beginnings and ends


@pytest.mark.parametrize("figure", FIGURES)
def test_a_widget_that_is_closed_is_followed_no_more(figure):
    w = Light()
    shown = figure(w)
    w.step(3)
    values = values_of(shown)
    w.close()
    w.step(3)
    w.title = "still here"
    w.new_data()
    assert values_of(shown) == values
    closed = ref(w)
    del w
    gc.collect()
    assert closed() is None, "the figure keeps the widget"


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_that_is_closed_follows_no_more(figure):
    w = GDWidget()
    before = {name: list(them["change"]) for name, them in w._trait_notifiers.items()}
    shown, other = figure(w), figure(w)
    shown.close()
    w.step(3)
    assert values_of(other) != values_of(shown)
    other.close()
    after = {name: them["change"] for name, them in w._trait_notifiers.items() if them["change"]}
    assert after == {name: them for name, them in before.items() if them}
    closed = ref(shown)
    del shown
    gc.collect()
    assert closed() is None, "the widget keeps the figure"


def test_a_figure_whose_last_change_waits_may_be_closed(standing_clock):
    w = GDWidget()

    async def close_while_waiting(what, figure):
        before = figure.marks[2].x.tolist()
        w.step()  # too soon after the figure was made: it waits
        what.close()
        await asyncio.sleep(2 * SECONDS_BETWEEN)
        assert figure.marks[2].x.tolist() == before

    asyncio.run(close_while_waiting(figure := loss_figure(w), figure))
    asyncio.run(close_while_waiting(w, loss_figure(w)))


def test_while_a_figure_is_drawn_no_other_thread_trains_or_draws():
    w, figure = GDWidget(), Light()
    could_begin = []

    def try_to_begin():
        could_begin.append(w._session.lock.acquire(blocking=False))

    def draw(w):
        other = threading.Thread(target=try_to_begin)
        other.start()
        other.join()

    following(w, figure, draw)
    assert could_begin == [False]


def test_a_closed_widget_is_shown_as_it_is():
    w = GDWidget()
    w.step(3)
    w.close()
    assert len(loss_figure(w).marks[2].x) == 4


def test_without_bqplot_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "bqplot", None)
    for figure in FIGURES:
        with pytest.raises(ImportError, match=r'need bqplot; pip install "gd-widget\[bqplot\]"'):
            figure(GDWidget())


def test_only_a_figure_imports_bqplot_and_pandas():
    code = (
        "import sys, gd_widget, gd_widget.figures\n"
        "w = gd_widget.GDWidget(engine='numpy'); w.step(3); w.history; w.to_html(); repr(w)\n"
        "w.new_data(); w.lr = 0.2; w.runs\n"
        "print({'bqplot', 'pandas', 'torch'} & set(sys.modules))\n"
        "gd_widget.figures.loss_figure(w)\n"
        "print({'bqplot', 'torch'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:2] == ["set()", "{'bqplot'}"]


# ------------------------------------------------------------------------ models that are no line


def several(d, n=40):
    x = np.sin(np.outer(np.arange(1, n + 1), np.arange(2, d + 2)))
    return x, x @ np.arange(1, d + 1) + 2


def test_the_fit_of_a_polynomial_is_a_curve():
    x = np.linspace(-1, 1, 50)
    w = GDWidget(x, x**3 - x, degree=3, lr=0.3)
    w.step(5)
    residuals, points, curve = fit_figure(w).marks
    assert len(curve.x) > 50
    low, high = limits(curve.scales["y"])
    assert curve.y == pytest.approx(np.clip(w.predict(curve.x), 2 * low - high, 2 * high - low))
    assert residuals.y[1::3] == pytest.approx(np.clip(w.predict(points.x), low, high))


def test_the_surface_of_many_parameters_is_a_plane_of_principal_directions():
    w = GDWidget(*several(5), lr=0.2)
    figure = surface_figure(w)
    levels, path, here, best, _ = figure.marks
    w.step(30)
    assert [axis.label for axis in figure.axes] == ["flattest direction", "steepest direction"]
    assert len(path.x) == 31 and (here.x[0], here.y[0]) == (path.x[-1], path.y[-1])
    assert (best.x[0], best.y[0]) == pytest.approx((0, 0), abs=1e-9)
    curvatures, _ = w._trainer.bowl.principal_axes
    heights = [
        curvatures[0] / 2 * x**2 + curvatures[-1] / 2 * y**2
        for x, y in zip(levels.x[-1], levels.y[-1], strict=True)
    ]
    assert heights == pytest.approx([heights[0]] * len(heights), rel=1e-6)


def test_the_surface_of_two_features_has_their_names():
    w = GDWidget(*several(2), intercept=False)
    figure = surface_figure(w)
    assert [axis.label for axis in figure.axes] == ["x0", "x1"]
    bowl, levels = w._trainer.bowl, figure.marks[0]
    losses = [bowl.loss(place) for place in zip(levels.x[-1], levels.y[-1], strict=True)]
    assert losses == pytest.approx([losses[0]] * len(losses), rel=1e-6)


def test_a_narrow_valley_is_whole_in_a_figure():
    levels, *_ = surface_figure(GDWidget(function="rosenbrock", engine="numpy")).marks
    assert [pieces(x) for x in levels.x[:7]] == [1] * 7


def pieces(x) -> int:
    """In how many parts a line with gaps is."""
    return int((np.diff(np.isnan(x).astype(int), append=1) == 1).sum())


@pytest.mark.parametrize("how", [{"loss": ["huber", "mae"]}, {"function": "himmelblau"}])
def test_a_loss_that_is_no_bowl_has_its_level_sets_in_a_figure(how):
    w = GDWidget(engine="numpy", **how)
    levels, *_ = surface_figure(w).marks
    w.step(2)
    assert levels.x.shape == levels.y.shape and len(levels.x) == 9
    loss = w._trainer.objective.loss
    for x, y in zip(levels.x[:3], levels.y[:3], strict=True):
        # Along the edges of the picture they are closed.
        inside = within(x, levels.scales["x"]) & within(y, levels.scales["y"])
        at = [loss(place) for place in zip(x[inside], y[inside], strict=True)]
        assert len(at) > 10 and np.ptp(at) < 0.1 * np.median(at)


def within(values, scale):
    return (values > scale.min) & (values < scale.max)


def test_of_several_features_the_fit_is_what_is_predicted_against_y():
    w = GDWidget(*several(2), lr=0.1, validation=[0, 3])
    w.step(3)
    figure = fit_figure(w)
    goal, residuals, points, hollow = figure.marks
    w.step(4)
    assert points.x.tolist() == w.y.tolist()
    np.testing.assert_allclose(points.y, w.x @ w.params)
    x, y = w.held_back
    np.testing.assert_allclose([hollow.x, hollow.y], [y, w.predict(x)])
    np.testing.assert_allclose(residuals.y[:2], [points.y[0], points.x[0]])
    assert goal.x.tolist() == goal.y.tolist() and goal.x[0] < goal.x[1]
    assert [axis.label for axis in figure.axes] == ["y", "y, predicted"]


def test_of_a_race_on_several_features_each_run_has_a_cloud():
    race = GDWidget(*several(3), lr=[0.05, 0.2])
    race.step(2)
    _, residuals, *clouds = fit_figure(race).marks
    for run, cloud in zip(race.runs, clouds, strict=True):
        np.testing.assert_allclose(cloud.y, race.x @ run.params)
    assert not residuals.visible


def test_of_several_features_yes_or_no_is_how_probable_yes_is():
    x = several(2)[0]
    w = GDWidget(x, np.arange(len(x)) % 2, loss="cross_entropy")
    w.step(2)
    _, residuals, points = fit_figure(w).marks
    np.testing.assert_allclose(points.y, w.predict(x))
    assert not residuals.visible and 0 < points.y.min() < points.y.max() < 1


def test_what_a_figure_leaves_out_it_says():
    x = np.arange(5.0)
    with pytest.raises(ValueError, match=r"must be of two parameters or more; got \('slope',\)"):
        surface_figure(GDWidget(x, x, intercept=False))
    assert loss_figure(GDWidget(*several(2)))


def test_the_best_fit_is_not_shown_where_it_is_hidden():
    w = GDWidget(hide=["best"])
    w.step(20)
    surface, loss = surface_figure(w), loss_figure(w)
    best = [surface.marks[-2], surface.marks[-1], loss.marks[0], loss.marks[1]]
    assert not any(mark.visible for mark in best)
    w.hide = []
    until(lambda: all(mark.visible for mark in best))
