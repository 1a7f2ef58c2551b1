"""What stands in both languages stands under one name: the same files, the same functions.

JavaScript's names are written as Python's are: format-g.js is format_g.py, criticalLr critical_lr.
What has no twin is listed here, with the reason; what is listed and has one after all is an error.
"""

import ast
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gd_widget.core.contours import Grid, rings
from gd_widget.core.forecast import forecast
from gd_widget.core.plane import params_at, place_of, plane_of, section_of
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.rules import RULES, Settings
from gd_widget.core.settings import DEFAULTS, SETTINGS
from gd_widget.core.stretches import plan_of

ROOT = Path(__file__).parents[1]
SCRIPTS = {path.stem.replace("-", "_"): path for path in sorted((ROOT / "js/core").glob("*.js"))}
FILES = {
    path.stem: path
    for folder in ("core", "data", "training")
    for path in sorted((ROOT / "gd_widget" / folder).glob("*.py"))
    if path.stem != "__init__"
}

JAVASCRIPT_ALONE = {
    "clock": "the page has the clock",
    "dot": "is a function of linear_algebra, on which eigen stands, too",
    "eigen": "is NumPy's eigh",
    "extremes": "the loss is drawn of very long tables by what is least and greatest in parts of them",
    "format_g": "numbers in sentences as Python's own :g writes them",
    "heights": "a page looks at a loss anew as its plane moves; what Python draws stands still",
    "memories": "a page keeps apart what rules remember; Python's table has it",
    "next_step": "what the step to come does is shown before it is made",
    "once": "is Python's lru_cache and cached_property",
    "options": "GDWidget's signature, of the element",
    "picture": "the picture of dense points is counted otherwise than data/density.py does",
    "random": "NumPy's generator, which JavaScript has not",
    "remake": "a page makes rows again that were left out; Python keeps them all",
    "scaling": "is columns_of and standardized of Model, which a page of a line does without",
    "template": "marks what the page says in its reader's language; errors of Python are English",
    "thinning": "a page leaves out rows of long runs; Python keeps them all",
    "zones": "what rates do is shown in the page alone",
}
PYTHON_ALONE = {
    "function_loss": "is functionLoss in functions.js",
    "diagnosis": "the codes of the coach too, which only Python has",
    "principal_axes": "in its script part of quadratic, which finds eigenvalues without LAPACK",
    "sums": "sums over points in any library, put together in parts",
    "types": "JavaScript's types are comments",
}
NAMES_OF_JAVASCRIPT_ALONE = {
    "checks": dict.fromkeys(("are_finite", "numbers", "rows"), "of values from JSON"),
    "contours": {
        "height_at": "is asked of the view from the side, which only a page has",
        "value_at": "is NumPy's linspace",
    },
    "held_back": {
        "are_held": "is of what was saved",
        "hold_back": "stands in data/validation.py",
        "last_held": "is page/packing.py",
        "spliced_held": "is spliced(…, held=True) of the points",
    },
    "make_line": {"made_points": "stands in data/validation.py"},
    "forecast": {"step_along": "is of one direction; Python's is of all: steps_along"},
    "functions": {
        "function_loss": "is FunctionLoss, of a known one",
        "function_start": "stands in page/start.py",
    },
    "losses": {"of_point": "is Kind.value and Kind.slope", "point_loss": "is PointLoss"},
    "model": {
        "is_wide": "is for the fit's axes",
        "model_of": "is Model with these",
        "sample_of": "is the data's own, in Python",
    },
    "objective": {
        "bowl_in": "is Start.objective",
        "objective_for": "is Start.objective",
        "objective_of": "is that of a run of a view",
        "quadratic": "is Quadratic itself",
    },
    "points": {
        "points_of": "is Points, of a line; Examples of several features",
        "range_of": "is min() and max() of an array",
    },
    "quadratic": {
        "bowl_of": "is Quadratic.of",
        "dimension": "is Quadratic.d",
        "flat": "is of its Covariance, in Python",
    },
    "rows": {"Rows": "is an array of Python's", "last_up_to": "is Python's bisect"},
    "rules": {"square": "Python multiplies by the triangle itself: times_triangle"},
    "settings": {"check": "is Setting.checked", "shared": "is asked of a page's state alone"},
    "stretches": {
        "Stretches": "is part of Python's table",
        "per_epoch": "is a field of Python's Stretch",
        "same_plan": "is == in Python",
    },
    "table": {"named": "rows have names in the page alone", "tables_of": "is page/packing.py"},
    "trainer": {"first_row": "stands in training/start.py"},
}
NAMES_OF_PYTHON_ALONE = {
    "checks": dict.fromkeys(
        ("finite_numbers", "nearest", "point", "problem", "shown", "with_code"),
        "what a page is given is JSON, and has no names to guess",
    ),
    "contours": {"Grid": "is a type"},
    "forecast": {"steps_along": "is step_along of each direction"},
    "linear_algebra": {
        "dot": "is a file of its own, dot.js",
        "Fit": "is the fit of many features by SVD",
        "fit": "is the fit of many features by SVD",
        "matrix": "is NumPy's array",
        "places": "is part of square in rules.js",
        "times_triangle": "is the product with the square that rules.js makes of a triangle",
        "upper": "is NumPy's triangle",
    },
    "functions": {"Function": "is a type"},
    "losses": {
        "Kind": "is a type",
        "PointLoss": "is point_loss",
        "design": "a page has columns",
    },
    "objective": {"Objective": "is a type"},
    "plane": {"Plane": "is a type"},
    "quadratic": {
        "Numbers": "is the type Bowl",
        "Quadratic": "is functions of it",
    },
    "model": {"Model": "is a type"},
    "rates": {"goes_down": "spares Python the look ahead, which is what a page does"},
    "rules": {
        "Rule": "is a type",
        "Settings": "is a type",
        "learned": "is part of bfgs",
        "n_pairs": "is part of lbfgs",
    },
    "settings": {
        "Setting": "is a type",
        "checked": "stands in options.js",
        "rule_settings": "is a plan with the bowl",
        "checked_for_one_run": "a page's trainer is given what is checked",
    },
    "stretches": {"Stretch": "is a type"},
    "table": {
        "Kept": "is part of memories.js",
        "Search": "is a type",
        "most_remembered": "is keptLength in memories.js",
    },
}

EXPORT = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.MULTILINE)
INSIDE = re.compile(r"^ *(?:function|const|get|set) (\w+)|^ *(\w+)\(.*\) \{$", re.MULTILINE)


def in_python(name: str) -> str:
    """CriticalLr as critical_lr, and newTable, which makes one, as the class Table."""
    if re.match("new[A-Z]", name):
        return name.removeprefix("new")
    return re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


def exported(script: Path) -> set[str]:
    """The functions that a script exports, by their names in Python; constants are no functions."""
    return {in_python(name) for name in EXPORT.findall(script.read_text()) if not name.isupper()}


def defined(script: Path) -> set[str]:
    """All functions in a script, those inside others too."""
    found = {name for names in INSIDE.findall(script.read_text()) for name in names if name}
    return exported(script) | {in_python(name) for name in found}


def functions(file: Path, inside: bool) -> set[str]:
    """The public functions and classes of a file, and the methods of these."""
    tree = ast.parse(file.read_text())
    nodes = ast.walk(tree) if inside else tree.body
    kinds = ast.FunctionDef, ast.ClassDef
    return {node.name for node in nodes if isinstance(node, kinds) and node.name[0] != "_"}


def test_every_script_of_the_core_has_its_file_in_python():
    assert SCRIPTS.keys() - FILES.keys() == JAVASCRIPT_ALONE.keys()


def test_every_file_of_the_core_has_its_script():
    core = {name for name, path in FILES.items() if path.parent.name == "core"}
    assert core - SCRIPTS.keys() == PYTHON_ALONE.keys()


TWINS = sorted(SCRIPTS.keys() & FILES.keys())


@pytest.mark.parametrize("name", TWINS)
def test_what_a_script_exports_has_its_namesake_in_python(name):
    alone = exported(SCRIPTS[name]) - functions(FILES[name], inside=True)
    assert alone == NAMES_OF_JAVASCRIPT_ALONE.get(name, {}).keys()


@pytest.mark.parametrize("name", [name for name in TWINS if FILES[name].parent.name == "core"])
def test_a_function_of_pythons_core_has_its_namesake_in_javascript(name):
    alone = functions(FILES[name], inside=False) - defined(SCRIPTS[name])
    assert alone == NAMES_OF_PYTHON_ALONE.get(name, {}).keys()


REGISTRIES = """
  import { DEFAULTS } from "./js/core/options.js";
  import { RULES } from "./js/core/rules.js";
  const rule = ({ label, settings, memory, critical }) => ({
    label,
    settings,
    memory: [1, 2, 3, 10].map((d) => Array.from(memory(d, { history_size: 10 }))),
    critical: critical ? critical({ momentum: 0.9 }) : null,
  });
  const rules = Object.entries(RULES).map(([name, one]) => [name, rule(one)]);
  console.log(JSON.stringify({ rules: Object.fromEntries(rules), options: DEFAULTS }));
"""


@pytest.fixture(scope="module")
def in_javascript() -> dict[str, Any]:
    """The registries of JavaScript, as Node reads them."""
    command = ["node", "--input-type=module", "-e", REGISTRIES]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_rules_are_told_alike(in_javascript):
    bowl = Quadratic.of(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    settings = Settings(0.1, 0.9, 0.99, (0.9, 0.999), 10, bowl)
    in_python = {
        name: {
            "label": rule.label,
            "settings": list(rule.settings),
            "memory": [list(rule.memory(d, settings)) for d in (1, 2, 3, 10)],
            "critical": rule.critical and rule.critical({"momentum": 0.9}),
        }
        for name, rule in RULES.items()
    }
    assert in_javascript["rules"] == in_python


def test_settings_have_the_same_names_and_defaults(in_javascript):
    options = in_javascript["options"]
    # The points come as the two lists that they are; a page has no engine, is not played by those
    # who write it, and says by HTML's own attribute in which language it is.
    assert options.keys() - {"x", "y"} == SETTINGS.keys() - {"engine", "playing", "lang"}
    for name in options.keys() - {"x", "y"}:
        assert options[name] == json.loads(json.dumps(SETTINGS[name].default)), name


FORECASTS = """
  import { readFileSync } from "node:fs";
  import { forecast } from "./js/core/forecast.js";
  const cases = JSON.parse(readFileSync(0, "utf8"));
  const steps = cases.map(({ plan, bowl, start }) => forecast(plan, bowl, start));
  console.log(JSON.stringify(steps.map((one) => (one === Infinity ? "never" : one))));
"""


def test_forecasts_are_alike():
    random, cases = np.random.default_rng(0), []
    for name, rule in RULES.items():
        for mean, spread in [(0.0, 1.0), (3.0, 2.0), (-40.0, 1.0), (0.0, 1e-3), (1e4, 1e3)]:
            x = mean + spread * random.uniform(-1, 1, 50)
            bowl = Quadratic.of(x, random.normal(size=50) + x / spread)
            plan = plan_of({**DEFAULTS, "optimizer": name}, bowl.n)
            if "lr" in plan:
                factor = rule.critical(plan) if rule.critical else 1
                plan["lr"] = factor * bowl.critical_lr * random.choice([0.01, 0.5, 0.97, 1.1])
            cases.append((plan, bowl, (-1.0, 1.0)))
    told = [{"plan": plan, "bowl": bowl.as_json(), "start": start} for plan, bowl, start in cases]
    command = ["node", "--input-type=module", "-e", FORECASTS]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=json.dumps(told))
    assert run.returncode == 0, run.stderr
    for case, steps in zip(cases, json.loads(run.stdout), strict=True):
        expected = forecast(*case)
        if expected is None or expected == np.inf:
            assert steps == (None if expected is None else "never"), case
        else:
            assert steps == pytest.approx(expected, rel=1e-6), case


PLANES = """
  import { readFileSync } from "node:fs";
  import { paramsAt, placeOf, planeOf, sectionOf } from "./js/core/plane.js";
  import { levelSet } from "./js/core/quadratic.js";
  const cases = JSON.parse(readFileSync(0, "utf8"));
  const all = cases.map(({ bowl, of, params }) => {
    const plane = planeOf(bowl, of);
    const section = sectionOf(bowl, plane, params);
    return {
      ...{ directions: plane.directions, place: placeOf(plane, { params }), section },
      ...{ moved: paramsAt(plane, [0.5, -2], params), level: levelSet(section, 4) },
    };
  });
  console.log(JSON.stringify(all));
"""


def test_planes_are_alike():
    random, cases = np.random.default_rng(0), []
    for d, intercept in [(2, None), (2, 0), (2, 1), (3, None), (3, 0), (10, 4), (30, 29)]:
        x = random.normal(2, 1, (50, d))
        if intercept is not None:
            x[:, intercept] = 1
        bowl = Quadratic.of_design(x, random.normal(size=50), intercept)
        pairs = [None, (0, 1), *([(2, 0), (1, 2)] if d > 2 else [])]
        cases += [(bowl, of, random.normal(size=d).tolist()) for of in pairs]
    told = [{"bowl": bowl.as_json(), "of": of, "params": params} for bowl, of, params in cases]
    command = ["node", "--input-type=module", "-e", PLANES]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=json.dumps(told))
    assert run.returncode == 0, run.stderr
    for (bowl, of, params), page in zip(cases, json.loads(run.stdout), strict=True):
        plane = plane_of(bowl, of)
        section = section_of(bowl, plane, params)
        near = {"rel": 1e-8, "abs": 1e-10}
        assert page["directions"] == pytest.approx(plane.directions, **near)
        assert page["place"] == pytest.approx(place_of(plane, params), **near)
        assert page["moved"] == pytest.approx(params_at(plane, (0.5, -2.0), params), **near)
        for name, value in section.as_json().items():
            assert np.array(page["section"][name] or 0) == pytest.approx(
                np.array(value or 0), **near
            )
        # Both are of one loss, by steps that differ.
        steps = np.array(page["level"])
        about = np.array(section.least_squares)
        for angle in range(4):
            place = about + np.cos(angle) * steps[0] + np.sin(angle) * steps[1]
            assert section.loss(place) == pytest.approx(section.floor + 4, rel=1e-9)


CONTOURS = """
  import { readFileSync } from "node:fs";
  import { rings } from "./js/core/contours.js";
  const { heights, levels, ...nodes } = JSON.parse(readFileSync(0, "utf8"));
  const grid = { ...nodes, heights: Float64Array.from(heights.flat(), (one) => one ?? NaN) };
  console.log(JSON.stringify(levels.map((level) => rings(grid, level))));
"""


def test_level_sets_are_alike():
    heights = np.random.default_rng(0).normal(size=(12, 17))
    heights[3:5, 6] = np.nan
    grid, levels = Grid((-1.0, 2.0), (0.0, 5.0), heights), [-9.0, -0.5, 0.1, 9.0]
    told = {
        **{"x": grid.x, "y": grid.y, "rows": 12, "columns": 17, "levels": levels},
        "heights": [[None if np.isnan(one) else one for one in row] for row in heights.tolist()],
    }
    command = ["node", "--input-type=module", "-e", CONTOURS]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=json.dumps(told))
    assert run.returncode == 0, run.stderr
    for level, page in zip(levels, json.loads(run.stdout), strict=True):
        here = rings(grid, level)
        assert len(here) == len(page)
        for ring, other in zip(here, page, strict=True):
            assert ring == pytest.approx(np.array(other), abs=1e-12)
