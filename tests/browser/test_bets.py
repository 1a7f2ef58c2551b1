"""A question on the screen: it hides what it asks for, is answered by keys, and then shows it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from gd_widget import GDWidget, bets
from tests.bets.test_bets import plain_training
from tests.browser.conftest import new_page
from tests.browser.gallery import faults, moved, places, settle, violations
from tests.browser.lab import Notebook, View, change_theme
from tests.waiting import until

ROWS = plain_training(50)
LOSSES = [loss for _, _, loss in ROWS]


def typed(view: View, label: str, text: str) -> None:
    """Type into a field."""
    view.root.get_by_label(label, exact=True).focus()
    view.root.page.keyboard.press("ControlOrMeta+a")
    view.root.page.keyboard.type(text)


def press(view: View, *keys: str) -> None:
    for key in keys:
        view.root.page.keyboard.press(key)
        settle(view.root.page)  # who presses a key sees what it did before the next


def next_step(view: View) -> None:
    typed(view, "Your slope", "-0.5")
    press(view, "Tab")
    typed(view, "Your intercept", "1.6")
    press(view, "Tab", "Enter")


def number(text: str) -> Callable[[View], None]:
    def answer(view: View) -> None:
        typed(view, "Your bet", text)
        press(view, "Enter")

    return answer


def curve(view: View) -> None:
    """All ten losses a fifth of the axis lower."""
    for handle in view.root.locator(".loss [role=slider]").all():
        handle.focus()
        press(view, "Shift+ArrowDown")
    view.button("Bet").focus()
    press(view, "Enter")


def chosen(*choices: tuple[str, int]) -> Callable[[View], None]:
    """Of each list, by its label, the so-and-so-many-th."""

    def answer(view: View) -> None:
        for label, count in choices:
            view.root.get_by_label(label, exact=True).focus()
            press(view, *["ArrowDown"] * count)
        press(view, "Tab", "Enter")

    return answer


def ordered(view: View) -> None:
    """The guess first; the other lines as they are."""
    view.root.get_by_role("button", name=re.compile("y_guess = x @ a, place 3")).focus()
    press(view, "ArrowUp", "ArrowUp")
    view.button("Bet").focus()
    press(view, "Enter")


@dataclass(frozen=True)
class Question:
    """One bet, as it is tried.

    code : what makes it. secrets : what is nowhere in the page before. answer : by keys.
    said : what is said then. score : by the rule that the bet states, from the answer.
    """

    code: str
    secrets: tuple[str, ...]
    answer: Callable[[View], None]
    said: str
    score: Callable[[Any], float]
    how: str = "lr=0.1"


def step_score(answer: list[float]) -> float:
    (before, after) = (row[:2] for row in ROWS[:2])
    return 1 - math.dist(answer, after) / math.dist(before, after)


def curve_score(answer: list[float]) -> float:
    steps = np.arange(1, 51)
    drawn = np.interp(steps, np.linspace(0, 50, len(answer) + 1), [LOSSES[0], *answer])
    return 1 - float(np.abs(drawn - LOSSES[1:]).sum() / (LOSSES[0] - np.array(LOSSES)).sum())


QUESTIONS = {
    "next step": Question(
        "bets.NextStep()",
        ("−0.727", "-0.727", "1.32"),
        next_step,
        "It lands at slope −0.727 and intercept 1.32",
        step_score,
    ),
    "loss after": Question(
        "bets.LossAfter(20)",
        ("0.4100", "0.410 ", "best fit", "to within 1%", "converges"),
        number("2"),
        "It is 0.41: your 2 is 1.6 too high",
        lambda answer: 1 - (answer - LOSSES[20]) / (LOSSES[0] - LOSSES[20]),
    ),
    "draw loss": Question(
        "bets.DrawLoss(50)",
        ("0.0789", "best fit", "to within 1%", "converges"),
        curve,
        "The loss goes from 7.96 to 0.0789: your curve is",
        curve_score,
    ),
    "winner": Question(
        "bets.Winner(100)",
        ("0.5 is first", "step 12", "to within 1%", "diverges", "Diverged", "critical"),
        chosen(("Your run", 2)),
        "0.5 is first, at step 12: you are right",
        lambda answer: float(answer == "0.5"),
        "lr=[0.1, 0.5, 20]",
    ),
    "largest rate": Question(
        "bets.LargestRate()",
        ("0.999", "diverges", "oscillates", "Try ", "to within 1%"),
        number("0.5"),
        "It is 0.999: your 0.5 is 2 times too low",
        lambda answer: 1 - math.log10(GDWidget(engine="numpy").critical_lr / answer),
    ),
    "sign": Question(
        "bets.Sign()",
        ("−0.727", "goes up"),
        chosen(("Your slope", 1), ("Your intercept", 2)),
        "slope goes up and intercept goes up: 1 of 2 right",
        lambda answer: answer.count(1) / 2,
    ),
    "order": Question(
        "bets.Order()",
        ("The five lines", "Slow step"),
        ordered,
        "2 of 5 stand in their places",
        lambda answer: 1 - 4 / 10,  # of the ten pairs, four are the wrong way round
    ),
    "own": Question(
        'bets.Ask("How many points are there?", 100, 5)',
        (),
        number("96"),
        "It is 100: your 96 is near enough",
        lambda answer: float(abs(answer - 100) <= 5),
    ),
}

PLACES = ("JupyterLab", "saved page")


def shown(place: str, question: Question, page: Page, notebook: Notebook, folder: Path) -> View:
    """A widget that asks it. In a kernel, rows that tell were made before."""
    code = f"GDWidget({question.how}, ask=[{question.code}])"
    if place == "JupyterLab":
        imports = "from gd_widget import GDWidget, bets"
        return notebook.show(f"{imports}\nw = {code}\nw.step({trained_before(question)})\nw")
    eval(code, {"GDWidget": GDWidget, "bets": bets}).save(folder / "asked.html")
    page.emulate_media(reduced_motion="reduce")
    page.goto((folder / "asked.html").as_uri())
    return View(page.locator(".gd-widget"))


def trained_before(question: Question) -> int:
    return 30 if "future" in eval(question.code, {"bets": bets}).hides else 0


def everything(view: View) -> str:
    """All words in the view: those of its pictures, and those that are said and not seen, too."""
    text: str = view.root.evaluate(
        """root => [...root.querySelectorAll("*")].flatMap((element) => [
          ...[...element.childNodes].filter(({ nodeType }) => nodeType === 3).map((text) => text.data),
          ...["aria-label", "aria-valuetext", "title", "value", "data-more", "data-term"]
            .map((name) => element.getAttribute(name) ?? ""),
        ]).join("|")"""
    )
    return text


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question(name: str, place: str, page: Page, shared: Notebook, tmp_path: Path) -> None:
    question = QUESTIONS[name]
    view = shown(place, question, page, shared, tmp_path)
    row = view.root.locator(".question")
    asked = (row.text_content() or "").strip()
    assert leaks(view, question) == []

    question.answer(view)
    expect(row).to_contain_text(question.said)
    if place == "JupyterLab":
        shared.run_until("print(len(w.answers))", "1")
        [given] = json.loads(shared.run("import json; print(json.dumps(w.answers))"))
    else:
        [given] = downloaded(view)
    assert given["question"] == asked
    assert question.said in given["said"].replace("-", "\N{MINUS SIGN}")
    assert given["score"] == pytest.approx(question.score(given["answer"]))
    expect(row).to_contain_text(f"Score {given['score']:.2f}.")

    view.button("Reset").click()
    expect(row).to_have_text(asked)
    until(lambda: not leaks(view, question))  # what was said aloud last is said for a while
    view.button("Skip").click()
    expect(row).not_to_have_text(asked)
    expect(row).not_to_contain_text("Score")


def downloaded(view: View) -> Any:
    """The answers that a page without a kernel saves."""
    with view.root.page.expect_download() as waiting:
        view.button("Download").click()
    assert waiting.value.suggested_filename == "answers.json"
    return json.loads(waiting.value.path().read_text("utf-8"))


def leaks(view: View, question: Question) -> list[str]:
    """The words around what is not to be there yet."""
    view.expect_step(0)
    view.more()
    settle(view.root.page)
    found = everything(view)
    view.button("More").click()
    return [found[max(0, found.find(one) - 80) :][:160] for one in question.secrets if one in found]


def test_nothing_goes_on_before_the_answer(page: Page, tmp_path: Path) -> None:
    view = shown("saved page", QUESTIONS["loss after"], page, None, tmp_path)  # type: ignore[arg-type]
    for name in ("Play", "Step"):
        expect(view.button(name)).to_have_attribute("aria-disabled", "true")
    view.button("Reset").focus()
    press(view, "ArrowRight", " ")
    settle(page)
    assert view.step == 0
    number("1")(view)
    view.button("Step").click()
    view.expect_step(1)


def test_the_history_ends_where_the_question_is_asked(shared: Notebook) -> None:
    code = "from gd_widget import GDWidget, bets\nw = GDWidget(ask=[bets.LossAfter(20)])\nw.step(9)"
    view = shared.show(f"{code}\nw")
    assert [row["step"] for row in view.saved_rows()] == ["0"]
    shared.run("w.answer(1)")
    view.expect_step(9)
    assert len(view.saved_rows()) == 10


def test_two_views_of_one_widget_and_python_answer_one_question(shared: Notebook) -> None:
    code = (
        "from gd_widget import GDWidget, bets\nw = GDWidget(ask=[bets.LossAfter(20), bets.Sign()])"
    )
    shared.show(f"{code}\nw")
    shared.start("w")
    first, second = (View(shared.page.locator(".gd-widget").nth(i)) for i in (0, 1))
    second.expect_step(0)
    number("2")(first)
    expect(second.root.locator(".question")).to_contain_text("It is 0.41")
    second.button("Next question").click()
    expect(first.root.locator(".question")).to_contain_text("go up or down in the next step?")
    shared.run("w.skip()")
    expect(first.root.locator(".question")).to_contain_text("slope goes up and intercept goes up.")


def test_a_bet_is_tapped_in_the_loss_and_dragged_in_the_fit(page: Page, tmp_path: Path) -> None:
    view = shown("saved page", QUESTIONS["loss after"], page, None, tmp_path)  # type: ignore[arg-type]
    view.root.locator(".pad").click()
    field = view.root.get_by_label("Your bet", exact=True)
    expect(field).not_to_have_value("")
    expect(view.root.locator(".bet-mark")).to_have_count(1)

    view = shown("saved page", QUESTIONS["next step"], page, None, tmp_path)  # type: ignore[arg-type]
    line = view.root.get_by_role("slider", name="Left end of the line").locator("circle").last
    x, y = centre(line.bounding_box())
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 40)
    page.mouse.up()
    expect(view.root.locator(".fit .bet")).to_have_count(1)
    assert view.step == 0
    expect(view.number("slope")).to_have_text("−1.00")  # the line itself stays
    expect(view.root.get_by_label("Your slope")).not_to_have_value("−1")


def centre(box: dict[str, float] | None) -> tuple[float, float]:
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture(scope="module")
def one_page(browser: Browser) -> Iterator[Page]:
    """For one question after the other."""
    with new_page(browser) as page:
        page.add_init_script(path=Path(__file__).parents[2] / "gallery" / "checks.js")
        yield page


IS_DARK = re.compile(r"\bdark\b")
DARK = "@media (prefers-color-scheme: dark) { html { background: #111519 } }"
"""What a browser's own ground looks like: axe-core takes it for white."""


@pytest.mark.parametrize("width", [848, 390])
@pytest.mark.parametrize("name", QUESTIONS)
def test_everyone_can_read_it(name: str, width: int, one_page: Page, tmp_path: Path) -> None:
    question, page = QUESTIONS[name], one_page
    page.set_viewport_size({"width": width, "height": 750})
    view = shown("saved page", question, page, None, tmp_path)  # type: ignore[arg-type]
    page.add_style_tag(content=DARK)
    height = 0.0
    for act in (None, question.answer):
        if act:
            act(view)
            expect(view.root.locator(".question")).to_contain_text(question.said)
        where = []
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            is_dark = theme == "dark"
            has = expect(view.root)
            (has.to_have_class if is_dark else has.not_to_have_class)(IS_DARK)
            where.append(places(view))
            broken = [] if is_dark else faults(view)  # in the dark all is where it is in the light
            broken += violations(page, of_colour_alone=is_dark)
            assert broken == [], theme
        assert moved(*where) == [], "in the dark"
        below: float = view.root.evaluate(
            """root => root.querySelector(".panels").getBoundingClientRect().top
                 - root.getBoundingClientRect().top"""
        )
        height = height or below
        assert below == height  # nothing moves when the answer comes


@pytest.mark.parametrize("name", QUESTIONS)
def test_everyone_can_read_it_in_jupyterlab(name: str, shared: Notebook, tmp_path: Path) -> None:
    """Open, answered and skipped; wide and light, narrow and dark."""
    question, page = QUESTIONS[name], shared.page
    page.evaluate((Path(__file__).parents[2] / "gallery" / "checks.js").read_text("utf-8"))
    view = shown("JupyterLab", question, page, shared, tmp_path)
    found = []
    for width, theme in ((848, "Light"), (390, "Dark")):
        change_theme(page, theme)
        has = expect(view.root)
        (has.to_have_class if theme == "Dark" else has.not_to_have_class)(IS_DARK)
        view.root.evaluate(
            "(root, width) => { root.getRootNode().host.style.width = `${width}px`; }", width
        )
        for act in (lambda _: None, question.answer, lambda view: view.button("Skip").click()):
            act(view)
            settle(page)
            state = f"{width} px, {theme}, {view.root.locator('.question').text_content()}: "
            found += [state + fault for fault in (*violations(page), *faults(view))]
            if act is question.answer:
                expect(view.root.locator(".question")).to_contain_text(question.said)
                view.button("Reset").click()
                expect(view.button("Skip")).to_be_visible()
        view.button("Reset").click()
        expect(view.button("Skip")).to_be_visible()
    change_theme(page, "Light")
    assert found == []


def test_what_is_answered_while_the_kernel_is_busy_is_said_to_it_afterwards(
    shared: Notebook, root: Path
) -> None:
    view = shared.show(
        "from gd_widget import GDWidget, bets\n"
        "w = GDWidget(ask=[bets.LossAfter(20), bets.Sign(), bets.Ask('How many?', 2)])\nw"
    )
    # Holds the interpreter's lock: no other thread of the kernel answers either.
    wait = "until [ -e answered ]; do sleep 0.1; done"
    shared.start(f"import ctypes; ctypes.PyDLL(None).system({wait.encode()})")
    try:
        number("2")(view)
        view.button("Go on in this page").click()
        expect(view.root.locator(".question")).to_contain_text("It is 0.41")
        for _ in range(3):
            step = view.step
            view.button("Step").click()
            view.expect_step(step + 1)
        view.button("Next question").click()
        view.button("Skip").click()
        expect(view.root.locator(".question")).to_contain_text("goes up.")
    finally:
        (root / "answered").touch()
    view.button("Go back to it").click()
    expect(view.button("Next question")).to_be_visible()
    said = "print([(one['at'], one['answer']) for one in w.answers], w.n_steps)"
    shared.run_until(said, "[(0, 2.0), (3, None)] 0")


def test_who_may_not_copy_is_told(page: Page, tmp_path: Path) -> None:
    view = shown("saved page", QUESTIONS["loss after"], page, None, tmp_path)  # type: ignore[arg-type]
    number("2")(view)
    page.evaluate(
        "() => { navigator.clipboard.writeText = async (text) => { window.told = text } }"
    )
    view.button("Copy as code").click()
    page.wait_for_function("() => window.told === 'w.answer(2)'")
