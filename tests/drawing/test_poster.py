"""The still picture of a session: what is in it is true, whatever the data and the words."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gd_widget import GDWidget, sharing
from gd_widget.core.quadratic import Quadratic
from gd_widget.data.make_line import make_line
from gd_widget.data.user_data import points_of
from gd_widget.drawing.axes import ticks
from gd_widget.drawing.heading import legend
from gd_widget.drawing.look import RUNS
from gd_widget.drawing.numerals import decimals, fixed, rounded, tick_label
from gd_widget.drawing.poster import HEIGHT, WIDTH, poster
from gd_widget.drawing.svg import cut, width_of
from gd_widget.training.trainer import Trainer

ELEMENTS = {"svg", "title", "rect", "g", "path", "ellipse", "circle", "text", "tspan"}
ATTRIBUTES = {
    *("viewBox", "width", "height", "role", "d", "x", "y", "dx", "cx", "cy", "r", "rx", "ry"),
    *("fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap"),
    *("stroke-linejoin", "shape-rendering", "transform", "text-anchor"),
    *("font-family", "font-size", "font-style", "font-variant", "font-weight"),
}
NOW, ERROR, BEST, DATA = "#0072b2", "#d55e00", "#00795a", "#4b5563"
PIXEL = 0.11  # what is rounded to a tenth of a pixel is not further away than this


def trained(points=None, steps=0, **options) -> Trainer:
    trainer = Trainer(points or make_line(100), **{"engine": "numpy", **options})
    trainer.step(steps)
    return trainer


def drawn(trainer, title="Gradient descent", x="x", y="y", **options) -> ElementTree.Element:
    """The picture, its elements' names without the namespace."""
    root = ElementTree.fromstring(poster(trainer, title, x, y, **options))
    for one in root.iter():
        one.tag = one.tag.removeprefix("{http://www.w3.org/2000/svg}")
    return root


def find(root, tag, **attributes):
    """The one element that is so."""
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    found = [one for one in root.iter(tag) if wanted.items() <= one.attrib.items()]
    assert len(found) == 1, (tag, attributes, len(found))
    return found[0]


def numbers(text) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def places(path) -> np.ndarray:
    """The places of a path without other letters than M, shape (n, 2)."""
    return np.array(numbers(path.get("d"))).reshape(-1, 2)


def texts(root) -> list[str]:
    return ["".join(one.itertext()) for one in root.iter("text")]


class Chart:
    """A chart as a reader sees it: from pixels to values by the numbers at its ticks."""

    def __init__(self, root, which):
        groups = [one for one in root.iter("g") if one.get("fill") == "#5f6b7a"]
        columns, rows, names = groups[{"bowl": 0, "fit": 1}[which]]
        self.names = [one.text for one in names]
        self.x = self._scale([(one.get("x"), one.text) for one in columns], 0)
        self.y = self._scale([(one.get("y"), one.text) for one in rows], -4)

    def _scale(self, found, down):
        at = [float(pixels) + down for pixels, _ in (found[0], found[-1])]
        values = [float(text.replace("−", "-")) for _, text in (found[0], found[-1])]
        slope = (values[1] - values[0]) / (at[1] - at[0])
        return values[0] - slope * at[0], slope

    def values(self, pixels) -> np.ndarray:
        """What is at these pixels, both of shape (n, 2)."""
        (x0, x1), (y0, y1) = self.x, self.y
        return np.array([x0, y0]) + np.array([x1, y1]) * np.asarray(pixels)

    def pixels(self, values) -> np.ndarray:
        (x0, x1), (y0, y1) = self.x, self.y
        return (np.asarray(values) - np.array([x0, y0])) / np.array([x1, y1])


# ------------------------------------------------------------------------ what it says


def test_the_first_things_in_it():
    root = drawn(trained(steps=14), title="SGD from scratch", x="hours", y="marks")
    assert (root.tag, root.get("role"), root[0].tag) == ("svg", "img", "title")
    assert root[0].text == "Step 14: slope 1.49, intercept 2.49, loss 0.8404."
    assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    assert root[1].attrib == {"width": str(WIDTH), "height": str(HEIGHT), "fill": "#fff"}
    shown = texts(root)
    assert "SGD from scratch" in shown
    assert "step 14 slope 1.49 intercept 2.49 loss 0.8404 " in shown
    assert {"best fit", "guess"} <= set(shown)
    assert Chart(root, "fit").names == ["hours", "marks"]
    assert Chart(root, "bowl").names == ["slope", "intercept"]


def test_it_says_where_training_diverged():
    trainer = trained(lr=1.5, steps=2000)
    root, step = drawn(trainer), trainer.n_steps
    shown = [fixed(v, 2) for v in (trainer.slope, trainer.intercept, trainer.loss)]
    assert re.fullmatch(r"−\d\.\d\de\+\d{3}", shown[0])
    numbers = "slope {}, intercept {}, loss {}".format(*shown)
    assert root[0].text == f"Step {step}: {numbers}. Diverged at step {step + 1}."
    assert f"Diverged at step {step + 1}." in texts(root)
    assert "Diverged" not in poster(trainer, "", "", "", step=step - 1)


def test_it_shows_an_earlier_step():
    trainer = trained(steps=14)
    later = poster(trainer, "", "x", "y", step=9)
    trainer.seek(9)
    assert poster(trainer, "", "x", "y") == later
    assert poster(trained(steps=9), "", "x", "y") == later
    with pytest.raises(ValueError, match="step must be a whole number from 0 to 14; got 15"):
        poster(trainer, "", "x", "y", step=15)


def test_the_same_state_makes_the_same_bytes():
    one, other = (poster(trained(steps=30), "a", "b", "c", (3, 2)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("lr", [0.01, 0.1, 0.75, 0.98, 1.5])
def test_it_is_small(lr):
    svg = poster(trained(steps=100, lr=lr), "Gradient descent", "x", "y", (3.0, 2.0))
    assert len(svg.encode()) <= 9000


def test_of_many_points_evenly_spaced_ones_are_drawn():
    n = 1234
    trainer = trained(points_of(np.arange(n), np.zeros(n)), lr=1e-7)
    root = drawn(trainer)
    dots = find(root, "path", stroke="#4b5563").get("d").split("M")[1:]
    assert len(dots) == 500
    xs = Chart(root, "fit").values([numbers(dot)[:2] for dot in dots])[:, 0]
    assert xs == pytest.approx(np.arange(500) * n // 500, abs=1.0)


# ------------------------------------------------------------------------ where it is


@pytest.mark.parametrize("steps", [0, 14, 100])
@pytest.mark.parametrize(
    "points",
    [make_line(100), points_of([0, 50, 100], [20, 190, 310]), points_of([2, 3], [9, -9])],
    ids=["lesson", "x to 100", "falling"],
)
def test_the_line_is_where_slope_and_intercept_say(points, steps):
    trainer = trained(points, steps, lr=1e-4 if points.x.max() > 10 else 0.1)
    root = drawn(trainer)
    chart = Chart(root, "fit")
    ends = places(find(root, "path", stroke=NOW, stroke_width="2.5"))
    x1, x2 = chart.values(ends)[:, 0]
    assert x1 < x2
    shown = chart.pixels([[x, trainer.slope * x + trainer.intercept] for x in (x1, x2)])
    # Where a steep line is cut, a tenth of a pixel across is more of one down.
    steep = 1 + abs(trainer.slope * chart.x[1] / chart.y[1])
    assert shown == pytest.approx(ends, abs=2 * PIXEL * steep)


def test_points_and_residuals_are_where_they_are():
    trainer = trained(make_line(20), 3)
    root = drawn(trainer)
    chart = Chart(root, "fit")
    x, y = trainer.points.x, trainer.points.y
    at = chart.pixels(np.stack([x, y], axis=1))
    ends = chart.pixels(np.stack([x, trainer.slope * x + trainer.intercept], axis=1))
    dots = find(root, "path", stroke="#4b5563").get("d").split("M")[1:]
    assert [numbers(dot)[:2] for dot in dots] == [pytest.approx(p, abs=2 * PIXEL) for p in at]
    lines = find(root, "path", stroke=ERROR, stroke_opacity="0.45").get("d").split("M")[1:]
    assert [numbers(line)[2] for line in lines] == pytest.approx(ends[:, 1], abs=2 * PIXEL)


def test_points_held_back_are_hollow_and_in_the_picture_and_so_is_their_loss():
    x, y = np.array([0.0, 1, 2, 3, 9]), np.array([1.0, 3, 5, 7, -8])
    held = np.array([False, True, False, False, True])
    trainer = trained(points_of(x, y).without(held), 3)
    root = drawn(trainer)
    chart = Chart(root, "fit")
    at = chart.pixels(np.stack([x, y], axis=1))
    for colour, width, which in ((DATA, "5", ~held), (DATA, "6.5", held), ("#fff", "3.5", held)):
        dots = find(root, "path", stroke=colour, stroke_width=width).get("d").split("M")[1:]
        shown = [numbers(dot)[:2] for dot in dots]
        assert shown == [pytest.approx(p, abs=2 * PIXEL) for p in at[which]]
    lines = find(root, "path", stroke=ERROR, stroke_opacity="0.45").get("d").split("M")[1:]
    assert len(lines) == 3
    assert decimals(trainer.bowl)[-1] == 5
    loss = float(
        np.mean((trainer.points.model.predict(trainer.params, x[held, None]) - y[held]) ** 2)
    )
    assert 100 < loss < 1000
    assert f"held back {loss:.1f}" in root[0].text, "four digits are enough"


def many(n=50_000, seed=1) -> Trainer:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    return trained(points_of(x, 3 * x + rng.normal(size=n)), 3)


def shades(root) -> list[ElementTree.Element]:
    """The paths of the points' shades, the faintest first."""
    return [p for p in root.iter("path") if p.get("stroke") == DATA and p.get("stroke-opacity")]


def test_very_many_points_are_shades():
    trainer = many()
    root = drawn(trainer)
    chart = Chart(root, "fit")
    paths = shades(root)
    assert len(paths) == 6
    # Where a point lies is a run of the faintest shade, which goes on below the darker ones.
    runs = np.array(numbers(paths[0].get("d").replace("h", " "))).reshape(-1, 3)
    half = float(paths[0].get("stroke-width")) / 2 + PIXEL
    points = trainer.points
    some = np.stack([points.x, points.y], axis=1)[::97]
    for x, y in chart.pixels(some):
        left, middle, length = runs.T
        rows = abs(middle - y) <= half
        assert (rows & (left - 1 <= x) & (x <= left + length + 1)).any()
    # The darkest one has the middle.
    darkest = np.array(numbers(paths[-1].get("d").replace("h", " "))).reshape(-1, 3)
    middle = chart.pixels([*points.bowl.mean_x, points.bowl.mean_y])
    assert np.hypot(*(darkest[:, :2] - middle).T).min() < 20
    assert len(runs) > len(darkest)
    dots = find(root, "path", stroke=DATA, stroke_width="3.5", stroke_linecap="round")
    assert dots.get("d").count("h.1") == 100


def test_no_more_than_20_000_points_are_no_shades():
    assert shades(drawn(many(20_000))) == []


def test_the_lightest_shade_is_one_point_and_the_opacities_add_up():
    see_through = 1.0
    seen = []
    for path in shades(drawn(many())):
        see_through *= 1 - float(path.get("stroke-opacity"))
        seen.append(1 - see_through)
    assert seen == sorted(seen)
    assert seen[0] == pytest.approx(0.12, abs=0.03)
    assert seen[-1] == pytest.approx(0.62, abs=0.03)


def test_points_without_any_order_take_no_more_room():
    rng = np.random.default_rng(1)
    trainer = trained(points_of(*rng.uniform(size=(2, 30_000))))
    assert len(poster(trainer, "a", "b", "c")) < 60_000


def test_many_points_of_one_x_are_drawn():
    x = np.full(30_000, 2.0)
    trainer = trained(points_of(x, np.linspace(0, 1, 30_000)), 2)
    check_numbers(poster(trainer, "a", "b", "c"))
    root = drawn(trainer)
    assert shades(root)[0].get("d")


def test_earlier_lines_stay():
    def ghosts(steps):
        return find(drawn(trained(steps=steps)), "path", stroke_opacity="0.22").get("d").count("M")

    assert [ghosts(steps) for steps in (0, 1, 2, 14, 100)] == [0, 1, 2, 4, 7]


def test_the_path_goes_from_the_guess_to_the_circle():
    trainer = trained(steps=14)
    root = drawn(trainer, true_params=(3.0, 2.0))
    chart = Chart(root, "bowl")
    path = places(find(root, "path", stroke=NOW, stroke_width="2"))
    rows = trainer.history
    steps = np.stack([rows["slope"], rows["intercept"]], axis=1)
    assert path == pytest.approx(chart.pixels(steps), abs=2 * PIXEL)
    circle = find(root, "circle", stroke=NOW)
    assert (float(circle.get("cx")), float(circle.get("cy"))) == tuple(path[-1])
    ring = find(root, "circle", r="3.5")
    truth = chart.pixels([3, 2])
    assert (float(ring.get("cx")), float(ring.get("cy"))) == pytest.approx(truth, abs=2 * PIXEL)
    cross = numbers(find(root, "path", stroke=BEST).get("d"))[:2]
    best = chart.pixels(trainer.bowl.least_squares)
    assert (cross[0] + 5, cross[1]) == pytest.approx(best, abs=2 * PIXEL)


def test_the_arrow_ends_where_the_next_step_lands():
    trainer = trained(lr=0.3)
    root = drawn(trainer)
    chart = Chart(root, "bowl")
    arrow = find(root, "path", fill=ERROR)
    tip = numbers(arrow.get("transform"))[:2]
    trainer.step()
    assert tip == pytest.approx(chart.pixels(trainer.params), abs=2 * PIXEL)


@pytest.mark.parametrize("steps", [61, 1000, 20_000])
def test_a_long_path_keeps_its_shape(steps):
    trainer = trained(steps=steps, lr=0.01)
    root = drawn(trainer)
    path = places(find(root, "path", stroke=NOW, stroke_width="2"))
    assert len(path) <= 61
    rows = trainer.history
    every = Chart(root, "bowl").pixels(np.stack([rows["slope"], rows["intercept"]], axis=1))
    # Each step is close to one of the places between which the path is drawn.
    share = np.linspace(0, 1, 20)[:, None, None]
    along = ((1 - share) * path[:-1] + share * path[1:]).reshape(-1, 2)
    far = [np.hypot(*(along - place).T).min() for place in every[:: max(1, steps // 500)]]
    assert max(far) < 1
    assert path[-1] == pytest.approx(every[-1], abs=2 * PIXEL)


@pytest.mark.parametrize(
    "points",
    [make_line(100), points_of([0, 50, 100], [20, 190, 310]), points_of([-3, -2, 1], [0, 9, 2])],
    ids=["lesson", "x to 100", "negative mean"],
)
def test_ellipses_are_of_equal_loss(points):
    trainer = trained(points)
    root = drawn(trainer)
    chart = Chart(root, "bowl")
    group = next(one for one in root.iter("g") if "rotate" in one.get("transform", ""))
    cx, cy, degrees = numbers(group.get("transform"))
    assert (cx, cy) == pytest.approx(chart.pixels(trainer.bowl.least_squares), abs=2 * PIXEL)
    turn = np.radians(degrees)
    assert len(group) >= 5
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ratios = []
    for one in group[:5]:
        rx, ry = float(one.get("rx")), float(one.get("ry"))
        along = np.outer(rx * np.cos(angles), [np.cos(turn), np.sin(turn)])
        across = np.outer(ry * np.sin(angles), [-np.sin(turn), np.cos(turn)])
        places = chart.values(along + across + (cx, cy))
        heights = np.array([trainer.bowl.loss(tuple(p)) for p in places]) - trainer.bowl.floor
        # A tenth of a pixel is that much of the shorter half axis; a height is a square.
        assert heights == pytest.approx(heights.mean(), rel=4 * PIXEL / ry)
        ratios.append(heights.mean())
    assert np.log10(ratios[0]) * 2 == pytest.approx(round(np.log10(ratios[0]) * 2), abs=0.05)
    assert np.diff(np.log10(ratios)) == pytest.approx(-0.5, abs=0.05)


@pytest.mark.parametrize("x", [2.0, 0.1])
def test_a_valley_is_strips_of_equal_loss(x):
    trainer = trained(points_of([x, x, x], [1, 2, 3]), 5)
    root = drawn(trainer)
    chart = Chart(root, "bowl")
    group = find(root, "g", fill_opacity="0.07")
    assert len(group) == 9 and not list(root.iter("ellipse"))
    for one in group[:4]:
        losses = [trainer.bowl.loss(tuple(p)) for p in chart.values(places(one))]
        assert losses == pytest.approx([losses[0]] * 4, rel=0.05)


def test_ellipses_longer_than_any_picture_are_strips():
    x = 1e6 + np.linspace(-1, 1, 9)
    trainer = trained(points_of(x, 3 * x + 1), lr=1e-13, guess=(0, 0))
    root = drawn(trainer)
    assert len(find(root, "g", fill_opacity="0.07")) == 9 and not list(root.iter("ellipse"))


def test_nothing_of_the_bowl_is_seen_outside_its_chart():
    root = drawn(trained(steps=14))
    children = list(root)
    mat = find(root, "path", fill="#fff")
    outer, hole = mat.get("d").split("z")[:2]
    assert numbers(outer) == [0, 0, WIDTH, HEIGHT, 0]
    left, top, bottom, right, _ = numbers(hole)
    path = places(find(root, "path", stroke=NOW, stroke_width="2"))
    assert (path > [left, top]).all() and (path < [right, bottom]).all()
    # What is drawn before the mat is the bowl alone: the paper, levels, grid and path.
    before = children[: children.index(mat)]
    assert all("text" not in [one.tag for one in child.iter()] for child in before)
    assert before[2].get("fill-opacity") == "0.07"


# ---------------------------------------------------------------------- what it is given


def allowed(text):
    """What XML 1.0 can say of a text, by the letter of its grammar."""
    ranges = [(0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF)]
    return "".join(
        c for c in text if c in "\t\n\r" or any(low <= ord(c) <= high for low, high in ranges)
    )


def in_one_line(text):
    return re.sub("[ \t\r\n]+", " ", allowed(text)).strip(" ")


TRAINER = trained(make_line(5), 2)
any_text = st.text(st.characters()) | st.text(
    st.sampled_from("<>&\"' /=;#x\t\n\r\0\v\ud800\uffff]")
)
NASTY = [
    "</text><script>alert(1)</script>",
    "]]><![CDATA[",
    '" onload="alert(1)',
    "&lt;&amp;&#0;",
    "\u202eright to left\u202c \u200f",
    "\ud83d",
    "e\u0301\u0301" * 500,
    "👩‍👩‍👧" * 99,
]


@given(words=st.tuples(any_text, any_text, any_text))
def test_words_are_text_and_never_markup(words):
    check_words(words)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_words_are_text(text):
    check_words((text, text, text))


def check_words(words):
    root = drawn(TRAINER, *words)
    assert {one.tag for one in root.iter()} <= ELEMENTS
    assert {name for one in root.iter() for name in one.attrib} <= ATTRIBUTES
    usual = [one.tag for one in drawn(TRAINER).iter()]
    assert [one.tag for one in root.iter()] == usual
    title = find(root, "text", font_weight="600").text or ""
    for shown, meant in zip([title, *Chart(root, "fit").names], words, strict=True):
        meant = in_one_line(meant)
        if shown != meant:
            shown = shown or ""
            assert shown.endswith("…") or meant == ""
            assert meant.startswith(shown[:-1])


def test_long_words_are_cut_to_fit():
    root = drawn(TRAINER, "A long title " * 30, "hours of sunshine " * 9, "portions sold " * 9)
    title = find(root, "text", font_weight="600").text
    assert title.startswith("A long title A long") and title.endswith("…")
    assert width_of(title, 15, bold=True) <= WIDTH - 32


@given(text=any_text, width=st.floats(20, 500))
def test_what_is_cut_fits(text, width):
    shown = cut(text, width, 11)
    assert width_of(shown, 11) <= width
    assert shown == in_one_line(text) or shown.endswith("…")


STATES = {
    "one point": lambda: trained(points_of([2], [3]), 5),
    "one point at nought": lambda: trained(points_of([0], [0]), 5),
    "one point, fitted": lambda: trained(points_of([0], [0]), guess=(0, 0)),
    "all x equal": lambda: trained(points_of([2] * 9, range(9)), 5),
    "all x 0": lambda: trained(points_of([0] * 9, range(9)), 5, guess=(1e308, 1)),
    "all x 0, far": lambda: trained(points_of([0] * 9, range(9)), 5, guess=(-1.7e308, 1e150)),
    "all y equal": lambda: trained(points_of(range(9), [5] * 9), 5, lr=0.01),
    "perfect fit": lambda: trained(points_of([0, 1, 2], [1, 3, 5]), 3000),
    "perfect guess": lambda: trained(points_of([0, 1, 2], [1, 3, 5]), 3, guess=(2, 1)),
    "diverged": lambda: trained(lr=1.5, steps=2000),
    "diverged at once": lambda: trained(lr=1e300, steps=5),
    "diverged, and back": lambda: back_from_afar(),
    "huge": lambda: trained(points_of([1e153, 2e152], [1e153, -1e153]), 3, lr=1e-307),
    "tiny x, huge y": lambda: trained(points_of([1e-75, 2e-75], [1e75, 2e75]), 3),
    "huge x, tiny y": lambda: trained(points_of([1e75, 2e75], [1e-75, 2e-75]), 3, lr=1e-151),
    "far guess": lambda: trained(guess=(1e150, -1e150), steps=9),
    "one digit apart": lambda: trained(points_of([1, 1 + 2**-52], [1, 1 + 2**-52]), 3),
    "around a million": lambda: trained(points_of([1e6, 1e6 + 1], [0, 1]), 3, lr=1e-13),
}


def back_from_afar():
    trainer = trained(lr=1.5, steps=60)
    trainer.lr = 0.5
    trainer.step(200)
    return trainer


def check_numbers(svg):
    """Finite, none below nought for nought, none further away than a renderer can say."""
    root = ElementTree.fromstring(svg)
    for one in root.iter():
        for name, value in one.attrib.items():
            if name not in ("font-family", "font-variant"):
                assert not re.search("nan|inf|e[+-]", value), (name, value)
                assert not re.search(r"(?<![\d.])-0(?![.\d])|\d\.\d{5}", value), (name, value)
                if not value.startswith("#") and re.search(r"\d", value):
                    assert max(map(abs, numbers(value))) <= 1.1e4


@pytest.mark.parametrize("state", STATES)
def test_extremes_are_drawn_with_finite_numbers(state):
    trainer = STATES[state]()
    for step in (0, trainer.n_steps // 2, trainer.n_steps):
        check_numbers(poster(trainer, state, "x", "y", step=step))
        check_numbers(poster(trainer, state, "x", "y", true_params=(3, 2), step=step))


finite = st.floats(allow_nan=False, allow_infinity=False)
ordinary = st.floats(-1e3, 1e3)


@given(
    points=st.lists(
        st.tuples(finite, finite) | st.tuples(ordinary, ordinary), min_size=1, max_size=5
    ),
    guess=st.tuples(finite, finite) | st.tuples(ordinary, ordinary),
    truth=st.none() | st.tuples(finite, finite),
    lr=st.floats(1e-9, 10) | st.floats(5e-324, 1e308),
    steps=st.integers(0, 90),
)
def test_whatever_can_be_trained_can_be_drawn(points, guess, truth, lr, steps):
    try:
        trainer = trained(points_of(*zip(*points, strict=True)), steps, guess=guess, lr=lr)
    except ValueError:
        assume(False)
    check_numbers(poster(trainer, "a", "b", "c", truth))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"steps": 14},
        {"steps": 100},
        {"steps": 40, "lr": 0.98},
        {"steps": 2000, "lr": 1.5},
        {"steps": 9, "points": points_of([5, 6, 9], [1e6, 3e6, 2e6]), "lr": 0.01},
        {"steps": 9, "points": points_of([1e6, 1e6 + 1, 1e6 + 2], [1, 3, 2]), "lr": 1e-13},
    ],
    ids=str,
)
def test_no_words_are_on_top_of_others(options):
    check_where_words_are(drawn(trained(**options), true_params=(3.0, 2.0)))


def check_where_words_are(root):
    """All in the picture, and none on top of others."""
    boxes = []
    for parent in root.iter():
        for one in parent.findall("text"):
            words = "".join(one.itertext())
            size = float(one.get("font-size") or parent.get("font-size") or 11)
            width = width_of(words, size)
            anchor = one.get("text-anchor") or parent.get("text-anchor") or "start"
            left = float(one.get("x")) - {"start": 0, "middle": 0.5, "end": 1}[anchor] * width
            bottom = float(one.get("y"))
            assert left >= -1 and left + width <= WIDTH + 1, words
            assert bottom - 0.75 * size >= 0 and bottom <= HEIGHT, words
            boxes.append((words, left, left + width, bottom - 0.75 * size, bottom))
    for (one, l1, r1, t1, b1), (other, l2, r2, t2, b2) in combinations(boxes, 2):
        assert r1 <= l2 or r2 <= l1 or b1 <= t2 or b2 <= t1, (one, other)


sizes = st.builds(
    lambda sign, digits, power: sign * digits * 10.0**power,
    st.sampled_from([-1, 1]),
    st.floats(1, 9.9),
    st.integers(-12, 12),
)


@given(line=st.tuples(sizes, sizes), guess=st.tuples(sizes, sizes), x=sizes, far=st.integers(-9, 9))
@example(line=(-2.5, -0.0004), guess=(-2.5, 0.0002), x=1, far=0)
@example(line=(3, -8e6), guess=(1, 1e6), x=1, far=0)
@example(line=(-1.2345e-12, 9.8765e12), guess=(1.5e-10, -2.5e-10), x=1e12, far=9)
def test_no_number_leaves_the_picture_whatever_its_size_and_sign(line, guess, x, far):
    xs = x * (far + np.array([-1, -0.4, 0.1, 0.5, 1]))
    ys = line[0] * xs + line[1] + 0.1 * abs(line[0] * x) * np.array([1, -1, 0, 1, -1])
    trainer = trained(points_of(xs, ys), guess=guess, lr=1e-3)
    for truth in (None, line):
        check_where_words_are(drawn(trainer, true_params=truth))
    trainer.step(5)
    check_where_words_are(drawn(trainer, true_params=line))


# ------------------------------------------------------------------------- its numbers


@given(low=st.floats(-1e9, 1e9), length=st.floats(1e-3, 1e9), count=st.integers(2, 9))
def test_ticks_are_round_and_about_as_many_as_wanted(low, length, count):
    high = low + length
    found = ticks(low, high, count)
    off = 1e-12 * length  # a tick of 0 may stand for the smallest of all numbers
    assert all(low - off <= float(tick) <= high + off for tick in found)
    assert count / 2 - 1 <= len(found) <= 2 * count + 1
    steps = {b - a for a, b in pairwise(found)}
    assert len(steps) <= 1
    assert all(step.normalize().as_tuple().digits in [(1,), (2,), (5,)] for step in steps)


def test_numbers_are_read_as_in_the_widget():
    # tests/js has the same of js/views/charts/numbers.js
    assert [fixed(v, 2) for v in (1.005, -0.004, -2, 12345678.9)] == [
        "1.00",
        "0.00",
        "−2.00",
        "1.23e+7",
    ]
    assert fixed(-1.5e-9, 11) == "−1.50e−9"
    assert [rounded(v) for v in (3.0, 0.1 + 0.2, -1e-5, 2.5e7)] == ["3", "0.3", "−1e−5", "2.5e+7"]
    assert tick_label(Decimal("1000000.5")) == "1000000.5"
    line = make_line(100)
    assert decimals(Quadratic.of(line.x, line.y)) == (2, 2, 4)
    assert decimals(Quadratic.of(np.zeros(1), np.zeros(1))) == (2, 2, 2)


def test_a_race_shows_every_run_in_its_colour_and_names_it():
    w = GDWidget(optimizer=["gd", "momentum", "adam", "cg", "bfgs"], lr=0.1, engine="numpy")
    w.step(12)
    root = ElementTree.fromstring(sharing.picture(w._session.state))
    words = [
        " ".join("".join(one.itertext()).split())
        for one in root.iter()
        if one.tag.endswith("}text")
    ]
    assert {"Gradient descent", "step 12"} <= set(words)
    names = [run.name for run in w.runs]
    title = w.title
    assert [word for word in words if word in names] == [title, *names]
    strokes = [one.get("stroke") for one in root.iter() if one.get("stroke-width") == "1.5"]
    for colour in RUNS[:4]:
        assert strokes.count(colour) == 2, "a line in the fit, and a path in the bowl"


def test_the_names_of_few_runs_are_whole_in_a_film_as_well():
    for names in (["Gradient descent", "Momentum"], ["Gradientenabstieg; 0,1", "Adam"]):
        said = ElementTree.fromstring(f"<g>{legend(names, 640)}</g>")
        assert [text.text for text in said.iter("text")] == names
    places = re.findall('x="([^"]+)"', legend(["a", "b", "c", "d"], 640))
    assert np.diff([float(x) for x in places]) == pytest.approx(514 / 4, abs=0.2)


def test_what_a_teacher_hides_is_not_on_the_poster(tmp_path):
    def saved(**how) -> str:
        GDWidget(**how).save(tmp_path / "post.svg")
        return (tmp_path / "post.svg").read_text()

    assert "best fit" in saved() and "true (3, 2)" in saved()
    assert "best fit" not in saved(hide=["best"]) and "true" in saved(hide=["best"])
    assert BEST in saved() and BEST not in saved(hide=["best"])
    assert "true" not in saved(hide=["true"]) and "best fit" in saved(hide=["true"])
    curve = {"x": range(9), "y": [1, 3, 2, 5, 3, 7, 6, 9, 8], "degree": 3}
    assert saved(**curve).count(BEST) == 3  # the curve, the cross and its name
    assert BEST not in saved(**curve, hide=["best"])
