"""What the benchmarks make of what they have recorded, and what they write of it; no measuring."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import pytest

from benchmarks import flipbook, site
from benchmarks.animations import FIGURES, Animation, compared, first_paint
from benchmarks.frames import Frame, Recording
from benchmarks.memory import peak_bytes
from benchmarks.ratios import LIST, Comparison, Wanted, grid, list_row, markdown, reasons
from benchmarks.readme import ALL, END, FIRST, block, rewritten
from benchmarks.ways import OUR_WAY, WAYS
from gd_widget import GDWidget

README = (Path(__file__).parents[2] / "README.md").read_text()
MORE, LESS = Wanted(more=True), Wanted(more=False, why="that is why")


def animation(times: list[float], sent: int = 1000, paint: float = 80.0) -> Animation:
    return Animation(times, sent, 0.5, [paint, paint], saved=2000, saved_whole=3000)


def columns_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|\n").split("|")]


def tables_in_readme() -> list[list[list[str]]]:
    written = README.partition(ALL)[2].partition(END)[0]
    parts = [part for part in written.split("\n\n") if part.startswith("|")]
    return [[columns_of(line) for line in part.splitlines()] for part in parts]


def test_a_page_alone_has_the_widget_and_nothing_of_the_theme():
    widget = '<script type="module" src="_static/widget.js?v=1"></script>'
    theme = '<link rel="stylesheet" href="a.css" /><script src="a.js"></script><script>b()</script>'
    words = '<link rel="next" href="b.html" /><p>Words.</p>'
    assert site.alone(theme + widget + words) == widget + words


def test_the_figures_of_an_animation():
    played = animation([1000.0, 1100.0, 1150.0, 1400.0], sent=8000)
    assert played.steps_per_second == pytest.approx(7.5)
    assert played.longest_stall == 250
    assert played.kilobytes_per_step == 2
    assert played.cpu_per_step == 125


def test_each_way_is_compared_with_ours_in_its_own_round():
    fast, slow = [0.0, 10.0, 20.0], [0.0, 100.0, 200.0]
    rounds = [
        {OUR_WAY: animation(fast), "other": animation(slow)},
        {OUR_WAY: animation(slow, paint=40.0), "other": animation(slow, paint=20.0)},
        {OUR_WAY: animation(slow), "other": animation(fast)},
    ]
    pairs = {pair.measured: pair for pair in compared(rounds)}
    assert list(pairs) == list(FIGURES)
    assert pairs["steps on the screen, 1/s"].ours == pytest.approx([100, 10, 10])
    assert pairs["steps on the screen, 1/s"].theirs == pytest.approx([10, 10, 100])
    assert pairs["steps on the screen, 1/s"].ratio == pytest.approx(1)
    assert pairs["first paint, ms"].ours == [80, 80, 40, 40, 80, 80]
    assert pairs["first paint, ms"].ratio == 1


def test_our_first_paint_is_beside_the_most_it_may_take():
    pairs = compared([{OUR_WAY: animation([0, 1]), "other": animation([0, 1], paint=5.0)}])
    limit = first_paint(pairs)
    assert limit.ours == [80, 80]
    assert limit.ratio == 0.4
    assert not limit.falls_short


def test_a_ratio_that_is_not_as_wanted_is_marked_and_explained():
    ahead = Comparison("speed", "a", [20], [10], MORE)
    behind = Comparison("size", "a", [20], [10], LESS)
    even = Comparison("size", "b", [10], [10], LESS)
    assert list_row(ahead) == ["speed", "a", "20", "10", "2", "more than 1"]
    assert list_row(behind)[4] == "2†"
    assert even.falls_short
    assert reasons([ahead, behind, even]) == ["† size: that is why."]
    assert not Comparison("size", "a", [19], [10], Wanted(more=False, bound=2)).falls_short


def test_a_grid_has_what_was_measured_downwards_and_beside_what_across():
    pairs = [
        Comparison("speed", "a", [20], [10], MORE),
        Comparison("speed", "b", [20], [40], MORE),
        Comparison("size", "a", [5], [10], LESS),
        Comparison("size", "b", [5], [2.5], LESS),
    ]
    assert grid(pairs) == [
        ["measured", "GDWidget", "a", "b", "wanted"],
        ["speed", "20", "2 (10)", "0.5† (40)", "more than 1"],
        ["size", "5", "0.5 (10)", "2† (2.5)", "less than 1"],
    ]


def test_a_table_in_markdown_is_as_prettier_has_it():
    assert markdown(["a", "long"], [["1", "2"]]) == "| a   | long |\n| --- | ---- |\n| 1   | 2    |"


def test_the_readme_gets_a_new_block_between_its_marks():
    pair = Comparison("speed", "a", [20], [10], MORE)
    other = f"{FIRST}\n\nanother\n\n{END}\n"
    once = rewritten(
        f"before\n\n{ALL}\n\nold\n\n{END}\n\n{other}", ALL, block("on X", [pair], [pair])
    )
    assert once.startswith(f"before\n\n{ALL}\n\non X.\n\n| measured ")
    assert once.endswith(f"|\n\n{END}\n\n{other}") and "old" not in once
    assert rewritten(once, ALL, block("on X", [pair], [pair])) == once
    assert "another" not in rewritten(once, FIRST, block("on X", [], [pair]))
    with pytest.raises(ValueError, match="README.md must have"):
        rewritten("no marks", ALL, "block")


def test_the_tables_of_the_readme_are_those_of_the_code():
    animations, others = tables_in_readme()
    ways = [way.name for way in WAYS if way.name != OUR_WAY]
    assert animations[0] == ["measured", OUR_WAY, *ways, "wanted"]
    assert [row[0] for row in animations[2:]] == list(FIGURES)
    assert others[0] == LIST


def test_every_cell_of_a_way_is_python_once_it_has_its_numbers():
    for way in WAYS:
        assert bool(way.loop) != bool(way.button)
        for cell in (way.cell, way.loop):
            code = cell.format(steps=3).replace("%matplotlib", "# %matplotlib")
            compile(code, way.name, "exec")


def test_a_recording_tells_what_stood_still_and_why():
    frames = [Frame(0, 0, 2, True), Frame(20, 1, 2, True), Frame(40, 1, 2, True)]
    frames += [Frame(60, 2, 2, True), Frame(80, 2, 2, True), Frame(130, 3, 9, False)]
    recording = Recording(frames, click=4)
    assert recording.stalled(50) == [2, 4]
    assert recording.starved(50) == [4]
    assert recording.long_frames == [5]
    assert recording.longest_still == 70
    assert recording.frames_to_last_change == 2
    assert recording.frames_to_button == 2


@pytest.mark.parametrize("name", ["flipbook.html", "film.gif"])
def test_the_frames_of_matplotlib_are_the_steps_that_are_claimed(name, tmp_path, monkeypatch):
    monkeypatch.setattr(flipbook, "STEPS", 5)
    matplotlib.use("agg")
    ours = GDWidget(n=100, lr=flipbook.LR, guess=flipbook.GUESS, engine="torch")
    ours.step(5)
    make, heights = flipbook.FuncAnimation, []

    def watched(figure, draw, *rest, **options):
        def noted(frame):
            artists = draw(frame)
            heights.append(float(artists[0].get_ydata()[0]))
            return artists

        return make(figure, noted, *rest, **options)

    monkeypatch.setattr(flipbook, "FuncAnimation", watched)
    flipbook.WAYS[name](tmp_path / name)
    expected = ours.history["slope"] * ours.x[0] + ours.history["intercept"]
    assert heights == pytest.approx(expected[1:].tolist(), rel=1e-9)


def test_the_memory_of_a_fit_includes_the_data():
    peak, data = peak_bytes(1_000_000, "numpy")
    assert data == 16_000_000
    assert 0.9 * data < peak < 3 * data
