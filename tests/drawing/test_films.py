"""Films: what is seen in each picture of a file is what the history has."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image, ImageSequence

from gd_widget import GDWidget, bets
from gd_widget.drawing import loss as loss_chart
from gd_widget.drawing.films import gif
from gd_widget.drawing.films.film import story_of
from gd_widget.drawing.films.paint import Painter
from gd_widget.drawing.films.reel import Reel
from gd_widget.drawing.look import NOW

WHITE, BLUE = (255, 255, 255), tuple(bytes.fromhex(NOW[1:]))


def widget(**options) -> GDWidget:
    return GDWidget(**{"n": 30, "lr": 0.1, "engine": "numpy", **options})


def saved(w: GDWidget, path, **options):
    w.save(path, progress=False, **options)
    return path


def decoded(path) -> list[Image.Image]:
    """All pictures of a film, as they are played."""
    if path.suffix != ".mp4":
        with Image.open(path) as film:
            return [picture.convert("RGB") for picture in ImageSequence.Iterator(film)]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", path, "-f", "image2pipe", "-c:v", "ppm", "-"]
    told = BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)
    pictures = []
    while told.tell() < len(told.getbuffer()):
        assert told.readline() == b"P6\n"
        size = tuple(map(int, told.readline().split()))
        assert told.readline() == b"255\n"
        pictures.append(Image.frombytes("RGB", size, told.read(3 * size[0] * size[1])))
    return pictures


def reel_of(w: GDWidget, *panels: str, width: int = 640) -> Reel:
    state = w._session.state
    truth = state.makes["true_params"] if state.makes else None
    story = story_of(state.race, state.settings, truth, None)
    return Reel(story, panels, width)


def heights(picture: Image.Image, box, columns) -> list[float]:
    """Where the blue line crosses some columns of a chart, in pixels."""
    _, _, top, bottom = (round(end) for end in box)
    pixels = np.asarray(picture, float)[top : bottom + 1]
    far = np.abs(pixels - BLUE).sum(axis=2)
    # Weighed by how blue they are, for the edges of a line are in between.
    weights = np.clip(1 - far / 240, 0, None) ** 2
    return [float(np.average(np.arange(len(w)), weights=w)) + top for w in weights.T[columns]]


@pytest.mark.parametrize("ending", ["gif", "webp", "mp4"])
def test_every_picture_shows_the_line_that_the_history_has(tmp_path, ending):
    w = widget(lr=0.4, guess=(1.0, 1.0))
    w.step(12)
    film = decoded(saved(w, tmp_path / f"run.{ending}", panels=("fit",)))
    assert len(film) >= 13
    axes = frame_of_fit(w)
    left, right, top, bottom = axes.box
    columns = [round(left) + 4, round(right) - 4]
    for row, picture in zip(w.history, film, strict=False):
        x = [axes.x.low + (c + 0.5 - left) / axes.x.per_unit for c in columns]
        expected = [axes.y.at(row["slope"] * at + row["intercept"]) - 0.5 for at in x]
        seen = [at for at in expected if top + 3 < at < bottom - 3]
        found = heights(picture, axes.box, columns)
        close = [f for f, at in zip(found, expected, strict=True) if at in seen]
        assert seen and close == pytest.approx(seen, abs=1.2), row["step"]


def frame_of_fit(w: GDWidget):
    """The axes of the fit of a film with no other panel."""
    from gd_widget.drawing import fit
    from gd_widget.drawing.axes import Frame
    from gd_widget.drawing.films.reel import HEIGHT, TOP, WIDTH
    from gd_widget.drawing.heading import MARGIN

    points = w._trainer.points
    first, last = tuple(w.history[0])[1:3], tuple(w.history[-1])[1:3]
    space = (MARGIN, WIDTH - MARGIN, TOP, TOP + HEIGHT)
    return Frame.within(space, *fit.ranges(points, first, last))


def test_a_gif_is_its_reel_picture_by_picture(tmp_path):
    w = widget()
    w.step(9)
    reel = reel_of(w, "fit", "surface", "loss")
    chosen = [reel.picture(step) for step in (0, 5, 9)]
    palette = gif.Palette(chosen)
    colours = np.frombuffer(bytes(palette), np.uint8).reshape(-1, 3)
    film = decoded(saved(w, tmp_path / "run.gif"))
    assert len(film) == 10
    for step, picture in enumerate(film):
        wanted = colours[palette.places_of(gif._pixels(reel.picture(step)))]
        assert (np.asarray(picture) == wanted).all(), step
        assert picture.getpixel((1, 1)) == WHITE
        assert BLUE in {colour for _, colour in picture.getcolors(1 << 20)}


def test_a_colour_of_the_palette_is_itself_though_another_is_near():
    near = (253, 253, 254)
    pictures = [Image.new("RGB", (4, 4), near), Image.new("RGB", (3, 3), WHITE)]
    palette = gif.Palette(pictures)
    colours = np.frombuffer(bytes(palette), np.uint8).reshape(-1, 3)
    for picture, colour in zip(pictures, (near, WHITE), strict=True):
        assert {
            tuple(c) for c in colours[palette.places_of(gif._pixels(picture))].reshape(-1, 3)
        } == {colour}


@pytest.mark.parametrize("fps", [1, 20, 30, 50])
def test_a_gif_takes_as_long_as_it_should_and_its_end_is_held(tmp_path, fps):
    w = widget()
    w.step(10)
    with Image.open(saved(w, tmp_path / "run.gif", fps=fps)) as film:
        stays = [picture.info["duration"] for picture in ImageSequence.Iterator(film)]
        assert film.info["loop"] == 0
    assert sum(stays[:-1]) == pytest.approx(10 * 1000 / fps, abs=5)
    assert stays[-1] == 2000
    assert all(abs(one - 1000 / fps) <= 10 for one in stays[:-1])


def test_pictures_that_are_alike_become_one_and_a_long_one_does_not_overflow():
    white, grey = Image.new("RGB", (8, 8), WHITE), Image.new("RGB", (8, 8), (9, 9, 9))
    file = BytesIO()
    pictures = [(grey, 5), *[(white, 10_000)] * 14]  # 1,400 seconds
    gif.write(file, pictures, gif.Palette([white, grey]))
    with Image.open(file) as film:
        shown = [
            (p.convert("RGB").getpixel((0, 0)), p.info["duration"])
            for p in ImageSequence.Iterator(film)
        ]
    assert shown[0] == ((9, 9, 9), 50)
    assert {colour for colour, _ in shown[1:]} == {WHITE}
    assert sum(stays for _, stays in shown[1:]) == 1_400_000 and len(shown) == 4


def test_a_converged_run_ends_with_its_last_picture(tmp_path):
    w = widget(lr=0.5)
    w.step(400)
    with Image.open(saved(w, tmp_path / "run.gif", panels=("fit",), width=320)) as film:
        pictures = [(p.convert("RGB"), p.info["duration"]) for p in ImageSequence.Iterator(film)]
    assert sum(stays for _, stays in pictures) == 400 * 50 + 2000
    last = np.asarray(reel_of(w, "fit", width=320).picture(400))
    assert np.abs(np.asarray(pictures[-1][0]).astype(int) - last).mean() < 1


def test_a_webp_tells_each_picture_once_to_the_bar_and_holds_the_end(tmp_path, capsys):
    w = widget()
    w.step(6)
    w.save(tmp_path / "run.webp", fps=10)
    assert "/7 [" in capsys.readouterr().err
    with Image.open(tmp_path / "run.webp") as film:
        assert (film.n_frames, film.info["loop"]) == (7, 0)


def test_an_untrained_widget_is_filmed_sixty_steps_and_stays_where_it_is(tmp_path):
    w = widget()
    film = decoded(saved(w, tmp_path / "run.gif", panels=("loss",), width=320))
    assert len(film) == 61
    assert (w.n_steps, w.status) == (0, "ready")
    w.step(3)
    assert w.n_steps == 3


def test_steps_may_be_more_or_fewer_than_were_made(tmp_path):
    w = widget()
    w.step(5)
    before = w.history.copy()
    for steps in (2, 5, 8):
        film = decoded(saved(w, tmp_path / "run.gif", steps=steps, panels=("loss",), width=320))
        assert len(film) == steps + 1
        assert w.n_steps == 5 and (w.history == before).all()


@pytest.mark.parametrize(
    "options",
    [
        {"lr": [0.1, 0.5]},
        {"lr": 3.0},  # diverges
        {"optimizer": ["gd", "momentum", "adam"], "lr": [0.1, 0.05, 0.3]},
        {"x": np.linspace(-1, 1, 12), "y": np.linspace(-1, 1, 12) ** 3, "degree": 3},
        {"x": np.linspace(1, 2, 12), "y": np.linspace(3, 1, 12), "intercept": False},
        {"x": np.random.default_rng(0).normal(size=(20, 3)), "y": np.arange(20.0)},
        {"title": "<b>&amp;", "x_label": "größe", "y_label": "y" * 200},
        {"loss": ["mse", "mae", "huber"]},
        {"x": np.linspace(0, 5, 12), "y": np.arange(12) % 3 // 2.0, "loss": "cross_entropy"},
        {"function": "himmelblau"},
        {"function": "saddle", "guess": (0.2, 1.0)},  # below zero from the first step on
        {"function": "rosenbrock", "optimizer": ["gd", "momentum"]},
    ],
)
def test_whatever_is_trained_can_be_filmed(tmp_path, options):
    made_up = {} if {"x", "function"} & options.keys() else {"n": 30}
    w = GDWidget(**made_up, engine="numpy", **options)
    film = decoded(saved(w, tmp_path / "run.gif", steps=4, width=480))
    assert len(film) == 5
    for before, after in pairwise(film):
        assert np.asarray(before).tobytes() != np.asarray(after).tobytes()
    assert len({picture.size for picture in film}) == 1
    assert film[0].height % 2 == 0


def test_a_function_has_no_fit_to_be_filmed(tmp_path):
    def dip(u, v):
        return u**2 + v**4 - 1

    w = GDWidget(function=dip, guess=(0.5, 0.4))
    w.step(5)
    whole = reel_of(w, "surface", "loss")
    film = decoded(saved(w, tmp_path / "run.webp"))
    assert len(film) == 6
    assert np.asarray(film[5]).tobytes() == np.asarray(whole.picture(5)).tobytes()
    with pytest.raises(ValueError, match="panels must be a list of some of 'surface', 'loss'; got"):
        w.save(tmp_path / "run.gif", panels=("fit",))


def test_a_loss_below_zero_is_drawn_on_an_even_axis():
    losses = [np.array([0.5, -2.0, -3.0])]
    frame = loss_chart.frame_of(losses, 0.0, (0.0, 300.0, 0.0, 100.0))
    assert (frame.y.low, frame.y.high) == pytest.approx((-3.24, 0.54))


def test_what_has_no_least_value_has_no_line_for_it():
    green = (0x00, 0x79, 0x5A)
    w = GDWidget(function="saddle", engine="numpy", guess=(0.2, 1.0))
    w.step(5)
    colours = {colour for _, colour in reel_of(w, "loss").picture(5).getcolors(1 << 20)}
    assert green not in colours


@pytest.mark.parametrize("how", [{}, {"lr": [0.05, 0.2]}, {"loss": "huber"}])
def test_the_loss_of_points_held_back_is_dashed_in_the_first_runs_colour(how):
    w = widget(validation=0.3, **how)
    w.step(30)
    reel = reel_of(w, "fit", "surface", "loss")
    fit, _, loss = reel._panels
    assert 'stroke-width="6.5"' in fit.at(0)
    losses = w.history["validation_loss"]
    drawn = ElementTree.fromstring(f"<g>{loss.at(30)}</g>")
    (curve,) = [one for one in drawn.iter("path") if one.get("stroke-dasharray")]
    assert curve.get("stroke") == NOW
    x, y = np.array([pair.split(",") for pair in curve.get("d")[1:].split()], float).T
    assert len(x) == 31
    # On an axis of either kind; pixels are counted downwards.
    rises = [np.corrcoef(y, of)[0, 1] for of in (losses, np.log(losses))]
    assert min(rises) < -0.9999
    assert [text for text in drawn.itertext() if text.strip()] == ["held back"]


def test_a_loss_of_points_held_back_that_is_below_the_floor_is_in_the_chart():
    losses = [np.array([8.0, 1.0, 0.5]), np.array([4.0, 0.1, 0.01])]
    frame = loss_chart.frame_of(losses, 0.5, (0.0, 300.0, 0.0, 100.0))
    assert frame.y.low == pytest.approx(0.007)


def test_a_film_does_not_tell_what_the_widget_keeps_back():
    green = (0x00, 0x79, 0x5A)
    for hide, tells in (((), True), (("best",), False)):
        w = widget(hide=hide)
        w.step(5)
        picture = reel_of(w, "surface", "loss").picture(0)
        assert (green in {colour for _, colour in picture.getcolors(1 << 20)}) is tells


def test_a_film_waits_for_the_answer(tmp_path):
    w = widget(ask=[bets.LossAfter(20)])
    with pytest.raises(ValueError, match=r"w\.answer\(\.\.\.\) or w\.skip\(\) comes first"):
        saved(w, tmp_path / "run.gif")
    assert list(tmp_path.iterdir()) == []
    w.skip()
    assert len(decoded(saved(w, tmp_path / "run.gif", steps=2, width=320))) == 3


def test_code_of_the_readers_own_is_filmed(tmp_path):
    import torch

    x = torch.linspace(-1, 1, 20)
    y = 3 * x + 2
    a = torch.nn.Parameter(torch.tensor([-1.0, 1.0]))

    def update():
        loss = ((a[0] * x + a[1] - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            a.grad.zero_()
        return loss

    w = GDWidget(x, y, update=update, params=a)
    assert len(decoded(saved(w, tmp_path / "run.gif", steps=3, width=320))) == 4
    assert w.n_steps == 0


WRONG = [
    ({"steps": 0}, r"steps must be a whole number, at least 1; got 0"),
    ({"fps": 51}, r"fps must be a number from 1 to 50 in a \.gif file; got 51"),
    ({"fps": "fast"}, r"fps must be a number from 1 to 50 in a \.gif file; got 'fast'"),
    ({"width": 641}, r"width must be an even number, as films are; got 641"),
    ({"width": 20}, r"width must be a whole number from 320 to 3840; got 20"),
    ({"panels": ["code"]}, r"panels"),
    ({"progress": 1}, r"progress must be True or False; got 1"),
]


@pytest.mark.parametrize(("options", "words"), WRONG)
def test_what_a_film_cannot_have_is_said_and_writes_nothing(tmp_path, options, words):
    path = tmp_path / "run.gif"
    path.write_bytes(b"before")
    with pytest.raises(ValueError, match=words):
        widget().save(path, **options)
    assert path.read_bytes() == b"before" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["post.html", "post.SVG"])
def test_a_page_has_no_pictures_a_second(tmp_path, name):
    with pytest.raises(ValueError, match=r"^fps= is for films: \.gif, \.webp and \.mp4 files; "):
        widget().save(tmp_path / name, fps=20)


def test_without_the_extra_its_name_is_said(tmp_path, monkeypatch):
    monkeypatch.delattr("gd_widget.drawing.films.film")
    monkeypatch.setitem(sys.modules, "gd_widget.drawing.films.film", None)
    with pytest.raises(ImportError, match=r'films are an extra, pip install "gd-widget\[film\]": '):
        widget().save(tmp_path / "run.gif")
    assert list(tmp_path.iterdir()) == []


def test_without_any_font_numbers_cannot_be_read(monkeypatch):
    from gd_widget.drawing.films import paint

    class NoFonts:
        def load_system_fonts(self) -> None: ...

        def list_fonts(self) -> list[str]:
            return []

    monkeypatch.setattr(paint.usvg.Options, "default", NoFonts, raising=False)
    with pytest.raises(RuntimeError, match="needs a font for its numbers, and none is installed"):
        Painter(1)
