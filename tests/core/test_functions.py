"""The well-known functions are what they say: PyTorch, the twin and their minima agree."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
import torch

from gd_widget.core.functions import FUNCTIONS

ROOT = Path(__file__).parents[2]
PLACES = np.random.default_rng(0).uniform(-3, 3, (20, 2)).tolist()
ALL = pytest.mark.parametrize("f", FUNCTIONS.values(), ids=list(FUNCTIONS))


@ALL
def test_the_derivatives_are_those_of_pytorch(f):
    for place in PLACES:
        a = torch.tensor(place, dtype=torch.float64, requires_grad=True)
        value = f.value(*a)
        (grad,) = torch.autograd.grad(value, a)
        assert f.value(*place) == pytest.approx(value.item(), rel=1e-13)
        assert f.gradient(*place) == pytest.approx(grad.numpy(), rel=1e-12, abs=1e-12)
        rows = torch.autograd.functional.hessian(lambda a: f.value(*a), a.detach())
        assert np.array(f.hessian(*place)) == pytest.approx(rows.numpy(), rel=1e-12, abs=1e-12)


@ALL
def test_the_lines_are_those_of_the_function(f):
    scope = {}
    exec("\n".join(f.code), scope)  # the lines are ours
    for place in PLACES:
        assert scope["f"](*place) == pytest.approx(f.value(*place), rel=1e-13)


@ALL
def test_the_minima_are_in_the_frame_and_flat_and_as_low_as_is_said(f):
    for place in f.minima:
        assert all(low <= at <= high for at, (low, high) in zip(place, f.frame, strict=True))
        assert f.gradient(*place) == pytest.approx([0, 0], abs=1e-12)
        assert f.value(*place) == pytest.approx(f.floor, abs=1e-25)
        assert np.linalg.eigvalsh(f.hessian(*place)).min() > 0


def descend(f, guess, lr, steps):
    place = guess
    for _ in range(steps):
        place = [at - lr * slope for at, slope in zip(place, f.gradient(*place), strict=True)]
    return place


@pytest.mark.parametrize(
    ("name", "guess", "lr", "minimum"),
    [
        ("himmelblau", (0, 0), 0.01, 0),
        ("himmelblau", (-1, 1), 0.01, 1),
        ("himmelblau", (-2, -2), 0.01, 2),
        ("himmelblau", (1, -1), 0.01, 3),
        ("rosenbrock", (-1.2, 1), 0.001, 0),
        ("beale", (1, 1), 0.01, 0),
        ("valley", (-1.8, 0.8), 0.018, 0),
        ("plateau", (-4, 3), 0.5, 0),
    ],
)
def test_descent_finds_a_minimum(name, guess, lr, minimum):
    f = FUNCTIONS[name]
    assert descend(f, guess, lr, 50_000) == pytest.approx(f.minima[minimum], abs=1e-6)


@pytest.mark.parametrize(
    ("name", "guess", "lr", "steps"),
    [("plateau", (-40, 30), 1, 10_000), ("beale", (-3, 2), 0.0001, 50_000)],
)
def test_descent_misses_the_minimum(name, guess, lr, steps):
    f = FUNCTIONS[name]
    assert np.hypot(*np.subtract(descend(f, guess, lr, steps), f.minima[0])) > 1


def test_a_saddle_holds_who_begins_on_its_ridge():
    f = FUNCTIONS["saddle"]
    assert descend(f, (1.5, 0), 0.1, 1000) == pytest.approx([0, 0])
    assert abs(descend(f, f.guess, f.lr, 100)[1]) > 2


TWIN = """
  import { readFileSync } from "node:fs";
  import { FUNCTIONS } from "./js/core/functions.js";
  const places = JSON.parse(readFileSync(0, "utf8"));
  const all = ({ value, gradient, hessian }) =>
    places.map((at) => [value(...at), ...gradient(...at), ...hessian(...at).flat()]);
  const found = Object.entries(FUNCTIONS).map(([name, one]) => [name, { ...one, all: all(one) }]);
  console.log(JSON.stringify(Object.fromEntries(found)));
"""


FACTS = ("code", "guess", "lr", "minima", "floor", "frame")


def test_the_twin_says_the_same():
    command = ["node", "--input-type=module", "-e", TWIN]
    told = json.dumps(PLACES)
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=told)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found.keys() == FUNCTIONS.keys()
    for name, f in FUNCTIONS.items():
        facts = {fact: getattr(f, fact) for fact in FACTS}
        assert {fact: found[name][fact] for fact in FACTS} == json.loads(json.dumps(facts))
        for place, numbers in zip(PLACES, found[name]["all"], strict=True):
            here = [f.value(*place), *f.gradient(*place), *np.ravel(f.hessian(*place))]
            assert numbers == pytest.approx(here, rel=1e-12, abs=1e-12)
