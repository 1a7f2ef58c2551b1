"""PyTorch is imported when it is first needed, and its numbers are there whenever one is read."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import pytest

from gd_widget import GDWidget
from gd_widget.data.make_line import make_line
from gd_widget.page import loading
from gd_widget.page.answers import receive
from gd_widget.training.engines import choose
from gd_widget.training.engines.autograd import autograd
from tests.page.test_session import Page, row

PAINTED = """
import sys
from gd_widget import GDWidget

sent = []
GDWidget.send = lambda self, content, buffers: sent.append(content["json"])
w = GDWidget()

def says(type, **fields):
    sent.clear()
    w._hear({"json": __import__("json").dumps({"type": type, "id": 1, **fields})})
    return [__import__("json").loads(one) for one in sent]
"""


def run(code: str, path: Path | None = None) -> str:
    """What a fresh interpreter prints that has made a widget, and has pages of it."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(path or ""), *sys.path])}
    program = PAINTED + textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def no_torch_yet(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """As in a process that has not imported it; what is imported is noted down."""
    imported: list[str] = []
    monkeypatch.setattr(choose, "is_imported", lambda engine: engine in ["numpy", *imported])
    monkeypatch.setattr(choose, "import_engine", imported.append)
    return imported


def test_nothing_that_is_shown_first_imports_torch(tmp_path):
    said = run(f"""
        w._repr_mimebundle_(), repr(w), w.get_state(), w.save({str(tmp_path / "w.html")!r})
        [hello] = says("hello")
        print("torch" in sys.modules, hello["torch"], hello["engine"].split(".")[0])
        w.params, w.slope, w.predict(1), w.status, w.advice, w.critical_lr, w.n_steps
        w.lr = 0.2
        w.new_data()
        w.guess = (0, 0)
        w.reset()
        print("torch" in sys.modules)
        answers = says("load")
        print([(one["type"], one["id"], one["torch"]) for one in answers], "torch" in sys.modules)
    """)
    assert said.splitlines() == [
        "False needed PyTorch 2",
        "False",
        "[('state', None, 'loading'), ('state', None, ''), ('state', None, ''), ('state', 1, '')] "
        "True",
    ]


@pytest.mark.parametrize("reading", ["loss", "grad", "history", "runs"])
def test_numbers_that_are_read_are_torchs(reading):
    w = GDWidget(n=200)
    points = make_line(200)
    exactly = autograd(points).of_all((-1.0, 1.0))
    assert w._session.state.race.first.table.loss(0) == pytest.approx(exactly[0], rel=1e-15)
    w.observe(lambda change: pytest.fail(f"{change.name} has not changed"), "loss")
    getattr(w, reading)
    assert (w.loss, *w.grad) == exactly
    assert (w.history["loss"][0], w.runs[0].loss) == (exactly[0], exactly[0])


def test_rows_are_made_of_torchs_first_one():
    w = GDWidget(lr=0.3)
    _, *grad = autograd(make_line(100)).of_all((-1.0, 1.0))
    w.step()
    assert w.params == (-1.0 - 0.3 * grad[0], 1.0 - 0.3 * grad[1])
    assert w.history["grad_slope"][0] == grad[0]


def test_a_page_is_told_the_first_row_anew():
    page = Page(engine="torch")
    page.ask("hello")
    exactly = autograd(make_line(30)).of_all((-1.0, 1.0))
    receive(page.session, {"type": "advance", "id": 17, "run": 0, "after": 0, "steps": 1})
    (state, _), (rows, _) = page.sent
    assert (state["type"], rows["type"], rows["after"]) == ("state", "rows", 0)
    assert row(state)[3:6] == list(exactly)


def test_other_points_are_torchs_once_it_is_there():
    page = Page(engine="torch")
    page.session.step(1)
    page.session.new_data(make_line(30, seed=2))
    assert page.trainer.loss == autograd(make_line(30, seed=2)).of_all((-1.0, 1.0))[0]


def test_all_pages_that_wait_are_told_and_no_others(no_torch_yet):
    pages = [Page(engine="torch"), Page(engine="torch"), Page(engine="numpy")]
    pages[0].ask("load")
    told = [[message["torch"] for message, _ in page.sent] for page in pages[1:]]
    assert told == [["loading", ""], []]
    assert no_torch_yet == ["torch"]
    assert pages[1].ask("hello")[0]["torch"] == ""
    pages[0].ask("load")
    assert no_torch_yet == ["torch"]


def test_each_page_is_told_though_anothers_message_fails(no_torch_yet, monkeypatch):
    def fails(content, buffers):
        raise ValueError("no JSON")

    pages = [Page(engine="torch") for _ in range(4)]
    order = [*loading.waiting]
    pages.sort(key=lambda page: order.index(page.session.pages))
    first, *between, last = pages
    for broken in (first, last):
        monkeypatch.setattr(broken.session.pages, "send", fails)
    with pytest.raises(ValueError, match="no JSON"):
        loading.import_engine("torch")
    for page in between:
        assert [message["torch"] for message, _ in page.sent] == ["loading", ""]
    assert no_torch_yet == ["torch"]


def test_a_guess_whose_squares_cannot_be_summed_is_refused_at_once():
    with pytest.raises(ValueError, match="guess must be where the loss is finite"):
        GDWidget(n=10_000, guess=(1e152, 1e153))


def test_other_pages_are_answered_while_torch_is_imported(no_torch_yet, monkeypatch):
    begun, may_end = threading.Event(), threading.Event()

    def slowly(engine: str) -> None:
        begun.set()
        may_end.wait()
        no_torch_yet.append(engine)

    monkeypatch.setattr(choose, "import_engine", slowly)
    page, other = Page(engine="torch"), Page(engine="torch")
    one = threading.Thread(target=receive, args=(page.session, {"type": "load", "id": 1}))
    one.start()
    begun.wait()
    other.sent.clear()
    answers: list[dict[str, Any]] = []
    two = threading.Thread(target=lambda: answers.append(other.ask("hello")[0]))
    two.start()
    two.join(60)
    may_end.set()
    one.join()
    assert [answer["torch"] for answer in answers] == ["loading"]
    assert page.sent[-1][0]["torch"] == "" and page.trainer.is_loaded


BROKEN = "raise ImportError('libtorch.so: cannot open shared object file')\n"


def test_a_broken_torch_is_told_of_when_it_is_needed(tmp_path):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text(BROKEN)
    said = run(
        """
        print(says("hello")[0]["torch"])
        def errors(messages):
            return [(m["id"], m["message"]) for m in messages if m["type"] == "error"]
        print(errors(says("load")))
        print(errors(says("advance", run=0, after=0, steps=1)), w.playing, w.status)
        try:
            w.step()
        except ImportError as error:
            print(error)
        print(w.n_steps)
        """,
        tmp_path,
    )
    words = "libtorch.so: cannot open shared object file"
    assert said.splitlines() == [
        "needed",
        f"[(1, '{words}')]",
        f"[(1, '{words}')] False error",
        words,
        "0",
    ]


def test_the_import_ends_for_all_where_it_fails(no_torch_yet, monkeypatch):
    def fails(engine: str) -> None:
        raise ImportError("no")

    monkeypatch.setattr(choose, "import_engine", fails)
    page = Page(engine="torch")
    with pytest.raises(ImportError):
        page.session.step(1)
    assert [message["torch"] for message, _ in page.sent] == ["loading", "needed"]
    assert loading.torch_is() == "needed"
