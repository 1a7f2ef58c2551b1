"""Beyond 64 parameters: a page is shown their place in a plane, and no message grows with them."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from pathlib import Path

import numpy as np
import pytest

from gd_widget import GDWidget
from gd_widget.page import messages
from gd_widget.page.answers import receive
from gd_widget.page.shadow import MOST_PARAMS


def widget(d, **given):
    random = np.random.default_rng(d)
    x = random.normal(size=(2 * d, d)) * np.linspace(0.5, 2, d)
    y = x @ random.normal(size=d) + random.normal(size=2 * d)
    return GDWidget(x, y, intercept=False, engine="numpy", lr=0.02, **given)


def told(w, kind, **fields):
    """What a widget answers a page, with its buffers."""
    sent = []
    w._session.pages.send = lambda content, buffers: sent.append((content, buffers))
    receive(w._session, {"type": kind, "id": 7, **fields})
    return sent[-1]


def test_up_to_64_parameters_are_told_one_by_one():
    answer, _ = told(widget(MOST_PARAMS), "hello")
    assert len(answer["names"]) == MOST_PARAMS and "of" not in answer["bowl"]


@pytest.mark.parametrize("optimizer", ["gd", "momentum", "adam", "lbfgs"])
def test_rows_have_the_place_the_loss_and_the_gradient_along_the_directions(optimizer):
    w = widget(70, optimizer=optimizer)
    answer, _ = told(w, "advance", run=w._session.state.run, after=0, steps=5)
    assert answer["widths"] == [7]
    _, (buffer,) = told(w, "advance", run=w._session.state.run, after=0, steps=5)
    table = np.frombuffer(buffer, "<f8").reshape(-1, 7)
    trainer = w._session.state.race.first
    hessian = trainer.bowl.hessian
    values, vectors = np.linalg.eigh(hessian)
    off = trainer.rows()[1:, :70] - np.array(trainer.bowl.least_squares)
    for column, axis in ((1, vectors[:, 0]), (2, vectors[:, -1])):
        np.testing.assert_allclose(np.abs(table[:, column]), np.abs(off @ axis), atol=1e-9)
    np.testing.assert_allclose(table[:, 3], trainer.rows()[1:, 70], rtol=1e-12)
    # Along a principal direction the gradient is the curvature times what is wrong.
    np.testing.assert_allclose(table[:, 4], values[0] * table[:, 1], rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(table[:, 5], values[-1] * table[:, 2], rtol=1e-6, atol=1e-8)


def test_what_is_shown_is_itself_the_least_squares_of_two_features():
    w = widget(100)
    shadow = w._session.state.shadow
    examples = shadow.sample()
    bowl = shadow.bowl_as_json()
    for place in ([0.0, 0.0], [1.5, -0.3]):
        residuals = examples.features @ place - examples.y
        params = shadow.params_at(place)
        np.testing.assert_allclose((residuals**2).mean(), w._trainer.bowl.loss(params), rtol=1e-9)
        np.testing.assert_allclose(shadow.place(params), place, atol=1e-9)
    assert bowl["of"] == 100 and np.array(bowl["cov_x"]).shape == (2, 2)


def test_no_message_is_longer_than_twice_that_of_two_parameters():
    sizes = {}
    for d in (2, 300):
        w = widget(d)
        run = w._session.state.run
        answer, (buffer,) = told(w, "advance", run=run, after=0, steps=50)
        (row,) = answer["widths"]
        assert len(buffer) % (8 * row) == 0  # how many rows there are is a matter of time
        state, _ = told(w, "reset")
        hello, _ = told(w, "hello")
        sizes[d] = [
            len(messages.to_json(answer)) + 50 * 8 * row,
            len(json.dumps(state)),
            len(json.dumps(hello)),
        ]
    assert all(many <= 2 * few for few, many in zip(sizes[2], sizes[300], strict=True))


def test_a_guess_dragged_in_the_plane_is_one_of_all_parameters():
    w = widget(80)
    told(w, "set", run=w._session.state.run, changes={"guess": [0.5, 0.25]}, step=0)
    assert len(w.guess) == 80
    assert w._session.state.brief()["guess"] == pytest.approx([0.5, 0.25])
    w.guess = [0.0] * 80
    assert w.params == (0.0,) * 80


def test_panels_that_take_all_parameters_are_left_out_and_the_widget_keeps_what_was_asked():
    w = widget(80)
    assert told(w, "hello")[0]["panels"] == ["surface", "loss", "directions"]
    assert w.panels == ["fit", "surface", "loss", "directions", "code"]
    assert told(widget(80, panels=["fit"]), "hello")[0]["panels"] == ["loss"]


def test_a_saved_page_has_the_rows_as_they_were():
    w = widget(80)
    w.step(20)
    saved = w._session.state.saved()
    assert saved.snapshot["saved"][0]["width"] == 7
    table = np.frombuffer(saved.rows, "<f8").reshape(-1, 7)
    np.testing.assert_allclose(table[:, 3], w.history["loss"], rtol=1e-12)


IN_JAVASCRIPT = """
  import { readFileSync } from "node:fs";
  import { newStanding } from "./js/sources/standing.js";
  import { readSaved } from "./js/sources/read-saved.js";
  const standing = newStanding(readSaved(() => JSON.parse(readFileSync(0, "utf8"))));
  const [trainer] = standing.race.trainers;
  const { status, advice } = standing.state();
  let refused = "";
  try {
    trainer.advance();
  } catch (error) {
    refused = error.message;
  }
  console.log(JSON.stringify({ loss: trainer.row.loss, status, advice, refused }));
"""


def test_a_page_without_a_kernel_shows_them_and_says_that_it_cannot_go_on():
    w = widget(80)
    w.step(20)
    saved = w._session.state.saved()._asdict()
    told = {"snapshot": saved.pop("snapshot"), "words": saved.pop("words")}
    told |= {name: b64encode(part).decode() for name, part in saved.items()}
    command = ["node", "--input-type=module", "-e", IN_JAVASCRIPT]
    run = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        input=json.dumps(told),
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["loss"] == pytest.approx(w.loss, rel=1e-12)
    assert (found["status"], found["advice"]) == ("paused", "")
    assert found["refused"] == (
        "Not all that it takes is in this page: its kernel is needed for further steps."
    )


def test_a_ridge_is_in_the_bowl_that_is_shown():
    w = widget(70, ridge=0.3)
    answer, _ = told(w, "hello")
    w.optimizer = "newton"
    w.step(1)
    assert answer["bowl"]["floor"] == pytest.approx(w.loss, rel=1e-9)
    assert w._session.state.shadow.place(w.params) == pytest.approx([0, 0], abs=1e-9)


def test_of_another_loss_the_best_parameters_are_told_where_they_stand_in_the_plane():
    w = widget(70, loss="huber")
    answer, _ = told(w, "hello")
    (about,) = answer["objectives"]
    assert about["least"]["params"] == w._session.state.shadow.place(w.best)
    assert about["least"]["loss"] == w._trainer.objective.floor
