"""Optimizers and races in JupyterLab: changed while they play, with true rows all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import Notebook, View

RULE = "import torch\nfrom gd_widget import GDWidget\nw = GDWidget({})\nw"
RACE = RULE.format("lr=[0.1, 0.5, 40.0]")
DIVERGED = "diverged at 81"
"""Where the third run of RACE does."""


def ask(notebook: Notebook, expression: str) -> Any:
    """What an expression is in the kernel."""
    return json.loads(notebook.run(f"import json; print(json.dumps({expression}))"))


def assert_all_is_known(notebook: Notebook, view: View) -> None:
    """That kernel and view have the same rows of every run, each step once."""
    ours: dict[str, list[list[float]]] = {}
    for row in view.saved_rows():
        numbers = [float(row[name]) for name in ("step", "slope", "intercept", "epoch")]
        ours.setdefault(row.get("run", ""), []).append(numbers)
    names = "['step', 'slope', 'intercept', 'epoch']"
    theirs = f"{{run.name: run.history[{names}].tolist() for run in w.runs}}"
    assert ours == ask(notebook, theirs)


def play_on(view: View, steps: int = 4) -> None:
    """Until some more steps have been played."""
    view.wait_for_step_beyond(view.step + steps)


def test_the_optimizer_and_its_settings_change_while_it_plays(shared: Notebook) -> None:
    view = shared.show(RULE.format("lr=0.05, steps_per_second=30"))
    optimizer = view.root.get_by_label("Optimizer")
    view.button("Play").click()
    play_on(view)
    optimizer.select_option("Momentum")
    play_on(view)
    view.more().root.get_by_label("Momentum", exact=True).press("ArrowLeft")
    play_on(view)
    view.root.get_by_label("Batch size").select_option("16")
    play_on(view)
    expect(view.number("epoch")).to_be_visible()
    optimizer.select_option("Adam")
    play_on(view)
    view.root.get_by_label("Beta 1").press("ArrowLeft")
    play_on(view)
    optimizer.select_option("BFGS")
    expect(view.notice).to_contain_text("Converged: at step")
    expect(view.button("Play")).to_be_visible()
    shared.run_until("print(w.n_steps, w.status, w.optimizer)", f"{view.step} converged bfgs")

    plans = "[stretch.plan for stretch in w.runs[0].trainer.table.stretches]"
    kept = ("optimizer", "momentum", "batch_size", "betas")
    assert [[plan.get(name) for name in kept] for plan in ask(shared, plans)] == [
        ["gd", None, None, None],
        ["momentum", 0.9, None, None],
        ["momentum", 0.89, None, None],
        ["momentum", 0.89, 16, None],
        ["adam", None, 16, [0.9, 0.999]],
        ["adam", None, 16, [0.89, 0.999]],
        ["bfgs", None, None, None],
    ]
    assert_all_is_known(shared, view)


def test_an_optimizer_of_pytorchs_plays_as_it_is(shared: Notebook) -> None:
    view = shared.show(RULE.format("optimizer=torch.optim.NAdam, lr=0.1"))
    view.button("Play").click()
    view.wait_for_step_beyond(8)
    view.root.get_by_label("Learning rate", exact=True).press("ArrowLeft")
    play_on(view, steps=8)
    view.pause()
    shared.run_until("print(w.n_steps)", str(view.step))
    assert_all_is_known(shared, view)
    plain = """
x, y = torch.tensor(w.x), torch.tensor(w.y)
a = torch.tensor([-1.0, 1.0], dtype=torch.float64, requires_grad=True)
nadam = torch.optim.NAdam([a], lr=0.1)
for row in w.history:
    assert abs(a[0].item() - row["slope"]) < 1e-12, row
    nadam.zero_grad()
    ((x * a[0] + a[1] - y) ** 2).mean().backward()
    nadam.param_groups[0]["lr"] = w.history["lr"][min(row["step"] + 1, w.n_steps)]
    nadam.step()
print(*dict.fromkeys(w.history["lr"].tolist()))
"""
    assert shared.run(plain) == "0.1 0.093"


class Table:
    """The table of runs, as a person reads it."""

    def __init__(self, view: View) -> None:
        self.root = view.root.get_by_role("table", name="Runs")

    def reached(self, i: int) -> Locator:
        """How far a run has got."""
        return self.root.locator("tbody tr").nth(i).locator("td").last

    def choose(self, name: str) -> None:
        """Have the controls speak of a run."""
        self.root.get_by_label(name, exact=True).check()


def type_rate(view: View, rate: str) -> None:
    """Type the learning rate of the chosen run."""
    field = view.root.get_by_label("Learning rate, typed")
    field.fill(rate)
    field.press("Enter")


def test_a_race_is_played_and_each_run_has_its_own_rate(shared: Notebook) -> None:
    view = shared.show(RULE.format("lr=[0.1, 0.5, 40.0], steps_per_second=60"))
    table = Table(view)
    for panel in ("fit", "surface", "loss"):
        expect(view.root.locator(f"svg.{panel} .other.run-1")).to_have_count(1)
    view.button("Play").click()
    view.wait_for_step_beyond(99)
    expect(table.reached(2)).to_have_text(DIVERGED)
    for i in (0, 1):
        expect(table.reached(i)).to_have_text(str(ask(shared, f"w.runs[{i}].steps_to_floor")))
    expect(view.button("Play")).to_be_visible()
    shared.run_until("print(w.n_steps)", "100")
    view.expect_step(100)
    assert_all_is_known(shared, view)
    expect(view.notice).to_contain_text("40: Diverged at step 81: the learning rate 40 is above")

    table.choose("0.5")
    rate = view.root.get_by_label("Learning rate", exact=True)
    rate.press("ArrowLeft")
    shared.run_until("print(w.lr)", "[0.1, 0.47, 40.0]")
    view.button("Play").click()
    view.wait_for_step_beyond(110)
    rate.press("ArrowLeft")
    play_on(view)
    view.pause()
    shared.run_until("print(w.n_steps, w.lr)", f"{view.step} [0.1, 0.44, 40.0]")
    assert_all_is_known(shared, view)
    rates = "[[*dict.fromkeys(run.history['lr'].tolist())] for run in w.runs]"
    assert ask(shared, rates) == [[0.1], [0.5, 0.47, 0.44], [40]]


def test_a_run_that_diverged_comes_up_to_the_others_with_another_rate(shared: Notebook) -> None:
    view = shared.show(RACE)
    table = Table(view)
    shared.run("w.step(120)")
    expect(table.reached(2)).to_have_text(DIVERGED)
    table.choose("40")
    view.expect_step(80)
    type_rate(view, "0.3")
    view.expect_step(120)
    expect(table.root).not_to_contain_text("diverged")
    expect(view.notice).to_have_text("")
    shared.run_until("print([run.n_steps for run in w.runs])", "[120, 120, 120]")
    view.button("Step").click()
    view.expect_step(121)
    assert_all_is_known(shared, view)


def test_a_saved_race_goes_on_where_it_was(shared: Notebook, page: Page, root: Path) -> None:
    shared.show(RACE)
    shared.run("w.step(120); w.save('race.html')")
    page.goto((root / "race.html").as_uri())
    view = View(page.locator(".gd-widget"))
    table = Table(view)
    expect(table.reached(2)).to_have_text(DIVERGED)
    table.choose("0.5")
    view.expect_step(120)
    view.button("Play").click()
    view.wait_for_step_beyond(125)
    view.pause()
    step = view.step
    shared.run(f"w.step({step - 120})")
    ours = [(row["run"], int(row["step"]), float(row["slope"])) for row in view.saved_rows()]
    rows = "[(r.name, int(h['step']), float(h['slope'])) for r in w.runs for h in r.history]"
    for (*mine, slope), (*theirs, expected) in zip(ours, ask(shared, rows), strict=True):
        assert mine == theirs
        assert slope == pytest.approx(expected, rel=1e-9)
