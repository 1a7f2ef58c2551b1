"""Training of any number of parameters against a loop that anyone would write, by all three.

PyTorch, the closed form and JavaScript make the same 300 steps as the loop, which knows nothing of
bowls: it multiplies the design matrix. JavaScript begins from what a widget keeps for a page without
a kernel, as a saved page does; of more parameters than a page is told, from the points themselves.
"""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from pathlib import Path

import numpy as np
import pytest

from gd_widget import GDWidget
from gd_widget.core.batches import batch
from gd_widget.page.shadow import MOST_PARAMS

ROOT = Path(__file__).parents[1]
STEPS = 300

IN_JAVASCRIPT = """
  import { readFileSync } from "node:fs";
  import { newStanding } from "./js/sources/standing.js";
  import { readSaved } from "./js/sources/read-saved.js";
  const { steps, cases } = JSON.parse(readFileSync(0, "utf8"));
  const train = (saved) => {
    const { race } = newStanding(readSaved(() => saved));
    const [trainer] = race.trainers;
    while (trainer.step < steps && trainer.advance());
    return Array.from({ length: trainer.table.length }, (_, i) => trainer.table.rowAt(i).params);
  };
  console.log(JSON.stringify(cases.map(train)));
"""


def in_javascript(widgets):
    """The parameters of all steps that a page makes of each widget as it stands."""
    cases = []
    for w in widgets:
        saved = w._session.state.saved()._asdict()
        snapshot, _ = saved.pop("snapshot"), saved.pop("words")
        texts = {name: b64encode(part).decode() for name, part in saved.items()}
        cases.append({"snapshot": snapshot, **texts})
    told = json.dumps({"steps": STEPS, "cases": cases})
    command = ["node", "--input-type=module", "-e", IN_JAVASCRIPT]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=told)
    assert run.returncode == 0, run.stderr
    return [np.array(one) for one in json.loads(run.stdout)]


ON_ITS_OWN = """
  import { readFileSync } from "node:fs";
  import { quadratic } from "./js/core/objective.js";
  import { DEFAULTS } from "./js/core/options.js";
  import { bowlOf } from "./js/core/quadratic.js";
  import { newTrainer } from "./js/core/trainer.js";
  const { x, y, guess, cases } = JSON.parse(readFileSync(0, "utf8"));
  const features = x.map((column) => Float64Array.from(column));
  const sample = { features, y: Float64Array.from(y) };
  const bowl = bowlOf(features, sample.y, null);
  const data = { bowl, sample, objective: quadratic(bowl, sample) };
  const train = ({ steps, ...settings }) => {
    const trainer = newTrainer(data, { ...DEFAULTS, ...settings });
    trainer.begin(guess);
    while (trainer.step < steps && trainer.advance());
    return Array.from({ length: trainer.table.length }, (_, i) => trainer.table.rowAt(i).params);
  };
  console.log(JSON.stringify(cases.map(train)));
"""


def on_its_own(design, y, guess, cases):
    """The parameters of all steps that JavaScript makes from points, of each case's settings."""
    told = json.dumps(
        {"x": design.T.tolist(), "y": y.tolist(), "guess": guess.tolist(), "cases": cases}
    )
    command = ["node", "--input-type=module", "-e", ON_ITS_OWN]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=told)
    assert run.returncode == 0, run.stderr
    return [np.array(one) for one in json.loads(run.stdout)]


# ---------------------------------------------------------- the rules, as textbooks write them


def gd(lr):
    def step(a, gradient, _t):
        return a - lr * gradient(a)

    return step


def momentum(lr, mu=0.9, nesterov=False):
    velocity = 0

    def step(a, gradient, _t):
        nonlocal velocity
        grad = gradient(a)
        velocity = mu * velocity + grad
        return a - lr * (grad + mu * velocity if nesterov else velocity)

    return step


def adaptive(lr, kind):
    first, second = 0, 0

    def step(a, gradient, t):
        nonlocal first, second
        grad = gradient(a)
        if kind == "adagrad":
            second = second + grad * grad
            return a - lr * grad / (np.sqrt(second) + 1e-10)
        if kind == "rmsprop":
            second = 0.99 * second + 0.01 * grad * grad
            return a - lr * grad / (np.sqrt(second) + 1e-8)
        first, second = 0.9 * first + 0.1 * grad, 0.999 * second + 0.001 * grad * grad
        sizes = np.sqrt(second / (1 - 0.999 ** (t + 1))) + 1e-8
        return a - lr * first / (1 - 0.9 ** (t + 1)) / sizes

    return step


LOOPS = {
    "gd": gd,
    "momentum": momentum,
    "nesterov": lambda lr: momentum(lr, nesterov=True),
    "adagrad": lambda lr: adaptive(lr, "adagrad"),
    "rmsprop": lambda lr: adaptive(lr, "rmsprop"),
    "adam": lambda lr: adaptive(lr, "adam"),
}


def conjugate(hessian):
    """Conjugate gradients as Hestenes and Stiefel have them, with an exact line search."""
    before, direction = None, 0

    def step(a, gradient, _t):
        nonlocal before, direction
        grad = gradient(a)
        share = 0 if before is None else grad @ grad / (before @ before)
        before, direction = grad, share * direction - grad
        return lowest(a, grad, direction, hessian)

    return step


def quasi_newton(hessian, pairs=None):
    """BFGS: a matrix is made of all steps, or, of L-BFGS, of the last pairs of them."""
    seen = []

    def step(a, gradient, _t):
        grad = gradient(a)
        if seen:
            last, there = seen[-1]
            seen[-1] = a - last, grad - there
        kept = seen if pairs is None else seen[-pairs:]
        scale = 1
        if pairs is not None and kept:
            step, change = kept[-1]
            scale = step @ change / (change @ change)
        inverse = scale * np.eye(len(a))
        for step, change in kept:
            away = np.eye(len(a)) - np.outer(step, change) / (step @ change)
            inverse = away @ inverse @ away.T + np.outer(step, step) / (step @ change)
        seen.append((a, grad))
        return lowest(a, grad, -inverse @ grad, hessian)

    return step


def newton(hessian):
    return lambda a, gradient, _t: a - np.linalg.solve(hessian, gradient(a))


def lowest(a, grad, direction, hessian):
    return a - grad @ direction / (direction @ hessian @ direction) * direction


LINE_SEARCHES = {
    "cg": conjugate,
    "bfgs": quasi_newton,
    "lbfgs": lambda hessian: quasi_newton(hessian, pairs=10),
    "newton": newton,
}
"""Rules that arrive: after that they divide one rounding by another, and are compared no more."""


def plain_loop(design, y, rule, lr, batch_size, start):
    n, a, step = len(y), np.array(start), LOOPS[rule](lr)
    path = [a]
    for t in range(STEPS):
        seen = slice(None) if batch_size is None else batch(n, batch_size, t)
        x, goal = design[seen], y[seen]
        a = step(a, lambda at, x=x, goal=goal: 2 / len(x) * x.T @ (x @ at - goal), t)
        path.append(a)
    return np.array(path)


def near(path, expected):
    """Whether all parameters of all steps agree to 1e-12 of the largest on the way."""
    np.testing.assert_allclose(path, expected, rtol=0, atol=1e-12 * np.abs(expected).max())


MANY = [pytest.param(d, marks=pytest.mark.slow) for d in (64, 200)]


@pytest.mark.parametrize("d", [1, 2, 3, 10, *MANY])
@pytest.mark.parametrize("batch_size", [None, 16])
def test_all_make_the_steps_of_a_plain_loop(d, batch_size):
    random = np.random.default_rng(d)
    n = 3 * d + 40
    x = random.normal(size=(n, max(1, d - 1)))
    y = x @ random.normal(size=x.shape[1]) + random.normal(size=n)
    ones = np.ones((n, 1))
    design = x if d == 1 else np.insert(x, d // 2, 1, axis=1) if d > 2 else np.hstack([x, ones])
    start = random.choice([-5.0, 5.0], d)  # so far that no rule arrives, and jumps about there
    critical = 2 / np.linalg.eigvalsh(2 * design.T @ design / n)[-1]
    # Of some points the bowl is steeper than of all.
    rates = {"gd": critical / 8, "momentum": critical / 40, "nesterov": critical / 40}
    widgets, loops, cases = [], [], []
    for rule in LOOPS:
        lr = rates.get(rule, 0.002)
        given = {"lr": lr, "optimizer": rule, "batch_size": batch_size, "guess": tuple(start)}
        loop = plain_loop(design, y, rule, lr, batch_size, start)
        loops.append(loop)
        cases.append({"steps": STEPS, "optimizer": rule, "lr": lr, "batch_size": batch_size})
        for engine in ("torch", "numpy"):
            w = GDWidget(design, y, intercept=False, engine=engine, **given)
            if engine == "numpy":
                widgets.append(GDWidget(design, y, intercept=False, engine=engine, **given))
            w.step(STEPS)
            near(w._session.state.race.first.rows()[:, :d], loop)
    # Of more parameters a page is told a shadow, and has its kernel train.
    told = d <= MOST_PARAMS
    paths = in_javascript(widgets) if told else on_its_own(design, y, start, cases)
    for path, loop in zip(paths, loops, strict=True):
        near(path, loop)


@pytest.mark.parametrize("d", [1, 2, 3, 10, *MANY])
def test_rules_with_a_line_search_make_them_up_to_their_arrival(d):
    random = np.random.default_rng(d)
    n = 20 * d + 40
    x = random.normal(size=(n, d))
    y = x @ random.normal(size=d) + random.normal(size=n)
    hessian, start = 2 * x.T @ x / n, random.choice([-5.0, 5.0], d)
    best = np.linalg.lstsq(x, y, rcond=None)[0]
    widgets, loops, cases = [], [], []
    for rule, made in LINE_SEARCHES.items():
        step, a, loop = made(hessian), start, [start]
        while np.abs(a - best).max() > 1e-9 and len(loop) <= STEPS:
            a = step(a, lambda at: 2 / n * x.T @ (x @ at - y), len(loop))
            loop.append(a)
        loops.append(loop)
        cases.append({"steps": len(loop) - 1, "optimizer": rule})
        given = {"optimizer": rule, "guess": tuple(start), "intercept": False}
        for engine in ("torch", "numpy"):
            w = GDWidget(x, y, engine=engine, **given)
            w.step(len(loop) - 1)
            near(w._session.state.race.first.rows()[:, :d], np.array(loop))
        widgets.append(GDWidget(x, y, engine="numpy", **given))
    paths = in_javascript(widgets) if d <= MOST_PARAMS else on_its_own(x, y, start, cases)
    for path, loop in zip(paths, loops, strict=True):
        near(path[: len(loop)], loop)


def test_rules_that_end_arrive_in_javascript_where_they_do_in_python():
    random = np.random.default_rng(0)
    x = random.normal(size=(60, 9))
    y = x @ random.normal(size=9) + random.normal(size=60)
    widgets = [GDWidget(x, y, optimizer=one, engine="numpy") for one in ("cg", "bfgs", "newton")]
    best = np.linalg.lstsq(np.hstack([x, np.ones((60, 1))]), y, rcond=None)[0]
    for path, w in zip(in_javascript(widgets), widgets, strict=True):
        w.step(10)
        np.testing.assert_allclose(w.params, best, rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(path[10], best, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("model", [{"degree": 3}, {"standardize": True}, {"intercept": False}])
def test_a_polynomials_page_goes_on_too(model):
    random = np.random.default_rng(7)
    x = random.uniform(-1, 1, 50)
    y = np.sin(2 * x) + 0.1 * random.normal(size=50)
    given = {"lr": 0.05, "batch_size": 10, "engine": "numpy", **model}
    w = GDWidget(x, y, **given)
    (path,) = in_javascript([w])
    w.step(STEPS)
    near(path, w._session.state.race.first.rows()[:, : len(w.names)])
