"""The reader's own update(): whose parameters it changes, and what is heard and seen of it."""

from __future__ import annotations

import contextlib
import functools
import gc
import io
import linecache
import math
import subprocess
import sys
import threading
import traceback
import warnings
import weakref

import numpy as np
import pytest
import torch

from gd_widget import GDWidget
from gd_widget.data.make_line import make_line
from gd_widget.own_code import Recorder, Update
from gd_widget.own_code.evidence import FIRST, LAST
from gd_widget.own_code.parameters import Held
from gd_widget.own_code.prints import MOST, Heard, overhearing
from gd_widget.own_code.reachable_names import names_in
from gd_widget.training.trainer import Trainer
from gd_widget.words.sentence import sentence

nn, F, optim = torch.nn, torch.nn.functional, torch.optim

POINTS = make_line(100)
X = torch.stack([torch.tensor(POINTS.x), torch.ones(100, dtype=torch.float64)], 1).float()
Y = torch.tensor(POINTS.y).float()


def lesson(emptied=True):
    """The lesson's update() and its a."""
    a = nn.Parameter(torch.tensor([-1.0, 1.0]))

    def update():
        loss = F.mse_loss(X @ a, Y)
        loss.backward()
        with torch.no_grad():
            a.sub_(0.1 * a.grad)
            if emptied:
                a.grad.zero_()
        return loss

    return update, a


def train(update, params) -> Trainer:
    outside = Update(update, params)
    return Trainer(POINTS, guess=outside.params, outside=outside, engine="numpy")


# ------------------------------------------------------------------------------ the parameters


def model(bias=True, **options):
    made = nn.Linear(1 if bias else 2, 1, bias=bias, **options)
    with torch.no_grad():
        for p, value in zip(
            made.parameters(), ([-1.0], [1.0]) if bias else [[-1.0, 1.0]], strict=True
        ):
            p.copy_(torch.tensor(value))
    return made


GOOD = {
    "parameter": lambda: nn.Parameter(torch.tensor([-1.0, 1.0])),
    "float64": lambda: torch.tensor([-1.0, 1.0], dtype=torch.float64, requires_grad=True),
    "half": lambda: torch.tensor([-1.0, 1.0], dtype=torch.bfloat16),
    "column": lambda: torch.tensor([[-1.0], [1.0]], requires_grad=True),
    "row": lambda: torch.tensor([[-1.0, 1.0]]),
    "computed": lambda: nn.Parameter(torch.tensor([-0.5, 0.5])) * 2,
    "list": lambda: [torch.tensor(-1.0), torch.tensor([[1.0]])],
    "generator": lambda: (torch.tensor([v], requires_grad=True) for v in (-1.0, 1.0)),
    "tuple_of_arrays": lambda: (np.array(-1.0), np.array([1.0])),
    "parameters": lambda: model().parameters(),
    "list_of_parameters": lambda: list(model().parameters()),
    "model": model,
    "model_without_bias": lambda: model(bias=False),
    "array": lambda: np.array([-1.0, 1.0]),
    "array_float32": lambda: np.array([[-1.0], [1.0]], dtype=np.float32),
    "part_of_an_array": lambda: np.array([[-1.0, 7.0], [1.0, 7.0]])[:, 0],
}


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.filterwarnings("error")
def test_parameters_are_read_and_written_in_place(name):
    held = Held(GOOD[name]())
    assert held.read() == (-1.0, 1.0)
    asks = [getattr(part, "requires_grad", None) for part in held.parts]
    held.write((2.0, -4.0))
    assert held.read() == (2.0, -4.0)
    assert [getattr(part, "requires_grad", None) for part in held.parts] == asks
    held.set_grad(None)
    assert held.grad() is None


BAD = {
    "nothing": lambda: None,
    "numbers": lambda: [-1.0, 1.0],
    "string": lambda: "ab",
    "dictionary": lambda: {0: torch.zeros(1), 1: torch.zeros(1)},
    "three": lambda: nn.Parameter(torch.zeros(3)),
    "one": lambda: torch.zeros(1),
    "integers": lambda: torch.tensor([1, 2]),
    "integer_array": lambda: np.array([1, 2]),
    "read_only": lambda: np.broadcast_to(np.array([1.0]), 2),
    "complex": lambda: torch.zeros(2, dtype=torch.complex64),
    "three_parts": lambda: [torch.zeros(1)] * 3,
    "endless": lambda: iter(lambda: torch.zeros(1), None),
    "bigger_model": lambda: nn.Linear(2, 1),
    "class": lambda: nn.Linear,
}


@pytest.mark.parametrize("name", BAD)
def test_other_parameters_are_refused(name):
    with pytest.raises(ValueError, match="params must be what holds slope and intercept"):
        Update(lambda: None, BAD[name]())


def test_parameters_that_are_not_finite_are_refused():
    with pytest.raises(ValueError, match="params must be two finite numbers"):
        Update(lambda: None, np.array([1.0, np.nan]))


async def asynchronous(): ...


def generator():
    yield


@pytest.mark.parametrize(
    ("update", "message"),
    [
        (3, "got 3"),
        (lambda a: None, "called without arguments"),
        (asynchronous, "neither async nor a generator"),
        (generator, "neither async nor a generator"),
    ],
)
def test_an_update_that_cannot_be_called_is_refused(update, message):
    with pytest.raises(ValueError, match=message):
        Update(update, np.zeros(2))


# -------------------------------------------------------------------------------------- training


def test_a_step_is_one_call_and_the_rows_are_what_a_was():
    update, a = lesson()
    calls = []

    def counted():
        calls.append(a.tolist())
        return update()

    trainer = train(counted, a)
    trainer.step(5)
    assert len(calls) == 5
    assert trainer.rows()[:5, :2].tolist() == calls
    assert trainer.params == tuple(a.tolist())
    assert np.isnan(trainer.rows()[1:, 5]).all()
    assert trainer.plan == {"optimizer": "counted()", "outside": True}


def test_going_back_puts_a_back_and_every_step_calls_again():
    update, a = lesson()
    itself, storage = a, a.data_ptr()
    trainer = train(update, a)
    trainer.step(6)
    rows = trainer.rows()
    trainer.seek(2)
    assert tuple(a.tolist()) == trainer.params == tuple(rows[2, :2])
    assert a.requires_grad and a.is_leaf and a is itself and a.data_ptr() == storage
    trainer.step(4)
    assert (trainer.rows()[:, :2] == rows[:, :2]).all()
    trainer.reset()
    assert a.tolist() == [-1.0, 1.0]
    assert a.grad is None, "as it was at the start"


def test_going_back_puts_back_the_gradient_that_code_without_zero_grad_adds_to():
    update, a = lesson(emptied=False)
    trainer = train(update, a)
    trainer.step(8)
    rows = trainer.rows()
    trainer.seek(3)
    trainer.step(5)
    assert (trainer.rows()[:, :2] == rows[:, :2]).all()
    trainer.reset()
    trainer.step(8)
    assert (trainer.rows()[:, :2] == rows[:, :2]).all()


def test_an_a_that_was_changed_in_between_is_put_back_first():
    update, a = lesson()
    trainer = train(update, a)
    trainer.step(2)
    expected = train(*lesson())
    expected.step(3)
    update()
    trainer.step(1)
    assert trainer.params == expected.params


def test_a_guess_that_float32_cannot_hold():
    update, a = lesson()
    trainer = train(update, a)
    trainer.guess = (0.1, 0.2)
    trainer.step(2)
    assert trainer.rows()[0, :2].tolist() == [0.1, 0.2]
    assert len(trainer.outside.evidence) == 2


def test_an_error_is_raised_as_it_is_and_leaves_the_last_row():
    update, a = lesson()
    count = iter(range(100))

    def fails():
        update()
        if next(count) == 3:
            with torch.no_grad():
                a.fill_(99.0)
            raise KeyError("my own")

    trainer = train(fails, a)
    with pytest.raises(KeyError, match="my own"):
        trainer.step(10)
    assert (trainer.n_steps, trainer.n_rows) == (3, 4)
    assert tuple(a.tolist()) == trainer.params
    trainer.step(2)
    assert trainer.n_steps == 5
    expected = train(*lesson())
    expected.step(5)
    assert trainer.params == expected.params


def test_numbers_that_are_not_finite_leave_the_last_row():
    a = np.array([1.0, 1.0])

    def update():
        a[:] = np.inf

    trainer = train(update, a)
    assert trainer.step(3) == 0
    assert trainer.diverged_at == 1
    assert a.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("error", [None, ZeroDivisionError, KeyboardInterrupt])
def test_nothing_is_left_on_a_after_a_step(error):
    update, a = lesson()
    trainer = train(update, a)
    trainer.step(2)
    params, grad = trainer.params, a.grad.tolist()

    def fails():
        update()
        raise error

    if error:
        trainer.outside._update = fails
        with pytest.raises(error):
            trainer.step(1)
        assert trainer.outside.error is None or error is ZeroDivisionError
        assert (tuple(a.tolist()), a.grad.tolist()) == (params, grad)
    assert not a._backward_hooks
    assert not a._post_accumulate_grad_hooks


def test_the_rate_is_in_the_code():
    trainer = train(*lesson())
    with pytest.raises(ValueError, match=r"lr is set in update\(\), whose code makes the steps"):
        trainer.lr = 0.2
    assert math.isnan(trainer.outside.lr)


def test_arrays_need_no_torch():
    code = (
        "import sys, numpy as np\n"
        "from gd_widget.core.quadratic import Quadratic\n"
        "from gd_widget.own_code import Recorder, Update\n"
        "a = np.zeros(2)\n"
        "def update(): a[:] += 1\n"
        "u = Update(update, a)\n"
        "said = u.step(0, (0.0, 0.0))[0], u.diagnose(Quadratic.of(np.arange(3.0), np.arange(3.0)))\n"
        "print(*said, 'torch' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "(1.0, 1.0) [] False\n", done.stderr


# -------------------------------------------------------------------------------- what is seen


def test_evidence_of_a_step():
    update, a = lesson()
    outside = Update(update, a)
    params, lr = outside.step(0, (-1.0, 1.0))
    assert math.isnan(lr)
    (e,) = outside.evidence
    assert (e.step, e.before, e.after) == (0, (-1.0, 1.0), params)
    assert e.loss == pytest.approx(7.955, abs=1e-3)
    assert (e.n_backward, e.at, e.leftover, e.left) == (1, (-1.0, 1.0), None, (0.0, 0.0))
    assert e.grad == e.total == pytest.approx((-2.727, -3.216), abs=1e-3)
    outside.step(1, params)
    assert outside.evidence[1].leftover == (0.0, 0.0)


def test_a_gradient_is_seen_before_it_is_added_to_what_was_left():
    update, a = lesson(emptied=False)
    outside = Update(update, a)
    params, _ = outside.step(0, (-1.0, 1.0))
    outside.step(1, params)
    first, second = outside.evidence
    assert first.left == first.total == second.leftover
    assert second.total == pytest.approx(np.add(second.grad, first.total))


def test_gradients_of_two_parts_and_of_autograd_grad_are_seen():
    parts = [torch.tensor([v], requires_grad=True) for v in (-1.0, 1.0)]
    unused = False

    def update():
        w, b = parts
        guess = w * X[:, 0] + (0 if unused else b)
        grads = torch.autograd.grad(F.mse_loss(guess, Y), parts, allow_unused=True)
        with torch.no_grad():
            for p, g in zip(parts, grads, strict=True):
                if g is not None:
                    p -= 0.1 * g

    outside = Update(update, parts)
    params, _ = outside.step(0, (-1.0, 1.0))
    (e,) = outside.evidence
    assert e.n_backward == 1
    assert e.grad == pytest.approx((-2.727, -3.216), abs=1e-3)
    assert e.total is None and e.left is None
    unused = True
    outside.step(1, params)
    assert outside.evidence[1].grad[1] == 0.0


def test_a_batch_of_gradients_is_no_gradient_and_no_error():
    a = nn.Parameter(torch.tensor([-1.0, 1.0]))

    def update():
        each = (X @ a - Y) ** 2
        (grads,) = torch.autograd.grad(each, a, torch.eye(100), is_grads_batched=True)
        a.data -= 0.1 * grads.mean(0)

    outside = Update(update, a)
    params, _ = outside.step(0, (-1.0, 1.0))
    assert params == pytest.approx((-0.7273, 1.3216), abs=1e-4)
    assert outside.evidence[0].n_backward != 1


def test_the_first_records_and_the_last_are_kept_and_those_gone_back_on_dropped():
    trainer = train(*lesson())
    trainer.step(60)
    steps = [e.step for e in trainer.outside.evidence]
    assert steps == [*range(FIRST), *range(60 - LAST, 60)]
    trainer.seek(50)
    trainer.step(1)
    assert [e.step for e in trainer.outside.evidence] == [*range(FIRST), *range(60 - LAST, 51)]
    trainer.reset()
    trainer.step(1)
    assert [e.step for e in trainer.outside.evidence] == [0]
    trainer.new_data(make_line(20))
    assert not trainer.outside.evidence


@pytest.mark.parametrize(
    ("returned", "loss"),
    [
        (None, None),
        (2, 2.0),
        (torch.tensor([3.0]), 3.0),
        (torch.zeros(3), None),
        ("a", None),
        (True, None),
    ],
)
def test_what_counts_as_a_loss(returned, loss):
    outside = Update(lambda: returned, np.zeros(2))
    outside.step(0, (0.0, 0.0))
    assert outside.evidence[0].loss == loss


rate = learning_rate = 0.25
GLOBAL = np.zeros(2)


def helper():
    return learning_rate


def test_names_are_found_wherever_code_can_reach_them():
    inner = np.zeros(2)

    def update(lr=0.5):
        def nested():
            return GLOBAL, inner

        return nested(), helper()

    found = {name: value() for name, value in names_in(update)}
    assert found["GLOBAL"] is GLOBAL and found["inner"] is inner
    assert found["lr"] == 0.5 and found["learning_rate"] == 0.25
    assert "rate" not in found


class Loop:
    def __init__(self):
        self.a = nn.Parameter(torch.tensor([-1.0, 1.0]))
        self.optimizer = optim.Adam([self.a], lr=0.1)

    def update(self):
        self.optimizer.zero_grad()
        F.mse_loss(X @ self.a, Y).backward()
        self.optimizer.step()

    __call__ = update


def test_methods_partials_and_objects_have_a_name_a_source_and_a_rate():
    loop = Loop()
    for update, name in (
        (loop.update, "update()"),
        (functools.partial(Loop.update, loop), "update()"),
        (loop, "update()"),
        (lambda: None, "update()"),
        (torch.no_grad()(helper), "helper()"),
    ):
        outside = Update(update, loop.a)
        assert outside.name == name
        assert outside.code
    outside = Update(loop.update, loop.a)
    assert outside.code[0] == "def update(self):"
    outside.step(0, (-1.0, 1.0))
    assert outside.evidence[0].lr == 0.1


# --------------------------------------------------------------------------------- hidden state


def test_an_optimizer_that_remembers_is_named_after_going_back_until_the_next_step():
    loop = Loop()
    trainer = train(loop.update, loop.a)

    def hidden() -> str:
        found = trainer.outside.diagnose(trainer.bowl)
        return "".join(one.details["optimizer"] for one in found if one.code == "forgotten")

    assert hidden() == ""
    trainer.step(5)
    assert hidden() == ""
    trainer.seek(2)
    assert hidden() == "Adam"
    trainer.step(1)
    assert hidden() == ""
    trainer.reset()
    assert hidden() == "Adam"
    loop.optimizer = optim.Adam([loop.a])
    assert hidden() == "", "a new one remembers nothing"


def test_optimizers_without_a_memory_and_code_without_one_are_not():
    a = nn.Parameter(torch.tensor([-1.0, 1.0]))
    optimizer = optim.SGD([a], lr=0.1)

    def update():
        optimizer.zero_grad()
        F.mse_loss(X @ a, Y).backward()
        optimizer.step()

    for trainer in (train(update, a), train(*lesson())):
        trainer.step(3)
        trainer.seek(1)
        assert trainer.outside.diagnose(trainer.bowl) == []


# -------------------------------------------------------------------------------- source, errors


def test_the_lines_of_update_and_the_one_that_failed():
    def update():
        a = np.zeros(2)

        def divide(by):
            return 1 / by

        return divide(a.ndim - 1)

    outside = Update(update, np.zeros(2))
    assert outside.code == [
        "def update():",
        "    a = np.zeros(2)",
        "",
        "    def divide(by):",
        "        return 1 / by",
        "",
        "    return divide(a.ndim - 1)",
    ]
    assert place_of(outside) == (
        "update() raised ZeroDivisionError: division by zero, in line 5: return 1 / by",
        4,
    )


def where(outside, error):
    return sentence(outside.raised(error)), outside.line_of(error)


def place_of(outside):
    try:
        outside.step(0, outside.params)
    except Exception as error:
        return where(outside, error)
    raise AssertionError("it raised nothing")


def test_an_error_in_a_library_is_placed_where_update_called_it():
    def update():
        torch.ones(3) @ torch.ones(4)

    said, line = place_of(Update(update, np.zeros(2)))
    assert line == 1
    assert said.startswith("update() raised RuntimeError: inconsistent tensor size")
    assert said.endswith(", in line 2: torch.ones(3) @ torch.ones(4)")


def test_a_traceback_begins_where_update_was_called():
    def update():
        torch.ones(3) @ torch.ones(4)

    outside = Update(update, np.zeros(2))
    with pytest.raises(RuntimeError) as failed:
        outside.step(0, outside.params)
    assert traceback.extract_tb(outside.traceback(failed.value))[0].name == "update"
    built_in = Update([].clear, np.zeros(2))
    assert built_in.traceback(failed.value) is failed.value.__traceback__


def fails_beside():
    raise AssertionError


def test_an_error_of_code_beside_update_is_placed_there():
    outside = Update(functools.partial(lambda f: f(), fails_beside), np.zeros(2))
    assert where(outside, AssertionError()) == ("update() raised AssertionError", None)
    update = torch.no_grad()(fails_beside)
    assert place_of(Update(update, np.zeros(2))) == (
        "fails_beside() raised AssertionError, in line 2: raise AssertionError",
        1,
    )


def test_an_error_in_another_function_of_the_cell():
    cell: dict = {}
    source = "def loss():\n    return 1 / 0\n\ndef update():\n    return loss()\n"
    linecache.cache["<cell 7>"] = (len(source), None, source.splitlines(True), "<cell 7>")
    exec(compile(source, "<cell 7>", "exec"), cell)
    outside = Update(cell["update"], np.zeros(2))
    assert outside.code == ["def update():", "    return loss()"]
    assert place_of(outside) == (
        "update() raised ZeroDivisionError: division by zero, in line 2: return loss()",
        1,
    )
    with pytest.raises(ZeroDivisionError) as caught:
        cell["loss"]()
    assert where(outside, caught.value)[0].endswith("in loss(): return 1 / 0")


def test_code_without_a_source():
    cell: dict = {}
    exec("def update():\n    x = 1\n    return x / 0\n", cell)
    outside = Update(cell["update"], np.zeros(2))
    assert outside.code is None
    assert place_of(outside) == (
        "update() raised ZeroDivisionError: division by zero, in line 3",
        None,
    )


def test_code_whose_file_has_changed_since(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("(((\n")
    cell = {"a": np.array([-1.0, 1.0])}
    exec(compile("def update():\n    a[:] += 0.1\n", str(file), "exec"), cell)
    outside = Update(cell["update"], cell["a"])
    assert outside.code is None
    assert outside.step(0, (-1.0, 1.0))[0] == pytest.approx((-0.9, 1.1))


def test_errors_have_hints_in_the_names_of_the_code():
    weights = nn.Parameter(torch.zeros(2))

    def update():
        nonlocal weights
        weights -= 0.1

    outside = Update(update, weights)
    with pytest.raises(RuntimeError, match="leaf") as caught:
        outside.step(0, (0.0, 0.0))
    assert "torch.no_grad()" in sentence(outside.hint(caught.value))
    assert "weights.sub_(lr * weights.grad)" in sentence(
        outside.hint(UnboundLocalError("'weights'"))
    )
    assert outside.hint(ValueError("else")) is None


# ------------------------------------------------------------------------------- what is printed


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
            both_listen.wait(5)
            print(name)
            if name == "b":
                first_is_done.wait(5)
                print("still")
        first_is_done.set()

    threads = [threading.Thread(target=listen, args=(name,)) for name in heard]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
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


# -------------------------------------------------------------------------------- w.record(a)


def test_a_loop_hands_over_its_parameters():
    update, a = lesson()
    recorder = Recorder()
    assert recorder.record(0, a) == (-1.0, 1.0)
    for step in range(3):
        update()
        assert recorder.record(step + 1, a) == tuple(a.tolist())
    assert [e.step for e in recorder.evidence] == [1, 2, 3]
    assert recorder.evidence[0].grad == pytest.approx((-2.727, -3.216), abs=1e-3)
    recorder.close()
    assert not a._backward_hooks
    with pytest.raises(ValueError, match="params must be"):
        recorder.record(4, "a")


def test_after_closing_nothing_is_compared_with_before():
    recorder = Recorder()
    recorder.record(0, np.zeros(2))
    recorder.close()
    recorder.record(0, np.ones(2))
    assert not recorder.evidence


def test_a_recorder_keeps_no_tensor_but_the_last():
    recorder = Recorder()
    first = torch.zeros(2, requires_grad=True)
    gone = weakref.ref(first)
    recorder.record(0, first)
    recorder.record(1, torch.ones(2, requires_grad=True))
    del first
    gc.collect()
    assert gone() is None


def test_code_that_does_better_the_next_time_has_not_diverged_any_more():
    a, made = np.array([1.0, 1.0]), iter([2.0, np.nan, 3.0])

    def update():
        a[0] = next(made)

    w = GDWidget(update=update, params=a)
    w.step(2)
    assert (w.n_steps, w.status, w.runs[0].diverged_at) == (1, "diverged", 2)
    w.step()
    assert (w.n_steps, w.status, w.runs[0].diverged_at) == (2, "paused", None)
    w.record(np.array([np.nan, 0.0]))
    assert w.status == "diverged"
    w.record(np.array([1.0, 0.0]))
    assert (w.n_steps, w.status) == (3, "paused")


def test_a_row_that_could_not_be_recorded_does_not_end_the_steps_there_are():
    w = GDWidget(n=20)
    w.step(5)
    w.seek(2)
    w.record(np.array([np.nan, 0.0]))
    assert (w.n_steps, w.status) == (2, "diverged")
    w.step(2)
    assert (w.n_steps, w.status, len(w.history)) == (4, "paused", 5)


@pytest.mark.parametrize("params", [(3.0, 2.0), [3, 2], np.array([3, 2])], ids=str)
def test_a_loop_may_hand_over_two_plain_numbers(params):
    w = GDWidget()
    w.record((1, 1.0))
    w.record(params)
    assert w.params == (3, 2) and w.n_steps == 2
    w.record((math.nan, 1.0))
    assert w.status == "diverged" and w.n_steps == 2
    for bad in ([1, 2, 3], (1,), ("a", "b")):
        with pytest.raises(ValueError, match="params must be what holds slope and intercept"):
            w.record(bad)
