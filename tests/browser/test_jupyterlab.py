"""GDWidget in a real JupyterLab, used as a person would use it: all in one notebook, one widget after another.

What needs a page or a kernel of its own is in test_jupyterlab_anew.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import SHOW, Notebook, View, change_theme


@pytest.fixture
def page(shared: Notebook) -> Page:
    """That of the notebook, for `view` too."""
    return shared.page


@pytest.fixture
def shown(shared: Notebook) -> Notebook:
    """The notebook, showing a new widget."""
    shared.show(SHOW)
    return shared


def test_the_guess_is_shown_first(shown: Notebook, view: View) -> None:
    expect(view.number("slope")).to_have_text("−1.00")
    expect(view.number("intercept")).to_have_text("1.00")
    expect(view.number("loss")).to_have_text("7.9554")
    expect(view.root).to_contain_text("PyTorch 2.")


def test_play_watch_pause_step_and_go_back(shown: Notebook, view: View) -> None:
    view.button("Play").click()
    view.wait_for_step_beyond(12)
    view.pause()
    paused_at = view.step
    assert paused_at > 12
    expect(view.button("Play")).to_be_visible()
    shown.run_until("print(w.n_steps, w.status)", f"{paused_at} paused")
    view.expect_step(paused_at)

    view.button("Step").click()
    view.expect_step(paused_at + 1)
    view.button("Step back").click()
    view.button("Step back").click()
    view.expect_step(paused_at - 1)
    shown.run_until("print(w.n_steps)", str(paused_at - 1))

    slope = float(view.number("slope").inner_text().replace("−", "-"))
    assert slope == pytest.approx(float(shown.run("print(w.slope)")), abs=0.005)

    view.button("Reset").click()
    view.expect_step(0)
    expect(view.number("slope")).to_have_text("−1.00")


def test_the_scrubber_travels_in_time(shown: Notebook, view: View) -> None:
    shown.run("w.step(100)")
    view.expect_step(100)
    box = view.step_number.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page = view.root.page
    page.mouse.move(box["x"] + 0.9 * box["width"], middle)
    page.mouse.down()
    for share in (0.8, 0.6, 0.5):
        page.mouse.move(box["x"] + share * box["width"], middle)
    page.mouse.up()
    view.expect_step(50)
    shown.run_until("print(w.n_steps, len(w.history))", "50 51")
    view.step_number.press("ArrowRight")
    view.expect_step(51)
    view.step_number.press("Home")
    view.expect_step(0)


def test_the_rate_changes_while_playing(shown: Notebook, view: View) -> None:
    view.button("Play").click()
    view.wait_for_step_beyond(5)
    field = view.root.get_by_label("Learning rate, typed")
    field.click()
    field.press("Control+A")
    field.press_sequentially("0.5", delay=60)  # slower than the picture is drawn
    field.press("Enter")
    changed_by = view.step
    view.wait_for_step_beyond(changed_by + 10)
    view.root.get_by_label("Learning rate", exact=True).press("ArrowLeft")
    view.wait_for_step_beyond(view.step + 10)
    view.pause()
    shown.run_until("print(w.n_steps)", str(view.step))
    assert shown.run("print(*dict.fromkeys(w.history['lr'].tolist()))") == "0.1 0.5 0.47"
    every_step_is_a_step = shown.run(
        "import numpy as np; h = w.history\n"
        "print(np.allclose(np.diff(h['slope']), -h['lr'][1:] * h['grad_slope'][:-1], atol=1e-12))"
    )
    assert every_step_is_a_step == "True"


def test_the_kernel_moves_the_controls(shown: Notebook, view: View) -> None:
    shown.run("w.lr = 0.025; w.steps_per_second = 20")
    expect(view.root.get_by_label("Learning rate, typed")).to_have_value("0.025")
    expect(view.root.locator(".speed .value")).to_have_text("20 /s")
    shown.run("w.play()")
    view.wait_for_step_beyond(10)
    shown.run("w.pause()")
    expect(view.button("Play")).to_be_visible()
    view.expect_step(int(shown.run("print(w.n_steps)")))


def test_what_is_typed_wrongly_is_said_and_changes_nothing(shown: Notebook, view: View) -> None:
    field = view.root.get_by_label("Learning rate, typed")
    for typed, shown_as in [("-1", "-1"), ("fast", "'fast'"), ("0", "0")]:
        field.fill(typed)
        field.press("Enter")
        expect(view.notice).to_have_text(f"lr must be a positive number; got {shown_as}")
        expect(field).to_have_value("0.1")
    assert shown.run("print(w.lr, w.status, w.error)").startswith("0.1 error lr must be")
    view.button("Step").click()
    expect(view.notice).to_have_text("")
    shown.run_until("print(w.status)", "paused")


def test_divergence_is_explained_and_the_last_finite_picture_stays(
    shown: Notebook, view: View
) -> None:
    shown.run("w.lr = 5; w.step(10_000)")
    expect(view.notice).to_contain_text(re.compile(r"Diverged at step \d+: the learning rate 5 is"))
    assert "NaN" not in view.root.inner_html() and "Infinity" not in view.root.inner_html()
    view.button("Play").click()
    expect(view.button("Play")).to_be_visible()
    field = view.root.get_by_label("Learning rate, typed")
    field.fill("0.5")
    field.press("Enter")
    view.button("Reset").click()
    view.button("Play").click()
    view.wait_for_step_beyond(3)


def test_play_ends_when_converged_and_says_so(shown: Notebook, view: View) -> None:
    shown.run("w.lr = 0.5; w.steps_per_second = 200")
    view.button("Play").click()
    expect(view.notice).to_contain_text("Converged: at step")
    shown.run_until("print(w.status, w.playing)", "converged False")
    shown.run_until("print(w.n_steps)", str(view.step))


def test_a_long_run_shows_its_progress_and_an_interrupt_keeps_it(
    shown: Notebook, view: View
) -> None:
    shown.start("w.step(10**7)")
    view.wait_for_step_beyond(1000)
    view.wait_for_step_beyond(view.step)
    shown.interrupt()
    shown.wait_for_kernel()
    assert (
        shown.run("print(len(w.history) == w.n_steps + 1, 1000 < w.n_steps < 10**7)") == "True True"
    )
    view.expect_step(int(shown.run("print(w.n_steps)")))


def test_a_long_cell_while_playing_stops_nothing_for_good(
    shown: Notebook, view: View, root: Path
) -> None:
    view.button("Play").click()
    view.wait_for_step_beyond(3)
    shown.start(
        "import time\nfrom pathlib import Path\ntime.sleep(4)\n"
        "while not Path('seen-busy').exists():\n    time.sleep(0.01)"
    )
    view.root.page.wait_for_function(
        "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'busy'"
    )
    (root / "seen-busy").touch()
    shown.wait_for_kernel()
    before = view.step
    view.wait_for_step_beyond(before + 5)
    view.pause()
    shown.run_until("print(w.n_steps)", str(view.step))


def test_two_views_stay_in_step_and_one_outlives_the_other(
    shown: Notebook, view: View, page: Page
) -> None:
    shown.start("w")
    other = View(page.locator(".gd-widget").nth(1))
    other.expect_step(0)
    other.button("Play").click()
    view.wait_for_step_beyond(5)
    expect(view.button("Pause")).to_be_visible()
    steps = page.locator(".gd-widget .value.step").all_text_contents()
    assert steps[0] == steps[1]
    shown.command("notebook:clear-cell-output")
    expect(page.locator(".gd-widget")).to_have_count(1)
    before = view.step
    view.wait_for_step_beyond(before + 5)
    view.pause()
    shown.run_until("print(w.n_steps)", str(view.step))


def test_new_data(shown: Notebook, view: View) -> None:
    shown.run("w.step(5)")
    view.expect_step(5)
    before = view.root.locator(".points").get_attribute("d")
    view.more().button("New data").click()
    view.expect_step(0)
    expect(view.root.locator(".points")).not_to_have_attribute("d", before or "")
    expect(view.number("loss")).not_to_have_text("7.9554")


def test_keys_pressed_in_the_widget_are_the_widgets(shown: Notebook, view: View) -> None:
    field = view.root.get_by_label("Learning rate, typed")
    field.click()
    field.press("End")
    view.root.page.keyboard.type("dd")  # twice d deletes a cell in JupyterLab
    field.press("Backspace")
    field.press("Backspace")
    expect(view.root).to_be_visible()
    view.button("Step").focus()
    view.root.page.keyboard.press("Space")
    view.expect_step(1)


def test_letters_leave_the_cell_as_it_is(shown: Notebook, view: View) -> None:
    """R makes raw text of a cell in JupyterLab, and takes its outputs away; X cuts it."""
    picture = view.root.locator(".plot").first
    for clicked in (view.root.get_by_label("Left end of the line"), picture, view.button("More")):
        clicked.click()
        view.root.page.keyboard.type("rmx")
        view.expect_step(0)
    assert shown.run("w.step(1)") == ""  # it would be no code any more
    view.expect_step(1)


def test_ctrl_s_saves_the_notebook_wherever_one_has_clicked(shown: Notebook, view: View) -> None:
    dirty = "() => jupyterapp.shell.currentWidget.context.model.dirty"
    page = view.root.page
    line = view.root.get_by_label("Left end of the line")
    for clicked in (view.button("Play"), line, view.root.get_by_label("Learning rate, typed")):
        shown.start("w")
        page.wait_for_function(dirty)
        clicked.click()
        page.keyboard.press("ControlOrMeta+s")
        page.wait_for_function(f"() => !({dirty})()")


def test_own_points_with_words_that_look_like_markup(shared: Notebook) -> None:
    view = shared.show(
        "from gd_widget import GDWidget\n"
        "GDWidget([1, 2, 3], [2, 4, 7], lr=0.1, title='<img src=x onerror=alert(1)>',"
        " x_label='</script>', y_label='a & b')"
    )
    expect(view.root).to_contain_text("<img src=x onerror=alert(1)>")
    expect(view.root).to_contain_text("</script>")
    expect(view.root.locator("img")).to_have_count(0)
    expect(view.more().root.get_by_text("New data")).to_have_count(0)


def test_the_theme_is_the_pages(shown: Notebook, view: View) -> None:
    expect(view.root).not_to_have_class(re.compile("dark"))
    change_theme(shown.page, "Dark")
    expect(view.root).to_have_class(re.compile("dark"))
    change_theme(shown.page, "Light")
    expect(view.root).not_to_have_class(re.compile("dark"))


def test_two_in_a_row_share_its_width(shared: Notebook, page: Page) -> None:
    made = "GDWidget(engine='numpy')"
    row = f"from gd_widget import GDWidget\nfrom ipywidgets import HBox\nHBox([{made}, {made}])"
    shared.begin(row)
    for i in range(2):
        View(page.locator(".gd-widget").nth(i)).expect_step(0)
    row_width, *widths = (
        one.evaluate("element => element.getBoundingClientRect().width")
        for name in (".widget-hbox", ".gd-widget")
        for one in page.locator(name).all()
    )
    assert sum(widths) <= row_width
    assert min(widths) > 400


# An IntersectionObserver tells of what is painted, frame by frame.
WATCH_FRAMES = """() => {
  const panel = document.querySelector(".jp-WindowedPanel-outer");
  globalThis.painted = [];
  const look = () => {
    new IntersectionObserver(([{ boundingClientRect }], observer) => {
      observer.disconnect();
      globalThis.painted?.push([boundingClientRect.height, panel.scrollTop]);
    }).observe(document.querySelector(".widget-interact"));
    if (globalThis.painted) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def test_a_slider_of_interact_makes_one_widget_after_the_other_and_nothing_jumps(
    shared: Notebook, view: View
) -> None:
    shared.show(
        "from gd_widget import GDWidget\nfrom ipywidgets import interact\n"
        "interact(lambda lr: GDWidget(lr=lr), lr=(0.01, 0.5, 0.01));"
    )
    page = shared.page
    slider = page.locator(".widget-interact").get_by_role("slider").first
    slider.focus()
    page.evaluate(WATCH_FRAMES)
    for _ in range(3):
        before = view.root.element_handle()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("view => !view.isConnected", arg=before)
        view.expect_step(0)
    frames = page.evaluate("painted.length")
    page.wait_for_function("n => painted.length > n + 3", arg=frames)
    painted = page.evaluate("() => { const all = painted; painted = null; return all; }")
    assert len(painted) > 10 and painted[0][0] > 400
    assert painted == [painted[0]] * len(painted), {tuple(one) for one in painted}
