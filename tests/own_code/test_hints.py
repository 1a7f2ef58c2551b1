"""What to write instead, where Python itself complains: each cure is tried on what it is for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import torch

from gd_widget import GDWidget
from gd_widget.core.diagnosis import Names
from gd_widget.own_code import Update
from gd_widget.own_code.failure import Failure
from gd_widget.own_code.hints import hint
from gd_widget.words.sentence import sentence

nn = torch.nn


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


def raised(source: str, **names) -> BaseException:
    try:
        exec(source, names)
    except Exception as error:
        return error
    raise AssertionError("it raised nothing")


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("def f():\n a -= 1\nf()", "change it in place, a.sub_(lr * a.grad)."),
        ("a -= 1", "put it under with torch.no_grad():"),
        ("loss = (a ** 2).sum(); loss.backward(); loss.backward()", "anew in every step"),
        ("(a.detach() ** 2).sum().backward()", "The loss must be computed from a,"),
        ("(a ** 2).backward()", "take the .mean()"),
        ("0.1 * a.grad", "a.grad is None until loss.backward()"),
        ("a.grad.zero_()", "a.grad is None until loss.backward()"),
        ("torch.ones(3, 2).double() @ a", "does not mix float32 and float64"),
        ("1 / 0", ""),
    ],
)
def test_errors_have_hints(source, part):
    error = raised(source, a=nn.Parameter(torch.ones(2)), torch=torch)
    said = sentence(hint(Failure(error, Names())))
    assert part in said
    assert bool(said) == bool(part), error


# --------------------------------------------------------------------- each cure makes it train

SETUP = """
import numpy as np, torch, torch.nn.functional as F
from gd_widget import GDWidget
w = GDWidget(n=50)
x, y = torch.tensor(w.x), torch.tensor(w.y)
X = torch.stack([x, torch.ones_like(x)], 1)
t = torch.nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))
"""

STEP = """
    with torch.no_grad():
        t.sub_(0.1 * t.grad)
        t.grad.zero_()
"""

UPDATE = "def update():\n    F.mse_loss(X @ t, y).backward()" + STEP

NUMPY = SETUP + "x, y = np.array(w.x), np.array(w.y)\n"

WHOLE = SETUP.replace("n=50", "[0, 1, 2, 3], [1, 3, 4, 8]") + "X, y = X.long(), y.long()\n"

FRAME = SETUP + "import pandas as pd\ndf = pd.DataFrame(dict(x=w.x, y=w.y))\n"

NO_GRADIENT = """
t = torch.tensor([-1.0, 1.0], dtype=torch.float64)
def step():
    r = t[0].item() * w.x + t[1].item() - w.y
    return 0.1 * np.array([2 * (r * w.x).mean(), 2 * r.mean()])
"""

CURES = {
    "makes_local_name": (
        SETUP + UPDATE.replace("t.sub_(0.1 * t.grad)", "t -= 0.1 * t.grad"),
        "change it in place, t.sub_(lr * t.grad).",
        SETUP + UPDATE,
    ),
    "needs_global": (
        SETUP + "total = 0\ndef update():\n    total += 1" + UPDATE.partition(":")[2],
        "An assignment makes total a name of the function's own: let its first line be global total",
        SETUP
        + "total = 0\ndef update():\n    global total\n    total += 1"
        + UPDATE.partition(":")[2],
    ),
    "step_is_recorded": (
        SETUP + "def update():\n    F.mse_loss(X @ t, y).backward()\n    t.sub_(0.1 * t.grad)\n",
        "put it under with torch.no_grad():",
        SETUP + UPDATE,
    ),
    "changed_before_backward": (
        SETUP
        + "def update():\n    loss = F.mse_loss(X @ t, y) + 1e-3 * (t ** 2).sum()\n"
        + "    with torch.no_grad():\n        t.sub_(0.1)\n    loss.backward()\n",
        "change things in place, as the step does, after backward().",
        SETUP + UPDATE,
    ),
    "guess_changed_before_backward": (
        SETUP
        + "def update():\n    r = X @ t - y\n    loss = (r * r).mean()\n    r -= r.mean()\n"
        + "    loss.backward()"
        + STEP,
        "What the loss is computed from, as t and the guess, must stay as it was until",
        SETUP
        + "def update():\n    r = X @ t - y\n    loss = (r * r).mean()\n    loss.backward()\n"
        + "    with torch.no_grad():\n        r -= r.mean()"
        + STEP,
    ),
    "losses_summed": (
        SETUP
        + "total = 0\ndef update():\n    global total\n    loss = F.mse_loss(X @ t, y)\n"
        + "    total = total + loss\n    total.backward()"
        + STEP,
        "To add up losses of several steps, add loss.item().",
        SETUP
        + "total = 0\ndef update():\n    global total\n    loss = F.mse_loss(X @ t, y)\n"
        + "    total = total + loss.item()\n    loss.backward()"
        + STEP,
    ),
    "guess_outside_beside_one_inside": (
        SETUP
        + "guess = (X * t).sum(1)\ndef update():\n    F.mse_loss(X @ t, y).backward()\n"
        + "    F.mse_loss(guess, y).backward()"
        + STEP,
        "Compute the guess and the loss anew in every step, inside update().",
        SETUP
        + "def update():\n    guess = (X * t).sum(1)\n    F.mse_loss(X @ t, y).backward()\n"
        + "    F.mse_loss(guess, y).backward()"
        + STEP.replace("0.1", "0.05"),
    ),
    "graph_used_twice": (
        SETUP + "guess = (X * t).sum(1)\ndef update():\n    F.mse_loss(guess, y).backward()" + STEP,
        "Compute the guess and the loss anew in every step, inside update().",
        SETUP + UPDATE,
    ),
    "backward_twice": (
        SETUP
        + "def update():\n    loss = F.mse_loss(X @ t, y)\n    loss.backward()\n    loss.backward()"
        + STEP,
        "in the same call of update(): call it once",
        SETUP + UPDATE,
    ),
    "loss_unconnected": (
        SETUP + UPDATE.replace("X @ t", "X @ t.detach()"),
        "The loss must be computed from t, outside torch.no_grad()",
        SETUP + UPDATE,
    ),
    "loss_of_many_numbers": (
        SETUP + UPDATE.replace("F.mse_loss(X @ t, y)", "((X @ t - y) ** 2)"),
        "take the .mean() of the squares.",
        SETUP + UPDATE.replace("F.mse_loss(X @ t, y)", "((X @ t - y) ** 2).mean()"),
    ),
    "no_gradient_yet": (
        SETUP + "def update():\n    F.mse_loss(X @ t, y)" + STEP,
        "t.grad is None until loss.backward() has computed it",
        SETUP + UPDATE,
    ),
    "item": (
        SETUP + UPDATE.replace("y).backward()", "y).item().backward()"),
        "item() and float() take the number out of the loss. Call backward() on the tensor.",
        SETUP + UPDATE,
    ),
    "no_return": (
        SETUP
        + "def mse(guess, y):\n    ((guess - y) ** 2).mean()\n"
        + UPDATE.replace("F.mse_loss", "mse"),
        "The loss is None: does the function that computes it return it?",
        SETUP
        + "def mse(guess, y):\n    return ((guess - y) ** 2).mean()\n"
        + UPDATE.replace("F.mse_loss", "mse"),
    ),
    "loss_of_arrays": (
        NUMPY
        + "def update():\n    np.mean((t[0].item() * x + t[1].item() - y) ** 2).backward()"
        + STEP,
        "The loss is NumPy's, which has no backward(): compute it with PyTorch",
        SETUP + UPDATE,
    ),
    "needs_parentheses": (
        SETUP + UPDATE.replace("no_grad()", "no_grad"),
        "torch.no_grad() needs its parentheses: with torch.no_grad():",
        SETUP + UPDATE,
    ),
    "whole_numbers": (
        SETUP + UPDATE.replace("F.", "z = torch.tensor([3, 2], requires_grad=True)\n    F."),
        "write 3.0 for 3",
        SETUP + UPDATE.replace("F.", "z = torch.tensor([3.0, 2.0], requires_grad=True)\n    F."),
    ),
    "whole_data": (
        WHOLE + UPDATE,
        "These are whole numbers: x.double() and y.double() are floats, as is needed.",
        WHOLE + "X, y = X.double(), y.double()\n" + UPDATE,
    ),
    "mixed_float64": (
        SETUP + "X, y = X.float(), y.float()\n" + UPDATE,
        "x.double() and y.double() are float64, as t is.",
        SETUP + "X, y = X.float().double(), y.float().double()\n" + UPDATE,
    ),
    "mixed_float32": (
        SETUP + "t = torch.nn.Parameter(t.detach().float())\n" + UPDATE,
        "x.float() and y.float() are float32, as tensors are by default.",
        SETUP
        + "t = torch.nn.Parameter(t.detach().float())\nX, y = X.float(), y.float()\n"
        + UPDATE,
    ),
    **{
        f"array_{name}": (
            NUMPY + UPDATE.replace("F.mse_loss(X @ t, y)", f"(({product} + t[1] - y) ** 2).mean()"),
            "x and y are arrays, which cannot be mixed with a tensor: before update(), write x = "
            "torch.tensor(x, dtype=torch.float64), y = torch.tensor(y, dtype=torch.float64).",
            NUMPY
            + "x = torch.tensor(x, dtype=torch.float64)\n"
            + "y = torch.tensor(y, dtype=torch.float64)\n"
            + UPDATE.replace("F.mse_loss(X @ t, y)", f"(({product} + t[1] - y) ** 2).mean()"),
        )
        for name, product in (("first", "x * t[0]"), ("last", "t[0] * x"))
    },
    "array_of_the_widget": (
        SETUP + UPDATE.replace("F.mse_loss(X @ t, y)", "((w.x * t[0] + t[1] - y) ** 2).mean()"),
        "w.x is an array, which cannot be mixed with a tensor: before update(), write x = "
        "torch.tensor(w.x, dtype=torch.float64).",
        SETUP
        + "x = torch.tensor(w.x, dtype=torch.float64)\n"
        + UPDATE.replace("F.mse_loss(X @ t, y)", "((x * t[0] + t[1] - y) ** 2).mean()"),
    ),
    "array_in_a_loss": (
        SETUP + UPDATE.replace("y).", "w.y)."),
        "w.y is an array, which cannot be mixed with a tensor: before update(), write y = torch.tens",
        SETUP + "y = torch.tensor(w.y, dtype=torch.float64)\n" + UPDATE,
    ),
    "array_in_part": (
        SETUP
        + "x, some = w.x, np.arange(50)\n"
        + UPDATE.replace("F.mse_loss(X @ t, y)", "((x[some] * t[0] + t[1] - y[some]) ** 2).mean()"),
        "x is an array, which cannot be mixed with a tensor: before update(), write x = "
        "torch.tensor(x, dtype=torch.float64).",
        SETUP
        + "x, some = torch.tensor(w.x, dtype=torch.float64), np.arange(50)\n"
        + UPDATE.replace("F.mse_loss(X @ t, y)", "((x[some] * t[0] + t[1] - y[some]) ** 2).mean()"),
    ),
    "column_of_a_frame": (
        FRAME + UPDATE.replace("y).", 'df["y"]).'),
        "make a tensor of it first, torch.as_tensor(array, dtype=torch.float64).",
        FRAME + UPDATE.replace("y).", 'torch.as_tensor(df["y"], dtype=torch.float64)).'),
    ),
    "array_subtracted": (
        SETUP + NO_GRADIENT + "def update():\n    t.sub_(step())\n",
        "make a tensor of it first, torch.as_tensor(array, dtype=torch.float64).",
        SETUP
        + NO_GRADIENT
        + "def update():\n    t.sub_(torch.as_tensor(step(), dtype=torch.float64))\n",
    ),
}


def widget(source: str, folder, name: str) -> GDWidget:
    """One whose update() stands in a file, as a cell's does."""
    file = folder / f"{name}.py"
    file.write_text(source)
    cell: dict = {}
    exec(compile(source, file, "exec"), cell)
    return GDWidget(cell["w"].x, cell["w"].y, params=cell["t"], update=cell["update"])


@pytest.mark.parametrize("name", CURES)
def test_the_cure_that_a_hint_names_makes_it_train(name, tmp_path):
    wrong, part, right = CURES[name]
    fails = widget(wrong, tmp_path, "wrong")
    with pytest.raises(Exception) as caught:
        fails.step(3)
    assert part in sentence(fails._session.state.readers_code.hint(caught.value)), caught.value
    trains = widget(right, tmp_path, "right")
    loss = trains.loss
    trains.step(20)
    assert trains.loss < loss / 2 and trains.advice == ""


def test_a_series_given_to_a_loss_is_an_array(tmp_path):
    source = SETUP + UPDATE.replace("y).", "column).")
    cell: dict = {"column": pd.Series(np.zeros(50))}
    file = tmp_path / "cell.py"
    file.write_text(source)
    exec(compile(source, file, "exec"), cell)
    w = GDWidget(cell["w"].x, cell["w"].y, params=cell["t"], update=cell["update"])
    with pytest.raises(Exception) as caught:
        w.step()
    assert "column is an array" in sentence(w._session.state.readers_code.hint(caught.value))


def test_numbers_asked_of_a_tensor_are_explained_by_pytorch_itself(tmp_path):
    source = SETUP + "def update():\n    t.numpy()\n"
    w = widget(source, tmp_path, "cell")
    with pytest.raises(RuntimeError) as caught:
        w.step()
    assert w._session.state.readers_code.hint(caught.value) is None
