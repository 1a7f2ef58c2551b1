"""What the reader's code prints is heard."""

from __future__ import annotations

import contextlib
import io
import sys
import threading
import warnings
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from gd_widget.own_code import Update
from gd_widget.own_code.prints import MOST, Heard, overhearing
from tests.waiting import SECONDS

F = torch.nn.functional


def test_what_update_prints_is_kept_and_printed(capsys):
    def update():
        print("loss", 3)
        print("careful", file=sys.stderr)
        sys.stdout.writelines(["a\n", "b\n"])

    outside = Update(update, np.zeros(2))
    outside.step(0, (0.0, 0.0))
    outside.step(1, (0.0, 0.0))
    assert outside.printed == "loss 3\ncareful\na\nb\n" * 2
    outside.forget_printed()
    assert outside.printed == ""
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("loss 3\na\nb\n" * 2, "careful\n" * 2)


def test_the_streams_are_what_they_were_even_after_an_error():
    streams = sys.stdout, sys.stderr

    def update():
        print("so far")
        raise KeyboardInterrupt

    outside = Update(update, np.zeros(2))
    with pytest.raises(KeyboardInterrupt):
        outside.step(0, (0.0, 0.0))
    assert (sys.stdout, sys.stderr) == streams
    assert outside.printed == "so far\n"


def test_only_the_end_of_much_is_kept():
    outside = Update(lambda: print("x" * 3000, "end"), np.zeros(2))
    for step in range(5):
        outside.step(step, (0.0, 0.0))
    printed = outside.printed
    assert len(printed) == MOST and printed.endswith("x end\n")


def test_what_other_threads_print_passes_by(capsys):
    def update():
        thread = threading.Thread(target=print, args=("from elsewhere",))
        thread.start()
        thread.join()
        print("mine")

    outside = Update(update, np.zeros(2))
    outside.step(0, (0.0, 0.0))
    assert outside.printed == "mine\n"
    assert capsys.readouterr().out == "from elsewhere\nmine\n"


def test_two_threads_listen_at_once_and_end_in_the_order_they_began(capsys):
    stream = sys.stdout
    both_listen, first_is_done = threading.Barrier(2), threading.Event()
    heard = {name: Heard() for name in "ab"}

    def listen(name):
        with overhearing(heard[name]):
            both_listen.wait(SECONDS)
            print(name)
            if name == "b":
                first_is_done.wait(SECONDS)
                print("still")
        first_is_done.set()

    threads = [threading.Thread(target=listen, args=(name,)) for name in heard]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (heard["a"].text, heard["b"].text) == ("a\n", "b\nstill\n")
    assert sys.stdout is stream
    capsys.readouterr()


def test_code_that_puts_an_earlier_stream_back_leaves_no_ear_behind(capsys):
    stream, heard = sys.stdout, Heard()
    elsewhere = contextlib.redirect_stdout(io.StringIO())
    with overhearing(heard):
        elsewhere.__enter__()
    elsewhere.__exit__(None, None, None)
    with overhearing(heard):
        print("once")
    assert heard.text == "once\n"
    assert sys.stdout is stream
    capsys.readouterr()


def test_listening_within_listening(capsys):
    outer, inner = Heard(), Heard()
    with overhearing(outer):
        print("1")
        with overhearing(inner):
            print("2")
        print("3")
    assert (outer.text, inner.text) == ("1\n3\n", "2\n")
    assert capsys.readouterr().out == "1\n2\n3\n"


def test_a_warning_is_no_error_and_can_be_read(monkeypatch):
    def update():
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.showwarning = lambda *seen: sys.stderr.write("warned\n")
            F.mse_loss(torch.zeros(3), torch.zeros(3, 1))

    outside = Update(update, np.zeros(2))
    outside.step(0, (0.0, 0.0))
    assert outside.printed == "warned\n"


class Publisher:
    """What IPython has, as far as it matters."""

    def __init__(self):
        self.published = []

    def publish(self, data, metadata=None):
        self.published.append(data)


def test_of_what_update_displays_or_draws_the_view_says_where_it_went(monkeypatch):
    publisher, figures = Publisher(), [1]
    shell = SimpleNamespace(display_pub=publisher)
    pyplot = SimpleNamespace(get_fignums=lambda: figures)
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", pyplot)

    def update():
        print("before")
        publisher.publish({"text/plain": "<Figure size 640x480 with 1 Axes>"})
        figures.append(2)

    outside = Update(update, np.zeros(2))
    outside.step(0, (0.0, 0.0))
    assert outside.printed == (
        "before\n"
        "displayed below the cell that runs, or in the notebook's log: "
        "<Figure size 640x480 with 1 Axes>\n"
        "drawn by Matplotlib: it appears below the next cell that runs, or plt.show() it\n"
    )
    assert len(publisher.published) == 1 and publisher.publish.__self__ is publisher
