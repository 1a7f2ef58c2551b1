"""The widget as a page of its own: what is in it, what is not, and how it is written."""

from __future__ import annotations

import errno
import json
import os
import re
import threading
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import ipywidgets.embed
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_widget import GDWidget, make_line, sharing
from gd_widget.core.quadratic import Quadratic
from gd_widget.page.bundle import BUNDLE, SIZES, STATIC
from gd_widget.page.parts import ON_ITS_OWN, smallest

FRONT_END = smallest(ON_ITS_OWN)
"""The front end of a page of a line."""

MOST_BYTES = 10_000
"""Of a page, beside the front end."""
HOSTILE = "</script><img src=x onerror=alert(1)> \" ' & \u2028 \u2029 \u202e<!-- ]]> \x00"


class Reader(HTMLParser):
    """What a browser would find: elements with their attributes, and the text of each kind."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open = [""]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self._open.pop() != tag:
            pass

    def handle_data(self, data):
        self.texts[self._open[-1]] = self.texts.get(self._open[-1], "") + data


def state_in(page: str) -> dict:
    """What the page goes on from."""
    (data,) = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    return json.loads(data)


def page_of(w: GDWidget, tmp_path: Path) -> str:
    w.save(tmp_path / "page.html")
    return (tmp_path / "page.html").read_text("utf-8")


@pytest.mark.parametrize("steps", [0, 100, 5_000])
def test_the_page_is_small(tmp_path, steps):
    w = GDWidget(n=100, lr=0.1)
    w.step(steps)
    assert len(page_of(w, tmp_path).encode()) - FRONT_END.stat().st_size <= MOST_BYTES


def test_the_page_holds_the_widgets_numbers_in_all_their_digits(tmp_path):
    w = GDWidget(n=100, lr=0.1)
    w.step(30)
    w.lr = 0.5
    w.step(3)
    w.back(2)
    state = state_in(page_of(w, tmp_path))
    snapshot = state["snapshot"]
    assert snapshot["runs"][0]["row"] == [31, *w.params, w.loss, *w.grad, 0.5]
    assert snapshot["bowl"] == w._trainer.bowl.as_json()
    saved = np.frombuffer(b64decode(state["rows"]), "<f8").reshape(-1, 4)
    assert saved[:, 0].tolist() == list(range(34))
    w.step(2)
    for column, name in enumerate(("step", "slope", "intercept", "lr")):
        np.testing.assert_array_equal(saved[:, column], w.history[name])


def test_the_page_asks_for_nothing(tmp_path):
    page = page_of(GDWidget(), tmp_path)
    outside = Reader(page.replace(FRONT_END.read_text("utf-8").strip(), ""))
    assert {tag for tag, _ in outside.elements} == {
        "html", "meta", "title", "style", "gradient-descent", "script", "noscript",
    }  # fmt: skip
    for _, attributes in outside.elements:
        assert not {"src", "href", "style", "integrity"} & attributes.keys()


def test_the_same_state_gives_the_same_bytes():
    made = []
    for detour in (False, True):
        w = GDWidget(n=100, lr=0.1, title="T")
        w.step(20)
        if detour:
            w.back(5)
            w.play()
            w.pause()
            w.step(5)
        made.append(w.to_html())
    assert made[0] == made[1]


def test_playing_is_not_saved(tmp_path):
    w = GDWidget()
    w.play()
    assert state_in(page_of(w, tmp_path))["snapshot"]["playing"] is False


@given(text=st.text(max_size=60) | st.just(HOSTILE))
def test_words_stay_words(text):
    w = GDWidget([1, 2, 3], [2, 4, 7], title=text, x_label=text, y_label=text)
    page = sharing.page(w._session.state)
    read = Reader(page)
    expected = state_in(page)["snapshot"]
    assert [expected[name] for name in ("title", "x_label", "y_label")] == [text] * 3
    assert [tag for tag, _ in read.elements].count("script") == 2
    assert "img" not in {tag for tag, _ in read.elements}
    fragment = Reader(w.to_html())
    assert [tag for tag, _ in fragment.elements] == ["div", "iframe", "img"]
    (frame,) = (attributes for tag, attributes in fragment.elements if tag == "iframe")
    assert frame["srcdoc"] is not None
    assert frame["srcdoc"].count("<script") == page.count("<script")


def test_the_fragment_holds_the_page_and_a_picture():
    w = GDWidget()
    (_, (_, frame), (_, picture)) = Reader(w.to_html()).elements
    assert frame["srcdoc"] == sharing.framed_page(w._session.state)
    assert frame["title"] == picture["alt"] == repr(w)
    source = picture["src"]
    assert source is not None
    assert b64decode(source.removeprefix("data:image/svg+xml;base64,")).decode() == sharing.picture(
        w._session.state
    )


def test_the_fragment_can_be_read_as_xml():
    """Some hosts read HTML as JSX or XHTML, where every element has its end: they drop the rest."""
    ElementTree.fromstring(GDWidget(title="a < b & c").to_html())


def test_an_svg_is_the_picture(tmp_path):
    w = GDWidget()
    w.save(tmp_path / "figure.SVG")
    assert (tmp_path / "figure.SVG").read_text("utf-8") == sharing.picture(w._session.state)


@pytest.mark.parametrize("name", ["post", "post.pdf", "post.html.gz", ".html"])
def test_another_ending_is_refused(tmp_path, name):
    with pytest.raises(
        ValueError,
        match=r"^path must be a name that ends in \.html, \.svg, \.gif, \.webp or \.mp4; got ",
    ):
        GDWidget().save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_path_can_be_a_string_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    GDWidget().save("post.html")
    assert Path("post.html").stat().st_size > 70_000


def test_a_file_is_replaced_when_the_new_one_is_complete_and_not_before(tmp_path, monkeypatch):
    path = tmp_path / "post.html"
    path.write_text("before")
    path.chmod(0o640)

    def disk_full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as context:
        context.setattr(os, "fsync", disk_full)
        with pytest.raises(OSError, match="No space left"):
            GDWidget().save(path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
    GDWidget().save(path)
    assert "<gradient-descent>" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["post.html", "figure.svg"])
def test_a_write_that_the_system_ends_midway_leaves_what_was_there(tmp_path, name):
    import resource

    path = tmp_path / name
    path.write_text("before")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large") as raised:
            GDWidget().save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert raised.value.filename == str(path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_usual_permissions(tmp_path):
    before = os.umask(0o022)
    try:
        GDWidget().save(tmp_path / "post.html")
    finally:
        os.umask(before)
    assert (tmp_path / "post.html").stat().st_mode & 0o777 == 0o644


def test_a_folder_that_is_not_there_is_an_error_of_its_own(tmp_path):
    path = tmp_path / "nowhere" / "post.html"
    with pytest.raises(FileNotFoundError) as raised:
        GDWidget().save(path)
    assert raised.value.filename == str(path)


def test_what_a_link_leads_to_is_written(tmp_path):
    (tmp_path / "real.html").write_text("before")
    (tmp_path / "link.html").symlink_to("real.html")
    GDWidget().save(tmp_path / "link.html")
    assert (tmp_path / "link.html").is_symlink()
    assert "<gradient-descent>" in (tmp_path / "real.html").read_text("utf-8")


@pytest.mark.parametrize("path", [3, None, "a\0.html"])
def test_what_is_no_path_is_refused(path):
    with pytest.raises(ValueError, match="^path must be a name that ends in .html, .svg, .gif, "):
        GDWidget().save(path)


def test_page_picture_and_words_are_of_one_step_while_another_thread_trains():
    w = GDWidget(engine="numpy")
    done = threading.Event()

    def train():
        while not done.is_set():
            w.step(1)
            w.new_data()
            w.step(3)

    thread = threading.Thread(target=train)
    thread.start()
    try:
        for _ in range(30):
            (_, (_, frame), (_, picture)) = Reader(w.to_html()).elements
            page, words = frame["srcdoc"], frame["title"]
            snapshot = state_in(page or "")["snapshot"]
            step, seed = snapshot["step"], snapshot["makes"]["seed"]
            assert words is not None and f"step={step}," in words
            source = (picture["src"] or "").removeprefix("data:image/svg+xml;base64,")
            assert f"<title>Step {step}:" in b64decode(source).decode()
            points = make_line(seed=seed)
            assert snapshot["bowl"] == Quadratic.of(points.x, points.y).as_json()
    finally:
        done.set()
        thread.join()


def test_the_fragment_is_one_line_of_ascii():
    html = GDWidget(title="Größe\n\n### x").to_html()
    assert html.isascii() and "\n" not in html


def test_embedding_with_its_defaults_keeps_the_front_end():
    w = GDWidget()
    state = ipywidgets.embed.dependency_state([w])[w.model_id]["state"]
    assert state["_esm"] == BUNDLE.read_text("utf-8")
    assert json.loads(state["_snapshot"])["step"] == 0


@pytest.mark.parametrize("size", SIZES)
def test_the_front_end_can_be_inlined(size):
    text = (STATIC / size).read_text("utf-8")
    assert "</script" not in text and "<!--" not in text


def test_a_folder_that_is_a_file_is_named_as_it_was_given(tmp_path):
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "page.html"
    with pytest.raises(NotADirectoryError) as caught:
        GDWidget().save(path)
    assert caught.value.filename == str(path)
