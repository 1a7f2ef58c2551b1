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
    assert "weights.sub_(0.1 * weights.grad)" in sentence(
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

MODULE = SETUP + "mse = torch.nn.MSELoss()\n"

LINEAR = SETUP + "t = model = torch.nn.Linear(1, 1, dtype=torch.float64)\n"

LINEAR_UPDATE = """
def update():
    F.mse_loss({}, y).backward()
    with torch.no_grad():
        for p in model.parameters():
            p -= 0.1 * p.grad
    model.zero_grad()
"""

MOMENTUM = """
def update():
    global v
    F.mse_loss(X @ t, y).backward()
    v = 0.5 * v + t.grad
    t.data -= 0.05 * v
    t.grad = None
"""

NO_GRADIENT = """
t = torch.tensor([-1.0, 1.0], dtype=torch.float64)
def step():
    r = t[0].item() * w.x + t[1].item() - w.y
    return 0.1 * np.array([2 * (r * w.x).mean(), 2 * r.mean()])
"""

STANDS_FOR_JAX = (
    SETUP
    + """
t = np.array([-1.0, 1.0])
jax = {"__name__": "jax", "np": np}
exec('''class Array(np.ndarray):
    def __setitem__(self, *given):
        raise TypeError("JAX arrays are immutable and do not support in-place item assignment.")
''', jax)
Array = jax["Array"]
class Traced:
    shape = ()
    def __float__(self):
        raise TypeError("Abstract tracer value encountered where concrete value is expected: ...")
    def __array__(self, *given, **options):
        raise TypeError("The numpy.ndarray conversion method __array__() was called on traced array")
class jax:
    def grad(loss):
        shape = getattr(loss(Traced()), "shape", ())
        if shape != ():
            raise TypeError(f"Gradient only defined for scalar-output functions. Output had {shape}")
        def grad(a):
            r = a[0] * np.array(w.x) + a[1] - np.array(w.y)
            return np.array([2 * (r * w.x).mean(), 2 * r.mean()]).view(Array)
        return grad
"""
)
"""What is asked of JAX here, with its own words: the tests do without it."""


def of_jax(loss: str, more: str = "") -> str:
    update = (
        f"\ndef update():\n    step = jax.grad(lambda a: {loss})(t)\n{more}    t[:] -= 0.1 * step\n"
    )
    return STANDS_FOR_JAX + update


HALVED = "    step[0] *= 0.5\n"

CURES = {
    "array_stays": (
        of_jax("a", HALVED),
        "step is an array of JAX's, which cannot be changed: change a copy that is NumPy's, step = np.array(step).",
        of_jax("a", "    step = np.array(step)\n" + HALVED),
    ),
    "values_are_traced": (of_jax("float(a)"), "leave out float() and .item() there", of_jax("a")),
    "values_are_traced, in NumPy": (
        of_jax("np.asarray(a)"),
        "take jnp in place of np",
        of_jax("a"),
    ),
    "loss_of_many_numbers, in JAX": (
        of_jax("np.ones(3)"),
        "take the .mean() of the squares",
        of_jax("np.ones(3).mean()"),
    ),
    "makes_local_name": (
        SETUP + UPDATE.replace("t.sub_(0.1 * t.grad)", "t -= 0.1 * t.grad"),
        "change it in place, t.sub_(0.1 * t.grad).",
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
    "function_for_a_loss": (
        SETUP + UPDATE.replace("F.mse_loss(X @ t, y)", "((X @ t - y) ** 2).mean"),
        "The loss is a function that was not called: it needs its parentheses, as .mean().",
        SETUP + UPDATE.replace("F.mse_loss(X @ t, y)", "((X @ t - y) ** 2).mean()"),
    ),
    "tuple_for_a_loss": (
        SETUP + "def update():\n    loss = F.mse_loss(X @ t, y),\n    loss.backward()" + STEP,
        "The loss is a tuple, which a comma at the end of its line makes",
        SETUP + "def update():\n    loss = F.mse_loss(X @ t, y)\n    loss.backward()" + STEP,
    ),
    "module_for_a_loss": (
        MODULE + "def update():\n    loss = mse(X @ t, y)\n    mse.backward()" + STEP,
        "What computes the loss has no backward(): call that of the loss it returned.",
        MODULE + "def update():\n    loss = mse(X @ t, y)\n    loss.backward()" + STEP,
    ),
    "list_for_a_loss": (
        SETUP + "def update():\n    all = [F.mse_loss(X @ t, y)]\n    all.backward()" + STEP,
        "A list has no backward(): call that of one tensor, as of the sum of several losses.",
        SETUP + "def update():\n    all = [F.mse_loss(X @ t, y)]\n    sum(all).backward()" + STEP,
    ),
    "loss_is_not_made": (
        SETUP + UPDATE.replace("F.mse_loss", "torch.nn.MSELoss"),
        "torch.nn.MSELoss(…) makes a function: call that, torch.nn.MSELoss()(y_guess, y).",
        SETUP + UPDATE.replace("F.mse_loss", "torch.nn.MSELoss()"),
    ),
    "points_are_no_rows": (
        LINEAR + LINEAR_UPDATE.format("model(x)"),
        "give it x[:, None], of shape (n, 1), and take [:, 0] of what it returns.",
        LINEAR + LINEAR_UPDATE.format("model(x[:, None])[:, 0]"),
    ),
    "used_before": (
        SETUP
        + "def update():\n    loss = F.mse_loss(guess, y)\n    guess = X @ t\n    loss.backward()"
        + STEP,
        "guess is used before the line that gives it a value: let that line come first.",
        SETUP
        + "def update():\n    guess = X @ t\n    loss = F.mse_loss(guess, y)\n    loss.backward()"
        + STEP,
    ),
    "is_none": (
        SETUP + "v = None\n" + MOMENTUM,
        "v is None: give it a number before update().",
        SETUP + "v = 0\n" + MOMENTUM,
    ),
    "is_none_as_nothing_is_returned": (
        SETUP
        + "def mse(guess, y):\n    ((guess - y) ** 2).mean()\n"
        + "def update():\n    loss = mse(X @ t, y)\n    (0.5 * loss).backward()"
        + STEP,
        "loss is None: does what computes it return it?",
        SETUP
        + "def mse(guess, y):\n    return ((guess - y) ** 2).mean() * 2\n"
        + "def update():\n    loss = mse(X @ t, y)\n    (0.5 * loss).backward()"
        + STEP,
    ),
    "list_meets_tensor": (
        SETUP
        + "z = w.x.tolist()\n"
        + UPDATE.replace("F.mse_loss(X @ t, y)", "((t[0] * z + t[1] - y) ** 2).mean()"),
        "z is a list, which cannot be multiplied: before update(), write z = torch.tensor(z, "
        "dtype=torch.float64).",
        SETUP
        + "z = w.x.tolist()\nz = torch.tensor(z, dtype=torch.float64)\n"
        + UPDATE.replace("F.mse_loss(X @ t, y)", "((t[0] * z + t[1] - y) ** 2).mean()"),
    ),
    **{
        f"numpy_takes_no_tensor_{called}": (
            SETUP + UPDATE.replace("F.mse_loss(X @ t, y)", wrong),
            f"NumPy takes no tensor that has a gradient: write torch.{called} for np.{called}.",
            SETUP + UPDATE.replace("F.mse_loss(X @ t, y)", wrong.replace("np.", "torch.")),
        )
        for called, wrong in (
            ("mean", "np.mean((X @ t - y) ** 2)"),
            ("square", "np.square(X @ t - y).mean()"),
        )
    },
    "tensors_alone_have": (
        SETUP + "z = w.x\n" + UPDATE.replace("X @ t", "t[0] * z.double() + t[1]"),
        "z is NumPy's, and .double PyTorch's: torch.tensor(z) has it.",
        SETUP + "z = torch.tensor(w.x)\n" + UPDATE.replace("X @ t", "t[0] * z.double() + t[1]"),
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


@pytest.mark.parametrize(
    ("before", "written"),
    [("alpha = 0.2\n", "alpha"), ("", "0.05"), ("", "0.1"), ("lr = 0.3\n", "lr")],
)
def test_a_line_that_is_named_runs_in_the_code_that_it_is_for(before, written, tmp_path):
    made = {"alpha": "alpha", "0.05": "0.05", "0.1": "(0.05 + 0.01 * t.grad[0])", "lr": "lr"}[
        written
    ]
    new = f"    global t\n    t = (t - {made} * t.grad).detach().requires_grad_()\n"
    fails = SETUP + before + "def update():\n    F.mse_loss(X @ t, y).backward()\n"
    w = widget(
        fails.replace("def update():\n", f"def update():\n{new[:13]}\n") + new[13:], tmp_path, "new"
    )
    w.step(3)
    assert f"write t.sub_({written} * t.grad) (inside with torch.no_grad():)." in w.advice
    cure = (
        f"    with torch.no_grad():\n        t.sub_({written} * t.grad)\n        t.grad.zero_()\n"
    )
    trains = widget(fails + cure, tmp_path, "cure")
    trains.step(20)
    assert trains.advice == ""


def test_a_parameter_beside_those_shown_is_changed_in_place_as_well(tmp_path):
    other = SETUP + "b = torch.nn.Parameter(torch.ones(2, dtype=torch.float64))\n"
    loss = UPDATE.replace("X @ t", "X @ t + 0 * b.sum()")
    w = widget(other + loss.replace("t.sub_(0.1 * t.grad)", "b -= 0.1 * b.grad"), tmp_path, "cell")
    with pytest.raises(UnboundLocalError) as caught:
        w.step()
    said = sentence(w._session.state.readers_code.hint(caught.value))
    assert said == (
        "An assignment makes b a name of the function's own: change it in place, "
        "b.sub_(0.1 * b.grad)."
    )
    both = loss.replace("t.sub_(", "b.sub_(0.1 * b.grad); t.sub_(")
    trains = widget(other + both, tmp_path, "cure")
    trains.step(20)
    assert trains.loss < w.loss / 2 and trains.advice == ""


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


INNOCENT = {
    "no function of PyTorch's": "np.array((X @ t - y) ** 2).mean()",
    "a list that is looked up": "[1.0, 2.0][t[0]]",
    "a model of two features": "torch.nn.Linear(2, 1)(x.float())",
    "what nothing has": "w.x.nothing()",
    "an axis that is none": "np.mean(w.x, axis='rows') + t[0]",
}


@pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")
@pytest.mark.parametrize("line", INNOCENT.values(), ids=INNOCENT)
def test_of_errors_that_look_alike_no_hint_is_given(line, tmp_path):
    w = widget(SETUP + f"def update():\n    {line}\n", tmp_path, "cell")
    with pytest.raises((TypeError, AttributeError, RuntimeError)) as caught:
        w.step()
    assert w._session.state.readers_code.hint(caught.value) is None


def test_numbers_asked_of_a_tensor_are_explained_by_pytorch_itself(tmp_path):
    source = SETUP + "def update():\n    t.numpy()\n"
    w = widget(source, tmp_path, "cell")
    with pytest.raises(RuntimeError) as caught:
        w.step()
    assert w._session.state.readers_code.hint(caught.value) is None
