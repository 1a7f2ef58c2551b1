"""Training down a function of two parameters: a known one, or the reader's own."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
import torch

from gd_widget import GDWidget
from gd_widget.core.functions import FUNCTIONS
from gd_widget.core.rules import RULES
from gd_widget.drawing.numerals import decimals, fixed
from gd_widget.page.answers import GRID, receive
from gd_widget.training.engines import autograd_function

SGD = {"gd": {}, "momentum": {"momentum": 0.9}, "nesterov": {"momentum": 0.9, "nesterov": True}}
OF_TORCH = {
    **{name: (torch.optim.SGD, more) for name, more in SGD.items()},
    "adagrad": (torch.optim.Adagrad, {}),
    "rmsprop": (torch.optim.RMSprop, {}),
    "adam": (torch.optim.Adam, {}),
}
LR = {"rosenbrock": 1e-4, "beale": 1e-3, "himmelblau": 1e-3, "valley": 2e-3}


def plain_loop(name, rule, lr, n):
    """Rows of PyTorch's own optimizer on the function as it is typed."""
    f, (make, more) = FUNCTIONS[name], OF_TORCH[rule]
    a = torch.nn.Parameter(torch.tensor(f.guess, dtype=torch.float64))
    optimizer = make([a], lr=lr, **more)
    rows = []
    for _ in range(n + 1):
        optimizer.zero_grad()
        loss = f.value(*a)
        loss.backward()
        rows.append([*a.tolist(), loss.item(), *a.grad.tolist()])
        optimizer.step()
    return np.array(rows)


@pytest.mark.parametrize("engine", ["torch", "numpy"])
@pytest.mark.parametrize("rule", OF_TORCH)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_rule_makes_what_a_plain_loop_makes(name, rule, engine):
    lr = LR.get(name, 0.01)
    w = GDWidget(function=name, optimizer=rule, lr=lr, engine=engine)
    w.step(300)
    expected = plain_loop(name, rule, lr, 300)
    # Where a gradient is a difference of large numbers, it has their digits.
    size = np.abs(expected).max(axis=0)
    made = w._trainer.rows()[:, :5]
    assert np.isfinite(expected).all()
    assert (np.abs(made - expected) <= 1e-12 * (np.abs(expected) + size)).all()


def test_a_rate_of_its_own_goes_with_a_name_unless_another_is_given():
    for name, known in FUNCTIONS.items():
        w = GDWidget(function=name, engine="numpy")
        assert (w.lr, w.guess) == (known.lr, known.guess)
        before = w.loss
        w.step(100)
        assert w.status != "diverged" and w.loss < before
    assert GDWidget(function="rosenbrock", engine="numpy", lr=0.1).lr == 0.1
    assert GDWidget(function=waves, guess=(1, 2)).lr == GDWidget().lr == 0.1
    race = GDWidget(function="rosenbrock", engine="numpy", optimizer=["gd", "momentum"])
    assert [run.history["lr"][0] for run in race.runs] == [0.001, 0.001]


FOUND = [
    ("rosenbrock", {"optimizer": "bfgs"}, 60),
    ("himmelblau", {"lr": 0.01}, 300),
    ("beale", {"optimizer": "bfgs"}, 60),
    ("valley", {"lr": 0.018}, 2000),
    ("plateau", {"lr": 0.5, "guess": (1, 1)}, 300),
]


@pytest.mark.parametrize(("name", "how", "steps"), FOUND)
def test_minima_are_found_from_some_guesses(name, how, steps):
    w = GDWidget(function=name, engine="numpy", **how)
    w.step(steps)
    assert min(np.hypot(*np.subtract(w.params, place)) for place in FUNCTIONS[name].minima) < 1e-5
    assert w.status == "converged" and w.runs[0].steps_to_floor <= steps


MISSED = [
    ("rosenbrock", {"lr": 0.001}, 300, "it creeps along the valley"),
    ("himmelblau", {"optimizer": "newton"}, 50, "Newton goes to the top in the middle"),
    ("beale", {"lr": 0.001, "guess": (-4, 4)}, 0, "it leaves at once: see below"),
    ("plateau", {"lr": 0.5, "guess": (40, 30)}, 300, "it is too flat there"),
    ("saddle", {"optimizer": "newton"}, 5, "Newton goes to the saddle"),
]


@pytest.mark.parametrize(("name", "how", "steps", "why"), MISSED)
def test_and_missed_from_others(name, how, steps, why):
    w = GDWidget(function=name, engine="numpy", **how)
    w.step(steps)
    minima = FUNCTIONS[name].minima
    assert all(np.hypot(*np.subtract(w.params, place)) > 0.1 for place in minima), why
    assert w.status != "converged"


def test_a_place_without_a_gradient_that_is_no_minimum_is_said_to_be_one():
    w = GDWidget(function="saddle", optimizer="newton")
    assert [found.code for found in w.diagnoses] == ["newton_climbs"]
    w.step()
    assert [found.code for found in w.diagnoses] == ["at_saddle"]
    on_the_ridge = GDWidget(function="saddle", guess=(1, 0))
    on_the_ridge.step(300)
    assert on_the_ridge.diagnoses[0].code == "at_saddle"
    assert GDWidget(function="himmelblau", guess=(3, 2)).diagnoses == ()


def waves(u, v):
    return torch.sin(u) + v**2


def test_the_readers_own_function_is_trained_by_autograd_under_its_own_names():
    w = GDWidget(function=waves, guess=(1, 2), lr=0.1)
    w.step(200)
    assert w.names == ("u", "v") and w.history.dtype.names[1:3] == ("u", "v")
    assert w.params == pytest.approx((-np.pi / 2, 0), abs=1e-6)
    assert w.status == "paused", "of a function of one's own nobody knows the least"
    assert repr(w).startswith("GDWidget(function=f, lr=0.1, step=200, u=-1.571, v=")
    for name in ("x", "y", "least_squares"):
        with pytest.raises(AttributeError, match="a function has no points"):
            getattr(w, name)
    with pytest.raises(AttributeError, match="a function has no points"):
        w.predict([1, 2])
    assert w.best is None


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_goes_down_it(rule):
    w = GDWidget(function=waves, guess=(0.5, 1), optimizer=rule)
    before = w.loss
    w.step(20)
    assert w.loss < before
    assert w.status in ("paused", "converged")


def test_a_race_and_an_optimizer_of_pytorchs_go_down_it_too():
    w = GDWidget(function="himmelblau", optimizer=["gd", "momentum", "adam"], lr=0.01)
    w.step(50)
    assert [run.n_steps for run in w.runs] == [50] * 3
    own = GDWidget(function="himmelblau", optimizer=torch.optim.Adam, lr=0.01)
    own.step(50)
    assert own.params == pytest.approx(w.runs[2].params, rel=1e-12)


MENDED = {
    "NumPy's": (lambda x, y: np.sin(x) + y**2, lambda x, y: torch.sin(x) + y**2, "torch.sin()"),
    "math's": (lambda x, y: math.sin(x) + y**2, lambda x, y: torch.sin(x) + y**2, "torch.sin()"),
    "item": (lambda x, y: x.item() + y, lambda x, y: x + y, "item()"),
    "no return": (lambda x, y: None, lambda x, y: x * y, "no return"),
    "a vector": (
        lambda x, y: torch.stack([x, y]) ** 2,
        lambda x, y: (torch.stack([x, y]) ** 2).sum(),
        ".sum()",
    ),
}


@pytest.mark.filterwarnings("ignore:Converting a tensor")  # PyTorch's own word on math.sin()
@pytest.mark.parametrize("name", MENDED)
def test_what_an_error_names_is_changed_and_the_function_trains_in_both_parameters(name):
    wrong, cured, named = MENDED[name]
    with pytest.raises(ValueError, match=re.escape(named)):
        GDWidget(function=wrong, guess=(1.0, 2.0))
    w = GDWidget(function=cured, guess=(1.0, 2.0))
    w.step(3)
    assert w.params[0] != 1.0 and w.params[1] != 2.0


def test_a_function_of_one_of_its_two_parameters_is_no_mistake():
    w = GDWidget(function=lambda x, y: x**2, guess=(1.0, 2.0))
    w.step(3)
    assert w.params[0] != 1.0 and w.params[1] == 2.0
    GDWidget(function=lambda x, y: x**2 if x > 0 else y**2, guess=(-1.0, 2.0))


REFUSED = {
    "a vector": (lambda x, y: torch.stack([x, y]), r"one number; got a tensor of shape \(2,\)"),
    "an int": (lambda x, y: 3, "must return a tensor, computed of x and y; got a plain int, 3"),
    "a float": (lambda x, y: x.item() ** 2, "must return a tensor, .* got a plain float"),
    "NaN": (
        lambda x, y: x * 0 / 0,
        r"guess must be where the function is finite; got f\(1.0, 2.0\)",
    ),
    "what is cut off": (lambda x, y: x.detach() * y.detach(), "must be computed from x and y"),
    "three parameters": (lambda x, y, z: x, r"f\(x, y\); got <lambda>\(x, y, z\), which takes 3"),
    "one parameter": (lambda x: x, "which takes 1"),
    "no function": (3, "function must be a function of two tensors, or the name of one; got 3"),
    "no name": ("rosenbrok", "function must be one of 'saddle', .*; got 'rosenbrok'"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_function_of_two_is_refused_and_the_error_says_what_to_change(what):
    function, words = REFUSED[what]
    with pytest.raises(ValueError, match=words):
        GDWidget(function=function, guess=(1, 2))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "guess must be two finite numbers where function is your own; got None"),
        ({"guess": (1, 2, 3)}, "guess must be two finite numbers"),
        ({"guess": (1, 2), "n": 5}, "n must be left out where function is given; got 5"),
        ({"guess": (1, 2), "loss": "mae"}, "loss must be left out where function is given"),
        ({"guess": (1, 2), "batch_size": 4}, "batch_size must be None for a function"),
        ({"guess": (1, 2), "x": [1], "y": [2]}, "function must be given without points"),
    ],
)
def test_what_a_function_does_not_have_is_refused(more, words):
    with pytest.raises(ValueError, match=words):
        GDWidget(function=waves, **more)


def asked(w, **message):
    sent = []
    w._session.pages.send = lambda content, buffers: sent.append((content, buffers))
    receive(w._session, {"id": 7, **message})
    return sent


def test_a_page_is_told_the_heights_of_a_frame_whatever_the_function_can_be_asked():
    def steps(x, y):
        return x**2 if x > 0 else y**2

    for function in (waves, steps):
        w = GDWidget(function=function, guess=(0.5, 1))
        ((content, (heights,)),) = asked(w, type="heights", x=[-1, 1], y=[0, 2])
        assert content["type"] == "heights" and content["id"] == 7
        columns, rows = GRID
        values = np.frombuffer(heights).reshape(rows, columns)
        assert content["grid"] == {"x": (-1, 1), "y": (0, 2), "columns": columns, "rows": rows}
        for j, i in ((0, 0), (rows - 1, columns - 1)):
            place = torch.tensor([np.linspace(-1, 1, columns)[i], np.linspace(0, 2, rows)[j]])
            assert values[j, i] == pytest.approx(float(function(*place)))
    ((content, buffers),) = asked(GDWidget(), type="heights", x=[-1, 1], y=[0, 2])
    assert content["grid"] is None and buffers == []


def test_a_function_that_cannot_be_asked_at_once_is_asked_few_times():
    calls = 0

    def counted(x, y):
        nonlocal calls
        calls += 1
        return x**2 if x > 0 else y**2

    grid = np.linspace(-1, 1, 60)
    values = autograd_function.heights(counted, grid, grid)
    assert calls <= autograd_function.LOOPED**2 + 2
    wanted = np.where(grid > 0, grid**2, (grid**2)[:, None])
    assert np.abs(values - wanted).mean() < 0.05, (
        "between those asked for, values are between theirs"
    )


def test_heights_outside_of_where_a_function_is_defined_are_none():
    def f(x, y):
        return torch.log(x) + y

    values = autograd_function.heights(f, np.array([-1.0, 1.0]), np.array([0.0]))
    assert np.isnan(values[0, 0]) and values[0, 1] == 0


def test_what_is_kept_of_a_readers_function_has_its_rows_whole():
    w = GDWidget(function=waves, guess=(1, 2))
    w.step(9)
    saved = w._session.state.saved()
    assert saved.snapshot["saved"][0]["width"] == 7
    rows = np.frombuffer(saved.rows).reshape(10, 7)
    np.testing.assert_array_equal(rows[:, 3], w.history["loss"])
    assert saved.snapshot["function"]["name"] is None
    assert saved.snapshot["function"]["code"][0] == "def waves(u, v):"


def test_a_function_is_saved_as_a_page_and_as_a_picture(tmp_path):
    w = GDWidget(function="himmelblau", lr=0.01)
    w.step(3)
    for name in ("picture.svg", "page.html"):
        w.save(tmp_path / name)
    picture = (tmp_path / "picture.svg").read_text()
    assert "Step 3: x 0.60" in picture
    assert picture.count(">minimum<") == 4
    assert w._repr_mimebundle_() is not None


def test_a_loss_is_written_with_three_digits_of_a_hundredth_of_the_guesss():
    of = {
        "saddle": "2.2500",
        "rosenbrock": "24.200",
        "himmelblau": "170.00",
        "beale": "14.203",
        "valley": "33.620",
        "plateau": "0.96154",
    }
    assert of.keys() == FUNCTIONS.keys()
    for name, written in of.items():
        w = GDWidget(function=name)
        assert fixed(w.loss, decimals(w._trainer.bowl)[-1]) == written
    w = GDWidget(function=lambda x, y: 1e-9 * (x * x + y * y), guess=(1.0, 2.0))
    assert fixed(w.loss, decimals(w._trainer.bowl)[-1]) == "5.00e−9"
    w = GDWidget(function=lambda x, y: x * x + y * y, guess=(0.0, 0.0))
    assert fixed(w.loss, decimals(w._trainer.bowl)[-1]) == "0.00000"
