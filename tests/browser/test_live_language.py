"""A widget of a kernel in another language, in JupyterLab: what the page says, and what the kernel does."""

from __future__ import annotations

from playwright.sync_api import expect

from gd_widget.words.say import language
from tests.browser.lab import Notebook

CELL = """
import torch
from torch import nn

from gd_widget import GDWidget

points = GDWidget(n=20)
x, y = torch.tensor(points.x), torch.tensor(points.y)
a = nn.Parameter(torch.tensor([-1.0, 1.0], dtype=torch.float64))


def update():
    loss = ((x * a[0] + a[1] - y) ** 2).mean()
    loss.backward()


own = GDWidget(x, y, params=a, update=update, lang="de")
own
"""


def test_buttons_and_the_coach_speak_it_and_another_one_when_that_is_set(shared: Notebook) -> None:
    view = shared.show(CELL)
    german = language("de").sentences
    step = view.root.get_by_role("button", name=german["Step"], exact=True)
    for _ in range(3):
        step.click()
    expect(view.root).to_have_attribute("lang", "de")
    expect(view.root).to_contain_text("update() lief 3-mal und bewegte a nicht")
    shared.run_until("print(own.advice[:27], own.lang)", "update() lief 3-mal und bew de")
    shared.run("own.lang = 'en'")
    expect(view.button("Step")).to_be_visible()
    expect(view.root).to_contain_text("update() ran 3 times and did not move a")


def test_the_rate_is_judged_in_it(shared: Notebook) -> None:
    view = shared.show("GDWidget(lr=1.5, lang='de')")
    expect(view.root).to_contain_text("Die Lernrate 1,5 liegt über")
    expect(view.root.get_by_role("button", name="versuchen")).to_contain_text("0,7 versuchen")
