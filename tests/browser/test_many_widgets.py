"""Many widgets in one notebook: of a cell run again and again, and a hundred at once."""

from __future__ import annotations

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.lab import Notebook, View
from tests.browser.test_faults import expect_all_rows, pause

AGAIN = """from gd_widget import GDWidget
all = [*globals().get("all", []), GDWidget(n=100, lr=0.001, n_epochs=None, engine='numpy')]
w = all[-1]
w"""
"""A cell that shows a widget, and remembers those of its earlier runs."""


def kept(cdp: CDPSession) -> dict[str, int]:
    """How much a page keeps."""
    cdp.send("HeapProfiler.collectGarbage")
    names = "JSEventListeners", "Nodes", "JSHeapUsedSize"
    metrics = cdp.send("Performance.getMetrics")["metrics"]
    return {each["name"]: int(each["value"]) for each in metrics if each["name"] in names}


MOST_KEPT = {"JSEventListeners": 40, "Nodes": 100, "JSHeapUsedSize": 700_000}
"""By a page, of each widget whose cell was run again; JupyterLab's own share among it."""


def test_a_cell_run_ten_times_leaves_nothing_that_runs_and_little_that_stays(
    notebook: Notebook, view: View, page: Page
) -> None:
    notebook.open("again.ipynb", [AGAIN])
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    cdp.send("HeapProfiler.enable")
    seen = []
    for _ in range(10):
        notebook.run_all()
        view.expect_step(0)
        notebook.wait_for_kernel()
        expect(page.locator(".gd-widget")).to_have_count(1)
        seen.append(kept(cdp))
        view.button("Play").click()
        expect(view.number("step")).not_to_have_text("0")  # by no handle, which would keep it
    for name, most in MOST_KEPT.items():
        assert (seen[-1][name] - seen[1][name]) / 8 < most, name
    made = "print(*(w.n_steps for w in all[:-1]))"
    before = notebook.run(made)
    view.wait_for_step_beyond(view.step + 10)
    assert notebook.run(made) == before, "nobody looks at those: they do not train"
    assert notebook.run("all[0].close(); print(all[-1].comm is not None)") == "True"
    expect_all_rows(notebook, pause(view))


def test_a_hundred_widgets_in_one_notebook_are_all_alive(notebook: Notebook, page: Page) -> None:
    notebook.open(
        "hundred.ipynb",
        [
            "from gd_widget import GDWidget\nfrom ipywidgets import VBox\n"
            "all = [GDWidget(n=100, lr=0.1, engine='numpy') for _ in range(100)]\nVBox(all)"
        ],
    )
    notebook.run_all()
    views = page.locator(".gd-widget")
    expect(views).to_have_count(100)
    expect(views.locator(".value.step")).to_have_text(["0"] * 100)
    expect(views.locator(".engine")).to_contain_text(["NumPy"] * 100)
    for i in (0, 49, 99):
        View(views.nth(i)).button("Step").click()
        View(views.nth(i)).expect_step(1)
    last = View(views.nth(99))
    last.button("Play").click()
    last.wait_for_step_beyond(5)
    last.pause()
    notebook.run_until("print(*(i for i, w in enumerate(all) if w.n_steps))", "0 49 99")
    notebook.run_until("print(all[99].n_steps)", str(last.step))
